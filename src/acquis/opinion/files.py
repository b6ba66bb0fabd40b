"""Reads conversations from files: all export formats of Polis, the exports of Acquis, and Parquet.

A file is recognized by its header, not by its name. Agree is 1, as in every export of Polis; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from acquis.opinion.columns import CHOICES, Columns, Places, is_number, long_columns, parquet_columns
from acquis.opinion.cross_check import check_counts
from acquis.opinion.sheets import (
    AGREES,
    CONSTITUENCY_COLUMNS,
    COUNTS,
    DISAGREES,
    META,
    MODERATED,
    PERSON,
    STATEMENT,
    TEXT,
    VOTE,
    WHEN,
    BadFile,
    Progress,
    Sheet,
    plain,
    shape_of,
    wrong_file,
)
from acquis.opinion.votes import Votes, votes_from_arrays
from acquis.text.plain_text import unguarded

__all__ = ["BadFile", "Conversation", "read_conversation", "read_statements"]

Said = dict[str, dict[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Conversation:
    """The content of the files. Ids are those in `votes`: int if all ids of a column are whole numbers, str otherwise.

    texts: statement -> text. moderated: statements that were moderated out. meta: statements about the conversation or
    about people. memberships: kind of constituency ("stakeholder_group", "lane", ...) -> person -> the declared groups;
    people who declared none are absent. polis_groups: person -> group-id of participants-votes.csv, a snapshot by
    Polis. events: number of votes read, including those that were changed later."""

    votes: Votes
    texts: dict[Hashable, str] = field(default_factory=dict)
    moderated: frozenset[Hashable] = frozenset()
    meta: frozenset[Hashable] = frozenset()
    memberships: dict[str, dict[Hashable, tuple[str, ...]]] = field(default_factory=dict)
    polis_groups: dict[Hashable, str] = field(default_factory=dict)
    events: int = 0


def read_conversation(
    votes: Path | str,
    comments: Path | str | None = None,
    people: Path | str | None = None,
    progress: Progress | None = None,
    *,
    strict: bool = False,
) -> Conversation:
    """Read a conversation.

    votes: votes.csv, participants-votes.csv or Parquet. comments: the statements. people: the groups that people
    declared, as participants-votes.csv or as a table with the voter id and a column for each kind of constituency;
    several groups in one cell are separated by `;`. A kind in `people` replaces the same kind in `votes`. strict: the
    moderation of the conversation is strict, so that a statement nobody has approved counts as moderated out.

    Votes are ordered by timestamp, then by row; the last vote of a person on a statement counts. progress is called
    from time to time with the number of bytes read of `votes` and its size. Cost: see `long_columns`. Raises BadFile if
    a file cannot be read, is of another kind, or belongs to another conversation."""
    votes, comments, people = Path(votes), comments and Path(comments), people and Path(people)
    read = _read_votes(votes, progress)
    events, counted = len(read.columns), _counted(read.columns, votes)
    table = _read_comments(comments, strict) if comments else _Comments({}, frozenset(), frozenset(), {})
    also = _read_people(people) if people else _People({}, {}, ())
    of_person, of_statement = _keeper(counted.people), _keeper(counted.statements)
    if comments:
        _same_conversation(comments, votes, map(of_statement, table.texts), counted.statements, "statements")
        stated = {of_statement(id): counts for id, counts in table.counts.items()}
        check_counts(comments.name, votes.name, stated, counted)
    if people:
        _same_conversation(people, votes, map(of_person, also.listed), counted.people, "people")
    return Conversation(
        votes=counted,
        texts={of_statement(id): text for id, text in table.texts.items() if text is not None},
        moderated=frozenset(map(of_statement, table.moderated)),
        meta=frozenset(map(of_statement, table.meta)),
        memberships=_memberships(read.said | also.said, of_person),
        polis_groups={of_person(id): group for id, group in (read.groups | also.groups).items()},
        events=events,
    )


def read_statements(comments: Path | str | None, ids: Collection[Hashable], *, strict: bool = False) -> Conversation:
    """The texts and the moderation of a file of statements, without votes. ids: of the statements that were voted on;
    strict: see `read_conversation`. Raises BadFile if the file cannot be read or has none of the ids."""
    none = np.zeros(0, np.int64)
    votes = votes_from_arrays(none, none, none, people=[], statements=list(ids))
    if comments is None:
        return Conversation(votes)
    table, of_statement = _read_comments(Path(comments), strict), _keeper(ids)
    _same_conversation(Path(comments), Path("the votes"), map(of_statement, table.texts), ids, "statements")
    return Conversation(
        votes,
        texts={of_statement(id): text for id, text in table.texts.items() if text is not None},
        moderated=frozenset(map(of_statement, table.moderated)),
        meta=frozenset(map(of_statement, table.meta)),
    )


def _counted(columns: Columns, path: Path) -> Votes:
    try:
        return columns.votes()
    except ValueError as error:  # more statements than MOST_STATEMENTS
        raise BadFile(f"{path.name}: {error}; split the conversation.") from None


def _memberships(said: Said, of_person: Callable[[str], Hashable]) -> dict[str, dict[Hashable, tuple[str, ...]]]:
    return {
        kind.replace("-", "_"): {of_person(id): names for id, names in of_kind.items()}
        for kind, of_kind in said.items()
    }


def _keeper(ids: Collection[Hashable]) -> Callable[[str], Hashable]:
    """A function that converts an id of another file into the type of the ids of the votes."""
    if set(map(type, ids)) <= {int}:
        return lambda text: int(text) if is_number(text) else text
    return lambda text: text


def _same_conversation(
    path: Path, votes: Path, listed: Iterable[Hashable], known: Collection[Hashable], what: str
) -> None:
    ids = set(listed)
    if ids and known and ids.isdisjoint(known):
        raise BadFile(
            f"{path.name}: none of its {what} is in {votes.name}; give files of one and the same conversation."
        )


# --- votes ------------------------------------------------------------------------------------------------------------


class _Read(NamedTuple):
    columns: Columns
    said: Said
    groups: dict[str, str]


def _read_votes(path: Path, progress: Progress | None) -> _Read:
    if _is_parquet(path):
        return _Read(parquet_columns(path, (PERSON, STATEMENT, VOTE, WHEN), progress), {}, {})
    sheet = Sheet(path)
    shape = shape_of(sheet)
    if shape == "matrix":
        return _read_matrix(sheet, progress)
    if shape != "votes":
        raise wrong_file(sheet, shape, "votes")
    person, statement, vote = (sheet.column(names) for names in (PERSON, STATEMENT, VOTE))
    assert person is not None
    assert statement is not None
    assert vote is not None
    kinds = {kind: sheet.names.index(kind) for kind in CONSTITUENCY_COLUMNS if kind in sheet.names}
    columns = long_columns(sheet, Places(person, statement, vote, sheet.column(WHEN), kinds), progress)
    ids = list(columns.people.ids)
    said = {
        kind: {ids[number]: _several(cell) for number, (_, cell) in of_kind.items()}
        for kind, of_kind in columns.said.items()
    }
    return _Read(columns, said, {})


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _read_matrix(sheet: Sheet, progress: Progress | None = None) -> _Read:
    """Read a file with one row for each person. Columns named by whole numbers are statements. If there are none, all
    columns are statements except those known from Polis and the known kinds of constituency. All other columns are
    kinds of constituency."""
    person, statements, kinds = _matrix_places(sheet)
    columns, groups = Columns(), {}
    said: Said = {sheet.names[place]: {} for place in kinds}
    numbers = [columns.statements[sheet.cells[place]] for place in statements]
    group = sheet.column(("group-id",))
    for line, row in sheet.rows(progress):
        id, before = plain(row[person]), len(columns.people.ids)
        if not id:
            raise sheet.bad(line, f"the {sheet.cells[person]} is empty")
        if columns.people[id] < before:
            raise sheet.bad(line, f"a second row for {id[:40]}, and no time says which one counts")
        _add_row(sheet, columns, before, line, [(n, row[place]) for n, place in zip(numbers, statements) if row[place]])
        if group is not None and (name := row[group].strip()):
            groups[id] = name
        for place in kinds:
            if names := _several(row[place]):
                said[sheet.names[place]][id] = names
    _check_groups(sheet, said)
    return _Read(columns, said, groups)


def _matrix_places(sheet: Sheet) -> tuple[int, list[int], list[int]]:
    """The column numbers of the person, of the statements, and of the kinds of constituency."""
    person = sheet.column(PERSON)
    assert person is not None
    free = [
        place
        for place, name in enumerate(sheet.names)
        if name and place != person and name not in (*COUNTS, *CONSTITUENCY_COLUMNS)
    ]
    statements = [place for place in free if is_number(sheet.cells[place])] or free
    if twice := [name for name in (sheet.cells[place] for place in statements) if sheet.cells.count(name) > 1]:
        raise sheet.bad(sheet.line, f"two columns are named {twice[0][:40]}")
    kinds = [
        place
        for place, name in enumerate(sheet.names)
        if name in CONSTITUENCY_COLUMNS or place in set(free) - set(statements)
    ]
    return person, statements, kinds


def _check_groups(sheet: Sheet, said: Said) -> None:
    """Raises BadFile if a column of votes would be read as a kind of constituency."""
    for name, of_kind in said.items():
        if of_kind and set().union(*of_kind.values()) <= set(CHOICES):
            what = f"{name[:40]} seems to hold votes, but statements are named by whole numbers here"
            raise sheet.bad(sheet.line, f"{what} (groups need names)")


def _add_row(sheet: Sheet, columns: Columns, person: int, line: int, cells: list[tuple[int, str]]) -> None:
    try:
        columns.add([person] * len(cells), [number for number, _ in cells], [CHOICES[cell] for _, cell in cells])
    except KeyError:
        cells = [(number, cell.strip()) for number, cell in cells if cell.strip()]
        for number, cell in cells:
            if cell not in CHOICES:
                statement = list(columns.statements.ids)[number]
                raise sheet.bad(
                    line, f"the vote on {statement[:40]} is {cell[:40]!r}; it must be 1, 0, -1 or empty"
                ) from None
        _add_row(sheet, columns, person, line, cells)


# --- statements and people --------------------------------------------------------------------------------------------


class _Comments(NamedTuple):
    """texts: statement -> text for every statement; None if the file has no column of texts. counts: statement -> how
    many people agree and disagree, where the file says so."""

    texts: dict[str, str | None]
    moderated: frozenset[str]
    meta: frozenset[str]
    counts: dict[str, tuple[int, int]]


def _read_comments(path: Path, strict: bool) -> _Comments:
    sheet = Sheet(path)
    if (shape := shape_of(sheet)) != "comments":
        raise wrong_file(sheet, shape, "statements")
    statement, text, moderated, meta = (sheet.column(names) for names in (STATEMENT, TEXT, MODERATED, META))
    agrees, disagrees = sheet.column(AGREES), sheet.column(DISAGREES)
    assert statement is not None
    if strict and moderated is None:
        raise sheet.bad(sheet.line, "no column `moderated`, which strict moderation needs")
    hidden = {"-1": True, "0": strict, "1": False}
    texts: dict[str, str | None] = {}
    marks: dict[str, tuple[bool, bool]] = {}
    counts: dict[str, tuple[int, int]] = {}
    for line, row in sheet.rows():
        if not (key := plain(row[statement])) or key in texts:
            raise sheet.bad(line, f"the {sheet.cells[statement]} is {'there twice' if key else 'empty'}")
        texts[key] = None if text is None else unguarded(row[text])
        marks[key] = (
            moderated is not None and _mark(sheet, line, moderated, row, hidden, default=strict),
            meta is not None and _mark(sheet, line, meta, row, {"true": True, "1": True, "false": False, "0": False}),
        )
        if agrees is not None and disagrees is not None and is_number(row[agrees]) and is_number(row[disagrees]):
            counts[key] = (int(row[agrees]), int(row[disagrees]))
    moderated_ids, meta_ids = (frozenset(key for key, mark in marks.items() if mark[number]) for number in (0, 1))
    return _Comments(texts, moderated_ids, meta_ids, counts)


def _mark(
    sheet: Sheet, line: int, place: int, row: list[str], known: dict[str, bool], *, default: bool = False
) -> bool:
    cell = row[place].strip().lower().removesuffix(".0")
    if cell and cell not in known:
        raise sheet.bad(line, f"{sheet.cells[place]} is {cell[:40]!r}; it must be one of {', '.join(known)}")
    return known.get(cell, default)


class _People(NamedTuple):
    said: Said
    groups: dict[str, str]
    listed: Collection[str]


def _read_people(path: Path) -> _People:
    sheet = Sheet(path)
    shape = shape_of(sheet)
    if shape == "matrix":
        matrix = _read_matrix(sheet)
        return _People(matrix.said, matrix.groups, matrix.columns.people.ids)
    if shape:
        raise wrong_file(sheet, shape, "voter ids and the groups they declared")
    if len(sheet.names) < 2:
        raise sheet.bad(
            sheet.line, "one column only, where the voter id and a column for each kind of group are wanted"
        )
    said: Said = {name: {} for name in sheet.names[1:] if name}
    listed: dict[str, None] = {}
    for line, row in sheet.rows():
        if not (id := plain(row[0])):
            raise sheet.bad(line, "the voter id in the first column is empty")
        listed[id] = None
        for name, cell in zip(sheet.names[1:], row[1:]):
            if name and (names := _several(cell)):
                said[name][id] = tuple(dict.fromkeys((*said[name].get(id, ()), *names)))
    return _People(said, {}, listed)


def _several(cell: str) -> tuple[str, ...]:
    """The distinct group names in a cell, which are separated by `;`."""
    return tuple(dict.fromkeys(name for part in plain(cell).split(";") if (name := plain(part))))

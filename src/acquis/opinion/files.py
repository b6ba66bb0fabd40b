"""Votes from files: what Polis exports, in all its shapes, what Acquis exports, and Parquet.

A file is known by its header, never by its name. Reading keeps numbers, not Python objects: 7 to 16 bytes a vote.
"""

from __future__ import annotations

import csv
import re
from array import array
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from acquis.opinion.votes import Votes, votes_from_arrays

Progress = Callable[[int, int], None]
EVERY = 1 << 16
PERSON = ("voter-id", "participant", "participant-id", "person", "pid")
STATEMENT = ("comment-id", "statement-id", "statement", "tid")
WHEN = ("timestamp", "seq", "modified")
COUNTS = ("n-comments", "n-votes", "n-agree", "n-disagree")
CHOICES = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1}
SHAPES = (
    "Polis votes.csv (timestamp, comment-id, voter-id, vote), Polis participants-votes.csv (participant, n-votes, one "
    "column for each statement), or Parquet (participant, statement, vote, seq)"
)


class BadFile(ValueError):
    """A file that cannot be read as what it was given for; the sentence says where and what to do."""


@dataclass(frozen=True)
class Conversation:
    """What the files say. texts: of statements. moderated, meta: statements left out, statements about people rather
    than opinions. memberships: kind of constituency -> person -> names declared. events: votes read, changed ones
    too."""

    votes: Votes
    texts: dict[Hashable, str] = field(default_factory=dict)
    moderated: frozenset[Hashable] = frozenset()
    meta: frozenset[Hashable] = frozenset()
    memberships: dict[str, dict[Hashable, tuple[str, ...]]] = field(default_factory=dict)
    events: int = 0


def read_conversation(
    votes: Path, comments: Path | None = None, people: Path | None = None, progress: Progress | None = None
) -> Conversation:
    """Reads the votes, and where given the statements and a table of what people declared (voter id first, then a
    column for each kind, several names in one cell apart by `;`). progress is told bytes read and bytes in all.

    Raises BadFile."""
    columns, memberships = _parquet(votes) if votes.suffix == ".parquet" else _votes(votes, progress)
    texts, moderated, meta = _comments(comments) if comments else ({}, frozenset(), frozenset())
    if people:
        memberships = memberships | _people(people)
    return Conversation(columns.votes(), texts, moderated, meta, memberships, len(columns.choice))


class _Columns:
    """Votes as they are read: numbers of people and statements, choices, and when."""

    def __init__(self) -> None:
        self.person, self.statement = array("i"), array("i")
        self.choice, self.when = array("b"), array("q")
        self.people: dict[str, int] = {}
        self.statements: dict[str, int] = {}

    def add(self, person: str, statement: str, choice: int, when: int) -> None:
        self.person.append(self.people.setdefault(person, len(self.people)))
        self.statement.append(self.statements.setdefault(statement, len(self.statements)))
        self.choice.append(choice)
        self.when.append(when)

    def votes(self) -> Votes:
        people, person = _in_order(self.people)
        statements, statement = _in_order(self.statements)
        when = np.frombuffer(self.when, np.int64) if len(self.when) else np.zeros(0, np.int64)
        return votes_from_arrays(
            person[np.asarray(self.person, np.int64)],
            statement[np.asarray(self.statement, np.int64)],
            np.asarray(self.choice, np.int8),
            order=when if (np.diff(when) < 0).any() else None,
            people=people,
            statements=statements,
        )


def as_id(text: str) -> Hashable:
    """An id as it is kept: a whole number where it is written like one, else the text."""
    return int(text) if re.fullmatch(r"0|-?[1-9]\d{0,17}", text) else text


def _in_order(found: Mapping[str, int]) -> tuple[list[Hashable], np.ndarray[Any, np.dtype[np.int32]]]:
    """The ids, numbers before texts, and for each number given while reading its place among them."""
    ids = sorted(((as_id(text), number) for text, number in found.items()), key=lambda one: (_key(one[0]), one[1]))
    place = np.zeros(len(ids), np.int32)
    for position, (_, number) in enumerate(ids):
        place[number] = position
    return [one for one, _ in ids], place


def _key(one: Hashable) -> tuple[bool, int, str]:
    return (False, one, "") if isinstance(one, int) else (True, 0, str(one))


# --- text -------------------------------------------------------------------------------------------------------------


def _rows(path: Path, progress: Progress | None = None) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row, the header first; separators, byte order marks and line ends as they come."""
    size = path.stat().st_size
    with path.open("rb") as probe:
        start = probe.read(65536)
    if not start.strip():
        raise BadFile(f"{path.name}: the file is empty; export it again.")
    if b"\0" in start:
        raise BadFile(f"{path.name}: this is no text file; give a CSV, or a file whose name ends in .parquet.")
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            yield from _cells(file, path, size, progress)
        except UnicodeDecodeError as error:
            raise BadFile(f"{path.name}: not in UTF-8 (byte {error.start}); save it as CSV UTF-8.") from None
        except csv.Error as error:
            raise BadFile(f"{path.name}: not readable as CSV ({error}); export it again.") from None


def _cells(file: TextIO, path: Path, size: int, progress: Progress | None) -> Iterator[tuple[int, list[str]]]:
    head = file.readline()
    reader = csv.reader(file, delimiter=max(",;\t", key=head.count))
    yield 1, [_name(cell) for cell in next(csv.reader([head], delimiter=max(",;\t", key=head.count)))]
    for count, row in enumerate(reader):
        if row:
            yield reader.line_num + 1, row
        if progress and not count % EVERY:
            progress(file.buffer.tell(), size)
    if progress:
        progress(size, size)


def _name(cell: str) -> str:
    return cell.strip().lower().replace("_", "-").replace(" ", "-")


def _column(head: list[str], names: tuple[str, ...]) -> int | None:
    return next((head.index(name) for name in names if name in head), None)


def _votes(path: Path, progress: Progress | None) -> tuple[_Columns, dict[str, dict[Hashable, tuple[str, ...]]]]:
    rows = _rows(path, progress)
    _, head = next(rows)
    person, statement, vote = (_column(head, names) for names in (PERSON, STATEMENT, ("vote",)))
    if person is not None and statement is not None and vote is not None:
        return _long(path, head, rows, (person, statement, vote, _column(head, WHEN))), {}
    if person is not None and "n-votes" in head:
        return _matrix(path, head, rows, person)
    if "comment-body" in head:
        raise BadFile(f"{path.name}: these are statements, not votes; give it with --comments, and votes.csv first.")
    found = ", ".join(head[:8]) + (" ..." if len(head) > 8 else "")
    raise BadFile(f"{path.name}: line 1 has the columns {found}; known are {SHAPES}.")


def _long(
    path: Path, head: list[str], rows: Iterator[tuple[int, list[str]]], places: tuple[int, int, int, int | None]
) -> _Columns:
    person, statement, vote, when = places
    found, most = _Columns(), max(place for place in places if place is not None)
    for line, row in rows:
        if len(row) <= most:
            raise BadFile(
                f"{path.name}, line {line}: {len(row)} cells where the header has {len(head)}; mend the line."
            )
        choice = CHOICES.get(row[vote].strip())
        if choice is None:
            raise BadFile(f"{path.name}, line {line}: the vote is {row[vote]!r}; it must be 1, 0 or -1.")
        try:
            at = 0 if when is None else int(float(row[when]) if "." in row[when] else row[when])
        except ValueError:
            raise BadFile(
                f"{path.name}, line {line}: the {head[when or 0]} is {row[when or 0]!r}, no number."
            ) from None
        found.add(row[person].strip(), row[statement].strip(), choice, at)
    return found


def _matrix(
    path: Path, head: list[str], rows: Iterator[tuple[int, list[str]]], person: int
) -> tuple[_Columns, dict[str, dict[Hashable, tuple[str, ...]]]]:
    """A row for each person. A column that holds anything but votes is one of declared groups."""
    table = list(rows)
    for line, row in table:
        if len(row) != len(head):
            raise BadFile(
                f"{path.name}, line {line}: {len(row)} cells where the header has {len(head)}; mend the line."
            )
    known = {person, *(place for place, name in enumerate(head) if name in (*COUNTS, "xid", "group-id"))}
    found, kinds = _Columns(), {}
    for _, row in table:
        found.people.setdefault(row[person].strip(), len(found.people))
    for place in (place for place in range(len(head)) if place not in known):
        name = head[place]
        if name.lstrip("-").isdigit():
            _matrix_column(path, found, name, [(line, row[person].strip(), row[place].strip()) for line, row in table])
        else:
            kinds[name] = {as_id(row[person].strip()): _several(row[place]) for _, row in table if row[place].strip()}
    return found, kinds


def _matrix_column(path: Path, found: _Columns, statement: str, cells: list[tuple[int, str, str]]) -> None:
    for line, person, cell in cells:
        if not cell:
            continue
        choice = CHOICES.get(cell)
        if choice is None:
            raise BadFile(
                f"{path.name}, line {line}: statement {statement} has {cell!r}; it must be 1, 0, -1 or empty."
            )
        found.add(person, statement, choice, 0)


def _comments(path: Path) -> tuple[dict[Hashable, str], frozenset[Hashable], frozenset[Hashable]]:
    rows = _rows(path)
    _, head = next(rows)
    statement, text = _column(head, STATEMENT), _column(head, ("comment-body", "text", "txt"))
    if statement is None or text is None:
        raise BadFile(f"{path.name}: no columns comment-id and comment-body; give Polis's comments.csv.")
    moderated, meta = _column(head, ("moderated", "mod")), _column(head, ("is-meta",))
    texts: dict[Hashable, str] = {}
    out, about = set(), set()
    for line, row in rows:
        if len(row) != len(head):
            raise BadFile(
                f"{path.name}, line {line}: {len(row)} cells where the header has {len(head)}; mend the line."
            )
        one = as_id(row[statement].strip())
        texts[one] = _unguarded(row[text])
        if moderated is not None and row[moderated].strip() == "-1":
            out.add(one)
        if meta is not None and row[meta].strip().lower() in ("true", "1"):
            about.add(one)
    return texts, frozenset(out), frozenset(about)


def _people(path: Path) -> dict[str, dict[Hashable, tuple[str, ...]]]:
    """Kind -> person -> names, from a table with one row for each person."""
    rows = _rows(path)
    _, head = next(rows)
    if "n-votes" in head and (person := _column(head, PERSON)) is not None:
        return _matrix(path, head, rows, person)[1]
    if len(head) < 2 or "vote" in head or "comment-body" in head:
        raise BadFile(f"{path.name}: needs the voter id first and then a column for each kind of group.")
    kinds: dict[str, dict[Hashable, tuple[str, ...]]] = {name: {} for name in head[1:]}
    for line, row in rows:
        if len(row) != len(head):
            raise BadFile(
                f"{path.name}, line {line}: {len(row)} cells where the header has {len(head)}; mend the line."
            )
        for name, cell in zip(head[1:], row[1:]):
            if several := _several(cell):
                kinds[name][as_id(row[0].strip())] = several
    return kinds


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_unguarded(name.strip()) for name in cell.split(";") if name.strip()))


def _unguarded(cell: str) -> str:
    """Without the ' that our exports put before what a spreadsheet would take for a formula."""
    return cell[1:] if re.match(r"'[=+\-@\t\r\n]", cell) else cell


# --- Parquet ----------------------------------------------------------------------------------------------------------


def _parquet(path: Path) -> tuple[_Arrow, dict[str, dict[Hashable, tuple[str, ...]]]]:
    try:
        import pyarrow.parquet as parquet  # noqa: PLC0415  # an extra
    except ImportError:
        raise BadFile(f"{path.name}: reading Parquet needs pyarrow; install acquis[parquet].") from None
    try:
        table = parquet.read_table(path)
    except Exception as error:
        raise BadFile(f"{path.name}: not readable as Parquet ({error}).") from None
    table = table.rename_columns([_name(name) for name in table.column_names])
    places = [_column(table.column_names, names) for names in (PERSON, STATEMENT, ("vote",), WHEN)]
    if None in places[:3]:
        raise BadFile(f"{path.name}: has the columns {', '.join(table.column_names)}; known are {SHAPES}.")
    person, statement, choice = (table.column(place) for place in places[:3])
    when = table.column(places[3]).to_numpy() if places[3] is not None else None
    return _Arrow(person, statement, choice.to_numpy(), when, path.name), {}


@dataclass(frozen=True)
class _Arrow:
    """Columns of a Parquet file."""

    person: Any
    statement: Any
    choice: np.ndarray[Any, Any]
    when: np.ndarray[Any, Any] | None
    name: str

    def votes(self) -> Votes:
        if len(self.choice) and not np.isin(self.choice, (-1, 0, 1)).all():
            row = int(np.flatnonzero(~np.isin(self.choice, (-1, 0, 1)))[0])
            raise BadFile(f"{self.name}, row {row + 1}: the vote is {self.choice[row]!r}; it must be 1, 0 or -1.")
        person, statement = (
            np.asarray(column.to_numpy(zero_copy_only=False)) for column in (self.person, self.statement)
        )
        return votes_from_arrays(person, statement, self.choice.astype(np.int8), order=self.when)

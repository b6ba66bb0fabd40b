"""Votes from data frames of pandas or polars, and from plain tables. Neither library is imported here."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Protocol

import numpy as np

from acquis.opinion.sheets import PERSON, STATEMENT, VOTE, WHEN, header_name
from acquis.opinion.votes import Votes, votes_from_arrays


class Frame(Protocol):
    """The part of a data frame that is used: the names of its columns, and a column by its name."""

    @property
    def columns(self) -> Any:
        """The names of the columns."""
        ...

    def __getitem__(self, name: Any, /) -> Any:
        """The column of this name, which has a method `to_numpy`."""
        ...


def votes_from_frame(frame: Frame) -> Votes:
    """Votes from a data frame in one of two shapes, which is recognized by its columns.

    One vote in each row: columns named as in an export of Polis (`voter-id`, `comment-id`, `vote`, and `timestamp` if
    a person may vote again), or `person`, `statement`, `vote`. One person in each row: a column for each statement, and
    a column `participant` or `person`; without it the index of a pandas frame, or the number of the row, is the id.
    -1, 0 and 1 are disagree, pass and agree, as whole numbers or not; NaN and null are no vote. Raises ValueError if a
    vote is something else or a column is missing."""
    names = {header_name(str(name)): name for name in frame.columns}
    person, statement, vote, when = (
        next((names[known] for known in column if known in names), None) for column in (PERSON, STATEMENT, VOTE, WHEN)
    )
    if vote is not None:
        if person is None or statement is None:
            raise ValueError("a frame with a column `vote` also needs the columns `person` and `statement`")
        order = None if when is None else frame[when].to_numpy()
        return votes_from_arrays(frame[person].to_numpy(), frame[statement].to_numpy(), frame[vote].to_numpy(), order)
    columns = [name for name in frame.columns if name != person]
    cells = np.stack([np.asarray(frame[name].to_numpy(), np.float64) for name in columns], axis=1)
    if person is not None:
        people = frame[person].to_numpy().tolist()
    else:
        index = getattr(frame, "index", None)
        people = list(range(len(cells))) if index is None else index.tolist()
    return votes_from_table(cells, people, columns)


def votes_from_table(
    table: Sequence[Sequence[float | None]] | np.ndarray[Any, Any],
    people: Sequence[Hashable] | None = None,
    statements: Iterable[Hashable] | None = None,
) -> Votes:
    """Votes from a table with one row for each person and one column for each statement; NaN or None is no vote.

    people, statements: their ids, by default the numbers of rows and columns. Raises ValueError if the rows differ in
    length, the ids do not fit, or a vote is not -1, 0 or 1."""
    cells = np.asarray(table, np.float64)
    if cells.ndim != 2:
        raise ValueError("the table needs one row for each person and one column for each statement")
    rows = list(range(cells.shape[0])) if people is None else list(people)
    columns = list(range(cells.shape[1])) if statements is None else list(statements)
    if cells.shape != (len(rows), len(columns)):
        raise ValueError(f"the table has the shape {cells.shape}, but {len(rows)} people and {len(columns)} statements")
    if len(set(rows)) < len(rows) or len(set(columns)) < len(columns):
        raise ValueError("the ids of people and of statements must differ from each other")
    person, statement = np.nonzero(~np.isnan(cells))
    return votes_from_arrays(person, statement, cells[person, statement], people=rows, statements=columns)

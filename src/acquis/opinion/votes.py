"""The votes of a conversation; the last vote of a person on a statement counts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from acquis.opinion.arrays import Choices, Ints, Mask
from acquis.opinion.compiled import MANY, kernels, threads_for

AGREE, PASS, DISAGREE = 1, 0, -1

Column: TypeAlias = Sequence[Any] | np.ndarray[Any, Any]

MOST_STATEMENTS = 16_383
"""Limit of the compact rows of the compiled loops; Polis allows 10,000."""


@dataclass(frozen=True)
class Votes:
    """Sparse matrix with one row for each person: the numbers of the statements, ascending, and the choices. Immutable.

    people: (n,) ids of any type. statements: (m,) ids. start: (n + 1,) index where each row begins. statement: (v,)
    numbers of statements, 0..m-1. choice: (v,) int8, AGREE +1, PASS 0, DISAGREE -1.
    """

    people: Sequence[Hashable]
    statements: Sequence[Hashable]
    start: Ints
    statement: np.ndarray[Any, Any]
    choice: Choices

    def __len__(self) -> int:
        """The number of votes."""
        return len(self.choice)

    @property
    def person(self) -> Ints:
        """(v,) the number of the person of each vote."""
        return np.repeat(np.arange(len(self.people)), np.diff(self.start))

    def dense(self, first: int = 0, last: int | None = None) -> tuple[Choices, Mask]:
        """Rows first..last - 1 as two (rows, m) tables: the choice (0 if missing) and whether there is a vote."""
        last = len(self.people) if last is None else last
        rows = np.repeat(np.arange(last - first), np.diff(self.start[first : last + 1]))
        cells = slice(int(self.start[first]), int(self.start[last]))
        choice = np.zeros((last - first, len(self.statements)), np.int8)
        voted = np.zeros(choice.shape, np.bool_)
        choice[rows, self.statement[cells]] = self.choice[cells]
        voted[rows, self.statement[cells]] = True
        return choice, voted

    def of_people(self, chosen: Ints | Mask) -> Votes:
        """The rows of some people. chosen: a mask (n,), or numbers in the desired order, possibly repeated."""
        numbers = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
        lengths = np.diff(self.start)[numbers]
        start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        cells = np.repeat(self.start[numbers] - start[:-1], lengths) + np.arange(start[-1])
        people = [self.people[number] for number in numbers.tolist()]
        return Votes(people, self.statements, start, self.statement[cells], self.choice[cells])

    def without_statements(self, dropped: Iterable[Hashable]) -> Votes:
        """The votes of the same people without some statements."""
        out = set(dropped)
        stays = np.array([statement not in out for statement in self.statements], np.bool_)
        if stays.all():
            return self
        number = np.cumsum(stays) - 1
        kept = stays[self.statement]
        start = np.concatenate([[0], np.cumsum(kept)])[self.start].astype(np.int64)
        statements = [statement for statement in self.statements if statement not in out]
        return Votes(
            self.people, statements, start, number[self.statement[kept]].astype(self.statement.dtype), self.choice[kept]
        )


def votes_from_arrays(
    person: Column,
    statement: Column,
    choice: Column,
    order: Column | None = None,
    people: Sequence[Hashable] | None = None,
    statements: Sequence[Hashable] | None = None,
) -> Votes:
    """Votes from three columns (arrays or lists) of equal length, and an optional fourth with the order in time
    (default: as given). A choice is -1, 0 or 1, as a whole number or not (-1.0).

    Without `people` (or `statements`) the column contains ids of any sortable type, and rows (columns) are in the order
    of the ids. With it, the column contains indices into that list. Raises ValueError if the columns differ in length,
    a choice is not -1, 0 or 1, a number is out of range, or there are more than MOST_STATEMENTS statements."""
    person, statement, choice = np.asarray(person), np.asarray(statement), np.asarray(choice)
    if not len(person) == len(statement) == len(choice):
        raise ValueError(f"the columns differ in length: {len(person)}, {len(statement)}, {len(choice)}")
    choice = _whole(choice)
    person, people = _numbered(person, people)
    statement, statements = _numbered(statement, statements)
    if len(statements) > MOST_STATEMENTS:
        raise too_many(len(statements))
    when = None if order is None else np.asarray(order)
    choice = choice.astype(np.int8, copy=False)
    few = len(people) < 1 << 30 and len(choice) < 1 << 32  # four bytes hold a person with a choice, and a row
    if len(choice) >= MANY and (loops := kernels()) is not None and few and _is_comparable(when):
        columns, sizes = (person, statement, choice, when), (len(people), len(statements))
        return Votes(people, statements, *loops.sorted_rows(*columns, *sizes, threads_for(len(choice))))
    if when is not None:
        by_time = np.argsort(when, kind="stable")
        person, statement, choice = person[by_time], statement[by_time], choice[by_time]
    return _rows(person, statement, choice, people, statements)


def too_many(statements: int) -> ValueError:
    """What is raised for more than MOST_STATEMENTS statements."""
    return ValueError(f"{statements} statements; at most {MOST_STATEMENTS} can be counted")


def _is_comparable(when: np.ndarray[Any, Any] | None) -> bool:
    """Whether the compiled loops can compare these times: they are numbers, and none is missing."""
    return when is None or when.dtype.kind in "iu" or (when.dtype.kind == "f" and not np.isnan(when).any())


def _whole(choice: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The choices as whole numbers. Raises ValueError if one is not -1, 0 or 1."""
    number = choice.dtype.kind in "iuf" or not len(choice)
    if not number or (len(choice) and not (choice.min() >= DISAGREE and choice.max() <= AGREE)):
        raise ValueError("a vote is -1 (disagree), 0 (pass) or 1 (agree)")
    if choice.dtype.kind in "iu":
        return choice
    whole = choice.astype(np.int8)
    if not np.array_equal(whole, choice):
        raise ValueError("a vote is -1 (disagree), 0 (pass) or 1 (agree)")
    return whole


def _numbered(column: np.ndarray[Any, Any], ids: Sequence[Hashable] | None) -> tuple[Ints, Sequence[Hashable]]:
    if ids is None:
        values, numbers = np.unique(column, return_inverse=True)
        return numbers, values.tolist()
    if len(column) and not (column.min() >= 0 and column.max() < len(ids)):
        raise ValueError(f"a number outside 0..{len(ids) - 1}")
    return column, ids


def _rows(person: Ints, statement: Ints, choice: Choices, people: Sequence[Any], statements: Sequence[Any]) -> Votes:
    """Votes sorted by person, then statement; of several votes on a statement the last one is kept."""
    cell = person.astype(np.int64) * max(len(statements), 1) + statement
    by_cell = np.argsort(cell, kind="stable")
    cell = cell[by_cell]
    last = np.ones(len(cell), np.bool_)
    last[:-1] = cell[1:] != cell[:-1]
    kept = by_cell[last]
    start = np.concatenate([[0], np.cumsum(np.bincount(person[kept], minlength=len(people)))]).astype(np.int64)
    return Votes(people, statements, start, statement[kept].astype(np.uint16), choice[kept])

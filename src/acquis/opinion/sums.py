"""Everything that the map needs of the votes: three tables of whole numbers with one row and column for each statement.

With X the votes (0 if missing) and M the mask of votes, both (n, m): xx = X'X, mx = M'X, mm = M'M. The tables of
disjoint sets of people can be added in any order, bit for bit; a person or a vote can be subtracted exactly; a
statement is left out by deleting a row and a column. The mean of statement j is mx[j, j] / mm[j, j], and the covariance
of two statements, over those who voted on both, follows from the three tables (Sums.products)."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from acquis.opinion.arrays import Choices, Floats, Ints, Mask
from acquis.opinion.compiled import kernels
from acquis.opinion.votes import AGREE, DISAGREE, Votes

BLOCK = 4096
"""Number of rows multiplied at a time: sums of products of -1, 0, 1 are exact in float32 below 2^24."""


@dataclass(frozen=True)
class Sums:
    """xx, mx, mm: (m, m) int64; people: number of people with at least one vote."""

    statements: tuple[Hashable, ...]
    xx: Ints
    mx: Ints
    mm: Ints
    people: int

    def __add__(self, other: Sums) -> Sums:
        """The sums of two disjoint sets of people. Raises ValueError if the statements differ."""
        return self._joined(other, 1)

    def __sub__(self, other: Sums) -> Sums:
        """The sums without some of the people. Raises ValueError if the statements differ."""
        return self._joined(other, -1)

    def _joined(self, other: Sums, sign: int) -> Sums:
        if self.statements != other.statements:
            raise ValueError("sums of different statements cannot be joined; give both the same list of statements")
        tables = (self.xx + sign * other.xx, self.mx + sign * other.mx, self.mm + sign * other.mm)
        return Sums(self.statements, *tables, self.people + sign * other.people)

    def without(self, dropped: Iterable[Hashable]) -> Sums:
        """The sums over the other statements, as moderation needs them; nothing is computed again.

        `people` still includes those who voted only on dropped statements."""
        out = set(dropped)
        stays = np.array([statement not in out for statement in self.statements], np.bool_)
        kept = tuple(statement for statement in self.statements if statement not in out)
        cells = np.ix_(stays, stays)
        return Sums(kept, self.xx[cells], self.mx[cells], self.mm[cells], self.people)

    @property
    def votes(self) -> Ints:
        """The number of votes on each statement, without those that are missing: (m,)."""
        return np.diag(self.mm)

    @property
    def mean(self) -> Floats:
        """(m,) the mean choice, -1..1; 0 for a statement without votes."""
        return np.diag(self.mx) / np.maximum(self.votes, 1)

    def products(self, mean: Floats) -> Floats:
        """(m, m): the sum of (x_ij - mean_j)(x_ik - mean_k) over the people i who voted on both j and k."""
        crossed = mean[:, None] * self.mx
        products: Floats = self.xx - crossed - crossed.T + np.outer(mean, mean) * self.mm
        return products

    def digest(self) -> str:
        """SHA-256, hexadecimal: equal for the same votes, however they were split, ordered or counted."""
        tables = np.stack([self.xx, self.mx, self.mm]).astype("<i8")
        head = repr((self.statements, self.people)).encode()
        return hashlib.sha256(head + tables.tobytes()).hexdigest()


def sums(votes: Votes) -> Sums:
    """The sums of all votes, by matrix products of blocks of people; takes n m^2 steps however few the votes are."""
    total = np.zeros((2 * len(votes.statements),) * 2, np.int64)
    for first in range(0, len(votes.people), BLOCK):
        choice, voted = votes.dense(first, min(first + BLOCK, len(votes.people)))
        total += pair_sums(choice, voted)
    return _from_pairs(votes, total)


def pair_sums(choice: Choices, voted: Mask) -> Ints:
    """(2m, 2m): [X M]'[X M] of at most BLOCK rows; choice, voted: (rows, m)."""
    table = np.concatenate([choice, voted], axis=1).astype(np.float32)
    return (table.T @ table).astype(np.int64)


def _from_pairs(votes: Votes, total: Ints) -> Sums:
    m = len(votes.statements)
    people = int(np.count_nonzero(np.diff(votes.start)))
    return Sums(tuple(votes.statements), total[:m, :m], total[m:, :m], total[m:, m:], people)


class LiveSums:
    """Sums that are updated when a vote is cast, changed or forgotten; always equal to `sums` of the valid votes.

    One vote updates one row and one column. The statements are fixed at the start; people are numbered from 0.
    compiled: use the extra `fast` if it is installed (ten times as fast, and a second to load).
    """

    def __init__(self, statements: Sequence[Hashable], people: int = 1024, *, compiled: bool = False) -> None:
        self.statements = tuple(statements)
        self._table = np.full((people, len(self.statements)), MISSING, np.int8)
        self._votes = np.zeros(people, np.int64)
        self._sums = np.zeros((3, len(self.statements), len(self.statements)), np.int64)
        self._loops = kernels() if compiled else None

    def vote(self, person: int, statement: int, choice: int) -> None:
        """Set the vote of a person (number) on a statement (number). Raises ValueError if choice is not -1, 0 or 1."""
        if not DISAGREE <= choice <= AGREE:
            raise ValueError("a vote is -1 (disagree), 0 (pass) or 1 (agree)")
        self._put(person, statement, choice)

    def forget(self, person: int) -> None:
        """Remove all votes of a person, an index, as if they had not been cast."""
        for statement in np.flatnonzero(self._row(person) != MISSING).tolist():
            self._put(person, statement, MISSING)

    @property
    def sums(self) -> Sums:
        """The current sums, in a copy that later votes do not change."""
        xx, mx, mm = self._sums.copy()
        return Sums(self.statements, xx, mx, mm, int(np.count_nonzero(self._votes)))

    def _row(self, person: int) -> Choices:
        while person >= len(self._table):
            self._table = np.concatenate([self._table, np.full_like(self._table, MISSING)])
            self._votes = np.concatenate([self._votes, np.zeros_like(self._votes)])
        row: Choices = self._table[person]
        return row

    def _put(self, person: int, statement: int, choice: int) -> None:
        row = self._row(person)
        if self._loops is not None:
            self._votes[person] += self._loops.put(self._table, self._sums, person, statement, choice, MISSING)
            return
        before = int(row[statement])
        if before == choice:
            return
        row[statement] = MISSING
        others = np.flatnonzero(row != MISSING)
        more = int(choice != MISSING) - int(before != MISSING)
        value = (choice if choice != MISSING else 0) - (before if before != MISSING else 0)
        square = (choice != MISSING and choice != 0) - (before != MISSING and before != 0)
        self._add(statement, others, row[others].astype(np.int64), value, more)
        self._sums[:, statement, statement] += (square, value, more)
        self._votes[person] += more
        row[statement] = choice

    def _add(self, statement: int, others: Ints, theirs: Ints, value: int, more: int) -> None:
        xx, mx, mm = self._sums
        xx[statement, others] += value * theirs
        xx[others, statement] += value * theirs
        mx[others, statement] += value
        if more:
            mx[statement, others] += more * theirs
            mm[statement, others] += more
            mm[others, statement] += more


MISSING = 2
"""Marks a missing vote in the table of LiveSums."""

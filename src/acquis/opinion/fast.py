"""Compiled versions of the functions that go through all votes, used if votes are many and the extra `fast` (numba) is
installed.

The results are equal bit for bit; the difference in time is in docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from acquis.opinion.arrays import Choices, Floats, Ints
from acquis.opinion.axes import Axes
from acquis.opinion.compiled import MANY, kernels, threads_for
from acquis.opinion.consensus import agreements, tally
from acquis.opinion.place import Marks, Positions, added, marked, solved, vote_table
from acquis.opinion.sums import Sums, sums
from acquis.opinion.votes import Votes

Rows: TypeAlias = tuple[Ints, np.ndarray[Any, Any], Choices]
FOUR = 4
"""Number of columns that the compiled loops add up without writing them to memory in between."""
WIDEST = 3_000
"""Number of statements up to which the tables of pairs fit in memory (48 m^2 bytes for each thread)."""
DENSE = 0.25
"""Share of all possible votes from which matrix products count pairs faster than loops."""


def _loops(votes: int) -> Any:
    return kernels() if votes >= MANY else None


def fast_sums(votes: Votes) -> Sums:
    """The same as `sums`, by compiled loops or matrix products, whichever is faster."""
    n, m = len(votes.people), len(votes.statements)
    loops = _loops(len(votes)) if m <= WIDEST and len(votes) < DENSE * n * m else None
    if loops is None:
        return sums(votes)
    xx, mx, mm = loops.pair_counts(votes.start, votes.statement, votes.choice, m, threads_for(len(votes)))
    return Sums(tuple(votes.statements), xx, mx, mm, int(np.count_nonzero(np.diff(votes.start))))


def fast_place(votes: Votes, axes: Axes) -> Positions:
    """The same as `place`, by compiled loops if votes are many."""
    return solved(fast_added(votes, vote_table(axes)), np.diff(votes.start), axes)


def fast_added(votes: Votes, table: Floats) -> Floats:
    """The same as `added`, by compiled loops if votes are many."""
    loops = _loops(len(votes))
    if loops is None:
        return added(votes, table)
    width = table.shape[1]
    few = width <= FOUR
    wide = np.zeros((len(table), FOUR if few else width))
    wide[:, :width] = table
    total = np.zeros((len(votes.people), wide.shape[1]))
    run = loops.add_up_four if few else loops.add_up
    _by_parts(votes, lambda rows, people: run(*rows, wide, total[people]))
    return np.ascontiguousarray(total[:, :width])


def fast_marked(votes: Votes, marks: Marks, label: Ints) -> Ints:
    """The same as `marked`, by compiled loops if votes are many."""
    loops = _loops(len(votes))
    if loops is None:
        return marked(votes, marks, label)
    numbers = np.zeros((len(votes.people), 2), np.int64)
    _by_parts(
        votes, lambda rows, people: loops.count_marks(*rows, marks=marks, label=label[people], out=numbers[people])
    )
    return numbers


def fast_tally(votes: Votes, label: Ints, groups: int) -> Ints:
    """The same as `tally`, by compiled loops if votes are many."""
    loops = _loops(len(votes))
    if loops is None:
        return tally(votes, label, groups)

    def counts(rows: Rows, people: slice) -> Ints:
        of_part = np.zeros((groups, 3 * len(votes.statements)), np.int64)
        loops.count_choices(*rows, label[people], of_part)
        return of_part

    total: Ints = sum(_by_parts(votes, counts))
    return total.reshape(groups, -1, 3)


def fast_agreements(votes: Votes, label: Ints, groups: int, weight: Ints | None = None) -> Ints:
    """The same as `agreements`, by compiled loops if votes are many."""
    loops = _loops(len(votes))
    if loops is None:
        return agreements(votes, label, groups, weight)
    each = np.ones(len(votes.people), np.int64) if weight is None else weight

    def sizes(rows: Rows, people: slice) -> Ints:
        of_part = np.zeros((groups, len(votes.statements)), np.int64)
        loops.add_agreements(*rows, label=label[people], weight=each[people], out=of_part)
        return of_part

    total: Ints = sum(_by_parts(votes, sizes))
    return total


def _by_parts(votes: Votes, run: Callable[[Rows, slice], Any]) -> list[Any]:
    """What `run` gives for each part of the people, see `kernels.by_parts`."""
    of_parts: list[Any] = kernels().by_parts((votes.start, votes.statement, votes.choice), threads_for(len(votes)), run)
    return of_parts

"""Compiled versions of the functions that go through all votes, used if votes are many and the extra `fast` (numba) is
installed.

The results are equal bit for bit; the difference in time is in docs/benchmarks.md."""

from __future__ import annotations

from typing import Any

import numpy as np

from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.axes import Axes
from acquis.opinion.compiled import MANY, kernels, threads_for
from acquis.opinion.consensus import agreements, tally
from acquis.opinion.place import Marks, Positions, added, marked, solved, vote_table
from acquis.opinion.sums import Sums, sums
from acquis.opinion.votes import Votes

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
    total = np.zeros((len(votes.people), table.shape[1]))
    loops.add_up(votes.start, votes.statement, votes.choice, np.ascontiguousarray(table, np.float64), total)
    return total


def fast_marked(votes: Votes, marks: Marks, label: Ints) -> Ints:
    """The same as `marked`, by compiled loops if votes are many."""
    loops = _loops(len(votes))
    if loops is None:
        return marked(votes, marks, label)
    numbers = np.zeros((len(votes.people), 2), np.int64)
    loops.count_marks(votes.start, votes.statement, votes.choice, marks=marks, label=label, out=numbers)
    return numbers


def fast_tally(votes: Votes, label: Ints, groups: int) -> Ints:
    """The same as `tally`, by compiled loops if votes are many."""
    loops = _loops(len(votes))
    if loops is None:
        return tally(votes, label, groups)
    counts = np.zeros((groups, len(votes.statements), 3), np.int64)
    loops.count_choices(votes.start, votes.statement, votes.choice, label, counts)
    return counts


def fast_agreements(votes: Votes, label: Ints, groups: int, weight: Ints | None = None) -> Ints:
    """The same as `agreements`, by compiled loops if votes are many."""
    loops = _loops(len(votes))
    if loops is None:
        return agreements(votes, label, groups, weight)
    weight = np.ones(len(votes.people), np.int64) if weight is None else weight
    sizes = np.zeros((groups, len(votes.statements)), np.int64)
    loops.add_agreements(votes.start, votes.statement, votes.choice, label=label, weight=weight, out=sizes)
    return sizes

"""Compiled versions of `sums`, `place` and `tally`, used if votes are many and the extra `fast` (numba) is installed.

The results are equal bit for bit; the difference in time is in docs/benchmarks.md."""

from __future__ import annotations

from typing import Any

import numpy as np

from acquis.opinion.arrays import Ints
from acquis.opinion.axes import Axes
from acquis.opinion.compiled import MANY, kernels, threads_for
from acquis.opinion.consensus import tally
from acquis.opinion.place import Positions, place, solved, vote_table, width
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
    loops = _loops(len(votes))
    if loops is None:
        return place(votes, axes)
    added = np.zeros((len(votes.people), width(axes)))
    loops.add_up(votes.start, votes.statement, votes.choice, vote_table(axes), added)
    return solved(added, np.diff(votes.start), axes)


def fast_tally(votes: Votes, label: Ints, groups: int) -> Ints:
    """The same as `tally`, by compiled loops if votes are many."""
    loops = _loops(len(votes))
    if loops is None:
        return tally(votes, label, groups)
    counts = np.zeros((groups, len(votes.statements), 3), np.int64)
    loops.count_choices(votes.start, votes.statement, votes.choice, label, counts)
    return counts

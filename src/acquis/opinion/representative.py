"""The statements on which a group differs from all others by more than chance.

Polis lists five statements for each group in any case. Here a statement is listed only if its difference is significant
after correction for testing all statements and groups; for random groups the list is usually empty."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.consensus import FEWEST
from acquis.opinion.shares import interval
from acquis.opinion.votes import AGREE, DISAGREE

FALSE_SHARE = 0.05
"""False discovery rate: the expected share of listed statements that differ by chance (Benjamini and Hochberg 1995)."""


@dataclass(frozen=True)
class Representative:
    """statement, group: numbers. choice: AGREE or DISAGREE, the choice that the group makes more often than the others.
    share, others: its share in the group and among all others. difference: share - others > 0, with its 90 % interval
    low..high. chance: two-sided p-value, corrected for the number of tests."""

    statement: int
    group: int
    choice: int
    share: float
    others: float
    difference: float
    low: float
    high: float
    chance: float


def representative(counts: Ints) -> list[list[Representative]]:
    """For each group its statements, the most certain difference first; counts: (groups, m, 3) disagree, pass, agree.

    Groups that were discovered in the same votes differ by construction: the list shows how they differ, not that they
    exist (see `structure`)."""
    listed: list[list[Representative]] = [[] for _ in counts]
    if len(counts) < 2:
        return listed
    voters, everybody = counts.sum(2), counts.sum((0, 2))
    tested = (voters >= FEWEST) & (everybody - voters >= FEWEST)
    for choice, chance in zip((AGREE, DISAGREE), _corrected(counts, voters, everybody, tested)):
        mine = counts[:, :, choice + 1]
        theirs, rest = mine.sum(0) - mine, everybody - voters
        share, others = mine / np.maximum(voters, 1), theirs / np.maximum(rest, 1)
        low, high = _difference(mine, voters, theirs, rest)
        for g, j in np.argwhere(tested & (chance <= FALSE_SHARE) & (low > 0)).tolist():
            shares = (share[g, j], others[g, j], share[g, j] - others[g, j], low[g, j], high[g, j], chance[g, j])
            listed[g].append(Representative(j, g, choice, *(float(value) for value in shares)))
    return [sorted(of_group, key=lambda entry: (-entry.low, entry.statement)) for of_group in listed]


def _corrected(counts: Ints, voters: Ints, everybody: Ints, tested: Floats) -> list[Floats]:
    """The p-values of all tests (agree, disagree) adjusted after Benjamini and Hochberg; 1 where there is no test."""
    raw = [
        np.where(tested, _by_chance(counts[:, :, choice + 1], voters, everybody, counts[:, :, choice + 1].sum(0)), 1.0)
        for choice in (AGREE, DISAGREE)
    ]
    table, tests = np.stack(raw), 2 * max(int(tested.sum()), 1)
    order = np.argsort(table, axis=None, kind="stable")
    stepped = table.ravel()[order] * tests / np.arange(1, table.size + 1)
    adjusted = np.empty(table.size)
    adjusted[order] = np.minimum(np.minimum.accumulate(stepped[::-1])[::-1], 1.0)
    return list(adjusted.reshape(table.shape))


def _by_chance(mine: Ints, voters: Ints, everybody: Ints, all_of_them: Ints) -> Floats:
    """p-values of the two-sided test of two proportions with one success and one failure added to each (Agresti and
    Caffo 2000), which keeps its level in small groups."""
    n1, n2 = voters + 2.0, everybody - voters + 2.0
    p1, p2 = (mine + 1) / n1, (all_of_them - mine + 1) / n2
    z = (p1 - p2) / np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    chance: Floats = np.vectorize(math.erfc, otypes=[np.float64])(np.abs(z) / math.sqrt(2)) if z.size else z
    return chance


def _difference(mine: Ints, voters: Ints, theirs: Ints, rest: Ints) -> tuple[Floats, Floats]:
    """The 90 % interval of the difference of two shares from their score intervals (Newcombe 1998, method 10)."""
    p1, p2 = mine / np.maximum(voters, 1), theirs / np.maximum(rest, 1)
    (l1, u1), (l2, u2) = interval(mine, voters), interval(theirs, rest)
    low = p1 - p2 - np.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = p1 - p2 + np.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return low, high

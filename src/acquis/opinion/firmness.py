"""Would these groups be there again? Three checks, and one word.

1. Shuffle: the same votes, dealt out anew among those who voted on each statement, hold no structure. Groups that are
   real are set apart more clearly than any that are found in NULLS such shuffles (p <= 1 / (NULLS + 1)).
2. Bootstrap: with people drawn anew, with replacement, axes and groups are found again. How far do the new groups
   agree with the old (adjusted Rand index, Hubert and Arabie 1985: 1 the same, 0 as by chance)?
3. Flips: in such a redrawing, what share of the people lands in another group than before?
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from acquis.opinion.axes import fit_axes
from acquis.opinion.groups import MOST_GROUPS, Split, by_clearness, enough, find_splits, histogram, nearest
from acquis.opinion.place import place
from acquis.opinion.sums import sums
from acquis.opinion.votes import Floats, Ints, Votes

NULLS = 19
DRAWS = 20
LARGEST_SAMPLE = 1_000
"""Of larger conversations so many people are drawn for the checks: what is firm among a thousand is firm."""
FEWEST_PEOPLE = 40
"""Fewer people who voted enough are never split into groups."""
ALL = range(2, MOST_GROUPS + 1)
FIRM_AGREEMENT = 0.8
MOST_FLIPS = 0.1


@dataclass(frozen=True)
class Firmness:
    """verdict: `firm` (draw the groups), `loose` (there is structure, but borders would fall elsewhere another time),
    `none` (no clearer than chance), `few` (too few people). k: the groups it speaks of, 1 where there are none.
    silhouette: of the groups; by_chance: of the clearest of the shuffles; agreement: mean adjusted Rand index; flips:
    share of people, 0..1. sample: people looked at."""

    verdict: str
    k: int
    silhouette: float
    by_chance: float
    agreement: float
    flips: float
    sample: int


def firmness(votes: Votes, seed: int = 0) -> Firmness:
    """The clearest split of these people that is firm; else what can be said of the clearest."""
    counted = np.flatnonzero(enough(np.diff(votes.start), len(votes.statements)))
    if len(counted) < FEWEST_PEOPLE:
        return Firmness("few", 1, -1.0, -1.0, 0.0, 1.0, len(counted))
    random = np.random.default_rng(seed)
    if len(counted) > LARGEST_SAMPLE:
        counted = np.sort(random.choice(counted, LARGEST_SAMPLE, replace=False))
    sample = votes.of_people(counted)
    xy, splits = _again(sample, sample, seed)
    chance = max(_clearest(_again(shuffled(sample, random), None, seed)[1]) for _ in range(NULLS))
    tried = [k for k in by_clearness(splits) if splits[k].silhouette > chance]
    if not tried:
        return Firmness("none", 1, _clearest(splits), chance, 0.0, 1.0, len(counted))
    drawings = [_redrawn(sample, random, tried, seed) for _ in range(DRAWS)]
    read = [_held(k, splits[k], xy, drawings, chance) for k in tried]
    return next((one for one in read if one.verdict == "firm"), read[0])


def _clearest(splits: dict[int, Split]) -> float:
    return max((split.silhouette for split in splits.values()), default=-1.0)


def _again(votes: Votes, placed: Votes | None, seed: int, many: Iterable[int] = ALL) -> tuple[Floats, dict[int, Split]]:
    """Axes and splits from some votes, and where `placed` (default: the same people) stand on them."""
    axes = fit_axes(sums(votes))
    own = place(votes, axes).xy
    splits = find_splits(histogram(own), seed, many)
    return (own if placed is None or placed is votes else place(placed, axes).xy), splits


def _redrawn(sample: Votes, random: np.random.Generator, many: list[int], seed: int) -> tuple[Floats, dict[int, Split]]:
    people = len(sample.people)
    return _again(sample.of_people(np.sort(random.integers(0, people, people))), sample, seed, many)


def _held(k: int, split: Split, xy: Floats, drawings: list[tuple[Floats, dict[int, Split]]], chance: float) -> Firmness:
    """How far the split of the people at `xy` comes again in the redrawings; where it cannot be made, not at all."""
    label = nearest(xy, split.centres)
    others = [nearest(theirs, again[k].centres) for theirs, again in drawings if k in again]
    agreement = sum(adjusted_rand(label, other) for other in others) / len(drawings)
    flips = (sum(flipped(label, other) for other in others) + len(drawings) - len(others)) / len(drawings)
    firm = agreement >= FIRM_AGREEMENT and flips <= MOST_FLIPS
    return Firmness("firm" if firm else "loose", k, split.silhouette, chance, agreement, flips, len(xy))


def shuffled(votes: Votes, random: np.random.Generator) -> Votes:
    """The same choices on each statement, dealt out anew among those who voted on it."""
    by_statement = np.argsort(votes.statement, kind="stable")
    dealt = np.lexsort((random.random(len(votes)), votes.statement))
    choice = np.empty_like(votes.choice)
    choice[by_statement] = votes.choice[dealt]
    return Votes(votes.people, votes.statements, votes.start, votes.statement, choice)


def adjusted_rand(one: Ints, other: Ints) -> float:
    """The adjusted Rand index of two labellings (n,), 1 where they are the same (Hubert and Arabie 1985, eq. 5)."""
    table = np.zeros((int(one.max(initial=0)) + 1, int(other.max(initial=0)) + 1))
    np.add.at(table, (one, other), 1)
    pairs, rows, columns = (float((t * (t - 1) / 2).sum()) for t in (table, table.sum(1), table.sum(0)))
    everything = len(one) * (len(one) - 1) / 2
    expected = rows * columns / everything if everything else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def flipped(one: Ints, other: Ints) -> float:
    """The share of people in another group, the groups of `other` named so that it is least."""
    k = int(max(one.max(initial=0), other.max(initial=0))) + 1
    table = np.zeros((k, k))
    np.add.at(table, (one, other), 1)
    same = max(float(table[range(k), order].sum()) for order in permutations(range(k)))
    return 1 - same / max(len(one), 1)

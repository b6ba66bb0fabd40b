"""Three checks of whether discovered groups are stable, and their verdict.

1. Shuffle: the choices on each statement are permuted among those who voted on it, which removes all structure. Real
   groups must be separated more clearly than the groups found in NULLS such shuffles (p <= 1 / (NULLS + 1)).
2. Bootstrap: axes and groups are computed again for people drawn with replacement. The agreement of the new groups with
   the old ones is measured by the adjusted Rand index (Hubert and Arabie 1985; 1: the same, 0: as by chance).
3. Flips: the share of people who are in another group than before in such a sample.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.axes import fit_axes
from acquis.opinion.groups import MOST_GROUPS, Split, by_clearness, enough, find_splits, histogram, nearest
from acquis.opinion.place import place
from acquis.opinion.sums import sums
from acquis.opinion.votes import Votes

NULLS = 19
DRAWS = 20
LARGEST_SAMPLE = 1_000
"""Maximum number of people in the checks; from larger conversations a random sample of this size is drawn."""
FEWEST_PEOPLE = 40
"""Fewer people with enough votes are never split into groups."""
ALL = range(2, MOST_GROUPS + 1)
FIRM_AGREEMENT = 0.8
MOST_FLIPS = 0.1


@dataclass(frozen=True)
class Firmness:
    """verdict: `firm` (the groups can be drawn), `loose` (there is structure, but the borders are not stable), `none`
    (no clearer than chance), `few` (too few people). k: number of groups checked, 1 if there are none. silhouette: of
    these groups. by_chance: the highest silhouette among the shuffles. agreement: mean adjusted Rand index. flips:
    share of people, 0..1. sample: number of people in the checks."""

    verdict: str
    k: int
    silhouette: float
    by_chance: float
    agreement: float
    flips: float
    sample: int

    @property
    def structured(self) -> bool:
        """Whether the places of people on the map say something: there are groups, or opinions that differ more clearly
        than by chance."""
        return self.verdict in ("firm", "loose")


def firmness(votes: Votes, seed: int = 0) -> Firmness:
    """The result for the clearest firm split, or for the clearest split if none is firm. Deterministic for a seed."""
    counted = np.flatnonzero(enough(np.diff(votes.start), len(votes.statements)))
    if len(counted) < FEWEST_PEOPLE:
        return Firmness("few", 1, silhouette=-1.0, by_chance=-1.0, agreement=0.0, flips=1.0, sample=len(counted))
    random = np.random.default_rng(seed)
    if len(counted) > LARGEST_SAMPLE:
        counted = np.sort(random.choice(counted, LARGEST_SAMPLE, replace=False))
    sample = votes.of_people(counted)
    xy, splits = _axes_and_splits(sample, sample, seed)
    chance = max(_clearest(_axes_and_splits(shuffled(sample, random), None, seed)[1]) for _ in range(NULLS))
    candidates = [k for k in by_clearness(splits) if splits[k].silhouette > chance]
    if not candidates:
        return Firmness(
            "none", 1, silhouette=_clearest(splits), by_chance=chance, agreement=0.0, flips=1.0, sample=len(counted)
        )
    drawings = [_redrawn(sample, random, candidates, seed) for _ in range(DRAWS)]
    readings = [_stability(k, splits[k], xy, drawings, chance) for k in candidates]
    return next((reading for reading in readings if reading.verdict == "firm"), readings[0])


def _clearest(splits: dict[int, Split]) -> float:
    return max((split.silhouette for split in splits.values()), default=-1.0)


def _axes_and_splits(
    votes: Votes, placed: Votes | None, seed: int, many: Iterable[int] = ALL
) -> tuple[Floats, dict[int, Split]]:
    """The positions (n, 2) of the people of `placed` (default: `votes`) on the axes of `votes`, and the splits of
    `votes`."""
    axes = fit_axes(sums(votes))
    own = place(votes, axes).xy
    splits = find_splits(histogram(own), seed, many)
    return (own if placed is None or placed is votes else place(placed, axes).xy), splits


def _redrawn(sample: Votes, random: np.random.Generator, many: list[int], seed: int) -> tuple[Floats, dict[int, Split]]:
    people = len(sample.people)
    return _axes_and_splits(sample.of_people(np.sort(random.integers(0, people, people))), sample, seed, many)


def _stability(
    k: int, split: Split, xy: Floats, drawings: list[tuple[Floats, dict[int, Split]]], chance: float
) -> Firmness:
    """How stable the split of the people at `xy` is in the drawings; a drawing without such a split counts as
    unstable."""
    label = nearest(xy, split.centres)
    others = [nearest(theirs, splits[k].centres) for theirs, splits in drawings if k in splits]
    agreement = sum(adjusted_rand(label, other) for other in others) / len(drawings)
    flips = (sum(flipped(label, other) for other in others) + len(drawings) - len(others)) / len(drawings)
    firm = agreement >= FIRM_AGREEMENT and flips <= MOST_FLIPS
    return Firmness(
        "firm" if firm else "loose",
        k,
        silhouette=split.silhouette,
        by_chance=chance,
        agreement=agreement,
        flips=flips,
        sample=len(xy),
    )


def shuffled(votes: Votes, random: np.random.Generator) -> Votes:
    """The votes with the choices on each statement permuted among those who voted on it."""
    by_statement = np.argsort(votes.statement, kind="stable")
    dealt = np.lexsort((random.random(len(votes)), votes.statement))
    choice = np.empty_like(votes.choice)
    choice[by_statement] = votes.choice[dealt]
    return Votes(votes.people, votes.statements, votes.start, votes.statement, choice)


def adjusted_rand(first: Ints, second: Ints) -> float:
    """The adjusted Rand index of two labellings (n,); 1 if they are the same (Hubert and Arabie 1985, eq. 5)."""
    table = np.zeros((int(first.max(initial=0)) + 1, int(second.max(initial=0)) + 1))
    np.add.at(table, (first, second), 1)
    pairs, rows, columns = (float((t * (t - 1) / 2).sum()) for t in (table, table.sum(1), table.sum(0)))
    everything = len(first) * (len(first) - 1) / 2
    expected = rows * columns / everything if everything else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def flipped(first: Ints, second: Ints) -> float:
    """The smallest share of people in different groups over all ways to match the groups of `second` with `first`."""
    k = int(max(first.max(initial=0), second.max(initial=0))) + 1
    table = np.zeros((k, k))
    np.add.at(table, (first, second), 1)
    same = max(float(table[range(k), order].sum()) for order in permutations(range(k)))
    return 1 - same / max(len(first), 1)

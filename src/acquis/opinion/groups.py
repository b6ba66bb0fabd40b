"""Groups of opinion: k-means on a grid of cells, each weighing as much as the people in it.

The grid is fixed before anybody is placed, and its counts are whole numbers, so the groups are the same for any order
of the people and any split of them over machines. What k fits best is a matter of the silhouette (Rousseeuw 1987);
whether there are groups at all is asked in `firmness`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from acquis.opinion.votes import Floats, Ints

REACH = 4.0
"""The grid goes from -REACH to REACH; positions are in standard deviations, and shrink towards 0."""
CELLS = 256
MOST_CELLS = 1_000
"""Cells are joined by fours until so many, at most, are occupied: distances between cells grow with their square."""
MOST_GROUPS = 5
STARTS = 3
SMALLEST_GROUP, SMALLEST_SHARE = 5, 0.05
ENOUGH_VOTES = 7
"""Who has voted less is placed, near the centre, but neither makes a group nor is counted in one (as in Polis)."""


@dataclass(frozen=True)
class Split:
    """centres: (k, 2), from left to right. silhouette: -1..1, higher where groups are set apart. sizes: (k,) people."""

    centres: Floats
    silhouette: float
    sizes: Ints


def enough(votes: Ints, statements: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Who has voted often enough to be grouped; votes: (n,) how many each has cast."""
    mask: np.ndarray[tuple[int], np.dtype[np.bool_]] = votes >= max(min(ENOUGH_VOTES, statements), 1)
    return mask


def histogram(xy: Floats) -> Ints:
    """(CELLS^2,) how many people stand in each cell. Adds up over any split of the people."""
    cells = np.clip(((xy + REACH) * (CELLS / (2 * REACH))).astype(np.int64), 0, CELLS - 1)
    return np.bincount(cells[:, 0] * CELLS + cells[:, 1], minlength=CELLS * CELLS).astype(np.int64)


def find_splits(counts: Ints, seed: int = 0, many: Iterable[int] = range(2, MOST_GROUPS + 1)) -> dict[int, Split]:
    """The best split into each number of groups that leaves none too small; counts: (CELLS^2,) of `histogram`."""
    points, weights = _cells(counts)
    total = int(weights.sum())
    least = max(SMALLEST_GROUP, int(np.ceil(SMALLEST_SHARE * total)))
    rough, rough_weights = _cells(_joined(counts))
    apart = _distances(rough)
    found: dict[int, Split] = {}
    for k in many:
        if len(rough) < k or total < k * least:
            continue
        centres = k_means(rough, rough_weights, k, seed)
        label = nearest(rough, centres)
        if np.bincount(label, rough_weights, minlength=k).min() < least:
            continue
        clear = silhouette(apart, rough_weights, label, k)
        if len(points) > len(rough):
            centres = _settled(points, weights, centres[None], rounds=10)[0]
        centres = centres[np.lexsort((centres[:, 1], centres[:, 0]))]
        sizes = np.bincount(nearest(points, centres), weights, minlength=k)
        found[k] = Split(centres, clear, sizes.astype(np.int64))
    return found


def by_clearness(splits: dict[int, Split]) -> list[int]:
    """The numbers of groups, the clearest split first; of equals the one with fewer groups."""
    return sorted(splits, key=lambda k: (-splits[k].silhouette, k))


def nearest(xy: Floats, centres: Floats) -> Ints:
    """(n,) the number of the nearest centre; the first of equals."""
    apart = (xy[:, None, :] - centres[None, :, :]) ** 2
    label: Ints = apart.sum(2).argmin(1)
    return label


def _cells(counts: Ints) -> tuple[Floats, Floats]:
    """The middles of the occupied cells (c, 2) and how many stand there (c,)."""
    side = int(np.sqrt(len(counts)))
    occupied = np.flatnonzero(counts)
    middle = (np.stack([occupied // side, occupied % side], axis=1) + 0.5) * np.float64(2 * REACH / side) - REACH
    return middle.astype(np.float64), counts[occupied].astype(np.float64)


def _joined(counts: Ints) -> Ints:
    side = CELLS
    while np.count_nonzero(counts) > MOST_CELLS:
        side //= 2
        counts = counts.reshape(side, 2, side, 2).sum((1, 3)).ravel()
    return counts


def _distances(points: Floats) -> Floats:
    squared = (points**2).sum(1)
    apart = squared[:, None] + squared[None, :] - 2 * points @ points.T
    distances: Floats = np.sqrt(np.maximum(apart, 0.0))
    return distances


def k_means(points: Floats, weights: Floats, k: int, seed: int) -> Floats:
    """(k, 2) centres: the best of STARTS seeded starts, each with well spread first centres (k-means++, Arthur and
    Vassilvitskii 2007)."""
    centres = _settled(points, weights, _spread_starts(points, weights, k, np.random.default_rng([seed, k])))
    squared = (points**2).sum(1) + (centres**2).sum(2)[:, :, None] - 2 * (centres @ points.T)
    inside = squared.min(1) @ weights
    best: Floats = centres[int(inside.argmin())]
    return best


def _spread_starts(points: Floats, weights: Floats, k: int, random: np.random.Generator) -> Floats:
    """(STARTS, k, 2): each next centre falls to a point by its weight times the squared distance to the nearest."""
    chosen = _fall(np.tile(weights, (STARTS, 1)), random)[:, None]
    apart = np.full((STARTS, len(points)), np.inf)
    for _ in range(1, k):
        last = points[chosen[:, -1]]
        apart = np.minimum(apart, ((points[None] - last[:, None]) ** 2).sum(2))
        chosen = np.column_stack([chosen, _fall(apart * weights, random)])
    return points[chosen]


def _fall(mass: Floats, random: np.random.Generator) -> Ints:
    """(s,) for each row of masses (s, c) the column that a throw falls to."""
    reached = mass.cumsum(1)
    dice = random.random(len(mass)) * reached[:, -1]
    column: Ints = np.minimum((reached <= dice[:, None]).sum(1), mass.shape[1] - 1)
    return column


def _settled(points: Floats, weights: Floats, centres: Floats, rounds: int = 60) -> Floats:
    """Lloyd's steps for several starts (s, k, 2) at once, until nothing moves."""
    weighted = np.concatenate([points, np.ones((len(points), 1))], axis=1) * weights[:, None]
    squared = None
    for _ in range(rounds):
        squared = (centres**2).sum(2)[:, :, None] - 2 * (centres @ points.T)
        belongs = (squared == squared.min(1, keepdims=True)).astype(np.float64)
        summed = belongs @ weighted
        moved = np.where(summed[:, :, 2:] > 0, summed[:, :, :2] / np.maximum(summed[:, :, 2:], 1e-300), centres)
        if np.abs(moved - centres).max() < 1e-4:
            break
        centres = moved
    return centres


def silhouette(apart: Floats, weights: Floats, label: Ints, k: int) -> float:
    """The mean over people of (b - a) / max(a, b), a the mean distance to one's own group, b to the next one; people in
    one cell are at distance 0 (Rousseeuw 1987). apart: (c, c); weights, label: (c,)."""
    belongs = np.zeros((len(label), k))
    belongs[np.arange(len(label)), label] = weights
    sizes = belongs.sum(0)
    to_each = apart @ belongs
    own = to_each[np.arange(len(label)), label] / np.maximum(sizes[label] - 1, 1)
    to_each = to_each / np.maximum(sizes, 1e-300)
    to_each[np.arange(len(label)), label] = np.inf
    other = to_each.min(1)
    larger = np.maximum(own, other)
    value = np.where((larger > 0) & (sizes[label] > 1), (other - own) / np.where(larger > 0, larger, 1.0), 0.0)
    return float(value @ weights / weights.sum())

"""Groups of opinion: k-means on a grid of cells, each weighted by the number of people in it.

The grid is fixed in advance and its counts are whole numbers, so the groups do not depend on the order of the people or
on their distribution over machines. k is chosen by the silhouette (Rousseeuw 1987); `firmness` checks whether there are
groups at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from acquis.opinion.arrays import Floats, Ints

REACH = 4.0
"""The grid extends from -REACH to REACH on both axes, in standard deviations. Positions are shrunk towards 0."""
CELLS = 256
MOST_CELLS = 1_000
"""Cells are merged four to one until at most this number is occupied, because the number of distances between cells
grows with its square."""
MOST_GROUPS = 5
STARTS = 3
SMALLEST_GROUP, SMALLEST_SHARE = 5, 0.05
ENOUGH_VOTES = 7
"""People with fewer votes get a position near the centre but are not used to form groups or counted in them (as in
Polis)."""


@dataclass(frozen=True)
class Split:
    """A division into k groups. centres: (k, 2), from left to right. silhouette: -1..1, higher for clearer groups.
    sizes: (k,) numbers of people."""

    centres: Floats
    silhouette: float
    sizes: Ints


def enough(votes: Ints, statements: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """(n,) whether each person has cast enough votes to be grouped; votes: (n,) numbers of votes cast."""
    mask: np.ndarray[tuple[int], np.dtype[np.bool_]] = votes >= max(min(ENOUGH_VOTES, statements), 1)
    return mask


def histogram(xy: Floats) -> Ints:
    """(CELLS^2,) number of people in each cell. Histograms of disjoint sets of people can be added."""
    cells = np.clip(((xy + REACH) * (CELLS / (2 * REACH))).astype(np.int64), 0, CELLS - 1)
    return np.bincount(cells[:, 0] * CELLS + cells[:, 1], minlength=CELLS * CELLS).astype(np.int64)


def find_splits(counts: Ints, seed: int = 0, many: Iterable[int] = range(2, MOST_GROUPS + 1)) -> dict[int, Split]:
    """For each number of groups in `many` the best split, if no group is too small; counts: (CELLS^2,) of
    `histogram`."""
    points, weights = _cells(counts)
    total = int(weights.sum())
    least = max(SMALLEST_GROUP, int(np.ceil(SMALLEST_SHARE * total)))
    rough, rough_weights = _cells(_joined(counts))
    apart = _distances(rough)
    splits: dict[int, Split] = {}
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
        splits[k] = Split(centres, clear, sizes.astype(np.int64))
    return splits


def by_clearness(splits: dict[int, Split]) -> list[int]:
    """The numbers of groups, the clearest split first; among equals fewer groups first."""
    return sorted(splits, key=lambda k: (-splits[k].silhouette, k))


def nearest(xy: Floats, centres: Floats) -> Ints:
    """(n,) the number of the nearest centre; the first one of equals."""
    apart = (xy[:, None, :] - centres[None, :, :]) ** 2
    label: Ints = apart.sum(2).argmin(1)
    return label


def _cells(counts: Ints) -> tuple[Floats, Floats]:
    """The centres of the occupied cells (c, 2) and the number of people in them (c,)."""
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
    """(k, 2) centres: the best result of STARTS seeded starts, each initialized by k-means++ (Arthur and Vassilvitskii
    2007)."""
    centres = _settled(points, weights, _spread_starts(points, weights, k, np.random.default_rng([seed, k])))
    squared = (points**2).sum(1) + (centres**2).sum(2)[:, :, None] - 2 * (centres @ points.T)
    inside = squared.min(1) @ weights
    best: Floats = centres[int(inside.argmin())]
    return best


def _spread_starts(points: Floats, weights: Floats, k: int, random: np.random.Generator) -> Floats:
    """(STARTS, k, 2): each further centre is drawn with probability proportional to weight times squared distance to
    the nearest centre."""
    chosen = _fall(np.tile(weights, (STARTS, 1)), random)[:, None]
    apart = np.full((STARTS, len(points)), np.inf)
    for _ in range(1, k):
        last = points[chosen[:, -1]]
        apart = np.minimum(apart, ((points[None] - last[:, None]) ** 2).sum(2))
        chosen = np.column_stack([chosen, _fall(apart * weights, random)])
    return points[chosen]


def _fall(mass: Floats, random: np.random.Generator) -> Ints:
    """(s,) for each row of masses (s, c) a column drawn with probability proportional to its mass."""
    reached = mass.cumsum(1)
    dice = random.random(len(mass)) * reached[:, -1]
    column: Ints = np.minimum((reached <= dice[:, None]).sum(1), mass.shape[1] - 1)
    return column


def _settled(points: Floats, weights: Floats, centres: Floats, rounds: int = 60) -> Floats:
    """Lloyd's algorithm for several starts (s, k, 2) at once, until the centres no longer move."""
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
    """The mean over people of (b - a) / max(a, b), where a is the mean distance to the own group and b to the nearest
    other group; people in one cell are at distance 0 (Rousseeuw 1987). apart: (c, c) distances; weights, label:
    (c,)."""
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

"""What Polis would say of the same votes, formula by formula, for those who compare.

Written from the description of its mathematics (compdemocracy/polis, `math/`, state of October 2024); signs are as in
its exports, agree = +1. Its groups depend on the order and the timing of past updates and cannot be computed from
votes: they are given (`labels`), or found by a cold start of its method.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np

from acquis.opinion.consensus import tally
from acquis.opinion.polis_lists import (
    Entry,
    Representing,
    Statistics,
    consensus_lists,
    group_statistics,
    informed_consensus,
    priorities,
    representing,
)
from acquis.opinion.sums import Sums, sums
from acquis.opinion.votes import Floats, Ints, Mask, Votes

BASES = 100
SETTLED = 0.01


@dataclass(frozen=True)
class PolisReading:
    """center: (m,). components: (2, m), sign fixed by the largest entry. positions: (n, 2). label: (n,), or -1.
    extremity, priority, consensus (group-informed): (m,). agreed, disagreed: the consensus lists; representative: a
    list for each group; statistics: of each group and statement."""

    center: Floats
    components: Floats
    positions: Floats
    label: Ints
    extremity: Floats
    priority: Floats
    consensus: Floats
    agreed: list[Entry]
    disagreed: list[Entry]
    representative: list[list[Representing]]
    statistics: Statistics


def polis_reading(
    votes: Votes,
    moderated: Iterable[Hashable] = (),
    meta: Iterable[Hashable] = (),
    labels: Ints | None = None,
) -> PolisReading:
    """Everything Polis computes. moderated, meta: statements set to 0 for all. labels: (n,) groups, -1 for none."""
    out, about = _places(votes, moderated), _places(votes, meta)
    zeroed = out | about
    center, components = axes(sums(votes), zeroed)
    positions = projected(votes, center, components, zeroed)
    label = cold_groups(positions, in_conversation(votes)) if labels is None else labels
    counts = tally(votes, label, int(label.max(initial=-1)) + 1)
    everybody = tally(votes, np.zeros(len(label), np.int64), 1)[0]
    statistics = group_statistics(counts)
    extreme = extremity(center, components)
    agreed, disagreed = consensus_lists(everybody, zeroed)
    return PolisReading(
        center=center,
        components=components,
        positions=positions,
        label=label,
        extremity=extreme,
        priority=priorities(counts.sum(0), extreme, about),
        consensus=informed_consensus(counts),
        agreed=agreed,
        disagreed=disagreed,
        representative=representing(statistics, zeroed),
        statistics=statistics,
    )


def _places(votes: Votes, chosen: Iterable[Hashable]) -> Mask:
    wanted = set(chosen)
    return np.array([statement in wanted for statement in votes.statements], np.bool_)


def axes(total: Sums, zeroed: Mask) -> tuple[Floats, Floats]:
    """center (m,): the mean choice; components (2, m): unit eigenvectors of the covariance of the matrix with missing
    votes imputed by the mean. From the sums: a cell imputed is 0 once centred, so the sums hold all there is. With one
    statement the component is [1] and the center 0; with fewer than two directions the rest is 0."""
    m = len(zeroed)
    center = np.where(zeroed, 0.0, total.mean)
    components = np.zeros((2, m))
    if m == 1:
        components[0, 0] = 1.0
        return np.zeros(1), components
    covariance = np.where(zeroed[:, None] | zeroed[None, :], 0.0, total.products(center))
    values, vectors = np.linalg.eigh(covariance) if m else (np.zeros(0), np.zeros((0, 0)))
    for number, place in enumerate(np.argsort(-values, kind="stable")[:2]):
        if values[place] > 1e-9:
            vector = vectors[:, place]
            components[number] = vector * (-1.0 if vector[np.abs(vector).argmax()] < 0 else 1.0)
    return center, components


def projected(votes: Votes, center: Floats, components: Floats, zeroed: Mask) -> Floats:
    """(n, 2): sqrt(m / n_i) times the sum over the votes of person i of (x - center) v; a zeroed statement counts as a
    vote of everybody in n_i."""
    m, n = len(zeroed), len(votes.people)
    left = np.where(zeroed[votes.statement], 0.0, votes.choice - center[votes.statement])
    person = votes.person
    summed = [np.bincount(person, left * component[votes.statement], minlength=n) for component in components]
    voted = np.bincount(person[~zeroed[votes.statement]], minlength=n) + zeroed.sum()
    positions: Floats = np.stack(summed, axis=1) * np.sqrt(m / np.maximum(voted, 1))[:, None]
    return positions


def in_conversation(votes: Votes) -> Mask:
    """(n,): who is grouped: at least 7 votes (or as many as there are statements); of fewer than 15 such, the most
    active others are added up to 15."""
    cast = np.diff(votes.start)
    inside = cast >= min(7, len(votes.statements))
    if inside.sum() < 15:
        inside[np.argsort(-cast, kind="stable")[:15]] = True
    return inside & (cast > 0)


def extremity(center: Floats, components: Floats) -> Floats:
    """(m,): how far from the middle a person would stand whose only vote is to agree."""
    far: Floats = np.sqrt(len(center)) * np.abs(1 - center) * np.linalg.norm(components, axis=0)
    return far


def cold_groups(positions: Floats, inside: Mask) -> Ints:
    """(n,): Polis's method without a past: up to 100 base clusters, then k-means of their centers for k = 2 to
    min(5, 2 + bases / 12), the k with the best silhouette; -1 for who is not grouped."""
    label = np.full(len(positions), -1, np.int64)
    points = positions[inside]
    if not len(points):
        return label
    bases, base_of = _k_means(points, np.ones(len(points)), _first(points, BASES), 100)
    size = np.bincount(base_of, minlength=len(bases)).astype(np.float64)
    best, chosen = -2.0, np.zeros(len(bases), np.int64)
    for k in range(2, min(5, 2 + len(bases) // 12) + 1):
        start = _first(bases, k)
        if len(start) < k:
            break
        _, group = _k_means(bases, size, start, 20)
        score = _silhouette(bases, group, k)
        if score > best:
            best, chosen = score, group
    label[inside] = chosen[base_of]
    return label


def _first(points: Floats, k: int) -> Floats:
    """The first k distinct points, in the order met."""
    _, first = np.unique(points, axis=0, return_index=True)
    return points[np.sort(first)[:k]]


def _k_means(points: Floats, weight: Floats, centers: Floats, rounds: int) -> tuple[Floats, Ints]:
    label = np.zeros(len(points), np.int64)
    for _ in range(rounds):
        label = ((points[:, None] - centers[None]) ** 2).sum(2).argmin(1)
        mass = np.bincount(label, weight, minlength=len(centers))
        summed = np.stack([np.bincount(label, weight * axis, minlength=len(centers)) for axis in points.T], axis=1)
        moved = np.where(mass[:, None] > 0, summed / np.maximum(mass, 1e-300)[:, None], centers)
        still = np.abs(moved - centers).max() < SETTLED
        centers = moved
        if still:
            break
    return centers, label


def _silhouette(points: Floats, label: Ints, k: int) -> float:
    """Unweighted, over the base clusters; one alone in its group counts 0."""
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(2))
    belongs = np.eye(k)[label]
    size, total = belongs.sum(0), apart @ belongs
    rows = np.arange(len(points))
    own = total[rows, label] / np.maximum(size[label] - 1, 1)
    other = np.where(size > 0, total / np.maximum(size, 1), np.inf)
    other[rows, label] = np.inf
    least = other.min(1)
    value = np.where(
        (size[label] > 1) & np.isfinite(least), (least - own) / np.maximum(np.maximum(least, own), 1e-300), 0
    )
    return float(value.mean())

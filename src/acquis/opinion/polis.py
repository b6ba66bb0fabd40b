"""The results of Polis for the same votes, formula by formula, for comparison.

Written from the description of its mathematics (compdemocracy/polis, `math/`, state of October 2024). Signs are as in
its exports: agree = +1. The groups of Polis depend on the order and timing of past updates and cannot be computed from
the votes: they are given (`labels`), or computed by a cold start of its method.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.consensus import tally
from acquis.opinion.polis_lists import (
    ConsensusEntry,
    Representing,
    Statistics,
    consensus_lists,
    group_statistics,
    informed_consensus,
    priorities,
    representing,
)
from acquis.opinion.sums import Sums, sums
from acquis.opinion.votes import Votes

BASES = 100
SETTLED = 0.01
ROUNDING = 1e-12
"""Eigenvalues below this share of their sum are treated as 0 (rounding errors)."""


@dataclass(frozen=True)
class PeopleStatistics:
    """Statistics of people, (n,) each. centricness: 1 - the distance to the center of all grouped people. coreness: 1 -
    the distance to the center of the own group. extremeness: how far beyond that center, in the direction away from the
    center of all. The last two are NaN for a person who is not grouped, all three if nobody is grouped."""

    centricness: Floats
    coreness: Floats
    extremeness: Floats


@dataclass(frozen=True)
class PolisReading:
    """center: (m,). components: (2, m), the largest entry is positive. positions: (n, 2). label: (n,) group, -1 for
    none. extremity, priority, consensus (group-informed): (m,). agreed, disagreed: the consensus lists. representative:
    one list for each group. statistics: of each group and statement. standing: of each person."""

    statements: tuple[Hashable, ...]
    center: Floats
    components: Floats
    positions: Floats
    label: Ints
    extremity: Floats
    priority: Floats
    consensus: Floats
    agreed: list[ConsensusEntry]
    disagreed: list[ConsensusEntry]
    representative: list[list[Representing]]
    statistics: Statistics
    standing: PeopleStatistics


def polis_reading(
    votes: Votes,
    moderated: Iterable[Hashable] = (),
    meta: Iterable[Hashable] = (),
    labels: Ints | None = None,
) -> PolisReading:
    """Everything that Polis computes. moderated, meta: statements whose votes are set to 0; they need not have votes.
    labels: (n,) groups, -1 for none; without them the groups of a cold start. Raises ValueError if labels do not
    fit."""
    out, about = _places(votes, moderated), _places(votes, meta)
    zeroed = out | about
    center, components = axes(sums(votes), zeroed)
    positions = projected(votes, center, components, zeroed)
    label = cold_groups(positions, in_conversation(votes)) if labels is None else _checked(labels, len(votes.people))
    counts = tally(votes, label, int(label.max(initial=-1)) + 1)
    everybody = tally(votes, np.zeros(len(label), np.int64), 1)[0]
    statistics = group_statistics(counts)
    extreme = extremity(center, components)
    agreed, disagreed = consensus_lists(everybody, zeroed)
    return PolisReading(
        statements=tuple(votes.statements),
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
        standing=participant_statistics(positions, label),
    )


def _checked(labels: Ints, people: int) -> Ints:
    if labels.shape != (people,) or labels.dtype.kind not in "iu" or labels.min(initial=0) < -1:
        raise ValueError(f"labels must be whole numbers, one for each of the {people} people: a group, or -1 for none")
    return labels.astype(np.int64)


def _places(votes: Votes, chosen: Iterable[Hashable]) -> Mask:
    wanted = set(chosen)
    return np.array([statement in wanted for statement in votes.statements], np.bool_)


def axes(total: Sums, zeroed: Mask) -> tuple[Floats, Floats]:
    """center (m,): the mean choices. components (2, m): unit eigenvectors of the covariance of the matrix in which
    missing votes are imputed by the mean. The sums are sufficient, because an imputed cell is 0 after centring. For one
    person the first component is the row of votes scaled to length 1; for one statement it is [1]; in both cases the
    center is 0. A component without variance is 0."""
    m = len(zeroed)
    center = np.where(zeroed, 0.0, total.mean)
    components = np.zeros((2, m))
    if m == 0:
        return center, components
    if total.people == 1:
        row = np.where(zeroed, 0, np.diag(total.mx))
        components[0] = _upright(row / max(float(np.linalg.norm(row)), 1.0))
        return np.zeros(m), components
    if m == 1:
        components[0, 0] = 1.0
        return np.zeros(1), components
    covariance = np.where(zeroed[:, None] | zeroed[None, :], 0.0, total.products(center))
    values, vectors = np.linalg.eigh(covariance)
    for number, place in enumerate(np.argsort(-values, kind="stable")[:2]):
        if values[place] > ROUNDING * np.trace(covariance):
            components[number] = np.where(zeroed, 0.0, _upright(vectors[:, place]))
    return center, components


def _upright(vector: Floats) -> Floats:
    """The vector with the sign that makes its largest entry positive, because the sign of a component is arbitrary."""
    return -vector if vector[np.abs(vector).argmax()] < 0 else vector


def projected(votes: Votes, center: Floats, components: Floats, zeroed: Mask) -> Floats:
    """(n, 2): sqrt(m / n_i) times the sum over the votes of person i of (x - center) v. A zeroed statement counts in
    n_i as a vote of every person. With fewer than two statements there is no second component and all are at (0, 0)."""
    m, n = len(zeroed), len(votes.people)
    if m < 2:
        return np.zeros((n, 2))
    left = np.where(zeroed[votes.statement], 0.0, votes.choice - center[votes.statement])
    person = votes.person
    summed = [np.bincount(person, left * component[votes.statement], minlength=n) for component in components]
    voted = np.bincount(person[~zeroed[votes.statement]], minlength=n) + zeroed.sum()
    positions: Floats = np.stack(summed, axis=1) * np.sqrt(m / np.maximum(voted, 1))[:, None]
    return positions


def in_conversation(votes: Votes) -> Mask:
    """(n,): whether each person is grouped. This takes at least 7 votes (or as many as there are statements); if fewer
    than 15 people qualify, the most active others are added up to 15."""
    cast = np.diff(votes.start)
    inside = cast >= min(7, len(votes.statements))
    if inside.sum() < 15:
        inside[np.argsort(-cast, kind="stable")[:15]] = True
    return inside & (cast > 0)


def extremity(center: Floats, components: Floats) -> Floats:
    """(m,): the distance from the center of a person whose only vote is to agree with the statement."""
    if len(center) < 2:
        return np.zeros(len(center))
    far: Floats = np.sqrt(len(center)) * np.abs(1 - center) * np.linalg.norm(components, axis=0)
    return far


def participant_statistics(positions: Floats, label: Ints) -> PeopleStatistics:
    """The statistics of each person, from positions (n, 2) and label (n,), -1 for none."""
    groups = int(label.max(initial=-1)) + 1
    inside = label >= 0
    if not groups:
        unknown = np.full((3, len(label)), np.nan)
        return PeopleStatistics(unknown[0], unknown[1], unknown[2])
    size = np.bincount(label[inside], minlength=groups)[:, None]
    summed = np.stack([np.bincount(label[inside], axis, minlength=groups) for axis in positions[inside].T], axis=1)
    middle, center = summed.sum(0) / size.sum(), summed / np.maximum(size, 1)
    outward = center - middle
    outward = outward / np.maximum(np.linalg.norm(outward, axis=1), 1e-300)[:, None]
    from_own = positions - center[label]
    return PeopleStatistics(
        centricness=1 - np.linalg.norm(positions - middle, axis=1),
        coreness=np.where(inside, 1 - np.linalg.norm(from_own, axis=1), np.nan),
        extremeness=np.where(inside, (from_own * outward[label]).sum(1), np.nan),
    )


def cold_groups(positions: Floats, inside: Mask) -> Ints:
    """(n,): the groups of Polis without past updates, -1 for a person who is not grouped: up to 100 base clusters, then
    k-means of their centers for k = 2 to min(5, 2 + bases / 12), the k with the best silhouette. As in Polis the first
    people are the initial centers, so another order of the people can give other groups."""
    label = np.full(len(positions), -1, np.int64)
    points = positions[inside]
    if not len(points):
        return label
    bases, base_of = _k_means(points, np.ones(len(points)), _first(points, BASES), 100)
    lived_in, base_of = np.unique(base_of, return_inverse=True)
    bases, size = bases[lived_in], np.bincount(base_of).astype(np.float64)
    best, chosen = -2.0, np.zeros(len(bases), np.int64)
    for k in range(2, min(5, 2 + len(bases) // 12) + 1):
        start = _first(bases, k)
        if len(start) < k:
            break
        _, group = _k_means(bases, size, start, 20)
        score = _silhouette(bases, group, k)
        if score > best:
            best, chosen = score, group
    label[inside] = np.unique(chosen, return_inverse=True)[1][base_of]
    return label


def _first(points: Floats, k: int) -> Floats:
    """The first k distinct points in their order."""
    _, first = np.unique(points, axis=0, return_index=True)
    return points[np.sort(first)[:k]]


def _k_means(points: Floats, weight: Floats, centers: Floats, rounds: int) -> tuple[Floats, Ints]:
    label = np.zeros(len(points), np.int64)
    for _ in range(rounds):
        apart = sum((mine[:, None] - theirs) ** 2 for mine, theirs in zip(points.T, centers.T))
        label = np.asarray(apart).argmin(1)
        mass = np.bincount(label, weight, minlength=len(centers))
        summed = np.stack([np.bincount(label, weight * axis, minlength=len(centers)) for axis in points.T], axis=1)
        moved = np.where(mass[:, None] > 0, summed / np.maximum(mass, 1e-300)[:, None], centers)
        still = np.abs(moved - centers).max() < SETTLED
        centers = moved
        if still:
            break
    return centers, label


def _silhouette(points: Floats, label: Ints, k: int) -> float:
    """The unweighted mean silhouette over the base clusters; a cluster alone in its group counts 0."""
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

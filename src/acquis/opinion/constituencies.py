"""Compares the groups that people declared (stakeholder group, regional group, attendance) with the groups that are
discovered in the votes.

A person may belong to several declared groups or to none. Figures about fewer than five people are left out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.consensus import FEWEST, LEAST_DIFFERENCE, MAJORITY, Areas, areas, tally
from acquis.opinion.disclosure import PublishableGroups, declared_groups
from acquis.opinion.shares import interval
from acquis.opinion.votes import AGREE, Votes

FOLLOWS, PARTLY = 0.5, 0.25
"""Cramer's V from which discovered groups are reported to follow the declared ones, fully or in part."""


@dataclass(frozen=True)
class Constituencies:
    """Declared groups of one kind. names: (g,). sizes: (g,) members who voted. not_said: number of people who declared
    none, 0 if fewer than FEWEST. counts: (g, m, 3) votes; cells that must not be shown are zero. areas: the areas of
    these counts. table: (k, g) people in each discovered group and constituency, -1 where left out. follows: Cramer's V
    between the two divisions (0: unrelated, 1: the same), nan without discovered groups. differ: statements that are
    agreed in all groups of one division and not in the other."""

    names: tuple[str, ...]
    sizes: Ints
    not_said: int
    counts: Ints
    areas: Areas
    table: Ints
    follows: float
    differ: list[Difference]


@dataclass(frozen=True)
class Difference:
    """A statement on which all groups of one division agree (at least a majority) and this group of the other does not:
    its whole interval lies below. declared: whether this group is a constituency (declared) or a discovered group."""

    statement: int
    declared: bool
    group: int
    share: float
    low: float
    high: float
    voters: int


def members(people: Sequence[Hashable], declared: Mapping[Any, Sequence[str]]) -> tuple[tuple[str, ...], Mask]:
    """The names of a kind of constituency, sorted, and the membership matrix (n, g)."""
    names = tuple(sorted({name for person in people for name in declared.get(person, ())}))
    place = {name: number for number, name in enumerate(names)}
    belongs = np.zeros((len(people), len(names)), np.bool_)
    for row, person in enumerate(people):
        for name in declared.get(person, ()):
            belongs[row, place[name]] = True
    return names, belongs


def constituencies(
    votes: Votes,
    declared: Mapping[Any, Sequence[str]],
    label: Ints,
    counts: Ints,
    discovered: Areas,
    *,
    least_difference: float = LEAST_DIFFERENCE,
    publishable: PublishableGroups | None = None,
) -> Constituencies:
    """Compare one kind of declared group with the discovered groups. label: (n,) discovered group of each person, -1
    for none; counts: (k, m, 3) of the discovered groups, discovered: their areas. least_difference: as of `areas`.
    publishable: what can be published of this kind beside others (default: beside none)."""
    names, belongs = members(votes.people, declared)
    read = publishable or published(votes, [belongs])[0]
    kept = np.asarray(read.shown.any(1))
    names, whole = tuple(name for name, keep in zip(names, kept) if keep), np.asarray(belongs.any(1))
    belongs, tallies, visible = read.belongs[:, kept], read.counts[kept], read.shown[kept]
    declared_areas = areas(
        tallies,
        visible,
        of_shown=True,
        present=np.asarray(belongs.sum(0), np.int64),
        everybody=tally(votes, whole.astype(np.int64) - 1, 1)[0],
        least_difference=least_difference,
    )
    if len(names) == 1:  # what one group thinks says nothing of groups, and nothing of everybody
        declared_areas = Areas(unknown=declared_areas.unknown)
    table = np.stack([belongs[label == g].sum(0) for g in range(len(counts))]) if len(counts) else belongs[:0]
    undeclared = int(((np.diff(votes.start) > 0) & ~belongs.any(1)).sum())
    return Constituencies(
        names=names,
        sizes=belongs.sum(0).astype(np.int64),
        not_said=undeclared if undeclared >= FEWEST else 0,
        counts=tallies,
        areas=declared_areas,
        table=np.where(table >= FEWEST, table, -1).astype(np.int64),
        follows=cramers_v(_shares(label, belongs, len(counts))),
        differ=_differing(discovered, counts, declared_areas, tallies, visible),
    )


def published(votes: Votes, kinds: Sequence[Mask]) -> list[PublishableGroups]:
    """What can be published of several kinds of declared groups. kinds: (n, groups), the members of each."""
    voted = np.asarray(np.diff(votes.start) > 0)
    belongs = [np.asarray(own & voted[:, None]) for own in kinds]
    return declared_groups(belongs, voted, lambda number, sets: tally(votes, number, sets))


def _shares(label: Ints, belongs: Mask, k: int) -> Floats:
    """(k, g) numbers of people, each person counting once: a member of two constituencies counts one half in each."""
    weight = belongs / np.maximum(belongs.sum(1, keepdims=True), 1)
    return np.stack([weight[label == g].sum(0) for g in range(k)]) if k else np.zeros((0, belongs.shape[1]))


def cramers_v(table: Floats) -> float:
    """Cramer's V of two divisions of people, 0..1, with the bias correction of Bergsma (2013).

    table: (rows, columns) numbers of people. nan if either division has fewer than two groups."""
    table = table[table.sum(1) > 0][:, table.sum(0) > 0] if table.size else table
    if min(table.shape) < 2:
        return float("nan")
    n, (rows, columns) = float(table.sum()), table.shape
    expected = np.outer(table.sum(1), table.sum(0)) / n
    squared = float(((table - expected) ** 2 / expected).sum()) / n
    corrected = max(squared - (rows - 1) * (columns - 1) / (n - 1), 0.0)
    rows_, columns_ = rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)
    return float(min(np.sqrt(corrected / max(min(rows_, columns_) - 1, 1e-9)), 1.0))


def _differing(discovered: Areas, counts: Ints, declared: Areas, tallies: Ints, visible: Mask) -> list[Difference]:
    by_votes, by_word = ({area.statement for area in difference.consensus} for difference in (discovered, declared))
    dividing = {area.statement for area in declared.divided}  # not by chance
    differ = _not_with((by_votes - by_word) & dividing, tallies, visible, declared=True)
    differ += _not_with(by_word - by_votes, counts, counts.sum(2) >= FEWEST, declared=False)
    return sorted(differ, key=lambda difference: (difference.high, difference.statement))


def _not_with(statements: set[int], counts: Ints, visible: Mask, *, declared: bool) -> list[Difference]:
    low, high = interval(counts[:, :, AGREE + 1], counts.sum(2))
    return [
        Difference(
            j,
            declared,
            group=g,
            share=float(counts[g, j, AGREE + 1] / counts[g, j].sum()),
            low=float(low[g, j]),
            high=float(high[g, j]),
            voters=int(counts[g, j].sum()),
        )
        for j in statements
        for g in range(len(counts))
        if visible[g, j] and high[g, j] < MAJORITY
    ]

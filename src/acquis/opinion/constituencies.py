"""The groups that people declared (stakeholder group, regional group, room or online) beside those that votes show.

Somebody may belong to several, or not have said. What a reader could tell of fewer than five people is left out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from acquis.opinion.consensus import FEWEST, MAJORITY, Areas, areas, interval
from acquis.opinion.votes import AGREE, Floats, Ints, Mask, Votes

FOLLOWS, PARTLY = 0.5, 0.25
"""Cramer's V from which discovered groups are said to follow the declared ones, or to follow them in part."""


@dataclass(frozen=True)
class Constituencies:
    """Declared groups of one kind. names: (g,). sizes: (g,) members who voted. not_said: people with none, 0 where
    fewer than FEWEST. counts: (g, m, 3) votes of those shown; cells that must not be seen are zero. areas: what they
    add up to. table: (k, g) people in each discovered group and constituency, -1 where left out. follows: Cramer's V
    between the two (0: no relation, 1: the same), nan without discovered groups. differ: statements on which the two
    readings do not say the same."""

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
    """All groups of one reading agree on a statement (at least a majority), and this group of the other does not: its
    whole interval lies below. declared: whether it is a constituency that does not."""

    statement: int
    declared: bool
    group: int
    share: float
    low: float
    high: float
    voters: int


def members(people: Sequence[Hashable], declared: Mapping[Any, Sequence[str]]) -> tuple[tuple[str, ...], Mask]:
    """The names of a kind of constituency, sorted, and who belongs to which: (n, g)."""
    names = tuple(sorted({name for person in people for name in declared.get(person, ())}))
    place = {name: number for number, name in enumerate(names)}
    belongs = np.zeros((len(people), len(names)), np.bool_)
    for row, person in enumerate(people):
        for name in declared.get(person, ()):
            belongs[row, place[name]] = True
    return names, belongs


def constituencies(
    votes: Votes, declared: Mapping[Any, Sequence[str]], label: Ints, counts: Ints, found: Areas
) -> Constituencies:
    """One kind of declared group read beside the discovered groups: label (n,) with -1 for none, their counts (k, m, 3)
    and areas."""
    names, belongs = members(votes.people, declared)
    voted = np.diff(votes.start) > 0
    belongs = belongs & voted[:, None]
    theirs = _tallies(votes, belongs)
    seen = showable(theirs.sum(2), _tallies(votes, (~belongs.any(1) & voted)[:, None])[0].sum(1))
    kept = np.asarray(seen.any(1))
    names, theirs, seen = tuple(n for n, k in zip(names, kept) if k), theirs[kept], seen[kept]
    belongs = belongs[:, kept]
    read = areas(np.where(seen[:, :, None], theirs, 0), seen)
    table = np.stack([belongs[label == g].sum(0) for g in range(len(counts))]) if len(counts) else belongs[:0]
    alone = int((voted & ~belongs.any(1)).sum())
    return Constituencies(
        names=names,
        sizes=belongs.sum(0).astype(np.int64),
        not_said=alone if alone >= FEWEST else 0,
        counts=np.where(seen[:, :, None], theirs, 0),
        areas=read,
        table=np.where(table >= FEWEST, table, -1).astype(np.int64),
        follows=cramers_v(_shares(label, belongs, len(counts))),
        differ=_differing(found, counts, read, theirs, seen),
    )


def _tallies(votes: Votes, belongs: Mask) -> Ints:
    """(g, m, 3): a person counts in each group he or she belongs to."""
    cells = 3 * votes.statement.astype(np.int64) + votes.choice + 1
    person, wide = votes.person, 3 * len(votes.statements)
    rows = [np.bincount(cells[belongs[person, g]], minlength=wide) for g in range(belongs.shape[1])]
    return np.array(rows, np.int64).reshape(belongs.shape[1], len(votes.statements), 3)


def showable(voters: Ints, not_said: Ints) -> Mask:
    """(g, m): the cells that can be shown beside the total. Those of five voters or more; but what is left out can be
    had by subtraction, so where that is fewer than five people, the smallest of the others goes with it.

    voters: (g, m); not_said: (m,) voters in no group."""
    seen: Mask = voters >= FEWEST
    for j in range(voters.shape[1]):
        hidden = int(voters[~seen[:, j], j].sum() + not_said[j])
        while 0 < hidden < FEWEST and seen[:, j].any():
            smallest = np.flatnonzero(seen[:, j])[voters[seen[:, j], j].argmin()]
            seen[smallest, j] = False
            hidden += int(voters[smallest, j])
    return seen


def _shares(label: Ints, belongs: Mask, k: int) -> Floats:
    """(k, g) people, each counting once: a person in two constituencies is half in each."""
    weight = belongs / np.maximum(belongs.sum(1, keepdims=True), 1)
    return np.stack([weight[label == g].sum(0) for g in range(k)]) if k else np.zeros((0, belongs.shape[1]))


def cramers_v(table: Floats) -> float:
    """How far one division of people follows another, 0..1, corrected for what chance alone gives (Bergsma 2013).

    table: (rows, columns) people. nan where either has fewer than two groups."""
    table = table[table.sum(1) > 0][:, table.sum(0) > 0] if table.size else table
    if min(table.shape) < 2:
        return float("nan")
    n, (rows, columns) = float(table.sum()), table.shape
    expected = np.outer(table.sum(1), table.sum(0)) / n
    squared = float(((table - expected) ** 2 / expected).sum()) / n
    corrected = max(squared - (rows - 1) * (columns - 1) / (n - 1), 0.0)
    rows_, columns_ = rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1)
    return float(min(np.sqrt(corrected / max(min(rows_, columns_) - 1, 1e-9)), 1.0))


def _differing(found: Areas, counts: Ints, read: Areas, theirs: Ints, seen: Mask) -> list[Difference]:
    by_votes, by_word = ({area.statement for area in one.consensus} for one in (found, read))
    differ = _not_with(by_votes - by_word, theirs, seen, declared=True)
    differ += _not_with(by_word - by_votes, counts, counts.sum(2) >= FEWEST, declared=False)
    return sorted(differ, key=lambda one: (one.high, one.statement))


def _not_with(statements: set[int], counts: Ints, seen: Mask, *, declared: bool) -> list[Difference]:
    low, high = interval(counts[:, :, AGREE + 1], counts.sum(2))
    return [
        Difference(
            j,
            declared,
            g,
            float(counts[g, j, AGREE + 1] / counts[g, j].sum()),
            float(low[g, j]),
            float(high[g, j]),
            int(counts[g, j].sum()),
        )
        for j in statements
        for g in range(len(counts))
        if seen[g, j] and high[g, j] < MAJORITY
    ]

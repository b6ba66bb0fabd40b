"""The function that computes the opinion map from votes. It calls methods of `VoterSubset`, which hold some of the
people each, and merges their results."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, Protocol

import numpy as np

from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.axes import Axes, fit_axes
from acquis.opinion.consensus import Areas, areas
from acquis.opinion.constituencies import Constituencies, constituencies
from acquis.opinion.fast import fast_place, fast_sums, fast_tally
from acquis.opinion.firmness import Firmness, firmness
from acquis.opinion.groups import Split, by_clearness, enough, find_splits, histogram, nearest
from acquis.opinion.place import Positions
from acquis.opinion.representative import Representative, representative
from acquis.opinion.sums import Sums
from acquis.opinion.votes import Votes


@dataclass(frozen=True)
class Outline:
    """The part of the map that refers to no single person and can be merged from parts. splits: the possible splits by
    number of groups. k: the number of groups drawn. everybody: (1, m, 3) disagree, pass, agree. counts: (k, m, 3) of
    each group."""

    sums: Sums
    axes: Axes
    splits: dict[int, Split]
    k: int
    everybody: Ints
    counts: Ints


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """The complete result. people, statements: ids, in the order of all arrays. positions: (n, 2) with their
    uncertainty. label: (n,) the group of each person, numbered from left to right, -1 for people with too few votes;
    with one group (k = 1) no borders are drawn. firmness: None if it was not requested. counts: (k, m, 3) disagree,
    pass, agree. areas: over the groups. constituencies: by kind, the comparison with the declared groups."""

    people: Sequence[Hashable]
    statements: tuple[Hashable, ...]
    sums: Sums
    axes: Axes
    positions: Positions
    k: int
    centres: Floats
    label: Ints
    firmness: Firmness | None
    splits: dict[int, Split]
    everybody: Ints
    counts: Ints
    areas: Areas
    representative: list[list[Representative]]
    constituencies: dict[str, Constituencies]

    @property
    def digest(self) -> str:
        """SHA-256 of the sums, hexadecimal: equal for the same votes on any engine and in any order."""
        return self.sums.digest()


class VoterSubset:
    """Some of the people with their votes; the positions are cached for the last axes."""

    def __init__(self, votes: Votes) -> None:
        self.votes = votes
        self._placed: tuple[Axes, Positions] | None = None

    def sums(self) -> Sums:
        """The sums of these people; sums of disjoint parts can be added."""
        return fast_sums(self.votes)

    def positions(self, axes: Axes) -> Positions:
        """The positions of these people on the axes; computed once for the same axes."""
        if self._placed is None or self._placed[0] is not axes:
            self._placed = (axes, fast_place(self.votes, axes))
        return self._placed[1]

    def histogram(self, axes: Axes) -> Ints:
        """(CELLS^2,) number of people with enough votes in each cell of the grid."""
        return histogram(self.positions(axes).xy[self.counted])

    def label(self, axes: Axes, centres: Floats) -> Ints:
        """(n,) the nearest centre for a person with enough votes, else -1."""
        return np.where(self.counted, nearest(self.positions(axes).xy, centres), -1)

    def tally(self, axes: Axes, centres: Floats) -> Ints:
        """(1 + k, m, 3): counts of the people in no group, then of each group."""
        return fast_tally(self.votes, self.label(axes, centres) + 1, 1 + len(centres))

    @property
    def counted(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """(n,) whether each person has enough votes to be in a group."""
        return enough(np.diff(self.votes.start), len(self.votes.statements))


class Each(Protocol):
    """Calls a method of every `VoterSubset`, in whatever process it is, and returns the results in a fixed order."""

    def __call__(self, method: str, *arguments: Any) -> list[Any]: ...


def outline(each: Each, previous: Axes | None = None, seed: int = 0, k: int | None = None) -> Outline:
    """Sums, axes, groups and counts of any number of parts that share no person. previous: axes to align with. k:
    number of groups (1: no borders), by default that of the clearest split."""
    total: Sums = reduce(add, each("sums"))
    axes = fit_axes(total, previous)
    splits = find_splits(sum(each("histogram", axes)), seed)
    chosen = k if k is not None and (k in splits or k == 1) else next(iter(by_clearness(splits)), 1)
    counts = sum(each("tally", axes, _centres(splits, chosen)))
    return Outline(total, axes, splits, chosen, counts.sum(0, keepdims=True), counts[1:])


def _centres(splits: dict[int, Split], k: int) -> Floats:
    return splits[k].centres if k in splits else np.zeros((1, 2))


def opinion_map(
    votes: Votes,
    *,
    moderated: Iterable[Hashable] = (),
    memberships: Mapping[str, Mapping[Any, Sequence[str]]] | None = None,
    previous: Axes | None = None,
    seed: int = 0,
    firm: bool = True,
    elsewhere: Each | None = None,
) -> OpinionMap:
    """The opinion map of these votes.

    moderated: statements that are left out. memberships: kind of constituency -> person -> the declared names.
    previous: axes of an earlier map to align with. firm: check whether the groups are stable (about forty fits of at
    most a thousand people) and draw them only if they are; otherwise the clearest split is drawn. elsewhere: an engine
    (`engines.elsewhere`) that holds the same votes, without the moderated statements; by default this process."""
    out = set(moderated)
    votes = votes.without_statements(out) if out else votes
    part = VoterSubset(votes)
    each = one_part(part) if elsewhere is None else elsewhere
    verdict = firmness(votes, seed) if firm else None
    k = None if verdict is None else verdict.k if verdict.verdict == "firm" else 1
    outlined = outline(each, previous, seed, k)
    centres = _centres(outlined.splits, outlined.k)
    label = part.label(outlined.axes, centres)
    read = areas(outlined.counts, declared=False) if outlined.k > 1 else areas(outlined.everybody)
    kinds = {
        kind: constituencies(votes, declared, label, outlined.counts if outlined.k > 1 else outlined.everybody, read)
        for kind, declared in (memberships or {}).items()
    }
    return OpinionMap(
        people=votes.people,
        statements=tuple(votes.statements),
        sums=outlined.sums,
        axes=outlined.axes,
        positions=part.positions(outlined.axes),
        k=outlined.k,
        centres=centres,
        label=label,
        firmness=verdict,
        splits=outlined.splits,
        everybody=outlined.everybody,
        counts=outlined.counts,
        areas=read,
        representative=representative(outlined.counts) if outlined.k > 1 else [],
        constituencies=kinds,
    )


def one_part(part: VoterSubset) -> Each:
    """An `Each` that calls the only part in this process."""

    def each(method: str, *arguments: Any) -> list[Any]:
        run: Callable[..., Any] = getattr(part, method)
        return [run(*arguments)]

    return each

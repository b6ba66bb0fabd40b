"""Areas of consensus, of concern and of division: shares with their intervals, and the group that decides.

A statement is in one area at most. It counts as agreed to the degree to which the group that agrees least agrees.
Groups may be discovered in the votes or declared by the people; the computation is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.differences import divided as tested_divisions
from acquis.opinion.votes import AGREE, DISAGREE, PASS, Votes

Z90 = 1.6448536269514722
"""The 95th percentile of the normal distribution: the half width, in standard errors, of a 90 % interval."""
FEWEST = 5
"""Nothing is reported about fewer voters in a group: the share is too uncertain, and few people could be identified."""
MAJORITY = 0.5
MANY_PASS = 1 / 3
"""Passing is rarer than disagreeing: if a third passes in every group, the statement is considered unclear."""
LEAST_DIFFERENCE = 0.25
"""The least difference between the shares of two groups that is called a division, unless another is asked for. Smaller
ones are, if the majority of one group clearly agrees and that of the other clearly does not."""
BOTH_SIDES = 0.25
"""With one group only, a statement divides if at least this share agrees and at least this share disagrees."""


@dataclass(frozen=True)
class Area:
    """One statement in an area. statement: its number. group: the number of the group that decides: the one with the
    lowest share, for a division the one that agrees least. share, low, high: the share in that group with its 90 %
    interval. voters: number of voters in that group. against: for a division between groups the group that agrees
    most, else -1. apart: the difference between their shares."""

    statement: int
    group: int
    share: float
    low: float
    high: float
    voters: int
    against: int = -1
    apart: float = 0.0


@dataclass(frozen=True)
class Areas:
    """Lists of areas, the clearest first; a statement is in the first of them that it belongs to, and in no other.
    consensus: at least a majority agrees in every group, by the lower end of the interval. concern: the same for
    disagreeing. divided: a declared group differs from the others by more than chance, and from one of them by
    LEAST_DIFFERENCE or in its majority; or many of one group are on both sides. apart: the same difference between
    groups that were discovered in these votes, of which chance says nothing. unclear: a third or more passes in every
    group. unknown: statement -> the groups with fewer votes than FEWEST."""

    consensus: list[Area] = field(default_factory=list)
    concern: list[Area] = field(default_factory=list)
    unclear: list[Area] = field(default_factory=list)
    divided: list[Area] = field(default_factory=list)
    apart: list[Area] = field(default_factory=list)
    unknown: dict[int, list[int]] = field(default_factory=dict)


def interval(count: Floats | Ints, of: Floats | Ints, z: float = Z90) -> tuple[Floats, Floats]:
    """The score interval of a share (Wilson 1927): low and high, 0..1; (0, 1) if nobody voted.

    (k + z^2/2 -+ z sqrt(k (n - k) / n + z^2/4)) / (n + z^2). Its coverage holds for small numbers and for shares of 0
    and 1 (Brown, Cai and DasGupta 2001), and it can be computed by hand."""
    k, n = np.asarray(count, np.float64), np.asarray(of, np.float64)
    half = z * np.sqrt(k * (n - k) / np.maximum(n, 1) + z * z / 4)
    low, high = (k + z * z / 2 - half) / (n + z * z), (k + z * z / 2 + half) / (n + z * z)
    return np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)


def tally(votes: Votes, label: Ints, groups: int) -> Ints:
    """(groups, m, 3): numbers of people who disagree, pass and agree; label: (n,) group of each person, -1 for none."""
    m = len(votes.statements)
    codes = 3 * votes.statement.astype(np.int64) + votes.choice + 1
    theirs = np.repeat(label, np.diff(votes.start))
    inside = theirs >= 0
    cells = theirs[inside] * (3 * m) + codes[inside]
    return np.bincount(cells, minlength=groups * 3 * m).reshape(groups, m, 3)


def areas(
    counts: Ints,
    shown: Mask | None = None,
    *,
    of_shown: bool = False,
    firm: bool = True,
    kinds: Sequence[int] = (),
    declared: bool = True,
    everybody: Ints | None = None,
    least_difference: float = LEAST_DIFFERENCE,
) -> Areas:
    """The areas that follow from the counts of each group (groups, m, 3: disagree, pass, agree).

    shown: (groups, m), the cells that may be used (default: those with FEWEST voters or more). A statement on which
    some group has too few votes is neither agreed nor opposed in every group; it is listed in `unknown` with these
    groups. of_shown: "every group" means every group that can be shown, and a statement may be listed and unknown in
    other groups. firm: if False, a statement is also listed if its share is large enough but the lower end of the
    interval is not. kinds: the kind of each group; only groups of one kind are compared with each other (default: all
    are of one kind). declared: False for groups that were discovered in these votes. everybody: (m, 3) the people of
    all groups, each counted once (default: nobody is in two groups of a kind)."""
    if not counts.size:
        return Areas()
    voters = counts.sum(2)
    shown = np.asarray(voters >= FEWEST) if shown is None else shown
    whole = np.asarray(shown.any(0) if of_shown else shown.all(0))
    consensus, concern, unclear = (
        _in_every_group(counts[:, :, choice + 1], voters, shown, whole, least, firm)
        for choice, least in ((AGREE, MAJORITY), (DISAGREE, MAJORITY), (PASS, MANY_PASS))
    )
    voted_on = np.flatnonzero((voters.sum(0) > 0) & ~shown.all(0))
    unknown = {int(j): np.flatnonzero(~shown[:, j]).tolist() for j in voted_on}
    settled = {area.statement for area in (*consensus, *concern)}
    apart = without(
        settled, _apart(counts, shown, np.asarray(kinds or [0] * len(counts)), declared, everybody, least_difference)
    )
    divided = apart if declared else []
    if len(counts) == 1:
        divided = without(settled, _both_sides(counts, shown))
    settled |= {area.statement for area in divided}
    return Areas(consensus, concern, without(settled, unclear), divided, [] if declared else apart, unknown)


def without(statements: set[int], listed: Iterable[Area]) -> list[Area]:
    """The areas of other statements."""
    return [area for area in listed if area.statement not in statements]


def exclusive(readings: Sequence[Areas]) -> list[Areas]:
    """Readings of the same statements over several kinds of groups, with each statement in one category in all of them:
    groups that divide come before agreement in groups of another kind, and agreement before many on both sides."""
    taken = {area.statement for read in readings for area in read.divided if area.against >= 0}

    def settled(listed: list[Area]) -> list[Area]:
        return [area for area in listed if area.against >= 0 or area.statement not in taken]

    readings = [replace(read, consensus=settled(read.consensus)) for read in readings]
    taken |= {area.statement for read in readings for area in read.consensus}
    readings = [replace(read, concern=settled(read.concern)) for read in readings]
    taken |= {area.statement for read in readings for area in read.concern}
    readings = [replace(read, divided=settled(read.divided)) for read in readings]
    taken |= {area.statement for read in readings for area in read.divided}
    readings = [replace(read, unclear=settled(read.unclear)) for read in readings]
    agreed = {area.statement for read in readings for area in (*read.consensus, *read.concern)}
    return [replace(read, apart=without(agreed, read.apart)) for read in readings]


def _in_every_group(count: Ints, voters: Ints, shown: Mask, whole: Mask, least: float, firm: bool) -> list[Area]:
    low, high = interval(count, voters)
    low = np.where(shown, low, np.inf)
    share = np.where(shown, count / np.maximum(voters, 1), np.inf)
    deciding, reached = low.argmin(0), (low if firm else share).min(0, initial=np.inf)
    chosen = np.flatnonzero(whole & (reached > least)).tolist()
    chosen_areas = [_area(j, int(deciding[j]), count, voters, low, high) for j in chosen]
    return sorted(chosen_areas, key=lambda area: (-area.low, area.statement))


def _area(j: int, group: int, count: Ints, voters: Ints, low: Floats, high: Floats) -> Area:
    share = int(count[group, j]) / max(int(voters[group, j]), 1)
    return Area(j, group, share, float(low[group, j]), float(high[group, j]), int(voters[group, j]))


def _apart(
    counts: Ints, shown: Mask, kinds: Ints, declared: bool, whole: Ints | None, least_difference: float
) -> list[Area]:
    """Statements on which two groups of one kind differ enough, in the order of the difference; of declared groups, by
    more than chance."""
    agree, voters = counts[:, :, AGREE + 1], counts.sum(2)
    low, high = interval(agree, voters)
    share = agree / np.maximum(voters, 1)
    largest: dict[int, Area] = {}
    for kind in np.unique(kinds):
        of_kind = np.flatnonzero(kinds == kind)
        for j, row, other in _differences(counts[of_kind], shown[of_kind], declared, whole):
            group, others = int(of_kind[row]), of_kind[shown[of_kind, j]] if other < 0 else of_kind[[other]]
            farthest = int(others[np.abs(share[others, j] - share[group, j]).argmax()])
            least, most = sorted((group, farthest), key=lambda group: float(share[group, j]))
            apart = float(share[most, j] - share[least, j])
            enough = apart >= least_difference or high[least, j] < MAJORITY < low[most, j]
            if enough and (j not in largest or apart > largest[j].apart):
                area = _area(j, least, agree, voters, low, high)
                largest[j] = replace(area, against=most, apart=apart)
    return sorted(largest.values(), key=lambda area: (-area.apart, area.statement))


def _differences(counts: Ints, shown: Mask, declared: bool, whole: Ints | None) -> Iterable[tuple[int, int, int]]:
    """(statement, group, other or -1 for the farthest): of declared groups those that are no chance, else all."""
    if not declared:
        return ((j, group, -1) for group, j in np.argwhere(shown).tolist())
    counts = np.where(shown[:, :, None], counts, 0)
    everybody = counts.sum(0) if whole is None else whole
    of_all = everybody[:, AGREE + 1], everybody.sum(1)
    return tested_divisions(counts[:, :, AGREE + 1], counts.sum(2), of_all, FEWEST)


def _both_sides(counts: Ints, shown: Mask) -> list[Area]:
    """With one group: statements on which many agree and many disagree, the most balanced first."""
    agree, against, voters = counts[:, :, AGREE + 1], counts[:, :, DISAGREE + 1], counts.sum(2)
    low, high = interval(agree, voters)
    both = np.minimum(low, interval(against, voters)[0])[0]
    chosen = np.flatnonzero(shown[0] & (both > BOTH_SIDES)).tolist()
    pairs = [(both[j], _area(j, 0, agree, voters, low, high)) for j in chosen]
    return [area for _, area in sorted(pairs, key=lambda pair: (-pair[0], pair[1].statement))]

"""Areas of consensus, of concern and of division: shares with their intervals, and the group that decides.

A statement is in one area at most. It counts as agreed to the degree to which the group that agrees least agrees.
Groups may be discovered in the votes or declared by the people; the computation is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.differences import divided as tested_divisions
from acquis.opinion.shares import chance_of_all, chance_of_others, interval, interval_of_all, listed, pooled
from acquis.opinion.votes import AGREE, DISAGREE, PASS, Votes

FEWEST = 5
"""Nothing is reported about fewer voters in a group: the share is too uncertain, and few people could be identified."""
MAJORITY = 0.5
MANY_PASS = 1 / 3
"""Passing is rarer than disagreeing: if a third passes in every group, the statement is considered unclear."""
LEAST_DIFFERENCE = 0.25
"""The least difference between the shares of two groups that is called a division, unless another is asked for. Smaller
ones are, if the majority of one group clearly agrees and that of the other clearly does not."""
ENDLESS = 1 << 40
"""The number of people present if it is not known: the votes are a sample of as many as you like."""
BOTH_SIDES = 0.25
"""With one group only, a statement divides if at least this share agrees and at least this share disagrees; then it is
neither agreed nor opposed."""


@dataclass(frozen=True)
class Area:
    """One statement in an area. statement: its number. group: the number of the group that decides: the one with the
    lowest share, for a division the one that agrees least. share, low, high: the share in that group with its 90 %
    interval, which is that of all who were `present` in it, or of people like them if that is not known (0). voters:
    number of voters in that group. others: the lower end of the interval for people like those who voted, in the group
    where it is lowest. wider: whether the area holds of people like them. against: for a division between groups the
    group that agrees most, else -1. apart: the difference between their shares."""

    statement: int
    group: int
    share: float
    low: float
    high: float
    voters: int
    present: int = 0
    others: float = 0.0
    wider: bool = False
    against: int = -1
    apart: float = 0.0


@dataclass(frozen=True)
class _Cells:
    """The counts (groups, m, 3) with what is known of them: the voters, the cells that may be shown, the statements on
    which "every group" can be said, the people present in each group (groups, 1), and the kind of each group."""

    counts: Ints
    voters: Ints
    shown: Mask
    whole: Mask
    present: Ints
    kinds: Ints
    known: dict[int, tuple[Floats, Floats]] = field(default_factory=dict)

    def of(self, choice: int) -> Ints:
        """(groups, m): the votes of this choice."""
        return self.counts[:, :, choice + 1]

    def interval(self, choice: int) -> tuple[Floats, Floats]:
        """The intervals of the shares of this choice among all who were present, (groups, m) each, computed once."""
        if choice not in self.known:
            self.known[choice] = interval_of_all(self.of(choice), self.voters, self.present)
        return self.known[choice]

    def largest_chance(self, choice: int, least: float) -> Floats:
        """Of the groups that are shown, the largest chance that no more than the share `least` of all present think
        so."""
        chances = chance_of_all(self.of(choice), self.voters, self.present, least)
        return np.asarray(np.where(self.shown, chances, 0.0).max(0), np.float64)

    def of_others(self, choice: int, least: float) -> tuple[Floats, Mask]:
        """(m,) for people like those who voted: the lowest lower end of the intervals of all groups, and where more
        than the share `least` think so in every group. Small groups are pooled with the others of their kind."""
        low, chances = np.full(self.counts.shape[1], np.inf), np.zeros(self.counts.shape[1])
        for kind in sorted(set(self.kinds.tolist())):
            own = self.kinds == kind
            count, voters = pooled(self.of(choice)[own], self.voters[own], self.shown[own])
            lowest = np.where(self.shown[own], interval(count, voters)[0], np.inf).min(0)
            largest = np.where(self.shown[own], chance_of_others(count, voters, least), 0.0).max(0)
            low, chances = np.minimum(low, lowest), np.maximum(chances, largest)
        return low, listed(chances, self.whole)


@dataclass(frozen=True)
class Areas:
    """Lists of areas, the clearest first; a statement is in one of them at most.
    consensus: at least a majority agrees in every group, by the lower end of the interval. concern: the same for
    disagreeing. divided: a declared group differs from another, or from all others, by more than chance and by
    LEAST_DIFFERENCE or in its majority; or there is one group, and many of it are on both sides. apart: the same
    difference between groups that were discovered in these votes, of which chance says nothing. unclear: a third or
    more passes in every group. unknown: statement -> the groups with fewer votes than FEWEST."""

    consensus: list[Area] = field(default_factory=list)
    concern: list[Area] = field(default_factory=list)
    unclear: list[Area] = field(default_factory=list)
    divided: list[Area] = field(default_factory=list)
    apart: list[Area] = field(default_factory=list)
    unknown: dict[int, list[int]] = field(default_factory=dict)


def tally(votes: Votes, label: Ints, groups: int) -> Ints:
    """(groups, m, 3): numbers of people who disagree, pass and agree; label: (n,) group of each person, -1 for none."""
    m = len(votes.statements)
    codes = 3 * votes.statement.astype(np.int64) + votes.choice + 1
    theirs = np.repeat(label, np.diff(votes.start))
    inside = theirs >= 0
    cells = theirs[inside] * (3 * m) + codes[inside]
    return np.bincount(cells, minlength=groups * 3 * m).reshape(groups, m, 3)


def agreements(votes: Votes, label: Ints, groups: int, weight: Ints | None = None) -> Ints:
    """(groups, m): how many people of each group agree with each statement, or the sum of their weights (n,); label: as
    in `tally`. Sums below 2^53 are exact."""
    m, agrees = len(votes.statements), votes.choice == AGREE
    theirs = np.repeat(np.arange(len(label)), np.diff(votes.start))[agrees]
    inside = label[theirs] >= 0
    cells = label[theirs[inside]] * m + votes.statement[agrees][inside]
    sizes = np.bincount(cells, None if weight is None else weight[theirs[inside]], minlength=groups * m)
    return sizes.astype(np.int64).reshape(groups, m)


def areas(
    counts: Ints,
    shown: Mask | None = None,
    *,
    of_shown: bool = False,
    firm: bool = True,
    present: Ints | None = None,
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
    interval is not. present: (groups,) the people of each group who were there, of whom some have voted: the intervals
    and lists are about them (default: about people like those who voted). kinds: the kind of each group; only groups of
    one kind are compared with each other (default: all are of one kind). declared: False for groups that were
    discovered in these votes. everybody: (m, 3) the people of all groups, each counted once (default: nobody is in two
    groups of a kind). least_difference: of the shares of two groups that divide."""
    if not counts.size:
        return Areas()
    voters = counts.sum(2)
    shown = np.asarray(voters >= FEWEST) if shown is None else shown
    cells = _Cells(
        counts,
        voters,
        shown,
        whole=np.asarray(shown.any(0) if of_shown else shown.all(0)),
        present=np.full((len(counts), 1), ENDLESS) if present is None else present[:, None],
        kinds=np.asarray(kinds or [0] * len(counts)),
    )
    split = _both_sides(cells) if len(counts) == 1 else []
    taken = {area.statement for area in split}
    consensus, concern, unclear = (
        without(taken, _in_every_group(cells, choice, least, firm))
        for choice, least in ((AGREE, MAJORITY), (DISAGREE, MAJORITY), (PASS, MANY_PASS))
    )
    voted_on = np.flatnonzero((voters.sum(0) > 0) & ~shown.all(0))
    unknown = {int(j): np.flatnonzero(~shown[:, j]).tolist() for j in voted_on}
    settled = {area.statement for area in (*consensus, *concern)}
    apart = without(settled, _apart(cells, declared, everybody, least_difference))
    divided = split or apart if declared else split
    settled |= {area.statement for area in divided}
    return Areas(consensus, concern, without(settled, unclear), divided, [] if declared else apart, unknown)


def without(statements: set[int], listed: Iterable[Area]) -> list[Area]:
    """The areas of other statements."""
    return [area for area in listed if area.statement not in statements]


def exclusive(readings: Sequence[Areas]) -> list[Areas]:
    """Readings of the same statements over several kinds of groups, with each statement in one category in all of them:
    what divides the people or the groups of one kind is not agreed in those of another."""
    divided, consensus, concern = (
        {area.statement for read in readings for area in getattr(read, kind)}
        for kind in ("divided", "consensus", "concern")
    )
    return [
        replace(
            read,
            consensus=without(divided, read.consensus),
            concern=without(divided | consensus, read.concern),
            unclear=without(divided | consensus | concern, read.unclear),
            apart=without((consensus | concern) - divided, read.apart),
        )
        for read in readings
    ]


def _in_every_group(cells: _Cells, choice: int, least: float, firm: bool) -> list[Area]:
    """The areas of more than the share `least`, of which at most one in twenty is expected to be there by chance."""
    low, share = cells.interval(choice)[0], cells.of(choice) / np.maximum(cells.voters, 1)
    deciding = np.where(cells.shown, low, np.inf).argmin(0)
    if firm:
        chosen = listed(cells.largest_chance(choice, least), cells.whole)
    else:
        chosen = np.asarray(cells.whole & (np.where(cells.shown, share, np.inf).min(0) > least))
    others, wider = cells.of_others(choice, least)
    statements = np.flatnonzero(chosen)
    more = {"others": others[statements], "wider": wider[statements]}
    chosen_areas = _areas_of(cells, statements, deciding[statements], choice, **more)
    return sorted(chosen_areas, key=lambda area: (-area.low, area.statement))


def _areas_of(cells: _Cells, statements: Ints, groups: Ints, choice: int = AGREE, **more: Any) -> list[Area]:
    """The area of each statement with the group that decides; more: columns of other fields."""
    low, high = (ends[groups, statements] for ends in cells.interval(choice))
    voters, present = cells.voters[groups, statements], cells.present[groups, 0]
    columns = {
        "statement": statements,
        "group": groups,
        "share": cells.of(choice)[groups, statements] / np.maximum(voters, 1),
        "low": low,
        "high": high,
        "voters": voters,
        "present": np.where(present == ENDLESS, 0, present),
        **more,
    }
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [Area(**dict(zip(columns, row))) for row in rows]


def _apart(cells: _Cells, declared: bool, everybody: Ints | None, least_difference: float) -> list[Area]:
    """Statements on which two groups of one kind differ enough, in the order of the difference; of declared groups, by
    more than chance."""
    low, high = interval(cells.of(AGREE), cells.voters)
    share = cells.of(AGREE) / np.maximum(cells.voters, 1)
    columns = []
    for kind in sorted(set(cells.kinds.tolist())):
        of_kind = np.flatnonzero(cells.kinds == kind)
        shown, shares = cells.shown[of_kind], share[of_kind]
        j, row, other = _differences(cells.counts[of_kind], shown, declared, everybody)
        other = np.where(other < 0, _farthest(shares, shown, j, row), other)
        turned = shares[other, j] < shares[row, j]
        least, most = of_kind[np.where(turned, other, row)], of_kind[np.where(turned, row, other)]
        apart = share[most, j] - share[least, j]
        enough = (apart >= least_difference) | ((high[least, j] < MAJORITY) & (low[most, j] > MAJORITY))
        columns.append(np.stack([j, least, most, apart])[:, enough])
    statements, least, most, apart = np.concatenate(columns, axis=1)
    order = np.lexsort((-apart, statements))  # of each statement the largest difference, of equal ones the first
    order = order[np.unique(statements[order], return_index=True)[1]]
    j, least, most = (column[order].astype(np.int64) for column in (statements, least, most))
    return sorted(
        _areas_of(cells, j, least, against=most, apart=apart[order]), key=lambda area: (-area.apart, area.statement)
    )


def _farthest(share: Floats, shown: Mask, j: Ints, group: Ints) -> Ints:
    """For each statement and group the group that is shown whose share differs most, of equal ones the first."""
    lowest, highest = np.where(shown, share, np.inf).argmin(0)[j], np.where(shown, share, -np.inf).argmax(0)[j]
    own = share[group, j]
    below, above = np.abs(share[lowest, j] - own), np.abs(share[highest, j] - own)
    farthest: Ints = np.where(below > above, lowest, np.where(above > below, highest, np.minimum(lowest, highest)))
    return farthest


def _differences(counts: Ints, shown: Mask, declared: bool, whole: Ints | None) -> tuple[Ints, Ints, Ints]:
    """Columns of statements, groups and others (-1 for the farthest): of declared groups those that are no chance, else
    all."""
    if not declared:
        group, j = np.nonzero(shown)
        return j, group, np.full(len(j), -1)
    counts = np.where(shown[:, :, None], counts, 0)
    everybody = counts.sum(0) if whole is None else whole
    of_all = everybody[:, AGREE + 1], everybody.sum(1)
    return tested_divisions(counts[:, :, AGREE + 1], counts.sum(2), of_all, FEWEST)


def _both_sides(cells: _Cells) -> list[Area]:
    """With one group: statements on which many agree and many disagree, the most balanced first."""
    both = np.minimum(cells.interval(AGREE)[0], cells.interval(DISAGREE)[0])[0]
    chosen = np.flatnonzero(cells.shown[0] & (both > BOTH_SIDES))
    chosen = chosen[np.argsort(-both[chosen], kind="stable")]
    return _areas_of(cells, chosen, np.zeros_like(chosen))

"""How few people decide what is on the list of agreed or of opposed statements.

A statement leaves its list if people who chose so are removed from one group, and enters it if people who chose
otherwise are removed from the groups. The smallest number follows exactly from the counts on the statement, because all
who cast the same vote on it have the same effect on it. What the removed people voted on others is left as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.consensus import BOTH_SIDES, FEWEST, MAJORITY
from acquis.opinion.shares import TAIL, chance_of_all, listed, may_be_few

MOST_REMOVED = 0.05
"""The largest share of the people that is removed."""


@dataclass(frozen=True)
class Influence:
    """people: the most that are removed. off, on: statement (number) -> the smallest number of people whose removal
    takes it off the list, or puts it on; only where that is at most `people`."""

    people: int
    off: dict[int, int]
    on: dict[int, int]


def influence(counts: Ints, present: Ints, choice: int) -> Influence:
    """The influence of few people on the list of a `choice` (AGREE or DISAGREE). counts: (groups, m, 3) disagree, pass,
    agree; present: (groups,) the people of each group who were there."""
    most = int(MOST_REMOVED * present.sum())
    room = _Room(counts[:, :, choice + 1], counts.sum(2), counts[:, :, 1 - choice], present[:, None])
    least = _thresholds(room.chances(0, 0).max(0), room.whole)
    kept = room.listed_each(0, 0, least).all(0)
    off = _smallest(lambda removed: ~room.listed_each(removed, 0, least), most, room.chose.shape).min(0)
    enter = _smallest(lambda removed: room.listed_each(0, removed, least), most, room.chose.shape)
    on = np.where(room.listed_each(0, 0, least), 0, enter).sum(0)
    return Influence(
        most,
        {j: int(off[j]) for j in np.flatnonzero(kept & (off <= most)).tolist()},
        {j: int(on[j]) for j in np.flatnonzero(room.whole & ~kept & (on <= most)).tolist()},
    )


@dataclass(frozen=True)
class _Room:
    """(groups, m) each: those who chose so, all voters, those who chose the opposite. present: (groups, 1) people."""

    chose: Ints
    voters: Ints
    against: Ints
    present: Ints

    @property
    def whole(self) -> Mask:
        """(m,) whether enough people of every group voted."""
        return np.asarray((self.voters >= FEWEST).all(0))

    def chances(self, who_chose: Ints | int, others: Ints | int) -> Floats:
        """(groups, m) the chance that no majority of a group chose so, without these numbers of people."""
        return chance_of_all(
            np.maximum(self.chose - who_chose, 0),
            np.maximum(self.voters - who_chose - others, 0),
            np.maximum(self.present - who_chose - others, 0),
            MAJORITY,
        )

    def listed_each(self, who_chose: Ints | int, others: Ints | int, least: Floats) -> Mask:
        """(groups, m) whether a group lets the statement be listed, without these numbers of people of it."""
        voters, chose = self.voters - who_chose - others, self.chose - who_chose
        each = (voters >= np.maximum(FEWEST, chose)) & (chose >= 0) & (self.chances(who_chose, others) <= least)
        if len(self.chose) == 1:  # then many on both sides are a division
            both = (chose, np.maximum(self.against - others, 0))
            of = np.maximum(voters, 0), np.maximum(self.present - who_chose - others, 0)
            each &= np.any([may_be_few(np.clip(count, 0, of[0]), *of, BOTH_SIDES) for count in both], axis=0)
        return np.asarray(each)


def _thresholds(chances: Floats, tested: Mask) -> Floats:
    """(m,) the largest chance with which each statement is listed, if the others keep theirs: the rate times the number
    that is listed if its own chance is 0, over the number of statements (Benjamini and Hochberg 1995)."""
    number = max(int(tested.sum()), 1)
    least = np.zeros(len(chances))
    for j in np.flatnonzero(tested).tolist():
        surely = chances.copy()
        surely[j] = 0.0
        least[j] = TAIL * int(listed(surely, tested).sum()) / number
    return least


def _smallest(holds: Callable[[Ints], Mask], most: int, shape: tuple[int, ...]) -> Ints:
    """For each cell the smallest number from 1 to `most` for which a condition holds that goes on to hold; most + 1 if
    there is none."""
    low, high = np.zeros(shape, np.int64), np.full(shape, most + 1, np.int64)
    while (high - low > 1).any():
        middle = (low + high) // 2
        true = holds(middle)
        between = high - low > 1
        low, high = np.where(between & ~true, middle, low), np.where(between & true, middle, high)
    return high

"""Bridging: how many would agree if every part of the map had the same weight, and how many alike accounts it would
take to change that.

The space of opinion is divided into regions between the 5th and the 95th percentile of the places of people: three
along each of the first two axes, and two along each further one, as long as there are MANY people for each region. In
each region with enough people the share that agrees is counted, and the mean over the regions is the expected agreement
of an evenly weighted population. A majority that is crowded in one region counts no more than the people of another
one, and accounts that vote alike are all in one region, however many they are. This is the reading of Community Notes
(Wojcik et al. 2022: agreement beyond what place explains), without its fit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.axes import DRAWN
from acquis.opinion.consensus import FEWEST
from acquis.opinion.fast import fast_tally
from acquis.opinion.place import Positions
from acquis.opinion.quantiles import quantile
from acquis.opinion.sampling import enough
from acquis.opinion.shares import Z90, interval
from acquis.opinion.votes import AGREE, Votes

PARTS = 3
OUTER = (0.05, 0.95)
FURTHER = 2
MANY = 50
POOLED = 2.0
"""At most so many votes like those of everybody are added to the votes of a region on a statement: fewer if more of its
people have voted, none if all have."""
TOP = 10
"""The length of the list whose resistance is measured."""
MOST_ACCOUNTS = 300


@dataclass(frozen=True)
class Bridging:
    """expected, low, high: (m,) the agreement of an evenly weighted population with its 90 % interval, 0 to 1; nan
    where fewer than FEWEST people for each region voted. regions: their number. accounts: (m,) how many accounts that
    all agree with the statement, in one region, bring it into the list of the TOP statements by `low`; 0 for those in
    the list, inf for more than MOST_ACCOUNTS."""

    expected: Floats
    low: Floats
    high: Floats
    regions: int
    accounts: Floats

    def order(self) -> list[int]:
        """The statements whose agreement is known, the one with the highest lower end first."""
        known = np.flatnonzero(~np.isnan(self.expected))
        best: list[int] = known[np.argsort(-self.low[known], kind="stable")].tolist()
        return best


def bridging(votes: Votes, positions: Positions) -> Bridging:
    """The evenly weighted agreement with each statement. Only people with enough votes to be placed count."""
    region, number = regions(positions.places, enough(votes))
    counts = fast_tally(votes, region, number)
    agree, cast = counts[:, :, AGREE + 1].astype(np.float64), counts.sum(2).astype(np.float64)
    voters, people = cast.sum(0), np.bincount(region[region >= 0], minlength=number)[:, None]
    overall = agree.sum(0) / np.maximum(voters, 1)
    lent = POOLED * (people - cast) / np.maximum(people, 1)
    parts = _Parts(agree + lent * overall, cast + lent, (people - cast).astype(np.float64))
    known = voters >= FEWEST * max(number, 1)
    expected, low, high = (np.where(known, values, np.nan) for values in _interval(parts))
    return Bridging(expected, low, high, number, _accounts(low, parts))


def regions(places: Floats, placed: Mask) -> tuple[Ints, int]:
    """(n,) the region of each person, -1 for those who are not placed or whose region has fewer than FEWEST people; and
    the number of regions."""
    if not placed.any():
        return np.full(len(places), -1), 0
    cell, number = np.zeros(len(places), np.int64), 1
    for axis in range(places.shape[1]):
        parts = PARTS if axis < DRAWN else FURTHER
        if axis >= DRAWN and placed.sum() < MANY * number * parts:
            break
        low, high = (quantile(places[placed, axis], end) for end in OUTER)
        inner = low + (high - low) * np.arange(1, parts) / parts
        cell, number = parts * cell + np.searchsorted(inner, places[:, axis], side="right"), number * parts
    sizes = np.bincount(cell[placed], minlength=number)
    kept = np.flatnonzero(sizes >= FEWEST)
    place = np.full(len(sizes), -1)
    place[kept] = np.arange(len(kept))
    return np.where(placed, place[cell], -1), len(kept)


@dataclass(frozen=True)
class _Parts:
    """(regions, m): the votes in each region with those lent to it, how many of them agree, and the people who have not
    voted."""

    agree: Floats
    cast: Floats
    silent: Floats

    @property
    def share(self) -> Floats:
        """The share that agrees."""
        share: Floats = self.agree / np.maximum(self.cast, 1e-9)
        return share

    @property
    def reach(self) -> tuple[Floats, Floats]:
        """How far the score interval of the people of the region goes below and above the share; 0 if all of them have
        voted (the correction for a finite population, see `shares`)."""
        z = Z90 * np.sqrt(np.minimum(self.silent / np.maximum(self.silent + self.cast - 1, 1.0), 1.0))
        low, high = interval(self.agree, self.cast, z)
        return np.maximum(self.share - low, 0.0), np.maximum(high - self.share, 0.0)

    def with_accounts(self, accounts: Ints) -> _Parts:
        """The same with so many more people in each region who agree."""
        return _Parts(self.agree + accounts, self.cast + accounts, self.silent)


def _interval(parts: _Parts) -> tuple[Floats, Floats, Floats]:
    """The mean of the regions' shares and its 90 % interval: the squares of the ends of the regions' intervals are
    added (Newcombe 1998; Zou and Donner 2008), so that it has a width also where all who voted agree."""
    size = max(len(parts.agree), 1)
    mean = parts.share.sum(0) / size
    below, above = (np.sqrt((reach**2).sum(0)) / size for reach in parts.reach)
    return mean, np.clip(mean - below, 0, 1), np.clip(mean + above, 0, 1)


def _accounts(low: Floats, parts: _Parts) -> Floats:
    """How many agreeing accounts in one region lift each statement to the last place of the list. Each region is tried
    alone, and the number is found by bisection."""
    known = np.sort(low[~np.isnan(low)])[::-1]
    if len(known) <= TOP:
        return np.where(np.isnan(low), math.inf, 0.0)
    wanted = known[TOP - 1]
    few, many = np.zeros(parts.agree.shape, np.int64), np.full(parts.agree.shape, MOST_ACCOUNTS)
    never = _lifted(parts, many) < wanted
    while (many - few > 1).any():
        middle = (few + many) // 2
        enough_ = _lifted(parts, middle) >= wanted
        few, many = np.where(enough_, few, middle), np.where(enough_, middle, many)
    needed = np.where(never, math.inf, many).min(0)
    return np.where(np.isnan(low), math.inf, np.where(low >= wanted, 0.0, needed))


def _lifted(parts: _Parts, accounts: Ints) -> Floats:
    """(regions, m): the lower end of each statement, if so many more people of each one region agree with it."""
    after = parts.with_accounts(accounts)
    now, later = parts.reach[0] ** 2, after.reach[0] ** 2
    mean = parts.share.sum(0) + after.share - parts.share
    below = np.sqrt(np.maximum(now.sum(0) + later - now, 0.0))
    lifted: Floats = (mean - below) / len(parts.agree)
    return lifted

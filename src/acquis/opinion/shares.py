"""How sure a share is: of the people who were there, and of people like them."""

from __future__ import annotations

import math

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.differences import upper_tail

Z90 = 1.6448536269514722
"""The 95th percentile of the normal distribution: the half width, in standard errors, of a 90 % interval."""
TAIL = 0.05
"""The chance that a share lies below a 90 % interval."""
COUNTED = 200
"""Among at most so many people the interval is computed exactly; the normal distribution is near enough for more."""


def interval(count: Floats | Ints, of: Floats | Ints, z: Floats | float = Z90) -> tuple[Floats, Floats]:
    """The score interval of a share (Wilson 1927): low and high, 0..1; (0, 1) if nobody voted.

    (k + z^2/2 -+ z sqrt(k (n - k) / n + z^2/4)) / (n + z^2). Its coverage holds for small numbers and for shares of 0
    and 1 (Brown, Cai and DasGupta 2001), and it can be computed by hand."""
    k, n = np.asarray(count, np.float64), np.asarray(of, np.float64)
    half, weight = z * np.sqrt(k * (n - k) / np.maximum(n, 1) + z * z / 4), np.maximum(n + z * z, 1e-12)
    low, high = (k + z * z / 2 - half) / weight, (k + z * z / 2 + half) / weight
    return np.where(n > 0, np.clip(low, 0.0, 1.0), 0.0), np.where(n > 0, np.clip(high, 0.0, 1.0), 1.0)


def interval_of_all(count: Ints, of: Ints, present: Ints) -> tuple[Floats, Floats]:
    """The 90 % interval of the share of all who were present, of whom some have voted: low and high, 0..1. If all have
    voted, both are the share itself. It holds if who voted does not depend on what they think.

    The numbers of people that agree with what was counted: those for which the tail of the hypergeometric distribution
    beyond it is more than TAIL, what was observed counting half (Buonaccorsi 1987; Lancaster 1961). Of more than
    COUNTED people: the score interval, narrowed by the square root of (N - n) / (N - 1), the correction for a finite
    population, and never beyond what the votes that are missing can change."""
    present = np.maximum(present, of)
    low, high = interval(count, of, Z90 * np.sqrt((present - of) / np.maximum(present - 1.0, 1.0)))
    people = np.maximum(present, 1)
    low, high = np.clip(low, count / people, 1.0), np.clip(high, 0.0, 1 - (of - count) / people)
    few = present <= COUNTED
    if few.any():
        k, n, all_of_them = count[few], of[few], present[few]
        low[few] = _fewest(k, n, all_of_them) / people[few]
        high[few] = 1 - _fewest(n - k, n, all_of_them) / people[few]
    return low, high


def _fewest(count: Ints, of: Ints, present: Ints) -> Ints:
    """The smallest number of people present who agree, so that `count` or more of those who voted are no surprise."""
    low, high = count - 1, present - (of - count)
    while (high - low > 1).any():
        middle = (low + high) // 2
        surprising = upper_tail(count, of, np.maximum(middle, 0), present, own=0.5) <= TAIL
        between = high - low > 1
        low, high = np.where(between & surprising, middle, low), np.where(between & ~surprising, middle, high)
    return high


def may_be_few(count: Ints, of: Ints, present: Ints, share: float) -> Mask:
    """Whether the lower end of `interval_of_all` is at most `share`: one tail tells, and the interval is not needed."""
    present = np.maximum(present, of)
    low, _ = interval(count, of, Z90 * np.sqrt((present - of) / np.maximum(present - 1.0, 1.0)))
    few_agree = np.maximum(low, count / np.maximum(present, 1)) <= share
    few = present <= COUNTED
    if few.any():
        k, n, all_of_them = count[few], of[few], present[few]
        most = np.floor(all_of_them * share).astype(np.int64)
        tail = upper_tail(k, n, np.clip(most, k, all_of_them), all_of_them, own=0.5)
        few_agree[few] = (most >= k) & ((tail > TAIL) | (most >= all_of_them - (n - k)))
    return np.asarray(few_agree)


def chance_of_all(count: Ints, of: Ints, present: Ints, least: float) -> Floats:
    """The chance that as many agree, or more, although no more than the share `least` of all who were present do."""
    present = np.maximum(present, of)
    spread = of * least * (1 - least) * (present - of) / np.maximum(present - 1.0, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        chances = np.where(spread > 0, upper_normal((count - of * least) / np.sqrt(spread)), count <= of * least)
    few = present <= COUNTED
    if few.any():
        most = np.floor(present[few] * least + 1e-9).astype(np.int64)
        chances[few] = upper_tail(count[few], of[few], most, present[few], own=0.5)
    return np.asarray(chances, np.float64)


def chance_of_others(count: Floats, of: Floats, least: float) -> Floats:
    """The chance that as many agree, or more, although no more than the share `least` of people like them do: below
    TAIL if and only if the lower end of `interval` is above `least`."""
    return upper_normal((count - of * least) / np.sqrt(np.maximum(of, 1e-12) * least * (1 - least)))


def upper_normal(z: Floats) -> Floats:
    """The chance of a standard normal number above z."""
    beyond: Floats = np.vectorize(math.erfc, otypes=[np.float64])(z / math.sqrt(2)) / 2 if z.size else z
    return beyond


def pooled(count: Ints, voters: Ints, shown: Mask) -> tuple[Floats, Floats]:
    """The counts and voters of groups of one kind (groups, statements), to each of which votes are added at the share
    of all others: as many as the groups of this kind agree with each other over all statements, and at most as many as
    the group has cast itself.

    How far groups differ is estimated by moments (Kleinman 1973): the squared deviations from the common share beyond
    those of sampling give the correlation within a group, 1 / (1 + votes to add)."""
    k, n = np.where(shown, count, 0).astype(np.float64), np.where(shown, voters, 0).astype(np.float64)
    rest_count, rest = k.sum(0) - k, n.sum(0) - n
    if not (rest * n).any():
        return k, n
    total = np.maximum(n.sum(0), 1)
    share = np.clip(k.sum(0) / total, 0.5 / total, 1 - 0.5 / total)
    expected = n * (1 - n / total)
    beyond = ((k - n * share) ** 2 / (share * (1 - share))).sum() - expected.sum()
    within = min(max(beyond / max((expected * (n - 1)).sum(), 1e-12), 1e-12), 1.0)
    added = np.minimum(np.minimum((1 - within) / within, n), rest)
    return k + added * rest_count / np.maximum(rest, 1), n + added


def listed(chances: Floats, tested: Mask) -> Mask:
    """The statements whose chance counts, so that at most TAIL of them are expected to be there by chance (Benjamini
    and Hochberg 1995)."""
    several = np.sort(chances[tested])
    passed = np.flatnonzero(several <= TAIL * np.arange(1, several.size + 1) / max(several.size, 1))
    return np.asarray(tested & (chances <= (several[passed[-1]] if passed.size else -1.0)))

"""Whether groups differ in a share of their voters by more than chance, for many statements and groups."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from acquis.opinion.arrays import Floats, Ints

FALSE_SHARE = 0.1
"""False discovery rate: the expected share of those statements, of all that are said to divide groups, which do not."""
STEP = np.array([[-1.0], [1.0], [-1.0], [1.0]])


def exact_chances(k1: Ints, n1: Ints, k2: Ints, n2: Ints) -> Floats:
    """The p-value of the difference between k1 of n1 and k2 of n2, element by element: twice the tail of the
    hypergeometric distribution beyond what was observed, which itself counts half (Fisher's test with the mid-p of
    Lancaster 1961). Unlike tests by the normal distribution it holds in groups of five, and far out in the tail, where
    many tests are corrected for. A difference within one standard error is given as 1."""
    chances = np.ones(k1.shape)
    n, k = n1 + n2, k1 + k2
    spread = k * (n - k) * n1 * n2.astype(np.float64)
    squared = np.divide((k1 * n2 - k2 * n1) ** 2.0 * n, spread, out=np.zeros(n.shape), where=spread > 0)
    near = np.flatnonzero(squared.ravel() > 1.0)
    if near.size:
        chances.ravel()[near] = _tails(*(values.ravel()[near] for values in (k1, n1, k2, n2)))
    return chances


def _tails(k1: Ints, n1: Ints, k2: Ints, n2: Ints) -> Floats:
    """Twice the smaller tail, of the side on which the first share lies; what was observed counts half."""
    turned = k1 * n2 < k2 * n1  # then the second share is the larger one
    k1, n1, k2, n2 = (np.where(turned, b, a) for a, b in ((k1, k2), (n1, n2), (k2, k1), (n2, n1)))
    return np.minimum(2 * upper_tail(k1, n1, k1 + k2, n1 + n2, own=0.5), 1.0)


def upper_tail(x: Ints, n: Ints, k: Ints, people: Ints, own: float = 1.0) -> Floats:
    """The chance that `x` or more of `n` who are drawn from `people` are among the `k` who agree: the upper tail of the
    hypergeometric distribution. own: how much of the chance of exactly `x` counts."""
    possible = (x <= k) & (x <= n) & (n - x <= people - k)
    certain = x <= n + k - people  # so many are drawn in any case
    x = np.where(possible, x, np.minimum(n, k))
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, int(people.max(initial=0)) + 1, dtype=np.float64)))))

    def choose(a: Ints, b: Ints) -> Floats:
        ways: Floats = logs[a] - logs[b] - logs[a - b]
        return ways

    term = np.exp(choose(k, x) + choose(people - k, n - x) - choose(people, n))
    # From x to x + 1 of those drawn among the k, the chance changes by the first two of these over the other two.
    steps = np.stack([k - x, x + 1.0, n - x, np.maximum(people - k - n + x + 1.0, 1.0)])
    total = own * term
    tail, place = total.copy(), np.arange(total.size)
    while (term > 1e-9 * total).any():
        more, fewer = steps[:2] * steps[2:]
        term = term * (more / fewer)
        before, total = total, total + term
        steps += STEP
        grows = total > before  # if not, it is beyond the most likely number, and what follows is smaller still
        if 2 * np.count_nonzero(grows) < grows.size:
            tail[place] = total
            place, term, total, steps = place[grows], term[grows], total[grows], steps[:, grows]
    tail[place] = total
    return np.where(possible, tail, np.where(certain, 1.0, 0.0))


def divided(agree: Ints, voters: Ints, whole: tuple[Ints, Ints], fewest: int) -> tuple[Ints, Ints, Ints]:
    """The differences between groups that are no chance: columns of statements, groups and others, the other -1 if the
    group differs from all others together.

    agree, voters: (groups, statements), zero where a group is not tested. whole: (statements,) the same of the people
    of all groups, each counted once. Each group is tested against everybody else, which finds one group that is apart,
    and against each other group, which finds blocs and extremes; half of the allowed error goes to either. The smallest
    p-value of a statement, times the number of its tests, is corrected for the number of statements (Benjamini and
    Hochberg 1995): of the statements that have a difference, at most FALSE_SHARE are expected to have it by chance. In
    those the tests under the same limit are named (Benjamini and Bogomolov 2014)."""
    smallest, small = np.ones(agree.shape[1]), list[tuple[int, int, Ints, Floats]]()
    for group, other, chances in _tests(agree, voters, whole, fewest):
        smallest = np.minimum(smallest, chances)
        statements = np.flatnonzero(chances <= FALSE_SHARE)  # no limit is above it
        small.append((group, other, statements, chances[statements]))
    several = np.sort(smallest[(voters > 0).sum(0) > 1])
    passed = np.flatnonzero(several <= FALSE_SHARE * np.arange(1, several.size + 1) / max(several.size, 1))
    limit = several[passed[-1]] if passed.size else -1.0
    differences = [(group, other, statements[chances <= limit]) for group, other, statements, chances in small]
    lengths = [len(statements) for _, _, statements in differences]
    groups, others = (np.repeat(np.array([test[side] for test in differences], np.int64), lengths) for side in (0, 1))
    return np.concatenate([np.zeros(0, np.int64), *(statements for _, _, statements in differences)]), groups, others


def _tests(agree: Ints, voters: Ints, whole: tuple[Ints, Ints], fewest: int) -> Iterator[tuple[int, int, Floats]]:
    """Each test as (group, other or -1, p-value of each statement times the number of tests). Of two groups that are
    everybody there is one test, so nothing is corrected."""
    number = (voters > 0).sum(0)

    def chances(k1: Ints, n1: Ints, k2: Ints, n2: Ints, tests: Ints) -> Floats:
        tested = (n1 >= fewest) & (n2 >= fewest)
        k1, n1, k2, n2 = (np.where(tested, values, 0) for values in (k1, n1, k2, n2))
        return np.where(tested, np.minimum(exact_chances(k1, n1, k2, n2) * tests, 1.0), 1.0)

    for group, (k, n) in enumerate(zip(agree, voters)):
        yield group, -1, chances(k, n, whole[0] - k, whole[1] - n, np.where(number == 2, 1, 2 * number))
        for other in range(group + 1, len(agree)):
            yield group, other, chances(k, n, agree[other], voters[other], number * (number - 1))

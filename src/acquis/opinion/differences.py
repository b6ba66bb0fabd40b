"""Whether groups differ in a share of their voters by more than chance, for many statements and groups."""

from __future__ import annotations

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask

FALSE_SHARE = 0.05
"""False discovery rate: the expected share of those statements, of all that are said to divide groups, which do not."""


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
    """Twice the smaller tail, of the side on which the first share lies."""
    turned = k1 * n2 < k2 * n1  # then the second share is the larger one
    k1, n1, k2, n2 = (np.where(turned, b, a) for a, b in ((k1, k2), (n1, n2), (k2, k1), (n2, n1)))
    n, k = n1 + n2, k1 + k2
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, int(n.max()) + 1, dtype=np.float64)))))

    def choose(a: Ints, b: Ints) -> Floats:
        ways: Floats = logs[a] - logs[b] - logs[a - b]
        return ways

    term = np.exp(choose(n1, k1) + choose(n2, k2) - choose(n, k))
    tail, x = term / 2, k1.copy()
    while True:
        # From x to x + 1 people of the first group among the k. Each term is smaller than the one before.
        ratio = (k - x) * (n1 - x) / ((x + 1.0) * (n2 - k + x + 1.0))
        term, x = term * np.maximum(ratio, 0.0), np.minimum(x + 1, np.minimum(n1, k))
        if not (term > 1e-9 * tail).any():
            return np.minimum(2 * tail, 1.0)
        tail = tail + term


def unlikely(chances: Floats, tested: Mask, rate: float = FALSE_SHARE) -> Mask:
    """(groups, statements): the differences that count, of each group from all others. Of the statements that have one,
    at most `rate` are expected to have it by chance: the smallest p-value of a statement is corrected for the number of
    its groups (Bonferroni), and those of the statements for each other (Benjamini and Hochberg 1995). tested: (groups,
    statements) which groups are tested at all; of two groups the test is the same."""
    tests = tested.sum(0)
    of_groups = np.where(tested, chances * np.where(tests == 2, 1, tests), 1.0)
    smallest = np.sort(of_groups.min(0, initial=1.0)[tested.any(0)])
    passed = np.flatnonzero(smallest <= rate * np.arange(1, smallest.size + 1) / max(smallest.size, 1))
    return np.asarray(of_groups <= (smallest[passed[-1]] if passed.size else -1.0))

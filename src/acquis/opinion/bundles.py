"""Statements that say the same: nearly everybody who votes on two of them makes the same choice."""

from __future__ import annotations

import numpy as np

from acquis.opinion.arrays import Mask
from acquis.opinion.latent import VoteTable

SAME = 0.8
"""Correlation from which two statements are taken for one question."""
FEWEST_BOTH = 20
"""Number of people who must have voted on both."""
LARGEST_PART = 0.5
"""A bundle of more than this share of all statements is none: then people are divided on everything."""


def bundles(given: VoteTable) -> tuple[tuple[int, ...], ...]:
    """The bundles of two and more statements (numbers, ascending) that correlate over SAME, directly or through others
    of the bundle."""
    alike = _correlated(given)
    left, closed = set(np.flatnonzero(alike.any(1)).tolist()), []
    while left:
        bundle, edge = set(), {min(left)}
        while edge:
            bundle |= edge
            edge = set(np.flatnonzero(alike[sorted(edge)].any(0)).tolist()) - bundle
        left -= bundle
        if len(bundle) <= LARGEST_PART * len(alike):
            closed.append(tuple(sorted(bundle)))
    return tuple(closed)


def _correlated(given: VoteTable) -> Mask:
    """(m, m) whether two different statements correlate over SAME among the people who voted on both."""
    cast, vote = given.cast, 2 * given.agree - given.cast  # -1, 0 or 1
    both = cast.T @ cast
    people = np.maximum(both, 1.0)
    mean = vote.T @ cast / people  # of the first among those who voted on both
    square = (vote**2).T @ cast / people - mean**2
    covariance = vote.T @ vote / people - mean * mean.T
    spread = np.sqrt(np.maximum(square * square.T, 0.0))
    alike: Mask = (covariance > SAME * np.maximum(spread, 1e-9)) & (both >= FEWEST_BOTH)
    np.fill_diagonal(alike, False)
    return alike

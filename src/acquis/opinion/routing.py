"""Which statement to put before a person next: every statement a fair hearing first, then where a vote tells most."""

from __future__ import annotations

import numpy as np

from acquis.opinion.axes import Axes
from acquis.opinion.consensus import interval
from acquis.opinion.votes import AGREE, Floats, Ints, Mask

EXPOSURE = 5
"""Votes that each statement gets in every constituency before any other consideration."""


def chances(open_to: Mask, counts: Ints, constituencies: Ints, axes: Axes | None = None) -> Floats:
    """(m,) the probability with which each statement comes next to a person; all 0 where nothing is left.

    open_to: (m,) statements that are open and that this person has not voted on. counts: (g, m, 3) votes of each
    constituency; constituencies: numbers of those the person belongs to (none: all count). While a statement has fewer
    than EXPOSURE votes in one of them, only such statements come, the barer the likelier. After that a statement comes
    the more often, the less is known of how far it is agreed (width of the widest 90 % interval), and the more it tells
    people apart (length of its loading on the axes). Keep the number with the vote: shares can then be weighted."""
    if not open_to.any():
        return np.zeros(len(open_to))
    theirs = counts[constituencies] if len(constituencies) else counts
    voters = theirs.sum(2)
    missing = np.maximum(EXPOSURE - voters, 0).max(0) if len(theirs) else np.full(len(open_to), EXPOSURE)
    wanted = np.where(open_to, missing, 0).astype(np.float64)
    if not wanted.any():
        low, high = interval(theirs[:, :, AGREE + 1], voters)
        tells = np.linalg.norm(axes.loadings, axis=1) if axes is not None else np.zeros(len(open_to))
        wanted = np.where(open_to, (high - low).max(0) * (1.0 + tells), 0.0)
    share: Floats = wanted / wanted.sum()
    return share


def draw(chance: Floats, dice: float) -> int:
    """The number of the statement that falls to `dice` (0 <= dice < 1); -1 where nothing is left."""
    if not chance.any():
        return -1
    place = int(np.searchsorted(np.cumsum(chance), dice * chance.sum(), side="right"))
    return min(place, int(np.flatnonzero(chance)[-1]))

"""Selects the statement that a person is shown next: first statements with few votes, then the most informative
ones."""

from __future__ import annotations

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.axes import Axes
from acquis.opinion.shares import interval
from acquis.opinion.votes import AGREE

EXPOSURE = 5
"""Number of votes that each statement receives from every constituency before other criteria apply."""


def chances(open_to: Mask, counts: Ints, constituencies: Ints, axes: Axes | None = None) -> Floats:
    """(m,) the probability with which each statement is shown next to a person; all 0 if no statement is left.

    open_to: (m,) statements that are open and on which this person has not voted. counts: (g, m, 3) votes of each
    constituency. constituencies: numbers of those of which the person is a member (none: all count). While a statement
    has fewer than EXPOSURE votes in one of them, only such statements are shown, in proportion to the missing votes.
    After that the probability increases with the uncertainty of the agreement (the widest 90 % interval) and with the
    length of the loading on the axes. Store the probability with the vote: shares can then be weighted by it."""
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
    """The number of the statement selected by the random number `dice` (0 <= dice < 1); -1 if no statement is left."""
    if not chance.any():
        return -1
    place = int(np.searchsorted(np.cumsum(chance), dice * chance.sum(), side="right"))
    return min(place, int(np.flatnonzero(chance)[-1]))

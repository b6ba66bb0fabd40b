"""The shade of a share in a table that is read like a heat map, as a class of a style sheet."""

from __future__ import annotations

MIDDLE, CLEAR = 10, 30
"""Percentage points from one half: a share nearer than `MIDDLE` has no shade, one beyond `CLEAR` the strong one."""
HEAT = ("heat-disagree-strong", "heat-disagree", "", "heat-agree", "heat-agree-strong")


def heat(agree: int) -> str:
    """The class for a group of which so many per cent agree."""
    apart = abs(agree - 50)
    step = 0 if apart < MIDDLE else 1 if apart < CLEAR else 2
    return HEAT[2 + (step if agree > 50 else -step)]

"""Quantiles of the columns of a table."""

from __future__ import annotations

import math

from acquis.opinion.arrays import Floats


def quantile(values: Floats, at: float) -> Floats:
    """The quantile `at` (0 to 1) along the first axis, which is not empty; between two values in proportion. The same
    as that of numpy, bit for bit, which loads further modules first (a tenth of a small conversation)."""
    ordered, place = values.copy(), (len(values) - 1) * at
    ordered.sort(axis=0)
    below = math.floor(place)
    low, high, part = ordered[below], ordered[min(below + 1, len(values) - 1)], place - below
    between: Floats = low + (high - low) * part if part < 0.5 else high - (high - low) * (1 - part)
    return between

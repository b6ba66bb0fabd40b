"""Densities with one mode."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from acquis.opinion.arrays import Floats

NEAR = 3
"""How many points the mode may be away from the largest frequency."""


def unimodal(wanted: Floats) -> Floats:
    """The probabilities (q,) with one mode that make the frequencies `wanted` (all above 0) most likely, of those whose
    mode is at most NEAR points from the largest frequency."""
    values, top, size = wanted.tolist(), int(wanted.argmax()), len(wanted)
    first, last = max(top - NEAR, 0), min(top + NEAR, size - 1)
    rising = _isotonic(values, first + 1, last + 1)
    falling = _isotonic(values[::-1], size - 1 - last, size - 1 - first)
    best, value = None, -math.inf
    for mode in range(first, last + 1):
        left, right = rising[mode - first], falling[last - mode]
        if right.mean <= left.mean and left.likely + right.likely > value:  # otherwise the mode is further right
            best, value = (left, right), left.likely + right.likely
    if best is None:
        return wanted
    blocks = [*reversed(list(_blocks(best[0]))), *_blocks(best[1])]
    return np.repeat([block.mean for block in blocks], [block.points for block in blocks])


class _Block(NamedTuple):
    """The last of the blocks of a sequence: its mean and its number of points, the block before it, and the log
    likelihood of the sequence up to it."""

    mean: float
    points: int
    before: _Block | None
    likely: float


_NOTHING = _Block(-math.inf, 0, None, 0.0)


def _blocks(last: _Block) -> Iterator[_Block]:
    """The blocks from the last to the first."""
    block: _Block | None = last
    while block is not None and block.points:
        yield block
        block = block.before


def _isotonic(values: list[float], first: int, last: int) -> list[_Block]:
    """The nearest sequences that do not fall to the first `first`, `first` + 1, ... `last` values (pool adjacent
    violators)."""
    end = _NOTHING
    kept = [end] if first == 0 else []
    for count, value in enumerate(values[:last], 1):
        mean, points = value, 1
        while end.mean > mean:
            mean, points = (end.points * end.mean + mean * points) / (end.points + points), end.points + points
            end = end.before or _NOTHING
        end = _Block(mean, points, end, end.likely + points * mean * math.log(mean))
        if count >= first:
            kept.append(end)
    return kept

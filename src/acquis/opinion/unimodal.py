"""Densities with one mode."""

from __future__ import annotations

import math

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
        if right and right[-1][0] > left[-1][0]:
            continue  # the mode is further right
        blocks = [*left, *reversed(right)]
        likely = sum(size * mean * math.log(mean) for mean, size in blocks)
        if likely > value:
            best, value = blocks, likely
    if best is None:
        return wanted
    means, sizes = zip(*best, strict=True)
    return np.repeat(means, sizes)


def _isotonic(values: list[float], first: int, last: int) -> list[list[tuple[float, int]]]:
    """The nearest sequences that do not fall to the first `first`, `first` + 1, ... `last` values, each as blocks of a
    mean and a number of points (pool adjacent violators)."""
    blocks: list[tuple[float, int]] = []
    kept: list[list[tuple[float, int]]] = [[]] if first == 0 else []
    for count, value in enumerate(values[:last], 1):
        mean, size = value, 1
        while blocks and blocks[-1][0] > mean:
            before, points = blocks.pop()
            mean, size = (before * points + mean * size) / (points + size), points + size
        blocks.append((mean, size))
        if count >= first:
            kept.append(blocks.copy())
    return kept

"""Many small systems of linear equations at once, element by element, so that each has the same result, bit for bit,
on every engine and however many are solved together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from acquis.opinion.arrays import Floats


def eliminated(table: Sequence[Sequence[Floats]], right: Sequence[Floats]) -> tuple[list[Floats], Floats]:
    """The solutions of table x = right, and the covariance of the last two unknowns (the inverse of the table there).

    table: row i has the entries 0..i of a symmetric, positive definite table, each (n,) for n systems. right: p arrays
    (n,). Returns p arrays (n,), and (n, 3): the variance of the last unknown, its covariance with the one before, and
    the variance of that one; NaN if there is only one. By Cholesky's factors without roots (L D L')."""
    p = len(right)
    lower: list[list[Floats]] = [[] for _ in range(p)]
    pivot: list[Floats] = []
    for i in range(p):
        scaled: list[Floats] = []
        for j in range(i):
            entry = table[i][j]
            for k in range(j):
                entry = entry - scaled[k] * lower[j][k]
            scaled.append(entry)
            lower[i].append(entry / pivot[j])
        own = table[i][i]
        for k in range(i):
            own = own - scaled[k] * lower[i][k]
        pivot.append(own)
    solution = list(right)
    for i in range(p):
        for k in range(i):
            solution[i] = solution[i] - lower[i][k] * solution[k]
    for i in reversed(range(p)):
        solution[i] = solution[i] / pivot[i]
        for k in range(i + 1, p):
            solution[i] = solution[i] - lower[k][i] * solution[k]
    last = 1 / pivot[-1]
    if p == 1:
        return solution, np.stack([last, np.full_like(last, np.nan), np.full_like(last, np.nan)], axis=1)
    slope = lower[-1][-1]
    return solution, np.stack([last, -slope * last, 1 / pivot[-2] + slope * slope * last], axis=1)

"""Whole numbers that fit what is published, by integer programming: what an attacker computes."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from acquis.opinion.arrays import Floats


def equations(rows: list[tuple[Floats, int]]) -> LinearConstraint:
    """Each row of factors and the sum that it has to give."""
    equal = [count for _, count in rows]
    return LinearConstraint(np.array([row.astype(np.float64).ravel() for row, _ in rows]), equal, equal)


def solved(aim: Floats, given: LinearConstraint) -> Floats:
    """The whole numbers of 0 or more that satisfy the equations and make the sum of `aim` smallest."""
    solution = milp(aim, constraints=given, bounds=Bounds(0, np.inf), integrality=np.ones(len(aim)))
    numbers: Floats = solution.x
    return numbers


def is_fixed(aim: Floats, given: LinearConstraint) -> bool:
    """Whether the sum of `aim` follows from the equations."""
    low, high = (float(aim @ solved(sign * aim, given)) for sign in (1.0, -1.0))
    return round(low) == round(high)

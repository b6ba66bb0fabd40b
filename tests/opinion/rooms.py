"""Rooms of people in declared groups whose opinions are known: what chance and what true differences look like."""

from __future__ import annotations

import numpy as np

from acquis.opinion.arrays import Ints

STATEMENTS = 50
DIFFERENCE = 0.4


def room(
    rng: np.random.Generator, people: int, groups: int, shape: str = "", *, planted: int = 0, voting: float = 1.0
) -> Ints:
    """(groups, 50, 3) votes of people in random groups: disagree, pass, agree. All agree with the same probability,
    but on the first `planted` statements groups differ by 40 points: one from all others (`apart`), half of them from
    the other half (`blocs`), or two from each other while the rest is between them (`extremes`). voting: the
    probability that a person votes on a statement."""
    size = np.bincount(rng.integers(0, groups, people), minlength=groups)
    agree = np.tile(rng.uniform(0.2, 0.8, STATEMENTS), (groups, 1))
    agree[:, :planted] = rng.uniform(0.2, 0.4, planted)
    for statement in range(planted):
        order = rng.permutation(groups)
        if shape == "extremes":
            agree[order[1:], statement] += DIFFERENCE / 2
            agree[order[-1], statement] += DIFFERENCE / 2
        else:
            agree[order[: 1 if shape == "apart" else groups // 2], statement] += DIFFERENCE
    voters = rng.binomial(np.broadcast_to(size[:, None], agree.shape), voting)
    count = rng.binomial(voters, agree)
    return np.stack([voters - count, np.zeros_like(count), count], 2)

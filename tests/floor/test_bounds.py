"""The fair rule keeps its bounds, whatever happens in the room (the bounds: `acquis.floor.fairness`)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from .simulation import Simulation

GROUPS = ("Civil Society", "Government", "Private Sector", "Technical Community", "Intergovernmental")
RUNS = times(50)
"""How many sessions a block simulates."""


def simulation(seed: int, overrides: float = 0.0) -> Simulation:
    dice = random.Random(seed)
    groups = (*GROUPS[: dice.randrange(1, 6)], "other")
    return Simulation(dice, groups, overrides)


@pytest.mark.parametrize("block", range(20))
def test_the_bounds_hold_by_the_rule(block: int) -> None:
    joins = 0
    for seed in range(block * RUNS, block * RUNS + RUNS):
        running = simulation(seed)
        running.run(45)
        joins += running.account.joins
    assert joins > RUNS


@pytest.mark.parametrize("block", range(10))
def test_the_bounds_hold_with_overrides_added(block: int) -> None:
    overrides = 0
    for seed in range(block * RUNS, block * RUNS + RUNS):
        running = simulation(seed, overrides=0.15)
        running.run(45)
        overrides += running.account.overrides
    assert overrides > 0


@settings(max_examples=times(60))
@given(st.randoms(use_true_random=False), st.integers(2, 6))
def test_the_bounds_hold_for_whatever_dice_hypothesis_finds(dice: random.Random, groups: int) -> None:
    Simulation(dice, (*GROUPS[: groups - 1], "other"), overrides=0.1).run(40)

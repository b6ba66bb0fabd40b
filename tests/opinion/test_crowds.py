"""Accounts that vote nearly alike are found; people who think alike are not taken for them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from tests.opinion.populations import (
    Population,
    camps,
    one_sided,
    readiness,
    spread,
    unconnected,
    waves,
    with_bots,
    wordings,
)

from acquis.opinion import comparable, crowds, votes_from_arrays

Random = np.random.Generator
HONEST: dict[str, Callable[[Random, int], Population]] = {
    "one axis": lambda random, n: spread(random, n, 40, 30),
    "one strong axis": lambda random, n: spread(random, n, 40, 30, effect=4.0),
    "heavy tails": lambda random, n: spread(random, n, 40, 30, axes=2, shape="heavy"),
    "camps": lambda random, n: camps(random, n, 40, 30, parts=(0.5, 0.5)),
    "decided camps": lambda random, n: camps(random, n, 40, 30, parts=(0.4, 0.3, 0.3), apart=4.0),
    "a decided minority": lambda random, n: camps(random, n, 40, 30, parts=(0.9, 0.1), apart=3.0),
    "readiness": lambda random, n: readiness(random, n, 40, 30),
    "waves": lambda random, n: waves(random, n, 40, 18),
    "wordings": lambda random, n: wordings(random, n, 40, 30, copies=10),
    "unconnected": lambda random, n: unconnected(random, n, 40, 30),
    "few statements": lambda random, n: unconnected(random, n, 16, 16),
    "one side": lambda random, n: one_sided(random, n, 40, 30, agree=0.9),
    "nearly unanimous": lambda random, n: one_sided(random, n, 40, 30, agree=0.97),
}


@pytest.mark.parametrize("name", HONEST)
def test_people_who_think_alike_are_no_crowd(name: str) -> None:
    for seed, people in ((1, 60), (2, 60), (3, 250)):
        assert crowds(HONEST[name](np.random.default_rng(seed), people).votes) == [], (seed, people)


@pytest.mark.parametrize(("bots", "votes"), [(100, 40), (100, 25), (15, 40), (8, 40)])
def test_accounts_of_one_hand_are_found_with_a_few_votes_changed(bots: int, votes: int) -> None:
    (crowd,) = crowds(with_bots(np.random.default_rng(5), 300, bots, 40, votes).votes)
    assert min(crowd.people) >= 300
    assert len(crowd.people) >= 0.9 * bots
    assert 0.9 < crowd.equal < 0.99


def test_two_hands_are_two_crowds_among_camps() -> None:
    random = np.random.default_rng(6)
    made = camps(random, 200, 40, 40, parts=(0.5, 0.5)).votes
    plans = np.where(random.random((2, 40)) < 0.5, -1, 1).repeat(20, axis=0)
    flipped = np.where(random.random(plans.shape) < 0.05, -plans, plans)
    rows = np.concatenate([made.dense()[0], flipped])
    person, statement = np.indices(rows.shape).reshape(2, -1)
    found = crowds(votes_from_arrays(person, statement, rows.ravel(), people=range(240), statements=range(40)))
    assert sorted(crowd.people for crowd in found) == [tuple(range(200, 220)), tuple(range(220, 240))]


def test_of_few_votes_nothing_is_said() -> None:
    made = with_bots(np.random.default_rng(7), 100, 50, 12, 12).votes
    assert comparable(made) == 0
    assert crowds(made) == []

"""The agreement of an evenly weighted population: a majority in one place does not carry it, nor do alike accounts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.opinion.makers import conversation

from acquis.opinion import Votes, fit_axes, place, sums, votes_from_arrays
from acquis.opinion.arrays import Floats
from acquis.opinion.bridging import TOP, bridging, regions
from acquis.opinion.place import Positions
from acquis.opinion.quantiles import quantile


def spread_out(majority: int = 4) -> tuple[Votes, Positions]:
    """Forty people each in nine places, and `majority` times as many in the first. Most of the first place alone agree
    with statement 0; two thirds of each place agree with the statements from 1 to 11."""
    random = np.random.default_rng(5)
    number = np.repeat(np.arange(9), 40 * np.array([majority] + [1] * 8))
    n, m = len(number), 12
    agree = np.full((n, m), 0.66)
    agree[:, 0] = np.where(number == 0, 0.95, 0.1)
    choice = np.where(random.random((n, m)) < agree, 1, -1)
    person, statement = (axis.ravel() for axis in np.indices((n, m)))
    votes = votes_from_arrays(person, statement, choice.ravel().astype(np.int8), people=range(n), statements=range(m))
    xy = np.column_stack([number // 3, number % 3]).astype(np.float64) - 1.0
    return votes, Positions(xy, np.zeros(n), np.zeros((n, 3)))


def test_a_majority_in_one_place_counts_as_one_of_the_places() -> None:
    read = bridging(*spread_out(majority=20))
    assert read.regions == 9
    assert abs(read.expected[0] - (0.95 + 8 * 0.1) / 9) < 0.05
    assert read.order()[-1] == 0
    assert all(abs(share - 0.66) < 0.1 for share in read.expected[1:])
    assert (read.low <= read.expected).all()
    assert (read.expected <= read.high).all()


def test_alike_accounts_need_to_be_as_many_as_it_says() -> None:
    votes, positions = spread_out()
    read = bridging(votes, positions)
    assert math.isinf(read.accounts[0])
    below = [j for j in read.order()[TOP:] if j]
    assert below
    for j in below[:1]:
        needed = int(read.accounts[j])
        wanted = read.low[read.order()[TOP - 1]]
        lifted = {count: lows_with(votes, positions, j, count) for count in (needed - 1, needed)}
        assert lifted[needed] >= wanted - 0.01
        assert needed == 1 or lifted[needed - 1] < wanted + 0.01


def test_the_range_has_a_width_where_all_agree_unless_all_have_voted() -> None:
    """A hundred people in four places; on statement 1 three of four have voted, and they agree."""
    number = np.arange(100) % 4
    person = np.concatenate([np.repeat(np.arange(100), 9), np.arange(75)])
    statement = np.concatenate([np.tile(np.delete(np.arange(10), 1), 100), np.full(75, 1)])
    choice = np.where(statement < 2, 1, (person + statement) % 2 * 2 - 1).astype(np.int8)
    votes = votes_from_arrays(person, statement, choice, people=range(100), statements=range(10))
    corners = np.column_stack([number // 2, number % 2]).astype(np.float64)
    places = Positions(corners, np.zeros(100), np.zeros((100, 3)))
    read = bridging(votes, places)
    assert read.regions == 4
    assert (read.expected[:2] == 1).all()
    assert (read.low[0], read.high[0]) == (1.0, 1.0), "a fact about these people"
    assert 0.8 < read.low[1] < 0.99
    assert read.high[1] == 1.0


def lows_with(votes: Votes, positions: Positions, statement: int, accounts: int) -> float:
    """The best lower end of a statement with so many more people in one region who agree with it and vote on it."""
    choice, _ = votes.dense()
    best = 0.0
    for corner in np.unique(positions.places, axis=0):
        row = np.zeros((accounts, choice.shape[1]), np.int8)
        row[:, statement] = 1
        table = np.vstack([choice, row])
        person, column = (axis.ravel() for axis in np.indices(table.shape))
        more = votes_from_arrays(
            person, column, table.ravel(), people=range(len(table)), statements=range(table.shape[1])
        )
        places = np.vstack([positions.places, np.tile(corner, (accounts, 1))])
        read = bridging(more, replace(positions, places=places))
        best = max(best, float(read.low[statement]))
    return best


def test_few_people_have_no_regions() -> None:
    votes = conversation(4, 10)
    read = bridging(votes, place(votes, fit_axes(sums(votes))))
    assert (read.regions, read.order()) == (0, [])
    label, number = regions(np.zeros((30, 2)), np.ones(30, np.bool_))
    assert (set(label.tolist()), number) == ({0}, 1)


@given(arrays(np.float64, st.tuples(st.integers(1, 30), st.integers(1, 3)), elements=st.floats(-9, 9)), st.floats(0, 1))
def test_quantiles_are_those_of_numpy(values: Floats, at: float) -> None:
    assert np.array_equal(quantile(values, at), np.quantile(values, at, axis=0))

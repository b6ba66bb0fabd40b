"""What is read from the counts: shares with intervals, areas, declared groups, guards, and what to ask next."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times
from tests.opinion.makers import conversation, frozen

from acquis.opinion import (
    alike,
    areas,
    chances,
    constituencies,
    cramers_v,
    draw,
    effect_without,
    interval,
    opinion_map,
    removed,
    representative,
    sums,
    tally,
    votes_from_arrays,
)
from acquis.opinion.consensus import FEWEST
from acquis.opinion.routing import EXPOSURE


def counted(*groups: list[tuple[int, int, int]]) -> np.ndarray[Any, Any]:
    """(groups, m, 3) from agree, disagree, pass of each statement."""
    return np.array([[(disagree, passes, agree) for agree, disagree, passes in group] for group in groups], np.int64)


def test_the_interval_is_the_one_worked_out_by_hand() -> None:
    # 8 of 10 agree: (8 + 1.3528 -+ 1.6449 sqrt(1.6 + 0.6764)) / (10 + 2.7055)
    low, high = interval(np.array([8]), np.array([10]))
    assert low[0] == pytest.approx(0.5408, abs=1e-4)
    assert high[0] == pytest.approx(0.9314, abs=1e-4)


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_the_share_and_narrows_with_votes(k: int, more: int) -> None:
    n = k + more
    low, high = interval(np.array([k, 3 * k]), np.array([n, 3 * n]))
    assert 0 <= low[0] <= high[0] <= 1
    if n:
        assert low[0] - 1e-12 <= k / n <= high[0] + 1e-12
        assert high[1] - low[1] < high[0] - low[0]
    else:
        assert (low[0], high[0]) == (0, 1)


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.9])
@pytest.mark.parametrize("n", [10, 40, 200])
def test_nine_intervals_of_ten_hold_the_truth(share: float, n: int) -> None:
    k = np.arange(n + 1)
    log = [math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) for i in range(n + 1)]
    probability = np.exp(np.array(log) + k * math.log(share) + (n - k) * math.log(1 - share))
    low, high = interval(k, np.full(n + 1, n))
    assert probability[(low <= share) & (share <= high)].sum() > 0.83


def test_consensus_is_what_the_group_that_agrees_least_says() -> None:
    found = areas(counted([(40, 2, 0), (30, 0, 0), (20, 20, 0)], [(9, 1, 0), (10, 0, 0), (30, 5, 0)]))
    assert [(area.statement, area.group) for area in found.consensus] == [(1, 1), (0, 1)]
    low, _ = interval(np.array([10]), np.array([10]))
    assert found.consensus[0].low == pytest.approx(low[0])


def test_a_group_that_has_hardly_voted_makes_a_statement_unknown() -> None:
    found = areas(counted([(40, 0, 0)], [(FEWEST - 1, 0, 0)]))
    assert found.consensus == []
    assert found.unknown == {0: [1]}


def test_concern_is_disagreement_in_every_group_and_unclear_what_many_pass() -> None:
    found = areas(counted([(2, 30, 1), (5, 5, 30)], [(1, 20, 2), (4, 4, 20)]))
    assert [area.statement for area in found.concern] == [0]
    assert [area.statement for area in found.unclear] == [1]


def test_a_statement_divides_where_groups_differ() -> None:
    found = areas(counted([(30, 2, 0), (15, 15, 0)], [(3, 30, 0), (17, 13, 0)]))
    assert [(area.statement, area.group, area.against) for area in found.divided] == [(0, 1, 0)]
    assert found.divided[0].apart > 0.5


def test_with_one_group_a_statement_divides_where_both_sides_are_many() -> None:
    found = areas(counted([(50, 50, 0), (90, 10, 0)]))
    assert [area.statement for area in found.divided] == [0]


@settings(max_examples=times(50))
@given(st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=4, max_size=4), st.permutations([0, 1]))
def test_the_order_of_the_groups_does_not_matter(cells: list[tuple[int, int, int]], order: list[int]) -> None:
    counts = counted(cells[:2], cells[2:])
    one, other = areas(counts), areas(counts[order])
    assert [area.statement for area in one.consensus] == [area.statement for area in other.consensus]
    assert [area.statement for area in one.divided] == [area.statement for area in other.divided]


def test_random_groups_have_no_representative_statements() -> None:
    votes, random = conversation(200, 40, strength=1.0), np.random.default_rng(3)
    pairs = [representative(tally(votes, random.integers(0, 2, 200), 2)) for _ in range(50)]
    false = sum(len(of_group) for found in pairs for of_group in found)
    assert false <= 0.01 * 50 * 2 * 40 * 2


def test_camps_have_representative_statements_on_both_sides() -> None:
    votes = conversation(200, 30)
    found = representative(tally(votes, np.arange(200) % 2, 2))
    assert all(len(of_group) > 5 for of_group in found)
    for of_group in found:
        for one in of_group:
            assert one.low > 0
            assert one.difference == pytest.approx(one.share - one.others)


# --- declared groups --------------------------------------------------------------------------------------------------


def test_constituencies_show_where_the_two_readings_differ() -> None:
    # 90 people agree with statement 0 whatever their group of opinion; those of "x" do not.
    n = 120
    declared = {p: ("x",) if p < 20 else ("y", "z") if p < 60 else ("z",) if p < 100 else () for p in range(n)}
    person = np.repeat(np.arange(n), 8)
    statement = np.resize(np.arange(8), 8 * n)
    choice = np.where(statement == 0, np.where(person < 20, -1, 1), np.where((person + statement) % 2 == 0, 1, -1))
    votes = frozen(votes_from_arrays(person, statement, choice))
    label = np.arange(n) % 2
    counts = tally(votes, label, 2)
    kind = constituencies(votes, declared, label, counts, areas(counts))
    assert kind.names == ("x", "y", "z")
    assert kind.sizes.tolist() == [20, 40, 80]
    assert kind.not_said == 20
    assert 0 in {area.statement for area in areas(counts).consensus}
    assert 0 not in {area.statement for area in kind.areas.consensus}
    assert [(one.statement, one.declared, kind.names[one.group]) for one in kind.differ] == [(0, True, "x")]


def test_cramers_v_of_the_same_and_of_unrelated_divisions() -> None:
    assert cramers_v(np.array([[40.0, 0.0], [0.0, 40.0]])) == pytest.approx(1.0, abs=0.02)
    assert cramers_v(np.array([[20.0, 20.0], [20.0, 20.0]])) == 0.0
    assert math.isnan(cramers_v(np.array([[20.0, 20.0]])))


def test_groups_that_follow_a_declared_division_are_seen_to() -> None:
    votes = conversation(200, 30)
    by_camp = {p: (f"camp {p % 2}",) for p in range(200)}
    by_lot = {p: (f"lot {p // 2 % 2}",) for p in range(200)}
    reading = opinion_map(votes, memberships={"camp": by_camp, "lot": by_lot})
    assert reading.constituencies["camp"].follows > 0.9
    assert reading.constituencies["lot"].follows < 0.2


def test_small_cells_of_the_cross_table_are_left_out() -> None:
    votes = conversation(100, 30)
    declared = {p: ("a",) if p % 2 == 0 or p < 5 else ("b",) for p in range(100)}
    label = np.arange(100) % 2
    found = constituencies(votes, declared, label, tally(votes, label, 2), areas(tally(votes, label, 2)))
    assert found.table.tolist() == [[50, -1], [-1, 48]]


# --- guards -----------------------------------------------------------------------------------------------------------


def brigade(q: int = 12) -> Any:
    honest = conversation(120, 20, share=0.7)
    person = np.concatenate([honest.person, np.repeat(np.arange(120, 120 + q), 20)])
    statement = np.concatenate([honest.statement.astype(np.int64), np.resize(np.arange(20), 20 * q)])
    choice = np.concatenate([honest.choice, np.full(20 * q, -1)])
    return honest, votes_from_arrays(person, statement, choice)


def test_accounts_that_vote_alike_are_reported() -> None:
    _, votes = brigade()
    assert alike(votes)[0] == tuple(range(120, 132))


def test_without_the_brigade_is_exactly_without_the_brigade() -> None:
    honest, votes = brigade()
    accounts = np.arange(120, 132)
    assert (sums(votes) - sums(votes.of_people(accounts))).digest() == sums(honest).digest()
    assert sums(removed(votes, accounts)).digest() == sums(honest).digest()
    effect = effect_without(votes, accounts, np.zeros(132, np.int64), 1)
    with_them, without = (
        {area.statement for area in areas(tally(v, np.zeros(len(v.people), np.int64), 1)).consensus}
        for v in (votes, honest)
    )
    assert set(effect.gained) == without - with_them
    assert set(effect.lost) == with_them - without


# --- next statement ---------------------------------------------------------------------------------------------------


def test_every_statement_is_heard_in_every_constituency_before_any_other_consideration() -> None:
    rng = np.random.default_rng(0)
    counts = np.zeros((2, 6, 3), np.int64)
    voted = np.zeros((60, 6), bool)
    for person in range(60):
        for _ in range(3):
            group = person % 2
            chance = chances(~voted[person], counts, np.array([group]))
            assert chance.sum() == pytest.approx(1.0)
            assert not chance[voted[person]].any()
            bare = counts[group].sum(1) < EXPOSURE
            if (bare & ~voted[person]).any():
                assert not chance[~bare].any()
            j = draw(chance, rng.random())
            assert chance[j] > 0
            voted[person, j] = True
            counts[group, j, rng.integers(0, 3)] += 1
    assert (counts.sum(2) >= EXPOSURE).all()


def test_nothing_is_left_to_vote_on() -> None:
    chance = chances(np.zeros(3, bool), np.zeros((1, 3, 3), np.int64), np.array([0]))
    assert draw(chance, 0.5) == -1


def test_after_that_the_less_known_comes_more_often() -> None:
    counts = counted([(50, 50, 0), (5, 4, 0), (100, 0, 0)])
    chance = chances(np.ones(3, bool), counts, np.array([], np.int64))
    assert chance[1] > chance[0] > chance[2] > 0


def test_a_draw_falls_by_its_probability() -> None:
    chance = np.array([0.25, 0.0, 0.75])
    assert [draw(chance, dice) for dice in (0.0, 0.249, 0.25, 0.999)] == [0, 0, 2, 2]


def test_a_division_names_the_two_groups_that_differ_most() -> None:
    area = areas(counted([(30, 1, 0)], [(2, 25, 0)], [(10, 10, 0)])).divided[0]
    assert (area.group, area.against) == (1, 0)
    assert area.apart == pytest.approx(30 / 31 - 2 / 27)

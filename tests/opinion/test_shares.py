"""Shares: of the people who were there, of people like them, and lists corrected for their length."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.opinion import areas, interval, interval_of_all
from acquis.opinion.arrays import Ints
from acquis.opinion.differences import upper_tail
from acquis.opinion.shares import may_be_few, pooled


def tail_by_hand(x: int, n: int, k: int, people: int) -> float:
    ways = sum(math.comb(k, i) * math.comb(people - k, n - i) for i in range(x, min(n, k) + 1) if n - i <= people - k)
    return ways / math.comb(people, n)


@settings(max_examples=times(200))
@given(st.integers(1, 40), st.data())
def test_a_tail_is_that_of_the_hypergeometric_distribution(people: int, data: st.DataObject) -> None:
    n, k = data.draw(st.integers(0, people)), data.draw(st.integers(0, people))
    x = data.draw(st.integers(0, n))
    (tail,) = upper_tail(np.array([x]), np.array([n]), np.array([k]), np.array([people]))
    assert tail == pytest.approx(tail_by_hand(x, n, k, people), abs=1e-9)


@settings(max_examples=times(200))
@given(st.integers(1, 500), st.data())
def test_where_all_have_voted_the_share_is_exact(people: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, people))
    (low,), (high,) = interval_of_all(*(np.array([value]) for value in (count, people, people)))
    assert (low, high) == (pytest.approx(count / people), pytest.approx(count / people))


@pytest.mark.parametrize("people", [8, 30, 120, 400])
@pytest.mark.parametrize("part", [0.3, 0.7, 0.95])
def test_nine_intervals_of_ten_hold_the_share_of_the_room(people: int, part: float) -> None:
    rng, n = np.random.default_rng(people), max(int(part * people), 5)
    agree = rng.integers(0, people + 1, 4000)
    voted = rng.hypergeometric(agree, people - agree, n)
    low, high = interval_of_all(voted, np.full(4000, n), np.full(4000, people))
    share = agree / people
    assert ((low - 1e-9 <= share) & (share <= high + 1e-9)).mean() > 0.88


def test_a_list_is_corrected_for_its_length() -> None:
    """A hundred statements with which exactly half agree: without correction, five would be listed in each session."""
    rng, sessions = np.random.default_rng(1), times(200)
    agree = rng.binomial(40, 0.5, (sessions, 1, 100))
    counts = np.stack([40 - agree, np.zeros_like(agree), agree], 3)
    assert sum(len(areas(session).consensus) for session in counts) <= 0.15 * sessions


def everybody_agrees(rng: np.random.Generator, sizes: tuple[int, ...], statements: int = 20) -> Ints:
    voters = np.repeat(np.array(sizes)[:, None], statements, 1)
    agree = rng.binomial(voters, 0.92)
    return np.stack([voters - agree, np.zeros_like(agree), agree], 2)


def test_a_room_where_all_voted_knows_what_it_agreed() -> None:
    sizes = (14, 18, 12, 10, 6)
    rng, sessions = np.random.default_rng(2), times(100)
    read = [areas(everybody_agrees(rng, sizes), present=np.array(sizes)) for _ in range(sessions)]
    assert sum(len(found.consensus) for found in read) >= 19.5 * sessions
    assert sum(area.wider for found in read for area in found.consensus) >= 18 * sessions


def test_one_member_of_a_small_group_has_no_veto_and_most_of_it_do() -> None:
    counts = np.array([[[2, 0, 48]] * 9, [[1, 0, 5]] + [[0, 0, 6]] * 8])
    dissent = np.array([[[2, 0, 48]] * 9, [[5, 0, 1]] + [[0, 0, 6]] * 8])
    present = np.array([50, 6])
    agreed = {area.statement: area for area in areas(counts, present=present).consensus}
    assert agreed[0].low == pytest.approx(5 / 6)
    assert agreed[0].wider
    assert 0 not in {area.statement for area in areas(dissent, present=present).consensus}


def test_groups_that_differ_lend_each_other_nothing() -> None:
    alike, apart = np.array([[50] * 20, [5] * 20]), np.array([[50] * 20, [0] * 20])
    voters = np.array([[60] * 20, [6] * 20])
    shown = np.ones((2, 20), np.bool_)
    assert pooled(alike, voters, shown)[1][1] == pytest.approx(np.full(20, 12))
    assert pooled(apart, voters, shown)[1][1] == pytest.approx(np.full(20, 6), abs=1)


@settings(max_examples=times(100))
@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 300))
def test_the_interval_of_a_room_is_within_what_the_missing_votes_can_change(k: int, more: int, missing: int) -> None:
    n, people = k + more, k + more + missing
    (low,), (high,) = interval_of_all(*(np.array([value]) for value in (k, n, people)))
    assert k / people - 1e-9 <= low <= high + 1e-9
    assert high <= (k + missing) / people + 1e-9


def test_a_large_room_of_few_voters_is_a_sample() -> None:
    room = interval_of_all(np.array([30]), np.array([50]), np.array([1 << 40]))
    assert [float(end[0]) for end in room] == pytest.approx(
        [float(end[0]) for end in interval(np.array([30]), np.array([50]))]
    )


@settings(max_examples=times(100))
@given(st.lists(st.tuples(st.integers(0, 230), st.integers(0, 230), st.integers(0, 230)), min_size=1, max_size=20))
def test_one_tail_tells_whether_the_lower_end_is_below_a_share(rooms: list[tuple[int, int, int]]) -> None:
    count, of, present = np.sort(np.array(rooms), axis=1).T
    low = interval_of_all(count, of, present)[0]
    assert np.array_equal(may_be_few(count, of, present, 0.25), low <= 0.25)

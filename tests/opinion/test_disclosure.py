"""Nobody finds out how few people voted from the published counts of groups: overlaps, nested groups, camps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.opinion import opinion_map, votes_from_arrays
from acquis.opinion.arrays import Ints
from acquis.opinion.disclosure import SMALLEST, UNANIMOUS_BELOW, declared_groups, shown_camps, shown_codes, tells


def test_no_vote_of_a_few_people_follows_from_what_is_published() -> None:
    pytest.importorskip("scipy")
    from tests.opinion.recovery import random_room, recovered  # noqa: PLC0415  # needs scipy

    for number in range(times(120)):
        assert list(recovered(random_room(np.random.default_rng([11, number])))) == [], f"room {number}"


def test_people_of_two_groups_do_not_follow_by_subtraction() -> None:
    """Ten of the government, twelve of civil society, and three of both youth and disability."""
    belongs = np.zeros((25, 4), np.bool_)
    belongs[:10, 0] = belongs[10:22, 1] = belongs[22:, 2] = belongs[22:, 3] = True
    choice = np.arange(25) % 3
    (read,) = declared_groups([belongs], np.ones(25, np.bool_), lambda number, sets: counted(number, sets, choice))
    rest = 25 - read.counts.sum()
    assert rest >= SMALLEST
    assert not read.shown[2:].any()


def test_a_group_within_a_group_does_not_follow_by_subtraction() -> None:
    """Nine of the private sector, of whom seven are small enterprises: the other two would follow."""
    belongs = np.zeros((30, 3), np.bool_)
    belongs[:9, 0] = belongs[:7, 1] = belongs[9:, 2] = True
    choice = np.arange(30) % 3
    (read,) = declared_groups([belongs], np.ones(30, np.bool_), lambda number, sets: counted(number, sets, choice))
    voters = read.counts.sum((1, 2))
    assert voters[0] - voters[1] in (0, 9)


def counted(number: Ints, sets: int, choice: Ints) -> Ints:
    return np.bincount(3 * number + choice, minlength=3 * sets).reshape(sets, 1, 3)


@settings(max_examples=times(200))
@given(st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=2, max_size=6))
def test_what_is_left_out_is_nobody_or_a_crowd(cells: list[tuple[int, int, int]]) -> None:
    counts = np.array(cells)[:, None]
    voters = counts.sum((1, 2))
    (shown,) = shown_codes([(np.arange(len(cells)), range(1, len(cells)))], voters, counts)
    hidden = [code for code in range(len(cells)) if code not in shown]
    for cell in [[code] for code in shown] + ([hidden] if shown else []):
        size = int(voters[cell].sum())
        assert size == 0 or size >= SMALLEST
        assert size == 0 or size >= UNANIMOUS_BELOW or not tells(counts[cell].sum(0), size)


def test_camps_of_few_voters_are_not_counted() -> None:
    camps = np.array([[[3, 0, 1], [8, 1, 1]], [[10, 3, 2], [2, 1, 8]]])
    everybody = camps.sum(0, keepdims=True) + np.array([[[1, 0, 1], [2, 2, 2]]])
    assert shown_camps(everybody, camps).T.tolist() == [[False, True], [True, True]]


def test_one_group_that_is_shown_says_nothing_of_everybody() -> None:
    person, statement = np.arange(25), np.zeros(25, np.int64)
    choice = np.array([1] * 8 + [-1] * 4 + [1] * 12 + [-1])
    declared = dict.fromkeys(range(12), ("first",))
    votes = votes_from_arrays(person, statement, choice)
    read = opinion_map(votes, memberships={"kind": declared})
    assert read.constituencies["kind"].names == ("first",)
    assert read.constituencies["kind"].areas.divided == []
    assert [area.statement for area in read.areas.consensus] == [0]


def test_a_kind_that_is_crossed_with_another_gives_way() -> None:
    """Twelve of each stakeholder group; only one person of the first is online."""
    person, statement = np.repeat(np.arange(24), 9), np.tile(np.arange(9), 24)
    choice = np.random.default_rng(1).integers(-1, 2, len(person))
    stakeholder = {p: ("first" if p < 12 else "second",) for p in range(24)}
    lane = {p: ("online" if p == 0 or p > 17 else "room",) for p in range(24)}
    votes = votes_from_arrays(person, statement, choice)
    read = opinion_map(votes, memberships={"stakeholder_group": stakeholder, "lane": lane}).constituencies
    assert read["stakeholder_group"].names == ("first", "second")
    assert read["lane"].names == ()

"""Divisions between declared groups: they are no chance, they are large enough, and no statement is in two areas."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times
from tests.opinion.rooms import room

from acquis.opinion import Areas, areas
from acquis.opinion.consensus import FEWEST, exclusive
from acquis.opinion.differences import exact_chances


def by_hand(k1: int, n1: int, k2: int, n2: int) -> float:
    """Fisher's test with the mid-p, in whole numbers."""
    k, n = k1 + k2, n1 + n2
    ways = [math.comb(n1, x) * math.comb(n2, k - x) for x in range(max(0, k - n2), min(n1, k) + 1)]
    at = k1 - max(0, k - n2)
    below, above = (sum(part) + ways[at] / 2 for part in (ways[:at], ways[at + 1 :]))
    return min(1.0, 2 * min(below, above) / math.comb(n, k))


@settings(max_examples=times(200))
@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_a_chance_is_that_of_fishers_test(n1: int, n2: int, data: st.DataObject) -> None:
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    (found,) = exact_chances(*(np.array([value], np.int64) for value in (k1, n1, k2, n2)))
    expected = by_hand(k1, n1, k2, n2)
    assert found == pytest.approx(expected, rel=1e-7) or (found == 1 and expected > 0.1)


@given(st.lists(st.tuples(*[st.integers(0, 300)] * 4), min_size=1, max_size=30))
def test_many_chances_are_those_of_each_alone(cells: list[tuple[int, int, int, int]]) -> None:
    k1, n1, k2, n2 = np.array([(k1, k1 + more1, k2, k2 + more2) for k1, more1, k2, more2 in cells], np.int64).T
    alone = [exact_chances(*(column[[place]] for column in (k1, n1, k2, n2)))[0] for place in range(len(cells))]
    assert exact_chances(k1, n1, k2, n2) == pytest.approx(alone, rel=1e-6)


COUNTS = st.lists(st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=4, max_size=4), min_size=2, max_size=4)


@given(COUNTS, st.sampled_from([0.01, 0.25, 0.5]))
def test_groups_that_differ_most_are_apart(rows: list[list[tuple[int, int, int]]], least: float) -> None:
    counts = np.array(rows, np.int64)
    found = areas(counts, declared=False, of_shown=True, least_difference=least, firm=False)
    agreed = {area.statement for area in (*found.consensus, *found.concern)}
    expected = {}
    for statement in set(range(4)) - agreed:
        voters = counts[:, statement].sum(1)
        shares = counts[:, statement, 2][voters >= FEWEST] / voters[voters >= FEWEST]
        if len(shares) and shares.max() - shares.min() >= least:
            expected[statement] = shares.max() - shares.min()
    assert {area.statement: area.apart for area in found.apart if area.apart >= least} == expected
    for area in found.apart:
        of_both = [counts[group, area.statement] for group in (area.group, area.against)]
        assert of_both[1][2] / of_both[1].sum() - of_both[0][2] / of_both[0].sum() == area.apart
    assert [area.apart for area in found.apart] == sorted((area.apart for area in found.apart), reverse=True)


@pytest.mark.parametrize("people", [40, 200, 1000])
@pytest.mark.parametrize("groups", [2, 3, 5, 6, 8])
def test_random_groups_divide_hardly_anything(groups: int, people: int) -> None:
    rng, sessions = np.random.default_rng(groups * people), times(120)
    false = sum(len(areas(room(rng, people, groups)).divided) for _ in range(sessions))
    assert false <= 0.25 * sessions


def test_two_kinds_of_random_groups_divide_hardly_anything() -> None:
    rng, sessions = np.random.default_rng(3), times(120)
    both = (np.concatenate([room(rng, 200, 2), room(rng, 200, 6)]) for _ in range(sessions))
    assert sum(len(areas(counts, kinds=[0, 0] + [1] * 6).divided) for counts in both) <= 0.25 * sessions


@pytest.mark.parametrize(
    ("groups", "shape", "least"),
    [(2, "apart", 9.5), (5, "apart", 9.0), (6, "apart", 8.5), (6, "blocs", 8.5), (3, "extremes", 9.0)],
)
def test_true_differences_are_found_and_hardly_any_other(groups: int, shape: str, least: float) -> None:
    rng, sessions = np.random.default_rng(groups), times(120)
    listed = [areas(room(rng, 200, groups, shape, planted=10)).divided for _ in range(sessions)]
    true = sum(area.statement < 10 for divided in listed for area in divided)
    assert true >= least * sessions
    assert sum(map(len, listed)) - true <= 0.1 * sum(map(len, listed))


def test_blocs_of_groups_divide_too() -> None:
    """Three groups against three: none of them differs from all others as much as the blocs from each other."""
    blocs = np.array([[[24, 0, 8]]] * 3 + [[[8, 0, 24]]] * 3)
    assert [area.statement for area in areas(blocs).divided] == [0]


def test_a_small_difference_of_many_people_divides_nobody() -> None:
    """Without chance, because so many voted, but nothing that a chair would call a division."""
    close = np.array([[[4_940, 0, 5_060]], [[4_700, 0, 5_300]]])
    assert areas(close).divided == []
    opposite = np.array([[[4_500, 0, 5_500]], [[5_500, 0, 4_500]]])
    assert [area.statement for area in areas(opposite).divided] == [0]


def test_the_least_difference_can_be_chosen() -> None:
    counts = np.array([[[200, 0, 200]], [[136, 0, 264]]])
    assert areas(counts).divided == []
    assert [area.statement for area in areas(counts, least_difference=0.15).divided] == [0]


def test_people_in_two_groups_are_one_person_among_the_others() -> None:
    """Ten people whom three other groups share are no thirty witnesses against the first group."""
    first, shared = [5, 0, 5], [0, 0, 10]
    counts = np.array([[first], [shared], [shared], [shared]])
    assert [area.statement for area in areas(counts).divided] == [0]
    assert areas(counts, everybody=np.array([[5, 0, 15]])).divided == []


def test_groups_of_two_kinds_are_not_compared() -> None:
    counts = np.array([[[30, 0, 2]], [[30, 0, 2]], [[2, 0, 30]], [[2, 0, 30]]])
    assert [area.statement for area in areas(counts).divided] == [0]
    assert areas(counts, kinds=[0, 0, 1, 1]).divided == []


def test_groups_that_were_found_in_the_votes_are_only_ranked() -> None:
    counts = np.array([[[30, 0, 5], [20, 0, 14]], [[2, 0, 30], [18, 0, 14]]])
    found = areas(counts, declared=False)
    assert found.divided == []
    assert [area.statement for area in found.apart] == [0]


def in_several(found: Areas) -> list[int]:
    listed = [
        area.statement for kind in (found.consensus, found.concern, found.divided, found.unclear) for area in kind
    ]
    return [statement for statement in listed if listed.count(statement) > 1]


def test_a_statement_is_in_one_category_over_all_kinds_of_groups() -> None:
    split, agreed = np.array([[[2, 0, 30]], [[25, 0, 7]]]), np.array([[[10, 0, 50]], [[10, 0, 50]]])
    readings = exclusive([areas(agreed[:1] * 10), areas(agreed, declared=False), areas(split)])
    assert [len(read.consensus) for read in readings] == [0, 0, 0]
    assert [area.statement for area in readings[2].divided] == [0]


def test_many_on_both_sides_are_no_agreement() -> None:
    both = exclusive([areas(np.array([[[400, 0, 600]]])), areas(np.array([[[40, 0, 160]], [[360, 0, 440]]]))])
    assert [(len(read.consensus), len(read.divided)) for read in both] == [(0, 1), (0, 0)]


cells = st.lists(st.tuples(*[st.integers(0, 60)] * 3), min_size=6, max_size=6)


@settings(max_examples=times(200))
@given(cells, st.integers(1, 3), st.booleans(), st.booleans())
def test_no_statement_is_in_two_areas(
    cells: list[tuple[int, int, int]], groups: int, firm: bool, declared: bool
) -> None:
    counts = np.array(cells).reshape(groups, -1, 3)
    found = areas(counts, firm=firm, declared=declared)
    assert in_several(found) == []
    assert not {area.statement for area in found.apart} & {area.statement for area in found.consensus}

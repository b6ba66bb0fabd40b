from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.statistics.concentration import entropy, gini, percent, share

AMOUNTS = st.lists(st.integers(0, 10**9), min_size=2, max_size=40).filter(any)


def test_the_gini_coefficient_equals_one_by_hand() -> None:
    # 30, 150 and 0 s: the differences are 120, 30 and 150, 300 together. 300 / (3 groups * 180 s) = 0.5556.
    assert gini([30, 150, 0]) == pytest.approx(300 / 540)
    assert gini([7, 7, 7, 7]) == 0
    assert gini([0, 0, 0, 9]) == 0.75  # 1 - 1/4: the most there is for four
    assert gini([5]) is gini([0, 0]) is gini([]) is None


def test_the_entropy_equals_one_by_hand() -> None:
    # 1, 1 and 2 of 4: (0.25 ln 4 + 0.25 ln 4 + 0.5 ln 2) / ln 3 = 1.5 ln 2 / ln 3 = 0.9464.
    assert entropy([1, 1, 2]) == pytest.approx(1.5 * math.log(2) / math.log(3))
    assert entropy([7, 7, 7]) == 1
    assert entropy([0, 9]) == 0
    assert entropy([5]) is entropy([0, 0]) is entropy([]) is None


@settings(max_examples=times(60))
@given(AMOUNTS)
def test_both_figures_keep_their_bounds(amounts: list[int]) -> None:
    spread, mixed = gini(amounts), entropy(amounts)
    assert spread is not None
    assert mixed is not None
    assert 0 <= spread <= 1 - 1 / len(amounts) + 1e-12
    assert 0 <= mixed <= 1
    assert math.isclose(math.fsum(share(one, sum(amounts)) for one in amounts), 1)


@settings(max_examples=times(30))
@given(st.integers(1, 10**9), st.integers(2, 40))
def test_equal_shares_are_equal(amount: int, n: int) -> None:
    assert gini([amount] * n) == 0
    assert entropy([amount] * n) == pytest.approx(1)


@settings(max_examples=times(60))
@given(AMOUNTS.flatmap(lambda amounts: st.tuples(st.just(amounts), st.permutations(amounts))))
def test_the_order_of_the_groups_changes_nothing(both: tuple[list[int], list[int]]) -> None:
    amounts, moved = both
    assert gini(amounts) == gini(moved)
    assert entropy(amounts) == entropy(moved)


@pytest.mark.parametrize(("part", "whole", "said"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (0, 0, 0), (7, 7, 100)])
def test_per_cent_are_whole(part: int, whole: int, said: int) -> None:
    assert percent(part, whole) == said

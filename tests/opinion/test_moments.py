"""The same people at two moments, and what can be published of them: attacked with integer programming by somebody who
knows the groups of everybody and who had voted by the first moment."""

from __future__ import annotations

import numpy as np
import pytest
from tests.opinion.moments import attacked, random_moment

from acquis.opinion.moments import Turned, is_publishable, turned


def people(*counted: tuple[int, str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """So many people of each kind: "+-" agreed before and does not now, ".+" had not voted before."""
    signs = [sign for number, sign in counted for _ in range(number)]
    first, last = ([sign[place] for sign in signs] for place in (0, 1))
    return np.array([sign != "." for sign in first]), np.array(first) == "+", np.array(last) == "+"


def test_the_same_people_are_counted() -> None:
    early, before, after = people((6, "++"), (7, "-+"), (5, "+-"), (9, "--"), (3, ".+"))
    assert turned(early, before, after) == Turned(27, 11, came=7, left=5)


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        ([(10, "++"), (10, "-+"), (5, "+-"), (10, "--")], True),
        ([(20, "++"), (20, "--")], True),
        ([(10, "++"), (4, "-+"), (10, "--")], False),
        ([(10, "++"), (1, "+-"), (10, "--")], False),
        ([(3, "++"), (10, "-+"), (10, "--")], False),
        ([(9, "-+")], False),
        ([(10, "-+"), (10, "--")], False),
        ([(10, "++"), (10, "--"), (4, ".+")], False),
        ([(10, "++"), (10, "--"), (6, ".+")], False),
        ([(10, "++"), (10, "--"), (6, ".+"), (1, ".-")], True),
    ],
    ids=[
        "all",
        "nobody-moved",
        "few-came",
        "one-left",
        "few-stayed",
        "nine-alike",
        "all-alike",
        "late",
        "late-alike",
        "late-7",
    ],
)
def test_counts_that_tell_of_few_people_are_not_published(counted: list[tuple[int, str]], shown: bool) -> None:
    early, before, after = people(*counted)
    read = turned(early, before, after)
    assert is_publishable(read, np.zeros(len(early), np.int64), early, after) == shown


def test_a_small_part_of_a_group_that_follows_is_not_published() -> None:
    """Nobody of the first cell agrees, so that the one late person who does is one of the two of the other cell."""
    early, before, after = people((20, "--"), (5, ".-"), (10, "++"), (10, "--"), (1, ".+"), (1, ".-"))
    cells = np.array([0] * 25 + [1] * 22)
    read = turned(early, before, after)
    assert is_publishable(read, np.zeros(len(early), np.int64), early, after)
    assert not is_publishable(read, cells, early, after)


def test_nothing_that_is_published_tells_how_few_people_voted() -> None:
    shown = 0
    for number in range(60):
        moment = random_moment(np.random.default_rng([11, number]))
        shown += moment.is_published
        assert not attacked(moment), number
    assert shown > 10

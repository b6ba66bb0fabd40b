"""The same people at two moments, and what can be published of them: attacked with integer programming by somebody who
knows the groups of everybody and who had voted by the first moment."""

from __future__ import annotations

import numpy as np
import pytest
from tests.effort import times
from tests.opinion.joint_moments import followed, random_statements
from tests.opinion.many_moments import random_several, several_follow
from tests.opinion.moments import attacked, random_moment

from acquis.opinion.moments import ClosedVote, Turned, is_publishable, is_publishable_beside, turned


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


@pytest.mark.parametrize(
    ("other", "alike", "shown"), [(1, 20, False), (4, 20, False), (5, 20, True), (0, 20, True), (1, 12, True)]
)
def test_two_statements_are_not_shown_together_if_few_voted_early_on_one_alone(
    other: int, alike: int, shown: bool
) -> None:
    """All vote alike on both, or `20 - alike` of those who agree, and of those who do not, differ."""
    voted, early, after = np.ones(40, np.bool_), np.arange(40) < 20, np.arange(40) % 2 == 0
    later = early | (np.arange(40) >= 40 - other)
    turned_ = after ^ (np.arange(40) >= 2 * alike)
    first, second = ClosedVote(early, voted, after), ClosedVote(later, voted, turned_)
    assert is_publishable_beside([first], second) == shown
    assert is_publishable_beside([second], first) == shown


def test_two_statements_together_do_not_tell_how_few_people_voted() -> None:
    """The attack on both statements, the totals, the groups and the ballots at once; without the rule it succeeds."""
    rooms = [random_statements(np.random.default_rng([13, number])) for number in range(20)]
    together = [room for room in rooms if len(room.published(jointly=False)) == 2]
    assert any(followed(room, jointly=False) for room in together)
    assert not any(followed(room, jointly=True) for room in together)
    assert any(len(room.published(jointly=True)) == 2 for room in together)


def test_three_statements_together_do_not_tell_how_few_people_voted() -> None:
    """Everybody votes alike; on each statement all but two people, and all but another third, had voted early. In
    pairs that is shown, and the two follow."""
    part = np.repeat(np.arange(4), [2, 8, 8, 8])
    early = [np.isin(part, several) for several in ((1, 2), (2, 3), (1, 3))]
    everybody, after = np.ones(26, np.bool_), np.arange(26) % 3 > 0
    first, second, third = (ClosedVote(of, everybody, after) for of in early)
    assert is_publishable_beside([first], second)
    assert is_publishable_beside([first], third)
    assert is_publishable_beside([second], third)
    assert not is_publishable_beside([first, second], third)
    for number in (22, 99):
        room = random_several(np.random.default_rng([19, number]))
        assert several_follow(room, room.published(pairs=True))
        assert not several_follow(room, room.published())


def test_nothing_follows_from_several_statements_of_random_rooms() -> None:
    rooms = [random_several(np.random.default_rng([23, number])) for number in range(times(60))]
    assert not any(several_follow(room, room.published()) for room in rooms if len(room.early) == 3)

"""The short list of a conversation tells of no vote of few people: neither its audit in the declared groups, nor that
beside the figures of the groups on several statements."""

from __future__ import annotations

import numpy as np
import pytest
from tests.effort import times

from acquis.opinion import Votes
from acquis.opinion.disclosure import shown_beside
from acquis.statistics.slate_words import DeclaredGroups, group_slates


def votes_of(agree: np.ndarray, voted: np.ndarray) -> Votes:
    number, statement = np.nonzero(voted)
    start = np.concatenate([[0], np.cumsum(voted.sum(1))]).astype(np.int64)
    choice = np.where(agree[number, statement], 1, -1).astype(np.int8)
    return Votes(range(len(voted)), range(voted.shape[1]), start, statement.astype(np.uint16), choice)


def test_figures_and_audits_of_several_statements_do_not_tell_how_few_people_voted() -> None:
    """The attack on all of it at once; it succeeds if each group is judged by itself."""
    pytest.importorskip("scipy")
    from tests.opinion.joint_slate import listed_follow, random_list  # noqa: PLC0415  # needs scipy

    rooms = [random_list(np.random.default_rng([17, number])) for number in range(times(200))]
    audited = [room for room in rooms if any(room.audits)]
    assert audited
    assert not any(listed_follow(room, room.audits) for room in audited)
    told = random_list(np.random.default_rng([17, 30]))
    assert listed_follow(told, told.every_audit)
    assert not listed_follow(told, told.audits)


def test_who_is_represented_is_a_vote_on_one_more_statement() -> None:
    """All twelve of the first group, half of the second, and nobody of nine others: how those voted would be known."""
    belongs = np.zeros((31, 2), np.bool_)
    belongs[:12, 0] = belongs[12:22, 1] = True
    heard = np.arange(31) < 17
    there = np.ones(31, np.bool_)
    assert shown_beside([belongs], there, heard)[0].tolist() == [True, False]
    heard[25] = True
    assert shown_beside([belongs], there, heard)[0].tolist() == [True, True]


@pytest.mark.parametrize(("place", "audits", "outside"), [(0, 0, 0), (2, 1, 0), (3, 1, 2)])
def test_a_group_is_left_out_if_its_votes_on_the_list_are_hidden(place: int, audits: int, outside: int) -> None:
    """Two statements of the list, two others; of twenty people of the group ten agree with the third one alone. The
    figures of statement `place` are hidden."""
    agree = np.zeros((40, 4), np.bool_)
    agree[:10, 2] = agree[10:16, 0] = agree[16:20, 1] = agree[20:30, 3] = True
    votes = votes_of(agree, np.ones_like(agree))
    belongs, shown = np.arange(40)[:, None] < 20, np.ones((1, 4), np.bool_)
    shown[0, place] = False
    (of_kind,) = group_slates(votes, [0, 1], [DeclaredGroups(["first"], belongs, shown)], range(4))
    assert len(of_kind) == audits
    assert [audit.outside for audit in of_kind] == [outside] * audits

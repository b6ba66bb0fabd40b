"""Speakers who register before the session: a balanced order, published, run, and computed again by the audit."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given as tried_with
from hypothesis import strategies as st

from acquis import events as ev
from acquis.floor import fairness
from acquis.floor.audit import audit_events
from acquis.floor.registration import balanced, speakers_list
from acquis.state import State
from acquis.state.undoing import Row

from ..core.story import (  # noqa: TID252  # tests are no installed package: there is no absolute name
    HOST,
    T0,
    Happened,
    given,
)

MINUTE = 60_000
GROUPS = ("Civil Society", "Government", "other")
PROGRAMME = ev.ProgrammePublished(
    "A dialogue",
    (
        ev.Segment("Statements", "other", 9, turn_limit_s=180, fair=False, open_floor=False, registered=True),
        ev.Segment("Questions", "questions", 30),
    ),
    settings=ev.Settings(balance="stakeholder"),
    stakeholder_groups=GROUPS[:-1],
)


def registers(name: str, group: str) -> tuple[str, ev.Event]:
    return f"p-{name}", ev.SpeakerRegistered(segment=0, person=f"p-{name}", stakeholder=group)


FOUR: tuple[Happened, ...] = (
    PROGRAMME,
    registers("a", "Government"),
    registers("b", "Government"),
    registers("c", "Government"),
    registers("d", "Civil Society"),
)
"""Entries 2, 3 and 4 are of governments, 5 is of civil society; three turns of three minutes fit."""
LIST = ev.SpeakersListPublished(0, (2, 5, 3), (4,))
RUNNING: tuple[Happened, ...] = (*FOUR, LIST, ev.SessionOpened(), ev.SegmentStarted(0, GROUPS))


@tried_with(st.lists(st.sampled_from("ABCD"), max_size=40))
def test_in_every_part_of_the_order_groups_with_somebody_left_differ_by_one_place_at_most(groups: list[str]) -> None:
    people = list(enumerate(groups, 1))
    group, order = dict(people), balanced(people)
    assert sorted(order) == [entry for entry, _ in people]
    for end in range(len(order) + 1):
        had, left = Counter(group[entry] for entry in order[:end]), {group[entry] for entry in order[end:]}
        for one, other in combinations(sorted(left), 2):
            assert abs(had[one] - had[other]) <= 1
        for done in had.keys() - left:  # a group that is through never had more than one place beyond the others
            assert all(had[done] <= had[other] + 1 for other in left)
    for name in set(groups):  # inside a group the order of registration counts
        mine = [entry for entry in order if group[entry] == name]
        assert mine == sorted(mine)


@tried_with(st.lists(st.sampled_from("ABC"), max_size=20), st.randoms())
def test_the_order_follows_from_the_registrations_alone(groups: list[str], dice: st.DataObject) -> None:
    people = list(enumerate(groups, 1))
    mixed = people[:]
    dice.shuffle(mixed)  # type: ignore[attr-defined]  # it is a random.Random
    assert balanced(mixed) == balanced(people)


def test_the_list_holds_as_many_as_the_minutes_and_keeps_the_others_in_reserve() -> None:
    assert speakers_list(given(*FOUR), 0) == LIST


def test_the_segment_calls_them_one_after_the_other_and_the_reserve_last() -> None:
    state = given(*RUNNING)
    assert [hand.seq for hand in fairness.order(state)] == [2, 5, 3, 4]
    picked = fairness.pick(state, state.at)
    assert picked is not None
    assert (picked.hand, picked.listed) == (2, True)
    after = given(*RUNNING, ev.FloorGiven(2), MINUTE, ev.TurnEnded(9))
    assert [hand.seq for hand in fairness.order(after)] == [5, 3, 4]
    assert after.turns[9].limit_s == 180


def test_who_withdrew_is_passed_over_and_who_came_late_is_last() -> None:
    happened: tuple[Happened, ...] = (
        *FOUR,
        LIST,
        ("p-d", ev.RegistrationWithdrawn(5)),
        registers("late", "Civil Society"),
        ev.SessionOpened(),
        ev.SegmentStarted(0, GROUPS),
    )
    assert [hand.seq for hand in fairness.order(given(*happened))] == [2, 3, 4, 8]


def test_another_segment_puts_them_back_and_their_own_takes_them_up_again() -> None:
    state = given(*RUNNING, ev.FloorGiven(2), ev.TurnEnded(9), ev.SegmentStarted(1, GROUPS))
    assert state.waiting == []
    assert state.hands[5].fate == "registered"
    again = given(
        *RUNNING, ev.FloorGiven(2), ev.TurnEnded(9), ev.SegmentStarted(1, GROUPS), ev.SegmentStarted(0, GROUPS)
    )
    assert [hand.seq for hand in fairness.order(again)] == [5, 3, 4]
    over = given(*RUNNING, ev.FloorGiven(2), ev.TurnEnded(9), ev.SegmentStarted(1, GROUPS), ev.SessionClosed())
    assert Counter(hand.fate for hand in over.hands.values()) == {"called": 1, "not_reached": 3}


def _rows(*happened: Happened) -> list[Row]:
    rows = list[Row]()
    for seq, thing in enumerate(happened, 1):
        assert not isinstance(thing, int)
        by, event = thing if isinstance(thing, tuple) else (HOST.person, thing)
        rows.append((seq, T0 + seq * 1000, by, event))
    return rows


def test_the_audit_computes_the_order_again() -> None:
    found = audit_events(_rows(*RUNNING, ev.FloorGiven(2), ev.TurnEnded(9), ev.FloorGiven(5)))
    assert found.ok
    assert (found.lists, found.by_rule) == (1, 2)
    wrong = audit_events(_rows(*FOUR, ev.SpeakersListPublished(0, (2, 3, 4), (5,))))
    assert (wrong.ok, wrong.misordered, wrong.first_bad) == (False, (6,), 6)
    skipped = audit_events(_rows(*RUNNING, ev.FloorGiven(5)))
    assert skipped.wrong == (9,)


def test_the_opening_can_be_taken_back_although_people_have_registered() -> None:
    taken = given(*FOUR, LIST, ev.SessionOpened(), ev.ActTakenBack(7))
    assert taken.phase == "published"
    assert isinstance(taken, State)

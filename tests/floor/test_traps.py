"""What goes wrong with queues in real rooms, one case each."""

from __future__ import annotations

import random

import pytest
from tests.effort import times
from tests.failing import failing

from acquis import events as ev
from acquis.command import Refused
from acquis.floor import fairness
from acquis.floor.queue import DeferHand, EndTurn, EnterHand, GiveFloor, RaiseHand
from acquis.floor.segments import clock, ending
from acquis.state import State, fold

from ..core.story import (  # noqa: TID252  # tests are no installed package: there is no absolute name
    ANN,
    BEN,
    EVE,
    OPEN,
    SECOND,
    T0,
    Happened,
    actor,
    given,
    hand,
    when,
)
from .simulation import CHAIR, Simulation

MINUTE = 60 * SECOND
CAT, DAN = actor("cat"), actor("dan")
BOTH: tuple[Happened, ...] = (*OPEN, hand(ANN), hand(CAT), hand(BEN))
"""Entries 4 and 5 are hands in the room, 6 is a hand online."""


def next_hand(state: State, at: int = 0) -> int:
    picked = fairness.pick(state, at or state.at)
    return picked.hand if picked else 0


def test_the_group_with_less_floor_time_is_next_and_the_pick_says_by_how_much() -> None:
    state = given(*BOTH, ev.FloorGiven(4), 3 * MINUTE, ev.TurnEnded(7))
    assert state.counters == {"room": 3 * MINUTE, "online": 0, "other": 0}
    assert fairness.pick(state, state.at) == fairness.Pick(6, "online", 3 * MINUTE, "room", first=True)


def test_calling_the_next_while_somebody_speaks_counts_their_turn_as_over() -> None:
    state = given(*BOTH, ev.FloorGiven(4))
    assert next_hand(state, state.at + 3 * MINUTE) == 6
    assert when(state, GiveFloor(6), at=state.at + 3 * MINUTE) == ev.FloorGiven(6)
    with pytest.raises(Refused, match="not_next"):
        when(state, GiveFloor(5), at=state.at + 3 * MINUTE)


def test_the_pick_moves_on_as_the_turn_that_runs_uses_up_what_its_group_was_behind() -> None:
    state = given(*BOTH, hand(EVE), ev.FloorGiven(4), 3 * MINUTE, ev.TurnEnded(8), ev.FloorGiven(6))
    picked = fairness.pick(state, state.at)
    assert (picked and picked.hand, picked and picked.behind) == (7, 3 * MINUTE - 20 * SECOND)
    assert next_hand(state, state.at + 3 * MINUTE - 1) == 7
    assert next_hand(state, state.at + 3 * MINUTE) == 5  # level: the earlier hand


def test_a_hand_raised_by_the_group_that_speaks_joins_level_and_then_pays_for_the_turn() -> None:
    """To the letter of the rule: it joins level with the groups that wait, and the turn that runs is charged on top. A
    hand raised a second after that turn stands better; the difference is never more than one turn."""
    before: tuple[Happened, ...] = (*BOTH, ev.FloorGiven(4), 3 * MINUTE, ev.TurnEnded(7), ev.FloorGiven(6))
    during = given(*before, hand(EVE), MINUTE, ev.TurnEnded(9))
    assert during.counters["online"] == 3 * MINUTE + MINUTE + SECOND
    assert next_hand(during) == 5
    after = given(*before, MINUTE, ev.TurnEnded(9), hand(EVE))
    assert after.counters["online"] == 3 * MINUTE


def test_silence_is_not_saved_up() -> None:
    late = given(*OPEN, hand(ANN), hand(CAT), ev.FloorGiven(4), 9 * MINUTE, ev.TurnEnded(6), hand(BEN))
    assert late.counters["online"] == late.counters["room"] == 9 * MINUTE
    assert next_hand(late) == 5


def test_inside_a_group_who_has_not_spoken_comes_first() -> None:
    state = given(*OPEN, hand(ANN), ev.FloorGiven(4), MINUTE, ev.TurnEnded(5), hand(ANN), hand(CAT))
    picked = fairness.pick(state, state.at)
    assert (picked and picked.hand, picked and picked.first) == (8, True)
    assert [h.seq for h in fairness.order(state)] == [8, 7]


def test_the_last_hand_is_taken_down_while_it_is_being_called() -> None:
    state = given(*OPEN, hand(ANN), ev.HandLowered(4))
    assert fairness.pick(state, state.at) is None
    assert fairness.order(state) == []
    with pytest.raises(Refused) as refused:
        when(state, GiveFloor(4))
    assert (refused.value.code, refused.value.facts["fate"]) == ("not_waiting", "lowered")


def test_two_moderators_press_next_at_once_and_one_person_is_called() -> None:
    """B F3: two moderators at once."""
    state = given(*BOTH)
    first = when(state, GiveFloor(4))
    assert first == ev.FloorGiven(4)
    state.apply(7, state.at, "p-other-moderator", first)
    with pytest.raises(Refused) as same:
        when(state, GiveFloor(4))
    with pytest.raises(Refused) as stale:
        when(state, GiveFloor(5))
    assert (same.value.code, stale.value.code) == ("not_waiting", "not_next")


def test_who_does_not_answer_keeps_the_place_once_and_then_goes_to_the_end() -> None:
    once = given(*BOTH, ev.FloorGiven(4), MINUTE, ev.NotResponding(7))
    assert once.counters == {"room": 0, "online": 0, "other": 0}
    assert next_hand(once) == 5
    assert [h.seq for h in fairness.order(once)] == [5, 6, 4]
    called_again = (ev.FloorGiven(5), ev.TurnEnded(9), ev.FloorGiven(6), MINUTE, ev.TurnEnded(11))
    twice = (*BOTH, ev.FloorGiven(4), MINUTE, ev.NotResponding(7), *called_again, hand(DAN), ev.FloorGiven(4))
    assert next_hand(given(*twice[:-1])) == 4
    state = given(*twice, hand(CAT), ev.NotResponding(14))
    assert [h.seq for h in fairness.order(state)] == [13, 4, 15]
    assert state.ever_spoken == {CAT.person, BEN.person}


def test_after_the_next_one_keeps_the_place() -> None:
    state = given(*BOTH, ev.HandDeferred(4))
    assert [h.seq for h in fairness.order(state)] == [5, 6, 4]
    assert next_hand(state) == 5
    state = given(*BOTH, hand(DAN), ev.HandDeferred(4), ev.FloorGiven(5), MINUTE, ev.TurnEnded(9), ev.HandLowered(6))
    assert next_hand(state) == 4
    assert when(state, DeferHand(4), ANN) == ev.HandDeferred(4)
    assert next_hand(given(*OPEN, hand(ANN), ev.HandDeferred(4))) == 4


def test_without_the_fair_rule_the_order_is_that_of_the_hands() -> None:
    ann, ben, cat = (
        actor("a", "room", "Government"),
        actor("b", "online", "Government"),
        actor("c", "room", "Government"),
    )
    segment = ev.SegmentStarted(2, ("room", "online", "other"))
    state = given(*OPEN, hand(ann), hand(cat), hand(ben), segment)
    assert [h.seq for h in fairness.order(state)] == [4, 5, 6]
    assert fairness.pick(state, state.at) == fairness.Pick(4, "room", fair=False)
    turn = (hand(ann), ev.FloorGiven(5), MINUTE, ev.TurnEnded(6))
    spoke = given(*OPEN, segment, *turn, hand(ann), hand(ben))
    assert next_hand(spoke) == 8
    deferred = given(*OPEN, hand(ann), hand(ben), hand(EVE), segment, ev.HandDeferred(4), ev.FloorGiven(5))
    assert next_hand(deferred) == 4


@pytest.mark.parametrize(("carry", "waits", "fate"), [(True, [5], "waiting"), (False, [], "not_reached")])
def test_a_segment_change_ends_the_turn_and_hands_stay_or_go(carry: bool, waits: list[int], fate: str) -> None:
    groups = ("room", "online", "other")
    state = given(*OPEN, hand(ANN), hand(CAT), ev.FloorGiven(4), MINUTE, ev.SegmentStarted(2, groups, carry))
    assert (state.turn, state.turns[6].fate, state.turns[6].spent) == (0, "ended", MINUTE)
    assert state.counters == dict.fromkeys(groups, 0)
    assert state.waiting == waits
    assert state.hands[5].fate == fate
    assert state.spoken == set()
    assert state.ever_spoken == {ANN.person}


def test_a_point_of_order_stops_the_clock_and_the_turn_goes_on() -> None:
    """B row 4."""
    order = (hand(BEN, "point_of_order"), ev.FloorGiven(6))
    state = given(*OPEN, hand(ANN), ev.FloorGiven(4), MINUTE, *order, 2 * MINUTE)
    assert (state.turn, state.interrupted, state.turns[5].fate) == (7, 5, "interrupted")
    assert clock(state, state.at + 2 * MINUTE).turn_left == -MINUTE  # its own limit is one minute
    state = given(*OPEN, hand(ANN), ev.FloorGiven(4), MINUTE, *order, 2 * MINUTE, ev.TurnEnded(7))
    assert (state.turn, state.interrupted, state.turns[5].fate) == (5, 0, "running")
    assert clock(state, state.at).turn_used == MINUTE + SECOND
    assert clock(state, state.at + MINUTE).turn_used == 2 * MINUTE + SECOND
    both_ended = (ev.TurnEnded(7), MINUTE, ev.TurnEnded(5))
    state = given(*OPEN, hand(ANN), ev.FloorGiven(4), MINUTE, *order, 2 * MINUTE, *both_ended)
    assert state.counters == {"room": 2 * MINUTE + SECOND, "online": 0, "other": 0}
    assert state.turns[7].spent == 2 * MINUTE


def test_a_second_point_of_order_takes_the_place_of_the_first() -> None:
    orders = (hand(BEN, "point_of_order"), hand(EVE, "point_of_order"), ev.FloorGiven(6), ev.FloorGiven(7))
    state = given(*OPEN, hand(ANN), ev.FloorGiven(4), *orders)
    assert (state.turn, state.interrupted, state.turns[8].fate) == (9, 5, "ended")
    with pytest.raises(Refused, match="not_running"):
        when(state, EndTurn(5))
    state = given(*OPEN, hand(ANN), ev.FloorGiven(4), *orders, hand(CAT), ev.FloorGiven(10))
    assert (state.turn, state.interrupted) == (11, 0)
    assert [turn.fate for turn in state.turns.values()] == ["ended", "ended", "ended", "running"]


def test_the_floor_goes_from_a_point_of_order_to_the_panel_and_every_turn_is_over() -> None:
    state = given(*OPEN, hand(ANN), ev.FloorGiven(4), hand(BEN, "point_of_order"), ev.FloorGiven(6))
    state.apply(8, state.at + MINUTE, CHAIR.person, ev.SpeakerGivenFloor(1))
    assert [turn.fate for turn in state.turns.values()] == ["ended", "ended", "running"]
    assert state.turns[8].limit_s == 180


def test_lanes_beside_the_queue_are_not_charged_and_do_not_count_as_having_spoken_in_it() -> None:
    unscheduled = (
        hand(ANN, "right_of_reply"),
        ev.FloorGiven(4),
        MINUTE,
        ev.TurnEnded(5),
        ev.SpeakerGivenFloor(1),
        MINUTE,
    )
    state = given(*OPEN, *unscheduled, ev.TurnEnded(7))
    assert set(state.counters.values()) == {0}
    assert state.spoken == set()
    assert [(turn.kind, turn.limit_s) for turn in state.turns.values()] == [("right_of_reply", 120), ("speaker", 180)]


def test_a_turn_is_charged_twenty_seconds_at_least() -> None:
    state = given(*OPEN, hand(ANN), ev.FloorGiven(4), 5 * SECOND, ev.TurnEnded(5))
    assert state.counters["room"] == 20 * SECOND
    assert state.turns[5].spent == 5 * SECOND


def test_a_person_entered_by_a_moderator_stands_in_the_same_list() -> None:
    state = given(*OPEN, hand(ANN), ev.HandEntered(person="p-guest", lane="online"))
    assert [h.person for h in fairness.order(state)] == [ANN.person, "p-guest"]
    with pytest.raises(Refused, match="already_waiting"):
        when(state, EnterHand(person=ANN.person))


def test_one_person_cannot_wait_twice_but_may_wait_and_reply() -> None:
    state = given(*OPEN, hand(ANN), hand(ANN, "right_of_reply"))
    for kind in ("turn", "right_of_reply"):
        with pytest.raises(Refused, match="already_waiting"):
            when(state, RaiseHand(kind), ANN)


def test_the_end_that_is_expected_moves_with_what_is_over_time() -> None:
    """B F12, row 35: the session was planned for 55 minutes; its second part, of 30 minutes, runs now."""
    state = given(*OPEN)
    end = ending(state)
    assert end.planned == state.opened_at + 55 * MINUTE
    assert end.expected(state.segment_at) == state.segment_at + 40 * MINUTE
    assert end.expected(state.segment_at + 33 * MINUTE) == state.segment_at + 43 * MINUTE
    assert ending(given(*OPEN, ev.SessionClosed())).planned == 0


def test_the_clock_gives_its_cues() -> None:
    state = given(*OPEN)
    begun = state.segment_at
    cues = {minutes: clock(state, begun + minutes * MINUTE).cue for minutes in (0, 25, 29, 30, 31)}
    assert cues == {0: "", 25: "five_minutes", 29: "one_minute", 30: "one_minute", 31: "over"}
    assert clock(state, begun + 31 * MINUTE).segment_left == -MINUTE
    assert clock(state, begun).more == 10
    speaking = given(*OPEN, hand(ANN), ev.FloorGiven(4))
    over = clock(speaking, speaking.at + 4 * MINUTE)
    assert (over.cue, over.turn_left) == ("", -MINUTE)
    closed = given(*OPEN, ev.SessionClosed())
    assert clock(closed, T0 + 99 * MINUTE).segment_used == 0


def _list_is_whole(seed: int) -> None:
    """B row 8."""
    simulation = Simulation(random.Random(seed), ("Civil Society", "Government", "other"))
    for _ in range(40):
        simulation.run(1)
        order = fairness.order(simulation.state)
        assert sorted(h.seq for h in order) == sorted(h.seq for h in simulation.state.queue())
        if not simulation.state.turn and order:
            assert next_hand(simulation.state) == order[0].seq


def test_the_list_begins_with_the_pick_and_holds_everybody_once() -> None:
    assert failing(_list_is_whole, range(times(60))) == []


def _same_log_gives_the_same_floor(seed: int) -> None:
    simulation = Simulation(
        random.Random(seed), ("Civil Society", "Government", "Private Sector", "other"), overrides=0.1
    )
    simulation.run(80)
    again = fold(simulation.log)
    assert again == simulation.state
    assert fairness.pick(again, simulation.at) == fairness.pick(simulation.state, simulation.at)
    half = len(simulation.log) // 2
    assert fold(simulation.log[half:], fold(simulation.log[:half])) == simulation.state


def test_the_same_log_gives_the_same_floor() -> None:
    assert failing(_same_log_gives_the_same_floor, range(times(30))) == []


def _names_do_not_matter(seed: int) -> None:
    """Only their order does, and that as the last of three criteria."""
    one = Simulation(random.Random(seed), ("Civil Society", "Government", "other"))
    two = Simulation(random.Random(seed), ("Zebras", "Aardvarks", "other"))
    one.run(60)
    two.run(60)
    assert [turn.hand for turn in one.state.turns.values()] == [turn.hand for turn in two.state.turns.values()]
    assert list(one.state.counters.values()) == list(two.state.counters.values())


def test_the_names_of_the_groups_do_not_matter() -> None:
    assert failing(_names_do_not_matter, range(times(20))) == []


@pytest.mark.parametrize("balance", ["lane", "stakeholder", "region"])
def test_the_rule_weighs_what_was_announced(balance: ev.Balance) -> None:
    programme = ev.ProgrammePublished(
        "A dialogue", (ev.Segment("Questions"),), settings=ev.Settings(balance=balance), stakeholder_groups=("A", "B")
    )
    groups = {"lane": ("room", "online"), "stakeholder": ("A", "B"), "region": ("N", "S")}[balance]
    first, second = (
        actor("one", "room", "A", "N"),
        actor("two", "online", "B", "S"),
    )
    stranger = actor("three", "", "somebody", "elsewhere")
    state = given(
        programme,
        ev.SessionOpened(),
        ev.SegmentStarted(0, (*groups, "other")),
        *(hand(by) for by in (first, second, stranger)),
    )
    assert state.waiting_groups() == {*groups, "other"}

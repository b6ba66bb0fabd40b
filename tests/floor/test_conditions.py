"""A condition holds when it is used, not only when something enters the list (B F9)."""

from __future__ import annotations

import random

import pytest

from acquis import events as ev
from acquis.floor import fairness
from acquis.floor.audit import audit, audit_events
from acquis.floor.queue import GiveFloor
from acquis.floor.segments import PAUSE_MS
from acquis.state.undoing import Row

from ..core.story import (  # noqa: TID252  # tests are no installed package: there is no absolute name
    ANN,
    BEN,
    EVE,
    HOST,
    OPEN,
    QUESTIONS,
    T0,
    Happened,
    given,
    hand,
)
from .simulation import Account, Simulation

PANEL, STATES = 0, 2
MINUTE = 60_000
GROUPS = ("Civil Society", "Government", "other")
UP: tuple[Happened, ...] = (*OPEN, hand(ANN), hand(BEN), hand(EVE))
"""Entries 4, 5 and 6: hands of two people who named no group, and of a government."""


def test_the_rule_names_nobody_who_may_not_speak_in_this_part() -> None:
    """B F9: a hand that was carried into a part for others keeps its place and is not next."""
    state = given(*UP, ev.SegmentStarted(STATES, ()))
    picked = fairness.pick(state, state.at)
    assert picked is not None
    assert picked.hand == 6
    assert [h.seq for h in fairness.order(state)] == [6]
    assert [h.seq for h in state.queue(admitted=False)] == [4, 5]
    assert state.waiting == [4, 5, 6]


def test_a_part_without_an_open_floor_names_nobody() -> None:
    """B F9: a hand that is carried into the closing part."""
    state = given(*UP, ev.SegmentStarted(PANEL, ()))
    assert fairness.pick(state, state.at) is None
    assert fairness.order(state) == []
    assert [h.seq for h in state.queue(admitted=False)] == [4, 5, 6]


def test_a_hand_that_was_set_aside_has_its_place_in_the_next_part_that_admits_it() -> None:
    state = given(*UP, ev.SegmentStarted(STATES, ()), ev.SegmentStarted(QUESTIONS, ("room", "online", "other")))
    assert [h.seq for h in fairness.order(state)] == [4, 5, 6]
    assert state.queue(admitted=False) == []


def _audited(last: ev.Event) -> tuple[bool, int, dict[str, int], tuple[int, ...]]:
    happened: tuple[Happened, ...] = (*OPEN, hand(ANN), hand(EVE), ev.SegmentStarted(STATES, ()), last)
    rows = list[Row]()
    for seq, thing in enumerate(happened, 1):
        assert not isinstance(thing, int)
        by, event = thing if isinstance(thing, tuple) else (HOST.person, thing)
        rows.append((seq, T0 + seq * 1000, by, event))
    found = audit_events(rows)
    return found.ok, found.by_rule, found.reasons, found.wrong


def test_the_audit_judges_by_the_part_in_which_the_floor_was_given() -> None:
    """B F9: by the rule only those can be called whom the part admits; the chair can depart from it with a reason."""
    assert _audited(ev.FloorGiven(5)) == (True, 1, {}, ())
    assert _audited(ev.FloorGiven(4)) == (False, 0, {}, (7,))
    assert _audited(ev.FloorGiven(4, "other")) == (True, 0, {"other": 1}, ())


def test_calling_somebody_who_was_set_aside_lowers_no_level() -> None:
    """The counter of a group that the part does not admit says nothing of those who wait: a group that raises its first
    hand later must not stand behind it."""
    programme = (
        ev.ProgrammePublished(
            "A dialogue",
            (ev.Segment("All", "questions", 30), ev.Segment("States", "questions", 30, stakeholders=("Government",))),
            settings=ev.Settings(balance="stakeholder"),
            stakeholder_groups=GROUPS[:-1],
        ),
        ev.SessionOpened(),
        ev.SegmentStarted(0, GROUPS),
    )
    up: tuple[Happened, ...] = (
        ("p-1", ev.HandRaised(stakeholder="Civil Society")),
        ("p-2", ev.HandRaised(stakeholder="Government")),
        ev.SegmentStarted(1, GROUPS),
    )
    turns: tuple[Happened, ...] = (
        ev.FloorGiven(5),
        10 * MINUTE,
        ev.TurnEnded(7),
        ("p-3", ev.HandRaised(stakeholder="Government")),
        ev.FloorGiven(9),
        MINUTE,
        ev.TurnEnded(10),
        ev.FloorGiven(4, "other"),
    )
    state = given(*programme, *up, *turns)
    assert state.level == 10 * MINUTE


class _Restricted(Simulation):
    """A session whose second segment admits one group; the chair now and then calls somebody who was set aside."""

    def next(self) -> None:
        aside = self.state.queue(admitted=False)
        if aside and self.dice.random() < 0.1:
            self.call(self.dice.choice(aside).seq)
        else:
            super().next()


@pytest.mark.parametrize("seed", range(20))
def test_bounds_and_audit_hold_in_a_part_for_one_group(seed: int) -> None:
    """The bounds are checked after each step by the simulation itself, and the audit judges every call again."""
    dice = random.Random(seed)
    played = _Restricted(dice, GROUPS, overrides=0.1, restricted=("Government",))
    played.run(60)
    played.account = Account(GROUPS)
    played.entry(ev.SegmentStarted(1, GROUPS))
    for _ in range(80):
        played.run(1)
        picked = fairness.pick(played.state, played.at)
        assert picked is None or played.state.admits(played.state.hands[picked.hand])
    assert audit(played.log).ok


def test_an_override_cannot_call_a_reply_beyond_the_limit() -> None:
    """The limit of replies is that of replies that were given; who did not respond has given none."""
    state = given(*OPEN, hand(ANN, "right_of_reply"), ev.FloorGiven(4), ev.NotResponding(5))
    assert GiveFloor(4).decide(state, HOST, state.at + PAUSE_MS) == ev.FloorGiven(4)

"""The audit judges every call again, from the log alone."""

from __future__ import annotations

import random

import pytest
from tests.effort import times
from tests.failing import failing

from acquis import events as ev
from acquis.floor.audit import Audit, Floor, Share, audit, audit_events
from acquis.floor.audit_words import audit_lines
from acquis.i18n import PSEUDO
from acquis.state.undoing import Row

from ..core.story import (  # noqa: TID252  # tests are no installed package: there is no absolute name
    ANN,
    BEN,
    EVE,
    HOST,
    OPEN,
    SECOND,
    T0,
    Happened,
    actor,
    asked,
    hand,
)
from .simulation import Simulation

MINUTE = 60 * SECOND
CAT = actor("cat")
GROUPS = ("Civil Society", "Government", "Private Sector", "other")


def audited(*happened: Happened) -> Audit:
    rows: list[Row] = []
    at = T0
    for thing in happened:
        if isinstance(thing, int):
            at += thing - SECOND
            continue
        by, event = thing if isinstance(thing, tuple) else (HOST.person, thing)
        rows.append((len(rows) + 1, at, by, event))
        at += SECOND
    return audit_events(rows)


def test_an_act_that_was_taken_back_is_counted_and_every_later_call_is_judged_without_it() -> None:
    """W M2: the floor given by slip, taken back, and given by the rule."""
    found = audited(*OPEN, hand(ANN), hand(BEN), ev.FloorGiven(5), ev.ActTakenBack(6), ev.FloorGiven(4))
    assert found.ok
    assert (found.by_rule, found.wrong, found.taken_back) == (1, (), 1)
    assert any("undone" in line for line in audit_lines("en", found))


def test_an_empty_log_has_nothing_to_answer_for() -> None:
    empty = audit([])
    assert empty.ok
    assert (empty.entries, empty.by_rule, empty.floors, empty.shares) == (0, 0, (), ())
    assert audit_lines("en", empty)[0] == "Every choice of speaker followed the fairness rule or had a stated reason."


WHOLE: tuple[Happened, ...] = (
    *OPEN,
    hand(ANN),  # 4
    hand(BEN),
    hand(EVE),
    ev.FloorGiven(4),  # 7: by the rule
    3 * MINUTE,
    ev.FloorGiven(6, "not_heard_yet"),  # 8: Ben was next
    hand(ANN, "point_of_order"),
    2 * MINUTE,
    ev.FloorGiven(9),  # 10: beside the queue
    MINUTE,
    ev.TurnEnded(10),
    ev.PointOfOrderRuled(10, True),
    MINUTE,
    ev.TurnEnded(8),
    ev.SpeakerGivenFloor(1),
    5 * MINUTE,
    asked(ANN),  # 15
    ev.QuestionHeldBack(15, "off_topic"),
    asked(BEN),
    ev.SessionClosed(),
)


def test_a_session_is_counted() -> None:
    result = audited(*WHOLE)
    assert result.ok
    assert (result.by_rule, result.by_override, result.reasons) == (1, 1, {"not_heard_yet": 1})
    longest = 3 * MINUTE + 2 * SECOND
    assert result.floors == (Floor(1, True, 0, longest, longest),)
    assert result.shares == (
        Share("turn", "online", "online", 1, longest),
        Share("turn", "room", "room", 1, 3 * MINUTE),
        Share("speaker", "", "", 1, 5 * MINUTE + 3 * SECOND),
        Share("point_of_order", "room", "room", 1, MINUTE),
    )
    assert (result.first_time, result.not_responding, result.points_upheld) == (2, 0, 1)
    assert result.waits == {"online": 3 * MINUTE + SECOND, "room": 3 * SECOND}
    assert result.hands == {"called": 2, "not_reached": 1}
    assert result.questions == {"held_back": 1, "not_reached": 1}
    assert result.held_back == {"off_topic": 1}


def test_a_session_is_told_in_sentences() -> None:
    assert audit_lines("en", audited(*WHOLE)) == [
        "Every choice of speaker followed the fairness rule or had a stated reason.",
        "2 choices of speaker: 1 under the rule, 1 out of turn.",
        "Reasons for giving the floor out of turn: 1 not heard yet.",
        "Segment 2: largest difference between waiting groups 0 s, limit 6 min 04 s.",
        "interventions from the list of speakers: 3 min 02 s in 1 intervention (online).",
        "interventions from the list of speakers: 3 min in 1 intervention (the room).",
        "panellists: 5 min 03 s in 1 intervention.",
        "points of order: 1 min in 1 intervention (the room).",
        "online: half of the speakers waited 3 min 01 s or less.",
        "the room: half of the speakers waited 3 s or less.",
        "2 people spoke for the first time.",
        "1 request was not reached.",
        "Questions: 1 withheld, 1 not reached.",
        "Questions withheld: 1 off topic.",
    ]


def test_every_sentence_can_be_translated() -> None:
    assert all(line.startswith("[") for line in audit_lines(PSEUDO, audited(*WHOLE)))


def test_a_call_against_the_rule_without_a_reason_is_named() -> None:
    result = audited(*OPEN, hand(ANN), hand(BEN), ev.FloorGiven(5))
    assert (result.wrong, result.first_bad, result.ok) == ((6,), 6, False)
    assert (
        audit_lines("en", result)[0]
        == "Entries in which the floor was given against the fairness rule without a reason: 6."
    )


def test_the_rule_is_judged_at_the_moment_of_the_call() -> None:
    calls: tuple[Happened, ...] = (*OPEN, hand(ANN), hand(CAT), hand(BEN), ev.FloorGiven(4), 3 * MINUTE)
    assert audited(*calls, ev.FloorGiven(6)).wrong == ()
    assert audited(*calls, ev.FloorGiven(5)).wrong == (8,)


def test_without_the_fair_rule_the_order_of_the_hands_is_the_rule() -> None:
    hands = (hand(actor("gov", stakeholder="Government")), hand(EVE))
    plain: tuple[Happened, ...] = (*OPEN, *hands, ev.SegmentStarted(2, ("room", "online", "other")))
    assert audited(*plain, ev.FloorGiven(4), MINUTE, ev.FloorGiven(5)).ok
    result = audited(*plain, ev.FloorGiven(5))
    assert (result.wrong, result.floors[-1].fair) == ((7,), False)


@pytest.mark.parametrize(
    "entry", [ev.FloorGiven(99), ev.HandLowered(99), ev.VoteCast(4, "agree"), ev.TurnNoted(9, "x")]
)
def test_an_entry_that_no_session_can_have_written_ends_the_audit(entry: ev.Event) -> None:
    result = audited(*OPEN, hand(ANN), entry, hand(BEN))
    assert (result.unreadable, result.first_bad, result.ok, result.entries) == (5, 5, False, 4)
    assert audit_lines("en", result)[0].startswith("Entry 5 does not follow from the entries before it")


def test_who_did_not_answer_is_counted_and_not_charged() -> None:
    result = audited(*OPEN, hand(ANN), ev.FloorGiven(4), MINUTE, ev.NotResponding(5))
    assert (result.not_responding, result.by_rule, result.first_time, result.shares) == (1, 1, 0, ())
    assert "1 speaker did not respond." in audit_lines("en", result)


def _audit_agrees(seed: int) -> None:
    simulation = Simulation(random.Random(seed), GROUPS, overrides=0.15)
    simulation.run(120)
    result = audit(simulation.log)
    turns = [turn for turn in simulation.state.turns.values() if turn.kind == "turn"]
    assert result.ok
    assert result.by_override == sum(bool(turn.override) for turn in turns)
    assert result.by_rule == len(turns) - result.by_override
    assert (result.floors[-1].longest, result.floors[-1].overridden) == (
        simulation.account.longest,
        simulation.account.overrides,
    )
    assert sum(share.ms for share in result.shares if share.kind == "turn") == sum(
        turn.used(simulation.state.at) for turn in turns if turn.fate != "not_responding"
    )


def test_whatever_happened_in_a_room_the_audit_agrees() -> None:
    assert failing(_audit_agrees, range(times(40))) == []


def _override_is_found(seed: int) -> None:
    simulation = Simulation(random.Random(seed), GROUPS, overrides=0.5)
    simulation.run(100)
    overridden = [seq for seq, turn in simulation.state.turns.items() if turn.override]
    rows: list[Row] = []
    for seq, at, by, body in simulation.log:
        event = ev.from_body(body)
        rows.append((seq, at, by, ev.FloorGiven(event.hand) if isinstance(event, ev.FloorGiven) else event))
    assert list(audit_events(rows).wrong) == overridden


def test_an_override_whose_reason_is_taken_out_of_the_log_is_found() -> None:
    assert failing(_override_is_found, range(times(20))) == []

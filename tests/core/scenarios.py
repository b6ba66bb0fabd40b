"""What every command does, case by case: the event it yields, nothing, or the code it refuses with. Here the session
and the queue; questions, statements and the report are in `scenarios_words.py`.

`test_commands.py` plays the cases and finds out which are missing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec.structs import replace

from acquis import events as ev
from acquis.command import Actor, Command
from acquis.floor.people import Join
from acquis.floor.queue import (
    DeferHand,
    EndTurn,
    EnterHand,
    GiveFloor,
    GiveFloorToSpeaker,
    LowerHand,
    NoteTurn,
    RaiseHand,
    RuleOnPoint,
    SkipNotResponding,
)
from acquis.floor.segments import (
    ChangeSettings,
    CloseList,
    CloseSession,
    OpenList,
    OpenSession,
    StartSegment,
)
from acquis.plan.programme import CancelSession, PublishProgramme

from .story import (
    ANN,
    BEN,
    EVE,
    GROUPS,
    HOST,
    OPEN,
    PROGRAMME,
    QUESTIONS,
    SECOND,
    Happened,
    asked,
    hand,
    joined,
    opened,
)


class Refusal(NamedTuple):
    code: str
    facts: dict[str, Any]


def no(code: str, **facts: Any) -> Refusal:
    return Refusal(code, facts)


class Case(NamedTuple):
    given: tuple[Happened, ...]
    command: Command
    by: Actor
    then: ev.Event | Refusal | None
    after: int = 2 * SECOND
    """How long after the last entry it is decided, in ms."""


DRAFT: tuple[Happened, ...] = ()
PUBLISHED: tuple[Happened, ...] = (PROGRAMME,)
CLOSED: tuple[Happened, ...] = (*OPEN, ev.SessionClosed())
FREE: tuple[Happened, ...] = opened(moderated=False)
"""Open, with questions and statements that nobody moderates."""


class Cases(list[Case]):
    """The cases of one file."""

    def __call__(
        self,
        given: tuple[Happened, ...],
        command: Command,
        then: ev.Event | Refusal | None,
        by: Actor = HOST,
        after: int = 2 * SECOND,
    ) -> None:
        self.append(Case(given, command, by, then, after))

    def only_open(self, command: Command, by: Actor = HOST) -> None:
        self(PUBLISHED, command, no("not_open"), by)
        self(CLOSED, command, no("session_closed"), by)

    def only_published(self, command: Command, by: Actor = HOST) -> None:
        self(DRAFT, command, no("not_published"), by)
        self(CLOSED, command, no("session_closed"), by)


case = Cases()

# --- plan -------------------------------------------------------------------------------------------------------

DOCUMENT = {
    "title": "A dialogue",
    "segments": [{"title": "Questions", "kind": "questions", "minutes": 30, "turn_limit_s": 60, "fair": True}],
}
IGF = PublishProgramme({**DOCUMENT, "profile": "nobody's"})
case(PUBLISHED, PublishProgramme({"title": "A dialogue"}), no("no_segments"))
case(PUBLISHED, PublishProgramme({"title": 7}), no("bad_programme", where="title", reason="this has to be a text"))
case(PUBLISHED, IGF, no("no_such_profile", profile="nobody's"))
case(OPEN, PublishProgramme(DOCUMENT), no("already_open"))
case(PUBLISHED, CancelSession(), ev.SessionCancelled())
case((*PUBLISHED, ev.SessionCancelled()), CancelSession(), None)
case((), CancelSession(), no("not_published"))
case(OPEN, CancelSession(), no("already_open"))

# --- the session ------------------------------------------------------------------------------------------------

case(PUBLISHED, OpenSession(), ev.SessionOpened(chatham=False))
case(OPEN, OpenSession(), None)
case((*PUBLISHED, ev.SessionCancelled()), OpenSession(), no("session_cancelled"))
case.only_published(OpenSession())

case(OPEN, StartSegment(0), ev.SegmentStarted(0, ("room", "online", "other")))
case(opened("region"), StartSegment(0, carry=False), ev.SegmentStarted(0, ("Africa", "Asia-Pacific", "other"), False))
case(opened("stakeholder"), StartSegment(2), ev.SegmentStarted(2, (*GROUPS, "other")))
case(OPEN, StartSegment(QUESTIONS), None)
case(OPEN, StartSegment(3), no("no_such_segment", segment=3))
case(OPEN, StartSegment(-1), no("no_such_segment", segment=-1))
case.only_open(StartSegment(0))

case(OPEN, CloseSession(), ev.SessionClosed())
case(CLOSED, CloseSession(), None)
case(PUBLISHED, CloseSession(), no("not_open"))

case(OPEN, ChangeSettings(moderated=False, anonymous=True), ev.SettingsChanged(False, True))
case(PUBLISHED, ChangeSettings(moderated=True, anonymous=False), ev.SettingsChanged(True, False))
case(OPEN, ChangeSettings(moderated=True, anonymous=True), None)
case.only_published(ChangeSettings(moderated=False, anonymous=False))

case(OPEN, CloseList(), ev.ListClosed())
case((*OPEN, ev.ListClosed()), CloseList(), None)
case.only_open(CloseList())
case((*OPEN, ev.ListClosed()), OpenList(), ev.ListOpened())
case(OPEN, OpenList(), None)
case.only_open(OpenList())

JOIN = Join(lane="room", stakeholder="Government", region="Africa")
case(PUBLISHED, JOIN, ev.ParticipantJoined(lane="room", stakeholder="Government", region="Africa"), ANN)
case((*OPEN, joined(ANN)), JOIN, ev.ParticipantJoined(lane="room", stakeholder="Government", region="Africa"), ANN)
case((*OPEN, joined(ANN)), Join(lane="room"), None, ANN)
case(
    OPEN,
    Join(lane="room", stakeholder="other", region="other"),
    ev.ParticipantJoined(lane="room", stakeholder="other", region="other"),
    ANN,
)
case(OPEN, Join(lane="room", stakeholder="Martians"), no("no_such_group", group="Martians", groups=list(GROUPS)), ANN)
case.only_published(JOIN, ANN)

# --- the queue --------------------------------------------------------------------------------------------------

case(OPEN, RaiseHand(), ev.HandRaised(lane="room"), ANN)
COST = ev.HandRaised(lane="online", stakeholder="Government", about="cost", unread=True)
case(OPEN, RaiseHand(about="  cost "), COST, EVE)
case(FREE, RaiseHand(about="  cost "), replace(COST, unread=False), EVE)
case((*OPEN, ev.ListClosed()), RaiseHand("point_of_order"), ev.HandRaised("point_of_order", lane="room"), ANN)
case((*OPEN, hand(ANN)), RaiseHand("right_of_reply"), ev.HandRaised("right_of_reply", lane="room"), ANN)
case.only_open(RaiseHand(), ANN)
case((*OPEN, ev.SegmentStarted(0, ())), RaiseHand(), no("no_open_floor"), ANN)
case((PROGRAMME, ev.SessionOpened()), RaiseHand(), no("no_open_floor"), ANN)
case((*OPEN, ev.ListClosed()), RaiseHand(), no("list_closed"), ANN)
case((*OPEN, ev.SegmentStarted(2, ())), RaiseHand(), no("not_in_this_segment", groups=["Government"]), ANN)
case((*OPEN, hand(BEN), hand(EVE), hand(ANN)), RaiseHand(), no("already_waiting", position=2), ANN)
case((*OPEN, hand(ANN), ev.FloorGiven(4)), RaiseHand(), no("has_floor"), ANN)
HALTED: tuple[Happened, ...] = (*OPEN, hand(ANN), ev.FloorGiven(4), hand(BEN, "point_of_order"), ev.FloorGiven(6))
case(HALTED, RaiseHand(), no("has_floor"), ANN)
case(HALTED, RaiseHand("point_of_order"), no("has_floor"), BEN)
REPLIED: tuple[Happened, ...] = (hand(ANN, "right_of_reply"), ev.FloorGiven(4), ev.TurnEnded(5))
TWICE: tuple[Happened, ...] = (*OPEN, *REPLIED, hand(ANN, "right_of_reply"), ev.FloorGiven(7), ev.TurnEnded(8))
case((*OPEN, *REPLIED), RaiseHand("right_of_reply"), ev.HandRaised("right_of_reply", lane="room"), ANN)
case(TWICE, RaiseHand("right_of_reply"), no("too_many_replies", limit=2), ANN)
case(OPEN, RaiseHand(about="x" * 141), no("text_too_long", limit=140, length=141), ANN)

case(OPEN, EnterHand(person="p-guest"), ev.HandEntered(person="p-guest"))
case(
    OPEN,
    EnterHand(person="p-guest", lane="online", stakeholder="Government", region="Africa", about="cost"),
    ev.HandEntered(
        person="p-guest", kind="turn", lane="online", stakeholder="Government", region="Africa", about="cost"
    ),
)
case(OPEN, EnterHand(person=""), no("bad_person"))
case(OPEN, EnterHand(person="p" * 41), no("bad_person"))
case(
    OPEN,
    EnterHand(person="p-guest", region="Mars"),
    no("no_such_group", group="Mars", groups=["Africa", "Asia-Pacific"]),
)
case.only_open(EnterHand(person="p-guest"))
case((*OPEN, ev.SegmentStarted(0, ())), EnterHand(person="p-guest"), no("no_open_floor"))
case((*OPEN, ev.ListClosed()), EnterHand(person="p-guest"), no("list_closed"))
case((*OPEN, ev.SegmentStarted(2, ())), EnterHand(person="p-guest"), no("not_in_this_segment", groups=["Government"]))
case((*OPEN, ev.HandEntered(person="p-guest")), EnterHand(person="p-guest"), no("already_waiting", position=1))
case((*OPEN, ev.HandEntered(person="p-guest"), ev.FloorGiven(4)), EnterHand(person="p-guest"), no("has_floor"))
case(TWICE, EnterHand(person=ANN.person, kind="right_of_reply"), no("too_many_replies", limit=2))
case(OPEN, EnterHand(person="p-guest", about="x" * 141), no("text_too_long", limit=140, length=141))

case((*OPEN, hand(ANN)), LowerHand(4), ev.HandLowered(4), ANN)
case((*OPEN, hand(ANN)), LowerHand(4), ev.HandLowered(4))
case((*OPEN, hand(ANN), ev.HandLowered(4)), LowerHand(4), None, ANN)
case((*OPEN, hand(ANN)), LowerHand(4), no("not_yours"), BEN)
case(OPEN, LowerHand(4), no("no_such_hand", hand=4), ANN)

case((*OPEN, hand(ANN)), DeferHand(4), ev.HandDeferred(4), ANN)
case((*OPEN, hand(ANN), ev.HandDeferred(4)), DeferHand(4), None, ANN)
case((*OPEN, hand(ANN)), DeferHand(4), no("not_yours"), BEN)
case((*OPEN, hand(ANN), ev.FloorGiven(4)), DeferHand(4), no("not_waiting", hand=4, fate="called"), ANN)
case(OPEN, DeferHand(4), no("no_such_hand", hand=4), ANN)

TWO: tuple[Happened, ...] = (*OPEN, hand(ANN), hand(BEN))
case(TWO, GiveFloor(4), ev.FloorGiven(4))
case(TWO, GiveFloor(4, "relevance"), ev.FloorGiven(4))
case(TWO, GiveFloor(5, "relevance"), ev.FloorGiven(5, "relevance"))
case((*OPEN, hand(ANN), hand(BEN, "point_of_order")), GiveFloor(5), ev.FloorGiven(5))
case((*OPEN, hand(ANN), hand(BEN, "right_of_reply")), GiveFloor(5, "other"), ev.FloorGiven(5))
case(TWO, GiveFloor(5), no("not_next", next=4))
case((*TWO, ev.FloorGiven(4)), GiveFloor(4), no("not_waiting", hand=4, fate="called"))
case(TWO, GiveFloor(6), no("no_such_hand", hand=6))
# Entries 4 and 5 are hands of Ann, whose group is not said, and of Eve (Government): the segment admits only Eve.
FOR_STATES: tuple[Happened, ...] = (*OPEN, hand(ANN), hand(EVE), ev.SegmentStarted(2, ()))
case(FOR_STATES, GiveFloor(5), ev.FloorGiven(5))
case(FOR_STATES, GiveFloor(4), no("waits_for_another_segment"))
case(FOR_STATES, GiveFloor(4, "other"), ev.FloorGiven(4, "other"))
case(FOR_STATES, DeferHand(4), no("waits_for_another_segment"), ANN)
case((*FOR_STATES, ev.SegmentStarted(QUESTIONS, ())), DeferHand(4), ev.HandDeferred(4), ANN)
case(
    FOR_STATES,
    EnterHand(person=ANN.person, lane="room", stakeholder="Government"),
    no("already_waiting", position=2),
)
case((*TWICE, hand(ANN, "right_of_reply")), GiveFloor(10), no("too_many_replies", limit=2))
case(
    (*OPEN, *REPLIED, hand(ANN, "right_of_reply"), ev.FloorGiven(7), ev.NotResponding(8)),
    GiveFloor(7),
    ev.FloorGiven(7),
)
case.only_open(GiveFloor(4))

APPROVED: tuple[Happened, ...] = (*OPEN, asked(ANN), ev.QuestionApproved(4))
case(OPEN, GiveFloorToSpeaker(2), ev.SpeakerGivenFloor(2))
case(APPROVED, GiveFloorToSpeaker(1, 4), ev.SpeakerGivenFloor(1, 4))
case((*OPEN, ev.SpeakerGivenFloor(2)), GiveFloorToSpeaker(2), None)
case(OPEN, GiveFloorToSpeaker(3), no("no_such_seat", seat=3))
case(OPEN, GiveFloorToSpeaker(0), no("no_such_seat", seat=0))
case(OPEN, GiveFloorToSpeaker(1, 4), no("no_such_question", question=4))
case((*OPEN, asked(ANN)), GiveFloorToSpeaker(1, 4), no("question_is_over", question=4, fate="waiting"))
case.only_open(GiveFloorToSpeaker(1))

RUNNING: tuple[Happened, ...] = (*OPEN, hand(ANN), ev.FloorGiven(4))
case(RUNNING, EndTurn(5), ev.TurnEnded(5))
case((*RUNNING, ev.TurnEnded(5)), EndTurn(5), None)
case(HALTED, EndTurn(5), no("not_running", turn=5))
case(RUNNING, EndTurn(4), no("no_such_turn", turn=4))

case(RUNNING, SkipNotResponding(5), ev.NotResponding(5))
case((*RUNNING, ev.NotResponding(5)), SkipNotResponding(5), None)
case((*RUNNING, ev.TurnEnded(5)), SkipNotResponding(5), no("not_running", turn=5))
case((*OPEN, ev.SpeakerGivenFloor(1)), SkipNotResponding(4), no("not_a_hand"))
case(OPEN, SkipNotResponding(5), no("no_such_turn", turn=5))

case(HALTED, RuleOnPoint(7, upheld=True), ev.PointOfOrderRuled(7, True))
case((*HALTED, ev.PointOfOrderRuled(7, True)), RuleOnPoint(7, upheld=True), None)
case((*HALTED, ev.PointOfOrderRuled(7, True)), RuleOnPoint(7, upheld=False), ev.PointOfOrderRuled(7, False))
case(HALTED, RuleOnPoint(5, upheld=True), no("not_a_point_of_order"))
case(OPEN, RuleOnPoint(5, upheld=True), no("no_such_turn", turn=5))

case(RUNNING, NoteTurn(5, " Costs. "), ev.TurnNoted(5, "Costs."))
case((*RUNNING, ev.TurnNoted(5, "Costs.")), NoteTurn(5, "Costs."), None)
case(RUNNING, NoteTurn(5, " "), no("text_empty"))
case(RUNNING, NoteTurn(5, "x" * 1001), no("text_too_long", limit=1000, length=1001))
case(OPEN, NoteTurn(5, "Costs."), no("no_such_turn", turn=5))

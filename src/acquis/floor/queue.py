"""One queue for the room and online: hands, turns, and the lanes beside it (points of order, replies, the panel)."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec.structs import asdict

from acquis import events as ev
from acquis.attributes import Lane, PublicAttributes
from acquis.command import MODERATORS, PEOPLE, RAPPORTEUR, Actor, Command, Refused, short
from acquis.floor import fairness
from acquis.floor.people import check_groups
from acquis.floor.segments import must_run
from acquis.state import Hand, State, Turn
from acquis.state.people import kept_attributes

ABOUT_LIMIT = 140
NOTE_LIMIT = 1000
_MAY_RAISE = ("not_open", "session_closed", "no_open_floor", "list_closed", "not_in_this_segment")
_RAISE = (*_MAY_RAISE, "already_waiting", "has_floor", "too_many_replies", "text_too_long")


class RaiseHand(Command, frozen=True, gc=False):
    """Ask for the floor. `kind` is a turn in the queue, a point of order or a right of reply; `about` says in a few
    words what about."""

    roles: ClassVar = PEOPLE
    refusals: ClassVar = _RAISE
    kind: ev.HandKind = "turn"
    about: str = ""

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        _may_raise(state, by.person, by.attributes.stakeholder, self.kind)
        return ev.HandRaised(self.kind, _about(self.about), **asdict(kept_attributes(state, by.attributes)))


class EnterHand(Command, PublicAttributes, frozen=True, gc=False, kw_only=True):
    """Put somebody without a device on the list. `person` is a random id; the name, if there is one, stays outside
    the log."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = (*_RAISE, "no_such_group", "bad_person")
    person: str
    kind: ev.HandKind = "turn"
    about: str = ""
    lane: Lane = "room"

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if not 0 < len(self.person) <= 40:
            raise Refused("bad_person")
        _may_raise(state, self.person, self.stakeholder, self.kind)
        check_groups(state, self)
        return ev.HandEntered(**{**asdict(self), "about": _about(self.about)})


def _about(text: str) -> str:
    return short(text, ABOUT_LIMIT) if text.strip() else ""


def _may_raise(state: State, person: str, stakeholder: str, kind: ev.HandKind) -> None:
    must_run(state)
    if kind == "turn":
        _floor_is_open(state, stakeholder)
    for hand in (state.hands[seq] for seq in state.waiting):
        if hand.person == person and hand.kind == kind:
            raise Refused("already_waiting", position=position(state, hand))
    for turn in (state.turns[seq] for seq in (state.turn, state.interrupted) if seq):
        if turn.person == person and turn.kind == kind:
            raise Refused("has_floor")
    if kind == "right_of_reply" and _replies(state, person) >= state.settings.replies_each:
        raise Refused("too_many_replies", limit=state.settings.replies_each)


def _floor_is_open(state: State, stakeholder: str) -> None:
    if state.now is None or not state.now.open_floor:
        raise Refused("no_open_floor")
    if not state.list_open:
        raise Refused("list_closed")
    if state.now.stakeholders and stakeholder not in state.now.stakeholders:
        raise Refused("not_in_this_segment", groups=list(state.now.stakeholders))


def _replies(state: State, person: str) -> int:
    return sum(turn.kind == "right_of_reply" and turn.person == person for turn in state.turns.values())


def position(state: State, hand: Hand) -> int:
    """The place of a waiting hand in the order of calling, from 1; of a reply or a point of order in its own lane."""
    if hand.kind == "turn":
        line = fairness.order(state)
    else:
        line = [h for h in (state.hands[seq] for seq in state.waiting) if h.kind == hand.kind]
    return 1 + [h.seq for h in line].index(hand.seq)


class LowerHand(Command, frozen=True, gc=False):
    """Take a hand down: one's own, or as a moderator anybody's."""

    roles: ClassVar = PEOPLE | MODERATORS
    refusals: ClassVar = ("no_such_hand", "not_yours")
    hand: int

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        hand = _hand(state, self.hand)
        _own(hand, by)
        return ev.HandLowered(self.hand) if hand.fate == "waiting" else None


class DeferHand(Command, frozen=True, gc=False):
    """'After the next one': keep the place and let the next of the same group go first."""

    roles: ClassVar = PEOPLE | MODERATORS
    refusals: ClassVar = ("no_such_hand", "not_yours", "not_waiting")
    hand: int

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        hand = _hand(state, self.hand)
        _own(hand, by)
        _waits(hand)
        return None if hand.deferred else ev.HandDeferred(self.hand)


def _hand(state: State, seq: int) -> Hand:
    hand = state.hands.get(seq)
    if hand is None:
        raise Refused("no_such_hand", hand=seq)
    return hand


def _own(hand: Hand, by: Actor) -> None:
    if hand.person != by.person and not by.roles & MODERATORS:
        raise Refused("not_yours")


def _waits(hand: Hand) -> None:
    if hand.fate != "waiting":
        raise Refused("not_waiting", hand=hand.seq, fate=hand.fate)


class GiveFloor(Command, frozen=True, gc=False):
    """Give the floor to a hand. Without `override` it must be the one the fair rule names (or a point of order or a
    reply), so that two moderators who press at once call one person; with a reason it may be any."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("not_open", "session_closed", "no_such_hand", "not_waiting", "not_next")
    hand: int
    override: ev.OverrideReason | Literal[""] = ""

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        must_run(state)
        hand = _hand(state, self.hand)
        _waits(hand)
        chosen = fairness.pick(state, at)
        by_rule = hand.kind != "turn" or (chosen is not None and chosen.hand == hand.seq)
        if not by_rule and not self.override:
            raise Refused("not_next", next=chosen.hand if chosen else 0)
        # A reason given for the hand that is next anyway is no override, and would spoil the count of them.
        return ev.FloorGiven(self.hand, "" if by_rule else self.override)


class GiveFloorToSpeaker(Command, frozen=True, gc=False):
    """Give the floor to a speaker of the programme (numbered from 1), to speak or to answer `question`."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("not_open", "session_closed", "no_such_seat", "no_such_question", "question_is_over")
    seat: int
    question: int = 0

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        must_run(state)
        assert state.programme is not None
        if not 1 <= self.seat <= len(state.programme.seats):
            raise Refused("no_such_seat", seat=self.seat)
        if self.question:
            question = state.questions.get(self.question)
            if question is None:
                raise Refused("no_such_question", question=self.question)
            if question.fate not in ("approved", "on_floor", "answered_live"):
                raise Refused("question_is_over", question=self.question, fate=question.fate)
        turn = state.turns.get(state.turn)
        if turn is not None and (turn.seat, turn.question) == (self.seat, self.question):
            return None
        return ev.SpeakerGivenFloor(self.seat, self.question)


def _turn(state: State, seq: int) -> Turn:
    turn = state.turns.get(seq)
    if turn is None:
        raise Refused("no_such_turn", turn=seq)
    return turn


class EndTurn(Command, frozen=True, gc=False):
    """The turn is over."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("no_such_turn", "not_running")
    turn: int

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        turn = _turn(state, self.turn)
        if turn.fate == "interrupted":
            raise Refused("not_running", turn=self.turn)
        return ev.TurnEnded(self.turn) if state.turn == self.turn else None


class SkipNotResponding(Command, frozen=True, gc=False):
    """The person called does not answer: the turn counts for nothing, the hand stays on the list."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("no_such_turn", "not_running", "not_a_hand")
    turn: int

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        turn = _turn(state, self.turn)
        if turn.kind == "speaker":
            raise Refused("not_a_hand")
        if turn.fate == "not_responding":
            return None
        if state.turn != self.turn:
            raise Refused("not_running", turn=self.turn)
        return ev.NotResponding(self.turn)


class RuleOnPoint(Command, frozen=True, gc=False):
    """Decide a point of order: upheld or not."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("no_such_turn", "not_a_point_of_order")
    turn: int
    upheld: bool

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        turn = _turn(state, self.turn)
        if turn.kind != "point_of_order":
            raise Refused("not_a_point_of_order")
        return None if turn.upheld == self.upheld else ev.PointOfOrderRuled(self.turn, self.upheld)


class NoteTurn(Command, frozen=True, gc=False):
    """Note what was said in a turn, in your own words; a later note replaces the one before."""

    roles: ClassVar = MODERATORS | {RAPPORTEUR}
    refusals: ClassVar = ("no_such_turn", "text_empty", "text_too_long")
    turn: int
    text: str

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        turn = _turn(state, self.turn)
        text = short(self.text, NOTE_LIMIT)
        return None if turn.note == text else ev.TurnNoted(self.turn, text)


COMMANDS = (
    RaiseHand,
    EnterHand,
    LowerHand,
    DeferHand,
    GiveFloor,
    GiveFloorToSpeaker,
    EndTurn,
    SkipNotResponding,
    RuleOnPoint,
    NoteTurn,
)

"""Commands for the list of speakers: requests to speak, turns, points of order, replies and the panel."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Annotated, ClassVar, Literal, Self

from msgspec.structs import asdict, replace

from acquis import events as ev
from acquis.attributes import Lane, PublicAttributes, attributes_of
from acquis.command import (
    MODERATORS,
    PEOPLE,
    RAPPORTEUR,
    RUNNING,
    Actor,
    Command,
    KnownPerson,
    Of,
    Refused,
    SeatNumber,
    Text,
    Word,
)
from acquis.floor import fairness
from acquis.floor.people import check_groups, require_heard
from acquis.floor.questions import require_free
from acquis.floor.segments import require_pause
from acquis.state import Hand, Question, State, Turn
from acquis.state.people import kept_attributes
from acquis.state.undoing import GRACE_MS
from acquis.text.folding import folded

ABOUT_LIMIT = 140
NAME_LIMIT = 80
NOTE_LIMIT = 1000
_RAISE = (
    "no_open_floor",
    "list_closed",
    "not_in_this_segment",
    "already_waiting",
    "has_floor",
    "too_many_replies",
)


class RaiseHand(Command, frozen=True, gc=False):
    """Ask for the floor. `kind` is a turn in the queue, a point of order or a right of reply; `about` says in a few
    words what about; where questions are read first, moderators read that first too."""

    roles: ClassVar = PEOPLE
    takes_part: ClassVar = True
    phases: ClassVar = RUNNING
    refusals: ClassVar = _RAISE
    kind: ev.HandKind = "turn"
    about: Annotated[str, Text(ABOUT_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        _may_raise(state, by.person, by.attributes.stakeholder, self.kind)
        unread = bool(self.about) and state.settings.moderated
        return ev.HandRaised(self.kind, self.about, unread, **asdict(kept_attributes(state, by.attributes)))


class EnterHand(Command, PublicAttributes, frozen=True, gc=False, kw_only=True):
    """Put somebody without a device on the list. `name` goes into the roster and never into the log; `person` is their
    id, which the server makes from the key of the request. If somebody of this name has been here before, `who` has to
    say whether it is the same person, who then keeps their id and the groups that were named before."""

    roles: ClassVar = MODERATORS
    conducts: ClassVar = True
    phases: ClassVar = RUNNING
    refusals: ClassVar = (*_RAISE, "no_such_group", "person_silenced")
    not_repeated: ClassVar = frozenset({"name", "who"})
    person: Annotated[str, Word(".+", 40, "bad_person")] = ""
    name: Annotated[str, Text(NAME_LIMIT, empty=True)] = ""
    who: Literal["", "same", "another"] = ""
    kind: ev.HandKind = "turn"
    about: Annotated[str, Text(ABOUT_LIMIT, empty=True)] = ""
    lane: Lane = "room"

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        require_heard(state, self.person)
        _may_raise(state, self.person, self.stakeholder, self.kind)
        check_groups(state, self)
        fields = asdict(self)
        del fields["name"], fields["who"]
        return ev.HandEntered(**fields)

    def meant(self, people: Callable[[], Iterable[KnownPerson]]) -> Self:
        name = self.name.strip()
        if not name or self.who == "another":
            return self
        known = [person for person in people() if folded(name) in (folded(person.name), folded(person.shown))]
        if not known or any(person.person == self.person for person in known):  # a new name, or a repeated request
            return self
        if self.who != "same":
            raise Refused("was_here_before", names=[person.shown for person in known]).at("name")
        chosen = next((person for person in known if folded(person.shown) == folded(name)), known[0])
        stated = chosen.attributes
        return replace(
            self,
            person=chosen.person,
            stakeholder=self.stakeholder or stated.stakeholder,
            region=self.region or stated.region,
        )

    def keyed(self, key: str) -> Self:
        # A repeated request refers to the same person.
        return replace(self, person="p" + hashlib.sha256(key.encode()).hexdigest()[:12])

    def newcomer(self) -> KnownPerson | None:
        name = self.name.strip()
        return KnownPerson(self.person, name, attributes_of(self)) if name else None


def _may_raise(state: State, person: str, stakeholder: str, kind: ev.HandKind) -> None:
    if kind == "turn":
        _floor_is_open(state, stakeholder)
    _has_none_else(state, person, kind)
    if kind == "right_of_reply":
        _replies_left(state, person)


def _has_none_else(state: State, person: str, kind: ev.HandKind) -> None:
    """Raises Refused if the person waits already, or speaks, in the same way."""
    for hand in (state.hands[seq] for seq in state.waiting):
        if hand.person == person and hand.kind == kind:
            raise Refused("already_waiting", position=position(state, hand))
    for turn in (state.turns[seq] for seq in (state.turn, state.interrupted) if seq):
        if turn.person == person and turn.kind == kind:
            raise Refused("has_floor")


def _floor_is_open(state: State, stakeholder: str) -> None:
    if state.now is None or not state.now.open_floor:
        raise Refused("no_open_floor")
    if not state.list_open:
        raise Refused("list_closed")
    if not state.now.admits(stakeholder):
        raise Refused("not_in_this_segment", groups=list(state.now.stakeholders))


def _replies_left(state: State, person: str) -> None:
    turns = state.turns.values()
    replies = sum(turn.kind == "right_of_reply" and turn.person == person and turn.was_taken for turn in turns)
    if replies >= state.settings.replies_each:
        raise Refused("too_many_replies", limit=state.settings.replies_each)


def position(state: State, hand: Hand) -> int:
    """The place of a waiting hand in the expected order, from 1; for a reply or a point of order among its kind. Hands
    that wait for another segment come last."""
    if hand.kind == "turn":
        line = [*fairness.order(state), *state.queue(admitted=False)]
    else:
        line = [h for h in (state.hands[seq] for seq in state.waiting) if h.kind == hand.kind]
    return 1 + [h.seq for h in line].index(hand.seq)


class LowerHand(Command, frozen=True, gc=False):
    """Take a hand down: one's own, or as a moderator anybody's."""

    roles: ClassVar = PEOPLE | MODERATORS
    refusals: ClassVar = ("not_yours",)
    hand: Annotated[int, Of("hands")]

    def rule(self, state: State, by: Actor, at: int, hand: Hand) -> ev.Event | None:
        _own(hand, by)
        return ev.HandLowered(self.hand) if hand.fate == "waiting" else None


class RestoreHand(Command, frozen=True, gc=False):
    """Put a lowered hand back in its place on the list: as a moderator any hand, as a person one's own within ten
    seconds of lowering it."""

    roles: ClassVar = PEOPLE | MODERATORS
    takes_part: ClassVar = True
    phases: ClassVar = RUNNING
    refusals: ClassVar = (
        "not_yours",
        "undo_too_late",
        "not_lowered",
        "person_silenced",
        "already_waiting",
        "has_floor",
    )
    hand: Annotated[int, Of("hands")]

    def rule(self, state: State, by: Actor, at: int, hand: Hand) -> ev.Event | None:
        _own(hand, by)
        if hand.fate == "waiting":
            return None
        if hand.fate != "lowered":
            raise Refused("not_lowered", hand=hand.seq, fate=hand.fate)
        if not by.roles & MODERATORS:
            if hand.lowered_by_moderator:
                raise Refused("not_yours")
            if at > hand.lowered_at + ev.UNDO_S * 1000 + GRACE_MS:
                raise Refused("undo_too_late", seconds=ev.UNDO_S)
        require_heard(state, hand.person)
        _has_none_else(state, hand.person, hand.kind)
        return ev.HandRestored(self.hand)


class DeferHand(Command, frozen=True, gc=False):
    """'After the next one': keep the place and let the next of the same group go first."""

    roles: ClassVar = PEOPLE | MODERATORS
    takes_part: ClassVar = True
    refusals: ClassVar = ("not_yours", "not_waiting", "waits_for_another_segment")
    hand: Annotated[int, Of("hands")]

    def rule(self, state: State, by: Actor, at: int, hand: Hand) -> ev.Event | None:
        _own(hand, by)
        _waits(hand)
        if hand.kind == "turn" and not state.admits(hand):
            raise Refused("waits_for_another_segment")
        return None if hand.deferred else ev.HandDeferred(self.hand)


def _own(hand: Hand, by: Actor) -> None:
    if hand.person != by.person and not by.roles & MODERATORS:
        raise Refused("not_yours")


def _waits(hand: Hand) -> None:
    if hand.fate != "waiting":
        raise Refused("not_waiting", hand=hand.seq, fate=hand.fate)


class GiveFloor(Command, frozen=True, gc=False):
    """Give the floor to a hand. Without `override` it must be the one the fair rule names (or a point of order or a
    reply), so that two moderators who press at once call one person; with a reason it may be any, also one that the
    segment does not admit: the chair can always depart from the rule, on the record."""

    roles: ClassVar = MODERATORS
    conducts: ClassVar = True
    phases: ClassVar = RUNNING
    refusals: ClassVar = ("not_waiting", "not_next", "waits_for_another_segment", "too_many_replies", "called_just_now")
    hand: Annotated[int, Of("hands")]
    override: ev.OverrideReason | Literal[""] = ""

    def rule(self, state: State, by: Actor, at: int, hand: Hand) -> ev.Event | None:
        _waits(hand)
        chosen = fairness.pick(state, at)
        by_rule = hand.kind != "turn" or (chosen is not None and chosen.hand == hand.seq)
        if hand.kind == "right_of_reply":
            _replies_left(state, hand.person)
        if not by_rule and not self.override:
            if not state.admits(hand):
                raise Refused("waits_for_another_segment")
            raise Refused("not_next", next=chosen.hand if chosen else 0)
        if hand.kind != "point_of_order" and not self.override:
            require_pause(state, at)
        # A reason for the hand that is next anyway is not an override and must not be counted as one.
        return ev.FloorGiven(self.hand, "" if by_rule else self.override)


class GiveFloorToSpeaker(Command, frozen=True, gc=False):
    """Give the floor to a speaker of the programme (numbered from 1), to speak or to answer `question`."""

    roles: ClassVar = MODERATORS
    conducts: ClassVar = True
    phases: ClassVar = RUNNING
    refusals: ClassVar = ("question_is_over", "question_on_floor", "called_just_now")
    seat: Annotated[int, SeatNumber(present=True)]
    question: Annotated[int, Of("questions", optional=True)] = 0

    def rule(self, state: State, by: Actor, at: int, question: Question | None) -> ev.Event | None:
        if question is not None and question.fate not in ("approved", "on_floor", "answered_live"):
            raise Refused("question_is_over", question=question.seq, fate=question.fate)
        turn = state.turns.get(state.turn)
        if turn is not None and (turn.seat, turn.question) == (self.seat, self.question):
            return None
        if question is not None:
            require_free(state, question)
        require_pause(state, at)
        return ev.SpeakerGivenFloor(self.seat, self.question)


class EndTurn(Command, frozen=True, gc=False):
    """End the running turn. An interrupted turn cannot be ended before it goes on."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("not_running",)
    turn: Annotated[int, Of("turns")]

    def rule(self, state: State, by: Actor, at: int, turn: Turn) -> ev.Event | None:
        if turn.fate == "interrupted":
            raise Refused("not_running", turn=self.turn)
        return ev.TurnEnded(self.turn) if state.turn == self.turn else None


class SkipNotResponding(Command, frozen=True, gc=False):
    """The person who was given the floor does not respond. No time is charged and the request stays on the list."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("not_running", "not_a_hand")
    turn: Annotated[int, Of("turns")]

    def rule(self, state: State, by: Actor, at: int, turn: Turn) -> ev.Event | None:
        if turn.kind == "speaker":
            raise Refused("not_a_hand")
        if turn.fate == "not_responding":
            return None
        if state.turn != self.turn:
            raise Refused("not_running", turn=self.turn)
        return ev.NotResponding(self.turn)


class RuleOnPoint(Command, frozen=True, gc=False):
    """Record whether the chair upheld a point of order. A later ruling replaces an earlier one."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("not_a_point_of_order",)
    turn: Annotated[int, Of("turns")]
    upheld: bool

    def rule(self, state: State, by: Actor, at: int, turn: Turn) -> ev.Event | None:
        if turn.kind != "point_of_order":
            raise Refused("not_a_point_of_order")
        return None if turn.upheld == self.upheld else ev.PointOfOrderRuled(self.turn, self.upheld)


class NoteTurn(Command, frozen=True, gc=False):
    """Note what was said in a turn, in your own words; a later note replaces the one before."""

    roles: ClassVar = MODERATORS | {RAPPORTEUR}
    turn: Annotated[int, Of("turns")]
    text: Annotated[str, Text(NOTE_LIMIT)]

    def rule(self, state: State, by: Actor, at: int, turn: Turn) -> ev.Event | None:
        return None if turn.note == self.text else ev.TurnNoted(self.turn, self.text)


COMMANDS = (
    RaiseHand,
    EnterHand,
    LowerHand,
    RestoreHand,
    DeferHand,
    GiveFloor,
    GiveFloorToSpeaker,
    EndTurn,
    SkipNotResponding,
    RuleOnPoint,
    NoteTurn,
)

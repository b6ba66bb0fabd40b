"""The queue: hands, and who has the floor."""

from __future__ import annotations

from typing import ClassVar, Literal

from acquis.attributes import Attributes, Lane, PublicAttributes
from acquis.events.base import Event, HandKind, OverrideReason


class HandRaised(Event, Attributes, frozen=True, gc=False, omit_defaults=True):
    """Somebody asked for the floor from their own device."""

    texts: ClassVar[tuple[str, ...]] = ("about",)
    kind: HandKind = "turn"
    about: str = ""


class HandEntered(Event, PublicAttributes, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A moderator put a person who has no device on the same list."""

    texts: ClassVar[tuple[str, ...]] = ("about",)
    person: str
    kind: HandKind = "turn"
    about: str = ""
    lane: Lane = "room"


class HandLowered(Event, frozen=True, gc=False, omit_defaults=True):
    """A hand was taken down, by its person or by a moderator."""

    hand: int


class HandDeferred(Event, frozen=True, gc=False, omit_defaults=True):
    """'After the next one': the person keeps the place, the next of the same group goes first."""

    hand: int


class FloorGiven(Event, frozen=True, gc=False, omit_defaults=True):
    """The floor was given to a hand; the turn before it is over (a point of order only interrupts it). `override` says
    why it was not the hand that the fair rule names; empty: the rule was followed."""

    hand: int
    override: OverrideReason | Literal[""] = ""


class SpeakerGivenFloor(Event, frozen=True, gc=False, omit_defaults=True):
    """A speaker of the programme (numbered from 1) has the floor, to speak or to answer a question. Not charged."""

    seat: int
    question: int = 0


class TurnEnded(Event, frozen=True, gc=False, omit_defaults=True):
    """The person who had the floor finished."""

    turn: int


class NotResponding(Event, frozen=True, gc=False, omit_defaults=True):
    """The person called did not answer. The turn counts for nothing; the hand keeps its place the first time and
    goes to the end of its group after that."""

    turn: int


class PointOfOrderRuled(Event, frozen=True, gc=False, omit_defaults=True):
    """The chair decided a point of order."""

    turn: int
    upheld: bool

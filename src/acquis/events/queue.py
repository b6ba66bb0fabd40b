"""Events of the list of speakers: requests to speak (hands), and turns."""

from __future__ import annotations

from typing import ClassVar, Literal

from acquis.attributes import Attributes, Lane, PublicAttributes
from acquis.events.base import (
    REGIONS,
    TEAM,
    UNDO_S,
    UNLESS_HELD_BACK,
    Event,
    HandKind,
    OverrideReason,
    Refreshes,
    SeenBy,
)


class HandRaised(Event, Attributes, frozen=True, gc=False, omit_defaults=True):
    """A person asked for the floor with his or her own device. `unread`: moderators read first what it is about."""

    refreshes: ClassVar[Refreshes] = REGIONS
    seen_by: ClassVar[SeenBy] = UNLESS_HELD_BACK
    texts: ClassVar[tuple[str, ...]] = ("about",)
    kind: HandKind = "turn"
    about: str = ""
    unread: bool = False


class HandEntered(Event, PublicAttributes, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A moderator added a person without a device to the list of speakers."""

    refreshes: ClassVar[Refreshes] = REGIONS
    seen_by: ClassVar[SeenBy] = UNLESS_HELD_BACK
    texts: ClassVar[tuple[str, ...]] = ("about",)
    undo_s: ClassVar = UNDO_S
    persons: ClassVar[tuple[str, ...]] = ("person",)
    person: str = ""
    kind: HandKind = "turn"
    about: str = ""
    lane: Lane = "room"


class HandLowered(Event, frozen=True, gc=False, omit_defaults=True):
    """A hand was lowered, by the person or by a moderator."""

    refreshes: ClassVar[Refreshes] = REGIONS
    undo_s: ClassVar = UNDO_S
    hand: int


class HandRestored(Event, frozen=True, gc=False, omit_defaults=True):
    """A hand that was lowered was put back in its place."""

    undo_s: ClassVar = UNDO_S
    hand: int


class HandDeferred(Event, frozen=True, gc=False, omit_defaults=True):
    """The person lets the next one of the same group go first and keeps the place."""

    refreshes: ClassVar[Refreshes] = REGIONS
    undo_s: ClassVar = UNDO_S
    hand: int


class FloorGiven(Event, frozen=True, gc=False, omit_defaults=True):
    """The floor was given to a hand, which ends the running turn (a point of order only interrupts it). `override` is
    the reason for not following the fair rule; empty: the rule was followed."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    hand: int
    override: OverrideReason | Literal[""] = ""


class SpeakerGivenFloor(Event, frozen=True, gc=False, omit_defaults=True):
    """The floor was given to a speaker of the programme (numbered from 1), to speak or to answer a question. The time
    is not charged."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    identifies: ClassVar[tuple[str, ...]] = ("seat",)
    seat: int = 0
    question: int = 0


class TurnEnded(Event, frozen=True, gc=False, omit_defaults=True):
    """The running turn ended and its time was charged. A turn that it interrupted goes on."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    turn: int


class NotResponding(Event, frozen=True, gc=False, omit_defaults=True):
    """The person who was given the floor did not respond. The turn does not count. The hand keeps its place the first
    time, and goes to the end of its group after that."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    turn: int


class PointOfOrderRuled(Event, frozen=True, gc=False, omit_defaults=True):
    """The chair upheld or rejected the point of order of a turn."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    turn: int
    upheld: bool

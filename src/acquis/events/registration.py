"""Events of the speakers who register before the session, and of the order in which they will speak."""

from __future__ import annotations

from typing import ClassVar

from acquis.attributes import Attributes
from acquis.events.base import TEAM, Event, Refreshes


class SpeakerRegistered(Event, Attributes, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """A person registered to speak in a segment (numbered from 0), or was registered by the organizers. In its segment
    it is a hand on the list, under the number of this entry."""

    refreshes: ClassVar[Refreshes] = TEAM
    persons: ClassVar[tuple[str, ...]] = ("person",)
    segment: int
    person: str = ""


class RegistrationWithdrawn(Event, frozen=True, gc=False, omit_defaults=True):
    """A registration was withdrawn, by the person or by the organizers."""

    refreshes: ClassVar[Refreshes] = TEAM
    hand: int


class SpeakersListPublished(Event, frozen=True, gc=False, omit_defaults=True):
    """The order of those who registered for a segment was published: `order` for its minutes, `reserve` if time
    permits. A later list of the same segment replaces it."""

    segment: int
    order: tuple[int, ...]
    reserve: tuple[int, ...] = ()

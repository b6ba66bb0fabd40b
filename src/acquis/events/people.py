"""Who takes part."""

from __future__ import annotations

from acquis.events.base import Event, Gender, Lane


class ParticipantJoined(Event, frozen=True, gc=False, omit_defaults=True):
    """A voice joined, or changed where it sits or what it says of itself. Everything is self-declared; empty is
    'not said'."""

    lane: Lane = ""
    stakeholder: str = ""
    region: str = ""
    gender: Gender = ""

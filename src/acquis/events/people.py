"""Who takes part."""

from __future__ import annotations

from acquis.attributes import Attributes
from acquis.events.base import Event


class ParticipantJoined(Event, Attributes, frozen=True, gc=False, omit_defaults=True):
    """A voice joined, or changed where it sits or what it says of itself. Everything is self-declared; empty is
    'not said'."""

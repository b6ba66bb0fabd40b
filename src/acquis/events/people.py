"""The event of joining a session."""

from __future__ import annotations

from acquis.attributes import Attributes
from acquis.events.base import Event


class ParticipantJoined(Event, Attributes, frozen=True, gc=False, omit_defaults=True):
    """A voice joined, or changed its attributes. All attributes are self-declared; an empty text means "not said"."""

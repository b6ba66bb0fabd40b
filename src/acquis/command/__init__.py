"""What one may ask, who may ask it, how it is refused.

A command is imperative, lives in its part (`plan`, `floor`, `report`), declares its roles, the phases of a session in
which it can be given and its fields, and decides: given the state, who asks and when, it answers with one event, with
nothing (it is so already), or with a refusal.
"""

from acquis.command.actors import (
    CAPTIONER,
    HOSTS,
    MODERATORS,
    ONLINE,
    ONSITE,
    ORGANIZER,
    PARTICIPANT,
    PEOPLE,
    RAPPORTEUR,
    READER,
    ROLES,
    SPEAKER,
    WRITERS,
    Actor,
    Newcomer,
)
from acquis.command.base import Command
from acquis.command.fields import (
    REFERENCES_LIMIT,
    Declaration,
    Of,
    References,
    SeatNumber,
    SegmentNumber,
    Text,
    Word,
    Written,
    references,
)
from acquis.command.phases import (
    ANY_TIME,
    ENDED,
    NOT_ENDED,
    ONCE_OPENED,
    ONCE_PUBLISHED,
    RUNNING,
    UNTIL_OPENED,
    Phases,
)
from acquis.command.refused import Refused

__all__ = [
    "ANY_TIME",
    "CAPTIONER",
    "ENDED",
    "HOSTS",
    "MODERATORS",
    "NOT_ENDED",
    "ONCE_OPENED",
    "ONCE_PUBLISHED",
    "ONLINE",
    "ONSITE",
    "ORGANIZER",
    "PARTICIPANT",
    "PEOPLE",
    "RAPPORTEUR",
    "READER",
    "REFERENCES_LIMIT",
    "ROLES",
    "RUNNING",
    "SPEAKER",
    "UNTIL_OPENED",
    "WRITERS",
    "Actor",
    "Command",
    "Declaration",
    "Newcomer",
    "Of",
    "Phases",
    "References",
    "Refused",
    "SeatNumber",
    "SegmentNumber",
    "Text",
    "Word",
    "Written",
    "references",
]

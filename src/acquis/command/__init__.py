"""The base class of commands, with roles, phases, typed fields and refusals.

The name of a command is in the imperative. A command belongs to a part (`plan`, `floor`, `report`) and declares its
roles, its fields, and the phases of a session in which it is allowed. Given the state, the actor and the time, its rule
returns one event, or None if nothing changes, or raises Refused.
"""

from acquis.command.actors import (
    BODY,
    CAPTIONER,
    HOSTS,
    MODERATORS,
    MONITOR,
    ONLINE,
    ONSITE,
    ORGANIZER,
    PARTICIPANT,
    PEOPLE,
    RAPPORTEUR,
    READER,
    ROLES,
    SERVER,
    SPEAKER,
    TEAM,
    THE_SERVER,
    WRITERS,
    Actor,
    KnownPerson,
    Successor,
)
from acquis.command.base import Command
from acquis.command.fields import (
    REFERENCE_LIMIT,
    REFERENCES_LIMIT,
    REFERENCES_TEXT_LIMIT,
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
from acquis.command.refused import Refused, bad_fields

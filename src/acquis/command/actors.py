"""The roles of a session, and the actor who gives a command."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from acquis.attributes import Attributes

ORGANIZER, ONSITE, ONLINE = "organizer", "onsite_moderator", "online_moderator"
RAPPORTEUR, CAPTIONER, SPEAKER = "rapporteur", "captioner", "speaker"
PARTICIPANT, READER, MONITOR = "participant", "reader", "monitor"
BODY = "body"
"""A body that a call names and that can answer it, and nothing else."""
ROLES = (ORGANIZER, ONSITE, ONLINE, RAPPORTEUR, CAPTIONER, SPEAKER, PARTICIPANT, READER, MONITOR, BODY)

SERVER = "server"
"""The role of the server itself, for what it does after the close. It is in no pass, so no request has it."""

MODERATORS = frozenset({ONSITE, ONLINE})
HOSTS = MODERATORS | {ORGANIZER}
PEOPLE = frozenset({SPEAKER, PARTICIPANT})
TEAM = HOSTS | {RAPPORTEUR, CAPTIONER}
"""The roles of those who run the session and write its record."""
WRITERS = MODERATORS | {ORGANIZER, RAPPORTEUR}
"""The roles that may write notes, captions, the report and the follow-up."""


def main_role(roles: frozenset[str]) -> str:
    """The first of the roles in the order of `ROLES`."""
    return next(role for role in ROLES if role in roles)


class Actor(msgspec.Struct, frozen=True, gc=False):
    """A person with roles, from a pass. `person` and `voice` are random ids whose link is stored in the roster only;
    `attributes` are self-declared; `seat` is the number of a speaker in the programme, or 0. `ballot`: a new random id
    (32 hexadecimal digits) for the ballot of a person who joins."""

    person: str
    voice: str = ""
    roles: frozenset[str] = frozenset()
    attributes: Attributes = Attributes()
    seat: int = 0
    ballot: str = ""


THE_SERVER = Actor("", roles=frozenset({SERVER}))
"""Who does what the server does by itself: nobody, so that the entries have no author."""


class Successor(NamedTuple):
    """Somebody who takes over the role of another person: the role, that person, and the id and name of the new one."""

    role: str
    former: str
    person: str
    name: str


class KnownPerson(NamedTuple):
    """A person by name: the id on the floor, and the data in the roster. `shown`: the name on screens; `roles`: of
    somebody who signs for a body and takes no part in the session."""

    person: str
    name: str
    attributes: Attributes
    shown: str = ""
    roles: frozenset[str] = frozenset()

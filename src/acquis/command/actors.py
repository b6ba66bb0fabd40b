"""Who asks: the roles of a session, and somebody who holds some of them."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from acquis.attributes import Attributes

ORGANIZER, ONSITE, ONLINE = "organizer", "onsite_moderator", "online_moderator"
RAPPORTEUR, CAPTIONER, SPEAKER = "rapporteur", "captioner", "speaker"
PARTICIPANT, READER = "participant", "reader"
ROLES = (ORGANIZER, ONSITE, ONLINE, RAPPORTEUR, CAPTIONER, SPEAKER, PARTICIPANT, READER)

MODERATORS = frozenset({ONSITE, ONLINE})
HOSTS = MODERATORS | {ORGANIZER}
PEOPLE = frozenset({SPEAKER, PARTICIPANT})
WRITERS = MODERATORS | {ORGANIZER, RAPPORTEUR}
"""Who writes down what was said and what comes of it."""


class Actor(msgspec.Struct, frozen=True, gc=False):
    """Somebody with roles, as the pass tells it. `person` and `voice` are random ids whose link is known to the roster
    only; `attributes` are what the person said of themselves; `seat` is a speaker's number in the programme."""

    person: str
    voice: str = ""
    roles: frozenset[str] = frozenset()
    attributes: Attributes = Attributes()
    seat: int = 0


class Newcomer(NamedTuple):
    """Somebody without a device: the id on the floor, and what the roster keeps."""

    person: str
    name: str
    attributes: Attributes

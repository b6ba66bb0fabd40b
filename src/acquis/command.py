"""What one may ask, who may ask it, how it is refused.

A command is imperative, lives in its part (`plan`, `floor`, `report`), holds its fields and its `roles`, and decides:
given the state, who asks and when, it answers with one event, with nothing (it is so already), or with a refusal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from acquis import events
from acquis.attributes import Attributes
from acquis.reference.library import library

if TYPE_CHECKING:
    from acquis.state import State

ORGANIZER, ONSITE, ONLINE = "organizer", "onsite_moderator", "online_moderator"
RAPPORTEUR, CAPTIONER, SPEAKER = "rapporteur", "captioner", "speaker"
PARTICIPANT, READER = "participant", "reader"
ROLES = (ORGANIZER, ONSITE, ONLINE, RAPPORTEUR, CAPTIONER, SPEAKER, PARTICIPANT, READER)

MODERATORS = frozenset({ONSITE, ONLINE})
HOSTS = MODERATORS | {ORGANIZER}
PEOPLE = frozenset({SPEAKER, PARTICIPANT})
WRITERS = MODERATORS | {ORGANIZER, RAPPORTEUR}
"""Who writes down what was said and what comes of it."""

REFERENCES_LIMIT = 12


class Actor(msgspec.Struct, frozen=True, gc=False):
    """Somebody with roles, as the pass tells it. `person` and `voice` are random ids whose link is known to the roster
    only; `attributes` are what the person said of themselves; `seat` is a speaker's number in the programme."""

    person: str
    voice: str = ""
    roles: frozenset[str] = frozenset()
    attributes: Attributes = Attributes()
    seat: int = 0


class Refused(Exception):
    """A command was refused: a code and facts. The words are found at the edge, in the reader's language."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Command(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, tag_field="do", tag=_snake):
    """Something that somebody asks for. Subclasses are one level deep; the class docstring is its documentation."""

    roles: ClassVar[frozenset[str]]
    refusals: ClassVar[tuple[str, ...]] = ()
    """Every code `decide` may refuse with; a test holds it against the source."""

    def decide(self, state: State, by: Actor, at: int) -> events.Event | None:
        """The event that follows, or None if nothing changes. `at` is in milliseconds since 1970, UTC.

        Raises Refused."""
        raise NotImplementedError

    def signed(self, by: Actor) -> str:
        """The id that goes into the entry."""
        return by.person


def short(text: str, limit: int) -> str:
    """`text` trimmed; refused with text_empty or text_too_long (limit and length in characters)."""
    trimmed = text.strip()
    if not trimmed:
        raise Refused("text_empty")
    if len(trimmed) > limit:
        raise Refused("text_too_long", limit=limit, length=len(trimmed))
    return trimmed


def references(written: str) -> tuple[str, ...]:
    """The ids of the reference in a text with blanks or commas between ("norm-j cbm-8"), each once; refused with
    no_such_reference (id) and too_many_references (limit)."""
    ids = tuple(dict.fromkeys(written.replace(",", " ").split()))
    if len(ids) > REFERENCES_LIMIT:
        raise Refused("too_many_references", limit=REFERENCES_LIMIT)
    for id in ids:
        if library().find(id) is None:
            raise Refused("no_such_reference", id=id[:60])
    return ids

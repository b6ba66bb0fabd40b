"""Reads the sessions that Sessionize gives out as data (JSON): the list of sessions, and all data of an event."""

from __future__ import annotations

import re
from typing import Any

from acquis.i18n import N_
from acquis.plan.document import Person, Programme
from acquis.plan.importers import fields
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.schedule import MOST_SESSIONS, Schedule
from acquis.reference import Profile

_SIGN = re.compile(r'"(?:isServiceSession|isPlenumSession)"')


def recognises(text: str) -> bool:
    """Whether the text is JSON with the fields that only sessions of Sessionize have."""
    return text.lstrip()[:1] in ("{", "[") and '"startsAt"' in text and _SIGN.search(text) is not None


def read(text: str, profile: Profile) -> Schedule:
    """The sessions, without breaks. Raises ImportFailed: bad_schedule (reason), no_sessions, too_many_sessions."""
    groups = [fields.table(group) for group in fields.items(fields.decoded(text))]
    listed = [
        (fields.table(session), group) for group in groups for session in fields.items(group.get("sessions"))
    ] or [(group, {}) for group in groups]
    sessions = [_session(session, group) for session, group in listed if session.get("isServiceSession") is not True]
    named = tuple(session for session in sessions if session.title)
    if len(named) > MOST_SESSIONS:
        raise ImportFailed("too_many_sessions", limit=MOST_SESSIONS)
    if not named:
        raise ImportFailed("no_sessions")
    return Schedule(named)


def _session(session: dict[str, Any], group: dict[str, Any]) -> Programme:
    starts, ends = (fields.moment(fields.words(session.get(key)), "UTC") for key in ("startsAt", "endsAt"))
    stated = fields.moment(fields.words(session.get("startsAt")))
    zone, doubt = fields.zone_of_offset(stated)
    id = fields.words(session.get("id"))
    return Programme(
        title=fields.words(session.get("title")),
        starts=fields.iso(starts),
        ends=fields.iso(ends),
        zone=zone,
        room=fields.words(session.get("room")) or _named(group.get("rooms"), session.get("roomId")),
        speakers=tuple(dict.fromkeys(_people(session, group))),
        description=fields.paragraphs(session.get("description")),
        source=f"sessionize:{id}",
        inferred=tuple(doubt),
    )


def _people(session: dict[str, Any], group: dict[str, Any]) -> list[Person]:
    names = (
        fields.words(fields.table(speaker).get("name")) or _named(group.get("speakers"), speaker)
        for speaker in fields.items(session.get("speakers"))
    )
    return [Person(name) for name in names if name]


def _named(listed: Any, id: Any) -> str:
    """The name of the room or the person with this id; empty if there is none."""
    entries = (fields.table(entry) for entry in fields.items(listed))
    return next(
        (fields.words(entry.get("fullName") or entry.get("name")) for entry in entries if entry.get("id") == id), ""
    )


SESSIONIZE = ProgrammeImporter(
    "sessionize",
    N_("sessions of Sessionize (JSON)"),
    "JSON with `startsAt` and `isServiceSession` or `isPlenumSession`",
    (".json",),
    recognises,
    read,
)

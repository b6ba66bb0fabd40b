"""Reads schedules of conferences as frab, pentabarf and pretalx export them: `schedule.xml` and `schedule.json`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import msgspec
from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # it has no annotations
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # as above

from acquis.i18n import N_
from acquis.plan.document import Inferred, Programme
from acquis.plan.importers import fields
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.schedule import MOST_SESSIONS, Schedule
from acquis.reference import Profile


class _Conference(msgspec.Struct, frozen=True):
    """The conference of a schedule: its short name, title and time zone (empty if none is named)."""

    acronym: str
    title: str
    zone: str


class _Talk(msgspec.Struct, frozen=True):
    """An event of a schedule as it is written; `date` is an instant, or a day beside the clock time `start`."""

    guid: str
    id: str
    title: str
    subtitle: str
    type: str
    track: str
    date: str
    start: str
    duration: str
    room: str
    abstract: str
    description: str
    persons: tuple[str, ...]


def _session(talk: _Talk, conference: _Conference) -> Programme:
    starts, marks = _starts(talk, conference)
    minutes = fields.minutes_of(talk.duration)
    zone, doubt = (conference.zone, []) if conference.zone else fields.zone_of_offset(starts)
    if not minutes:
        marks.append(Inferred("ends", f"the length “{talk.duration}” was not understood"))
    return Programme(
        title=fields.words(talk.title),
        number=fields.words(talk.id),
        gathering=conference.title,
        starts=fields.iso(starts),
        ends=fields.iso(starts + timedelta(minutes=minutes)) if starts and minutes else "",
        zone=zone,
        room=fields.words(talk.room),
        format=fields.words(talk.type),
        theme=fields.words(talk.track),
        description=fields.paragraphs(talk.subtitle, talk.abstract, talk.description),
        speakers=fields.persons(talk.persons),
        source=f"frab:{conference.acronym}:{fields.words(talk.guid or talk.id or talk.title)}",
        inferred=(*marks, *doubt),
    )


def _starts(talk: _Talk, conference: _Conference) -> tuple[datetime | None, list[Inferred]]:
    """When an event starts: by its own date, or by the day and the clock time."""
    at = fields.moment(talk.date, conference.zone)
    if at is not None and len(talk.date) > len("2025-06-01"):
        return at, []
    at = fields.moment(f"{talk.date[:10]}T{talk.start.zfill(5)}", conference.zone)
    return at, [] if at else [Inferred("starts", f"the time “{talk.date} {talk.start}” was not understood")]


def _schedule(talks: list[_Talk], conference: _Conference) -> Schedule:
    if not talks:
        raise ImportFailed("no_sessions")
    if len(talks) > MOST_SESSIONS:
        raise ImportFailed("too_many_sessions", limit=MOST_SESSIONS)
    return Schedule(tuple(_session(talk, conference) for talk in talks))


# --- XML ---


def read_xml(text: str, profile: Profile) -> Schedule:
    """The sessions of a `schedule.xml`. Raises ImportFailed: bad_schedule (reason), no_sessions, too_many_sessions."""
    try:
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ImportFailed("bad_schedule", reason=str(error) or type(error).__name__) from error
    about = root.find("conference")
    conference = _Conference(
        _text(about, "acronym"), _text(about, "title"), fields.known_zone(_text(about, "time_zone_name"))
    )
    talks = [
        _xml_talk(event, day.get("date", ""), room.get("name", ""))
        for day in root.iter("day")
        for room in day.iter("room")
        for event in room.findall("event")
    ]
    return _schedule(talks, conference)


def _text(node: Element | None, tag: str) -> str:
    return (node.findtext(tag) or "").strip() if node is not None else ""


def _xml_talk(event: Element, day: str, room: str) -> _Talk:
    return _Talk(
        guid=event.get("guid", ""),
        id=event.get("id", ""),
        date=_text(event, "date") or day,
        room=_text(event, "room") or room,
        persons=tuple("".join(person.itertext()) for person in event.iterfind("persons/person")),
        **{
            name: _text(event, name)
            for name in ("title", "subtitle", "type", "track", "start", "duration", "abstract", "description")
        },
    )


# --- JSON ---


def read_json(text: str, profile: Profile) -> Schedule:
    """The sessions of a `schedule.json`. Raises ImportFailed: bad_schedule (reason), no_sessions, too_many_sessions."""
    about = fields.table(fields.table(fields.table(fields.decoded(text)).get("schedule")).get("conference"))
    conference = _Conference(
        fields.words(about.get("acronym")),
        fields.words(about.get("title")),
        fields.known_zone(fields.words(about.get("time_zone_name"))),
    )
    talks = [
        _json_talk(fields.table(event), fields.words(fields.table(day).get("date")), room)
        for day in fields.items(about.get("days"))
        for room, events in fields.table(fields.table(day).get("rooms")).items()
        for event in fields.items(events)
    ]
    return _schedule(talks, conference)


def _json_talk(event: dict[str, Any], day: str, room: str) -> _Talk:
    people = [fields.table(person) for person in fields.items(event.get("persons"))]
    return _Talk(
        date=fields.words(event.get("date")) or day,
        room=fields.words(event.get("room")) or room,
        abstract=fields.paragraphs(event.get("abstract") or ""),
        description=fields.paragraphs(event.get("description") or ""),
        persons=tuple(fields.words(person.get("public_name") or person.get("name")) for person in people),
        **{
            name: fields.words(event.get(name))
            for name in ("guid", "id", "title", "subtitle", "type", "track", "start", "duration")
        },
    )


XML = ProgrammeImporter(
    "frab",
    N_("schedule of frab, pentabarf or pretalx (XML)"),
    "XML whose root is `schedule`",
    (".xml",),
    lambda text: text.lstrip().startswith("<") and "<schedule" in text[:2000],
    read_xml,
)
PRETALX = ProgrammeImporter(
    "pretalx",
    N_("schedule of pretalx or frab (JSON)"),
    "JSON with `schedule` and in it `conference`",
    (".json",),
    lambda text: text.lstrip().startswith("{") and '"schedule"' in text[:2000] and '"conference"' in text[:20_000],
    read_json,
)

"""Reads events that Indico exports as JSON (`/export/event/ID.json?detail=contributions`)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from acquis.i18n import N_
from acquis.plan.document import Inferred, Person, PlannedSegment, Programme
from acquis.plan.importers import fields, shapes
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.schedule import MOST_SESSIONS, Schedule
from acquis.reference import Profile

_SIGN = re.compile(r'"_type"\s*:\s*"(?:HTTPAPIResult|Conference|Meeting|Lecture)"')
_NO_TIME = Inferred("segments", "the contributions have no times of their own; their order is that of the file")


def read(text: str, profile: Profile) -> Programme | Schedule:
    """An event with its contributions as segments; or, if these are held in several rooms or on several days, or the
    file has several events, a schedule. Raises ImportFailed: bad_schedule (reason), no_sessions, too_many_sessions."""
    data = fields.table(fields.decoded(text))
    events = [fields.table(event) for event in fields.items(data.get("results", data))]
    if not events or not any(events):
        raise ImportFailed("no_sessions")
    if len(events) == 1 and not (parts := _apart(events[0])):
        return _event(events[0])
    sessions = [_event(event) for event in events] if len(events) > 1 else [_part(part, events[0]) for part in parts]
    if len(sessions) > MOST_SESSIONS:
        raise ImportFailed("too_many_sessions", limit=MOST_SESSIONS)
    return Schedule(tuple(sessions))


def _contributions(event: dict[str, Any]) -> list[dict[str, Any]]:
    return [fields.table(part) for part in fields.items(event.get("contributions"))]


def _apart(event: dict[str, Any]) -> list[dict[str, Any]]:
    """The contributions if they are sessions of their own: timed, in several rooms or on several days."""
    timed = [part for part in _contributions(event) if _moment(part.get("startDate"))[0]]
    places = {fields.words(part.get("room")) or fields.words(part.get("roomFullname")) for part in timed}
    days = {at.date() for part in timed if (at := _moment(part.get("startDate"))[0])}
    return timed if len(places) > 1 or len(days) > 1 else []


def _moment(value: Any) -> tuple[datetime | None, str]:
    """(instant, zone) of `{"date": ..., "time": ..., "tz": ...}`."""
    parts = fields.table(value)
    zone = fields.known_zone(fields.words(parts.get("tz")))
    return fields.moment(f"{fields.words(parts.get('date'))}T{fields.words(parts.get('time'))}", zone), zone


def _event(event: dict[str, Any]) -> Programme:
    starts, zone = _moment(event.get("startDate"))
    ends, _ = _moment(event.get("endDate"))
    parts = _contributions(event)
    room = ", ".join(
        filter(
            None,
            (
                fields.words(event.get("room")) or fields.words(event.get("roomFullname")),
                fields.words(event.get("location")),
            ),
        )
    )
    segments = tuple(_segment(part) for part in parts if fields.words(part.get("title")))
    marks = [Inferred(f"segments[{n}].kind", shapes.KIND_BY_WORDS) for n in range(len(segments))]
    marks += [_NO_TIME] if segments and not any(_moment(part.get("startDate"))[0] for part in parts) else []
    chairs = _people(event.get("chairs"))
    marks += [Inferred(f"onsite_moderators[{n}]", "a chair of the event") for n in range(len(chairs))]
    return Programme(
        title=fields.words(event.get("title")),
        number=fields.words(event.get("id")),
        type="",
        starts=fields.iso(starts),
        ends=fields.iso(ends),
        zone=zone or "UTC",
        room=room,
        speakers=tuple(dict.fromkeys(person for part in parts for person in _speakers(part))),
        onsite_moderators=chairs,
        description=fields.paragraphs(event.get("description")),
        segments=segments,
        source=f"indico:{fields.words(event.get('id')) or fields.words(event.get('title'))}",
        inferred=(*marks, *([] if zone else [fields.NO_ZONE])),
    )


def _part(part: dict[str, Any], event: dict[str, Any]) -> Programme:
    """A contribution as a session of its own, in the gathering that the event is."""
    starts, zone = _moment(part.get("startDate"))
    ends, _ = _moment(part.get("endDate"))
    minutes = fields.minutes_of(fields.words(part.get("duration")))
    if ends is None and starts is not None and minutes:
        ends = starts + timedelta(minutes=minutes)
    whole = _event({**event, "contributions": []})
    id = fields.words(part.get("id")) or fields.words(part.get("title"))
    return replace(
        whole,
        title=fields.words(part.get("title")),
        number=fields.words(part.get("id")),
        gathering=whole.title,
        starts=fields.iso(starts),
        ends=fields.iso(ends),
        zone=zone or whole.zone,
        room=fields.words(part.get("room")) or fields.words(part.get("roomFullname")) or whole.room,
        theme=fields.words(part.get("session") or part.get("track")),
        description=fields.paragraphs(part.get("description")),
        speakers=tuple(dict.fromkeys(_speakers(part))),
        onsite_moderators=(),
        source=f"{whole.source}:{id}",
        inferred=(),
    )


def _segment(part: dict[str, Any]) -> PlannedSegment:
    title = fields.words(part.get("title"))
    return PlannedSegment(title, shapes.kind_of(title), fields.minutes_of(fields.words(part.get("duration"))))


def _speakers(part: dict[str, Any]) -> tuple[Person, ...]:
    return _people(part.get("speakers") or part.get("primaryauthors"))


def _people(value: Any) -> tuple[Person, ...]:
    people = []
    for entry in map(fields.table, fields.items(value)):
        first, last = fields.words(entry.get("first_name")), fields.words(entry.get("last_name"))
        name = f"{first} {last}".strip() or fields.given_first(fields.words(entry.get("fullName") or entry.get("name")))
        if name:
            people.append(Person(name, fields.words(entry.get("affiliation"))))
    return tuple(dict.fromkeys(people))


INDICO = ProgrammeImporter(
    "indico",
    N_("event of Indico (JSON)"),
    "JSON with `_type`: `HTTPAPIResult`, `Conference`, `Meeting` or `Lecture`",
    (".json",),
    lambda text: text.lstrip().startswith("{") and bool(_SIGN.search(text)),
    read,
)

"""Reads calendars (iCalendar, RFC 5545): our own `session.ics`, and those of Indico, Sched and any calendar program."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import icalendar

from acquis.i18n import N_
from acquis.plan.document import Inferred, Person, Programme
from acquis.plan.importers import fields
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.schedule import MOST_SESSIONS, Schedule
from acquis.reference import Profile
from acquis.text.plain_text import one_line


def read(text: str, profile: Profile) -> Programme | Schedule:
    """The event of a calendar, or a schedule if it has several. Raises ImportFailed: bad_schedule (reason),
    no_sessions, too_many_sessions."""
    if text.count("BEGIN:VEVENT") > MOST_SESSIONS:
        raise ImportFailed("too_many_sessions", limit=MOST_SESSIONS)
    try:
        calendar = icalendar.Calendar.from_ical(text.lstrip())
        sessions = [_session(event, calendar) for event in calendar.walk("VEVENT")]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ImportFailed("bad_schedule", reason=one_line(str(error))[:200]) from error
    if not sessions:
        raise ImportFailed("no_sessions")
    return sessions[0] if len(sessions) == 1 else Schedule(tuple(sessions))


def _session(event: Any, calendar: Any) -> Programme:
    named = fields.known_zone(_text(calendar, "x-wr-timezone"))
    starts, zone, marks = _moment(event, "dtstart", named)
    ends, _, _ = _moment(event, "dtend", named)
    if ends is None and starts is not None and (length := event.decoded("duration", None)):
        ends = starts + length
    if event.get("rrule"):
        marks.append(Inferred("starts", "the event repeats; only its first date was read"))
    if _text(event, "status").upper() == "CANCELLED":
        marks.append(Inferred("page", "the event is marked as cancelled"))
    uid, repetition = _text(event, "uid"), _text(event, "recurrence-id")
    host = uid.rpartition("@")[2]
    text = fields.paragraphs(_text(event, "description", lines=True))
    gathering, number, text = _own_head(text) if host == "acquis" else ("", "", text)
    return Programme(
        title=_text(event, "summary"),
        number=number,
        gathering=gathering
        or ("" if host == "acquis" else _unescaped(_text(calendar, "x-wr-calname")) or _text(calendar, "name")),
        starts=fields.iso(starts),
        ends=fields.iso(ends),
        zone=zone,
        room=_text(event, "location"),
        organizers=tuple(_people(event, "organizer")),
        speakers=tuple(_people(event, "attendee")),
        theme=", ".join(dict.fromkeys(_categories(event))),
        description=text,
        source=f"ics:{uid or _text(event, 'summary')}{':' + repetition if repetition else ''}",
        inferred=tuple(marks),
    )


def _own_head(text: str) -> tuple[str, str, str]:
    """(gathering, number, the rest) of the description that our own calendar files have: "IGF 2021 #119"."""
    first, _, rest = text.partition("\n")
    gathering, sign, number = first.rpartition(" #")
    return (gathering, number, rest.strip()) if sign and number.isalnum() else ("", "", text)


def _text(component: Any, name: str, lines: bool = False) -> str:
    value = component.get(name)
    value = value[0] if isinstance(value, list) and value else value
    written = value.to_ical().decode("utf-8", "replace") if hasattr(value, "dt") else str(value or "")
    return written if lines else one_line(written)


def _unescaped(text: str) -> str:
    """The text of a property that the library does not know, without the signs before commas and semicolons."""
    return text.replace("\\,", ",").replace("\\;", ";")


def _moment(event: Any, name: str, named: str) -> tuple[datetime | None, str, list[Inferred]]:
    """(instant, zone, marks) of a property; a day without a time has no instant."""
    prop = event.get(name)
    try:
        at = getattr(prop[0] if isinstance(prop, list) and prop else prop, "dt", None)
    except ValueError as error:  # a property that the library could not read
        return None, named or "UTC", [Inferred("starts", f"the time was not understood: {one_line(str(error))[-80:]}")]
    if not isinstance(at, datetime):
        said = (
            [Inferred("starts", f"the event is on the whole day {at}; it has no time")] if isinstance(at, date) else []
        )
        return None, named or "UTC", said
    zone = fields.known_zone(str(getattr(at.tzinfo, "key", "") or "")) if at.tzinfo else named
    if at.tzinfo is None:
        at = fields.moment(at.isoformat(), named)
        return at, named or "UTC", [] if named else [fields.NO_ZONE]
    if zone:
        return at, zone, []
    if named:
        return at, named, []
    zone, doubt = fields.zone_of_offset(at)
    return at, zone, doubt


def _people(event: Any, name: str) -> list[Person]:
    values = event.get(name) or []
    people = []
    for value in values if isinstance(values, list) else [values]:
        common = one_line(str(getattr(value, "params", {}).get("CN", "")))
        if common and "@" not in common:
            people.append(Person(common))
    return list(dict.fromkeys(people))


def _categories(event: Any) -> list[str]:
    values = event.get("categories") or []
    lists = values if isinstance(values, list) else [values]
    return [one_line(str(name)) for value in lists for name in getattr(value, "cats", [value])]


ICS = ProgrammeImporter(
    "ics",
    N_("calendar (iCalendar), such as session.ics"),
    "begins with `BEGIN:VCALENDAR`",
    (".ics",),
    lambda text: text.lstrip()[:15].upper() == "BEGIN:VCALENDAR",
    read,
)

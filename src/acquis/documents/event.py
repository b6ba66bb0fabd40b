"""The session as an event: for search engines (schema.org, JSON-LD) and for calendars (iCalendar)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from markupsafe import Markup

from acquis.documents.view import Named, ReportView
from acquis.i18n import N_, say
from acquis.i18n.rehearsals import rehearsal_notice
from acquis.plan.zones import zone_of
from acquis.reference.feeds import FeedEntry, calendar
from acquis.state import State
from acquis.text.plain_text import one_line


def event(view: ReportView, state: State, language: str, address: str = "") -> dict[str, Any]:
    """The session as a schema.org Event, with data of the programme only. `address`: of the page of the session, by
    which people take part online; empty: not known."""
    room = {"@type": "Place", "name": one_line(view.room)} if view.room else None
    online = {"@type": "VirtualLocation", "url": address} if address else None
    fields: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": one_line(view.title),
        "identifier": one_line(view.number),
        "startDate": view.starts,
        "endDate": view.ends,
        "url": address,
        "eventStatus": "https://schema.org/" + ("EventCancelled" if state.cancelled_at else "EventScheduled"),
        "eventAttendanceMode": "https://schema.org/" + ("Mixed" if room else "Online") + "EventAttendanceMode",
        "location": [room, online] if room and online else room or online,
        "superEvent": {"@type": "Event", "name": one_line(view.gathering)} if view.gathering else None,
        "organizer": [_person(person) for person in view.people.get("organizers", ())],
        "performer": [_person(person) for person in view.people.get("speakers", ())],
        "description": rehearsal_notice(language, view),
    }
    return {name: value for name, value in fields.items() if value}


def event_json(view: ReportView, state: State, language: str, address: str = "") -> bytes:
    """The schema.org Event as indented JSON, UTF-8."""
    return msgspec.json.format(msgspec.json.encode(event(view, state, language, address)), indent=2) + b"\n"


def event_script(view: ReportView, state: State, language: str, address: str = "") -> Markup:
    """The schema.org Event for a script element of a page, with `<`, `>` and `&` escaped."""
    text = msgspec.json.encode(event(view, state, language, address)).decode()
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, code)
    return Markup(text)  # noqa: S704  # see above


def _person(person: Named) -> dict[str, Any]:
    organization = {"@type": "Organization", "name": one_line(person.organization)} if person.organization else None
    named = {"@type": "Person", "name": one_line(person.name), "affiliation": organization}
    return {name: value for name, value in named.items() if value}


def session_times(starts: str, ends: str, zone: str) -> tuple[datetime, datetime] | None:
    """Begin and end of a session, equal if no end is given; a time without an offset is read on the clock of the venue
    (`zone`). None if a time is not in ISO 8601, or if the zone that it needs does not exist."""
    try:
        begin, end = datetime.fromisoformat(starts), datetime.fromisoformat(ends or starts)
        return _zoned(begin, zone), _zoned(end, zone)
    except ValueError:
        return None


def _zoned(time: datetime, zone: str) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=zone_of(zone))


def session_calendar(
    view: ReportView,
    id: str,
    made: datetime,
    language: str,
    address: str = "",
    *,
    revision: int = 0,
    cancelled: bool = False,
) -> bytes:
    """The session as an iCalendar file with one entry. `id`: constant for a session; `made`: the date of the record;
    `address`: of the page of the session, if it is known; `revision`: how often the programme was changed. Empty
    without `session_times`."""
    if (times := session_times(view.starts, view.ends, view.zone)) is None:
        return b""
    starts, ends = times
    gathering = " ".join(filter(None, (view.gathering, f"#{view.number}" if view.number else "")))
    text = "\n".join(one_line(line) for line in (gathering, rehearsal_notice(language, view)) if line)
    title = one_line(view.title) or say(language, N_("A session"))
    place = one_line(view.room) or address
    entry = FeedEntry(
        id, title, made, text, starts, ends, url=address, place=place, revision=revision, cancelled=cancelled
    )
    return calendar([entry], title, made)

"""The schedule of a gathering in the forms that venue apps and calendars read: frab XML and JSON, iCalendar, CSV.

Organizations and groups of people, segments and policy questions are in none of these forms; `programme.json` of a
session has them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal
from xml.etree import ElementTree

import msgspec

from acquis.documents.event import session_times
from acquis.documents.rows import written
from acquis.i18n import N_
from acquis.plan.document import Programme
from acquis.plan.importers.fields import iso
from acquis.plan.importers.sched_csv import COLUMNS
from acquis.plan.zones import zone_of
from acquis.reference.feeds import FeedEntry, calendar
from acquis.text.plain_text import clean_lines, one_line

Ending = Literal["xml", "json", "ics", "csv"]


class ListedSession(msgspec.Struct, frozen=True):
    """A session of a schedule: its id here, its programme, the address of its page (or empty), and whether it is
    cancelled."""

    id: str
    programme: Programme
    address: str = ""
    cancelled: bool = False


class _Slot(msgspec.Struct, frozen=True):
    """A session with its times on the clock of its venue."""

    listed: ListedSession
    starts: datetime
    ends: datetime


def _slots(sessions: Sequence[ListedSession]) -> list[_Slot]:
    """The sessions that have times and are not cancelled, by start. Others cannot be in these forms."""
    slots = []
    for listed in sessions:
        programme = listed.programme
        times = session_times(programme.starts, programme.ends, programme.zone)
        if times is not None and programme.starts and not listed.cancelled:
            starts, ends = (time.astimezone(zone_of(programme.zone)) for time in times)
            slots.append(_Slot(listed, starts, ends))
    return sorted(slots, key=lambda slot: (slot.starts, slot.listed.programme.room, slot.listed.id))


def _origin(listed: ListedSession) -> tuple[str, str]:
    """(short name of the conference, id of the event) of a session that came from a schedule of this form; a constant
    id of its own for any other."""
    kind, _, rest = listed.programme.source.partition(":")
    acronym, _, guid = rest.partition(":")
    if kind == "frab" and guid:
        return acronym, guid
    return "", str(uuid.uuid5(uuid.NAMESPACE_URL, f"acquis:{listed.id}"))


def _acronym(name: str, sessions: Sequence[ListedSession]) -> str:
    known = next((acronym for listed in sessions if (acronym := _origin(listed)[0])), "")
    return known or "-".join(name.lower().split())


def _event(slot: _Slot, place: int) -> dict[str, str]:
    """The values of an event that XML and JSON share, in the order of the form."""
    programme = slot.listed.programme
    minutes = max(0, (slot.ends - slot.starts) // timedelta(minutes=1))
    abstract, _, description = programme.description.partition("\n\n")
    return {
        "guid": _origin(slot.listed)[1],
        "id": programme.number or str(place),
        "date": iso(slot.starts),
        "start": f"{slot.starts:%H:%M}",
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": programme.room,
        "title": programme.title,
        "subtitle": "",
        "type": programme.format,
        "track": programme.theme,
        "abstract": abstract,
        "description": description,
        "url": slot.listed.address,
    }


def _days(slots: list[_Slot]) -> dict[str, dict[str, list[tuple[dict[str, str], _Slot]]]]:
    """Day -> room -> its events."""
    days: dict[str, dict[str, list[tuple[dict[str, str], _Slot]]]] = {}
    for place, slot in enumerate(slots, 1):
        rooms = days.setdefault(slot.starts.date().isoformat(), {})
        rooms.setdefault(slot.listed.programme.room, []).append((_event(slot, place), slot))
    return days


def _zone(slots: list[_Slot]) -> str:
    return slots[0].listed.programme.zone if slots else "UTC"


def frab_xml(name: str, sessions: Sequence[ListedSession]) -> bytes:
    """The schedule as frab and pretalx write it in XML. `name`: of the gathering."""
    slots = _slots(sessions)
    days = _days(slots)
    root = ElementTree.Element("schedule")
    _add(ElementTree.SubElement(root, "generator", {"name": "Acquis"}), {})
    about = ElementTree.SubElement(root, "conference")
    first, last = (min(days, default=""), max(days, default=""))
    head = {"acronym": _acronym(name, sessions), "title": name, "start": first, "end": last, "days": str(len(days))}
    _add(about, {**head, "time_zone_name": _zone(slots)})
    for number, (day, rooms) in enumerate(days.items(), 1):
        node = ElementTree.SubElement(root, "day", {"index": str(number), "date": day})
        for room, events in rooms.items():
            place = ElementTree.SubElement(node, "room", {"name": one_line(room)})
            for event, slot in events:
                _xml_event(place, event, slot.listed.programme)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _xml_event(parent: ElementTree.Element, event: dict[str, str], programme: Programme) -> None:
    node = ElementTree.SubElement(parent, "event", {name: event[name] for name in ("guid", "id")})
    _add(node, {name: value for name, value in event.items() if name not in ("guid", "id")})
    people = ElementTree.SubElement(node, "persons")
    for number, person in enumerate(filter(None, (person.name for person in programme.speakers)), 1):
        ElementTree.SubElement(people, "person", {"id": str(number)}).text = one_line(person)


def _add(parent: ElementTree.Element, values: dict[str, str]) -> None:
    for name, value in values.items():
        ElementTree.SubElement(parent, name).text = clean_lines(value)


def frab_json(name: str, sessions: Sequence[ListedSession]) -> bytes:
    """The schedule as frab and pretalx write it in JSON. `name`: of the gathering."""
    slots = _slots(sessions)
    days = _days(slots)
    conference: dict[str, Any] = {
        "acronym": _acronym(name, sessions),
        "title": name,
        "start": min(days, default=""),
        "end": max(days, default=""),
        "daysCount": len(days),
        "time_zone_name": _zone(slots),
        "rooms": [{"name": room} for room in dict.fromkeys(slot.listed.programme.room for slot in slots)],
        "days": [
            {"index": number, "date": day, "rooms": {room: list(map(_json_event, own)) for room, own in rooms.items()}}
            for number, (day, rooms) in enumerate(days.items(), 1)
        ],
    }
    whole = {"schedule": {"version": "1.0", "conference": conference}}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def _json_event(entry: tuple[dict[str, str], _Slot]) -> dict[str, Any]:
    event, slot = entry
    names = [person.name for person in slot.listed.programme.speakers if person.name]
    people = [{"id": number, "name": name, "public_name": name} for number, name in enumerate(names, 1)]
    return {**event, "persons": people}


def schedule_ics(name: str, sessions: Sequence[ListedSession], now: datetime) -> bytes:
    """The schedule as a calendar, made at `now`; the same ids as in the calendar of each session."""
    entries = [
        FeedEntry(
            slot.listed.id,
            one_line(slot.listed.programme.title),
            now,
            slot.listed.programme.description,
            slot.starts,
            slot.ends,
            url=slot.listed.address,
            place=one_line(slot.listed.programme.room),
        )
        for slot in _slots(sessions)
    ]
    return calendar(entries, one_line(name), now)


def schedule_csv(name: str, sessions: Sequence[ListedSession]) -> bytes:
    """The schedule as a table with the columns of Sched, and the event, the time zone and the track."""
    rows = []
    for slot in _slots(sessions):
        programme = slot.listed.programme
        rows.append(
            (
                programme.source.removeprefix("sched:") if programme.source.startswith("sched:") else slot.listed.id,
                programme.title,
                "Y",
                f"{slot.starts:%Y-%m-%d %I:%M %p}",
                f"{slot.ends:%Y-%m-%d %I:%M %p}",
                programme.format,
                programme.room,
                programme.description,
                "; ".join(_cell(person.name, person.organization) for person in programme.speakers),
                "; ".join(_cell(person.name, person.organization) for person in programme.onsite_moderators),
                name,
                programme.zone,
                programme.theme,
            )
        )
    return written(COLUMNS, rows)


def _cell(name: str, organization: str) -> str:
    return f"{name}, {organization}" if organization else name


class ScheduleForm(msgspec.Struct, frozen=True):
    """A form of a schedule: the ending of its file, its media type, its title as a message, and its writer, which takes
    the name of the gathering, the sessions and the present time."""

    ending: Ending
    media_type: str
    title: str
    write: Callable[[str, Sequence[ListedSession], datetime], bytes]


SCHEDULE_FORMS: tuple[ScheduleForm, ...] = (
    ScheduleForm("ics", "text/calendar; charset=utf-8", N_("Calendar of all sessions (iCalendar)"), schedule_ics),
    ScheduleForm(
        "xml",
        "application/xml; charset=utf-8",
        N_("Schedule for venue apps (frab, pretalx; XML)"),
        lambda name, sessions, now: frab_xml(name, sessions),
    ),
    ScheduleForm(
        "json",
        "application/json",
        N_("Schedule for venue apps (frab, pretalx; JSON)"),
        lambda name, sessions, now: frab_json(name, sessions),
    ),
    ScheduleForm(
        "csv",
        "text/csv; charset=utf-8",
        N_("Table of all sessions (CSV, columns of Sched)"),
        lambda name, sessions, now: schedule_csv(name, sessions),
    ),
)

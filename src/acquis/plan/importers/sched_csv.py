"""Reads tables of sessions (CSV): that of Sched, ours, which has the same columns and the time zone, and others with a
title, a start and an end."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from acquis.i18n import N_
from acquis.plan.document import Inferred, Person, Programme
from acquis.plan.importers import fields, names
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.schedule import MOST_SESSIONS, Schedule
from acquis.reference import Profile
from acquis.text.folding import caseless
from acquis.text.plain_text import unguarded

COLUMNS = (
    "Session ID", "Title", "Published?", "Session start", "Session end", "Type", "Venue", "Description", "Speakers",
    "Moderators", "Event", "Time zone", "Track",
)  # fmt: skip
"""The columns of Sched that are read, and those that our own tables have besides: `Event`, `Time zone`, `Track`."""
_OTHERS = {
    "title": ("session name", "session title", "session", "name"),
    "session start": ("start", "start time", "starts", "begin"),
    "session end": ("end", "end time", "ends"),
    "day": ("date", "start date", "session date"),
    "last day": ("end date",),
    "venue": ("room", "location", "stage"),
    "speakers": ("speaker", "presenters", "panelists", "panellists"),
    "moderators": ("moderator", "chair", "chairs"),
    "description": ("abstract", "details"),
    "time zone": ("timezone", "zone"),
    "type": ("format", "session type"),
}
"""Column -> other titles of it, in small letters."""
_TIMES = (
    "%Y-%m-%d %I:%M %p", "%Y-%m-%d %H:%M", "%m/%d/%Y %I:%M %p", "%Y-%m-%d %H:%M:%S", "%B %d, %Y %I:%M %p",
    "%d.%m.%Y %H:%M",
)  # fmt: skip


def recognises(text: str) -> bool:
    """Whether the first line names a title, a start and an end in columns."""
    head = text.lstrip("\ufeff\n\r ").partition("\n")[0][:2000]
    columns = {_column(cell) for cell in next(csv.reader([head], delimiter=_delimiter(head)), [])}
    return {"title", "session start", "session end"} <= columns


def _delimiter(head: str) -> str:
    return max((",", ";", "\t"), key=head.count)


def _column(title: str) -> str:
    """The column in small letters, by the name that Sched gives it."""
    plain = " ".join(caseless(title).strip('\ufeff" ').replace("_", " ").split())
    return next((column for column, titles in _OTHERS.items() if plain in titles), plain)


def read(text: str, profile: Profile) -> Schedule:
    """The sessions of the table. Raises ImportFailed: bad_schedule (reason), no_sessions, too_many_sessions."""
    text = text.lstrip("\ufeff\n\r ")
    head = text.partition("\n")[0]
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=_delimiter(head)))
    except csv.Error as error:
        raise ImportFailed("bad_schedule", reason=str(error)) from error
    if len(rows) > MOST_SESSIONS:
        raise ImportFailed("too_many_sessions", limit=MOST_SESSIONS)
    sessions = [_session(_row(row)) for row in rows]
    if not (named := [session for session in sessions if session.title]):
        raise ImportFailed("no_sessions")
    return Schedule(tuple(named))


def _row(row: dict[str | None, str | list[str] | None]) -> dict[str, str]:
    """Column in small letters -> its text, without the sign that keeps spreadsheets from reading it as a formula."""
    cells: dict[str, str] = {}
    for name, value in row.items():
        if isinstance(value, str):
            cells.setdefault(_column(str(name)), unguarded(value))
    day = cells.get("day", "")
    for which, on in (("session start", day), ("session end", cells.get("last day", "") or day)):
        if on and cells.get(which):
            cells[which] = f"{on} {cells[which]}"
    return cells


def _session(row: dict[str, str]) -> Programme:
    zone = fields.known_zone(row.get("time zone", "")) if row.get("time zone", "").strip() else ""
    marks = [] if zone else [fields.NO_ZONE]
    starts, ends = (_moment(row.get(f"session {which}", ""), zone) for which in ("start", "end"))
    if starts is None:
        marks.append(Inferred("starts", f"the time “{row.get('session start', '')}” was not understood"))
    if caseless(row.get("published?", "y")).strip() in ("n", "no", "false"):
        marks.append(Inferred("page", "the session is not published at its source"))
    id = fields.words(row.get("session id", "") or row.get("title", ""))
    return Programme(
        title=fields.words(row.get("title", "")),
        number=id if id.isdigit() else "",
        gathering=fields.words(row.get("event", "")),
        starts=fields.iso(starts),
        ends=fields.iso(ends),
        zone=zone or "UTC",
        room=fields.words(row.get("venue", "")),
        format=fields.words(row.get("type", "")),
        theme=fields.words(row.get("track", "")),
        description=fields.paragraphs(row.get("description", "")),
        speakers=_people(row.get("speakers", "")),
        onsite_moderators=_people(row.get("moderators", "")),
        source=f"sched:{id}",
        inferred=tuple(marks),
    )


def _moment(text: str, zone: str) -> datetime | None:
    text = " ".join(text.split())
    if at := fields.moment(text, zone):
        return at
    for pattern in _TIMES:
        try:
            return fields.moment(datetime.strptime(text, pattern).isoformat(), zone)  # noqa: DTZ007  # the zone is added
        except ValueError:
            continue
    return None


def _people(cell: str) -> tuple[Person, ...]:
    """The people of a cell: parted by semicolons, or by commas where every part is a full name."""
    pieces = [piece.strip() for piece in cell.split(";") if piece.strip()]
    if len(pieces) == 1:
        parts = [part.strip() for part in cell.split(",")]
        if len(parts) > 1 and all(names.is_name(part) and " " in part for part in parts):
            pieces = parts
    people = []
    for piece in pieces:
        name, organization = names.parted(piece)
        if not names.is_nobody(name):
            people.append(Person(fields.words(name), fields.words(organization)))
    return tuple(dict.fromkeys(people))


SCHED = ProgrammeImporter(
    "sched",
    N_("table of sessions, such as that of Sched (CSV)"),
    "a first line with columns for the title, the start and the end",
    (".csv",),
    recognises,
    read,
)

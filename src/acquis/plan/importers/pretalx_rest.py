"""Reads the list of sessions that the REST API of pretalx gives (`/api/events/NAME/talks/` or `/submissions/`), best
with `?expand=speakers,track,submission_type,slots.room`; without it, links are numbers. Sessions that were not accepted
are left out. The form is described at https://docs.pretalx.org/api/."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from acquis.i18n import N_
from acquis.plan.document import Inferred, Person, Programme
from acquis.plan.importers import fields
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.schedule import MOST_SESSIONS, Schedule
from acquis.reference import Profile

_ACCEPTED = ("", "accepted", "confirmed")
_EVENT = re.compile(r"/api/events/([\w-]{1,80})/")
_SIGN = re.compile(r'"submission_type"\s*:')
_PAGES = Inferred("page", "the file is one page of a list of several; import the others too")
_SPEAKERS = Inferred("speakers", "the file names the speakers by codes; ask for it with expand=speakers")


def recognises(text: str) -> bool:
    """Whether the text is a list of results with types of submissions. It need not be valid."""
    return text.lstrip().startswith("{") and '"results"' in text[:2000] and _SIGN.search(text) is not None


def read(text: str, profile: Profile) -> Schedule:
    """The sessions of the list. Raises ImportFailed: bad_schedule (reason), no_sessions, too_many_sessions."""
    page = fields.table(fields.decoded(text))
    links = [fields.words(page.get(name)) for name in ("next", "previous")]
    event = next((match[1] for link in links if (match := _EVENT.search(link))), "")
    listed = [fields.table(entry) for entry in fields.items(page.get("results"))]
    accepted = [entry for entry in listed if _label(entry.get("state")) in _ACCEPTED]
    if not accepted:
        raise ImportFailed("no_sessions")
    if len(accepted) > MOST_SESSIONS:
        raise ImportFailed("too_many_sessions", limit=MOST_SESSIONS)
    marks = (_PAGES,) if any(links) else ()
    return Schedule(tuple(_session(entry, event, marks) for entry in accepted))


def _session(entry: dict[str, Any], event: str, marks: tuple[Inferred, ...]) -> Programme:
    slot = next((fields.table(each) for each in _slots(entry) if fields.table(each).get("start")), {})
    starts, ends = (fields.moment(fields.words(slot.get(name))) for name in ("start", "end"))
    minutes = fields.minutes_of(fields.words(entry.get("duration") or slot.get("duration")))
    if ends is None and starts is not None and minutes:
        ends = starts + timedelta(minutes=minutes)
    zone, doubt = fields.zone_of_offset(starts)
    speakers, coded = _speakers(entry)
    code, title = fields.words(entry.get("code")), fields.words(entry.get("title"))
    return Programme(
        title=title,
        number=code,
        gathering=event,
        starts=fields.iso(starts),
        ends=fields.iso(ends),
        zone=zone,
        room=_label(slot.get("room")),
        format=_label(entry.get("submission_type")),
        theme=_label(entry.get("track")),
        description=fields.paragraphs(entry.get("abstract") or "", entry.get("description") or ""),
        speakers=speakers,
        source=f"pretalx:{event}:{code or title}",
        inferred=(*marks, *doubt, *((_SPEAKERS,) if coded else ())),
    )


def _slots(entry: dict[str, Any]) -> list[Any]:
    """The slots of a session: in a list, or a single one in earlier versions."""
    return fields.items(entry.get("slots")) or fields.items(entry.get("slot"))


def _label(value: Any) -> str:
    """The name of a track, a type or a room, as a text, a text by language, or an object with a name; empty for a
    number, which is only a link."""
    if isinstance(value, dict) and value.get("name"):
        value = value["name"]
    return "" if isinstance(value, int | float) else fields.words(value)


def _speakers(entry: dict[str, Any]) -> tuple[tuple[Person, ...], bool]:
    """The people of a session, and whether somebody is given by a code only."""
    listed = fields.items(entry.get("speakers"))
    names = [fields.words(person.get("name")) for person in listed if isinstance(person, dict)]
    return fields.persons(names), any(not isinstance(person, dict) for person in listed)


REST = ProgrammeImporter(
    "pretalx-rest",
    N_("list of sessions of pretalx (REST API, JSON)"),
    "JSON with `results` and in them `submission_type`",
    (".json",),
    recognises,
    read,
)

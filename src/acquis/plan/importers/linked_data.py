"""Reads events as schema.org describes them (JSON-LD): a file such as our `event.json`, or inside a page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from acquis.i18n import N_
from acquis.plan.document import Inferred, Person, PlannedSegment, Programme, Unparsed
from acquis.plan.importers import fields, names, shapes
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.importers.labels import PEOPLE, label_line
from acquis.plan.importers.lines import MAX_LINES, to_lines
from acquis.plan.schedule import MOST_SESSIONS, Schedule
from acquis.reference import Profile
from acquis.text.folding import caseless

_SCRIPT = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>", re.IGNORECASE)
_TYPE = re.compile(r'"@type"\s*:\s*(?:\[\s*)?"[A-Za-z]*Event"')
_IGF = re.compile(r"IGF 20\d\d|Policy Question\(s\)")
_HEADS = {"participants": "speaker", "panelists": "speaker", "panellists": "speaker", "chair": "onsite"} | PEOPLE
_STATUS = {
    "EventCancelled": "the event is marked as cancelled",
    "EventPostponed": "the event is marked as postponed; its date may not hold",
    "EventRescheduled": "the event is marked as moved to another date",
}
_WHOLE_DAY = len("2026-06-01")
_FROM_PAGE = "from the list of the page; it is not in the data of the page"


def recognises(text: str) -> bool:
    """Whether the text is JSON-LD with an event, or a page with such data that is no page of the IGF."""
    start = text.lstrip()[:1]
    if start in ("{", "["):
        return '"@context"' in text and bool(_TYPE.search(text))
    return start == "<" and bool(_SCRIPT.search(text)) and bool(_TYPE.search(text)) and not _IGF.search(text)


def read(text: str, profile: Profile) -> Programme | Schedule:
    """The event, or a schedule if the data has several. Of a page with one event, its lists of people are read too, and
    what is nowhere else is kept as not understood. Raises ImportFailed: bad_schedule (reason), no_sessions,
    too_many_sessions."""
    page = not text.lstrip().startswith(("{", "["))
    events = _events(text, page)
    sessions = [_session(event, "") for event in events]
    for event in events if len(events) == 1 else []:
        parts = [fields.table(part) for part in fields.items(event.get("subEvent") or event.get("subEvents"))]
        if len(parts) == 1:
            sessions = [replace(session, segments=_segments(parts)) for session in sessions]
        elif parts:
            sessions = [_session(part, fields.words(event.get("name"))) for part in parts]
    if not sessions:
        raise ImportFailed("no_sessions")
    if len(sessions) > MOST_SESSIONS:
        raise ImportFailed("too_many_sessions", limit=MOST_SESSIONS)
    if len(sessions) > 1:
        return Schedule(tuple(sessions))
    return _with_page(sessions[0], text) if page else sessions[0]


def _events(text: str, page: bool) -> list[dict[str, Any]]:
    pieces = [text]
    if page:
        pieces = [piece.partition("</script")[0] for piece in _SCRIPT.split(text)[1:]]
    nodes: list[Any] = []
    for piece in pieces:
        nodes += fields.items(fields.decoded(piece if not page else _bare(piece)))
    nodes += [inner for node in nodes for inner in fields.items(fields.table(node).get("@graph"))]
    return [node for node in map(fields.table, nodes) if _is_event(node)]


def _bare(piece: str) -> str:
    """The data of a script element, without the comment signs that some pages put around it."""
    return piece.strip().removeprefix("<!--").removesuffix("-->").strip()


def _is_event(node: dict[str, Any]) -> bool:
    return any(isinstance(kind, str) and kind.endswith("Event") for kind in fields.items(node.get("@type")))


def _session(event: dict[str, Any], gathering: str) -> Programme:
    first, last = fields.words(event.get("startDate")), fields.words(event.get("endDate"))
    starts, ends = (fields.moment(day) if len(day) > _WHOLE_DAY else None for day in (first, last))
    zone, doubt = fields.zone_of_offset(starts) if starts else ("UTC", [])
    if first and starts is None:
        doubt = [Inferred("starts", f"the event is on the whole day {first}; it has no time")]
    status = fields.words(event.get("eventStatus"))
    doubt += [Inferred("page", said) for name, said in _STATUS.items() if status.endswith(name)]
    if ends is not None and ends == starts:
        ends = None
    id = next((words for key in ("@id", "url", "identifier", "name") if (words := fields.words(event.get(key)))), "")
    return Programme(
        title=fields.words(event.get("name")),
        number=fields.words(event.get("identifier"))[:20],
        gathering=fields.words(event.get("superEvent")) or gathering,
        starts=fields.iso(starts),
        ends=fields.iso(ends),
        zone=zone,
        room=_place(event.get("location")),
        organizers=_people(event.get("organizer")),
        speakers=_people(event.get("performer") or event.get("performers")),
        description=fields.paragraphs(event.get("description")),
        source=f"event:{id}" if id else "",
        inferred=tuple(doubt),
    )


def _segments(parts: list[dict[str, Any]]) -> tuple[PlannedSegment, ...]:
    """Parts of an event as its segments."""
    segments = []
    for part in parts:
        title = fields.words(part.get("name"))
        starts, ends = (fields.moment(fields.words(part.get(key))) for key in ("startDate", "endDate"))
        known = starts and ends and bool(starts.tzinfo) == bool(ends.tzinfo)
        minutes = max(0, (ends - starts) // timedelta(minutes=1)) if known and starts and ends else 0
        segments.append(PlannedSegment(title, shapes.kind_of(title), minutes))
    return tuple(segments)


def _place(value: Any) -> str:
    places = []
    for place in fields.items(value):
        about = fields.table(place)
        is_online = about.get("@type") == "VirtualLocation"
        name = fields.words(about.get("name") if about else place)
        places.append(name or ("online" if is_online else fields.words(about.get("address"))))
    return ", ".join(dict.fromkeys(filter(None, places)))


def _people(value: Any) -> tuple[Person, ...]:
    people = []
    for entry in fields.items(value):
        about, name = fields.table(entry), fields.words(entry)
        organization = fields.words(about.get("affiliation") or about.get("worksFor"))
        if name:
            people.append(Person("", name) if about.get("@type") == "Organization" else Person(name, organization))
    return tuple(dict.fromkeys(people))


def _with_page(programme: Programme, text: str) -> Programme:
    """The programme with the people whom only the lists of the page name, and with the lines that are nowhere else."""
    by_role: dict[str, list[str]] = {"speaker": [], "onsite": []}
    role, rest = "", []
    for number, line in enumerate(_lines(text), 1):
        labelled = label_line(line)
        head = caseless(labelled[0] if labelled and not labelled[1] else line)
        if head in _HEADS or labelled:
            role = _HEADS.get(head, "")
        elif role in by_role and line and _is_person(line, programme):
            by_role[role].append(line)
        elif line:
            role = ""
            rest.append(Unparsed(number, line))
    speakers, marks = _joined(programme.speakers, by_role["speaker"], "speakers")
    moderators, more = _joined((), by_role["onsite"], "onsite_moderators")
    said = f"{programme.title} {programme.description} {programme.room}"
    kept = [line for line in rest if line.text not in said][:MAX_LINES]
    return replace(
        programme,
        speakers=speakers,
        onsite_moderators=moderators,
        inferred=(*programme.inferred, *marks, *more),
        unparsed=tuple(kept),
    )


def _lines(text: str) -> list[str]:
    """The lines of a page; none of one that only a script fills."""
    try:
        return to_lines(text)
    except ImportFailed as failure:
        if failure.code != "empty":
            raise
        return []


def _is_person(line: str, programme: Programme) -> bool:
    """Whether a line of a list is a person: a name of at least two words, or one that the data of the page knows. A
    single word is the heading of what follows ("Sponsors")."""
    name, organization = names.parted(names.unbulleted(line))
    known = any(caseless(person.name) == caseless(name) for person in programme.speakers)
    return known or (names.is_name(name) and (" " in name or bool(organization)))


def _joined(known: tuple[Person, ...], lines: list[str], field: str) -> tuple[tuple[Person, ...], list[Inferred]]:
    """The known people with what the lines of a list add: organizations, and people who are not among them."""
    people, marks = {caseless(person.name): person for person in known}, []
    for line in lines:
        for entry in names.entries(line)[0]:
            name, organization = names.parted(entry)
            before = people.get(caseless(name))
            if before is None or (organization and not before.organization):
                people[caseless(name)] = Person(name, organization)
                place = list(people).index(caseless(name))
                marks.append(Inferred(f"{field}[{place}]", _FROM_PAGE))
    return tuple(people.values()), marks


EVENT = ProgrammeImporter(
    "event",
    N_("event of schema.org (JSON-LD), as a file or in a page"),
    "JSON-LD with an `Event`, as a file or in a `script` of a page that is not of the IGF",
    (".json", ".jsonld", ".html", ".htm"),
    recognises,
    read,
)

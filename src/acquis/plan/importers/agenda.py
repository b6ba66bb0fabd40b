"""Reads a plain agenda: a title, a line with day, hours and place, and items with a clock time or their minutes."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from acquis.i18n import N_
from acquis.plan.check import WRONG_WEEKDAY
from acquis.plan.document import Inferred, Person, PlannedSegment, Programme, Unparsed
from acquis.plan.importers import clock, names, shapes
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.importers.lines import to_lines
from acquis.reference import Profile

_IGF = re.compile(r"IGF 20\d\d \S|Policy Question\(s\)|^(?:Organi[sz]er|Speaker) ?\d+ ?:|^>>", re.MULTILINE)
_STAMP = re.compile(r"^\[?\d{1,2}:\d\d:\d\d|^\d{1,2}:\d\d\S* *-->", re.MULTILINE)
_LENGTH = re.compile(r"\((?:(?P<who>[^()]{2,80}), )?(?P<minutes>\d{1,3}) ?m(?:in(?:ute)?s?)?\.?\)$", re.IGNORECASE)
_NAMED = re.compile(r"^(?P<title>.+?) (?:\((?P<a>[^()]{3,80})\)|[-–—] (?P<b>[^-–—]{3,120}))$")
_ROLE = re.compile(
    r"^(?P<role>Chairs?|Co-chairs?|Moderators?|Rapporteurs?|Note ?takers?|Speakers?) ?: ?(?P<who>.+)$", re.I
)
_ROLES = {"c": "onsite_moderators", "m": "onsite_moderators", "r": "rapporteurs", "n": "rapporteurs", "s": "speakers"}
_MARKS = re.compile(r"^(?:[>#*•]+\s+)+")
"""Signs of headings, lists and quotes in Markdown and in messages."""
_MAIL = re.compile(r"^(?:From|To|Cc|Bcc|Sent|Reply-To): ", re.IGNORECASE)
_SUBJECT = re.compile(r"^Subject: (?:(?:Re|Fwd?): )*(?P<title>.+)$", re.IGNORECASE)
_ZONE = re.compile(r"^\W*(?:Uhr )?(?:UTC|GMT)?(?:[A-Z]{0,4}|МСК)[+-]?[\d:]*\b(?=\W*,|\W*$)")  # noqa: RUF001  # Russian
"""A zone of time at the beginning of what a line with a day has besides."""
_BESIDE = "named in the agenda beside an item"
_NO_ZONE = "the agenda names no time zone; the times are read as UTC"
_LAST = "the length of the last item, up to the end of the session"


def recognises(text: str) -> bool:
    """Whether two lines or more begin with a clock time or end with their minutes, and the text is no page of the IGF
    and no transcript."""
    head = text[:200_000]
    if head.lstrip().startswith(("{", "[", "<")) or _IGF.search(head) or _STAMP.search(head):
        return False
    items = [
        line for line in map(_plain, head.splitlines()) if clock.time_at_start(line) or _LENGTH.search(line[-110:])
    ]
    return len(items) >= 2


def _plain(line: str) -> str:
    """A line without signs of Markdown; the row of a table as an item: `10:00 Welcome (Ama Example)`."""
    bare = line.strip()
    if not bare.startswith("|"):
        return _MARKS.sub("", bare)
    cells = [cell.strip() for cell in bare.strip("|").split("|")]
    if len(cells) < 2 or not clock.time_at_start(cells[0]):
        return bare
    people = f" ({cells[2]})" if len(cells) > 2 and cells[2] else ""
    return f"{cells[0]} {cells[1]}{people}"


class _AgendaItem(msgspec.Struct):
    """An item while it is read: its time (-1 for none), its title, and its minutes (0 for none)."""

    at: int
    title: str
    minutes: int


def read(text: str, profile: Profile) -> Programme:
    """The agenda as a session with its items as segments. Raises ImportFailed: empty, too_large, no_sessions."""
    reading = _Agenda()
    for number, line in enumerate(to_lines(text), 1):
        if line:
            reading.take(number, line)
    if not reading.items:
        raise ImportFailed("no_sessions")
    return reading.programme()


class _Agenda:
    """The state of reading an agenda."""

    def __init__(self) -> None:
        self.title, self.when, self.room = "", "", ""
        self.in_message = False
        self.day: date | None = None
        self.hours: clock.ClockSpan | None = None
        self.items: list[_AgendaItem] = []
        self.people: dict[str, dict[Person, str]] = {role: {} for role in ("speakers", *_ROLES.values())}
        self.marks: list[Inferred] = []
        self.notes: list[str] = []
        self.unparsed: list[Unparsed] = []

    def take(self, number: int, line: str) -> None:
        """Handle a line: people by role, an item, the line with the day, the title, a note, or not understood."""
        line = _plain(line)
        if role := _ROLE.match(line):
            self.take_people(_ROLES[role["role"][0].lower()], role["who"])
        elif self.take_head(number, line) or self.take_item(line) or self.take_when(line) or self.take_rest(line):
            return
        else:
            self.unparsed.append(Unparsed(number, line))

    def take_head(self, number: int, line: str) -> bool:
        """The head of a message: its subject is the title, and the rest of it is of no agenda."""
        if subject := _SUBJECT.match(line):
            self.title = self.title or subject["title"]
        elif _MAIL.match(line) and not self.title and not self.items:
            self.in_message = True
            self.unparsed.append(Unparsed(number, line))
        elif self.in_message and not self.items and line.startswith("Date: "):
            self.unparsed.append(Unparsed(number, line))
        else:
            return False
        return True

    def take_people(self, field: str, text: str) -> None:
        if names.is_nobody(text):
            self.marks.append(Inferred(field, f"the agenda says “{text}”; nobody was entered"))
            return
        if ";" in text:
            for piece in filter(None, map(str.strip, text.split(";"))):
                self.take_people(field, piece)
            return
        pieces, how = names.entries(text)
        commas = [piece.strip() for piece in text.split(",")]
        full = all(names.is_name(piece) and " " in piece for piece in commas)
        if len(pieces) == 1 < len(commas) and full and not names.is_organization(commas[-1]):
            pieces, how = commas, names.SEVERAL
        for piece in pieces:
            self.add(field, piece, how)

    def add(self, field: str, text: str, how: str) -> None:
        """Add a person with the organization in brackets, or after a comma or a dash."""
        name, organization = names.parted(text)
        bracket = re.match(r"^(?P<name>[^()]+) \((?P<rest>[^()]+)\)$", name)
        if bracket and not organization:
            name, organization = bracket["name"], bracket["rest"]
        self.people[field].setdefault(Person(name.strip(), organization), how)

    def take_item(self, line: str) -> bool:
        text, at, minutes = names.unbulleted(line), -1, 0
        if timed := clock.time_at_start(line):
            if self.when == "" and clock.day_in(line):
                return False
            at, text = timed
            if (hours := clock.span_in(line)) and hours.at == 0:
                text, minutes = line[hours.end :].strip(" :–—-|"), max(0, hours.ends - hours.starts)
        if length := _LENGTH.search(text[-110:]):
            minutes = int(length["minutes"])
            text = text[: len(text) - len(length[0])].strip(" -–,")
            if length["who"]:
                self.name_beside(length["who"])
        elif at < 0:
            return False
        elif (named := _NAMED.match(text)) and self.name_beside(named["a"] or named["b"]):
            text = named["title"].strip(" ,")
        self.items.append(_AgendaItem(at, text or "Item", minutes))
        return True

    def name_beside(self, text: str) -> bool:
        """Add the people who are named beside an item. Returns False if the text names none."""
        pieces = names.entries(text)[0]
        people = [piece for piece in pieces if names.is_name(names.parted(piece)[0]) and " " in names.parted(piece)[0]]
        for piece in people:
            self.add("speakers", piece, _BESIDE)
        return bool(people) and len(people) == len(pieces)

    def take_when(self, line: str) -> bool:
        named = clock.day_in(line)
        if self.when or not named or len(line) > 250:
            return False
        self.when, (self.day, match) = line, named
        if clock.is_wrong_weekday(*named):
            self.marks.append(Inferred("starts", WRONG_WEEKDAY))
        rest = line[: match.start()] + line[match.end() :]
        self.hours = clock.span_in(rest)
        if self.hours:
            rest = rest[: self.hours.at] + rest[self.hours.end :]
        self.room = _ZONE.sub("", rest.strip(" ,،;")).lstrip(" )").strip(" ,،;·|")
        return True

    def take_rest(self, line: str) -> bool:
        """The title before everything; people or notes below an item."""
        if not self.title and not self.items:
            self.title = line
            return True
        if not self.items:
            return False
        name, organization = names.parted(names.unbulleted(line))
        if organization and names.is_name(name) and " " in name:
            self.add("speakers", names.unbulleted(line), _BESIDE)
        else:
            self.notes.append(f"{self.items[-1].title}: {line}")
        return True

    def programme(self) -> Programme:
        """What was read, as a programme."""
        zone, how = clock.zone_in(self.when) or ("UTC", _NO_ZONE)
        timed = [item.at for item in self.items if item.at >= 0]
        starts = self.hours.starts if self.hours else (timed[0] if timed else -1)
        ends = self.hours.ends if self.hours else -1
        segments = self.segments(ends)
        if ends < 0 <= starts and (total := sum(part.minutes for part in segments)) and segments[-1].minutes:
            ends = starts + total
        marks = [*self.marks, *([Inferred("zone", how)] if how else [])]
        marks += [Inferred(f"segments[{n}].kind", shapes.KIND_BY_WORDS) for n in range(len(segments))]
        marks += [
            Inferred(f"{field}[{place}]", said)
            for field, people in self.people.items()
            for place, said in enumerate(people.values())
            if said
        ]
        return Programme(
            title=self.title,
            starts=clock.at(self.day, starts, zone) if starts >= 0 else "",
            ends=clock.at(self.day, ends, zone) if ends >= 0 else "",
            zone=zone,
            room=self.room,
            speakers=tuple(self.people["speakers"]),
            onsite_moderators=tuple(self.people["onsite_moderators"]),
            rapporteurs=tuple(self.people["rapporteurs"]),
            interaction="\n".join(self.notes),
            segments=segments,
            inferred=tuple(marks),
            unparsed=tuple(self.unparsed),
        )

    def segments(self, ends: int) -> tuple[PlannedSegment, ...]:
        """The items with their minutes: as written, or up to the next item; the last one up to the end."""
        parts = []
        for item, after in zip(self.items, [*self.items[1:], _AgendaItem(ends, "", 0)], strict=True):
            until = after.at - item.at if after.at >= 0 <= item.at else 0
            parts.append(PlannedSegment(item.title, shapes.kind_of(item.title), item.minutes or max(0, until)))
        if parts and self.items[-1].at >= 0 and not self.items[-1].minutes and parts[-1].minutes:
            self.marks.append(Inferred(f"segments[{len(parts) - 1}].minutes", _LAST))
        return tuple(parts)


AGENDA = ProgrammeImporter(
    "agenda",
    N_("agenda with times, as text, DOCX or PDF"),
    "two lines or more begin with a clock time or end with their minutes",
    (".txt", ".docx", ".pdf", ".md"),
    recognises,
    read,
)

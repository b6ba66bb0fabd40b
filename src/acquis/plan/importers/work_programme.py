"""Reads a programme of work of a United Nations body: days, meetings of half a day, and the items of each."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from acquis.i18n import N_
from acquis.plan.check import WRONG_WEEKDAY
from acquis.plan.document import Inferred, PlannedSegment, Programme
from acquis.plan.importers import clock, names, shapes
from acquis.plan.importers.importer import ImportFailed, ProgrammeImporter
from acquis.plan.importers.lines import to_lines
from acquis.plan.schedule import Schedule
from acquis.reference import Profile

_SIGN = re.compile(r"\bprogramme of work\b|\bindicative timetable\b", re.IGNORECASE)
_BULLET = re.compile(r"^[-–•*]\s*")
_HEADING = re.compile(r"^(?:Agenda )?item \d+\b", re.IGNORECASE)
_LONGEST = 200  # characters; a longer line is no heading
_SHORTEST = 4  # characters; fewer beside a day say nothing
_OPEN = "the programme gives no minutes for the items"


def recognises(text: str) -> bool:
    """Whether the text names itself a programme of work and has a day and a meeting of half a day on lines of their
    own."""
    if not _SIGN.search(text[:5000]) or text.lstrip().startswith(("{", "[")):
        return False
    lines = [line.strip() for line in text[:50_000].splitlines() if len(line) < _LONGEST]
    meets = any(_meeting(line) or _row(line) for line in lines)
    return meets and any(clock.day_in(line, 2000) for line in lines)


class _HalfDay(msgspec.Struct):
    """A meeting while it is read."""

    day: date | None
    hours: clock.ClockSpan
    lines: list[str] = []


def read(text: str, profile: Profile) -> Schedule:
    """The meetings as sessions. Raises ImportFailed: empty, too_large, no_sessions."""
    lines = to_lines(text)
    reading = _WorkProgramme()
    for number, line in enumerate(lines, 1):
        if line:
            reading.take(number, line)
    if not reading.meetings:
        raise ImportFailed("no_sessions")
    return reading.schedule()


def _meeting(line: str) -> clock.ClockSpan | None:
    """The hours of a line that has nothing else, such as `10 a.m.-1 p.m.`; None for any other line."""
    hours = clock.span_in(line)
    return hours if hours and not re.search(r"\w{4}", line[: hours.at] + line[hours.end :]) else None


def _row(line: str) -> tuple[str, str, str] | None:
    """The day (empty if it is that of the row before), the hours and the item of a row of a table; None for any other
    line."""
    hours = clock.span_in(line)
    if hours is None or not (item := line[hours.end :].strip(" :|–—-")):
        return None
    day = line[: hours.at].strip(" :|–—-")
    named = clock.day_in(day, 2000)
    whole = not day or (named is not None and len(day) - len(named[1][0]) < _SHORTEST)
    return (day, line[hours.at : hours.end], item) if whole else None


class _WorkProgramme:
    """The state of reading a programme of work."""

    def __init__(self) -> None:
        self.head: list[str] = []
        self.year, self.day = 0, date.min
        self.meetings: list[_HalfDay] = []
        self.marks: list[Inferred] = []

    def take(self, number: int, line: str) -> None:
        """Handle a line: the head, a day, the hours of a meeting, an item, or a row of a table with all three."""
        if row := _row(line):
            for cell in filter(None, row):
                self.take(number, cell)
            return
        named = clock.day_in(line, self.year)
        if named and not named[1].start() and len(line) - len(named[1][0]) <= len(" (continued)"):
            self.day = named[0]
            if clock.is_wrong_weekday(*named):
                self.marks.append(Inferred("starts", WRONG_WEEKDAY))
        elif hours := _meeting(line):
            self.meetings.append(_HalfDay(self.day if self.day != date.min else None, hours, []))
        elif self.meetings:
            self.meetings[-1].lines.append(line)
        else:
            self.head.append(line)
            if dated := clock.day_in(line):
                self.year = dated[0].year

    def schedule(self) -> Schedule:
        """The meetings as sessions of one gathering."""
        zone, how = clock.zone_in(" ".join(self.head)) or (
            "UTC",
            "the text names no time zone; the times are read as UTC",
        )
        titles = [line for line in self.head if not _SIGN.search(line) and not clock.day_in(line, 2000)]
        session = next((line for line in titles if re.search(r"\bsession\b", line, re.IGNORECASE)), "")
        gathering = ", ".join(dict.fromkeys(filter(None, (titles[0] if titles else "", session))))
        marks = [*self.marks, *([Inferred("zone", how)] if how else [])]
        return Schedule(tuple(self.session(meeting, gathering, session, zone, marks) for meeting in self.meetings))

    def session(self, meeting: _HalfDay, gathering: str, session: str, zone: str, marks: list[Inferred]) -> Programme:
        """One meeting; its items are segments, and an item that only heads others is not."""
        items = [
            names.unbulleted(line)
            for line, after in zip(meeting.lines, [*meeting.lines[1:], ""], strict=False)
            if not (_HEADING.match(line) and _BULLET.match(after))
        ]
        half = "morning" if meeting.hours.starts < 12 * 60 else "afternoon"
        when = f"{meeting.day:%A} {half}" if meeting.day else half
        whole = meeting.hours.ends - meeting.hours.starts if len(items) == 1 else 0
        own = [Inferred("segments", _OPEN)] if len(items) > 1 else []
        own += [Inferred(f"segments[{n}].kind", shapes.KIND_BY_WORDS) for n in range(len(items))]
        return Programme(
            title=items[0] if len(items) == 1 else f"{session or gathering or 'Meeting'}, {when}",
            gathering=gathering,
            starts=clock.at(meeting.day, meeting.hours.starts, zone),
            ends=clock.at(meeting.day, meeting.hours.ends, zone),
            zone=zone,
            interaction="\n".join(meeting.lines),
            segments=tuple(PlannedSegment(item, shapes.kind_of(item), max(0, whole)) for item in items),
            source=f"work:{gathering[:120]}:{meeting.day or ''} {half}",
            inferred=(*marks, *own),
        )


WORK = ProgrammeImporter(
    "work",
    N_("programme of work of a UN body"),
    "names itself a programme of work, and has days and hours on lines of their own",
    (".txt", ".docx", ".pdf"),
    recognises,
    read,
)

"""The layout of the time line of a process, with its past and future dates, without overlapping labels.

A template draws it. Time runs from left to right in every language.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from acquis.reference.deadlines import Span, due
from acquis.reference.library import Library
from acquis.reference.records import Certainty, EarlierText, Meeting, Opportunity, Outcome, Process, Ref, Status
from acquis.reference.taking_part import spans

WIDTH = 960
"""The width of the drawing in its units."""
_MARGIN = 16
_TOP = 40
_LANE = 24
_LETTER = 7.2
"""The width of an average letter of a label in units, rather too large."""
_LONGEST = 42
_GAP = 10

What = Literal["meeting", "outcome", "opportunity"]


class Happening(msgspec.Struct, frozen=True):
    """An item of the time line, from `first` to `last`, both None if no date is known. `written`: the date of an
    outcome as in its record ("2021-03"); `number`: from 1 in the order of time."""

    number: int
    what: What
    title: str
    certainty: Certainty
    status: Status
    refs: tuple[Ref, ...]
    first: datetime.date | None = None
    last: datetime.date | None = None
    written: str = ""
    id: str = ""
    symbol: str = ""
    place: str = ""
    note: str = ""
    unverified: str = ""
    earlier: tuple[EarlierText, ...] = ()

    @property
    def vague(self) -> bool:
        """Whether only a month or a year is known."""
        return bool(self.written) and self.first != self.last


class Placed(msgspec.Struct, frozen=True):
    """A mark and its label, in units of the drawing. `before`: the label is to the left of the mark."""

    happening: Happening
    x: float
    width: float
    y: float
    vague: bool
    """Whether the mark covers an uncertain date instead of a duration."""
    label_x: float
    before: bool
    label: str


class Tick(msgspec.Struct, frozen=True):
    """A line of the axis: the first day of a year ("2023") or, for a short time, of a month ("2026-04")."""

    x: float
    date: str


class Drawing(msgspec.Struct, frozen=True):
    """A time line: its height, the lines of its axis, the marks, and the x of today (None: outside)."""

    height: int
    ticks: tuple[Tick, ...]
    placed: tuple[Placed, ...]
    today: float | None


def days_of(text: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of a date ("2015-07-22", "2021-03", "2023"); None for any other text."""
    try:
        numbers = [int(part) for part in text.split("-")]
        if len(numbers) == 1:
            return datetime.date(numbers[0], 1, 1), datetime.date(numbers[0], 12, 31)
        if len(numbers) == 2:
            last = calendar.monthrange(numbers[0], numbers[1])[1]
            return datetime.date(numbers[0], numbers[1], 1), datetime.date(numbers[0], numbers[1], last)
        day = datetime.date(*numbers)
    except (ValueError, TypeError):
        return None
    return day, day


def days_of_chance(
    books: Library, opportunity: Opportunity, known: Mapping[str, Span]
) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and last day of an opportunity: of its deadline, else its own, else those of its meeting."""
    meeting = books.records.get(opportunity.meeting)
    at = meeting if isinstance(meeting, Meeting) else None
    if opportunity.deadline:
        last = due(opportunity.deadline, at.zone if at else "UTC", known)
        return (last.day, last.day) if last else (None, None)
    starts, ends = (opportunity.starts, opportunity.ends) if opportunity.starts or at is None else (at.starts, at.ends)
    return starts, ends or starts


def happenings(books: Library, process: Process) -> list[Happening]:
    """The items of the time line of a process in the order of time, those without a date last. An opportunity with the
    days of its meeting is left out."""
    known = spans(books)
    items = [*_outcomes(process), *_meetings(books, process), *_chances(books, process, known)]
    items.sort(
        key=lambda happening: (
            happening.first or datetime.date.max,
            happening.last or datetime.date.max,
            happening.title,
        )
    )
    return [msgspec.structs.replace(item, number=number) for number, item in enumerate(items, 1)]


def _outcomes(process: Process) -> Iterator[Happening]:
    for outcome in process.outcomes:
        first, last = days_of(outcome.date) or (None, None)
        refs = outcome.refs or process.refs
        yield Happening(
            0,
            "outcome",
            title=outcome.title,
            certainty=_sure(outcome),
            status=outcome.status,
            refs=refs,
            first=first,
            last=last,
            written=outcome.date,
            id="",
            symbol=outcome.symbol,
            unverified=outcome.unverified,
            earlier=outcome.earlier,
        )


def _sure(outcome: Outcome) -> Certainty:
    return "held" if outcome.date else "unknown"


def _meetings(books: Library, process: Process) -> Iterator[Happening]:
    for meeting in books.meetings(process.id):
        yield Happening(
            0,
            "meeting",
            title=meeting.title,
            certainty=meeting.certainty,
            status=meeting.status,
            refs=meeting.refs,
            first=meeting.starts,
            last=meeting.ends or meeting.starts,
            id=meeting.id,
            place=meeting.place,
            note=meeting.note,
            unverified=meeting.unverified,
            earlier=meeting.earlier,
        )


def _chances(books: Library, process: Process, known: Mapping[str, Span]) -> Iterator[Happening]:
    for opportunity in books.opportunities(process.id):
        if opportunity.deadline == "rolling" or (opportunity.meeting and not opportunity.deadline):
            continue
        first, last = days_of_chance(books, opportunity, known)
        yield Happening(
            0,
            "opportunity",
            title=opportunity.title,
            certainty=opportunity.certainty,
            status=opportunity.status,
            refs=opportunity.refs,
            first=first,
            last=last,
            id=opportunity.id,
            note=opportunity.note,
        )


def draw(happenings: list[Happening], today: datetime.date, words: Mapping[str, str]) -> Drawing | None:
    """The layout of the items that have a date; None without any. `words`: certainty -> word behind the label; a
    certainty without a word adds none."""
    dated = [item for item in happenings if item.first is not None]
    if not dated:
        return None
    first = min(item.first for item in dated if item.first)
    last = max(item.last or item.first for item in dated if item.first)
    begin = first.replace(day=1)
    end = max(last, begin + datetime.timedelta(days=180)) + datetime.timedelta(days=1)
    scale = (WIDTH - 2 * _MARGIN) / (end - begin).days
    placed, lanes = _place(dated, begin, scale, words)
    ticks = tuple(Tick(_MARGIN + (day - begin).days * scale, name) for day, name in _ticks(begin, end))
    now = _MARGIN + (today - begin).days * scale if begin <= today < end else None
    return Drawing(_TOP + lanes * _LANE + _GAP, ticks, placed, now)


def _ticks(begin: datetime.date, end: datetime.date) -> list[tuple[datetime.date, str]]:
    """The first days of years or, for at most three years, of quarters; at most twelve, with their labels."""
    years = range(begin.year, end.year + 1)
    if len(years) > 3:
        days = [(datetime.date(year, 1, 1), str(year)) for year in years[:: -(-len(years) // 12)]]
    else:
        days = [(datetime.date(year, month, 1), f"{year}-{month:02d}") for year in years for month in (1, 4, 7, 10)]
    return [(day, name) for day, name in days if begin <= day <= end]


def _place(
    dated: list[Happening], begin: datetime.date, scale: float, words: Mapping[str, str]
) -> tuple[tuple[Placed, ...], int]:
    """Places each item in the first lane where its mark and label overlap no other; and the number of lanes."""
    lanes: list[list[tuple[float, float]]] = []
    placed = []
    for item in dated:
        assert item.first is not None
        x = _MARGIN + (item.first - begin).days * scale
        width = max(12.0, ((item.last or item.first) - item.first).days * scale)
        label = label_of(item, words)
        long = len(label) * _LETTER
        before = x + width + 6 + long > WIDTH
        left, right = (x - 6 - long, x + width) if before else (x, x + width + 6 + long)
        lane = next((n for n, taken in enumerate(lanes) if _free(taken, left, right)), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((left - _GAP, right + _GAP))
        label_x = x - 6 if before else x + width + 6
        placed.append(
            Placed(
                item,
                x,
                width=width,
                y=_TOP + lane * _LANE + _LANE / 2,
                vague=item.vague,
                label_x=label_x,
                before=before,
                label=label,
            )
        )
    return tuple(placed), len(lanes)


def _free(taken: list[tuple[float, float]], left: float, right: float) -> bool:
    return all(right <= begin or left >= end for begin, end in taken)


def label_of(happening: Happening, words: Mapping[str, str]) -> str:
    """The label of a mark: number, title (at most 42 characters), and certainty or vague date."""
    title = happening.title if len(happening.title) <= _LONGEST else happening.title[: _LONGEST - 1].rstrip(" ,;") + "…"
    word = words.get(happening.certainty, "") or (happening.written if happening.vague else "")
    return f"{happening.number}  {title}" + (f" ({word})" if word else "")

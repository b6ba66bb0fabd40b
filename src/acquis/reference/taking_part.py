"""How to take part in a process: the steps for one kind of participant, and the dated opportunities.

Announced and estimated dates are kept apart: each opportunity has its certainty, and an estimate whose day has passed
is listed separately, because it is neither an opportunity nor a precedent."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from acquis.reference.deadlines import Due, Rule, Span, due, parse_deadline, span_of
from acquis.reference.library import Library
from acquis.reference.records import Certainty, Meeting, Opportunity, Process, ProcessStep, Who

ZONE = "UTC"
"""Time zone of a date that belongs to no meeting and therefore to no venue."""
PRECEDENTS = 6
_RANK: dict[Certainty, int] = {"held": 0, "announced": 0, "tentative": 1, "predicted": 2, "unknown": 3}

State = Literal["open", "closed", "coming", "unknown"]


class StepNow(msgspec.Struct, frozen=True):
    """The present state of a step: the day when it opens and its deadline, as far as they are known."""

    step: ProcessStep
    opens: datetime.date | None
    due: Due | None
    state: State

    @property
    def is_known(self) -> bool:
        """Whether it is known if the step can be taken."""
        return self.state != "unknown"

    @property
    def is_closed(self) -> bool:
        """Whether the step can no longer be taken."""
        return self.state == "closed"


class Chance(msgspec.Struct, frozen=True):
    """The present state of an opportunity.

    `due` is its deadline; without one its first day, or its last day once it has begun; None if it has no date.
    `days_left` is the number of days until then on the calendar of the venue, negative after it."""

    opportunity: Opportunity
    due: Due | None
    days_left: int | None
    certainty: Certainty

    @property
    def rolling(self) -> bool:
        """Whether one can apply at any time, because there is no deadline."""
        return self.opportunity.deadline == "rolling"


class Way(msgspec.Struct, frozen=True):
    """How one kind of participant can take part in a process on a given day.

    `next`: opportunities by day, then those open at all times, then those without a known date. `past`: the most recent
    ones, the latest first, those without known days last; their `certainty` "announced" means that they were planned
    and that nothing more is known. `lapsed`: estimates whose day has passed without news. `unknown`: English
    sentences."""

    process: Process
    who: Who
    steps: tuple[StepNow, ...]
    next: tuple[Chance, ...]
    past: tuple[Chance, ...]
    lapsed: tuple[Chance, ...]
    unknown: tuple[str, ...]


def spans(books: Library) -> dict[str, Span]:
    """Id of a meeting -> its span, for meetings with known days; an argument of `deadlines.due`."""
    return {m.id: span_of(m.starts, m.ends, m.zone) for m in books.meetings() if m.starts is not None}


def way_in(books: Library, process: str, who: Who, today: datetime.date) -> Way:
    """How a participant of kind `who` can take part in a process on the day `today`. Raises LookupError if there is no
    such process."""
    record = books.records.get(process)
    if not isinstance(record, Process):
        raise LookupError(process)
    known = spans(books)
    mine = [step for step in books.steps(process) if who in step.who]
    steps = tuple(_now(books, step, known, today, record.is_over) for step in mine)
    chances = [_chance(books, chance, known, today) for chance in books.opportunities(process) if who in chance.who]
    over = sorted((chance for chance in chances if _over(chance)), key=_latest_first)
    unknown = dict.fromkeys((*(step.unsure for step in mine if step.unsure), *record.gaps))
    return Way(
        record,
        who,
        steps=steps,
        next=tuple(sorted((chance for chance in chances if not _over(chance)), key=_by_day)),
        past=tuple(chance for chance in over if chance.certainty != "predicted")[:PRECEDENTS],
        lapsed=tuple(chance for chance in over if chance.certainty == "predicted"),
        unknown=tuple(unknown),
    )


def coming(books: Library, today: datetime.date, most: int) -> list[Chance]:
    """The upcoming dated opportunities of all processes, the nearest first, then those open at all times, at most
    `most`. Entries that are open to nobody, such as a letter of the Chair, are left out."""
    known = spans(books)
    chances = (_chance(books, chance, known, today) for chance in books.opportunities() if chance.who)
    current = (chance for chance in chances if not _over(chance) and (chance.due or chance.rolling))
    return sorted(current, key=_by_day)[:most]


def _now(books: Library, step: ProcessStep, known: Mapping[str, Span], today: datetime.date, closed: bool) -> StepNow:
    zone = _zone(books, (step.deadline, step.opens))
    last, first = due(step.deadline, zone, known), due(step.opens, zone, known)
    opens = first.day if first else None
    return StepNow(step, opens, last, _state(step, opens, last.day if last else None, today, closed))


def _state(
    step: ProcessStep, opens: datetime.date | None, last: datetime.date | None, today: datetime.date, closed: bool
) -> State:
    if last is not None and last < today:
        return "closed"
    if opens is not None and opens > today:
        return "coming"
    if last is None and closed:
        return "closed"
    if step.deadline == "rolling" or (last is not None and opens is not None):
        return "open"
    return "unknown"


def _chance(books: Library, opportunity: Opportunity, known: Mapping[str, Span], today: datetime.date) -> Chance:
    meeting = books.records.get(opportunity.meeting)
    at = meeting if isinstance(meeting, Meeting) else None
    zone = _zone(books, (opportunity.deadline,), at.zone if at else ZONE)
    when = due(opportunity.deadline, zone, known)
    if when is None and not opportunity.deadline:
        when = _day_of(opportunity, at, zone, today)
    return Chance(opportunity, when, (when.day - today).days if when else None, opportunity.certainty)


def _day_of(opportunity: Opportunity, at: Meeting | None, zone: str, today: datetime.date) -> Due | None:
    """The first day of an opportunity without a deadline, or its last day once it has begun. Its own days take
    precedence over those of the meeting."""
    starts, ends = (opportunity.starts, opportunity.ends) if opportunity.starts or not at else (at.starts, at.ends)
    if starts is None:
        return None
    day = starts if starts >= today else ends or starts
    return due(day.isoformat(), zone, {})


def _zone(books: Library, texts: Iterable[str], otherwise: str = ZONE) -> str:
    """The time zone of the meeting to which the first rule among some deadlines refers; otherwise `otherwise`."""
    for text in texts:
        rule = parse_deadline(text)
        meeting = books.records.get(rule.name) if isinstance(rule, Rule) else None
        if isinstance(meeting, Meeting):
            return meeting.zone
    return otherwise


def _over(chance: Chance) -> bool:
    if chance.days_left is None:
        return chance.certainty == "held"  # it took place on days that are not in the reference
    return chance.days_left < 0


def _by_day(chance: Chance) -> tuple[int, datetime.date, int, str]:
    day = chance.due.day if chance.due else datetime.date.max
    group = 0 if chance.due else 1 if chance.rolling else 2
    return group, day, _RANK[chance.certainty], chance.opportunity.id


def _latest_first(chance: Chance) -> tuple[int, str]:
    return -chance.due.day.toordinal() if chance.due else 0, chance.opportunity.id

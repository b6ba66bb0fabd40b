"""How one takes part in a process: the steps for one kind of participant, and the dated chances.

What is announced and what is guessed from a precedent never look the same: each chance carries its certainty, and a
guess whose day has passed is neither a chance nor a precedent but stands apart.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from acquis.reference.deadlines import Due, Rule, Span, due, parse, span_of
from acquis.reference.library import Library
from acquis.reference.records import Certainty, Meeting, Opportunity, Process, Step, Who

ZONE = "UTC"
"""The clock of a day that hangs on no meeting, and so on no venue."""
PRECEDENTS = 6
_RANK: dict[Certainty, int] = {"held": 0, "announced": 0, "tentative": 1, "predicted": 2, "unknown": 3}

State = Literal["open", "closed", "coming", "unknown"]


class StepNow(msgspec.Struct, frozen=True):
    """A step as it stands today: the day it opens and when it is due, as far as they are known."""

    step: Step
    opens: datetime.date | None
    due: Due | None
    state: State


class Chance(msgspec.Struct, frozen=True):
    """An opportunity as it stands today.

    `due` is what to keep in mind: its deadline; without one the first day, or the last one once it runs; None where
    nothing is dated. `days_left` are whole days until then on the calendar of the venue, negative when it is over."""

    opportunity: Opportunity
    due: Due | None
    days_left: int | None
    certainty: Certainty

    @property
    def rolling(self) -> bool:
        """Whether it is open all the time."""
        return self.opportunity.deadline == "rolling"


class Way(msgspec.Struct, frozen=True):
    """The way into a process for one kind of participant, as it stands on a day.

    `next`: dated ones by day, then what is open all the time, then what has no known date. `past`: the latest few, the
    last one first, what is known without its days at the end; `certainty` "announced" there means that it was planned
    and nothing more was seen. `lapsed`: guesses
    whose day has passed, of which nobody knows whether there was anything. `unknown`: sentences, in English."""

    process: Process
    who: Who
    steps: tuple[StepNow, ...]
    next: tuple[Chance, ...]
    past: tuple[Chance, ...]
    lapsed: tuple[Chance, ...]
    unknown: tuple[str, ...]


def spans(books: Library) -> dict[str, Span]:
    """When the meetings run whose days are known, by id: what the rules of deadlines count from."""
    return {m.id: span_of(m.starts, m.ends, m.zone) for m in books.meetings() if m.starts is not None}


def way_in(books: Library, process: str, who: Who, today: datetime.date) -> Way:
    """How `who` takes part in the process of this id, seen on `today`. Raises LookupError for an id of no process."""
    found = books.records.get(process)
    if not isinstance(found, Process):
        raise LookupError(process)
    known = spans(books)
    closed = found.phase in ("closed", "absorbed")
    mine = [step for step in books.steps(process) if who in step.who]
    steps = tuple(_now(books, step, known, today, closed) for step in mine)
    chances = [_chance(books, one, known, today) for one in books.opportunities(process) if who in one.who]
    over = sorted((one for one in chances if _over(one)), key=_latest_first)
    unknown = dict.fromkeys((*(step.unsure for step in mine if step.unsure), *found.gaps))
    return Way(
        found,
        who,
        steps,
        tuple(sorted((one for one in chances if not _over(one)), key=_by_day)),
        tuple(one for one in over if one.certainty != "predicted")[:PRECEDENTS],
        tuple(one for one in over if one.certainty == "predicted"),
        tuple(unknown),
    )


def coming(books: Library, today: datetime.date, most: int) -> list[Chance]:
    """The chances of all processes that are still to come and dated, the nearest first, then what is open all the time:
    `most` of them. What nobody can do anything about (a letter of the Chair) is not among them."""
    known = spans(books)
    chances = (_chance(books, one, known, today) for one in books.opportunities() if one.who)
    return sorted((one for one in chances if not _over(one) and (one.due or one.rolling)), key=_by_day)[:most]


def _now(books: Library, step: Step, known: Mapping[str, Span], today: datetime.date, closed: bool) -> StepNow:
    zone = _zone(books, (step.deadline, step.opens))
    last, first = due(step.deadline, zone, known), due(step.opens, zone, known)
    opens = first.day if first else None
    return StepNow(step, opens, last, _state(step, opens, last.day if last else None, today, closed))


def _state(
    step: Step, opens: datetime.date | None, last: datetime.date | None, today: datetime.date, closed: bool
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


def _chance(books: Library, one: Opportunity, known: Mapping[str, Span], today: datetime.date) -> Chance:
    meeting = books.records.get(one.meeting)
    at = meeting if isinstance(meeting, Meeting) else None
    zone = _zone(books, (one.deadline,), at.zone if at else ZONE)
    when = due(one.deadline, zone, known)
    if when is None and not one.deadline:
        when = _day_of(one, at, zone, today)
    return Chance(one, when, (when.day - today).days if when else None, one.certainty)


def _day_of(one: Opportunity, at: Meeting | None, zone: str, today: datetime.date) -> Due | None:
    """The first day of what has no deadline, or the last one once it has begun; its own days before the meeting's."""
    starts, ends = (one.starts, one.ends) if one.starts or not at else (at.starts, at.ends)
    if starts is None:
        return None
    day = starts if starts >= today else ends or starts
    return due(day.isoformat(), zone, {})


def _zone(books: Library, texts: Iterable[str], otherwise: str = ZONE) -> str:
    """The clock of the venue of the meeting that the first rule among some deadlines counts from."""
    for text in texts:
        rule = parse(text)
        meeting = books.records.get(rule.name) if isinstance(rule, Rule) else None
        if isinstance(meeting, Meeting):
            return meeting.zone
    return otherwise


def _over(chance: Chance) -> bool:
    if chance.days_left is None:
        return chance.certainty == "held"  # on days that were not looked up
    return chance.days_left < 0


def _by_day(chance: Chance) -> tuple[int, datetime.date, int, str]:
    day = chance.due.day if chance.due else datetime.date.max
    group = 0 if chance.due else 1 if chance.rolling else 2
    return group, day, _RANK[chance.certainty], chance.opportunity.id


def _latest_first(chance: Chance) -> tuple[int, str]:
    return -chance.due.day.toordinal() if chance.due else 0, chance.opportunity.id

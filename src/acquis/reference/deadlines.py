"""Deadlines: a date, or a rule relative to the start or the end of a meeting or session.

A rule is `start(NAME)` or `end(NAME)`, then `+` or `-` and an ISO 8601 duration of weeks, days, hours and minutes.
Years and months are refused, because "a month before 31 March" is not a date. A deadline that is given in days ends at
the end of that day in the time zone of the venue; one that is given in hours, or without a duration, is an instant.

Compare instants in UTC: Python compares two times of the same zone by local time, which is ambiguous in the hour that
is repeated when clocks are set back."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import msgspec

_N = "([0-9]{1,4})"
_RULE = re.compile(
    rf"(start|end)\(([\w.:/-]+)\)(?:\s*([+-])\s*P(?=[0-9T])(?:{_N}W)?(?:{_N}D)?(?:T(?=[0-9])(?:{_N}H)?(?:{_N}M)?)?)?"
)
_DATE = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
WORDS = ("rolling", "unknown", "")


class Span(msgspec.Struct, frozen=True):
    """The instants at which a meeting or session starts and ends."""

    start: datetime.datetime
    end: datetime.datetime


class Rule(msgspec.Struct, frozen=True):
    """A parsed rule. edge: "start" or "end" of the thing `name`. delta: the distance from it. days: whether it is
    counted in whole days."""

    edge: str
    name: str
    delta: datetime.timedelta
    days: bool


class Due(msgspec.Struct, frozen=True):
    """The last instant of a deadline, and its day at the venue."""

    at: datetime.datetime
    day: datetime.date


def parse_deadline(text: str) -> Rule | datetime.date | str:
    """A rule, a date (1900 to 2199), or one of the words "rolling", "unknown" and "". Raises ValueError, with the text,
    if it is none of these."""
    if text in WORDS:
        return text
    if _DATE.fullmatch(text):
        with contextlib.suppress(ValueError):  # a day that does not exist, such as 30 February
            return datetime.date.fromisoformat(text)
    match = _RULE.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is no deadline; write a date, or start(meeting) - P14D")
    edge, name, sign, weeks, days, hours, minutes = match.groups()
    delta = datetime.timedelta(
        weeks=int(weeks or 0), days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0)
    )
    whole = not hours and not minutes and bool(sign)
    return Rule(edge, name, -delta if sign == "-" else delta, whole)


def due(text: str, zone: str, spans: Mapping[str, Span]) -> Due | None:
    """The deadline of `text` in the time zone `zone` (IANA). spans: name -> start and end, for the names in rules. None
    if the text gives no date or its rule refers to a name that is not in `spans`. Raises ValueError if the text is not
    a deadline, LookupError if the zone does not exist."""
    deadline = parse_deadline(text)
    if isinstance(deadline, str):
        return None
    clock = ZoneInfo(zone)
    if isinstance(deadline, datetime.date):
        return _end_of(deadline, clock)
    span = spans.get(deadline.name)
    if span is None:
        return None
    edge = span.start if deadline.edge == "start" else span.end
    if (
        deadline.days
    ):  # counted on the calendar of the venue, so that a change to or from summer time does not shift them
        return _end_of(edge.astimezone(clock).date() + deadline.delta, clock)
    at = (edge.astimezone(datetime.UTC) + deadline.delta).astimezone(clock)
    return Due(at, at.date())


def _end_of(day: datetime.date, zone: ZoneInfo) -> Due:
    """The last second of a day; the later one if it occurs twice because clocks are set back at midnight."""
    return Due(datetime.datetime.combine(day, datetime.time(23, 59, 59, fold=1), zone), day)


def span_of(starts: datetime.date, ends: datetime.date | None, zone: str) -> Span:
    """The span from the beginning of `starts` to the end of `ends` (None: the same day) in a time zone."""
    clock = ZoneInfo(zone)
    return Span(datetime.datetime.combine(starts, datetime.time(), clock), _end_of(ends or starts, clock).at)

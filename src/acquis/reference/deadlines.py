"""When something is due: a date, or a rule that counts from the start or the end of something.

A rule is `start(NAME)` or `end(NAME)`, then `+` or `-` and an ISO 8601 duration of whole days and hours: years and
months are refused, since "a month before 31 March" is no date. A deadline that names a day lasts until the end of that
day on the venue's clock; one that names hours, or no distance at all, is an instant.

Compare instants in UTC: Python compares two times of one zone by the hands of the clock, which an hour that comes twice
deceives.
"""

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
    """From when to when something runs, as instants."""

    start: datetime.datetime
    end: datetime.datetime


class Rule(msgspec.Struct, frozen=True):
    """A parsed rule: which edge of what, and how far from it. `days` says that it counts in whole days."""

    edge: str
    name: str
    delta: datetime.timedelta
    days: bool


class Due(msgspec.Struct, frozen=True):
    """The last moment, and the day it falls on at the venue."""

    at: datetime.datetime
    day: datetime.date


def parse(text: str) -> Rule | datetime.date | str:
    """A rule, a date (1900 to 2199), or one of the words "rolling", "unknown" and "". Raises ValueError, with what was
    written."""
    if text in WORDS:
        return text
    if _DATE.fullmatch(text):
        with contextlib.suppress(ValueError):  # 30 February
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
    """When `text` says that it is due, on a clock of `zone` (IANA); `spans` knows when the things that rules name run.
    None where it says nothing definite, or counts from something whose time is not known. Raises ValueError for a text
    that is no deadline, LookupError for a zone that there is not."""
    found = parse(text)
    if isinstance(found, str):
        return None
    there = ZoneInfo(zone)
    if isinstance(found, datetime.date):
        return _end_of(found, there)
    span = spans.get(found.name)
    if span is None:
        return None
    edge = span.start if found.edge == "start" else span.end
    if found.days:  # whole days are counted on the calendar of the venue, so that no change of clocks shifts them
        return _end_of(edge.astimezone(there).date() + found.delta, there)
    at = (edge.astimezone(datetime.UTC) + found.delta).astimezone(there)
    return Due(at, at.date())


def _end_of(day: datetime.date, zone: ZoneInfo) -> Due:
    """The last second of a day there; the later one, where clocks that go back at midnight show it twice."""
    return Due(datetime.datetime.combine(day, datetime.time(23, 59, 59, fold=1), zone), day)


def span_of(starts: datetime.date, ends: datetime.date | None, zone: str) -> Span:
    """From the first to the last moment of some days at a place."""
    there = ZoneInfo(zone)
    return Span(datetime.datetime.combine(starts, datetime.time(), there), _end_of(ends or starts, there).at)

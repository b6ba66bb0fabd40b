"""Dates and times for readers, in the time zone of the venue and, if that differs, in UTC."""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime, timedelta, tzinfo

from babel.dates import format_date, format_time

from acquis.i18n.dates import locale_of
from acquis.plan.document import PlannedSegment, Programme
from acquis.plan.zones import zone_of

_DASH = "\N{EN DASH}"


def slot(starts: str, ends: str, zone: str, language: str) -> tuple[str, str]:
    """When a session is, of two ISO 8601 instants: ("Friday, 10 December 2021, 11:15-12:45 (Europe/Warsaw)", the same
    in UTC). Empty where nothing is known; the second one also where the venue's clock shows UTC."""
    try:
        begin = datetime.fromisoformat(starts)
        end = datetime.fromisoformat(ends) if ends else None
    except ValueError:
        return "", ""
    there = zone_or_utc(zone)
    here = _span(begin, end, there, language) + f" ({zone})"
    utc = _span(begin, end, UTC, language) + " (UTC)"
    return here, "" if begin.tzinfo is None or begin.astimezone(there).utcoffset() == begin.astimezone(
        UTC
    ).utcoffset() else utc


def _span(begin: datetime, end: datetime | None, zone: tzinfo, language: str) -> str:
    if begin.tzinfo is not None:
        begin = begin.astimezone(zone)
    text = f"{format_date(begin.date(), 'full', locale=locale_of(language))}, {_time(begin, language)}"
    if end is None:
        return text
    if end.tzinfo is not None:
        end = end.astimezone(zone)
    if end.date() != begin.date():
        text += f" {_DASH} {format_date(end.date(), 'full', locale=locale_of(language))}, "
        return text + _time(end, language)
    return f"{text}{_DASH}{_time(end, language)}"


def _time(moment: datetime, language: str) -> str:
    return format_time(moment.time(), "HH:mm", locale=locale_of(language))


def zone_or_utc(name: str) -> tzinfo:
    """The time zone of a name (see `zone_of`); UTC where there is none of that name."""
    try:
        return zone_of(name)
    except ValueError:
        return UTC


def schedule(programme: Programme) -> list[tuple[str, PlannedSegment]]:
    """Each segment with the time at which it begins on the venue's clock; counted from 0:00 where no start is known."""
    rows, minutes, there = [], 0, zone_or_utc(programme.zone)
    try:
        begin = datetime.fromisoformat(programme.starts)
        begin = begin if begin.tzinfo else begin.replace(tzinfo=there)
    except ValueError:
        begin, there = datetime.min.replace(tzinfo=UTC), UTC
    for part in programme.segments:
        # Added to the instant: on the clock of the venue an hour may be missing or come twice.
        clock = (begin.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(there)
        rows.append((f"{clock:%H:%M}", part))
        minutes += max(0, min(part.minutes, 10_000))
    return rows


@functools.lru_cache(maxsize=4096)
def moment(at: int, zone: str, language: str) -> str:
    """An instant (ms since 1970) on the venue's clock: "10 December 2021, 11:46 (Europe/Warsaw)"."""
    there = datetime.fromtimestamp(at // 1000, UTC).astimezone(zone_or_utc(zone))
    return f"{format_date(there.date(), 'long', locale=locale_of(language))}, {_time(there, language)} ({zone})"


def instant(at: int) -> datetime:
    """The aware time (UTC) of an instant in ms since 1970."""
    return datetime.fromtimestamp(at / 1000, UTC)


def date_of(at: int) -> date:
    """The day of an instant (ms since 1970) in UTC."""
    return datetime.fromtimestamp(at // 1000, UTC).date()


def day(at: int, language: str) -> str:
    """The day of an instant (ms since 1970) in UTC: "10 December 2021"."""
    return format_date(date_of(at), "long", locale=locale_of(language))

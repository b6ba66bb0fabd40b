"""Dates for machines and for people, in the words of CLDR."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from babel.dates import format_timedelta, get_day_names, get_month_names
from babel.units import format_unit

from acquis.i18n import N_, PSEUDO, say
from acquis.text.folding import caseless


def locale_of(language: str) -> str:
    """The CLDR locale of a language: British English for English, which the pseudo-locale is, too."""
    return "en_GB" if language in ("en", PSEUDO) else language.replace("-", "_")


def iso(at: int) -> str:
    """A time in ms since 1970 as ISO 8601, UTC, to the second."""
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def span(language: str, ms: int) -> str:
    """A duration in minutes and whole seconds: "4 min 10 s", "3 min", "50 s"."""
    minutes, seconds = divmod(max(ms, 0) // 1000, 60)
    if not minutes:
        return say(language, N_("{seconds} s"), seconds=seconds)
    if not seconds:
        return say(language, N_("{minutes} min"), minutes=minutes)
    return say(language, N_("{minutes} min {seconds} s"), minutes=minutes, seconds=f"{seconds:02d}")


def duration(language: str, number: int) -> str:
    """A number of minutes in the largest unit that is whole, as CLDR has it: "2 hours", "90 minutes", "14 days"."""
    unit, size = next((unit, size) for unit, size in (("day", 1440), ("hour", 60), ("minute", 1)) if not number % size)
    return format_unit(number // size, f"duration-{unit}", length="long", locale=locale_of(language))


_IN_YEARS = 2 * 365
"""From how many days on a time is told in years, because nobody counts so many days."""


def days_away(language: str, days: int) -> str:
    """How far off a day is, in days: "in 14 days", "today", "3 days ago"; from two years on in years: "in 73 years"."""
    if days == 0:
        return say(language, N_("today"))
    # A threshold that no number reaches keeps weeks and months out.
    away, never = timedelta(days=days), float("inf")
    unit: Literal["year", "day"] = "year" if abs(days) >= _IN_YEARS else "day"
    return format_timedelta(away, unit, threshold=never, add_direction=True, locale=locale_of(language))


_LONGEST = 100
"""Characters of a day and time in words, with weekday and zone."""
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::\d{2})?(?![\d:])")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)


def day_read(typed: str, language: str) -> date | None:
    """The day that a person typed, in any form in which pages show days: "2027-07-31", "31 July 2027", "Saturday,
    31 July 2027", with the names of the language or in English. None for anything else, and for a weekday that is not
    that of the day."""
    text = typed.strip()
    if len(text) > _LONGEST:
        return None
    if _ISO_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    words = [caseless(word) for word in re.split(r"[\s,.]+", _ORDINAL.sub("", text)) if word]
    days = [int(word) for word in words if word.isdecimal() and len(word) <= 2]
    years = [int(word) for word in words if word.isdecimal() and len(word) == 4]
    names = [word for word in words if not word.isdecimal()]
    months, weekdays = _numbers(names, language, get_month_names), _numbers(names, language, get_day_names)
    if (len(days), len(years), len(months)) != (1, 1, 1) or len(names) != 1 + len(weekdays) or len(weekdays) > 1:
        return None
    try:
        day = date(years[0], months[0], days[0])
    except ValueError:
        return None
    return day if not weekdays or weekdays[0] == day.weekday() else None


def moment_read(typed: str, language: str) -> datetime | None:
    """The day and time that a person typed: ISO 8601, or a day as in `day_read` with a time ("31 July 2027, 9:30").
    Without an offset it has no zone; what stands in brackets after it, as pages show a zone, is left out."""
    text = typed.strip()
    if len(text) > _LONGEST:
        return None
    with suppress(ValueError):
        return datetime.fromisoformat(text)
    # Pages show a span of time and the name of the zone.
    text = re.sub(r"\s*[-\N{EN DASH}]\s*\d{1,2}:\d{2}(?=\W*$)", "", re.sub(r"\([^)]*\)\s*$", "", text))
    clock = _CLOCK.search(text)
    day = day_read(_CLOCK.sub(" ", text, count=1), language) if clock else None
    if clock is None or day is None or int(clock[1]) > 23 or int(clock[2]) > 59:
        return None
    return datetime.combine(day, time(int(clock[1]), int(clock[2])))


def _numbers(names: list[str], language: str, names_of: object) -> list[int]:
    """The numbers of the months or weekdays among some words, by their full or short names."""
    assert callable(names_of)
    known = {
        caseless(str(name)).rstrip("."): int(number)
        for locale in ("en_GB", locale_of(language))
        for width in ("abbreviated", "wide")
        for number, name in names_of(width, "format", locale).items()
    }
    return [known[name] for name in names if name in known]

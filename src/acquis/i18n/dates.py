"""Dates for machines and for people, in the words of CLDR."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from babel.dates import format_timedelta

from acquis.i18n import N_, PSEUDO, say


def locale_of(language: str) -> str:
    """The CLDR locale of a language: British English for English, which the pseudo-locale is, too."""
    return "en_GB" if language in ("en", PSEUDO) else language.replace("-", "_")


def iso(at: int) -> str:
    """A time in ms since 1970 as ISO 8601, UTC, to the second."""
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def days_away(language: str, days: int) -> str:
    """How far off a day is, always in days: "in 14 days", "today", "3 days ago"."""
    if days == 0:
        return say(language, N_("today"))
    # A threshold that no number reaches keeps weeks and months out.
    span, never = timedelta(days=days), float("inf")
    return format_timedelta(span, "day", threshold=never, add_direction=True, locale=locale_of(language))

"""Phrases of live pages: durations, places in a queue, reasons of a pick, times."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import get_args

from babel.dates import format_datetime
from babel.units import format_unit

from acquis import events as ev
from acquis.floor.fairness import Pick
from acquis.i18n import N_, say, say_many, translation
from acquis.i18n.dates import locale_of, span
from acquis.i18n.vocabulary import labels, word
from acquis.plan.dates import zone_or_utc

HELD_BACK = labels("reason", get_args(ev.HeldBackReason))
ABOUT_PERSON = labels("reason", get_args(ev.PersonReason))
OVERRIDES = labels("reason", get_args(ev.OverrideReason))
"""The reasons that forms offer."""
VOTES_PUBLISHED = N_("After the session, the ballots are published without names, groups, times or order.")
VOTES_TOTALLED = N_("After the session, only the totals of the votes are published.")
"""What becomes of the votes, by the setting of the session: told before the first vote."""
CHOICES: dict[ev.Choice, str] = {"agree": N_("Agree"), "disagree": N_("Disagree"), "pass": N_("Pass / unsure")}

SCENES: dict[ev.Scene, str] = {
    "questions": N_("Questions"),
    "vote": N_("Voting"),
    "results": N_("Results"),
    "map": N_("Opinion map"),
    "summary": N_("Closing summary"),
    "message": N_("Message"),
    "clock": N_("Clock"),
    "after": N_("End of the session"),
}
"""The scenes of the stage."""
CUES = {
    "five_minutes": N_("Less than 5 minutes left in this segment"),
    "one_minute": N_("Less than 1 minute left in this segment"),
    "over": N_("This segment is over time"),
}


def minutes(language: str, number: int) -> str:
    """A number of minutes as CLDR has it ("1 minute", "5 minutes"): scripts say it with `Intl` in the same words."""
    return format_unit(number, "duration-minute", length="long", locale=locale_of(language))


def hours(language: str, ms: int) -> str:
    """A duration in hours and minutes as CLDR has it ("1h 31m", "12m"): scripts say it with `Intl` in the same
    words."""
    whole, rest = divmod(max(ms, 0) // 60_000, 60)
    parts = [("duration-hour", whole)] if whole else []
    units = (*parts, ("duration-minute", rest))
    return " ".join(format_unit(n, unit, length="narrow", locale=locale_of(language)) for unit, n in units)


def length(language: str, ms: int) -> str:
    """A duration in its largest unit: "3 days", "5 hours", "12 minutes"."""
    whole = max(ms, 0) // 60_000
    if whole >= 2880:
        return say_many(language, N_("{n} day"), N_("{n} days"), whole // 1440)
    if whole >= 120:
        return say_many(language, N_("{n} hour"), N_("{n} hours"), whole // 60)
    return say_many(language, N_("{n} minute"), N_("{n} minutes"), whole)


def why(language: str, pick: Pick) -> str:
    """A sentence that gives the reason of a pick."""
    named, other = word(language, "group", pick.group), word(language, "group", pick.other)
    if pick.listed:
        return say(language, N_("In the order of the published list."))
    if not pick.fair:
        return say(language, N_("In the order of requests."))
    if not pick.other:
        return say(language, N_("Only one group is on the list: {group}."), group=named)
    if pick.behind >= 1000:
        behind = span(language, pick.behind)
        return say(
            language,
            N_("{group}: {behind} less speaking time than {other}."),
            group=_first_up(named),
            behind=behind,
            other=other,
        )
    return say(language, N_("Same speaking time as {other}. This request came first."), other=other)


def waits_for(language: str, segment: ev.Segment, stakeholder: str) -> str:
    """What a hand waits for that this segment does not admit."""
    if not segment.open_floor:
        return say(language, N_("waiting for a segment with an open floor"))
    if not stakeholder:
        return say(language, N_("waiting for a segment that is open to all"))
    group = word(language, "group", stakeholder)
    return say(language, N_("waiting for a segment that is open to {group}"), group=group)


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def people(language: str, number: int) -> str:
    """A number of people in words ("1 person", "3 people")."""
    return say_many(language, N_("{n} person"), N_("{n} people"), number)


@functools.lru_cache(maxsize=512)
def times(language: str, starts: str, zone: str) -> tuple[str, str, str]:
    """A start in the venue's zone and in UTC, and for machines: ("7 Dec 2021, 16:30", "15:30 UTC", ISO 8601). A venue
    in UTC has one time ("7 Dec 2021, 15:30 UTC", ""). What is no time comes back as it is."""
    try:
        venue = datetime.fromisoformat(starts)
        venue = venue.astimezone(zone_or_utc(zone)) if venue.tzinfo else venue.replace(tzinfo=zone_or_utc(zone))
    except ValueError:
        return starts, "", ""
    utc = venue.astimezone(UTC)
    locale = language.partition("-")[0]
    stamp = utc.strftime("%Y-%m-%dT%H:%M:%SZ")
    if venue.tzinfo == UTC or zone == "UTC":
        return format_datetime(utc, "d MMM y, HH:mm 'UTC'", locale=locale), "", stamp
    shape = "HH:mm 'UTC'" if utc.date() == venue.date() else "d MMM, HH:mm 'UTC'"
    return (
        format_datetime(venue, "d MMM y, HH:mm", venue.tzinfo, locale),
        format_datetime(utc, shape, locale=locale),
        stamp,
    )


def clock_time(ms: int, zone: str) -> str:
    """The time of day at the venue, "16:42:05"."""
    return f"{datetime.fromtimestamp(ms / 1000, zone_or_utc(zone)):%H:%M:%S}"


def lines(language: str, messages: Mapping[str, str]) -> dict[str, str]:
    """Code -> message in a language, for a table of messages in English."""
    gettext = translation(language).gettext
    return {code: gettext(message) for code, message in messages.items()}

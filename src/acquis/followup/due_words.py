"""Due dates in words: as pages show them in a form, and as people type them.

A due date is recorded as a day (ISO 8601) or as a rule such as `start(gm-dtg-2026-12) - P14D` (see
`reference.deadlines`). People read and write "31 July 2027" and "14 days before the start of" a meeting."""

from __future__ import annotations

import datetime
import re
from collections import Counter

from babel.dates import format_date

from acquis.i18n.dates import day_read, locale_of
from acquis.reference import deadlines
from acquis.reference.library import library
from acquis.text.folding import caseless

LANGUAGE = "en"
"""Commands do not know the language of the reader."""
_RULE = re.compile(
    r"(?:(?P<number>\d{1,4})\s+(?P<unit>day|week|hour)s?\s+(?P<side>before|after)\s+)?(?:the\s+)?"
    r"(?P<edge>start|end)\s+of\s+(?P<meeting>.+)"
)
_UNITS = {"week": "P{}W", "day": "P{}D", "hour": "PT{}H"}


def meeting_names() -> dict[str, str]:
    """The id of each meeting with a known date -> its name with that of its process, the latest first."""
    dated = [meeting for meeting in library().meetings() if meeting.starts]
    dated.sort(key=lambda meeting: str(meeting.starts), reverse=True)
    short = {process.id: process.short for process in library().processes}
    names = {meeting.id: f"{short[meeting.process]}: {meeting.title}" for meeting in dated}
    often = Counter(names.values())
    return {
        meeting.id: names[meeting.id] if often[names[meeting.id]] == 1 else f"{names[meeting.id]}, {meeting.starts}"
        for meeting in dated
    }


def due_written(due: str) -> str:
    """A recorded due date in words; a text that is none, and a rule about a meeting without a date, unchanged."""
    try:
        rule = deadlines.parse_deadline(due)
    except ValueError:
        return due
    if isinstance(rule, datetime.date):
        return format_date(rule, "long", locale=locale_of(LANGUAGE))
    name = meeting_names().get(rule.name) if isinstance(rule, deadlines.Rule) else None
    if isinstance(rule, str) or name is None:
        return due
    if not rule.delta:
        return f"the {rule.edge} of {name}"
    minutes = int(abs(rule.delta).total_seconds() // 60)
    if minutes % 60:
        return due
    number, unit = (minutes // 1440, "day") if rule.days else (minutes // 60, "hour")
    side = "before" if rule.delta < datetime.timedelta(0) else "after"
    return f"{number} {unit}{'s' if number != 1 else ''} {side} the {rule.edge} of {name}"


def due_read(typed: str) -> str:
    """What is recorded of a due date that was typed in words; any other text is returned unchanged."""
    text = " ".join(typed.split())
    if (day := day_read(text, LANGUAGE)) is not None:
        return day.isoformat()
    match = _RULE.fullmatch(caseless(text))
    if match is None:
        return text
    id = next((id for id, name in meeting_names().items() if caseless(name) == match["meeting"]), None)
    if id is None:
        return text
    rule = f"{match['edge']}({id})"
    if not match["number"]:
        return rule
    return f"{rule} {'-' if match['side'] == 'before' else '+'} {_UNITS[match['unit']].format(match['number'])}"

"""The values that schedules of all forms share: texts, times, people, and the decoding of JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from acquis.plan.document import Inferred, Person
from acquis.plan.importers import names
from acquis.plan.importers.importer import ImportFailed
from acquis.plan.importers.lines import from_html
from acquis.plan.schedule import MOST_SESSIONS
from acquis.plan.zones import zone_of
from acquis.text.plain_text import clean_lines, one_line, unescaped

_TAG = re.compile(r"</?(?:p|br|div|ul|ol|li|b|i|em|strong|a|span|h\d)\b", re.IGNORECASE)
_LANGUAGE = len("zh-tw")
NO_ZONE = Inferred("zone", "the file names no time zone; the times are read as UTC")


def decoded(text: str) -> Any:
    """The data of a JSON text. Raises ImportFailed("bad_schedule", reason)."""
    try:
        return msgspec.json.decode(text)
    except RecursionError as error:
        raise ImportFailed("bad_schedule", reason="it is nested too deeply") from error
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise ImportFailed("bad_schedule", reason=str(error)) from error


def table(value: Any) -> dict[str, Any]:
    """The value if it is an object of JSON; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """The items of a list of JSON; a single object is a list of one. Raises ImportFailed: too_many_sessions."""
    if isinstance(value, list):
        if len(value) > MOST_SESSIONS * 10:
            raise ImportFailed("too_many_sessions", limit=MOST_SESSIONS)
        return value
    return [] if value in (None, "") else [value]


def words(value: Any) -> str:
    """A text in one line: of a text, a number, an object of texts by language (English first), or one with a name."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("en", "name", "title", "fullName") if value.get(key)), None) or next(
            (text for key, text in value.items() if isinstance(text, str) and len(key) <= _LANGUAGE and key[:1] != "@"),
            "",
        )
    return (
        one_line(unescaped(str(value))) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
    )


def paragraphs(*values: Any) -> str:
    """The texts, one after another, without markup, each once, with blank lines between paragraphs kept."""
    texts = []
    for value in values:
        text = value if isinstance(value, str) else words(value)
        if _TAG.search(text[:20_000]):
            text = from_html(text)
        lines = [" ".join(line.split()) for line in clean_lines(text).split("\n")]
        texts.append(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip())
    return "\n\n".join(dict.fromkeys(filter(None, texts)))


def moment(text: str, zone: str = "") -> datetime | None:
    """The instant of an ISO 8601 text; without an offset it is on the clock of `zone`, if that is given. None if it is
    not one."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if at.tzinfo is None and zone:
        at = at.replace(tzinfo=zone_of(zone))
    return at


def iso(at: datetime | None) -> str:
    """The instant in ISO 8601, to the second; empty for None."""
    return at.replace(microsecond=0).isoformat() if at else ""


def known_zone(name: str) -> str:
    """The name if it is that of a time zone; otherwise empty."""
    try:
        zone_of(name)
    except ValueError:
        return ""
    return name.strip()


def zone_of_offset(at: datetime | None) -> tuple[str, list[Inferred]]:
    """The zone "UTC+02:00" of an instant with an offset, and that only the offset is known; UTC if there is none."""
    if at is None or (offset := at.utcoffset()) is None:
        return "UTC", [NO_ZONE] if at else []
    if not offset:
        return "UTC", []
    sign, minutes = ("-" if offset < timedelta(0) else "+"), abs(offset) // timedelta(minutes=1)
    name = f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"
    return name, [Inferred("zone", "the file gives the offset of the time, not the name of its zone")]


def minutes_of(text: str) -> int:
    """Minutes of a length "01:30" or "1:00:00:00" (days, hours, minutes, seconds from the left as far as given), or of
    a number of minutes; 0 for anything else."""
    parts = text.strip().split(":")
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts) or len(parts) > 3:
        return 0
    numbers = [int(part) for part in parts]
    if len(numbers) == 3:  # days:hours:minutes, as pentabarf writes what is longer than a day
        return (numbers[0] * 24 + numbers[1]) * 60 + numbers[2]
    return numbers[0] * 60 + numbers[1] if len(numbers) == 2 else numbers[0]


def persons(written: Iterable[str]) -> tuple[Person, ...]:
    """The people with these names, each once; places that are open ("TBC") are left out."""
    named = dict.fromkeys(one_line(name) for name in written)
    return tuple(Person(name) for name in named if name and not names.is_nobody(name))


_TITLES = re.compile(r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Mme|Amb|Ambassador|Sir)\.? )+", re.IGNORECASE)


def given_first(name: str) -> str:
    """The name "Muster, Ben" as "Ben Muster"; titles stay in front ("Dr. Muster, Ben")."""
    title = match[0] if (match := _TITLES.match(name.strip())) else ""
    family, comma, given = (part.strip() for part in name.strip()[len(title) :].partition(","))
    return f"{title}{given} {family}" if comma and given else name.strip()

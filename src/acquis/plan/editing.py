"""Edits a programme with the fields of a form, whose names are like `speakers.0.name`.

Fields that are not in the form do not change. A person without a name and a segment without a title are removed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from acquis.attributes import AskedAttributes
from acquis.plan.document import Programme, ProgrammeError, from_data, to_data
from acquis.reference import Profile
from acquis.text.folding import folded

PEOPLE = ("speakers", "onsite_moderators", "online_moderators", "rapporteurs")
PERSON = ("name", "organization", "stakeholder_group", "regional_group")
PART = ("title", "kind", "minutes")

_OFFSET = re.compile(r"^(?:UTC|GMT)(?:(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?)?$")


def zone_of(name: str) -> tzinfo:
    """The time zone with this name: IANA ("Europe/Warsaw") or an offset ("UTC+1"). Raises ValueError for any other
    name."""
    if match := _OFFSET.match(name.strip()):
        offset = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
        return timezone(-offset if match["sign"] == "-" else offset) if offset else UTC
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(name) from error


def on_the_clock(instant: str, zone: str) -> str:
    """An ISO 8601 instant as local time of the venue, "2021-12-10T10:15"; another text is returned unchanged."""
    try:
        return datetime.fromisoformat(instant).astimezone(zone_of(zone)).strftime("%Y-%m-%dT%H:%M")
    except ValueError:
        return instant


def _instant(clock: str, zone: tzinfo, where: str) -> str:
    """The instant of a local time of the venue; an empty text stays empty. Raises ProgrammeError("bad_programme",
    where, reason)."""
    if not clock:
        return ""
    try:
        read = datetime.fromisoformat(clock)
    except ValueError as error:
        raise ProgrammeError("bad_programme", where=where, reason=f"“{clock[:40]}” is not a date and a time") from error
    return (read if read.tzinfo else read.replace(tzinfo=zone)).isoformat()


def overlaid(data: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """The data of a programme updated with the fields of the form. A text in place of a number is kept, so that the
    check of the document reports it. Raises ProgrammeError("bad_programme", where, reason) if a time or a time zone
    cannot be read."""
    result = dict(data)
    for name in ("title", "room"):
        if name in fields:
            result[name] = fields[name].strip()
    if "zone" in fields:
        result |= _times(fields)
    for name in PEOPLE:
        if f"{name}.0.name" in fields:
            result[name] = _rows(result.get(name, ()), name, PERSON, fields)
    if "segments.0.title" in fields:
        result["segments"] = _rows(result.get("segments", ()), "segments", PART, fields)
    if "balance" in fields:
        result["settings"] = {
            **result.get("settings", {}),
            "balance": fields["balance"],
            "moderated": "moderated" in fields,
            "anonymous_questions": "anonymous_questions" in fields,
            "chatham_house_rule": "chatham_house_rule" in fields,
            **{setting: setting in fields for setting in AskedAttributes.__struct_fields__},
        }
    return result


def edited(before: Programme, fields: Mapping[str, str]) -> Programme:
    """The programme updated with the fields of the form. An inferred field that was changed is no longer marked as
    inferred. Raises ProgrammeError("bad_programme", where, reason)."""
    after = from_data(overlaid(to_data(before), fields))
    kept = tuple(mark for mark in after.inferred if _same(mark.field, before, after))
    return msgspec.structs.replace(after, inferred=kept)


def _same(field: str, before: Programme, after: Programme) -> bool:
    name = re.split(r"[\[.]", field)[0]
    return bool(getattr(before, name, None) == getattr(after, name, None))


def _times(fields: Mapping[str, str]) -> dict[str, str]:
    name = fields["zone"].strip() or "UTC"
    try:
        zone = zone_of(name)
    except ValueError as error:
        reason = f"“{name[:40]}” is no time zone; write UTC, UTC+1 or a name such as Europe/Warsaw"
        raise ProgrammeError("bad_programme", where="zone", reason=reason) from error
    clocks = {where: fields[where].strip() for where in ("starts", "ends") if where in fields}
    return {"zone": name, **{where: _instant(clock, zone, where) for where, clock in clocks.items()}}


def _number(text: str) -> str | int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else text


def _rows(before: Any, name: str, columns: tuple[str, ...], fields: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of a list in the form, each merged with the former row at its place. A row whose first column is empty
    is removed."""
    rows, number = [], 0
    while f"{name}.{number}.{columns[0]}" in fields:
        row: dict[str, Any] = dict(before[number]) if number < len(before) else {}
        for column in columns:
            text = fields.get(f"{name}.{number}.{column}")
            if text is not None:
                row[column] = _number(text.strip()) if column == "minutes" else text.strip()
        if row[columns[0]]:
            rows.append(row)
        number += 1
    return rows


def slug(programme: Programme, profile: Profile) -> str:
    """A short id for a session, of lower-case letters, digits and hyphens: "igf2021-ws119"."""
    codes = {kind: code for code, kind in reversed(profile.types.items())}
    kind = codes.get(programme.type, "")
    number = (kind if len(kind) <= 3 else "") + programme.number
    text = f"{programme.gathering.replace(' ', '')} {number}" if programme.number else programme.title
    return re.sub(r"[^a-z0-9]+", "-", folded(text))[:32].strip("-") or "session"

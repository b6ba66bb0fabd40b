"""The form of a programme: the values of its fields, and a programme from what was typed into them.

The names of fields are like `speakers.0.name`. Fields that are not in the form do not change. A person without a name
and a segment without a title are removed. All problems are found at once; each names its field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from babel.dates import format_date

from acquis.attributes import AskedAttributes, Gender
from acquis.i18n import N_, say
from acquis.i18n.dates import locale_of, moment_read
from acquis.plan.document import Programme, from_data, to_data
from acquis.plan.zones import zone_of
from acquis.reference import Profile
from acquis.text.folding import folded

TEXTS = (
    "title", "number", "gathering", "series", "type", "theme", "profile", "room", "format", "seating", "description",
    "issue", "expected_outcomes", "interaction", "online_participation", "official_tool", "sdg_text",
)  # fmt: skip
PEOPLE = ("organizers", "speakers", "onsite_moderators", "online_moderators", "rapporteurs")
_PERSON = ("name", "organization", "stakeholder_group", "regional_group")
COLUMNS = {
    **dict.fromkeys(PEOPLE, _PERSON),
    "speakers": (*_PERSON, "gender"),
    "segments": ("title", "kind", "minutes", "limit", "open_floor", "fair"),
    "policy_questions": ("text", "theme"),
    "sdgs": ("number", "targets"),
}
"""The lists of the form and the columns of their rows. A row whose first column is empty is removed."""
GENDERS: tuple[Gender, ...] = ("woman", "man", "another")
"""What a speaker can have stated; another text stays as it is written."""
MORE = "more"
"""A field of a row of a segment: what can only be ticked (`registered`, `stakeholders.0` and so on) was shown."""
SWITCHES = {"": None, "yes": True, "no": False}
"""What a form holds for a switch that the rules of the event decide if it is left open."""
TICKS = (
    "moderated",
    "anonymous_questions",
    "chatham_house_rule",
    "publish_ballots",
    *AskedAttributes.__struct_fields__,
)
PROBLEMS = {
    "time": N_("“{typed}” is not a date and time. Enter it like 31 July 2027, 14:00. A weekday must match the date."),
    "zone": N_("“{typed}” is not a time zone. Enter UTC, UTC+1 or a name such as Europe/Warsaw."),
    "length": N_("The length “{typed}” is not a whole number of minutes. Enter it like 90."),
    "minutes": N_("“{typed}” is not a whole number of minutes for segment {row}. Enter it like 15."),
    "limit": N_("“{typed}” is not a time limit for segment {row}. Enter minutes like 2 or 1:30."),
    "nobody": N_("Row {row} has no name. Enter the name of the person, or clear the row."),
    "goal": N_("“{typed}” is not a Sustainable Development Goal. Write its number, from 1 to 17."),
    "no_number": N_("Row {row} has targets and no goal. Choose the goal, or clear the row."),
    "no_title": N_("Segment {row} has no title. Enter a title, or clear the row."),
    "no_text": N_("Policy question {row} has a theme but no text. Enter the question, or clear the row."),
}
_FIRST = {"segments": "no_title", "policy_questions": "no_text", "sdgs": "no_number"}


class Problem(msgspec.Struct, frozen=True):
    """Something that was typed and cannot be used: the name of its field, the code of the sentence, and facts."""

    field: str
    code: str
    facts: dict[str, Any] = {}

    def sentence(self, language: str) -> str:
        """The problem in a language, with its facts filled in, for the organizer who filled in the form."""
        return say(language, PROBLEMS[self.code], **self.facts)


def form_values(programme: Programme, language: str) -> dict[str, str]:
    """The fields of the form, by name, of a programme. Times are written as pages show them, on the venue's clock."""
    values = {name: getattr(programme, name) for name in TEXTS}
    values |= {"zone": programme.zone, "minutes": str(programme.minutes or "")}
    values |= {name: on_the_clock(getattr(programme, name), programme.zone, language) for name in ("starts", "ends")}
    for name, columns in COLUMNS.items():
        for number, row in enumerate(getattr(programme, name)):
            values |= {f"{name}.{number}.{column}": _written(row, column) for column in columns}
    for number, part in enumerate(programme.segments):
        values[f"segments.{number}.{MORE}"] = "on"
        values |= {f"segments.{number}.registered": "on"} if part.registered else {}
        values |= {f"segments.{number}.stakeholders.{n}": group for n, group in enumerate(part.stakeholders)}
    settings = programme.settings
    return values | {"balance": settings.balance} | {name: "on" for name in TICKS if getattr(settings, name)}


def is_typed(name: str) -> bool:
    """Whether a text is typed into the field of this name, and not chosen or ticked."""
    return name in (*TEXTS, "starts", "ends", "zone", "minutes") or name.rpartition(".")[2] in _TYPED


_TYPED = frozenset({"name", "organization", "title", "minutes", "limit", "text", "theme", "number", "targets"})
"""The columns of lists into which a text is typed."""


def rows_of(values: Mapping[str, str], name: str) -> int:
    """How many rows a list has in the fields of the form."""
    number = 0
    while f"{name}.{number}.{COLUMNS[name][0]}" in values:
        number += 1
    return number


def _written(row: Any, column: str) -> str:
    """The text of a column in the form."""
    if column == "limit":
        return limit_written(row.turn_limit_s)
    value = getattr(row, column)
    if column in ("open_floor", "fair"):
        return next(text for text, switch in SWITCHES.items() if switch is value)
    return ", ".join(value) if column == "targets" else str(value)


def limit_written(seconds: int | None) -> str:
    """A limit as the form shows it, in minutes: "2", "1:30"; empty for none."""
    if seconds is None:
        return ""
    return f"{seconds // 60}:{seconds % 60:02d}" if seconds % 60 else str(seconds // 60)


def on_the_clock(instant: str, zone: str, language: str) -> str:
    """An ISO 8601 instant on the clock of the venue: "10 December 2021, 10:15". Another text is returned unchanged."""
    try:
        read = datetime.fromisoformat(instant)
        there = read.astimezone(zone_of(zone)) if read.tzinfo else read
    except ValueError:
        return instant
    return f"{format_date(there.date(), 'long', locale=locale_of(language))}, {there:%H:%M}"


def edited(before: Programme, fields: Mapping[str, str], language: str) -> tuple[Programme, list[Problem]]:
    """The programme updated with the fields of the form, and what cannot be used, which stays as it was. An inferred
    field that was changed is no longer marked as inferred."""
    problems: list[Problem] = []
    data = to_data(before) | {name: fields[name].strip() for name in TEXTS if name in fields}
    if "zone" in fields:
        data |= _times(before, fields, language, problems)
    if "minutes" in fields:
        data["minutes"] = _whole(fields["minutes"].strip() or "0", Problem("minutes", "length"), problems)
    for name, columns in COLUMNS.items():
        if f"{name}.0.{columns[0]}" in fields:
            data[name] = _rows(data.get(name, ()), name, fields, problems)
    if "balance" in fields:
        ticks = {name: name in fields for name in TICKS}
        data["settings"] = {**data.get("settings", {}), "balance": fields["balance"], **ticks}
    after = from_data(data)
    kept = tuple(mark for mark in after.inferred if _same(mark.field, before, after))
    return msgspec.structs.replace(after, inferred=kept), problems


def _same(field: str, before: Programme, after: Programme) -> bool:
    name = re.split(r"[\[.]", field)[0]
    return bool(getattr(before, name, None) == getattr(after, name, None))


def _times(before: Programme, fields: Mapping[str, str], language: str, problems: list[Problem]) -> dict[str, str]:
    """The time zone, and the instants of the times of the venue that were typed; an empty time stays empty."""
    name = fields["zone"].strip() or "UTC"
    try:
        zone = zone_of(name)
    except ValueError:
        problems.append(Problem("zone", "zone", {"typed": name[:40]}))
        name, zone = before.zone, UTC
    result = {"zone": name}
    for where in ("starts", "ends"):
        typed = fields.get(where, "").strip()
        read = moment_read(typed, language)
        if read is not None:
            result[where] = (read if read.tzinfo else read.replace(tzinfo=zone)).isoformat()
        elif typed:
            problems.append(Problem(where, "time", {"typed": typed[:60]}))
        elif where in fields:
            result[where] = ""
    return result


def _whole(typed: str, problem: Problem, problems: list[Problem]) -> int:
    """A number of minutes; 0 and the problem with what was typed if it is none."""
    if typed.isascii() and typed.isdecimal() and len(typed) < 6:
        return int(typed)
    problems.append(msgspec.structs.replace(problem, facts={**problem.facts, "typed": typed[:40]}))
    return 0


def _seconds(typed: str, problem: Problem, problems: list[Problem]) -> int | None:
    """A limit in seconds, typed in minutes ("2", "1:30", "1.5"); None if it is empty."""
    if not typed:
        return None
    if clock := re.fullmatch(r"(\d{1,3}):([0-5]\d)", typed, re.ASCII):
        return int(clock[1]) * 60 + int(clock[2])
    if number := re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?", typed, re.ASCII):
        return round(float(f"{number[1]}.{number[2] or 0}") * 60)
    problems.append(msgspec.structs.replace(problem, facts={**problem.facts, "typed": typed[:40]}))
    return None


def _goal(typed: str, problem: Problem, problems: list[Problem]) -> int:
    """The number of a goal; 1 and the problem with what was typed if it is none."""
    if typed.isascii() and typed.isdecimal() and 1 <= int(typed[:4]) <= 17:
        return int(typed)
    problems.append(msgspec.structs.replace(problem, facts={"typed": typed[:40]}))
    return 1


_READ: dict[str, tuple[str, Callable[[str, Problem, list[Problem]], Any]]] = {
    "minutes": ("minutes", lambda typed, problem, problems: _whole(typed or "0", problem, problems)),
    "limit": ("turn_limit_s", _seconds),
    "open_floor": ("open_floor", lambda typed, *_: SWITCHES.get(typed)),
    "fair": ("fair", lambda typed, *_: SWITCHES.get(typed)),
    "number": ("number", _goal),
    "targets": ("targets", lambda typed, *_: [target for part in typed.split(",") if (target := part.strip())]),
}
"""Column -> the field that it fills, and how its text is read. Any other column is a text of the same name."""
_PROBLEM = {"number": "goal"}


def _ticked(place: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """What is ticked in a row of a segment; nothing where the form does not show it."""
    if f"{place}.{MORE}" not in fields:
        return {}
    return {"registered": f"{place}.registered" in fields, "stakeholders": groups_ticked(place, fields)}


def groups_ticked(place: str, fields: Mapping[str, str]) -> list[str]:
    """The stakeholder groups that are ticked in a row of a segment ("segments.0"), in the order of the form."""
    ticked = (name for name in fields if re.fullmatch(rf"{re.escape(place)}\.stakeholders\.\d{{1,3}}", name))
    return [fields[name] for name in sorted(ticked, key=lambda name: int(name.rpartition(".")[2]))]


def _rows(before: Any, name: str, fields: Mapping[str, str], problems: list[Problem]) -> list[dict[str, Any]]:
    """The rows of a list in the form, each merged with the former row at its place."""
    rows, columns = [], COLUMNS[name]
    for number in range(rows_of(fields, name)):
        place, facts = f"{name}.{number}", {"row": number + 1}
        shown = [column for column in columns if f"{place}.{column}" in fields]
        typed = {column: fields[f"{place}.{column}"].strip() for column in shown}
        row: dict[str, Any] = dict(before[number]) if number < len(before) else {}
        row |= {column: typed[column] for column in shown if column not in _READ}
        if typed[columns[0]]:
            for column in (column for column in shown if column in _READ):
                field, read = _READ[column]
                problem = Problem(f"{place}.{column}", _PROBLEM.get(column, column), facts)
                row[field] = read(typed[column], problem, problems)
            rows.append(row | _ticked(place, fields))
        elif number >= len(before) and any(text for column, text in typed.items() if column != "kind"):
            problems.append(Problem(f"{place}.{columns[0]}", _FIRST.get(name, "nobody"), facts))
    return rows


def slug(programme: Programme, profile: Profile) -> str:
    """A short id for a session, of lower-case letters, digits and hyphens: "igf2021-ws119"."""
    codes = {kind: code for code, kind in reversed(profile.types.items())}
    kind = codes.get(programme.type, "")
    number = (kind if len(kind) <= 3 else "") + programme.number
    text = f"{programme.gathering.replace(' ', '')} {number}" if programme.number else programme.title
    return re.sub(r"[^a-z0-9]+", "-", folded(text))[:32].strip("-") or "session"

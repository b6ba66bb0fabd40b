"""The programme: everything a session proposal has, typed. A document while it is drafted; as YAML, or JSON with a schema."""

from __future__ import annotations

from typing import Any

import msgspec
import yaml

from acquis.events import Balance, SegmentKind

MAX_BYTES = 1_000_000


class ProgrammeError(Exception):
    """A document that is no programme: a code (not_yaml, too_large, bad_programme) and facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Person(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody in the programme. Groups are as declared, never derived; `gender` only where people said so."""

    name: str
    organization: str = ""
    stakeholder_group: str = ""
    regional_group: str = ""
    gender: str = ""


class PolicyQuestion(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A policy question and, where the page names one, its theme."""

    text: str
    theme: str = ""


class Goal(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A Sustainable Development Goal (1 to 17) and its targets ("16.6")."""

    number: int
    targets: tuple[str, ...] = ()


class Part(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A segment of the session: what happens, for how many minutes. What is None follows the profile."""

    title: str
    kind: SegmentKind
    minutes: int
    turn_limit_s: int | None = None
    fair: bool | None = None
    open_floor: bool | None = None
    stakeholders: tuple[str, ...] = ()


class FloorSettings(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How the floor will run: the groups the fair rule balances, and what is moderated."""

    balance: Balance = "lane"
    moderated: bool = True
    anonymous_questions: bool = True


class PageReport(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the imported page itself reports: its own takeaways and call to action."""

    takeaways: tuple[str, ...] = ()
    calls_to_action: tuple[str, ...] = ()


class Inferred(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A field whose value the page does not state in so many words, and how it was found."""

    field: str
    how: str


class Unparsed(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A line of the page that was not understood, with its number from 1."""

    line: int
    text: str


class Programme(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A session proposal. Times are ISO 8601 with an offset; `zone` names the venue's time zone (IANA)."""

    title: str
    number: str = ""
    gathering: str = ""
    type: str = ""
    starts: str = ""
    ends: str = ""
    zone: str = "UTC"
    room: str = ""
    format: str = ""
    seating: str = ""
    minutes: int = 0
    profile: str = "igf-2021"
    rehearsal: bool = False
    organizers: tuple[Person, ...] = ()
    speakers: tuple[Person, ...] = ()
    onsite_moderators: tuple[Person, ...] = ()
    online_moderators: tuple[Person, ...] = ()
    rapporteurs: tuple[Person, ...] = ()
    policy_questions: tuple[PolicyQuestion, ...] = ()
    issue: str = ""
    sdgs: tuple[Goal, ...] = ()
    sdg_text: str = ""
    description: str = ""
    expected_outcomes: str = ""
    interaction: str = ""
    segments: tuple[Part, ...] = ()
    online_participation: str = ""
    official_tool: str = ""
    settings: FloorSettings = FloorSettings()
    page_report: PageReport = PageReport()
    source: str = ""
    inferred: tuple[Inferred, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()


def to_data(programme: Programme) -> dict[str, Any]:
    """The programme as plain data, defaults left out."""
    data: dict[str, Any] = msgspec.to_builtins(programme)
    return data


def from_data(data: object) -> Programme:
    """A programme from plain data. Raises ProgrammeError("bad_programme", where, reason)."""
    try:
        return msgspec.convert(data, Programme)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at `$")
        raise ProgrammeError("bad_programme", where=where.strip("`.") or "the document", reason=reason) from error


class _Dumper(yaml.SafeDumper):
    """Long and many-lined texts as blocks, so that a person can edit them."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # A block cannot hold every character (no tabs at a line's end, no control characters): those stay quoted.
    block = (
        ("\n" in text or len(text) > 100) and text == text.strip() and all(c == "\n" or c.isprintable() for c in text)
    )
    if block and not any(line.endswith(" ") or line.startswith(" ") for line in text.split("\n")):
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else ">")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text)


_Dumper.add_representer(str, _text)


def to_yaml(programme: Programme) -> str:
    """The programme as YAML that a person can read and change."""
    text: str = yaml.dump(_plain(to_data(programme)), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return text


def _plain(value: object) -> object:
    """Tuples as lists: YAML has no others."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def from_yaml(text: str) -> Programme:
    """A programme from YAML. Raises ProgrammeError: too_large (limit), not_yaml (line, reason), bad_programme (where,
    reason)."""
    if len(text.encode()) > MAX_BYTES:
        raise ProgrammeError("too_large", limit=MAX_BYTES)
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=yaml.CSafeLoader)):
            raise ProgrammeError("not_yaml", line=1, reason="anchors and aliases are not read")
        data = yaml.load(text, Loader=yaml.CSafeLoader)  # noqa: S506  # the C form of the safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ProgrammeError("not_yaml", line=mark.line + 1 if mark else 1, reason=reason) from error
    return from_data(data)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a programme."""
    return msgspec.json.schema(Programme)

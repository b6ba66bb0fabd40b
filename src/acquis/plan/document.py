"""The data structure of a programme, and its conversion from and to YAML and plain data."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, TypeVar

import msgspec
from msgspec import Meta

from acquis.attributes import AskedAttributes
from acquis.events import Balance, SegmentKind
from acquis.i18n.refusals import Failure
from acquis.reference.profiles import profile_of
from acquis.text import yaml_text
from acquis.text.decoding import undecodable

MAX_BYTES = 1_000_000
MOST_PEOPLE, MOST_ITEMS, MOST_LINES = 200, 200, 5_000
"""The most people of a role, the most items of any other list, and the most lines of an imported page that are kept."""


class ProgrammeError(Failure):
    """A document is not a programme: a code (not_yaml, too_large, bad_programme) and facts."""

    about: ClassVar[str] = "programme"


class Person(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A person in the programme. Groups are as declared and never derived; `gender` is set only if the person stated
    it."""

    name: str
    organization: str = ""
    stakeholder_group: str = ""
    regional_group: str = ""
    gender: str = ""


class PolicyQuestion(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A policy question and its theme, if the page names one."""

    text: str
    theme: str = ""


class Goal(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A Sustainable Development Goal (1 to 17) and its targets ("16.6")."""

    number: Annotated[int, Meta(ge=1, le=17)]
    targets: tuple[str, ...] = ()


class PlannedSegment(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A segment of the session with its length in minutes. A value of None means the default of the profile."""

    title: str
    kind: SegmentKind
    minutes: int
    turn_limit_s: int | None = None
    fair: bool | None = None
    open_floor: bool | None = None
    stakeholders: tuple[str, ...] = ()
    registered: bool = False
    """Speakers register before the session; its list is published as a balanced order."""


class CarriedOver(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An open call, or a statement to vote on again, from an earlier session of the series: its text, the session and
    the entry in the log of that session."""

    kind: Literal["call", "statement"]
    text: str
    session: str = ""
    entry: int = 0


class FloorSettings(AskedAttributes, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Settings of the floor: the groups that the fair rule balances, and what is moderated."""

    balance: Balance = "lane"
    moderated: bool = True
    anonymous_questions: bool = True
    chatham_house_rule: bool = False
    publish_ballots: bool = True


class PageReport(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The report on the imported page: its takeaways, its call to action and, in `text`, its full report."""

    takeaways: tuple[str, ...] = ()
    calls_to_action: tuple[str, ...] = ()
    text: str = ""


class Inferred(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A field ("room", "rapporteurs[0]"; "page" for all fields) whose value the page does not state explicitly, and how
    it was determined."""

    field: str
    how: str


class Unparsed(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A line of the page that was not understood, with its number, counted from 1."""

    line: int
    text: str


def _about(text: str) -> Meta:
    return Meta(description=text)


_Item = TypeVar("_Item")
_People = Annotated[tuple[Person, ...], Meta(max_length=MOST_PEOPLE)]
_Items = Annotated[tuple[_Item, ...], Meta(max_length=MOST_ITEMS)]
_Lines = Annotated[tuple[_Item, ...], Meta(max_length=MOST_LINES)]


class Programme(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A session proposal with everything that its page states."""

    title: str
    number: Annotated[str, _about('the number of the session at its gathering, "119"')] = ""
    gathering: Annotated[str, _about('the gathering and its year, "IGF 2021"')] = ""
    series: Annotated[
        str, _about('the series whose sessions carry topics, calls and statements on, "Dialogue on norms"')
    ] = ""
    type: Annotated[str, _about("workshop, open forum, ...: one of the profile's types")] = ""
    starts: Annotated[str, _about('ISO 8601 with an offset, "2021-12-10T10:15:00+00:00"')] = ""
    ends: Annotated[str, _about("ISO 8601 with an offset")] = ""
    zone: Annotated[str, _about('the time zone of the venue, IANA ("Europe/Warsaw") or "UTC", "GMT+03"')] = "UTC"
    room: str = ""
    format: Annotated[str, _about('one of the profile\'s formats, "Panel"')] = ""
    seating: Annotated[str, _about('one of the profile\'s seatings, "Auditorium"')] = ""
    minutes: Annotated[int, _about("the length that the format names; 0 where it names none")] = 0
    profile: Annotated[
        str, _about("the vocabularies, limits and duties that apply; left out, those of the gathering, else of a panel")
    ] = ""
    rehearsal: Annotated[bool, _about("a rehearsal: speakers are stood in for")] = False
    practice: Annotated[bool, _about("in a rehearsal, people practise; otherwise everybody is simulated")] = False
    organizers: _People = ()
    speakers: _People = ()
    onsite_moderators: _People = ()
    online_moderators: _People = ()
    rapporteurs: _People = ()
    theme: Annotated[str, _about("theme and subtheme of the gathering")] = ""
    policy_questions: _Items[PolicyQuestion] = ()
    carried: Annotated[_Items[CarriedOver], _about("what earlier sessions of the series left open")] = ()
    issue: Annotated[str, _about("why the questions matter")] = ""
    sdgs: _Items[Goal] = ()
    sdg_text: Annotated[str, _about("what the proposal says of the goals and their targets")] = ""
    description: str = ""
    expected_outcomes: str = ""
    interaction: Annotated[str, _about("how the session will run, with its timing plan")] = ""
    segments: Annotated[_Items[PlannedSegment], _about("what happens when, in order")] = ()
    online_participation: str = ""
    official_tool: Annotated[str, _about("what the proposal says of the gathering's own online tool")] = ""
    settings: FloorSettings = FloorSettings()
    page_report: PageReport = PageReport()
    source: Annotated[str, _about('the key of the page it was imported from, "igf:2021:ws:119"')] = ""
    inferred: Annotated[_Lines[Inferred], _about("what the import found out, and how")] = ()
    unparsed: Annotated[_Lines[Unparsed], _about("lines that the import did not understand")] = ()
    version: Annotated[Literal[1], _about("of this shape; left out, it is 1")] = 1

    def __post_init__(self) -> None:
        if not self.profile:
            msgspec.structs.force_setattr(self, "profile", profile_of(self.gathering))


def to_data(programme: Programme) -> dict[str, Any]:
    """The programme as plain data without default values, as decoded from JSON (lists, not tuples)."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(programme))
    return data


def from_data(data: object) -> Programme:
    """A programme from plain data. Raises ProgrammeError("bad_programme", where, reason)."""
    try:
        return msgspec.convert(data, Programme)
    except msgspec.ValidationError as error:
        raise _bad(error) from error


def _bad(error: msgspec.ValidationError) -> ProgrammeError:
    where, reason = undecodable(error)
    return ProgrammeError("bad_programme", where=where or "the document", reason=reason)


def to_yaml(programme: Programme) -> str:
    """The programme as YAML that people can read and edit."""
    data = {name: value for name, value in to_data(programme).items() if value != {}}
    return yaml_text.written(data)


def from_yaml(text: str) -> Programme:
    """A programme from YAML. Plain scalars are texts ("no", "119" and "2021-12-10" too) unless the field is a number or
    true or false. Raises ProgrammeError: too_large (limit), not_yaml (line, reason), bad_programme (where, reason)."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise ProgrammeError("too_large", limit=MAX_BYTES)
    try:
        return msgspec.convert(yaml_text.read(text), Programme, strict=False)
    except msgspec.ValidationError as error:
        raise _bad(error) from error
    except yaml_text.NotYaml as error:
        raise ProgrammeError("not_yaml", line=error.line, reason=error.reason) from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a programme."""
    return msgspec.json.schema(Programme)

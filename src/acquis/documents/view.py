"""Everything that a page or an export says of a session and its report, as data. Texts that were not let through are
empty in it, so whoever shows it need not ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from acquis import events as ev
from acquis.i18n.dates import iso
from acquis.report.confirming import Confirmation, compared_summary
from acquis.report.publishing import due_at, fields_of
from acquis.state import State
from acquis.state.drafting import parts_of
from acquis.state.reading import public_answer, public_text, seat_name
from acquis.statistics.balance import Balance, balance
from acquis.statistics.evidence import Evidence, cite
from acquis.statistics.summary import StatementAreas, areas, figures

REPORT_FORMAT = 1
"""Raised when a field of `report.json` is renamed, removed or gets another meaning; a new field leaves it as it is."""

ROLES = ("organizers", "onsite_moderators", "online_moderators", "rapporteurs")


class Named(msgspec.Struct, frozen=True):
    """Somebody in the programme, with what the programme says of them."""

    name: str
    organization: str = ""
    stakeholder: str = ""
    region: str = ""


class QuestionLine(msgspec.Struct, frozen=True):
    """A question in the ledger. `to` is the speaker it was for, empty for the whole panel."""

    entry: int
    fate: str
    support: int
    lane: str = ""
    stakeholder: str = ""
    reason: str = ""
    merged_into: int = 0
    text: str = ""
    answer: str = ""
    to: str = ""
    about: tuple[str, ...] = ()
    """Items of the reference ("norm-j"), as confirmed."""


class StatementLine(msgspec.Struct, frozen=True):
    """A statement and its votes: everybody first, then each lane and stakeholder group that can be shown."""

    entry: int
    fate: str
    seeded: bool
    reason: str = ""
    text: str = ""
    figures: tuple[ev.Figure, ...] = ()
    about: tuple[str, ...] = ()


class VersionLine(msgspec.Struct, frozen=True):
    """A published version, the entry that published it, when, and what it corrected."""

    version: int
    entry: int
    published: str
    correction: str = ""


class SectionView(msgspec.Struct, frozen=True):
    """A field of the longer report: its name and title in the profile, and its paragraphs."""

    field: str
    title: str
    paragraphs: tuple[ev.Sentence, ...]


class ReportView(msgspec.Struct, frozen=True):
    """Everything a published version says: the sentences, what they rest on, who was heard, what was asked. `version`
    is 0 while nothing is published; the figures are then those of the moment. Times are ISO 8601: of the programme as
    it gives them, all others in UTC, empty if there is none."""

    title: str
    number: str
    gathering: str
    starts: str
    ends: str
    zone: str
    room: str
    rehearsal: bool
    """Everybody who acts is simulated: the speakers are stand-ins, and nobody else is named."""
    chatham: bool
    """The Chatham House Rule: the view names nobody."""
    people: dict[str, tuple[Named, ...]]
    """organizers, onsite_moderators, online_moderators, rapporteurs, speakers."""
    version: int
    versions: list[VersionLine]
    published: str
    entry: int
    correction: str
    due: str
    late: bool
    takeaways: tuple[ev.Sentence, ...]
    calls_to_action: tuple[ev.Sentence, ...]
    consensus: tuple[ev.Sentence, ...]
    concern: tuple[ev.Sentence, ...]
    figures: tuple[ev.Figure, ...]
    upto: int
    areas: StatementAreas
    evidence: list[Evidence]
    """What the sentences cite, in the order of their first mention."""
    heard: Balance
    questions: list[QuestionLine]
    statements: list[StatementLine]
    entries: int
    """How long the log is."""
    head: str
    """The link of its newest entry, in hexadecimal."""
    confirmed: Confirmation | None = None
    """The closing summary as the chair confirmed it in the room, beside that of this version."""
    sections: tuple[SectionView, ...] = ()
    """The longer report."""
    format: int = REPORT_FORMAT
    """The version of this shape."""


def report_view(state: State, head: str, version: int = 0) -> ReportView:
    """The data of a version (0: the newest). Raises LookupError where there is no such version."""
    if version and not 1 <= version <= len(state.reports):
        raise LookupError(f"version {version} of {len(state.reports)}")
    report = state.reports[(version or len(state.reports)) - 1] if state.reports else None
    body = report.body if report else ev.ReportPublished(figures=figures(state), upto=state.seq)
    programme = state.programme or ev.ProgrammePublished("", ())
    return ReportView(
        title=programme.title,
        number=_said(programme, "number"),
        gathering=_said(programme, "gathering"),
        starts=programme.starts,
        ends=programme.ends,
        zone=programme.zone,
        room=programme.room,
        rehearsal=programme.rehearsal,
        chatham=programme.settings.chatham,
        people=_people(programme),
        version=report.version if report else 0,
        versions=[VersionLine(r.version, r.seq, iso(r.at), r.body.correction) for r in state.reports],
        published=iso(report.at) if report else "",
        entry=report.seq if report else 0,
        correction=body.correction,
        due=iso(due_at(state)) if state.closed_at else "",
        late=bool(state.reports) and state.reports[0].at > due_at(state),
        takeaways=body.takeaways,
        calls_to_action=body.calls_to_action,
        consensus=body.consensus,
        concern=body.concern,
        figures=body.figures,
        upto=body.upto,
        areas=areas(state, body.figures),
        evidence=cite(state, _cited(body), body.figures),
        heard=balance(state, state.at),
        questions=[_question(state, seq) for seq in state.questions],
        statements=_statements(state, body.figures),
        entries=state.seq,
        head=head,
        confirmed=confirmation(state, body),
        sections=sections_of(state, body.sections),
    )


def confirmation(state: State, body: ev.ReportPublished) -> Confirmation | None:
    """The summary that the chair confirmed beside a version of the report; None if none was confirmed."""
    if state.confirmed is None:
        return None
    sentences = compared_summary(state, body.consensus, body.concern)
    return Confirmation(state.confirmed.seq, iso(state.confirmed.at), sentences)


def sections_of(state: State, sections: Iterable[ev.Section]) -> tuple[SectionView, ...]:
    """The fields of the longer report with their titles; one that the profile does not know is called by its name."""
    titles = fields_of(state)
    named = ((one, titles.get(one.field) or one.field.replace("_", " ").capitalize()) for one in sections)
    return tuple(SectionView(one.field, title, one.paragraphs) for one, title in named)


def view_json(view: ReportView) -> bytes:
    """A view as JSON, as `view_schema` describes it."""
    return msgspec.json.format(msgspec.json.encode(view), indent=2)


def view_schema() -> bytes:
    """The JSON Schema (2020-12) of `view_json`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(ReportView)}
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n"


def _said(programme: ev.ProgrammePublished, field: str) -> str:
    return str(programme.document.get(field, ""))


def _people(programme: ev.ProgrammePublished) -> dict[str, tuple[Named, ...]]:
    """Who holds which role. A rehearsal names nobody: nobody may believe that the persons of the programme ran it."""
    named = (seat for seat in programme.seats if seat.name)  # under the Chatham House Rule none is
    speakers = tuple(Named(seat.name, seat.organization, seat.stakeholder, seat.region) for seat in named)
    people = {role: () if programme.rehearsal else _named(programme.document.get(role)) for role in ROLES}
    return {**people, "speakers": speakers}


def _named(people: Any) -> tuple[Named, ...]:
    """The document of a log may come from anywhere: what is not as a programme has it is left out."""
    fields = ("name", "organization", "stakeholder_group", "regional_group")
    listed = people if isinstance(people, list | tuple) else ()
    return tuple(
        Named(*(str(person.get(field, "")) for field in fields)) for person in listed if isinstance(person, dict)
    )


def _cited(body: ev.ReportPublished) -> Iterable[int]:
    return dict.fromkeys(seq for _, part in parts_of(body) for sentence in part for seq in sentence.cites)


def _question(state: State, seq: int) -> QuestionLine:
    question = state.questions[seq]
    return QuestionLine(
        entry=seq,
        fate=question.fate,
        support=len(question.supporters),
        lane=question.attributes.lane,
        stakeholder=question.attributes.stakeholder,
        reason=question.reason,
        merged_into=question.into,
        text=public_text(state, seq),
        answer=public_answer(question),
        to=seat_name(state, question.to),
        about=state.about.get(seq, ()),
    )


def _statements(state: State, figures: tuple[ev.Figure, ...]) -> list[StatementLine]:
    by_statement: dict[int, list[ev.Figure]] = {}
    for figure in figures:
        by_statement.setdefault(figure.statement, []).append(figure)
    return [
        StatementLine(
            entry=seq,
            fate=statement.fate,
            seeded=statement.seeded,
            reason=statement.reason,
            text=public_text(state, seq),
            figures=tuple(by_statement.get(seq, ())),
            about=state.about.get(seq, ()),
        )
        for seq, statement in state.statements.items()
    ]

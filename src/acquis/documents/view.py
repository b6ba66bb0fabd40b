"""The data of a session and its report for pages and exports. Texts that are not public are empty in it, so that its
users need not check."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from acquis import events as ev
from acquis.claims.checking import Checked, check_parts
from acquis.claims.coverage import Coverage, coverage
from acquis.claims.facts import facts
from acquis.contributions.ledger import LedgerLine, ledger
from acquis.contributions.synthesis import Synthesis, synthesis
from acquis.documents.commitments import CommitmentLine, commitment_lines
from acquis.documents.earlier import EarlierSession
from acquis.i18n.dates import iso
from acquis.messages.drafts import DraftParagraph, draft_synthesis
from acquis.messages.lines import MessageLine, ProcedureLine, message_lines, procedure_line
from acquis.messages.standing import agreed_sentences
from acquis.report.confirming import Confirmation, compared_summary
from acquis.report.publishing import due_at, fields_of
from acquis.state import Report, State
from acquis.state.counting import final_totals, support
from acquis.state.drafting import parts_of
from acquis.state.reading import has_left, public_answer, public_text, seat_name
from acquis.statistics.balance import Balance, balance
from acquis.statistics.bridging import EvenAgreement, even_agreement
from acquis.statistics.evidence import Evidence, cite
from acquis.statistics.summary import StatementAreas, areas, figures
from acquis.text.caches import MB, TextCache

REPORT_FORMAT = 1
"""Incremented when a field of `report.json` is renamed, removed or changes its meaning, not for a new field."""

ROLES = ("organizers", "onsite_moderators", "online_moderators", "rapporteurs")


class Named(msgspec.Struct, frozen=True):
    """A person of the programme as the report prints them. Fields that are not said are empty."""

    name: str
    organization: str = ""
    stakeholder: str = ""
    region: str = ""


class QuestionLine(msgspec.Struct, frozen=True):
    """A question and its fate. `support`: the number of supporters; `to`: the speaker asked, "" for the whole panel."""

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
    to_has_left: bool = False
    """Whether the speaker asked was taken off the programme."""
    about: tuple[str, ...] = ()
    """Confirmed items of the reference ("norm-j")."""
    origin: str = ""
    """The meeting program in which it was asked ("Zoom"); empty: in the session."""
    votes_elsewhere: int = 0
    """How many people voted for it there. They are not among `support`."""


class StatementLine(msgspec.Struct, frozen=True):
    """A statement and its votes: those of everybody, then of each publishable lane and stakeholder group."""

    entry: int
    fate: str
    seeded: bool
    reason: str = ""
    text: str = ""
    figures: tuple[ev.Figure, ...] = ()
    about: tuple[str, ...] = ()


class VersionLine(msgspec.Struct, frozen=True):
    """A published version, its entry, its time (ISO 8601, UTC), and the reason for the correction."""

    version: int
    entry: int
    published: str
    correction: str = ""


class SectionView(msgspec.Struct, frozen=True):
    """A field of the full report: its name and title in the profile, and its paragraphs."""

    field: str
    title: str
    paragraphs: tuple[ev.Sentence, ...]


class ReportView(msgspec.Struct, frozen=True):
    """The data of a published version. `version` is 0 before the first publication; the figures are then the present
    ones. Times are in ISO 8601, those of the programme as given and all others in UTC; "" for none."""

    title: str
    number: str
    gathering: str
    starts: str
    ends: str
    zone: str
    room: str
    rehearsal: bool
    """Whether it was a rehearsal: the speakers have invented names, and nobody else is named."""
    chatham: bool
    """Whether the session is under the Chatham House Rule: the view has no names."""
    people: dict[str, tuple[Named, ...]]
    """Role (organizers, onsite_moderators, online_moderators, rapporteurs, speakers) -> people, as at the end."""
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
    """The cited entries in the order of their first mention."""
    heard: Balance
    questions: list[QuestionLine]
    statements: list[StatementLine]
    entries: int
    """The length of the log."""
    head: str
    """The link of its newest entry, in hexadecimal."""
    confirmed: Confirmation | None = None
    """The comparison of the confirmed closing summary with that of this version."""
    sections: tuple[SectionView, ...] = ()
    """The fields of the full report."""
    slate: ev.SlateFigure | None = None
    """The short list that represents the voters, with its audit."""
    unput: ev.UnputFigure | None = None
    """The largest group whose question was never put."""
    verdicts: Checked = {}
    """Part -> the verdicts on each of its sentences, by the rules of docs/claims.md."""
    coverage: Coverage | None = None
    """What a published report covers of the session and what it leaves out, by docs/claims.md."""
    inputs: tuple[LedgerLine, ...] = ()
    """Every input with its present outcome, once the session has ended. Only the files have them."""
    synthesis: Synthesis | None = None
    """What was proposed by kind, group and topic, and what became of it. Only the files have it."""
    even: tuple[EvenAgreement, ...] = ()
    """The agreement of an evenly weighted population, of the published ballots. Only the files have it."""
    moved: tuple[ev.MovedFigure, ...] = ()
    """How the same people voted at two moments, once the totals are published."""
    earlier: EarlierSession | None = None
    """The votes of an earlier session on the same statements, which are not in the log of this one."""
    commitments: tuple[CommitmentLine, ...] = ()
    """The calls and commitments, with the answers of the bodies that they name."""
    procedure: ProcedureLine | None = None
    """The procedure by which messages are agreed."""
    messages: list[MessageLine] = []
    """The messages as they stand at the newest entry."""
    draft: tuple[DraftParagraph, ...] = ()
    """What was proposed on each message, by how many and from which groups, and what became of it."""
    practice: bool = False
    """Whether people practised in the rehearsal; otherwise everybody in it was simulated."""
    format: int = REPORT_FORMAT
    """The version of this data format."""


def report_view(state: State, head: str, version: int = 0, listed: Collection[int] | None = None) -> ReportView:
    """The data of a version (0: the newest). `head`: the link of the newest entry, hexadecimal. `listed`: the questions
    that are wanted, for a page; by itself all. Raises LookupError if there is no such version."""
    if version and not 1 <= version <= len(state.reports):
        raise LookupError(f"version {version} of {len(state.reports)}")
    report = state.reports[(version or len(state.reports)) - 1] if state.reports else None
    body = report.body if report else _unpublished(state)
    programme, ranked = state.programme, areas(state, body.figures)
    verdicts, covered = _read(state, head, report) if report else ({}, None)
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
        people=people_of(programme),
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
        areas=ranked,
        slate=body.slate,
        unput=body.unput,
        evidence=cite(state, _cited(body), body.figures),
        heard=balance(state, state.at),
        questions=[_question(state, seq) for seq in _wanted(state, body, listed)],
        statements=_statements(state, body.figures),
        entries=state.seq,
        head=head,
        confirmed=confirmation(state, body),
        sections=sections_of(state, body.sections),
        verdicts=verdicts,
        coverage=covered,
        commitments=commitment_lines(state),
        **_agreed(state, ranked),
        practice=programme.practice,
    )


def _agreed(state: State, ranked: StatementAreas) -> dict[str, Any]:
    """The procedure and the messages as they stand, and the votes that were changed."""
    moved = totals.moved if (totals := final_totals(state)) is not None else ()
    return {
        "procedure": procedure_line(state),
        "messages": message_lines(state, ranked),
        "draft": draft_synthesis(state),
        "moved": moved,
    }


def _wanted(state: State, body: ev.ReportPublished, listed: Collection[int] | None) -> Iterable[int]:
    """The questions of a report: all, or those that are listed, with the one that the report names."""
    if listed is None:
        return state.questions
    named = [body.unput.question] if body.unput is not None and body.unput.question else []
    return dict.fromkeys((*listed, *named))


def _unpublished(state: State) -> ev.ReportPublished:
    """The present figures. Before a report nothing is said of who voted alike or supported what, because the public log
    does not show it."""
    return ev.ReportPublished(figures=figures(state), upto=state.seq)


_checked: TextCache[tuple[str, int], tuple[Checked, Coverage]] = TextCache(64, 8 * MB)
"""Head of a log, entry of a version -> its verdicts and what it covers."""


def _read(state: State, head: str, report: Report) -> tuple[Checked, Coverage]:
    def read() -> tuple[Checked, Coverage]:
        return read_report(tuple(parts_of(report.body)), state, report.body.figures)

    return _checked.get((head, report.seq), read) if head else read()


def read_report(
    parts: tuple[tuple[str, tuple[ev.Sentence, ...]], ...], state: State, listed: tuple[ev.Figure, ...]
) -> tuple[Checked, Coverage]:
    """The verdicts on the parts of a report with these figures, and what it covers."""
    known = facts(state, listed)
    agreed = agreed_sentences(state, {sentence.text for _, sentences in parts for sentence in sentences})
    return check_parts(parts, known), coverage((*parts, agreed), state, known)


def confirmation(state: State, body: ev.ReportPublished) -> Confirmation | None:
    """The comparison of the confirmed summary with a version of the report; None if none was confirmed."""
    if state.confirmed is None:
        return None
    sentences = compared_summary(state, body.consensus, body.concern)
    return Confirmation(state.confirmed.seq, iso(state.confirmed.at), sentences)


def sections_of(state: State, sections: Iterable[ev.Section]) -> tuple[SectionView, ...]:
    """The fields of the full report with their titles; the title of an unknown field is made from its name."""
    titles = fields_of(state)
    return tuple(
        SectionView(
            section.field,
            titles.get(section.field) or section.field.replace("_", " ").capitalize(),
            section.paragraphs,
        )
        for section in sections
    )


def view_json(view: ReportView, state: State) -> bytes:
    """A view as indented JSON, UTF-8, with the outcome of every input of the state from which it was made;
    `view_schema` describes it."""
    inputs = tuple(ledger(state)) if state.is_over else ()
    counted = synthesis(state, inputs) if inputs else None
    view = msgspec.structs.replace(view, inputs=inputs, synthesis=counted, even=even_agreement(state))
    return msgspec.json.format(msgspec.json.encode(view), indent=2)


def view_schema() -> bytes:
    """The JSON Schema (2020-12) of the output of `view_json`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(ReportView)}
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n"


def _said(programme: ev.ProgrammePublished, field: str) -> str:
    return str(programme.document.get(field, ""))


def people_of(programme: ev.ProgrammePublished) -> dict[str, tuple[Named, ...]]:
    """Role -> people. A rehearsal lists only its invented speakers, so that nobody believes that the people of the
    programme took part."""
    named = (seat for seat in programme.seats if seat.name and not seat.withdrawn)  # none under the Chatham House Rule
    speakers = tuple(Named(seat.name, seat.organization, seat.stakeholder, seat.region) for seat in named)
    people = {role: () if programme.rehearsal else _named(programme.document.get(role)) for role in ROLES}
    return {**people, "speakers": speakers}


def _named(people: Any) -> tuple[Named, ...]:
    """The people of a list in the programme's document. Other values are left out, because the log may be invalid."""
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
        support=support(state, seq),
        lane=question.attributes.lane,
        stakeholder=question.attributes.stakeholder,
        reason=question.reason,
        merged_into=question.into,
        text=public_text(state, seq),
        answer=public_answer(state, question),
        to=seat_name(state, question.to),
        to_has_left=has_left(state, question.to),
        about=state.about.get(seq, ()),
        origin=question.origin,
        votes_elsewhere=question.votes,
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

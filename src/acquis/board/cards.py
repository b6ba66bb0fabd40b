"""Cards: what the board knows about a session without opening its log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from acquis.attributes import LANE
from acquis.contributions.ledger import ledger
from acquis.contributions.synthesis import Synthesis, synthesis
from acquis.events import ProcedureChosen
from acquis.messages.drafts import DraftParagraph, draft_synthesis
from acquis.state import Commitment, State
from acquis.state.counting import joined, joined_by
from acquis.state.reading import public_text

LineKind = Literal["question", "statement", "contribution", "takeaway", "call_to_action", "commitment", "speech"]
CONTRIBUTION_SHOWN = 600
"""The most characters of a written contribution in a line."""
_PLACES: dict[str, str] = {
    "question": "record?entry={0}#q{0}",
    "statement": "record#s{}",
    "contribution": "entries/{}",
    "takeaway": "record#takeaways",
    "call_to_action": "record#calls",
    "commitment": "followup#c{}",
    "speech": "captions?line={0}#l{0}",
}


class Line(msgspec.Struct, frozen=True, gc=False):
    """A public text of a session; `about` are ids of items of the reference."""

    session: str
    session_title: str
    starts: str
    kind: LineKind
    entry: int
    text: str
    about: tuple[str, ...] = ()
    group: str = ""
    """The stakeholder group of the person who asked, for a question."""

    @property
    def href(self) -> str:
        """The path of the page that shows the line."""
        return f"/s/{self.session}/{_PLACES[self.kind].format(self.entry)}"


class ChosenProcedure(msgspec.Struct, frozen=True, gc=False):
    """The procedure that a session chose, with its file, and when (ms since 1970)."""

    at: int
    chosen: ProcedureChosen


class Card(msgspec.Struct, frozen=True, gc=False):
    """A session as shown on the board, as of entry `seq`. Times of the programme are ISO 8601, or empty; `closed_at`
    and `reported_at` (of the first report) are milliseconds since 1970, or 0."""

    id: str
    seq: int
    head: str
    """The link of that entry, in hexadecimal; empty if the log has grown meanwhile."""
    title: str = ""
    number: str = ""
    gathering: str = ""
    series: str = ""
    type: str = ""
    starts: str = ""
    ends: str = ""
    zone: str = "UTC"
    room: str = ""
    profile: str = ""
    phase: Literal["draft", "published", "open", "closed"] = "draft"
    rehearsal: bool = False
    practice: bool = False
    cancelled: bool = False
    closed_at: int = 0
    reported_at: int = 0
    due_minutes: int = 0
    voices: int = 0
    in_room: int = 0
    online: int = 0
    """Of these people, those who are in the room, and those who are online."""
    groups: tuple[str, ...] = ()
    """The stakeholder groups on the panel."""
    lines: tuple[Line, ...] = ()
    agreed: tuple[str, ...] = ()
    """The areas of consensus: those of the latest report, else those of the closing summary that was confirmed."""
    commitments: tuple[Commitment, ...] = ()
    votes_published: bool = False
    synthesis: Synthesis | None = None
    """What was proposed in a session that has ended, and what became of it."""
    draft: tuple[DraftParagraph, ...] = ()
    """What was proposed on each message, as of that entry."""
    procedure: ChosenProcedure | None = None
    """The procedure by which the session agrees on messages."""

    @property
    def before_opening(self) -> bool:
        """Whether the session has not been opened."""
        return self.phase in ("draft", "published")

    @property
    def is_over(self) -> bool:
        """Whether the session was closed (phase `closed`)."""
        return self.phase == "closed"

    def of(self, kind: LineKind) -> list[Line]:
        """The lines of this kind, in the order of `lines`."""
        return [line for line in self.lines if line.kind == kind]


def card_of(id: str, state: State, head: str) -> Card:
    """The card of a session. state: its public state; head: the link of the last entry, in hexadecimal."""
    programme = state.programme
    document = programme.document
    lanes = joined_by(state, LANE)
    return Card(
        id=id,
        seq=state.seq,
        head=head,
        title=programme.title,
        number=str(document.get("number", "")),
        gathering=str(document.get("gathering", "")),
        series=str(document.get("series", "")),
        type=str(document.get("type", "")),
        starts=programme.starts,
        ends=programme.ends,
        zone=programme.zone,
        room=programme.room,
        profile=programme.profile,
        phase=state.phase,
        rehearsal=programme.rehearsal,
        practice=programme.practice,
        cancelled=bool(state.cancelled_at),
        closed_at=state.closed_at,
        reported_at=state.reports[0].at if state.reports else 0,
        due_minutes=state.settings.report_due_min,
        voices=joined(state),
        in_room=lanes["room"],
        online=lanes["online"],
        groups=tuple(sorted({seat.stakeholder for seat in programme.seats if seat.stakeholder})),
        lines=tuple(_lines(id, state)),
        agreed=_agreed(state),
        commitments=tuple(state.commitments.values()),
        votes_published=state.totals is not None,
        synthesis=_synthesis(state),
        draft=draft_synthesis(state),
        procedure=ChosenProcedure(state.procedure_at, state.procedure) if state.procedure else None,
    )


def _synthesis(state: State) -> Synthesis | None:
    lines = ledger(state) if state.is_over else []
    return synthesis(state, lines) if lines else None


def _agreed(state: State) -> tuple[str, ...]:
    """The sentences on which everybody agreed, as far as the session says so."""
    if state.reports:
        return tuple(sentence.text for sentence in state.reports[-1].body.consensus)
    return state.confirmed.consensus if state.confirmed and state.is_over else ()


def _lines(id: str, state: State) -> Iterator[Line]:
    """The public lines of a session, those of the report first; a written contribution once a person confirmed what it
    is about."""
    title, starts = state.programme.title, state.programme.starts

    def line(kind: LineKind, entry: int, text: str, about: tuple[str, ...], group: str = "") -> Line:
        return Line(id, title, starts=starts, kind=kind, entry=entry, text=text, about=about, group=group)

    if state.reports:
        report = state.reports[-1]
        for sentence in report.body.takeaways:
            yield line("takeaway", report.seq, sentence.text, sentence.about)
        for sentence in report.body.calls_to_action:
            yield line("call_to_action", report.seq, sentence.text, sentence.about)
    for commitment in state.commitments.values():
        yield line("commitment", commitment.seq, commitment.what, commitment.items)
    for statement in state.statements.values():
        if text := public_text(state, statement.seq):
            yield line("statement", statement.seq, text, state.about.get(statement.seq, ()))
    for question in state.questions.values():
        if text := public_text(state, question.seq):
            asked_by = question.attributes.stakeholder
            yield line("question", question.seq, text, state.about.get(question.seq, ()), asked_by)
    for entry in (entry for entry in state.contributions if entry in state.about):
        if text := public_text(state, entry):
            yield line("contribution", entry, text[:CONTRIBUTION_SHOWN], state.about[entry])

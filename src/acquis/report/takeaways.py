"""Key takeaways, call to action, closing summary: a document while drafted, an event when published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import msgspec

from acquis import events as ev
from acquis.command import MODERATORS, ORGANIZER, RAPPORTEUR, Actor, Command, Refused
from acquis.report.summary import figures
from acquis.state import State

SENTENCE_LIMIT = 2000
SENTENCES_LIMIT = 40
PARTS = ("takeaways", "calls_to_action", "consensus", "concern")


class ReportDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The report while it is written; kept as JSON beside the log."""

    takeaways: tuple[ev.Sentence, ...] = ()
    calls_to_action: tuple[ev.Sentence, ...] = ()
    consensus: tuple[ev.Sentence, ...] = ()
    concern: tuple[ev.Sentence, ...] = ()

    def sentences(self) -> Iterator[ev.Sentence]:
        """All sentences, in the order of the report."""
        for part in PARTS:
            yield from getattr(self, part)


def draft_of(text: str) -> ReportDraft:
    """A draft from its JSON; the empty one from nothing. Raises Refused("bad_fields", reason)."""
    if not text:
        return ReportDraft()
    try:
        return msgspec.json.decode(text, type=ReportDraft)
    except msgspec.DecodeError as error:
        raise Refused("bad_fields", reason=str(error)) from error


def published_draft(state: State) -> ReportDraft:
    """The newest published version as a draft, to correct it."""
    if not state.reports:
        return ReportDraft()
    body = state.reports[-1].body
    return ReportDraft(body.takeaways, body.calls_to_action, body.consensus, body.concern)


def unsupported(sentence: ev.Sentence) -> bool:
    """A sentence without evidence: it is marked, not refused."""
    return not sentence.cites


def due_at(state: State) -> int:
    """When the report is due (ms since 1970); 0 before the session has ended."""
    return state.closed_at + state.settings.report_due_min * 60_000 if state.closed_at else 0


class PublishReport(Command, frozen=True, gc=False):
    """Publish the report: sentences, each with the entries (turns, questions, statements) it cites. A later version
    corrects the one before and says why in `correction`; both stay readable."""

    roles: ClassVar = MODERATORS | {RAPPORTEUR, ORGANIZER}
    refusals: ClassVar = (
        "not_closed",
        "report_empty",
        "correction_needs_reason",
        "no_such_evidence",
        "text_empty",
        "text_too_long",
        "too_many_sentences",
    )
    takeaways: tuple[ev.Sentence, ...] = ()
    calls_to_action: tuple[ev.Sentence, ...] = ()
    consensus: tuple[ev.Sentence, ...] = ()
    concern: tuple[ev.Sentence, ...] = ()
    correction: str = ""

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if state.phase != "closed":
            raise Refused("not_closed")
        draft = ReportDraft(self.takeaways, self.calls_to_action, self.consensus, self.concern)
        if not draft.takeaways:
            raise Refused("report_empty")
        sentences = list(draft.sentences())
        if len(sentences) > SENTENCES_LIMIT:
            raise Refused("too_many_sentences", limit=SENTENCES_LIMIT)
        for sentence in sentences:
            _check(sentence, state)
        if state.reports and draft == published_draft(state):
            return None
        if state.reports and not self.correction.strip():
            raise Refused("correction_needs_reason")
        return ev.ReportPublished(
            draft.takeaways,
            draft.calls_to_action,
            draft.consensus,
            draft.concern,
            figures=figures(state),
            upto=state.seq,
            correction=self.correction.strip() if state.reports else "",
        )


def _check(sentence: ev.Sentence, state: State) -> None:
    if not sentence.text.strip():
        raise Refused("text_empty")
    if len(sentence.text) > SENTENCE_LIMIT:
        raise Refused("text_too_long", limit=SENTENCE_LIMIT, length=len(sentence.text))
    for seq in sentence.cites:
        if seq not in state.turns and seq not in state.questions and seq not in state.statements:
            raise Refused("no_such_evidence", entry=seq)

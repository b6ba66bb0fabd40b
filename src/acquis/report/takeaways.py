"""Key takeaways, call to action, closing summary: a document while drafted, an event when published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import msgspec

from acquis import events as ev
from acquis.command import MODERATORS, ORGANIZER, RAPPORTEUR, Actor, Command, Refused, references, short
from acquis.reference import Limit
from acquis.report.evidence import is_evidence
from acquis.report.opinion_map import opinion_figure
from acquis.report.summary import figures
from acquis.state import State

SENTENCE_LIMIT = 2000
SENTENCES_LIMIT = 40
CORRECTION_LIMIT = 1000
PARTS = ("takeaways", "calls_to_action", "consensus", "concern")
LIMITED = {"takeaways": "takeaway", "calls_to_action": "call_to_action"}
"""The parts whose sentences a profile may set a length for, and the name it goes by there."""


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
    if not text.strip():
        return ReportDraft()
    try:
        return msgspec.json.decode(text, type=ReportDraft)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise Refused("bad_fields", reason=str(error)) from error


def draft_json(draft: ReportDraft) -> str:
    """The JSON of a draft, which `draft_of` reads."""
    return msgspec.json.encode(draft).decode()


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


def left(state: State, at: int) -> int | None:
    """The milliseconds left at `at` until the report is due, negative when it is late; None before the session has
    ended, and once a report is published."""
    return due_at(state) - at if state.closed_at and not state.reports else None


class Count(msgspec.Struct, frozen=True):
    """The length of a text beside the limit of the profile (0: none), which is shown and never enforced."""

    characters: int
    words: int
    limit: int = 0

    @property
    def over(self) -> int:
        """Characters beyond the limit, 0 if there are none."""
        return max(0, self.characters - self.limit) if self.limit else 0


def count(text: str, part: str = "", limits: Mapping[str, Limit] | None = None) -> Count:
    """The length of a sentence of a part ("takeaways") against the limits of a profile."""
    trimmed = text.strip()
    limit = (limits or {}).get(LIMITED.get(part, part))
    return Count(len(trimmed), len(trimmed.split()), limit.characters if limit else 0)


class PublishReport(Command, frozen=True, gc=False):
    """Publish the report: sentences, each with the entries (turns, spoken lines, questions, statements) it cites and
    the items of the reference it is about. A later version corrects the one before and says why in `correction`; both
    stay readable."""

    roles: ClassVar = MODERATORS | {RAPPORTEUR, ORGANIZER}
    refusals: ClassVar = (
        "not_closed",
        "report_empty",
        "correction_needs_reason",
        "no_such_evidence",
        "text_empty",
        "text_too_long",
        "too_many_sentences",
        "no_such_reference",
        "too_many_references",
    )
    takeaways: tuple[ev.Sentence, ...] = ()
    calls_to_action: tuple[ev.Sentence, ...] = ()
    consensus: tuple[ev.Sentence, ...] = ()
    concern: tuple[ev.Sentence, ...] = ()
    correction: str = ""

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if state.phase != "closed":
            raise Refused("not_closed")
        if not self.takeaways:
            raise Refused("report_empty")
        sentences = sum(len(getattr(self, part)) for part in PARTS)
        if sentences > SENTENCES_LIMIT:
            raise Refused("too_many_sentences", limit=SENTENCES_LIMIT)
        draft = ReportDraft(*(tuple(_checked(s, state) for s in getattr(self, part)) for part in PARTS))
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
            correction=short(self.correction, CORRECTION_LIMIT) if state.reports else "",
            opinion=opinion_figure(state),
        )


def _checked(sentence: ev.Sentence, state: State) -> ev.Sentence:
    """The sentence trimmed, each of its cites and references once."""
    for seq in sentence.cites:
        if not is_evidence(state, seq):
            raise Refused("no_such_evidence", entry=seq)
    text, cites = short(sentence.text, SENTENCE_LIMIT), tuple(dict.fromkeys(sentence.cites))
    return ev.Sentence(text, cites, references(" ".join(sentence.about)))

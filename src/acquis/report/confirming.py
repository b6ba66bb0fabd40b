"""The command that confirms the closing summary, and its comparison with the published report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

import msgspec

from acquis import events as ev
from acquis.command import MODERATORS, ONCE_OPENED, Actor, Command, Refused, Text
from acquis.state import State
from acquis.text.differences import paired

SUMMARY = ("consensus", "concern")
"""The parts of the report that make up the closing summary."""
EACH_LIMIT, SUMMARY_LIMIT = 20, 5000
"""Maximum number of sentences and of characters in each part."""


class ConfirmSummary(Command, frozen=True, gc=False):
    """The chair confirms the closing summary as it was read out: one sentence a line, areas of consensus and areas of
    concern. Everybody sees it from then on; it can be confirmed anew until the report is published."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = ONCE_OPENED
    refusals: ClassVar = ("published_already", "summary_empty", "too_many_sentences")
    not_repeated: ClassVar = frozenset({"consensus", "concern"})  # the event holds them line by line
    consensus: Annotated[str, Text(SUMMARY_LIMIT, empty=True)] = ""
    concern: Annotated[str, Text(SUMMARY_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if state.reports:
            raise Refused("published_already")
        consensus, concern = _lines(self.consensus), _lines(self.concern)
        if not consensus and not concern:
            raise Refused("summary_empty").at("consensus")
        known = state.confirmed
        if known is not None and (known.consensus, known.concern) == (consensus, concern):
            return None
        return ev.SummaryConfirmed(consensus, concern)


def _lines(text: str) -> tuple[str, ...]:
    lines = tuple(filter(None, map(one_line, text.splitlines())))
    if len(lines) > EACH_LIMIT:
        raise Refused("too_many_sentences", limit=EACH_LIMIT)
    return lines


def one_line(text: str) -> str:
    """The text with every run of white space replaced by one space, for comparison."""
    return " ".join(text.split())


def summary_of_draft(state: State) -> dict[str, tuple[str, ...]]:
    """Part of the closing summary -> its sentences in the draft."""
    drafted = {part: (one_line(sentence.text) for sentence in state.draft.get(part, ())) for part in SUMMARY}
    return {part: tuple(filter(None, texts)) for part, texts in drafted.items()}


def summary_shown(state: State) -> dict[str, tuple[ev.Sentence, ...]]:
    """Part of the closing summary -> the sentences of the form that confirms it: those confirmed, or else those of the
    draft, each with the evidence of the draft."""
    known, texts = state.confirmed, summary_of_draft(state)
    cites = {one_line(draft.text): draft.cites for part in SUMMARY for draft in state.draft.get(part, ())}
    shown = {part: getattr(known, part) for part in SUMMARY} if known else texts
    return {part: tuple(ev.Sentence(text, cites.get(text, ())) for text in listed) for part, listed in shown.items()}


class ConfirmedSentence(msgspec.Struct, frozen=True):
    """A sentence of the closing summary: as the chair confirmed it (`text`) and as the report has it (`published`).
    "left_out": it is in no report; "added": the chair confirmed none like it."""

    part: str
    text: str
    published: str
    fate: Literal["same", "changed", "left_out", "added"]


class Confirmation(msgspec.Struct, frozen=True):
    """The closing summary as confirmed in the room: the entry, when (ISO 8601, UTC), its sentences and those of the
    report beside them."""

    entry: int
    at: str
    sentences: tuple[ConfirmedSentence, ...]


def compared_summary(
    state: State, consensus: Sequence[ev.Sentence] = (), concern: Sequence[ev.Sentence] = ()
) -> tuple[ConfirmedSentence, ...]:
    """The comparison of the confirmed summary with the sentences of a report; empty if none was confirmed."""
    if state.confirmed is None:
        return ()
    return (
        *_compared("consensus", state.confirmed.consensus, consensus),
        *_compared("concern", state.confirmed.concern, concern),
    )


def _compared(part: str, confirmed: tuple[str, ...], sentences: Sequence[ev.Sentence]) -> Iterator[ConfirmedSentence]:
    published = [one_line(sentence.text) for sentence in sentences]
    for before, after in paired(confirmed, published):
        if before is None and after is not None:
            yield ConfirmedSentence(part, "", published[after], "added")
        elif before is not None and after is None:
            yield ConfirmedSentence(part, confirmed[before], "", "left_out")
        elif before is not None and after is not None:
            same = confirmed[before] == published[after]
            yield ConfirmedSentence(part, confirmed[before], published[after], "same" if same else "changed")


COMMANDS = (ConfirmSummary,)

"""The questions of a session with their outcomes, as blocks of its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from acquis.documents.blocks import Block, Heading, Paragraph, worded_table
from acquis.documents.meetings import origin_sentence
from acquis.documents.representation import unput
from acquis.documents.topics import topics
from acquis.documents.view import QuestionLine, ReportView
from acquis.i18n import N_, say
from acquis.i18n.vocabulary import word
from acquis.state import State
from acquis.state.counting import support
from acquis.text.plain_text import one_line

FATES = (
    "answered_live",
    "answered_in_writing",
    "on_floor",
    "approved",
    "not_reached",
    "merged",
    "waiting",
    "held_back",
    "withdrawn",
)
"""The fates of questions in the order of the report."""


class QuestionsShown(msgspec.Struct, frozen=True):
    """Which questions a page of a long list shows, and how many there are of each fate on all pages."""

    entries: frozenset[int]
    fates: Mapping[str, int]


def ranked_questions(state: State) -> list[int]:
    """The questions that were not held back in the order of the record: by fate, the most supported first."""
    place = {fate: number for number, fate in enumerate(FATES)}
    asked = [question for question in state.questions.values() if question.fate != "held_back"]
    return [seq for *_, seq in sorted((place[q.fate], -support(state, q.seq), q.seq) for q in asked)]


def questions(view: ReportView, language: str, page: QuestionsShown | None = None) -> Iterator[Block]:
    """How many questions there were of each fate, and every question, or those of a page: by fate, the most supported
    first."""
    yield Heading(say(language, N_("Questions and outcomes")), anchor="questions")
    if not view.questions:
        yield Paragraph(say(language, N_("No questions were asked.")))
        return
    head = (N_("Entry"), N_("Question"), N_("Outcome"), N_("Supporters"))
    ranked = sorted(view.questions, key=lambda line: (FATES.index(line.fate), -line.support, line.entry))
    of_fate = Counter(line.fate for line in ranked) if page is None else page.fates
    fates = ", ".join(f"{n} {word(language, 'fate', fate, 'plural')}" for fate, n in of_fate.items())
    yield Paragraph(say(language, N_("Questions: {fates}."), fates=fates))
    shown = [line for line in ranked if (line.fate != "held_back" if page is None else line.entry in page.entries)]
    rows, anchors = tuple(_question(line, language) for line in shown), tuple(f"q{line.entry}" for line in shown)
    yield from unput(view, language)
    yield worded_table(language, N_("All questions and their outcomes"), head, rows, anchors)


def _question(line: QuestionLine, language: str) -> tuple[str, ...]:
    lines = [one_line(line.text) or say(language, N_("(text not public)"))]
    if line.to:
        to = N_("To: {who}, who is no longer on the panel") if line.to_has_left else N_("To: {who}")
        lines.append(say(language, to, who=one_line(line.to)))
    if line.lane or line.stakeholder:
        lane = word(language, "group", line.lane) if line.lane else ""
        lines.append(one_line(", ".join(filter(None, (lane, line.stakeholder)))))
    if line.origin:
        lines.append(origin_sentence(line.origin, line.votes_elsewhere, language))
    if line.about:
        lines.append(topics(line.about, language))
    if line.answer:
        lines.append(say(language, N_("Written answer: {text}"), text=one_line(line.answer)))
    outcome = word(language, "fate", line.fate) + reason_in_brackets(language, line.reason)
    if line.merged_into:
        outcome = say(language, N_("Merged with the question in entry {number}"), number=line.merged_into)
    return (
        str(line.entry),
        "\n".join(lines),
        outcome,
        str(line.support),
    )


def reason_in_brackets(language: str, code: str) -> str:
    """The reason for holding something back, in brackets; empty without a reason."""
    return f" ({word(language, 'reason', code)})" if code else ""

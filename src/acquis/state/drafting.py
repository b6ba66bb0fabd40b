"""Effects of drafting the report: adding, changing, moving and removing sentences."""

from __future__ import annotations

from collections.abc import Iterator

from acquis import events as ev
from acquis.state.after import Drafted
from acquis.state.model import State, effect

PARTS = ("takeaways", "calls_to_action", "consensus", "concern")
FIELD = "field_"
"""Prefix of the parts of the draft that are fields of the full report."""


@effect(ev.SentenceDrafted)
def _(s: State, e: ev.SentenceDrafted, seq: int, at: int, by: str) -> None:
    sentence = drafted(s, e.sentence)
    if sentence is None:
        sentence = Drafted(e.sentence or str(seq), e.part, e.text)
        s.draft.setdefault(e.part, []).append(sentence)
    sentence.text, sentence.cites, sentence.about, sentence.entry, sentence.by = e.text, e.cites, e.about, seq, by
    sentence.origin = e.origin


@effect(ev.SentenceMoved)
def _(s: State, e: ev.SentenceMoved, seq: int, at: int, by: str) -> None:
    row, moved = _row_of(s, e.sentence)
    row.remove(moved)
    row.insert(next((n for n, sentence in enumerate(row, 1) if sentence.id == e.after), 0), moved)


@effect(ev.SentenceDropped)
def _(s: State, e: ev.SentenceDropped, seq: int, at: int, by: str) -> None:
    row, dropped = _row_of(s, e.sentence)
    row.remove(dropped)


def drafted(s: State, id: str) -> Drafted | None:
    """The sentence of the draft with this id; None if there is none."""
    return next((sentence for row in s.draft.values() for sentence in row if sentence.id == id), None) if id else None


def _row_of(s: State, id: str) -> tuple[list[Drafted], Drafted]:
    return next((row, sentence) for row in s.draft.values() for sentence in row if sentence.id == id)


def parts_of(report: ev.ReportPublished) -> Iterator[tuple[str, tuple[ev.Sentence, ...]]]:
    """The parts of a published report with the names of the parts of the draft."""
    for part in PARTS:
        yield part, getattr(report, part)
    for section in report.sections:
        yield FIELD + section.field, section.paragraphs


def redraft(s: State, report: ev.ReportPublished, seq: int) -> None:
    """Replace the draft by the content of a published report."""
    s.draft = {}
    number = 0
    for part, sentences in parts_of(report):
        for sentence in sentences:
            number += 1
            fresh = Drafted(f"{seq}-{number}", part, sentence.text, sentence.cites, sentence.about, seq)
            fresh.origin = sentence.origin
            s.draft.setdefault(part, []).append(fresh)


def undraft(s: State, entry: int) -> None:
    """Remove the text of an erased wording from the draft."""
    for row in s.draft.values():
        for sentence in row:
            if sentence.entry == entry:
                sentence.text = ""

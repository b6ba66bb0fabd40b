"""The sentences of a report as blocks: by part, with their evidence and with what the chair confirmed in the room."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

from acquis.claims.wording import SaidVerdict, said_verdicts
from acquis.documents.blocks import Block, ChairNote, Heading, Paragraph, Said, Sentences
from acquis.documents.confirmed_words import confirmation_note, confirmed_only, left_out_line
from acquis.documents.topics import topics
from acquis.documents.view import ReportView
from acquis.events import Origin, Sentence
from acquis.i18n import N_, say
from acquis.state.drafting import FIELD
from acquis.text.plain_text import one_line

PARTS = {
    "takeaways": ("takeaways", N_("Key takeaways")),
    "calls_to_action": ("calls", N_("Call to action")),
    "consensus": ("consensus", N_("Areas of consensus")),
    "concern": ("concern", N_("Areas of concern")),
}
"""Part of a report -> the anchor and the title of its section."""


ORIGINS: dict[Origin, str] = {
    "person": N_("From a draft that a person wrote elsewhere."),
    "machine": N_("From a draft that a machine wrote."),
    "both": N_("From a draft that a person and a machine wrote."),
}
"""Who wrote a draft that was made elsewhere -> how the record says so beside each of its sentences."""
_REASON = N_("Reason for publishing it: {why}")


def report_sentences(view: ReportView, language: str) -> Iterator[Block]:
    """The sentences of a version by part; the closing summary, if the chair confirmed one, before there is a version.
    A sentence cites its evidence by the position in `view.evidence`, from 1."""
    numbers = {evidence.seq: number for number, evidence in enumerate(view.evidence, 1)}
    for part, (anchor, title) in PARTS.items():
        heading = Heading(say(language, title), anchor=anchor)
        if view.version:
            yield from _part(view, part, heading, numbers, language)
        elif confirmed := confirmed_only(language, view.confirmed, part):
            yield heading
            yield Sentences(tuple(Said(one_line(text), confirmed=note) for text, note in confirmed), numbered=True)
    for section in view.sections if view.version else ():
        yield Heading(one_line(section.title), anchor=f"field_{section.field}")
        verdicts = _checked(view, FIELD + section.field, len(section.paragraphs), language)
        yield Sentences(
            tuple(_said(*pair, numbers, language) for pair in zip(section.paragraphs, verdicts, repeat(None)))
        )


def origin_line(language: str, origin: Origin) -> str:
    """Who wrote the draft with which a sentence came; empty for one that was written at the desk."""
    return say(language, ORIGINS[origin]) if origin in ORIGINS else ""


def _part(view: ReportView, part: str, heading: Heading, numbers: dict[int, int], language: str) -> Iterator[Block]:
    published: tuple[Sentence, ...] = getattr(view, part)
    said = {one_line(sentence.text) for name in PARTS for sentence in getattr(view, name)}
    missing = left_out_line(language, view.confirmed, part, said)
    if published or missing:
        yield heading
    if published:
        notes = [confirmation_note(language, view.confirmed, part, sentence.text) for sentence in published]
        verdicts = _checked(view, part, len(published), language)
        listed = zip(published, verdicts, notes, strict=True)
        yield Sentences(tuple(_said(*pair, numbers, language) for pair in listed), numbered=True)
    if missing:
        yield Paragraph(one_line(missing))


def _checked(view: ReportView, part: str, number: int, language: str) -> list[tuple[SaidVerdict, ...]]:
    """The verdicts on each of so many sentences of a part."""
    verdicts = view.verdicts.get(part, ((),) * number)
    return [tuple(said_verdicts(language, listed)) for listed in verdicts]


def _said(
    sentence: Sentence,
    checked: tuple[SaidVerdict, ...],
    confirmed: ChairNote | None,
    numbers: dict[int, int],
    language: str,
) -> Said:
    cites = tuple(numbers[seq] for seq in sentence.cites if seq in numbers)
    missing = "" if cites else say(language, N_("(no evidence cited)"))
    about = tuple(map(one_line, sentence.about))
    return Said(
        one_line(sentence.text),
        missing,
        cites,
        about=about,
        topics=topics(about, language),
        confirmed=confirmed,
        checked=checked,
        origin=origin_line(language, sentence.origin),
        reason=say(language, _REASON, why=one_line(sentence.reason)) if sentence.reason else "",
    )

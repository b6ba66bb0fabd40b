"""What the desk says before it publishes a report: how much, what has no evidence, and what is not said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from acquis import events as ev
from acquis.claims.coverage import Coverage
from acquis.claims.wording import SaidVerdict, said_verdicts
from acquis.contributions.ledger import ledger, open_lines
from acquis.contributions.wording import KIND_WORDS
from acquis.documents.coverage import MissingPart, missing_parts
from acquis.documents.view import sections_of
from acquis.i18n import N_, N_plural, say, say_many
from acquis.report.confirming import compared_summary, one_line
from acquis.report.desk_form import draft_mark
from acquis.report.publishing import PublishReport, differing, published_draft
from acquis.state import State
from acquis.state.drafting import PARTS, parts_of
from acquis.web.words.phrases import lines
from acquis.web.words.report import TITLES

_SENTENCES = N_plural("{part}: {n} sentence", "{part}: {n} sentences")
_PARAGRAPHS = N_plural("{part}: {n} paragraph", "{part}: {n} paragraphs")
_EMPTY = N_("{part}: nothing is written.")


class PublicationSummary(msgspec.Struct, frozen=True):
    """What the page says before a report is published. `mark`: that of the draft, so that nothing else is published."""

    mark: str
    written: list[str]
    """Each part with the number of its sentences or paragraphs."""
    sentences: int
    uncited: list[str]
    """The sentences that cite no evidence, paragraphs of the full report left out."""
    unsaid: list[str]
    """The parts in which nothing is written."""
    left_out: list[str]
    """The sentences of the closing summary that the Chair confirmed and the report does not have."""
    missing: list[MissingPart]
    """The parts of the session of which the report has nothing."""
    differing: list[tuple[int, ev.Sentence, list[SaidVerdict]]]
    """The sentences that do not agree with the record, each with its number in the report and the verdicts."""
    open_inputs: list[str]
    """Each kind of input with how many of it have no outcome yet."""
    unchanged: bool
    """Whether it is the version that is published already."""


def publication_summary(state: State, report: PublishReport, covered: Coverage, language: str) -> PublicationSummary:
    """What the page says before this report, which covers so much of the session, is published."""
    titles, parts = lines(language, TITLES), {part: getattr(report, part) for part in PARTS}
    written = [sentence for part in PARTS for sentence in parts[part]]
    body = ev.ReportPublished(**parts, sections=report.sections)
    compared = compared_summary(state, report.consensus, report.concern)
    said = {one_line(sentence.text) for sentence in written}
    return PublicationSummary(
        mark=draft_mark(state),
        written=list(_counted(state, report, titles, language)),
        sentences=len(written),
        uncited=[sentence.text for sentence in written if not sentence.cites],
        unsaid=[say(language, _EMPTY, part=titles[part]) for part in PARTS if not parts[part]],
        left_out=[line.text for line in compared if line.fate == "left_out" and line.text not in said],
        missing=missing_parts(covered, language),
        differing=_differing(state, report, language),
        open_inputs=[
            say(language, N_("{kind}: {n}"), kind=say(language, KIND_WORDS[kind]), n=n)
            for kind, n in Counter(line.input.kind for line in open_lines(ledger(state, body))).items()
        ],
        unchanged=bool(state.reports) and dict(parts_of(body)) == published_draft(state),
    )


def _differing(state: State, report: PublishReport, language: str) -> list[tuple[int, ev.Sentence, list[SaidVerdict]]]:
    written = [sentence for part in PARTS for sentence in getattr(report, part)]
    written += [sentence for section in report.sections for sentence in section.paragraphs]
    numbers = {id(sentence): number for number, sentence in enumerate(written)}
    return [
        (numbers[id(sentence)], sentence, said_verdicts(language, verdicts))
        for sentence, verdicts in differing(report, state)
    ]


def _counted(state: State, report: PublishReport, titles: dict[str, str], language: str) -> Iterator[str]:
    for part in PARTS:
        if sentences := getattr(report, part):
            yield say_many(language, *_SENTENCES, len(sentences), part=titles[part])
    for section in sections_of(state, report.sections):
        yield say_many(language, *_PARAGRAPHS, len(section.paragraphs), part=section.title)

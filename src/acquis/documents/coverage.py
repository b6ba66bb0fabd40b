"""The blocks on what the report covers of the session, and what it leaves out in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from babel import Locale, UnknownLocaleError

from acquis.attributes import LANE, REGION, STAKEHOLDER
from acquis.claims.contributions import LANGUAGE, SOURCE, THIRD, WHEN
from acquis.claims.coverage import Coverage, CoverageRow, Portion, SentencePlace, SpeakerCoverage
from acquis.documents.blocks import Block, Heading, Paragraph, Said, Sentences, worded_table
from acquis.documents.sentences import PARTS
from acquis.documents.view import ReportView
from acquis.i18n import N_, N_plural, say, say_many
from acquis.i18n.dates import locale_of
from acquis.messages.standing import AGREED
from acquis.state.drafting import FIELD
from acquis.text.plain_text import one_line

TITLE = N_("What the report covers")
_NAMES = {
    (THIRD, "1"): N_("First third of the session"),
    (THIRD, "2"): N_("Middle third of the session"),
    (THIRD, "3"): N_("Last third of the session"),
    (LANE.name, "room"): N_("In the room"),
    (LANE.name, "online"): N_("Online"),
    (SOURCE, "sent"): N_("Contributions sent by their authors"),
    (SOURCE, "entered"): N_("Contributions entered by the team"),
    (WHEN, "before"): N_("Contributions sent before the session"),
    (WHEN, "during"): N_("Contributions sent during the session"),
    (WHEN, "after"): N_("Contributions sent after the session"),
}
_NAMED = {
    STAKEHOLDER.name: N_("Stakeholder group: {value}"),
    REGION.name: N_("Regional group: {value}"),
    LANGUAGE: N_("Language: {value}"),
}
_LACKS = {
    (THIRD, "1"): N_("Nothing of the first third of the session is in the report."),
    (THIRD, "2"): N_("Nothing of the middle third of the session is in the report."),
    (THIRD, "3"): N_("Nothing of the last third of the session is in the report."),
    (LANE.name, "room"): N_("Nothing that was said or asked in the room is in the report."),
    (LANE.name, "online"): N_("Nothing that was said or asked online is in the report."),
    (SOURCE, "sent"): N_("No contribution that its author sent is in the report."),
    (SOURCE, "entered"): N_("No contribution that the team entered is in the report."),
    (WHEN, "before"): N_("No contribution that was sent before the session is in the report."),
    (WHEN, "during"): N_("No contribution that was sent during the session is in the report."),
    (WHEN, "after"): N_("No contribution that was sent after the session is in the report."),
}
_LACKS_NAMED = {
    STAKEHOLDER.name: N_("Nothing that this stakeholder group said, asked or wrote is in the report: {value}."),
    REGION.name: N_("Nothing that this regional group said, asked or wrote is in the report: {value}."),
    LANGUAGE: N_("Nothing that was said or written in this language is in the report: {value}."),
}
_LACKS_ALL = (
    N_plural("The report does not have the {n} intervention.", "The report has none of the {n} interventions."),
    N_plural("The report does not have the {n} question.", "The report has none of the {n} questions."),
    N_plural("The report does not have the {n} statement.", "The report has none of the {n} statements."),
    N_plural(
        "The report does not have the {n} written contribution.",
        "The report has none of the {n} written contributions.",
    ),
)


class MissingPart(msgspec.Struct, frozen=True):
    """A part of the session that a report leaves out: in a sentence, with its first entries."""

    text: str
    entries: tuple[int, ...] = ()


def missing_parts(coverage: Coverage, language: str) -> list[MissingPart]:
    """What a report leaves out."""
    listed = [
        MissingPart(say_many(language, *message, portion.of))
        for message, portion in zip(_LACKS_ALL, coverage.everything.portions, strict=True)
        if portion.of and not portion.covered
    ]
    for row in coverage.rows:
        if row.is_missing:
            message = _LACKS.get((row.dimension, row.value)) or _LACKS_NAMED[row.dimension]
            listed.append(MissingPart(say(language, message, value=_value(language, row)), row.left_out))
    for speaker in coverage.speakers:
        if speaker.is_missing:
            text = say(language, N_("Nothing that {name} said is in the report."), name=one_line(speaker.name))
            listed.append(MissingPart(text, speaker.left_out))
    return listed


def covered(view: ReportView, language: str) -> Iterator[Block]:
    """What a report leaves out, and the tables of the parts of the session and of the speakers; no block before there
    is a report, and where nothing was said, asked or proposed."""
    coverage = view.coverage
    if coverage is None or not any(portion.of for portion in coverage.everything.portions):
        return
    yield Heading(say(language, TITLE), anchor="coverage")
    missing = missing_parts(coverage, language)
    if missing:
        yield Sentences(tuple(Said(part.text, entry=next(iter(part.entries), 0)) for part in missing))
    else:
        yield Paragraph(
            say(language, N_("The report covers each third of the session and each group, language and speaker."))
        )
    about = N_(
        "A sentence covers an entry if it cites the entry or has its words. What it says in other words without "
        "evidence is not recognized."
    )
    yield Paragraph(say(language, about))
    titles = _titles(view, language)
    head = (
        N_("Part of the session"),
        N_("Interventions"),
        N_("Questions"),
        N_("Statements"),
        N_("Written contributions"),
        N_("Sentences"),
    )
    rows = [_row(row, titles, language) for row in (coverage.everything, *coverage.rows)]
    kept = [column for column in range(len(head)) if any(row[column] for row in rows)]
    shown = tuple(tuple(row[column] for column in kept) for row in rows)
    yield worded_table(language, N_("The parts of the session in the report"), tuple(head[n] for n in kept), shown)
    if coverage.speakers:
        columns = (N_("Name"), N_("In the report"), N_("Sentences"))
        speakers = tuple(_speaker(speaker, titles, language) for speaker in coverage.speakers)
        yield worded_table(language, N_("The speakers in the report"), columns, speakers)


def _row(row: CoverageRow, titles: dict[str, str], language: str) -> tuple[str, ...]:
    if row.dimension:
        message = _NAMES.get((row.dimension, row.value)) or _NAMED[row.dimension]
        name = say(language, message, value=_value(language, row))
    else:
        name = say(language, N_("The whole session"))
    portions = (_portion(portion, language) for portion in row.portions)
    return name, *portions, _sentences(row.sentences, titles, language)


def _portion(portion: Portion, language: str) -> str:
    return say(language, N_("{covered} of {of}"), covered=portion.covered, of=portion.of) if portion.of else ""


def _speaker(speaker: SpeakerCoverage, titles: dict[str, str], language: str) -> tuple[str, ...]:
    absent = N_("No") if speaker.spoke else N_("No intervention is recorded")
    there = N_("Yes") if speaker.sentences else absent
    return one_line(speaker.name), say(language, there), _sentences(speaker.sentences, titles, language)


def _value(language: str, row: CoverageRow) -> str:
    """The name of a group, or of a language in the language of the reader."""
    if row.dimension != LANGUAGE:
        return one_line(row.value)
    try:
        return Locale.parse(row.value).get_language_name(locale_of(language)) or one_line(row.value)
    except (UnknownLocaleError, ValueError):  # a caption may have any tag
        return one_line(row.value)


def _titles(view: ReportView, language: str) -> dict[str, str]:
    """Part of the report -> its title."""
    titles = {part: say(language, title) for part, (_, title) in PARTS.items()}
    titles[AGREED] = say(language, N_("Messages"))
    return titles | {FIELD + section.field: one_line(section.title) for section in view.sections}


def _sentences(places: Iterable[SentencePlace], titles: dict[str, str], language: str) -> str:
    """The sentences by part: "Key takeaways: 1, 3; Call to action: 2"."""
    return "; ".join(
        say(
            language,
            N_("{part}: {numbers}"),
            part=titles.get(part, part),
            numbers=", ".join(str(place.number) for place in listed),
        )
        for part, listed in groupby(places, key=lambda place: place.part)
    )

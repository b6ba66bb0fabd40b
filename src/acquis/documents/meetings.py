"""What the report says of meeting programs: how many people were there, which questions came from there, and the
results of polls that were held there."""

from __future__ import annotations

from collections.abc import Iterator

from acquis.documents.blocks import Block, Heading, Paragraph, Table
from acquis.i18n import N_, N_plural, say, say_many
from acquis.state import State
from acquis.state.meetings import attendance_elsewhere, polls_elsewhere
from acquis.text.plain_text import one_line

_PEOPLE = N_plural(
    "According to the attendance report of {program}, {n} person was there.",
    "According to the attendance report of {program}, {n} people were there.",
)
_MOST = N_plural("At most {n} was there at the same time.", "At most {n} were there at the same time.")
_MEAN = N_plural(
    "On average they stayed for {n} minute.",
    "On average they stayed for {n} minutes.",
)
_APART = N_("They are not added to the people who joined here, because the same person can be among both.")
_VOTES = N_plural(
    "Asked in {program}, where {n} person voted for it", "Asked in {program}, where {n} people voted for it"
)
_HANDS = N_plural(
    "In the chat of {program}, {n} line asked for the floor.",
    "In the chat of {program}, {n} lines asked for the floor.",
)


def attendance_sentences(state: State, language: str) -> Iterator[str]:
    """For each meeting program a paragraph about who was there, and one about its chat."""
    for program, report in attendance_elsewhere(state).items():
        sentences = [say_many(language, *_PEOPLE, report.people, program=program)]
        if report.most_at_once:
            sentences.append(say_many(language, *_MOST, report.most_at_once))
        if report.people and report.minutes:
            sentences.append(say_many(language, *_MEAN, round(report.minutes / report.people)))
        yield " ".join((*sentences, say(language, _APART)))
    for report in state.meeting_reports.values():
        if report.hands:
            yield say_many(language, *_HANDS, report.hands, program=report.origin)


def origin_sentence(program: str, votes: int, language: str) -> str:
    """Where a question was asked, and the votes that it has there."""
    if votes:
        return say_many(language, *_VOTES, votes, program=program)
    return say(language, N_("Asked in {program}"), program=program)


def poll_results(state: State, language: str) -> Iterator[Block]:
    """The results of polls that were held in a meeting program; no block without one."""
    results = polls_elsewhere(state).values()
    if not results:
        return
    yield Heading(say(language, N_("Polls held in a meeting program")), anchor="polls")
    yield Paragraph(say(language, N_("These are results as the program reports them, not votes of this session.")))
    for result in results:
        about = N_("{question} ({program}, {people} answered)")
        title = say(
            language, about, question=one_line(result.question), program=result.origin, people=str(result.people)
        )
        rows = zip(map(one_line, result.options.split("\n")), map(str, result.counts), strict=False)
        head = (say(language, N_("Option")), say(language, N_("Chosen")))
        yield Table(title, head, tuple(rows))

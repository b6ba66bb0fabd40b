"""The calls and commitments of a session, with the answers of the bodies, as data and as a block of its report.

A document has no clock: it says what is due when, and not what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
from babel.dates import format_date

from acquis.documents.blocks import Block, Heading, Paragraph, worded_table
from acquis.followup.tracking import CommitmentChange, Tracked, tracked
from acquis.followup.words import (
    ANSWER_OF,
    ANSWERS,
    DUE_BEFORE,
    OWN_DUE,
    OWN_WORDS,
    SAME_CALL,
    STATUSES,
    WORDING_BEFORE,
)
from acquis.i18n import N_, say
from acquis.i18n.dates import locale_of
from acquis.state import State
from acquis.text.plain_text import one_line


class CommitmentLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """A call or commitment as it stands: `what`, `who` or a kind of `actor`, `due` (a date or a rule) and the day
    `due_on` (ISO 8601), the status, whether the body accepted it, its `answer` (`followup.tracking.ANSWERS`), what it
    will do and by when in its own words, the function of whoever signed, the session and the entry of each call that is
    held to be the `same`, and every change."""

    entry: int
    status: str
    accepted: bool
    answer: str
    what: str = ""
    who: str = ""
    actor: str = ""
    due: str = ""
    due_on: str = ""
    due_words: str = ""
    own_words: str = ""
    own_due_on: str = ""
    office: str = ""
    source: str = ""
    same: tuple[tuple[str, int], ...] = ()
    changes: tuple[CommitmentChange, ...] = ()


def commitment_lines(state: State) -> tuple[CommitmentLine, ...]:
    """The calls and commitments of a session in the order in which they were recorded."""
    programme = state.programme
    listed = (
        (made, tracked("", programme.title, programme.rehearsal, made, state.at)) for made in state.commitments.values()
    )
    return tuple(_line(shown, made.status) for made, shown in listed)


def _line(shown: Tracked, status: str) -> CommitmentLine:
    answer = shown.last_answer
    fields = {
        name: getattr(shown, name) for name in CommitmentLine.__struct_fields__ if name not in ("status", "office")
    }
    return CommitmentLine(status=status, office=answer.office if answer else "", **fields)


def commitments(lines: tuple[CommitmentLine, ...], language: str) -> Iterator[Block]:
    """What was asked of whom, by when, what the body said, and every earlier wording and date; no block without any."""
    if not lines:
        return
    yield Heading(say(language, N_("Calls and commitments")), anchor="commitments")
    accepted = sum(line.accepted for line in lines)
    about = N_("Calls: {n}. Accepted by the body that they name: {accepted}.")
    yield Paragraph(say(language, about, n=len(lines), accepted=accepted))
    head = (N_("Entry"), N_("Action"), N_("Responsible body"), N_("Due date"), N_("Status"))
    rows = tuple(tuple("\n".join(cell) for cell in _cells(line, language)) for line in lines)
    yield worded_table(language, N_("All calls and commitments"), head, rows, tuple(f"c{line.entry}" for line in lines))


def _cells(line: CommitmentLine, language: str) -> Iterator[list[str]]:
    before = [change.before["what"] for change in line.changes if change.before.get("what")]
    moved = [change.due_before or change.before.get("due_words", "") for change in line.changes]
    yield [str(line.entry)]
    yield [
        one_line(line.what) or say(language, N_("(text not public)")),
        *([say(language, OWN_WORDS, text=one_line(line.own_words))] if line.own_words else ()),
        *(say(language, WORDING_BEFORE, text=one_line(text)) for text in before),
        *(say(language, SAME_CALL, title=session, seq=entry) for session, entry in line.same),
    ]
    yield [one_line(line.who)]
    yield [
        _day(line.due_on, language) or one_line(line.due_words),
        *([say(language, OWN_DUE, day=_day(line.own_due_on, language))] if line.own_due_on else ()),
        *(say(language, DUE_BEFORE, day=_day(day, language) or one_line(day)) for day in moved if day),
    ]
    notes = [change for change in line.changes if change.is_answer and change.note]
    yield [
        say(language, STATUSES[line.status]),
        say(language, ANSWER_OF, answer=say(language, ANSWERS[line.answer])),
        *([say(language, N_("Signed by {who}"), who=one_line(line.office))] if line.office else ()),
        *(one_line(change.note) for change in notes[-1:]),
    ]


def _day(written: str, language: str) -> str:
    """A day in words; empty for a text that is none."""
    try:
        return str(format_date(date.fromisoformat(written), "long", locale=locale_of(language)))
    except ValueError:
        return ""

"""Questions that many readers ask of a state, each answered here and nowhere else: who said a line, whose hand or turn
it is, what of an entry is public, how the votes on a statement stand.

A reader that may see the names that people gave hands them over as `names` (id of a person -> name). They are not part
of the record: whatever is made from the log alone is made without them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from acquis import events as ev
from acquis.i18n import N_, say
from acquis.state.model import AGREE, DISAGREE, PASS, Hand, Question, SpeechLine, State, Statement, Turn


def seat_of(state: State, number: int) -> ev.Seat | None:
    """The speaker of the programme with a number, counted from 1; None where the programme has no such speaker."""
    seats = state.programme.seats if state.programme else ()
    return seats[number - 1] if 0 < number <= len(seats) else None


def seat_name(state: State, number: int) -> str:
    """The name of a speaker of the programme; empty where the programme has no such speaker."""
    seat = seat_of(state, number)
    return seat.name if seat else ""


# --- who ---------------------------------------------------------------------------------------------------------


def speaker_of(state: State, line: SpeechLine, names: Mapping[str, str] | None = None, language: str = "en") -> str:
    """Who says a line: the speaker of the programme, else the name in the captions, else whoever has the turn.

    Somebody who has the turn from the queue is named only to a reader who hands over `names`, as `display_name` does in
    `language`; to all others such a line has no speaker (empty)."""
    if seat := seat_of(state, line.seat):
        return seat.name
    turn = state.turns.get(line.turn)
    if line.speaker or turn is None:
        return line.speaker
    return seat_name(state, turn.seat) if names is None else display_name(state, turn, names, language)


def display_name(state: State, act: Hand | Turn, names: Mapping[str, str], language: str) -> str:
    """Whose hand or turn it is, for the screens of the session: the speaker of the programme, else the name that
    somebody gave, else what `handle` says. A hand that a moderator entered for somebody without a name is
    "Somebody at the microphone"."""
    if isinstance(act, Turn):
        if act.seat:
            return seat_name(state, act.seat)
        act = state.hands[act.hand]
    if act.entered and not names.get(act.person):
        return say(language, N_("Somebody at the microphone"))
    return person_name(act.person, names, language)


def person_name(person: str, names: Mapping[str, str], language: str) -> str:
    """The name that a person gave, else what `handle` says."""
    return names.get(person) or handle(person, language)


def handle(person: str, language: str) -> str:
    """What a person who gave no name is called. The person's own screen shows it too."""
    return say(language, N_("Participant {handle}"), handle=person[-4:].upper())


# --- what is public ----------------------------------------------------------------------------------------------


def public_question(question: Question) -> bool:
    """Whether everybody may read a question: a moderator let it through, or nothing is moderated."""
    return question.public


def public_statement(statement: Statement) -> bool:
    """Whether everybody may read a statement: it was opened for votes."""
    return statement.fate in ("open", "closed")


def approved(state: State, seq: int) -> bool:
    """Whether the question or statement of an entry was let through; False for an entry that is neither."""
    if (question := state.questions.get(seq)) is not None:
        return public_question(question)
    statement = state.statements.get(seq)
    return statement is not None and public_statement(statement)


def public_text(state: State, seq: int) -> str:
    """The text of a question or a statement if everybody may read it; else empty."""
    if not approved(state, seq):
        return ""
    return state.questions[seq].text if seq in state.questions else state.statements[seq].text


def public_answer(question: Question) -> str:
    """The answer in writing to a question that everybody may read; else empty."""
    return question.answer if public_question(question) else ""


# --- votes -------------------------------------------------------------------------------------------------------


class Tally(msgspec.Struct, frozen=True):
    """The votes on a statement, counted."""

    agree: int = 0
    disagree: int = 0
    passes: int = 0

    @property
    def total(self) -> int:
        """How many people voted."""
        return self.agree + self.disagree + self.passes


def tally(state: State, statement: int) -> Tally:
    """The votes on a statement as they stand."""
    votes = state.votes[statement]
    return Tally(votes.count(AGREE), votes.count(DISAGREE), votes.count(PASS))

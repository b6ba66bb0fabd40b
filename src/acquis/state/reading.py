"""Queries of a state that many modules need, each implemented only here: who said a line, whose hand or turn it is,
and what of an entry is public.

A caller that may see the names of people passes them as `names` (id of a person -> name). They are not part of the
record, so everything that is made from the log alone is made without them."""

from __future__ import annotations

from collections.abc import Mapping

from acquis import events as ev
from acquis.i18n import N_, say
from acquis.state.agreement import Objection, ProposedAmendment
from acquis.state.asked import Question
from acquis.state.model import Hand, State, Statement, Turn
from acquis.state.spoken import SpeechLine


def seat_of(state: State, number: int) -> ev.Seat | None:
    """The speaker of the programme with this number, counted from 1; None if there is none."""
    seats = state.seats
    return seats[number - 1] if 0 < number <= len(seats) else None


def seat_name(state: State, number: int) -> str:
    """The name of the speaker of the programme with this number; empty if there is none."""
    seat = seat_of(state, number)
    return seat.name if seat else ""


def has_left(state: State, number: int) -> bool:
    """Whether the speaker of the programme with this number was taken off it."""
    seat = seat_of(state, number)
    return seat is not None and seat.withdrawn


def team_names(state: State, role: str) -> list[str]:
    """The names that the programme has, as it is now, for a role of the team."""
    listed = state.programme.document.get(f"{role}s") or ()
    return [str(part["name"]) for part in listed if isinstance(part, dict) and part.get("name")]


# --- who ---------------------------------------------------------------------------------------------------------


def speaker_of(state: State, line: SpeechLine, names: Mapping[str, str] | None = None, language: str = "en") -> str:
    """The name of the speaker of a line: the speaker of the programme, else the name in the captions, else the person
    who has the turn.

    A person who has a turn from the queue is named only if `names` is given (see `display_name`); otherwise the result
    is empty."""
    if seat := seat_of(state, line.seat):
        return seat.name
    turn = state.turns.get(line.turn)
    if line.speaker or turn is None:
        return line.speaker
    return seat_name(state, turn.seat) if names is None else display_name(state, turn, names, language)


def likely_speaker(state: State, line: SpeechLine, names: Mapping[str, str] | None = None, language: str = "en") -> str:
    """The name of the likely speaker of a line whose speaker is not known, as in `speaker_of`; empty if there is
    none."""
    turn = state.turns.get(line.likely)
    if turn is None or line.seat or line.speaker or line.turn:
        return ""
    return seat_name(state, turn.seat) if names is None else display_name(state, turn, names, language)


def display_name(state: State, act: Hand | Turn, names: Mapping[str, str], language: str) -> str:
    """The name for a hand or a turn on the screens of the session: that of the speaker of the programme, else the name
    that the person gave, else the result of `handle`. For a hand that a moderator entered without a name it is
    "Speaker at the microphone" or "Online participant"."""
    if isinstance(act, Turn):
        if act.seat:
            return seat_name(state, act.seat)
        act = state.hands[act.hand]
    if act.entered and not names.get(act.person):
        relayed = act.attributes.lane == "online"
        return say(language, N_("Online participant") if relayed else N_("Speaker at the microphone"))
    return person_name(act.person, names, language)


def person_name(person: str, names: Mapping[str, str], language: str) -> str:
    """The name that a person gave, else the result of `handle`."""
    return names.get(person) or handle(person, language)


def handle(person: str, language: str) -> str:
    """The display name of a person who gave no name; the person's own screen shows it too. Where the public state says
    of nobody who it was (`person` is empty), it is "Participant"."""
    if not person:
        return say(language, N_("Participant"))
    return say(language, N_("Participant {handle}"), handle=person[-4:].upper())


# --- what is public ----------------------------------------------------------------------------------------------


def scenes_of(state: State) -> tuple[ev.Scene, ...]:
    """What the stage can show now; the first is what it shows by itself."""
    summary: tuple[ev.Scene, ...] = ("summary",) if state.confirmed else ()
    message: tuple[ev.Scene, ...] = ("message",) if state.before_room[0] in state.messages else ()
    if state.is_over:
        return ("after", *summary, *message, "results", "map")
    return ("questions", *message, "vote", "results", "map", *summary, "clock")


def scene_of(state: State) -> ev.Scene:
    """What the stage shows."""
    offered = scenes_of(state)
    return state.scene if state.scene in offered else offered[0]


def public_question(question: Question) -> bool:
    """Whether a question is public: a moderator approved it, or questions are not moderated."""
    return question.public


def waiting_statements(state: State) -> int:
    """The number of proposed statements that no moderator has reviewed yet."""
    return sum(statement.fate == "proposed" for statement in state.statements.values())


def public_statement(statement: Statement) -> bool:
    """Whether a statement is public: it was opened for votes."""
    return statement.fate in ("open", "closed")


def approved(state: State, seq: int) -> bool:
    """Whether the question, statement or written contribution of an entry is public; False for any other entry."""
    if (question := state.questions.get(seq)) is not None:
        return public_question(question)
    if (contribution := state.contributions.get(seq)) is not None:
        return contribution.is_public
    statement = state.statements.get(seq)
    return statement is not None and public_statement(statement)


def public_text(state: State, seq: int) -> str:
    """The text of a question, a statement or a written contribution if it is public; otherwise empty."""
    if not approved(state, seq):
        return ""
    return (state.questions.get(seq) or state.contributions.get(seq) or state.statements[seq]).text


def public_body(state: State, seq: int) -> str:
    """For whom a written contribution speaks, if it is public and may be said; otherwise empty."""
    contribution = state.contributions[seq]
    return contribution.on_behalf_of if contribution.is_public and not state.settings.chatham else ""


def public_answer(state: State, question: Question) -> str:
    """The written answer to a question if it is public; otherwise empty."""
    withheld = question.answer_entry in state.measures.withheld
    return question.answer if public_question(question) and not withheld else ""


def public_about(state: State, hand: Hand) -> str:
    """What a hand is about if it is public; otherwise empty."""
    return "" if hand.seq in state.measures.withheld else hand.about


def public_note(state: State, turn: Turn) -> str:
    """The note of a turn if it is public; otherwise empty."""
    return "" if turn.note_entry in state.measures.withheld else turn.note


def public_comment(state: State, turn: Turn) -> str:
    """The comment on the note of a turn if it is public; otherwise empty."""
    return "" if turn.comment_entry in state.measures.withheld else turn.comment


def shown_text(state: State, written: Objection | ProposedAmendment) -> str:
    """The text of an objection or an amendment if it is public; otherwise empty."""
    return "" if written.seq in state.measures.withheld else written.text


def not_held_back(state: State, seq: int, event: ev.Event) -> bool:
    """Whether the text of an entry that is neither a question nor a statement is public. Earlier wordings of a note, a
    comment or an answer are held back with the latest, and an answer with its question."""
    latest = seq
    if isinstance(event, ev.AnswerWritten) and (question := state.questions.get(event.question)) is not None:
        if not public_question(question):
            return False
        latest = question.answer_entry
    elif isinstance(event, ev.TurnNoted | ev.TurnCommented) and (turn := state.turns.get(event.turn)) is not None:
        latest = turn.note_entry if isinstance(event, ev.TurnNoted) else turn.comment_entry
    return not {seq, latest} & state.measures.withheld.keys()


def other_text(state: State, entry: int) -> str:
    """The text of an entry that is neither a question nor a statement, public or not: what a hand is about, the note of
    a turn, the comment on it, a written answer, an objection, an amendment; empty if there is none."""
    if (hand := state.hands.get(entry)) is not None:
        return hand.about
    for turn in state.turns.values():
        if entry == turn.note_entry:
            return turn.note
        if entry == turn.comment_entry:
            return turn.comment
    if (written := state.objections.get(entry) or state.amendments.get(entry)) is not None:
        return written.text
    return next((q.answer for q in state.questions.values() if q.answer_entry == entry), "")

"""What was done to conduct a session, as sentences: for the button that takes it back, and for the audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from acquis import events as ev
from acquis.i18n import N_, say
from acquis.state import Act, State
from acquis.state.reading import display_name, person_name, public_text, seat_name

QUOTED = 60
"""The most letters of a text that a sentence quotes."""


def act_sentence(language: str, state: State, names: Mapping[str, str], event: ev.Event) -> str:
    """An act in one sentence: "The floor was given to Ana Silva." The state may be that with or without the act;
    `names` are the names that the reader may see, by the id of the person."""
    facts = {name: getattr(event, name) for name in event.__struct_fields__}
    made = _SENTENCES[type(event)]
    return made(language, state, names, event) if callable(made) else say(language, made, **facts)


def taken_from(language: str, state: State, names: Mapping[str, str], act: Act) -> list[str]:
    """Whom an act took the floor from, in sentences, for the state with the act: whose intervention it ended or
    stopped. None for an act that says so itself."""
    if isinstance(act.event, ev.TurnEnded):
        return []
    messages = [(_ENDED, turn) for turn in act.ended] + [(_STOPPED, act.stopped)] * bool(act.stopped)
    return [
        say(language, message, name=display_name(state, state.turns[turn], names, language))
        for message, turn in messages
    ]


def _of_hand(message: str, language: str, state: State, names: Mapping[str, str], event: Any) -> str:
    return say(language, message, name=display_name(state, state.hands[event.hand], names, language))


def _of_turn(message: str, language: str, state: State, names: Mapping[str, str], event: Any) -> str:
    return say(language, message, name=display_name(state, state.turns[event.turn], names, language))


def _of_newcomer(language: str, state: State, names: Mapping[str, str], event: ev.HandEntered) -> str:
    if event.person not in names:
        return say(language, N_("A speaker at the microphone was added to the list."))
    return say(language, N_("{name} was added to the list."), name=person_name(event.person, names, language))


def _of_seat(language: str, state: State, names: Mapping[str, str], event: ev.SpeakerGivenFloor) -> str:
    return say(language, N_("The floor was given to {name}."), name=seat_name(state, event.seat))


def _ruling(language: str, state: State, names: Mapping[str, str], event: ev.PointOfOrderRuled) -> str:
    if event.upheld:
        return _of_turn(N_("The point of order of {name} was upheld."), language, state, names, event)
    return _of_turn(N_("The point of order of {name} was not upheld."), language, state, names, event)


def _segment(language: str, state: State, names: Mapping[str, str], event: ev.SegmentStarted) -> str:
    return say(language, N_("The segment “{title}” was started."), title=state.segments[event.segment].title)


def _assigned(language: str, state: State, names: Mapping[str, str], event: ev.QuestionAssigned) -> str:
    text = _question(state, event.question)
    if not event.seat:
        named, unnamed = (
            N_("The question “{text}” was assigned to the whole panel."),
            N_("A question was assigned to the whole panel."),
        )
        return say(language, named if text else unnamed, text=text)
    named, unnamed = N_("The question “{text}” was assigned to {name}."), N_("A question was assigned to {name}.")
    return say(language, named if text else unnamed, text=text, name=seat_name(state, event.seat))


def _question(state: State, number: int) -> str:
    """The beginning of a question that everybody may read; empty for any other, because the audit is public."""
    return _shortened(public_text(state, number))


def _shortened(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1].rstrip()}…"


def _of_question(named: str, unnamed: str, language: str, state: State, names: Mapping[str, str], event: Any) -> str:
    text = _question(state, event.question)
    return say(language, named if text else unnamed, text=text)


def _of_statement(named: str, unnamed: str, language: str, state: State, names: Mapping[str, str], event: Any) -> str:
    text = _shortened(public_text(state, event.statement))
    return say(language, named if text else unnamed, text=text)


def _withdrawn(language: str, state: State, names: Mapping[str, str], event: ev.SpeakerWithdrawn) -> str:
    return say(language, N_("{name} was removed from the programme."), name=seat_name(state, event.seat))


def _put(language: str, state: State, names: Mapping[str, str], event: ev.MessagePut) -> str:
    if not event.message:
        return say(language, N_("The message was taken off the room screen."))
    if event.amendment:
        return say(language, N_("An amendment was put before the room."))
    return say(language, N_("A message was put before the room."))


def _settled(language: str, state: State, names: Mapping[str, str], event: ev.AmendmentSettled) -> str:
    return say(language, N_("An amendment was accepted.") if event.accepted else N_("An amendment was not accepted."))


_OUTCOMES = {
    "adopted": N_("The Chair stated that a message was adopted."),
    "adopted_with_reservations": N_("The Chair stated that a message was adopted with reservations."),
    "fallen": N_("The Chair stated that a message has fallen."),
}


def _outcome(language: str, state: State, names: Mapping[str, str], event: ev.OutcomeStated) -> str:
    return say(language, _OUTCOMES[event.outcome])


_ENDED = N_("The intervention of {name} was ended.")
_STOPPED = N_("The speaking time of {name} was stopped.")
_INTAKES = {
    (ev.IntakeClosed, "questions"): N_("New questions were stopped."),
    (ev.IntakeClosed, "statements"): N_("New statements were stopped."),
    (ev.IntakeClosed, "joining"): N_("Joining was stopped."),
    (ev.IntakeOpened, "questions"): N_("New questions were allowed again."),
    (ev.IntakeOpened, "statements"): N_("New statements were allowed again."),
    (ev.IntakeOpened, "joining"): N_("Joining was allowed again."),
}


def _intake(language: str, state: State, names: Mapping[str, str], event: ev.IntakeClosed | ev.IntakeOpened) -> str:
    return say(language, _INTAKES[type(event), event.intake])


def _of_person(message: str, language: str, state: State, names: Mapping[str, str], event: Any) -> str:
    return say(language, message, name=person_name(event.person, names, language))


_SENTENCES: dict[type[ev.Event], str | Callable[..., str]] = {
    ev.SessionOpened: N_("The session was opened."),
    ev.SegmentStarted: _segment,
    ev.SettingsChanged: N_("The settings for questions were changed."),
    ev.ListClosed: N_("The list of speakers was closed."),
    ev.ListOpened: N_("The list of speakers was reopened."),
    ev.SessionClosed: N_("The session was closed."),
    ev.HandEntered: _of_newcomer,
    ev.HandLowered: partial(_of_hand, N_("The request of {name} was removed from the list.")),
    ev.HandRestored: partial(_of_hand, N_("The request of {name} was restored to its place.")),
    ev.HandDeferred: partial(_of_hand, N_("{name} lets the next speaker go first.")),
    ev.FloorGiven: partial(_of_hand, N_("The floor was given to {name}.")),
    ev.SpeakerGivenFloor: _of_seat,
    ev.TurnEnded: partial(_of_turn, _ENDED),
    ev.NotResponding: partial(_of_turn, N_("{name} was marked as not responding.")),
    ev.PointOfOrderRuled: _ruling,
    ev.QuestionApproved: partial(
        _of_question, N_("The question “{text}” was approved."), N_("A question was approved.")
    ),
    ev.QuestionHeldBack: partial(
        _of_question, N_("The question “{text}” was withheld."), N_("A question was withheld.")
    ),
    ev.QuestionMerged: partial(
        _of_question,
        N_("The question “{text}” was merged with another one."),
        N_("A question was merged with another one."),
    ),
    ev.QuestionSplit: partial(
        _of_question, N_("The question “{text}” was separated again."), N_("A question was separated again.")
    ),
    ev.QuestionAssigned: _assigned,
    ev.QuestionPut: partial(
        _of_question, N_("The question “{text}” was put to the panel."), N_("A question was put to the panel.")
    ),
    ev.QuestionAnswered: partial(
        _of_question, N_("The question “{text}” was marked as answered."), N_("A question was marked as answered.")
    ),
    ev.QuestionReopened: partial(
        _of_question,
        N_("The question “{text}” was put back on the waiting list."),
        N_("A question was put back on the waiting list."),
    ),
    ev.StatementSeeded: N_("A statement was opened for voting."),
    ev.StatementOpened: partial(
        _of_statement, N_("The statement “{text}” was opened for voting."), N_("A statement was opened for voting.")
    ),
    ev.StatementHeldBack: partial(
        _of_statement, N_("The statement “{text}” was withheld."), N_("A statement was withheld.")
    ),
    ev.StatementClosed: partial(
        _of_statement, N_("Voting on the statement “{text}” was closed."), N_("Voting on a statement was closed.")
    ),
    ev.MessageProposed: N_("A message was proposed."),
    ev.MessagePut: _put,
    ev.MessageReworded: N_("A message was reworded."),
    ev.AmendmentSettled: _settled,
    ev.OutcomeStated: _outcome,
    ev.SilenceBegun: N_("A message was circulated under the silence procedure."),
    ev.TextHeldBack: N_("A text was withheld."),
    ev.TextLetThrough: N_("A text was approved."),
    ev.SpeakerAdded: N_("{name} was added to the speakers."),
    ev.SpeakerWithdrawn: _withdrawn,
    ev.SpeakerCorrected: N_("The name or organization of {name} was corrected."),
    ev.SegmentTimeChanged: N_("The time of the running segment was changed to {minutes} min."),
    ev.TitleCorrected: N_("The title of the session was corrected."),
    ev.SegmentTitleCorrected: N_("The title of a segment was corrected."),
    ev.TurnTimeChanged: partial(_of_turn, N_("The speaking time of {name} was changed.")),
    ev.IntakeClosed: _intake,
    ev.IntakeOpened: _intake,
    ev.SessionPaused: N_("The session was paused."),
    ev.SessionResumed: N_("The session was resumed."),
    ev.ParticipantSilenced: partial(_of_person, N_("{name} was silenced.")),
    ev.ParticipantUnsilenced: partial(_of_person, N_("{name} was allowed to take part again.")),
    ev.VotesStruck: N_("The votes of one person were left out."),
    ev.VotesRestored: N_("The votes of one person are counted again."),
    ev.SummaryConfirmed: N_("The closing summary was confirmed."),
}
"""Event that can be taken back -> its message, or a function that gives the sentence."""

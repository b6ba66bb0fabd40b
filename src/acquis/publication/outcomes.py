"""Checks what a log says became of inputs, messages and calls: that the procedure of the session allowed it, and that
nothing is said of what the log does not have. The roles of people are not in a log, and erased texts are no fault."""

from __future__ import annotations

from typing import Any

from acquis import events as ev
from acquis.contributions.reasons import reasons
from acquis.messages.procedure import Act
from acquis.messages.standing import fate_of, objections_to, procedure_of, steps_now
from acquis.state import Message, State, TakenBack

_ACTS: dict[type[ev.Event], Act] = {
    ev.MessageProposed: "propose",
    ev.MessageReworded: "reword",
    ev.ObjectionMade: "object",
    ev.AmendmentProposed: "amend",
    ev.AmendmentSettled: "settle",
    ev.OutcomeStated: "state",
    ev.SilenceBegun: "circulate",
}
"""What each of these events does, as a procedure names it."""
_UNDER_SILENCE = (ev.MessageReworded, ev.AmendmentProposed, ev.AmendmentSettled, ev.OutcomeStated, ev.SilenceBegun)
"""What cannot happen to a message while the silence procedure decides."""
_NEEDED = {"merged": "into", "answered": "who", "answered_in_writing": "who", "deferred": "to", "not_used": "reason"}
"""What a statement of each kind says besides; the texts among it may be erased."""


def wrong_outcome(state: State, event: ev.Event | TakenBack, at: int) -> str:
    """What is wrong with an event about inputs, messages or calls that happens after `state` at a time; empty if
    nothing is. Raises KeyError if it is about something that the log does not have."""
    match event:
        case ev.FatesStated():
            return _wrong_fates(state, event)
        case ev.CommitmentMade() | ev.CommitmentProgressed() | ev.CallAnswered():
            return _wrong_call(state, event)
        case ev.StatementSeeded() if event.message:
            return _not_allowed(state, "test", at)
    act = _ACTS.get(type(event))  # type: ignore[arg-type]  # what was taken back is none of these
    return (_not_allowed(state, act, at) or _wrong_message(state, event, at)) if act else ""


def _not_allowed(state: State, act: Act, at: int) -> str:
    """Whether no step of the procedure that runs allows an act to anybody. Not decidable are a procedure whose text was
    erased, and times that counted from an opening or a close which was taken back."""
    procedure = procedure_of(state)
    if procedure is None:
        return "no procedure was chosen" if state.procedure is None else ""
    if _was_taken_back(state, ev.SessionOpened, ev.SessionClosed):
        return ""
    allowed = any(step.acts.get(act) for step in steps_now(state, procedure, at))
    return "" if allowed else f"the procedure does not allow “{act}” at that time"


def _was_taken_back(state: State, *kinds: type[ev.Event]) -> bool:
    return any(isinstance(taken.act.event, kinds) for taken in state.taken_back.values())


def _wrong_message(state: State, event: Any, at: int) -> str:
    if isinstance(event, ev.MessageProposed):
        return ""
    amendment = state.amendments[event.amendment] if isinstance(event, ev.AmendmentSettled) else None
    message = state.messages[amendment.message if amendment else event.message]
    if isinstance(event, _UNDER_SILENCE) and fate_of(state, message, at) in ("silence", "by_silence"):
        return f"the silence procedure decides on message {message.seq}"
    match event:
        case ev.AmendmentSettled() if amendment is not None and not amendment.is_proposed:
            return f"amendment {amendment.seq} was settled before"
        case ev.ObjectionMade():
            return _wrong_objection(state, message, event)
        case ev.OutcomeStated() if event.outcome == "adopted" and objections_to(state, message.seq):
            return f"message {message.seq} was adopted without the objections and reservations that stood"
        case ev.SilenceBegun():
            procedure = procedure_of(state)
            if procedure is not None and event.hours != procedure.silence_hours:
                return f"the silence on message {message.seq} is not as long as the procedure says"
    return ""


def _wrong_objection(state: State, message: Message, event: ev.ObjectionMade) -> str:
    if event.replaces and state.objections[event.replaces].message != message.seq:
        return f"an objection to message {message.seq} replaces one to another message"
    breaks = message.silence is not None and not event.reservation
    if event.breaks != breaks and not _was_taken_back(state, ev.SilenceBegun):
        return f"whether an objection breaks the silence on message {message.seq} is stated wrongly"
    return ""


def _wrong_fates(state: State, event: ev.FatesStated) -> str:
    known = (state.turns, state.speech, state.questions, state.statements, state.contributions)
    for entry in (*event.inputs, *event.into):
        if not any(entry in of_kind for of_kind in known):
            return f"entry {entry} is no input"
    if any(before == into for before, into in zip(event.inputs, event.into)):
        return "an input is merged into itself"
    needed = _NEEDED[event.fate]
    others = {*_NEEDED.values()} - {needed}
    if any(getattr(event, name) for name in others):
        return f"what became of the inputs is “{event.fate}”, and something else is said"
    if needed == "into" and len(event.into) != len(event.inputs):
        return "into what the inputs were merged is missing"
    if needed == "reason" and event.reason not in reasons():
        return f"“{event.reason}” is not in the list of reasons"
    return ""


def _wrong_call(state: State, event: ev.CommitmentMade | ev.CommitmentProgressed | ev.CallAnswered) -> str:
    if isinstance(event, ev.CommitmentMade):
        report = next((report for report in state.reports if report.seq == event.report), None)
        calls = len(report.body.calls_to_action) if report else 0
        stated = bool(event.report or event.call)
        return "it is of a call to action that is in no report" if stated and not 1 <= event.call <= calls else ""
    commitment = state.commitments[event.commitment]
    if isinstance(event, ev.CallAnswered):
        return "" if commitment.is_asked else f"the body of call {commitment.seq} was not asked"
    needs = event.status in ("accepted", "declined", "done")
    if needs and not event.symbol and not event.url:
        return f"the status of commitment {commitment.seq} is stated without evidence"
    return ""

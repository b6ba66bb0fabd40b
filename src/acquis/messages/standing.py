"""What a procedure allows at a moment, and the state of each message, as pure functions of the state of the session and
of a time.

A rule decides in one case only, the silence procedure: a message is adopted at its deadline unless a party objected by
then. This is computed and never stored. Any other outcome is what the Chair stated."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, TypeAlias

import msgspec

from acquis import events as ev
from acquis.command import MODERATORS, ORGANIZER, PEOPLE, RAPPORTEUR, SPEAKER
from acquis.messages.procedure import SHIPPED, Moment, Procedure, ProcedureError, ProcedureStep, read
from acquis.state import State
from acquis.state.agreement import Message, Objection, ProposedAmendment, Silence

ROLES_OF: dict[str, frozenset[str]] = {
    "participants": PEOPLE,
    "parties": PEOPLE | MODERATORS | {ORGANIZER},
    "speakers": frozenset({SPEAKER}),
    "moderators": MODERATORS,
    "rapporteur": frozenset({RAPPORTEUR}),
    "organizer": frozenset({ORGANIZER}),
}
"""Who may act, as a procedure says it -> the roles of a session. A moderator enters the letter of a party."""

Fate: TypeAlias = Literal["open", "silence", "broken", "by_silence", "adopted", "adopted_with_reservations", "fallen"]
"""How a message stands: open; circulated, with the deadline to come; the silence was broken, or it was not; or what the
Chair stated."""
_ADOPTED = ("adopted", "adopted_with_reservations", "by_silence")


def procedure_of(state: State) -> Procedure | None:
    """The procedure of a session; None if none was chosen, or if its file cannot be read, because it was erased."""
    if state.procedure is None or not state.procedure.text:
        return None
    try:
        return read(state.procedure.text)
    except ProcedureError:
        return None


def shipped(state: State) -> bool:
    """Whether the procedure of a session comes with the program, so that its texts are messages."""
    return state.procedure is not None and state.procedure.procedure in SHIPPED


def time_of(state: State, moment: Moment) -> int | None:
    """The time of a moment (ms since 1970); None if what it is relative to has not happened."""
    if moment.at:
        return moment.at
    events = {"publication": state.published_at, "opening": state.opened_at, "closing": state.closed_at}
    began = events[moment.after]
    return began + moment.minutes * 60_000 if began else None


def span_of(state: State, step: ProcedureStep) -> tuple[int | None, int | None]:
    """When a step begins and ends (ms since 1970), each None if that is not known or never."""
    return time_of(state, step.begins), time_of(state, step.ends) if step.ends else None


def runs(state: State, step: ProcedureStep, at: int) -> bool:
    """Whether a step runs at a time."""
    begins, ends = span_of(state, step)
    return begins is not None and begins <= at and (ends is None or at < ends)


def steps_now(state: State, procedure: Procedure, at: int) -> list[ProcedureStep]:
    """The steps that run at a time; more than one may."""
    return [step for step in procedure.steps if runs(state, step, at)]


def may(state: State, procedure: Procedure, at: int, act: str, roles: frozenset[str]) -> bool:
    """Whether somebody with these roles may do something at a time."""
    allowed = (who for step in steps_now(state, procedure, at) for who in step.acts.get(act, ()))
    return any(roles & ROLES_OF[who] for who in allowed)


def objections_to(state: State, message: int, reservations: bool | None = None) -> list[Objection]:
    """The objections to a message and its reservations that were not withdrawn, or only one of the two kinds."""
    standing = (objection for objection in state.objections.values() if objection.message == message)
    return [
        objection
        for objection in standing
        if not objection.withdrawn and (reservations is None or objection.reservation is reservations)
    ]


def objected(objection: Objection, person: str, voice: str) -> bool:
    """Whether somebody made an objection: a nameless one is known by the voice, which only the server has."""
    if objection.voice:
        return objection.voice == voice
    return bool(person) and objection.person == person


def amendments_to(state: State, message: int) -> list[ProposedAmendment]:
    """The amendments to a message, by number."""
    return [amendment for amendment in state.amendments.values() if amendment.message == message]


def breaks(state: State, message: int, silence: Silence) -> list[Objection]:
    """The objections of parties by which the silence was broken: made between its beginning and its deadline. One that
    is withdrawn later has broken it all the same; a text is then circulated again."""
    made = (objection for objection in state.objections.values() if objection.message == message)
    return [objection for objection in made if objection.breaks and silence.at <= objection.at <= silence.ends_at]


def fate_of(state: State, message: Message, at: int) -> Fate:
    """The state of a message at a time."""
    outcome, silence = message.outcome, message.silence
    if silence is None or (outcome is not None and outcome.seq > silence.seq):
        return outcome.outcome if outcome is not None else "open"
    if breaks(state, message.seq, silence):
        return "broken"
    return "silence" if at <= silence.ends_at else "by_silence"


class MessageStanding(msgspec.Struct, frozen=True):
    """A message with its state, its objections and reservations, and its amendments."""

    message: Message
    fate: Fate
    objections: list[Objection]
    reservations: list[Objection]
    amendments: list[ProposedAmendment]

    @property
    def is_over(self) -> bool:
        """Whether it was adopted or has fallen."""
        return self.fate in ("adopted", "adopted_with_reservations", "fallen", "by_silence")


def standing(state: State, message: Message, at: int) -> MessageStanding:
    """A message with its state at a time."""
    seq = message.seq
    return MessageStanding(
        message,
        fate_of(state, message, at),
        objections_to(state, seq, reservations=False),
        objections_to(state, seq, reservations=True),
        amendments_to(state, seq),
    )


AGREED = "messages"
"""The name of the messages as a part of the report."""


def agreed_sentences(state: State, said: Collection[str]) -> tuple[str, tuple[ev.Sentence, ...]]:
    """The messages that were adopted, as a part of the report beside its own sentences (`said`): what these say word by
    word is not repeated. The place of a message is its number; those that are not part of it are empty."""
    kept = [
        message.text if message.text not in said and fate_of(state, message, state.at) in _ADOPTED else ""
        for message in state.messages.values()
    ]
    return AGREED, tuple(map(ev.Sentence, kept))

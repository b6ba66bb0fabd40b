"""What commands for agreeing on messages have in common: whether the procedure of the session allows an act."""

from __future__ import annotations

from acquis.command import PEOPLE, WRITERS, Actor, Refused
from acquis.floor.people import voice_number
from acquis.messages.procedure import Act, Procedure
from acquis.messages.standing import fate_of, may, procedure_of, shipped, steps_now
from acquis.state import Message, State

RULED = ("no_procedure", "not_in_step")
"""The codes of `allowed`."""


def allowed(state: State, by: Actor, at: int, act: Act) -> Procedure:
    """The procedure of the session. Raises Refused unless it allows the actor to do this at that time."""
    procedure = procedure_of(state)
    if procedure is None:
        raise Refused("no_procedure")
    if not may(state, procedure, at, act, by.roles):
        steps = steps_now(state, procedure, at)
        titles = [step.title for step in steps] or [procedure.title]
        raise Refused("not_in_step", step=titles if shipped(state) else ", ".join(titles))
    return procedure


def must_have_joined(state: State, by: Actor) -> None:
    """Raises Refused("not_joined") if somebody of the audience has not joined."""
    if by.roles & PEOPLE and not by.roles & WRITERS:
        voice_number(state, by)


def not_silent(state: State, message: Message, at: int) -> None:
    """Raises Refused("under_silence") while the silence procedure decides on a message."""
    if fate_of(state, message, at) in ("silence", "by_silence"):
        raise Refused("under_silence")

"""Joining: a voice says where it sits and, if it wants to, for which groups it speaks."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec.structs import asdict

from acquis import events as ev
from acquis.attributes import ATTRIBUTES, Attributes, PublicAttributes, attributes_of
from acquis.command import MODERATORS, NOT_ENDED, PEOPLE, Actor, Command, Refused, Word
from acquis.state import State
from acquis.state.people import choices, kept_attributes


class Join(Command, Attributes, frozen=True, gc=False):
    """Take part: with a lane (`room` or `online`) and, where people want to say so, their stakeholder group and
    regional group and, where the session asks, their gender. Joining again changes what was said before."""

    roles: ClassVar = PEOPLE
    phases: ClassVar = NOT_ENDED
    refusals: ClassVar = ("joining_closed", "no_such_group")

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if "joining" in state.measures.closed and by.voice not in state.voice_numbers:
            raise Refused("joining_closed")
        check_groups(state, self)
        attributes = kept_attributes(state, attributes_of(self))
        number = state.voice_numbers.get(by.voice)
        if number is not None and state.voices[number].attributes == attributes:
            return None
        return ev.ParticipantJoined(**asdict(attributes), ballot=by.ballot if number is None else "")

    def signed(self, by: Actor) -> str:
        return by.voice


def check_hand(state: State, person: str, attributes: Attributes) -> None:
    """Raises Refused("hand_is_up") if the person waits for the floor with other attributes: the list judges a hand by
    those with which it was raised. This is no rule of `Join`, whose event must not show whose hand it concerns; so
    nobody could tell afterwards whether it was kept."""
    kept, waiting = kept_attributes(state, attributes), (state.hands[seq] for seq in state.waiting)
    if person and any(h.person == person and h.kind == "turn" and h.attributes != kept for h in waiting):
        raise Refused("hand_is_up")


def check_groups(state: State, attributes: PublicAttributes) -> None:
    """Raises Refused("no_such_group", group, groups) if a group is not listed in the programme."""
    for attribute in ATTRIBUTES:
        group = attribute.of(attributes)
        if attribute.listed and group and group != ev.OTHER and group not in (groups := choices(state, attribute)):
            raise Refused("no_such_group", group=group[:80], groups=list(groups)).at(attribute.name)


def require_heard(state: State, person: str) -> None:
    """Raises Refused("person_silenced") if the person was silenced: nobody else can put the person on the list."""
    if person in state.measures.silenced:
        raise Refused("person_silenced")


def voice_number(state: State, by: Actor) -> int:
    """The number of the actor's voice. Raises Refused("not_joined") if the actor has none."""
    number = state.voice_numbers.get(by.voice)
    if number is None:
        raise Refused("not_joined")
    return number


class EndDevice(Command, frozen=True, gc=False):
    """End the device of a participant or speaker who has lost it: it is signed out, and the person can go on with a
    code on another one. Hands, questions and votes stay with the person."""

    roles: ClassVar = MODERATORS
    person: Annotated[str, Word(".+", 40, "bad_person")]

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return ev.DeviceEnded(self.person)

    def signs_out(self) -> str:
        return self.person


COMMANDS = (Join, EndDevice)

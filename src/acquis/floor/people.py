"""Joining: a voice says where it sits and, if it wants to, for which groups it speaks."""

from __future__ import annotations

from typing import ClassVar

from acquis import events as ev
from acquis.command import PEOPLE, Actor, Command, Refused
from acquis.state import State


class Join(Command, frozen=True, gc=False):
    """Take part: with a lane (`room` or `online`) and, where people want to say so, their stakeholder group and
    regional group and, where the session asks, their gender. Joining again changes what was said before."""

    roles: ClassVar = PEOPLE
    refusals: ClassVar = ("not_published", "session_closed", "no_such_group")
    lane: ev.Lane = ""
    stakeholder: str = ""
    region: str = ""
    gender: ev.Gender = ""

    def decide(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if state.programme is None:
            raise Refused("not_published")
        if state.phase == "closed":
            raise Refused("session_closed")
        _known(self.stakeholder, state.programme.stakeholder_groups)
        _known(self.region, state.programme.regional_groups)
        gender = self.gender if state.settings.ask_gender else ""
        number = state.voice_numbers.get(by.voice)
        if number is not None:
            voice = state.voices[number]
            said = (voice.lane, voice.stakeholder, voice.region, voice.gender)
            if said == (self.lane, self.stakeholder, self.region, gender):
                return None
        return ev.ParticipantJoined(self.lane, self.stakeholder, self.region, gender)

    def signed(self, by: Actor) -> str:
        return by.voice


def _known(group: str, groups: tuple[str, ...]) -> None:
    if group and group != ev.OTHER and group not in groups:
        raise Refused("no_such_group", group=group[:80], groups=list(groups))


def voice_number(state: State, by: Actor) -> int:
    """The number of the actor's voice, refused with not_joined."""
    number = state.voice_numbers.get(by.voice)
    if number is None:
        raise Refused("not_joined")
    return number


COMMANDS = (Join,)

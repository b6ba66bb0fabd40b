"""The effect of joining, and the attributes for which the people of a session are asked."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.attributes import ATTRIBUTES, Attribute, Attributes, attributes_of
from acquis.state.model import NONE, State, effect
from acquis.state.voters import Voice


@effect(ev.ParticipantJoined)
def _(s: State, e: ev.ParticipantJoined, seq: int, at: int, by: str) -> None:
    s.sealed += 1
    if (number := s.voice_numbers.get(by)) is not None:
        s.voices[number] = Voice(by, attributes_of(e), s.voices[number].ballot)
        return
    s.voice_numbers[by] = len(s.voices)
    s.voices.append(Voice(by, attributes_of(e), e.ballot))
    for votes in s.votes.values():
        votes.append(NONE)


@effect(ev.DeviceEnded)
def _(s: State, e: ev.DeviceEnded, seq: int, at: int, by: str) -> None:
    s.measures.devices_ended += 1


def choices(state: State, attribute: Attribute) -> tuple[str, ...]:
    """The values of an attribute that this session offers; empty before its programme is published."""
    if not attribute.listed:
        return attribute.values
    listed: tuple[str, ...] = getattr(state.programme, attribute.listed)
    return listed


def is_asked(state: State, attribute: Attribute) -> bool:
    """Whether this session asks people for an attribute."""
    if attribute.setting:
        return bool(getattr(state.settings, attribute.setting))
    return bool(choices(state, attribute))


def asked_attributes(state: State) -> list[tuple[Attribute, tuple[str, ...]]]:
    """The attributes that this session asks people for, each with the values that it offers."""
    return [(attribute, choices(state, attribute)) for attribute in ATTRIBUTES if is_asked(state, attribute)]


def kept_attributes(state: State, attributes: Attributes) -> Attributes:
    """The attributes that may be recorded: those with a setting only if it is on, all others empty."""
    off = {a.name: "" for a in ATTRIBUTES if a.setting and not is_asked(state, a)}
    return msgspec.structs.replace(attributes, **off) if off else attributes

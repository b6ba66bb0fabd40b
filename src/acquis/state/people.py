"""Effects of joining."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.model import NONE, State, Voice, effect


@effect(ev.ParticipantJoined)
def _(s: State, e: ev.ParticipantJoined, seq: int, at: int, by: str) -> None:
    voice = Voice(by, e.lane, e.stakeholder, e.region, e.gender)
    if (number := s.voice_numbers.get(by)) is not None:
        s.voices[number] = voice
        return
    s.voice_numbers[by] = len(s.voices)
    s.voices.append(voice)
    for votes in s.votes.values():
        votes.append(NONE)

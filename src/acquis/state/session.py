"""Effects of the programme, the opening, the segments, who joins, the close."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.state.nouns import NONE, OPEN_FATES, State, Voice, effect
from acquis.state.queue import drop_hands, stop


@effect(ev.ProgrammePublished)
def _(s: State, e: ev.ProgrammePublished, seq: int, at: int, by: str) -> None:
    s.programme = e
    s.settings = e.settings


@effect(ev.SessionOpened)
def _(s: State, e: ev.SessionOpened, seq: int, at: int, by: str) -> None:
    s.opened_at = at


@effect(ev.SegmentStarted)
def _(s: State, e: ev.SegmentStarted, seq: int, at: int, by: str) -> None:
    stop(s, at)
    s.segment, s.segment_at = e.segment, at
    s.segment_times.append(at)
    s.groups, s.counters, s.level, s.spoken = e.groups, dict.fromkeys(e.groups, 0), 0, set()
    s.list_open = True
    if not e.carry:
        drop_hands(s)


@effect(ev.SettingsChanged)
def _(s: State, e: ev.SettingsChanged, seq: int, at: int, by: str) -> None:
    s.settings = msgspec.structs.replace(s.settings, moderated=e.moderated, anonymous=e.anonymous)


@effect(ev.ListClosed)
def _(s: State, e: ev.ListClosed, seq: int, at: int, by: str) -> None:
    s.list_open = False


@effect(ev.ListOpened)
def _(s: State, e: ev.ListOpened, seq: int, at: int, by: str) -> None:
    s.list_open = True


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


@effect(ev.SessionClosed)
def _(s: State, e: ev.SessionClosed, seq: int, at: int, by: str) -> None:
    stop(s, at)
    drop_hands(s)
    s.closed_at = at
    for question in s.questions.values():
        if question.fate in OPEN_FATES:
            question.fate = "not_reached"
    for statement in s.statements.values():
        if statement.fate == "open":
            statement.fate = "closed"

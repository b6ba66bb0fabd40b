"""Effects of moderation at any time."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.measures import Struck
from acquis.state.model import State, effect
from acquis.state.queue import lower, take_floor_from


@effect(ev.TextHeldBack)
def _(s: State, e: ev.TextHeldBack, seq: int, at: int, by: str) -> None:
    s.measures.withheld[e.entry] = e.reason


@effect(ev.TextLetThrough)
def _(s: State, e: ev.TextLetThrough, seq: int, at: int, by: str) -> None:
    s.measures.withheld.pop(e.entry, None)


@effect(ev.IntakeClosed)
def _(s: State, e: ev.IntakeClosed, seq: int, at: int, by: str) -> None:
    s.measures.closed.add(e.intake)


@effect(ev.IntakeOpened)
def _(s: State, e: ev.IntakeOpened, seq: int, at: int, by: str) -> None:
    s.measures.closed.discard(e.intake)


@effect(ev.SessionPaused)
def _(s: State, e: ev.SessionPaused, seq: int, at: int, by: str) -> None:
    s.measures.paused_at = at
    if s.turn:
        turn = s.turns.edit(s.turn)
        turn.spent, turn.since = turn.used(at), None


@effect(ev.SessionResumed)
def _(s: State, e: ev.SessionResumed, seq: int, at: int, by: str) -> None:
    if s.segment >= 0:  # its clock stood still
        s.segment_at += at - s.measures.paused_at
    s.measures.paused_at = 0
    if s.turn:
        s.turns.edit(s.turn).since = at


@effect(ev.ParticipantSilenced)
def _(s: State, e: ev.ParticipantSilenced, seq: int, at: int, by: str) -> None:
    if not e.person:  # a public log that does not show whom it is about: only the turn is known
        take_floor_from(s, lambda turn: turn.seq == e.turn, at)
        return
    s.measures.silenced[e.person] = e.reason
    for number in [number for number in s.waiting if s.hands[number].person == e.person]:
        lower(s, s.hands.edit(number), at, by)
    take_floor_from(s, lambda turn: turn.person == e.person, at)


@effect(ev.ParticipantUnsilenced)
def _(s: State, e: ev.ParticipantUnsilenced, seq: int, at: int, by: str) -> None:
    s.measures.silenced.pop(e.person, None)


@effect(ev.VotesStruck)
def _(s: State, e: ev.VotesStruck, seq: int, at: int, by: str) -> None:
    s.measures.struck[seq] = Struck(e.voice, e.reason)


@effect(ev.VotesRestored)
def _(s: State, e: ev.VotesRestored, seq: int, at: int, by: str) -> None:
    s.measures.struck.pop(e.entry, None)


@effect(ev.ParticipantRenamed)
def _(s: State, e: ev.ParticipantRenamed, seq: int, at: int, by: str) -> None:
    s.measures.renamed[e.person] = e.reason

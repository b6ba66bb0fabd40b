"""Effects of what went wrong at the disk and at the clock of the server."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.model import State, effect
from acquis.state.times import move_times


@effect(ev.EntriesLost)
def _(s: State, e: ev.EntriesLost, seq: int, at: int, by: str) -> None:
    s.lost[seq] = e.upto


@effect(ev.ClockCorrected)
def _(s: State, e: ev.ClockCorrected, seq: int, at: int, by: str) -> None:
    move_times(s, e.amount, e.since)
    s.ahead -= e.amount
    s.corrections[seq] = e

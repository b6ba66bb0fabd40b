"""Effects of what went wrong at the disk and at the clock of the server."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.model import State, effect


@effect(ev.EntriesLost)
def _(s: State, e: ev.EntriesLost, seq: int, at: int, by: str) -> None:
    s.lost[seq] = e.upto

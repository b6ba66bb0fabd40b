"""Effects of moderation at any time."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.model import State, effect


@effect(ev.TextHeldBack)
def _(s: State, e: ev.TextHeldBack, seq: int, at: int, by: str) -> None:
    s.measures.withheld[e.entry] = e.reason


@effect(ev.TextLetThrough)
def _(s: State, e: ev.TextLetThrough, seq: int, at: int, by: str) -> None:
    s.measures.withheld.pop(e.entry, None)

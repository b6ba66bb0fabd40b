"""The effect of publishing the masked form of an entry."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.measures import Masked
from acquis.state.model import State, effect


@effect(ev.TextMasked)
def _(s: State, e: ev.TextMasked, seq: int, at: int, by: str) -> None:
    before = s.measures.masked.get(e.entry)
    s.measures.masked[e.entry] = Masked(e.shown, (*before.entries, seq) if before else (seq,))

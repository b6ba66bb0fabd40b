"""The effect of confirming the closing summary."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.after import Confirmed
from acquis.state.amending import show
from acquis.state.model import State, effect


@effect(ev.SummaryConfirmed)
def _(s: State, e: ev.SummaryConfirmed, seq: int, at: int, by: str) -> None:
    s.confirmed = Confirmed(seq, at, e.consensus, e.concern)
    if s.is_open:
        show(s, "summary", seq)

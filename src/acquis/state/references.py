"""The effect of confirming the references of a question, a statement or a written contribution."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.model import State, effect


@effect(ev.ReferencesConfirmed)
def _(s: State, e: ev.ReferencesConfirmed, seq: int, at: int, by: str) -> None:
    s.about[e.entry] = e.items

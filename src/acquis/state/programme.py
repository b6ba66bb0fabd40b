"""The effect of publishing the programme."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.model import State, effect


@effect(ev.ProgrammePublished)
def _(s: State, e: ev.ProgrammePublished, seq: int, at: int, by: str) -> None:
    s.programme, s.published_at, s.cancelled_at = e, at, 0
    s.settings = e.settings


@effect(ev.SessionCancelled)
def _(s: State, e: ev.SessionCancelled, seq: int, at: int, by: str) -> None:
    s.cancelled_at = at

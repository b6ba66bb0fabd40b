"""Effects of what somebody says about their own turn, and of the chair confirming the closing summary."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.nouns import Confirmed, State, effect


@effect(ev.TurnCommented)
def _(s: State, e: ev.TurnCommented, seq: int, at: int, by: str) -> None:
    s.turns[e.turn].comment, s.turns[e.turn].comment_entry = e.text, seq


@effect(ev.SummaryConfirmed)
def _(s: State, e: ev.SummaryConfirmed, seq: int, at: int, by: str) -> None:
    s.confirmed = Confirmed(seq, at, e.consensus, e.concern)

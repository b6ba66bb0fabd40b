"""Effects of notes and comments on turns."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.model import State, effect


@effect(ev.TurnNoted)
def _(s: State, e: ev.TurnNoted, seq: int, at: int, by: str) -> None:
    turn = s.turns.edit(e.turn)
    turn.note, turn.note_entry = e.text, seq


@effect(ev.TurnCommented)
def _(s: State, e: ev.TurnCommented, seq: int, at: int, by: str) -> None:
    turn = s.turns.edit(e.turn)
    turn.comment, turn.comment_entry = e.text, seq

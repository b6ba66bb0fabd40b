"""Effects of the keys of the server and of witnesses."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.model import State, effect


@effect(ev.KeyAnnounced)
def _(s: State, e: ev.KeyAnnounced, seq: int, at: int, by: str) -> None:
    s.keys.append(e.key)
    s.key_signatures.append(e.signature)


@effect(ev.WitnessNamed)
def _(s: State, e: ev.WitnessNamed, seq: int, at: int, by: str) -> None:
    s.witnesses.append(e.witness)

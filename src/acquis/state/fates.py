"""The effect of stating what became of inputs."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.model import State, effect


@effect(ev.FatesStated)
def _(s: State, e: ev.FatesStated, seq: int, at: int, by: str) -> None:
    s.inputs.statements[seq] = e
    for place, entry in enumerate(e.inputs):
        said = (seq, e.into[place] if e.into else 0)
        s.inputs.stated[entry] = (*s.inputs.stated.get(entry, ()), said)

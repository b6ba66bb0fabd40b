"""Whether everybody may read the texts of an event, as its class declares it (`Event.seen_by`)."""

from __future__ import annotations

from collections.abc import Callable

from acquis import events as ev
from acquis.state import State
from acquis.state.reading import approved, not_held_back

CONDITIONS: dict[str, Callable[[State, int, ev.Event], bool]] = {
    ev.EVERYONE: lambda state, seq, event: True,
    ev.ONCE_APPROVED: lambda state, seq, event: approved(state, seq),
    ev.UNLESS_HELD_BACK: not_held_back,
    ev.DESK: lambda state, seq, event: False,
}
"""Value of `seen_by` -> whether the texts of an event are public, given the state, the number of its entry, and the
event."""


def is_public(event: ev.Event, seq: int, state: State) -> bool:
    """Whether everybody may read the texts of an event, by the `seen_by` of its class. An unknown value means no."""
    condition = CONDITIONS.get(event.seen_by)
    return condition is not None and condition(state, seq, event)


def texts_are_public(event: ev.Event, seq: int, state: State) -> bool:
    """Whether the public log shows the texts of an event: they are public and were not erased. The masked form of an
    entry is public only in its latest wording, and only while something of it may be shown.

    The record erases a text shortly after the entry that announces it; until then the text is left out here."""
    if isinstance(event, ev.TextMasked):
        masked = state.measures.masked.get(event.entry)
        return masked is not None and bool(masked.shown) and masked.entries[-1] == seq
    return seq not in state.erased and is_public(event, seq, state)

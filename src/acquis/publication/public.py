"""The public log: an entry that is not public keeps its number, digest and link and loses its text and salt. This is
also the form of an erased entry, so the chain still verifies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from acquis import events as ev
from acquis.publication.chatham import without_names
from acquis.record import Entry
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


def public_entries(entries: Iterable[Entry], state: State, people: Iterable[str] = ()) -> Iterator[Entry]:
    """The public form of the entries, without idempotency keys. `state` is that after the newest entry.

    An event whose texts are not public is given without them and without its salt. Under the Chatham House Rule events
    are given without names: those of the programme, of the captions, and of `people`."""
    without = without_names(state, people) if state.settings.chatham else None
    for entry in entries:
        event = ev.from_body(entry.body)
        # The record erases a text shortly after the entry that announces it; until then the text is hidden here.
        hidden = bool(event.texts) and (entry.seq in state.erased or not is_public(event, entry.seq, state))
        public = ev.redacted(event) if hidden else event
        public = without(public) if without else public
        if public is event or (public == event and not (hidden and entry.salt is not None)):
            yield msgspec.structs.replace(entry, key="")
        else:
            yield msgspec.structs.replace(entry, key="", body=ev.to_body(public), salt=None)

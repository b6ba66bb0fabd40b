"""The log as it leaves the house: what was not let through is there with its number, its digest and its fate, without
its text. The same form as an erased entry, so that the chain verifies without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from acquis import events as ev
from acquis.publication.chatham import without_names
from acquis.record import Entry
from acquis.state import State
from acquis.state.reading import approved

CONDITIONS: dict[str, Callable[[State, int], bool]] = {
    ev.EVERYONE: lambda state, seq: True,
    ev.ONCE_APPROVED: approved,
    ev.DESK: lambda state, seq: False,
}
"""What `seen_by` of an event means: whether its texts are public, given the state and the number of its entry."""


def is_public(event: ev.Event, seq: int, state: State) -> bool:
    """Whether everybody may read the texts of an event. The class of the event declares it (`seen_by`); what is
    declared in a way that is not known here is not public."""
    condition = CONDITIONS.get(event.seen_by)
    return condition is not None and condition(state, seq)


def public_entries(entries: Iterable[Entry], state: State, people: Iterable[str] = ()) -> Iterator[Entry]:
    """The entries as everybody may see them, without idempotency keys. `state` is that of the newest entry.

    An event whose texts are not public leaves without them and without its salt. Under the Chatham House Rule events
    leave without names; `people` are the names that people gave, beside those of the programme."""
    without = without_names(state, people) if state.settings.chatham else None
    for entry in entries:
        event = ev.from_body(entry.body)
        # Between the entry that tells of an erasure and the erasure itself lies a moment: nothing leaves in it.
        hidden = bool(event.texts) and (entry.seq in state.erased or not is_public(event, entry.seq, state))
        public = ev.redacted(event) if hidden else event
        public = without(public) if without else public
        if public is event or (public == event and not (hidden and entry.salt is not None)):
            yield msgspec.structs.replace(entry, key="")
        else:
            yield msgspec.structs.replace(entry, key="", body=ev.to_body(public), salt=None)

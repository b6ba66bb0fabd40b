"""The log as it leaves the house: what was not let through is there with its number, its digest and its fate, without
its text. The same form as an erased entry, so that the chain verifies without it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import msgspec

from acquis import events as ev
from acquis.publication.chatham import without_names
from acquis.record import Entry
from acquis.state import State
from acquis.state.reading import public_question, public_statement


def withheld(state: State) -> frozenset[int]:
    """The entries whose texts stay in the house: questions that wait or are held back, statements that were not
    opened; and all wordings of the draft."""
    questions = (seq for seq, question in state.questions.items() if not public_question(question))
    statements = (seq for seq, statement in state.statements.items() if not public_statement(statement))
    return frozenset((*questions, *statements, *state.drafting))


def public_entries(entries: Iterable[Entry], state: State, people: Iterable[str] = ()) -> Iterator[Entry]:
    """The entries as everybody may see them; idempotency keys never leave. `state` is that of the newest entry. Under
    the Chatham House Rule without names; `people` are those who gave theirs, beside the programme's."""
    # Between the entry that tells of an erasure and the erasure itself lies a moment: nothing leaves in it.
    hidden = withheld(state) | state.erased.keys()
    if state.settings.chatham:
        yield from _nameless(entries, hidden, without_names(state, people))
        return
    for entry in entries:
        if entry.seq in hidden and entry.salt is not None:
            blank = ev.to_body(ev.redacted(ev.from_body(entry.body)))
            yield msgspec.structs.replace(entry, key="", body=blank, salt=None)
        else:
            yield msgspec.structs.replace(entry, key="")


def _nameless(
    entries: Iterable[Entry], hidden: Collection[int], without: Callable[[ev.Event], ev.Event]
) -> Iterator[Entry]:
    for entry in entries:
        event = ev.from_body(entry.body)
        bare = without(ev.redacted(event) if entry.seq in hidden and event.texts else event)
        if bare == event and not (entry.seq in hidden and entry.salt is not None and event.texts):
            yield msgspec.structs.replace(entry, key="")
        else:
            yield msgspec.structs.replace(entry, key="", body=ev.to_body(bare), salt=None)

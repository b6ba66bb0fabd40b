"""The log as it leaves the house: what was not let through is there with its number, its digest and its fate, without
its text. The same form as an erased entry, so that the chain verifies without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from acquis import events as ev
from acquis.record import Entry
from acquis.report.evidence import public_question, public_statement
from acquis.state import State


def withheld(state: State) -> frozenset[int]:
    """The entries whose texts are for moderators only: questions that wait or are held back, statements that were not
    opened."""
    questions = (seq for seq in state.questions if not public_question(state, seq))
    statements = (seq for seq in state.statements if not public_statement(state, seq))
    return frozenset((*questions, *statements))


def public_entries(entries: Iterable[Entry], state: State) -> Iterator[Entry]:
    """The entries as everybody may see them; idempotency keys never leave. `state` is that of the newest entry."""
    # Between the entry that tells of an erasure and the erasure itself lies a moment: nothing leaves in it.
    hidden = withheld(state) | state.erased.keys()
    for entry in entries:
        if entry.seq in hidden and entry.salt is not None:
            blank = ev.to_body(ev.redacted(ev.from_body(entry.body)))
            yield msgspec.structs.replace(entry, key="", body=blank, salt=None)
        else:
            yield msgspec.structs.replace(entry, key="")

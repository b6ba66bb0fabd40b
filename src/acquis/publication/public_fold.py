"""The public state of a log under the Chatham House Rule, continued as the log grows.

The public form of an entry depends on the entries after it: a text is approved, held back or erased, and who joins
later may be named in an earlier text. So the public form of each entry is kept with what it depends on, and made again
where that is different now. As long as no form has changed, the state is continued with the new entries; otherwise it
is folded again from the forms that are kept. The votes, which are nearly all entries, are not read for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import msgspec

from acquis import events as ev
from acquis.publication.chatham import names_of, shown_groups
from acquis.publication.conditions import texts_are_public
from acquis.publication.masking import masked_forms
from acquis.publication.public import entries_of, public_form, public_row, unsealed
from acquis.record import Entry, Record
from acquis.state import State
from acquis.state.snapshots import snapshot
from acquis.state.undoing import effective

Circumstances: TypeAlias = tuple[bool, bool, str]
"""Whether the texts of an entry are public, whether they were erased, and the masked form that is published."""


class PublicEntry(msgspec.Struct, frozen=True, gc=False):
    """An entry as everybody may read it. `due`: its masked form, if that is not published yet."""

    seq: int
    at: int
    by: str
    event: ev.Event
    due: str | None
    follows: Circumstances
    """What it follows from, beside the names and the groups."""


class PublicFold:
    """The public entries and the public state of a log as it grows."""

    def __init__(self, record: Record, log: str) -> None:
        self._record, self._log = record, log
        self._begin()

    def _begin(self) -> None:
        self._entries: dict[int, PublicEntry] = {}
        self._state, self._seq = State(), 0
        self._depends: object = None
        """The names and the groups on which all forms depend."""

    @property
    def entries(self) -> list[PublicEntry]:
        """The entries of which something is public, in their order."""
        return [*self._entries.values()]

    def upto(self, state: State, people: Iterable[str]) -> State:
        """The public state at the last entry of `state`, a snapshot. `people`: the names that people gave. The result
        is never changed. Blocks; in one thread at a time. Raises RecordBroken, LogUnreadable."""
        try:
            return self._upto(state, tuple(people))
        except BaseException:
            self._begin()
            raise

    def _upto(self, state: State, people: tuple[str, ...]) -> State:
        depends = names_of(state, people), shown_groups(state)
        if self._seq > state.seq or depends != self._depends:
            self._begin()
            self._depends = depends
        changed = [entry.seq for entry in self._entries.values() if _follows(entry, state) != entry.follows]
        added = unsealed(self._record, self._log, self._seq, state.seq)
        new = {entry.seq: entry for entry in self._formed(state, people, [*changed, *added])}
        self._entries.update(new)
        if changed or any(isinstance(new[seq].event, ev.ActTakenBack) for seq in added):
            self._state, folded = State(), self.entries
        else:
            folded = [new[seq] for seq in added]
        for row in effective((entry.seq, entry.at, entry.by, entry.event) for entry in folded):
            self._state.apply(*row)
        self._state.seq = self._seq = state.seq
        self._state.order.rows(self._state, "asked")  # puts them in order, so that no reader waits for it
        return snapshot(self._state)

    def _formed(self, state: State, people: tuple[str, ...], seqs: list[int]) -> Iterator[PublicEntry]:
        """The entries of these numbers in the form that follows from the state."""
        public, masked = public_form(state, people), masked_forms(state, people)
        for entry in entries_of(self._record, self._log, seqs):
            yield _entry(entry, state, public, masked)


def _entry(entry: Entry, state: State, public: Callable[[Entry], Entry], masked: Callable[[Entry], str]) -> PublicEntry:
    mask, published = masked(entry), state.measures.masked.get(entry.seq)
    seq, at, by, body = public_row(public(entry), mask)
    bare = PublicEntry(
        seq,
        at,
        by,
        event=ev.from_body(body),
        due=mask if mask != (published.shown if published else "") else None,
        follows=(False, False, ""),
    )
    return msgspec.structs.replace(bare, follows=_follows(bare, state))


def _follows(entry: PublicEntry, state: State) -> Circumstances:
    """What the form of an entry would follow from in this state. (What decides whether its texts are public is never
    left out of an entry.)"""
    seq, event = entry.seq, entry.event
    published = state.measures.masked.get(seq)
    public = not event.texts or texts_are_public(event, seq, state)
    return public, seq in state.erased, published.shown if published else ""

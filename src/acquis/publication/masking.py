"""The masked forms of entries under the Chatham House Rule, which the server publishes as entries of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

import msgspec

from acquis import events as ev
from acquis.command import SERVER, Actor, Command
from acquis.publication.chatham import LANES, MASK, shown_groups, without_names
from acquis.publication.conditions import texts_are_public
from acquis.publication.public import left_out
from acquis.record import Entry
from acquis.record.chain import is_apart
from acquis.state import State


class PublishMask(Command, frozen=True, gc=False):
    """Publish the masked form of an entry."""

    roles: ClassVar = frozenset({SERVER})
    entry: int
    shown: str

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        published = state.measures.masked.get(self.entry)
        same = published is not None and published.shown == self.shown
        return None if same else ev.TextMasked(self.entry, self.shown)


def masked_forms(state: State, people: Iterable[str] = ()) -> Callable[[Entry], str]:
    """What gives the masked form of an entry: a JSON object of what everybody reads in place of what is left out of it
    because of names; empty if that is nothing. `state`: as for `public_form`, of a session under the rule; `people`:
    the names that people gave."""
    people = tuple(people)
    groups = shown_groups(state)
    without, masked = without_names(state, people), without_names(state, people, groups)
    with_lanes = without_names(state, people, groups | LANES)

    def form(entry: Entry) -> str:
        published = state.measures.masked.get(entry.seq)
        before = published.shown if published else ""
        if entry.is_sealed or entry.format == 1:
            return before
        event = ev.from_body(entry.body)
        if event.seals or isinstance(event, ev.TextMasked):
            return before
        bare = masked(event) if is_apart(entry) else with_lanes(event)  # earlier versions always showed the lanes
        shown = _masked_form(event, entry.seq, state, left_out(event, entry, state, without), bare)
        return _not_wider(shown, before) if shown and before else shown

    return form


def _not_wider(shown: str, published: str) -> str:
    """A masked form in which nothing that a published one masks is shown again: the name that was masked may have been
    erased since."""
    members, before = (msgspec.json.decode(form, type=dict[str, msgspec.Raw]) for form in (shown, published))
    kept = {
        name: before[name] if name in before and _letters(before[name]) < _letters(value) else value
        for name, value in members.items()
    }
    return msgspec.json.encode(kept).decode() if kept != members else shown


def _letters(value: msgspec.Raw) -> int:
    return len(bytes(value).replace(msgspec.json.encode(MASK)[1:-1], b""))


def _masked_form(event: ev.Event, seq: int, state: State, leaves: frozenset[str], bare: ev.Event) -> str:
    """The JSON object of what is shown instead of what leaves; empty if that is nothing."""
    _, private, *_ = kinds = ev.members(type(event)) or ((),) * 4
    hidden = {name for kind in kinds if leaves.intersection(kind) for name in kind} - set(private)
    if not texts_are_public(event, seq, state):
        hidden -= set(event.texts)
    whole = msgspec.to_builtins(bare)
    shown = {name: whole[name] for kind in kinds for name in kind if name in hidden and name in whole}
    return msgspec.json.encode(shown).decode() if shown else ""

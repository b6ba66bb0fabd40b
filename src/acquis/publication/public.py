"""The public log: what everybody may read of a log. What is left out keeps its commitment, so that the chain can be
verified, and nothing stands in its place."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from acquis import events as ev
from acquis.publication import format1
from acquis.publication.chatham import LANES, shown_groups, without_names
from acquis.publication.conditions import texts_are_public
from acquis.record import Entry, Record
from acquis.record.chain import hidden, is_apart, members_of, merged, sealed
from acquis.state import State, fold

Row = tuple[int, int, str, bytes]
"""seq, at, by, body."""


PublicForm: TypeAlias = Callable[[Entry], Entry]
"""Gives the public form of an entry, without its idempotency key."""


def public_entries(entries: Iterable[Entry], state: State, people: Iterable[str] = ()) -> Iterator[Entry]:
    """The public form of the entries (`public_form`)."""
    return map(public_form(state, people), entries)


def public_form(state: State, people: Iterable[str] = ()) -> PublicForm:
    """What gives the public form of entries. `state` is that after the newest entry; in a thread, a snapshot of it.

    What a voice does is sealed. Texts that are not public or were erased are left out, and so are the groups that are
    never shown together with a person. Under the Chatham House Rule what identifies people is left out too: whose act
    it is, and the names of the programme, of the captions, and of `people`."""
    people = tuple(people)
    without = without_names(state, people) if state.settings.chatham else None
    without1 = without_names(state, people, shown_groups(state) | LANES) if state.settings.chatham else None

    def public(entry: Entry) -> Entry:
        if entry.format == 1:
            return format1.public_entry(entry, state, without1)
        return entry if entry.is_sealed else _public(entry, state, without)

    return public


SEALING = tuple(b'{"event":"%b"' % kind.__name__.encode() for kind in ev.ALL if kind.seals)
"""How the bodies of entries begin of which nothing is shown: nearly all are votes, which need not be decoded."""


def _public(entry: Entry, state: State, without: Callable[[ev.Event], ev.Event] | None) -> Entry:
    event = None if entry.body.startswith(SEALING) else ev.from_body(entry.body)
    if event is None or event.seals:
        return sealed(entry)
    leaves = left_out(event, entry, state, without)
    if not leaves:
        return msgspec.structs.replace(entry, key="")
    return hidden(entry, lambda place, part: place == 0 or leaves.isdisjoint(members_of(part)))


_SEATS = frozenset({"seat", "to"})
"""The fields with the number of a speaker of the programme."""


def left_out(
    event: ev.Event, entry: Entry, state: State, without: Callable[[ev.Event], ev.Event] | None
) -> frozenset[str]:
    """The fields of an event that the public log leaves out, each with the whole part that contains it."""
    seq = entry.seq
    groups, private, identifying, texts = ev.members(type(event)) or ((),) * 4
    leaves = set(private)
    if event.texts and not texts_are_public(event, seq, state):
        leaves.update(event.texts)
    if without is not None and not isinstance(event, ev.TextMasked):
        bare = without(event)
        leaves.update(name for name in (*groups, *identifying, *texts) if getattr(bare, name) != getattr(event, name))
        masked = state.measures.masked.get(seq)
        leaves.update(msgspec.json.decode(masked.shown) if masked and masked.shown else ())
    if without is not None and is_apart(entry):
        # Groups and seats are left out of all entries: what is missing in some only would tell whose these are.
        leaves.update(("by", *event.persons, *groups))
        leaves.update(identifying if _SEATS.intersection(identifying) else ())
    return frozenset(leaves)


def unsealed(record: Record, log: str, after: int, upto: int) -> list[int]:
    """The numbers of the entries with after < seq <= upto of which something is public. The votes, which are nearly all
    others, are not read for it. Raises RecordBroken."""
    rows = itertools.takewhile(lambda row: row[0] <= upto, record.scan(log, after))
    return [seq for seq, _, _, body in rows if body and not body.startswith(SEALING)]


def entries_of(record: Record, log: str, seqs: Sequence[int]) -> Iterator[Entry]:
    """The entries of these numbers, in their order. Raises RecordBroken."""
    for _, run in itertools.groupby(enumerate(seqs), lambda at: at[1] - at[0]):
        numbers = [seq for _, seq in run]
        yield from record.read(log, numbers[0] - 1, numbers[-1])


def public_rows(entries: Iterable[Entry]) -> Iterator[Row]:
    """The entries of a public log for `fold`: without those that are sealed, and with the masked forms of what is left
    out in its place."""
    shown = [entry for entry in entries if not entry.is_sealed]
    masks = dict(_masks(shown))
    return (public_row(entry, masks.get(entry.seq, "")) for entry in shown)


def public_row(entry: Entry, mask: str) -> Row:
    """An entry of a public log for `fold`. `mask`: the masked form of what may be left out of it, a JSON object; empty
    for none."""
    instead = mask if entry.lacks > (is_apart(entry) and entry.parts[1].salt is None) else ""
    return entry.seq, entry.at, entry.by, _with_mask(entry.body, instead)


def _with_mask(body: bytes, mask: str) -> bytes:
    """A body with the members of its masked form, a JSON object. Raises ValueError if one of these is shown already:
    nothing may stand in the place of what is shown."""
    if not mask:
        return body
    own = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    instead = msgspec.json.decode(mask, type=dict[str, msgspec.Raw])
    if own.keys() & instead.keys():
        raise ValueError("a masked form is given for what is shown")
    return merged([body, mask.encode()])[0] if instead else body


def _masks(entries: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    for entry in entries:
        if entry.body.startswith(b'{"event":"TextMasked"'):
            event = ev.from_body(entry.body)
            if isinstance(event, ev.TextMasked):
                yield event.entry, event.shown


def public_state(entries: Iterable[Entry]) -> State:
    """The state of a public log."""
    listed = list(entries)
    state = fold(public_rows(listed))
    state.seq = listed[-1].seq if listed else 0
    return state

"""What the public log leaves out, and whether the log explains it."""

from __future__ import annotations

from itertools import chain, pairwise

import msgspec

from acquis import events as ev
from acquis.publication.conditions import texts_are_public
from acquis.record import Entry, Part
from acquis.record.chain import is_apart, members_of
from acquis.state import State

GROUPS, PRIVATE, IDENTIFYING, TEXTS = range(4)
"""The places of the parts behind the first in `events.members`."""


class Omissions(msgspec.Struct, frozen=True):
    """What a log does not show: the number of sealed entries, that of the entries whose author is not shown, and the
    numbers of the entries whose texts were erased or were never public, of those in which names are masked, and of
    those whose content nothing proves (format 1)."""

    sealed: int = 0
    nameless: int = 0
    erased: tuple[int, ...] = ()
    withheld: tuple[int, ...] = ()
    masked: tuple[int, ...] = ()
    unproved: tuple[int, ...] = ()


class Unexplained(msgspec.Struct, frozen=True):
    """The first entry that lacks something which the log does not explain."""

    entry: int
    reason: str


class Accounting:
    """Accounts for the parts that the entries of a log of format 2 lack."""

    def __init__(self) -> None:
        self.sealed = 0
        self._lacking: dict[int, tuple[ev.Event, tuple[tuple[str, ...], ...], tuple[int | None, ...]]] = {}
        """Entry -> its event, the fields of the parts that it can have, and which of these each part behind the first
        (and behind the author) is; None for one that is not shown."""
        self._maskable = bytearray(1)
        """For each entry, from 1, whether a masked form of it can be published: it is not sealed and is none itself."""
        self._masking = 0
        """The first entry that is a masked form; 0 for none."""
        self._nameless: list[int] = []
        """The entries whose author is not shown."""

    def seal(self) -> None:
        """Note an entry of which nothing is shown."""
        self.sealed += 1
        self._maskable.append(False)

    def take(self, entry: Entry, event: ev.Event) -> str:
        """Note an entry. The reason if it is not divided as its event is, or masks what cannot be masked; otherwise
        empty."""
        self._maskable.append(not isinstance(event, ev.TextMasked))
        if isinstance(event, ev.TextMasked):
            self._masking = self._masking or entry.seq
            if not 0 < event.entry < entry.seq or not self._maskable[event.entry]:
                return f"no masked form of entry {event.entry} can be published"
            if not self._has_all_of(event):
                return f"it masks what entry {event.entry} cannot contain"
            if not event.shown and any("shown" in members_of(part) for part in entry.parts):
                return f"its masked form of entry {event.entry} has no members"
        if isinstance(event, ev.TextErased) and not 0 < event.entry < entry.seq:
            return f"no text of entry {event.entry} can be erased"
        apart = is_apart(entry)
        if apart and entry.parts[1].value is None:
            self._nameless.append(entry.seq)
        kinds = ev.members(type(event), apart)
        if kinds and not set(members_of(entry.parts[0])).isdisjoint(chain.from_iterable(kinds)):
            return "it is not divided into the parts of its event"
        parts = tuple(_kind(part, kinds) for part in entry.parts[2 if apart else 1 :])
        shown = [part for part in parts if part is not None]
        private = bool(kinds and kinds[PRIVATE]) and PRIVATE not in shown
        if (
            -1 in shown
            or any(before >= after for before, after in pairwise(shown))
            or len(parts) < len(shown) + private
        ):
            return "it is not divided into the parts of its event"
        if len(shown) < len(parts):
            self._lacking[entry.seq] = event, kinds, parts
        return ""

    def _has_all_of(self, mask: ev.TextMasked) -> bool:
        """Whether all that a masked form shows are fields that the entry can lack, and not those of its author."""
        if mask.entry not in self._lacking or not mask.shown:
            return True
        columns = ev.members(type(self._lacking[mask.entry][0]))
        shown = msgspec.json.decode(mask.shown, type=dict[str, msgspec.Raw])
        return shown.keys() <= set(chain.from_iterable(columns))

    def omissions(self, state: State) -> Omissions | Unexplained:
        """What is missing in the whole log, whose state is given."""
        erased: list[int] = []
        withheld: list[int] = []
        masked: list[int] = []
        if self._masking and not state.settings.chatham:
            return Unexplained(self._masking, "it masks a text without the Chatham House Rule")
        if self._nameless and not state.settings.chatham:
            return Unexplained(self._nameless[0], "it hides its author without the Chatham House Rule")
        for seq, (event, kinds, parts) in self._lacking.items():
            if not _fit(parts, sorted(place for place in _may_lack(event, seq, state) if kinds and kinds[place])):
                return Unexplained(seq, "a part of it is missing, and no entry says why")
            subject = event.entry if isinstance(event, ev.TextMasked) else seq
            if subject in state.erased:
                erased.append(seq)
            elif event.texts and not texts_are_public(event, seq, state):
                withheld.append(seq)
            elif state.settings.chatham:
                masked.append(seq)
        return Omissions(self.sealed, len(self._nameless), tuple(erased), tuple(withheld), tuple(masked))


def _kind(part: Part, kinds: tuple[tuple[str, ...], ...]) -> int | None:
    """Which part it is, by its fields: its place in `kinds`; -1 for none of them, None if it is not shown."""
    if part.value is None:
        return None
    own = set(members_of(part))
    return next((place for place, kind in enumerate(kinds) if own and own <= set(kind)), -1)


def _may_lack(event: ev.Event, seq: int, state: State) -> frozenset[int]:
    """The parts that may be missing, for a reason that is in the log."""
    may = {PRIVATE}
    if isinstance(event, ev.TextMasked):
        masked = state.measures.masked.get(event.entry)
        replaced = masked is not None and masked.entries[-1] != seq
        return frozenset({PRIVATE, TEXTS} if replaced or event.entry in state.erased else may)
    if event.texts and not texts_are_public(event, seq, state):
        may.add(TEXTS)
        if seq in state.erased and set(event.texts) & set(event.identifies):
            may.add(IDENTIFYING)
    if state.settings.chatham:
        may |= {GROUPS, IDENTIFYING, TEXTS}
    return frozenset(may)


def _fit(parts: tuple[int | None, ...], may: list[int]) -> bool:
    """Whether each part that is not shown can be one that may be missing, in the order of the parts."""
    before = -1
    for part in parts:
        place = next((kind for kind in may if kind > before), None) if part is None else part
        if place is None or place <= before:
            return False
        before = place
    return True

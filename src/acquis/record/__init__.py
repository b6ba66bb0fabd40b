"""The record: append-only logs of entries, each log a hash chain.

This module is the whole contract. A record stores bytes and does not interpret events. `chain` computes and checks the
links, `lines` writes and reads exported logs, and `sqlite` is the implementation. Any other implementation has to pass
the same contract test (tests/record/test_contract.py).

- An entry that `append` has returned is durable, exactly once, under its number.
- Drafts that were refused with `RecordFull` were not written. After any other failure it is unknown whether they were
  written: repeat the call with the same keys, which is always safe.
- The numbers of a log are 1..n without gaps, and no entry is visible before it is durable.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from typing import Protocol

import msgspec

LINKS = 2048
"""The most links that are read at once."""


class Draft(msgspec.Struct, frozen=True, gc=False):
    """An entry to be appended.

    `body` is a compact JSON object in UTF-8 with at least one member, `by` the id of a person, `at` milliseconds since
    1970 (UTC), and `key` the idempotency key of the caller: a second draft with the same log, `by` and `key` is a
    retry, not a second entry. Keys that begin with the time (such as UUID version 7) are stored about three times
    faster than random ones, because the index of keys then grows at one end.

    `cuts`: the positions of those commas in `body` at which it is divided into parts. Each part can be left out of the
    public log, or erased, without the others. A first cut of 0 makes `by` a part of its own, which can be left out.
    """

    body: bytes
    by: str
    at: int
    key: str
    cuts: tuple[int, ...] = ()


class Part(msgspec.Struct, frozen=True, gc=False):
    """A part of an entry: its commitment (32 bytes) and, unless it was erased or is not shown, its salt (16 bytes) and
    its value, a JSON object."""

    commitment: bytes
    salt: bytes | None = None
    value: bytes | None = None


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An entry of a log, as it is stored or as the public log shows it. `body` consists of the members of the parts
    that are there. It is empty, as are `at` and `by`, if not even the first part is shown: the entry is sealed. `by` is
    also empty if it is a part of its own that is not shown."""

    seq: int
    at: int
    by: str
    key: str
    body: bytes
    parts: tuple[Part, ...]
    link: bytes
    format: int = 2

    @property
    def is_sealed(self) -> bool:
        """Whether nothing of the entry is shown."""
        return not self.body

    @property
    def lacks(self) -> int:
        """The number of parts that were erased or are not shown."""
        return sum(part.salt is None for part in self.parts)


class Verdict(msgspec.Struct, frozen=True):
    """The result of checking a chain: the number of good `entries` before the first bad one, of which `incomplete` lack
    a part, the last good `head`, the number of the first bad entry and the reason."""

    entries: int
    incomplete: int
    head: bytes
    first_bad: int | None
    reason: str

    @property
    def ok(self) -> bool:
        return self.first_bad is None


class RecordFull(Exception):
    """The disk is full. Nothing was written. Reading continues, and writing works again when there is space."""


class RecordBroken(Exception):
    """Writing has ended for good (first I/O error, damaged file, closed). Whether the drafts were stored is unknown."""


class LogUnreadable(RecordBroken):
    """One log cannot be read or continued, because an entry is damaged, or newer than this program; the others can."""

    def __init__(self, why: str, *, newer: bool = False) -> None:
        super().__init__(why)
        self.newer = newer


class RecordInUse(Exception):
    """Another process has this record open for writing."""


class Record(Protocol):
    """A store of many logs, for use in one event loop; `known`, `read`, `scan`, `links`, `head` and `verify` are
    thread-safe."""

    broken: asyncio.Event
    """Set when writing has ended because of an error; the process should then report it and exit."""

    @property
    def why_ended(self) -> str:
        """Why writing has ended: the file, what failed and what can be done about it. Empty while it has not."""
        ...

    def end(self, why: str) -> None:
        """End writing for good and set `broken`, because the log and what was computed from it may disagree."""
        ...

    @property
    def waiting(self) -> int:
        """How many calls of `append` wait for their commit."""
        ...

    def require_place(self) -> None:
        """End writing if the file of the record is not where it was."""
        ...

    async def require_writable(self) -> None:
        """Commit a transaction that changes nothing, as an entry would be committed. Raises RecordFull, RecordInUse if
        another program locks the file, RecordBroken."""
        ...

    async def append(self, log: str, drafts: Sequence[Draft]) -> list[Entry]:
        """Store all drafts or none, in order. Returns one entry for each when they are durable.

        For a draft that is already stored (same log, `by` and `key`) the original entry is returned and nothing is
        written. Raises RecordFull, RecordBroken, or ValueError if a draft cannot be stored. If the caller is cancelled
        while it waits, the drafts may have been stored.
        """
        ...

    def known(self, log: str, asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Entry]:
        """(`by`, `key`) -> entry, for those of the pairs that are already stored."""
        ...

    def read(self, log: str, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """The entries with after < seq <= until, in order. Raises RecordBroken at an entry that cannot be read."""
        ...

    def scan(self, log: str, after: int = 0) -> Iterator[tuple[int, int, str, bytes]]:
        """(seq, at, by, body) of the entries after `after`, for a fast replay without objects. Raises RecordBroken."""
        ...

    def follow(self, log: str, after: int = 0) -> AsyncIterator[Entry]:
        """The entries after `after`, then each new one when it is durable, without gaps. Ends with `close`."""
        ...

    def links(self, log: str, after: int = 0, until: int | None = None) -> list[tuple[bytes, str]]:
        """(link, by) of the entries with after < seq <= until, at most `LINKS` of them, in order. Raises
        RecordBroken."""
        ...

    def head(self, log: str) -> tuple[int, bytes]:
        """Number and link of the last entry; 0 and the value before the first entry for an empty log."""
        ...

    def logs(self) -> list[str]:
        """The names of all logs, in the order in which they were begun."""
        ...

    def require_whole(self, log: str) -> None:
        """Raises LogUnreadable for a log that cannot be continued, because its end is damaged or its format is not
        known."""
        ...

    def verify(self, log: str) -> Verdict:
        """Check the whole chain of a log. Takes about 4 s for a million entries, so it should be called in a thread."""
        ...

    async def erase(self, log: str, seq: int, members: Collection[str]) -> Entry:
        """Remove the parts of an entry that have one of these members, with their salts, so that no file of the record
        contains the bytes any more. (An entry of format 1 has one part: only the members leave its body.)

        Commitments and link do not change, so the chain remains valid. The whole file may have to be rewritten (a few
        seconds for a million entries), and appends wait meanwhile. Raises LookupError if there is no such entry;
        ValueError if the first part, which cannot be erased, has one of the members, or if a part is not a JSON object;
        RecordFull or RecordInUse if the bytes may still be in a file, so that the erasure has to be repeated;
        RecordBroken."""
        ...

    async def close(self) -> None:
        """Complete the pending appends, then close. Later appends raise RecordBroken."""
        ...


__all__ = [
    "LINKS",
    "Draft",
    "Entry",
    "LogUnreadable",
    "Part",
    "Record",
    "RecordBroken",
    "RecordFull",
    "RecordInUse",
    "Verdict",
]

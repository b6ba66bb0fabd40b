"""The record: append-only logs of entries, each log a hash chain.

This module is the whole contract. A record stores bytes and does not interpret events. `chain` computes and checks the
links; `sqlite` is the implementation. Any other implementation has to pass the same contract test
(tests/record/test_contract.py).

- An entry that `append` has returned is durable, exactly once, under its number.
- Drafts that were refused with `RecordFull` were not written. After any other failure it is unknown whether they were
  written: repeat the call with the same keys, which is always safe.
- The numbers of a log are 1..n without gaps, and no entry is visible before it is durable.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Protocol

import msgspec

LINKS = 2048
"""The most links that are read at once."""


class Draft(msgspec.Struct, frozen=True, gc=False):
    """An entry to be appended.

    `body` is compact JSON in UTF-8, `by` the id of a person, `at` milliseconds since 1970 (UTC), and `key` the
    idempotency key of the caller: a second draft with the same log, `by` and `key` is a retry, not a second entry.
    Keys that begin with the time (such as UUID version 7) are stored about three times faster than random ones,
    because the index of keys then grows at one end.
    """

    body: bytes
    by: str
    at: int
    key: str


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A stored entry. `salt` is None if the body was erased; `body` is then the redacted one."""

    seq: int
    at: int
    by: str
    key: str
    body: bytes
    salt: bytes | None
    digest: bytes
    link: bytes


class Verdict(msgspec.Struct, frozen=True):
    """The result of checking a chain: the number of good `entries` before the first bad one, the last good `head`, the
    number of the first bad entry and the reason."""

    entries: int
    erased: int
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


class RecordInUse(Exception):
    """Another process has this record open for writing."""


class Record(Protocol):
    """A store of many logs, for use in one event loop; `known`, `read`, `scan`, `links`, `head` and `verify` are
    thread-safe."""

    broken: asyncio.Event
    """Set when writing has ended because of an error; the process should then report it and exit."""

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
        """Number and link of the last entry; (0, GENESIS) for an empty log."""
        ...

    def logs(self) -> list[str]:
        """The names of all logs, in the order in which they were begun."""
        ...

    def verify(self, log: str) -> Verdict:
        """Check the whole chain of a log. Takes about 4 s for a million entries, so it should be called in a thread."""
        ...

    async def erase(self, log: str, seq: int, redacted: bytes) -> Entry:
        """Replace a body by `redacted` and delete its salt, so that no file of the record contains the bytes any more.

        Digest and link do not change, so the chain remains valid. The whole file may have to be rewritten (a few
        seconds for a million entries), and appends wait meanwhile. Raises LookupError if there is no such entry;
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
    "Record",
    "RecordBroken",
    "RecordFull",
    "RecordInUse",
    "Verdict",
]

"""The record: append-only logs of entries, each log a hash chain.

This page is the whole contract. It keeps bytes and knows no event. `chain` computes and checks the links, `sqlite` is
the keeper; whatever else may keep a record one day passes the same contract test (tests/record/test_contract.py).

- What `append` has answered is durable, exactly once, at the number it gave.
- What it refused with `RecordFull` was not written. After any other failure the answer is unknown: ask again with the
  same key, which is safe for ever.
- The numbers of a log are 1..n without a hole, and nobody is shown an entry before it is durable.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Protocol

import msgspec


class Draft(msgspec.Struct, frozen=True, gc=False):
    """What somebody asks to be kept.

    `body` is compact JSON as UTF-8, `by` the id of a person, `at` milliseconds since 1970 (UTC), `key` the name the
    asker gave to this one wish: a second draft with the same log, `by` and `key` is a retry, not a second entry.
    A key that begins with the time (as UUID version 7 does) is kept about three times faster than a random one,
    because the index of keys then grows at one end.
    """

    body: bytes
    by: str
    at: int
    key: str


class Entry(msgspec.Struct, frozen=True, gc=False):
    """What is kept. `salt` is None when the body was erased: `body` is then what stands in its place."""

    seq: int
    at: int
    by: str
    key: str
    body: bytes
    salt: bytes | None
    digest: bytes
    link: bytes


class Verdict(msgspec.Struct, frozen=True):
    """What checking a chain found: `entries` good ones up to the first bad, the last good `head`, why it stopped."""

    entries: int
    erased: int
    head: bytes
    first_bad: int | None
    reason: str

    @property
    def ok(self) -> bool:
        return self.first_bad is None


class RecordFull(Exception):
    """The disk is full. Nothing was written, reading goes on, and writing works again when there is room."""


class RecordBroken(Exception):
    """Writing has ended for good (first I/O error, damaged file, closed). Whether these drafts were kept is unknown."""


class RecordInUse(Exception):
    """Another process has this record open."""


class Record(Protocol):
    """One keeper of many logs. Made for one event loop; `known`, `read`, `scan`, `head`, `verify` also for threads."""

    broken: asyncio.Event
    """Set when writing has ended because of an error: the process should then say so and end."""

    async def append(self, log: str, drafts: Sequence[Draft]) -> list[Entry]:
        """Keep all drafts or none, in order, and answer when they are durable, with one entry for each.

        For a draft that is already kept (same log, `by` and `key`) the original entry is given and nothing is written.
        Raises RecordFull, RecordBroken; ValueError for a draft that cannot be kept. If the caller is cancelled while
        waiting, the drafts may have been kept.
        """
        ...

    def known(self, log: str, asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Entry]:
        """The entries already kept for these pairs of (`by`, `key`)."""
        ...

    def read(self, log: str, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Entries with after < seq <= until, in order. Raises RecordBroken at one that cannot be read."""
        ...

    def scan(self, log: str, after: int = 0) -> Iterator[tuple[int, int, str, bytes]]:
        """(seq, at, by, body) of the same entries, without making objects: for replay."""
        ...

    def follow(self, log: str, after: int = 0) -> AsyncIterator[Entry]:
        """The entries after `after`, then each new one once it is durable, without a gap. Ends with `close`."""
        ...

    def head(self, log: str) -> tuple[int, bytes]:
        """Number and link of the last entry; (0, GENESIS) for a log with none."""
        ...

    def logs(self) -> list[str]:
        """The names of all logs, oldest first."""
        ...

    def verify(self, log: str) -> Verdict:
        """Check the whole chain of a log. Takes about 4 s for a million entries, so call it in a thread."""
        ...

    async def erase(self, log: str, seq: int, redacted: bytes) -> Entry:
        """Put `redacted` in place of a body and drop its salt, so that the bytes are in no file of the record any more.

        Digest and link stay, so the chain still holds. The keeper may have to write its whole file anew (a few seconds
        for a million entries), and appends wait meanwhile. Raises LookupError when there is no such entry; RecordFull
        or RecordInUse when the bytes may still be in a file, and the erasure is to be asked for again.
        """
        ...

    async def close(self) -> None:
        """Keep what was asked for, then end. Appends after this raise RecordBroken."""
        ...


__all__ = [
    "Draft",
    "Entry",
    "Record",
    "RecordBroken",
    "RecordFull",
    "RecordInUse",
    "Verdict",
]

"""The public logs of sessions as files, so that a long log is made once and then only continued.

The files are temporary and have no name: they end with the process, no backup contains them, and what was erased in a
log is in none of them, because they are dropped with all caches of texts (`clear_texts`).
"""

from __future__ import annotations

import asyncio
import functools
import itertools
import os
import tempfile
import threading
import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import TypeAlias

from acquis.publication.public import PublicForm, public_form
from acquis.record import Entry, Record, RecordFull
from acquis.record.lines import to_lines
from acquis.session import Session
from acquis.state.snapshots import snapshot
from acquis.text.caches import TextCache

KEPT = 16
"""The most sessions whose public log is kept."""
_ENTRIES = 512  # written at once
_CHUNK = 1 << 18  # bytes compressed at once
_FASTEST = 1  # the digests that a log consists of can hardly be compressed further: level 6 takes three times as long
_GZIP = 16 + zlib.MAX_WBITS

Read: TypeAlias = Callable[[int, int], Iterator[Entry]]
"""(after, until) -> the entries of the log with after < seq <= until."""


class Copy:
    """A file as it was at one moment: `size` in bytes, and the SHA-256 `digest` of its content, hexadecimal."""

    def __init__(self, file: _GrowingFile, tail: bytes = b"") -> None:
        self._file, self._length, self._tail = file, file.size, tail
        self.size = file.size + len(tail)
        self.digest = file.digest_with(tail)

    def read(self, start: int, end: int) -> bytes:
        """The bytes from `start` up to, without, `end`, which is not behind the last one."""
        body = self._file.read(start, min(end, self._length)) if start < self._length else b""
        return body + self._tail[max(0, start - self._length) : max(0, end - self._length)]


class _GrowingFile:
    """A file without a name to which bytes are added. Those that are there never change."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # open as long as somebody reads it
        weakref.finalize(self, self._file.close)
        self._digest = sha256()
        self.size = 0

    def add(self, data: bytes) -> None:
        """Raises OSError if the disk is full."""
        done = 0
        while done < len(data):
            done += os.pwrite(self._file.fileno(), data[done:], self.size + done)
        self._digest.update(data)
        self.size += len(data)

    def read(self, start: int, end: int) -> bytes:
        return os.pread(self._file.fileno(), end - start, start)

    def digest_with(self, tail: bytes) -> str:
        digest = self._digest.copy()
        digest.update(tail)
        return digest.hexdigest()


class _Compressed:
    """A growing file compressed with gzip. It can be ended at any moment and still grow, because the compressor is
    copied before it writes the end."""

    def __init__(self) -> None:
        self._file = _GrowingFile()
        self._compressor = zlib.compressobj(_FASTEST, zlib.DEFLATED, _GZIP)
        self._taken = 0

    def copy(self, plain: _GrowingFile) -> Copy:
        while self._taken < plain.size:
            data = plain.read(self._taken, min(self._taken + _CHUNK, plain.size))
            self._file.add(self._compressor.compress(data))
            self._taken += len(data)
        return Copy(self._file, self._compressor.copy().flush())


class PublicLog:
    """The public log of one session, as a file that grows as long as only votes and the like are added, which change
    nothing that is there. Any other entry may: a text is approved, held back or erased, and a name is masked in all
    texts. Then the file is made anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begin(())

    def _begin(self, people: tuple[str, ...]) -> None:
        self._seq, self._people = 0, people
        self._plain, self._compressed = _GrowingFile(), _Compressed()

    def copy(self, read: Read, seq: int, public: PublicForm, people: tuple[str, ...], compressed: bool) -> Copy:
        """The log up to entry `seq`. people: the names on which the public form depends. Blocks; may be called in any
        thread. Raises RecordFull if the disk is full, RecordBroken."""
        with self._lock:
            try:
                if self._people != people or self._seq > seq or not self._grow(read, seq, public):
                    self._begin(people)
                    self._grow(read, seq, public)
                return self._compressed.copy(self._plain) if compressed else Copy(self._plain)
            except OSError as error:
                self._begin(())
                raise RecordFull(f"there is no space for the public log: {error}") from error

    def _grow(self, read: Read, seq: int, public: PublicForm) -> bool:
        """Add the entries that are missing; false if one of them may change what is there."""
        begins, entries = not self._seq, map(public, read(self._seq, seq))
        while added := list(itertools.islice(entries, _ENTRIES)):
            if not begins and not all(entry.is_sealed for entry in added):
                return False
            self._plain.add(to_lines(added))
            self._seq = added[-1].seq
        return True


class PublicLogs:
    """The public logs of the sessions of a record."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._kept: TextCache[str, PublicLog] = TextCache(KEPT, None)

    async def copy(self, session: Session, names: Iterable[str], compressed: bool) -> Copy:
        """The public log of a session as it is now, compressed with gzip if that is wanted. names: those that people
        gave. Raises as `PublicLog.copy`."""
        state = snapshot(await session.settled())
        people = tuple(names) if state.settings.chatham else ()
        kept = self._kept.get(session.log, PublicLog)
        read, public = functools.partial(self._record.read, session.log), public_form(state, people)
        return await asyncio.to_thread(kept.copy, read, state.seq, public, people, compressed)

"""The keeper of records: one SQLite file, or memory.

One connection writes (in the thread of `writer`), another one reads, on the thread of whoever reads. A lock file keeps a
second process from writing. In memory, and on a file system layer of a test's own, one connection does both.
"""

import asyncio
import fcntl
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from functools import partial
from typing import Any

import apsw

from acquis.record import Draft, Entry, RecordBroken, RecordInUse, Verdict
from acquis.record.chain import GENESIS, SALT_BYTES, digest, link, verify_rows
from acquis.record.writer import COLUMNS, Answer, Ask, Head, Writer, entry_of, find

OLDEST_SQLITE = (3, 51, 3)
_APPLICATION = 0x41435155  # "ACQU": says what this file is
_FORMAT = 1
_PAGE = 2048  # entries fetched at once: no read transaction stays open while their reader thinks
_BEFORE_ALL = -(1 << 63)
_AFTER_ALL = (1 << 63) - 1

# The key stands before `by` in its index: keys that begin with the time then arrive at one end of it.
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE logs (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE entries (
    log INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, key TEXT NOT NULL,
    salt BLOB, digest BLOB, body BLOB NOT NULL, link BLOB NOT NULL,
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX keys ON entries (log, key, by);
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_FORMAT};
COMMIT;
"""
_ROWS_OF_VERIFY = "seq, at, by, body, salt, digest, link"
_ROWS_OF_SCAN = "seq, at, by, body"


def require_sqlite(version: str) -> None:
    """Raise RecordBroken for a SQLite with the bug that corrupts a file when its write-ahead log starts over."""
    if tuple(int(part) for part in version.split(".")) < OLDEST_SQLITE:
        oldest = ".".join(str(part) for part in OLDEST_SQLITE)
        raise RecordBroken(f"SQLite {version} can corrupt a record (WAL-reset bug); {oldest} or newer is needed")


class SqliteRecord:
    """A `Record` in the file `path`, made if it is not there; ":memory:" for one that ends with the process.

    `read_only` opens beside a process that writes: to read and verify. `salts` gives n random bytes. `vfs` names a file
    system layer without shared memory, as tests of power cuts use. Raises RecordInUse, and RecordBroken for a file
    that cannot be opened. A file whose newest entries do not fit together opens `broken`: it can be read and verified.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        read_only: bool = False,
        salts: Callable[[int], bytes] = os.urandom,
        vfs: str | None = None,
    ) -> None:
        require_sqlite(apsw.sqlite_lib_version())
        self.broken = asyncio.Event()
        self._path = os.fspath(path)
        self._vfs = vfs
        self._ended: str | None = None  # why nothing more is written
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gathered: list[Ask] = []
        self._followers: dict[str, set[asyncio.Event]] = {}
        self._reading = threading.Lock()
        self._lock = None if read_only or self._path == ":memory:" else _lock(self._path + ".lock")
        self._writer: Writer | None = None
        try:
            self._open(read_only, salts)
        except BaseException as error:
            _unlock(self._lock)
            if isinstance(error, (apsw.Error, ValueError)):
                raise RecordBroken(f"{self._path} cannot be opened as a record: {error}") from error
            raise

    async def append(self, log: str, drafts: Sequence[Draft]) -> list[Entry]:
        if self._ended is not None:
            raise RecordBroken(self._ended)
        if not drafts:
            return []
        for draft in drafts:
            _require_keepable(draft)
        answer = self._here().create_future()
        self._gathered.append((log, drafts, answer))
        entries: list[Entry] = await answer
        return entries

    def known(self, log: str, asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Entry]:
        with self._reading:
            number = self._number(log)
            found = {pair: find(self._reader, number, *pair) for pair in asked}
        return {pair: entry for pair, entry in found.items() if entry is not None}

    def read(self, log: str, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        for page in self._pages(COLUMNS, log, after, _AFTER_ALL if until is None else until):
            yield from map(entry_of, page)

    def scan(self, log: str, after: int = 0) -> Iterator[tuple[int, int, str, bytes]]:
        for page in self._pages(_ROWS_OF_SCAN, log, after):
            yield from page

    async def follow(self, log: str, after: int = 0) -> AsyncIterator[Entry]:
        grown = asyncio.Event()
        self._followers.setdefault(log, set()).add(grown)
        try:
            while not self._closed:
                grown.clear()
                for page in self._pages(COLUMNS, log, after):
                    for row in page:
                        after = row[0]
                        yield entry_of(row)
                    await asyncio.sleep(0)  # a long past must not hold up everybody else
                await grown.wait()
        finally:
            self._followers[log].discard(grown)

    def head(self, log: str) -> tuple[int, bytes]:
        query = "SELECT seq, link FROM entries WHERE log = ? ORDER BY seq DESC LIMIT 1"
        with self._reading:
            rows = self._reader.execute(query, (self._number(log),)).fetchall()
        return rows[0] if rows else (0, GENESIS)

    def logs(self) -> list[str]:
        with self._reading:
            return [name for (name,) in self._reader.execute("SELECT name FROM logs ORDER BY id")]

    def verify(self, log: str) -> Verdict:
        try:
            verdict = verify_rows(row for page in self._pages(_ROWS_OF_VERIFY, log, _BEFORE_ALL) for row in page)
        except RecordBroken as error:
            ...
        if not verdict.ok:
            return verdict
        return verdict

    async def erase(self, log: str, seq: int, redacted: bytes) -> Entry:
        if self._ended is not None or self._writer is None:
            raise RecordBroken(self._ended)
        answer = self._here().create_future()
        self._hand_over()
        self._writer.put(partial(self._writer.erase, log, seq, redacted, answer))
        return (await answer)[0]

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._hand_over()
        self._ended = self._ended or "the record is closed"
        if self._writer is not None:
            await asyncio.to_thread(self._writer.stop)
        ...

"""The implementation of `Record` with SQLite, in one file or in memory.

One connection writes (in the thread of `writer`), another one reads in the thread of the caller. A lock file prevents a
second process from writing. In memory, and with a file system layer of the tests, one connection does both.
"""

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import nullcontext, suppress
from functools import partial
from typing import Any

import apsw
import msgspec

from acquis.record import LINKS, Draft, Entry, LogUnreadable, RecordBroken, Verdict
from acquis.record.chain import BEFORE_FIRST, FORMAT, GENESIS, require_body, verify_rows
from acquis.record.faults import described, inode_of
from acquis.record.lock import Lock
from acquis.record.tables import heads_of, newer, require_record
from acquis.record.writer import BUSY_MS, SELECT, Answer, Ask, Future, Timing, Writer, entry_of

OLDEST_SQLITE = (3, 51, 3)
_PAGE = 2048  # entries fetched at once, so that no read transaction stays open while the caller processes them
_BEFORE_ALL = -(1 << 63)
_AFTER_ALL = (1 << 63) - 1

_SCAN = "SELECT seq, at, by, body FROM entries WHERE log = ?"

# Many keys in one statement; one statement for each key would take seven times as long.
_KNOWN = """SELECT seq, at, by, entries.key, body, salt, lost, cuts, link
FROM json_each(?) AS asked CROSS JOIN entries INDEXED BY keys ON log = ? AND entries.key = asked.value"""

_READING = ("cell_size_check = on",)
_WRITING = (
    "journal_mode = wal",
    "synchronous = full",
    "fullfsync = on",  # macOS: otherwise a sync may end in the cache of the drive
    "secure_delete = on",
    "wal_autocheckpoint = 0",  # done by the writer, which then sees the errors
)


def require_sqlite(version: str) -> None:
    """Raises RecordBroken for a version of SQLite with the bug that corrupts a file when its write-ahead log is
    reset."""
    if tuple(int(part) for part in version.split(".")) < OLDEST_SQLITE:
        oldest = ".".join(str(part) for part in OLDEST_SQLITE)
        raise RecordBroken(f"SQLite {version} can corrupt a record (WAL-reset bug); {oldest} or newer is needed")


class SqliteRecord:
    """A `Record` in the file `path`, which is created if it does not exist; ":memory:" for one that ends with the
    process.

    read_only: open for reading and verifying while another process writes. salts: returns n random bytes. vfs: name of
    a file system layer without shared memory, for tests of power cuts. timing: measures each transaction that stores
    entries. Raises RecordInUse, and RecordBroken if the file cannot be opened. A log whose newest entries are
    inconsistent can be read and verified, but not written.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        read_only: bool = False,
        salts: Callable[[int], bytes] = os.urandom,
        vfs: str | None = None,
        timing: Timing = nullcontext,
    ) -> None:
        require_sqlite(apsw.sqlite_lib_version())
        self.broken = asyncio.Event()
        self._path = os.fspath(path)
        self._vfs = vfs
        self._waiting = 0
        self._ended: str | None = None  # the reason why writing has ended
        self._closed = False  # whether reading has ended too
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gathered: list[Ask] = []
        self._damaged: dict[str, LogUnreadable] = {}
        """Log -> why it cannot be continued."""
        self._numbers: dict[str, tuple[int, int]] = {}
        self._followers: dict[str, set[asyncio.Event]] = {}
        self._reading = threading.Lock()
        self._lock = None if read_only or self._path == ":memory:" else Lock(self._path + ".lock")
        self._writer: Writer | None = None
        try:
            self._open(read_only, salts, timing)
        except (apsw.Error, UnicodeDecodeError) as error:
            self._release()
            raise RecordBroken(f"{self._path} cannot be opened as a record: {described(error)}") from error
        except BaseException:
            self._release()
            raise

    @property
    def why_ended(self) -> str:
        return self._ended or ""

    @property
    def waiting(self) -> int:
        return self._waiting

    def end(self, why: str) -> None:
        self._ended = self._ended or why
        self.broken.set()

    def require_place(self) -> None:
        """End writing if the file was removed or replaced: what is written then is lost with it."""
        if self._inode is not None and inode_of(self._path) != self._inode:
            self.end(f"{self._path} was removed or replaced while the server ran. Put the file back that was there.")

    async def require_writable(self) -> None:
        if self._ended is not None or self._writer is None:
            raise RecordBroken(self._ended)
        answer: Future = self._here().create_future()
        self._writer.put(partial(self._writer.probe, answer))
        await answer

    async def append(self, log: str, drafts: Sequence[Draft]) -> list[Entry]:
        if self._ended is not None:
            raise RecordBroken(self._ended)
        self.require_whole(log)
        if not drafts:
            return []
        for draft in drafts:
            _require_keepable(draft)
        answer: Future = self._here().create_future()
        self._gathered.append((log, drafts, answer))
        self._waiting += 1
        try:
            return await answer
        finally:
            self._waiting -= 1

    def known(self, log: str, asked: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Entry]:
        keys = msgspec.json.encode([key for _, key in asked]).decode()
        number, format = self._number(log)
        row_of = {(row[2], row[3]): row for row in self._rows(_KNOWN, (keys, number))}
        return {pair: entry_of(row_of[pair], format) for pair in asked if pair in row_of}

    def read(self, log: str, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        _, format = self._number(log)
        for page in self._pages(SELECT, log, after, _AFTER_ALL if until is None else until):
            for row in page:
                yield entry_of(row, format)

    def scan(self, log: str, after: int = 0) -> Iterator[tuple[int, int, str, bytes]]:
        for page in self._pages(_SCAN, log, after):
            yield from page

    async def follow(self, log: str, after: int = 0) -> AsyncIterator[Entry]:
        grown = asyncio.Event()
        self._followers.setdefault(log, set()).add(grown)
        try:
            while True:
                grown.clear()
                for page in self._pages(SELECT, log, after):
                    for row in page:
                        after = row[0]
                        yield entry_of(row, self._number(log)[1])
                    await asyncio.sleep(0)  # a long log must not block the event loop
                await grown.wait()
        except RecordBroken:
            if not self._closed:
                raise
        finally:
            self._followers[log].discard(grown)

    def links(self, log: str, after: int = 0, until: int | None = None) -> list[tuple[bytes, str]]:
        query = "SELECT link, by FROM entries WHERE log = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
        return self._rows(query, (self._number(log)[0], after, _AFTER_ALL if until is None else until, LINKS))

    def head(self, log: str) -> tuple[int, bytes]:
        query = "SELECT seq, link FROM entries WHERE log = ? ORDER BY seq DESC LIMIT 1"
        number, format = self._number(log)
        rows = self._rows(query, (number,))
        return rows[0] if rows else (0, BEFORE_FIRST[format])

    def logs(self) -> list[str]:
        return [name for (name,) in self._rows("SELECT name FROM logs ORDER BY id")]

    def require_whole(self, log: str) -> None:
        if (damage := self._damaged.get(log)) is not None:
            raise LogUnreadable(str(damage), newer=damage.newer)

    def verify(self, log: str) -> Verdict:
        try:
            indexed = self._indexed(log)
        except RecordBroken as error:
            return Verdict(0, 0, GENESIS, 1, str(error))
        verdict = verify_rows(self._rows_to_verify(log), self._number(log)[1])
        if verdict.ok and verdict.entries < indexed:
            reason = f"the end is missing: the index of keys has {indexed} entries"
            return msgspec.structs.replace(verdict, first_bad=verdict.entries + 1, reason=reason)
        return verdict

    async def erase(self, log: str, seq: int, members: Collection[str]) -> Entry:
        if self._ended is not None or self._writer is None:
            raise RecordBroken(self._ended)
        self.require_whole(log)
        answer: Future = self._here().create_future()
        self._hand_over()
        self._writer.put(partial(self._writer.erase, log, seq, members, answer))
        return (await answer)[0]

    async def close(self) -> None:
        if self._closed:
            return
        self._hand_over()
        self._ended = self._ended or "the record is closed"
        self._closed = True
        await asyncio.to_thread(self.close_files)
        for follower in (event for events in self._followers.values() for event in events):
            follower.set()

    # -- the file ------------------------------------------------------------------------------------------------------

    def _open(self, read_only: bool, salts: Callable[[int], bytes], timing: Timing) -> None:
        self._connection = self._connect(read_only)
        require_record(self._connection, self._path, read_only)
        self._inode = inode_of(self._path)
        shared = self._path == ":memory:" or self._vfs is not None
        self._reader = self._connection if shared else self._connect(read_only=True)
        if read_only:
            self._ended = "the record was opened for reading only"
            return
        try:
            heads = heads_of(self._connection, self._damaged)
        except apsw.Error as error:
            self.end(f"{self._path} is damaged: {described(error)}")
        else:
            self._writer = Writer(self._connection, heads, self._reading, shared, salts, self._tell, timing=timing)

    def _connect(self, read_only: bool) -> apsw.Connection:
        flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        connection = apsw.Connection(self._path, flags=flags, vfs=self._vfs)
        connection.set_busy_timeout(BUSY_MS)
        alone = ("locking_mode = exclusive",) if self._vfs is not None else ()
        for pragma in (*alone, *_READING) if read_only else (*alone, *_READING, *_WRITING):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    def close_files(self) -> None:
        """Complete what was handed over and close the files. Blocks; `close` does it for whoever still appends."""
        if self._writer is not None:
            self._writer.stop()
        with self._reading:
            if self.broken.is_set():  # closing must not try again to sync what could not be synced
                self._connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            self._reader.close()
            self._connection.close()
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    # -- reading -------------------------------------------------------------------------------------------------------

    def _fetch(self, query: str, values: tuple[Any, ...]) -> tuple[list[Any], Exception | None]:
        """The rows that could be read, and the error that occurred, if any."""
        rows: list[Any] = []
        with self._reading:
            try:
                rows.extend(self._reader.execute(query, values))  # rows that were read before an error stay in the list
            except (apsw.Error, UnicodeDecodeError) as error:
                return rows, error
        return rows, None

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> list[Any]:
        rows, error = self._fetch(query, values)
        if error is not None:
            raise RecordBroken(f"{self._path} cannot be read: {described(error, self._reader)}") from error
        return rows

    def _number(self, log: str) -> tuple[int, int]:
        """The number of a log in the file, and its format; number 0, which no log has, if it has no entries."""
        if log not in self._numbers:
            rows = self._rows("SELECT id, format FROM logs WHERE name = ?", (log,))
            if not rows:
                return 0, FORMAT
            if rows[0][1] not in BEFORE_FIRST:
                raise newer(log, rows[0][1])
            self._numbers[log] = rows[0]
        return self._numbers[log]

    def _pages(self, select: str, log: str, after: int, until: int = _AFTER_ALL) -> Iterator[list[Any]]:
        number, _ = self._number(log)
        query = f"{select} AND seq > ? AND seq <= ? ORDER BY seq LIMIT {_PAGE}"
        while True:
            page, error = self._fetch(query, (number, after, until))
            if page:
                yield page
            if error is not None or (page and not after < page[-1][0]):  # a damaged file may contain a cycle
                why = described(error, self._reader) if error else "entries are out of order"
                kind = (
                    LogUnreadable
                    if error is None or isinstance(error, apsw.CorruptError | ValueError)
                    else RecordBroken
                )
                raise kind(f"{self._path} cannot be read further: {why}")
            if len(page) < _PAGE:
                return
            after = page[-1][0]

    def _indexed(self, log: str) -> int:
        """The minimum number of entries of a log. A chain does not show that its end is missing. If only the table was
        damaged, the index of keys still has the entries; and a log gets its name with its first entry."""
        number, _ = self._number(log)
        if self._rows("SELECT id FROM logs NOT INDEXED WHERE name = ?", (log,)) != ([(number,)] if number else []):
            raise RecordBroken("the names of logs disagree with their index")
        count = "SELECT count(*) FROM entries INDEXED BY keys WHERE log = ?"
        indexed: int = self._rows(count, (number,))[0][0]
        return max(int(number > 0), indexed)

    def _rows_to_verify(self, log: str) -> Iterator[Any]:
        try:
            for page in self._pages(SELECT, log, _BEFORE_ALL):
                yield from page
        except RecordBroken as error:
            raise ValueError(error) from error

    # -- communication with the writer ---------------------------------------------------------------------------------

    def _here(self) -> asyncio.AbstractEventLoop:
        """The running event loop. Requests of one iteration are handed over together, so that they form one group."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._gathered = loop, []
        if not self._gathered:
            loop.call_soon(self._hand_over)
        return loop

    def _hand_over(self) -> None:
        if self._gathered and self._writer is not None:
            self._writer.put(self._gathered)
            self._gathered = []

    def _tell(self, answers: list[Answer], grown: set[str], failure: str | None) -> None:
        """Called by the writer in its thread: schedules one callback in the event loop for a whole group."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the event loop has ended, and nobody waits any more
                self._loop.call_soon_threadsafe(self._settle, answers, grown, failure)

    def _settle(self, answers: list[Answer], grown: set[str], failure: str | None) -> None:
        if failure is not None:
            self.end(f"{self._path}: {failure}")
        for answer, result in answers:
            if answer.done():  # the caller was cancelled
                continue
            if isinstance(result, Exception):
                answer.set_exception(result)
            else:
                answer.set_result(result)
        for log in grown:
            for follower in self._followers.get(log, ()):
                follower.set()


def _require_keepable(draft: Draft) -> None:
    """Raises ValueError or TypeError for a draft that cannot be stored, before it is grouped with others."""
    if not isinstance(draft.body, bytes):
        raise TypeError("a body is bytes")
    draft.key.encode()
    require_body(draft.body, draft.cuts)
    if len(draft.by.encode()) > 0xFFFF or not 0 <= draft.at <= _AFTER_ALL:
        raise ValueError(f"name or time out of range: {draft.by[:40]!r}, {draft.at}")

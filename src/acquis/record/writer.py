"""The thread that writes to a SQLite record: it collects requests, commits them as one group, and reports the results.

While a commit runs, new drafts are collected for the next one. Under load the groups grow by themselves, and no request
waits for a timer.
"""

import asyncio
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from queue import SimpleQueue
from typing import Any, NamedTuple

import apsw

from acquis.record import Draft, Entry, LogUnreadable, Part, RecordBroken, RecordFull, RecordInUse, format1
from acquis.record.chain import (
    BEFORE_FIRST,
    FORMAT,
    SALT_BYTES,
    Row,
    commitment,
    commitments,
    kept,
    link,
    packed,
    parts,
    stored,
)
from acquis.record.faults import described
from acquis.record.purge import empty_log, rewrite

SELECT = "SELECT seq, at, by, key, body, salt, lost, cuts, link FROM entries WHERE log = ?"

# Many rows in one statement: SQLite releases the GIL at every step, and a busy event loop may then hold it for up to
# 5 ms before the writer gets it back. Only a few sizes, so that the prepared statements are reused.
_CHUNKS = (256, 64, 16, 4, 1)
# OR ROLLBACK: a stored key ends the whole transaction, so SQLite needs no journal to undo a single statement.
_INSERT = "INSERT OR ROLLBACK INTO entries (log, seq, at, by, key, salt, body, cuts, link) VALUES (?,?,?,?,?,?,?,?,?)"
_INSERTS = {size: _INSERT + ", (?,?,?,?,?,?,?,?,?)" * (size - 1) for size in _CHUNKS}
_WIDTH = 9
BUSY_MS, PURGE_MS = 5000, 200
"""For how many milliseconds another process is waited for."""
_FRAMES_BEFORE_CHECKPOINT = 4000  # of 4 KiB: 16 MB of write-ahead log

Future = asyncio.Future[list[Entry]]
Ask = tuple[str, Sequence[Draft], Future]
Answer = tuple[Future, list[Entry] | Exception]
Job = list[Ask] | Callable[[], None]
Kept = dict[tuple[str, str, str], Entry]

Timing = Callable[[], AbstractContextManager[object]]
"""Makes what measures how long a transaction takes, from its beginning to the end of its sync."""

Head = tuple[int, int, bytes, int]
"""The number of a log in the file, the number and the link of its last entry, and its format."""


class _Group(NamedTuple):
    """The rows to write in one transaction, and the answers to give when it is durable."""

    values: list[object]
    heads: dict[str, Head]
    answers: list[Answer]


def entry_of(row: Row, format: int) -> Entry:
    """A row of `SELECT` as an entry. Raises LogUnreadable if the row is damaged."""
    try:
        return stored(row, format)
    except (TypeError, ValueError) as error:  # only in a damaged file
        raise LogUnreadable(f"entry {row[0]} cannot be read: {error}") from error


def find(connection: apsw.Connection, log: int, format: int, by: str, key: str) -> Entry | None:
    """The entry stored under this key; None if there is none."""
    rows: list[Any] = connection.execute(SELECT + " AND key = ? AND by = ?", (log, key, by)).fetchall()
    return entry_of(rows[0], format) if rows else None


class Writer:
    """Owns the connection that writes and makes checkpoints. All methods except `put` and `stop` run in its thread.

    If readers share the connection, `guard` is held during a transaction; `reading` blocks readers while the
    write-ahead log is emptied. `tell` is called after each group with the answers, the names of the logs that have
    grown and, if writing has ended, the reason."""

    def __init__(
        self,
        connection: apsw.Connection,
        heads: dict[str, Head],
        reading: threading.Lock,
        shared: bool,
        salts: Callable[[int], bytes],
        tell: Callable[[list[Answer], set[str], str | None], None],
        timing: Timing = nullcontext,
    ) -> None:
        self.heads = heads
        self._connection = connection
        self._reading = reading
        self._guard: AbstractContextManager[object] = reading if shared else nullcontext()
        self._salts = salts
        self._tell = tell
        self._timing = timing
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._frames = 0
        self._failure: str | None = None
        self._stopped = False
        self._rewritten = False
        """Whether the file was rewritten since something was erased in it. Unknown after a crash."""
        connection.set_wal_hook(self._count_frames)
        self._thread = threading.Thread(target=self._run, name="acquis-record", daemon=True)
        self._thread.start()

    def put(self, job: Job) -> None:
        """Queue requests, or another job to run between two groups."""
        self._jobs.put(job)

    def stop(self) -> None:
        """Complete the queued jobs and end the thread. Blocks."""
        self._jobs.put(self._end)
        self._thread.join()

    def _end(self) -> None:
        self._stopped = True

    def _run(self) -> None:
        while not self._stopped:
            jobs = [self._jobs.get() for _ in range(self._jobs.qsize() or 1)]  # all jobs that were queued meanwhile
            asks = [ask for job in jobs if isinstance(job, list) for ask in job]
            if asks:
                self._answer(asks)
                self._checkpoint_if_due()
            for job in jobs:
                if not isinstance(job, list):
                    job()

    def _answer(self, asks: list[Ask]) -> None:
        grown: set[str] = set()
        try:
            group = self._write(asks)
        except Exception as error:
            answers: list[Answer] = [(answer, self._refusal(error)) for _, _, answer in asks]
        else:
            self.heads.update(group.heads)
            grown.update(group.heads)
            answers = group.answers
        self._tell(answers, grown, self._failure)

    def _refusal(self, error: Exception) -> Exception:
        """The exception for the callers. After any error except a full disk the writer stops writing."""
        full = isinstance(error, apsw.FullError) or (
            # No space to extend the shared index of the write-ahead log; nothing has been written.
            isinstance(error, apsw.IOError) and getattr(error, "extendedresult", None) == apsw.SQLITE_IOERR_SHMSIZE
        )
        if full and self._failure is None:
            return RecordFull(f"the disk is full: {error}")
        self._failure = self._failure or described(error, self._connection)
        return RecordBroken(self._failure)

    def _write(self, asks: list[Ask]) -> _Group:
        """Write one transaction. Retries are rare, so keys are looked up only after the unique index has reported one.
        Raises RecordBroken if writing has ended."""
        if self._failure is not None:
            raise RecordBroken(self._failure)
        with self._guard:
            group = self._draw_up(asks, None)
            try:
                self._insert(group)
            except apsw.ConstraintError:
                group = self._draw_up(asks, self._kept_already(asks))
                self._insert(group)
        return group

    def _kept_already(self, asks: list[Ask]) -> Kept:
        kept: Kept = {}
        for log, drafts, _ in asks:
            if log in self.heads:
                number, _, _, format = self.heads[log]
                for draft in drafts:
                    entry = find(self._connection, number, format, draft.by, draft.key)
                    if entry is not None:
                        kept[log, draft.by, draft.key] = entry
        return kept

    def _draw_up(self, asks: list[Ask], kept: Kept | None) -> _Group:
        """Number and chain the drafts, except those that are already stored (`kept`)."""
        heads: dict[str, Head] = {}
        answers: list[Answer] = []
        values: list[object] = []
        salts = self._salts(SALT_BYTES * sum(len(drafts) for _, drafts, _ in asks))
        used = 0
        for log, drafts, answer in asks:
            number, seq, before, format = heads.get(log) or self.heads.get(log) or self._new_log(heads)
            entries = []
            for draft in drafts:
                by, at, key, body = draft.by, draft.at, draft.key, draft.body
                if kept is not None and (log, by, key) in kept:
                    entries.append(kept[log, by, key])
                    continue
                seq += 1
                salt = salts[used : used + SALT_BYTES]
                used += SALT_BYTES
                divided: tuple[Part, ...]
                if format == 1:
                    divided = (Part(commitment(salt, body), salt, body),)
                    before = format1.link(before, seq, at, by, divided[0].commitment)
                else:
                    divided = parts(body, draft.cuts, at, by, salt)
                    before = link(before, seq, commitments(divided))
                cuts = packed(draft.cuts) if format != 1 else None
                values.extend((number, seq, at, by, key, salt, body, cuts, before))
                entry = Entry(seq, at, by, key, body=body, parts=divided, link=before, format=format)
                entries.append(entry)
                if kept is not None:
                    kept[log, by, key] = entry
            heads[log] = (number, seq, before, format)
            answers.append((answer, entries))
        return _Group(values, heads, answers)

    def _new_log(self, heads: dict[str, Head]) -> Head:
        numbers = (head[0] for some in (self.heads, heads) for head in some.values())
        return max(numbers, default=0) + 1, 0, BEFORE_FIRST[FORMAT], FORMAT

    def _insert(self, group: _Group) -> None:
        """Run the transaction. After an error it is rolled back completely."""
        if not group.values:
            return
        with self._timing():
            self._execute(group)

    def _execute(self, group: _Group) -> None:
        execute, values, at = self._connection.execute, group.values, 0
        try:
            execute("BEGIN IMMEDIATE")
            for name in group.heads.keys() - self.heads.keys():
                number, _, _, format = group.heads[name]
                execute("INSERT INTO logs (id, name, format) VALUES (?, ?, ?)", (number, name, format))
            for size in _CHUNKS:
                while len(values) - at >= size * _WIDTH:
                    execute(_INSERTS[size], values[at : at + size * _WIDTH])
                    at += size * _WIDTH
            execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                with suppress(apsw.Error):  # the first error is the one to report
                    execute("ROLLBACK")
            raise

    def _count_frames(self, connection: apsw.Connection, database: str, frames: int) -> int:
        self._frames = frames
        return apsw.SQLITE_OK

    def _checkpoint_if_due(self) -> None:
        """Make a checkpoint. The hook of SQLite is not used, because it ignores a failing fsync of the database
        file."""
        if self._frames < _FRAMES_BEFORE_CHECKPOINT or self._failure is not None:
            return
        try:
            self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
        except (apsw.FullError, apsw.BusyError):
            pass  # the entries are durable in the write-ahead log; the next group tries again
        except apsw.Error as error:
            self._refusal(error)
            self._tell([], set(), self._failure)

    def probe(self, answer: Future) -> None:
        """Write as `Record.require_writable` describes; a job for `put`. Raises nothing: errors are set on `answer`."""
        result: list[Entry] | Exception = []
        try:
            if self._failure is not None:
                raise RecordBroken(self._failure)
            with self._guard:  # SQLite writes the page that has the number also if it is the same
                self._connection.pragma("user_version", self._connection.pragma("user_version"))
        except apsw.BusyError as error:
            result = RecordInUse(str(error))
        except Exception as error:
            result = self._refusal(error)
        self._tell([(answer, result)], set(), self._failure)

    def erase(self, log: str, seq: int, members: Collection[str], answer: Future) -> None:
        """Erase a body as `Record.erase` describes; a job for `put`. Raises nothing: errors are set on `answer`."""
        result: list[Entry] | Exception
        try:
            if self._failure is not None:
                raise RecordBroken(self._failure)
            with self._reading:
                result = [self._erase(log, seq, members)]
        except (LookupError, ValueError, RecordInUse) as error:
            result = error
        except Exception as error:
            result = self._refusal(error)
        self._tell([(answer, result)], set(), self._failure)

    def _erase(self, log: str, seq: int, members: Collection[str]) -> Entry:
        number, _, _, format = self.heads.get(log, (0, 0, b"", FORMAT))
        row = self._row(number, seq)
        if row is None:
            raise LookupError(f"{log} has no entry {seq}")
        entry = entry_of(row, format)
        left: tuple[bytes, bytes | None, bytes | None, bytes | None] | None
        if format == 1:
            left = format1.without(entry.body, members), None, entry.parts[0].commitment, None
        else:
            left = kept(entry, members)
        if left is not None:
            self._rewritten = False
            self._connection.execute(
                "UPDATE entries SET body = ?, salt = ?, lost = ?, cuts = ? WHERE log = ? AND seq = ?",
                (*left, number, seq),
            )
        self._purge()
        return entry_of(self._row(number, seq), format)

    def _purge(self) -> None:
        """Rewrite the file, unless only the write-ahead log is left to be emptied after an earlier attempt. Appends
        wait meanwhile, so a reader is not waited for."""
        self._connection.set_busy_timeout(PURGE_MS)
        try:
            if not self._rewritten:
                rewrite(self._connection)
                self._rewritten = True
            empty_log(self._connection)
        finally:
            self._connection.set_busy_timeout(BUSY_MS)

    def _row(self, log: int, seq: int) -> Any:
        rows: list[Any] = self._connection.execute(SELECT + " AND seq = ?", (log, seq)).fetchall()
        return rows[0] if rows else None

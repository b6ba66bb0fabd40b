"""Durable votes in the log and through `Session.do` with 1, 16 and 256 waiting callers; fold and verify a million
entries.

Compared, in the same run, with a bare loop that inserts rows of the same size with the same library, batch size and
durability, but without chain, keys or answers.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import apsw
import uvloop

from acquis import events as ev
from acquis.record import Draft
from acquis.record.sqlite import SqliteRecord
from acquis.session import Session
from acquis.state import fold
from benchmarks.measure import Result, Timing, best, memory_mb
from benchmarks.sessions import BODY, VOTES, begin, draft, voter

CALLERS = {1: 2_000, 16: 30_000, 256: 150_000}
THROUGH_DOOR = {1: 2_000, 16: 20_000, 256: 60_000}


def bare_insert(batch: int, rows: int) -> Timing:
    """The time to insert rows into SQLite with WAL and synchronous=FULL, `batch` rows in each transaction."""
    with tempfile.TemporaryDirectory() as folder:
        connection = apsw.Connection(str(Path(folder) / "bare.db"))
        for pragma in ("journal_mode=wal", "synchronous=full"):
            connection.execute(f"pragma {pragma}").fetchall()
        connection.execute(
            "create table rows(seq integer primary key, at int, by text, salt blob, body blob, link blob)"
        )
        salt, link, seq = bytes(16), bytes(32), 0
        timing = Timing()
        while seq < rows:
            with connection:
                connection.executemany(
                    "insert into rows values(?,?,?,?,?,?)",
                    ((n, 1, "v123", salt, BODY, link) for n in range(seq, seq + batch)),
                )
            seq += batch
        timing.stop()
        connection.close()
        return timing


async def _crowd(callers: int, each: int, operation: Callable[[int, int], Awaitable[object]]) -> Timing:
    async def caller(number: int) -> None:
        for turn in range(each):
            await operation(number, turn)

    timing = Timing()
    await asyncio.gather(*(caller(number) for number in range(callers)))
    return timing.stop()


async def _append(callers: int, each: int) -> Timing:
    with tempfile.TemporaryDirectory() as folder:
        record = SqliteRecord(Path(folder) / "record.db")

        async def append_one(number: int, turn: int) -> None:
            # Keys as phones make them, with the time first, so that the index of keys grows at one end.
            await record.append("s", [Draft(BODY, "v123", 1, f"{turn:08x}-{number}")])

        timing = await _crowd(callers, each, append_one)
        await record.close()
        return timing


async def _through_session(callers: int, each: int) -> Timing:
    with tempfile.TemporaryDirectory() as folder:
        record = SqliteRecord(Path(folder) / "record.db")
        before = await begin(record, "s", callers)
        session = await Session.open(record, "s")
        actors = [voter(n) for n in range(callers)]

        async def vote(number: int, turn: int) -> None:
            await session.do(VOTES[turn % 2], actors[number], 5, f"{turn:08x}-{number}")

        timing = await _crowd(callers, each, vote)
        if session.state.seq != before + callers * each:
            raise AssertionError("votes were lost")
        await record.close()
        return timing


def appends() -> list[Result]:
    results = []
    for callers, rows in CALLERS.items():
        bare = rows / best(lambda c=callers, r=rows: bare_insert(c, r)).wall  # type: ignore[misc]  # early binding
        for what, total, function, aim in (
            ("appends to the log", rows, _append, 100_000),
            ("votes through Session.do", THROUGH_DOOR[callers], _through_session, 20_000),
        ):
            each = total // callers
            timing = best(lambda f=function, c=callers, e=each: uvloop.run(f(c, e)))  # type: ignore[misc]  # early binding
            done = each * callers
            rate = done / timing.wall
            results.append(
                Result(
                    f"{what}, {callers} waiting",
                    rate,
                    cpu_us=timing.cpu / done * 1e6,
                    aim=f"{aim:,}/s" if callers == 256 else "",
                    reached=rate >= aim if callers == 256 else None,
                    limit=bare,
                    of=f"bare insert, {callers} a commit,",
                )
            )
    return results


def replay(entries: int = 1_000_000) -> list[Result]:
    """Fold and verify a log with this number of entries, read from its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.db"
        uvloop.run(_fill(path, entries))
        return uvloop.run(_replay(path, entries))


async def _fill(path: Path, entries: int) -> None:
    record = SqliteRecord(path)
    people, statements = 10_000, 20
    before: list[ev.Event] = [*[ev.ParticipantJoined(lane="online")] * people, *[ev.StatementSeeded("x")] * statements]
    votes = [ev.VoteCast(people + 1 + s, choice) for s in range(statements) for choice in ("agree", "disagree", "pass")]
    drafts: list[Draft] = []
    for n in range(entries):
        event = before[n] if n < len(before) else votes[(n * 7) % len(votes)]
        drafts.append(draft(event, f"v{n % people}", n, f"{n:012x}"))
        if len(drafts) == 20_000 or n == entries - 1:
            await record.append("s", drafts)
            drafts = []
    await record.close()


def _timed(run: Callable[[], int], entries: int) -> Timing:
    timing = Timing()
    done = run()
    timing.stop()
    if done != entries:
        raise AssertionError(f"{done} of {entries} entries")
    return timing


def _rows(path: Path) -> int:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    return sum(1 for _ in connection.execute("select seq, at, by, body from entries order by log, seq"))


async def _replay(path: Path, entries: int) -> list[Result]:
    record = SqliteRecord(path, read_only=True)
    bare = entries / best(lambda: _timed(lambda: _rows(path), entries)).wall
    before = memory_mb()
    folded = best(lambda: _timed(lambda: fold(record.scan("s")).seq, entries))
    more = f"memory +{memory_mb() - before:.0f} MB, file {path.stat().st_size / 1e6:.0f} MB"
    verified = best(lambda: _timed(lambda: record.verify("s").entries, entries))
    await record.close()
    return [
        Result(
            f"{what} of {entries:,} entries: {timing.wall:.2f} s",
            entries / timing.wall,
            cpu_us=timing.cpu / entries * 1e6,
            aim=f"{aim} s",
            reached=timing.wall <= aim,
            limit=bare,
            of="bare read of the rows",
            more=said,
        )
        for what, timing, aim, said in (("fold", folded, 3, more), ("verify", verified, 4, ""))
    ]

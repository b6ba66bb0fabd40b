"""Ways to damage a record's file, for the tests that must find it."""

import asyncio
import random
import shutil
from pathlib import Path

import apsw

from acquis.record import Draft, RecordBroken, Verdict
from acquis.record.sqlite import SqliteRecord

LOGS = ("a", "b")
GOLDEN = Path(__file__).with_name("golden")
"""Files that earlier versions have written. They never change."""
Rows = list[tuple[object, ...]]


def make(path: Path, entries: int) -> None:
    """A closed record with two logs whose entries have one to four parts; of the third of each log a part is erased."""

    async def whole() -> None:
        record = SqliteRecord(path)
        for log in LOGS:
            await record.append(log, [divided(i, f"{log}{i}") for i in range(entries)])
            await record.erase(log, 3, {"text"})
        await record.close()

    asyncio.run(whole())


def divided(number: int, key: str) -> Draft:
    """An entry with `number` modulo 4 parts besides the first."""
    members = [b'{"event":"Said"', b'"text":"%s"' % key.encode(), b'"lane":"room"', b'"title":"some words"']
    members = members[: 1 + number % 4]
    cuts = tuple(len(b",".join(members[:place])) for place in range(1, len(members)))
    return Draft(b",".join(members) + b"}", f"p{number % 7}", 1_700_000_000_000 + number, key, cuts)


def contents(path: Path) -> dict[str, Rows]:
    """All that the chain covers, as far as it can be read."""
    record = SqliteRecord(path, read_only=True)
    held: dict[str, Rows] = {}
    for log in record.logs():
        entries = record.read(log, -(2**63))
        # What is left of an erased body of format 1 is covered by nothing.
        held[log] = [
            (e.seq, e.at, e.by, None if e.format == 1 and e.lacks else e.body, e.parts, e.link) for e in entries
        ]
    asyncio.run(record.close())
    return held


def check(path: Path, log: str) -> Verdict | None:
    """The verdict on a log; None for a file that says itself that it cannot be opened or read."""
    try:
        record = SqliteRecord(path, read_only=True)
    except RecordBroken:
        return None
    try:
        return record.verify(log)
    except RecordBroken:
        return None
    finally:
        asyncio.run(record.close())


def flip(source: Path, target: Path, chance: random.Random) -> None:
    """A copy with one bit changed."""
    shutil.copy(source, target)
    with target.open("r+b") as file:
        where = chance.randrange(source.stat().st_size)
        file.seek(where)
        old = file.read(1)[0]
        file.seek(where)
        file.write(bytes([old ^ 1 << chance.randrange(8)]))


def change(path: Path, log: str, seq: int, column: str, value: int | str | bytes | None) -> None:
    """Write another value into one column of one row, past the keeper."""
    connection = apsw.Connection(str(path))
    where = "log = (SELECT id FROM logs WHERE name = ?) AND seq = ?"
    connection.execute(f"UPDATE entries SET {column} = ? WHERE {where}", (value, log, seq))
    connection.close()

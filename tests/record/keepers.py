"""The keepers of a record that pass the contract, and what the tests of this folder share."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path

import msgspec

from acquis.record import Draft, Record
from acquis.record.sqlite import SqliteRecord

Keeper = Callable[[Path], Record]

KEEPERS: dict[str, Keeper] = {
    "file": lambda folder: SqliteRecord(folder / "record.db"),
    "memory": lambda _: SqliteRecord(":memory:"),
}


def draft(key: str, by: str = "p1", at: int = 1_700_000_000_000, text: str | None = None) -> Draft:
    """An entry of two parts, the second with a text: by default the key."""
    start, said = b'{"event":"Said"', msgspec.json.encode({"text": key if text is None else text})
    return Draft(body=start + b"," + said[1:], by=by, at=at, key=key, cuts=(len(start),))


def with_record(record: Record, use: Callable[[Record], Coroutine[None, None, None]]) -> None:
    """Run `use` with a record, and close it."""

    async def whole() -> None:
        try:
            await asyncio.wait_for(use(record), 60)
        finally:
            await record.close()

    asyncio.run(whole())

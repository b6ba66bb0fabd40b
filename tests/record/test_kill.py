"""kill -9 under load: nothing answered is lost or kept twice, and what nobody heard of lands once when retried."""

import asyncio
import itertools
import random
import sys
from pathlib import Path

import msgspec
import pytest
from tests.effort import times

from acquis.record import Entry
from acquis.record.sqlite import SqliteRecord

from .kill import Harness, Send, Wish

SERVER = Path(__file__).with_name("kill_server.py")


def _harness(folder: Path, seed: int, opened: list[asyncio.StreamWriter]) -> Harness:
    socket = folder / "socket"

    async def connect() -> Send:
        reader, writer = await asyncio.open_unix_connection(str(socket))
        opened.append(writer)

        async def send(log: str, by: str, key: str, body: str) -> int:
            writer.write(msgspec.json.encode({"log": log, "by": by, "key": key, "body": body}) + b"\n")
            line = await reader.readline()
            if not line.endswith(b"\n"):
                raise EOFError
            seq: int = msgspec.json.decode(line)["seq"]
            return seq

        return send

    command = [sys.executable, str(SERVER), str(folder / "record.db"), str(socket)]
    return Harness(command, connect, clients=16, chance=random.Random(seed))


async def _kept(folder: Path) -> dict[Wish, Entry]:
    """All entries, after checking that numbers have no hole, the chain holds and no wish was kept twice."""
    record = SqliteRecord(folder / "record.db", read_only=True)
    kept: dict[Wish, Entry] = {}
    for log in record.logs():
        entries = list(record.read(log))
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        verdict = record.verify(log)
        assert (verdict.ok, verdict.entries) == (True, len(entries))
        for entry in entries:
            wish = Wish(log, entry.by, entry.key, entry.body.decode())
            assert wish not in kept, "kept twice"
            kept[wish] = entry
    await record.close()
    return kept


def _require_answered(harness: Harness, kept: dict[Wish, Entry]) -> None:
    for wish, seq in harness.ledger.answered.items():
        assert kept[wish].seq == seq, "an answered entry is lost"


async def _rounds(folder: Path, rounds: int, until_unheard: bool = False) -> int:
    """Gives how many entries were kept whose askers never heard so; `until_unheard` goes on until there is one."""
    opened: list[asyncio.StreamWriter] = []
    harness = _harness(folder, rounds, opened)

    async def unheard() -> int:
        kept = await _kept(folder)
        return sum(wish in kept for wish in harness.ledger.unknown)

    for number in itertools.count():
        if number >= rounds and (number >= 10 * rounds or not until_unheard or await unheard()):
            break
        await harness.round()
        if number % 10 == 0:  # what is lost or doubled stays so: looking now and then is enough
            _require_answered(harness, await _kept(folder))
    before = await _kept(folder)
    _require_answered(harness, before)
    missed = await unheard()
    await harness.drain()
    for writer in opened:
        writer.close()
    await asyncio.sleep(0)  # lets the sockets go
    after = await _kept(folder)
    assert set(after) == set(harness.ledger.answered)
    _require_answered(harness, after)
    assert all(after[wish] == entry for wish, entry in before.items())
    return missed


@pytest.mark.slow
def test_many_kills(tmp_path: Path) -> None:
    unheard = asyncio.run(_rounds(tmp_path, times(100), until_unheard=True))
    assert unheard > 0, "no kill hit the moment between keeping and answering: the test proves nothing"

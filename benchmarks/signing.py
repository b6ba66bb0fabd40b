"""The Merkle tree of a million entries, what a receipt needs of it, and votes while checkpoints are signed.

Compared, in the same run, with the bare SHA-256 of as many nodes, and with the same votes without signing.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import uvloop

from acquis.board import Board
from acquis.board.checkpoints import Checkpoints
from acquis.board.trees import LogTree
from acquis.record import Draft
from acquis.record.keys import open_keys
from acquis.record.receipts import Receipt, decode, encode, receipt_for
from acquis.record.sqlite import SqliteRecord
from acquis.roster import Roster, SessionRow
from benchmarks.measure import Result, Timing, memory_mb
from benchmarks.sessions import BODY, VOTES, begin, voter

ENTRIES = 1_000_000
PROOFS, FINDS = 2_000, 200
VOTERS, SECONDS, PERIOD_S = 64, 6.0, 0.5


def results() -> list[Result]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        return uvloop.run(_results(Path(folder)))


async def _results(folder: Path) -> list[Result]:
    record = SqliteRecord(folder / "record.db")
    await begin(record, "s", VOTERS)
    for start in range(0, ENTRIES, 20_000):
        await record.append("s", [Draft(BODY, f"v{n % VOTERS}", 1, f"{n:012x}") for n in range(start, start + 20_000)])
    rows = [*_tree(record), *await _votes(record, folder)]
    await record.close()
    return rows


def _bare(nodes: int) -> float:
    """Nodes per second that SHA-256 alone makes."""
    node = bytes(65)
    timing = Timing()
    for _ in range(nodes):
        sha256(node).digest()
    return nodes / timing.stop().wall


def _tree(record: SqliteRecord) -> list[Result]:
    chance, bare, before = random.Random(1), _bare(400_000), memory_mb()
    tree = LogTree(record, "s")
    timing = Timing()
    entries = tree.grow()
    timing.stop()
    grown = f"memory +{memory_mb() - before:.0f} MB, with the reading of the links"
    rows = [
        Result(
            f"tree of {entries:,} entries: {timing.wall:.2f} s", entries / timing.wall, timing.cpu / entries * 1e6,
            limit=bare / 2, of="SHA-256 of two nodes", more=grown,
        )
    ]  # fmt: skip
    timing = Timing()
    for _ in range(PROOFS):
        tree.tree.inclusion(chance.randint(1, entries), entries)
    timing.stop()
    rows.append(_each("proof that an entry is in it", PROOFS, timing, 1.0))
    timing = Timing()
    for _ in range(PROOFS):
        tree.tree.consistency(chance.randint(1, entries), entries)
    timing.stop()
    rows.append(_each("proof that it only grew", PROOFS, timing, 1.0))
    timing = Timing()
    for _ in range(PROOFS):
        decode(encode(_receipt(record, tree, chance.randint(2, entries))))
    timing.stop()
    rows.append(_each("receipt made and checked against itself", PROOFS, timing, 1.0))
    timing = Timing()
    for _ in range(FINDS):
        tree.with_leaf(chance.getrandbits(44), 44)
    timing.stop()
    rows.append(_each("entry of four words", FINDS, timing, 20.0))
    return rows


def _receipt(record: SqliteRecord, tree: LogTree, seq: int) -> Receipt:
    before, entry = record.read("s", seq - 2, seq)
    return receipt_for(entry, before.link, tree.tree, "bench/s/s")


def _each(what: str, times: int, timing: Timing, aim_ms: float) -> Result:
    each = timing.wall / times * 1000
    return Result(
        f"{what}: {each:.2f} ms", times / timing.wall, timing.cpu / times * 1e6, f"{aim_ms:g} ms", each <= aim_ms
    )


async def _votes(record: SqliteRecord, folder: Path) -> list[Result]:
    board = Board(record, Roster(":memory:"))
    board.roster.add_session(SessionRow("s", "BENCH000", 0, ""))
    session = await board.session("s")
    assert session is not None
    checkpoints = Checkpoints(board, open_keys(folder / "keys", folder / "data"), lambda log: f"bench/s/{log}", print)
    await checkpoints.sign(session)
    latencies: list[float] = []

    async def vote(number: int, until: float, round_: int) -> None:
        actor, turn = voter(number), 0
        while time.perf_counter() < until:
            began = time.perf_counter()
            await session.do(VOTES[turn % 2], actor, 5, f"{round_}{turn:08x}-{number}")
            latencies.append(time.perf_counter() - began)
            turn += 1

    async def signer(until: float) -> None:
        while time.perf_counter() < until:
            await asyncio.sleep(PERIOD_S)
            await checkpoints.sign(session)

    rows, rates = [], []
    for round_, signs in enumerate((False, True)):
        latencies.clear()
        until = time.perf_counter() + SECONDS
        timing = Timing()
        await asyncio.gather(*(vote(n, until, round_) for n in range(VOTERS)), *([signer(until)] if signs else []))
        timing.stop()
        kept = sorted(latencies)
        rates.append(len(kept) / timing.wall)
        more = f"p50 {kept[len(kept) // 2] * 1000:.1f} ms, p99 {kept[len(kept) * 99 // 100] * 1000:.1f} ms, "
        rows.append(
            Result(
                f"votes of {VOTERS} people, {'signed every half second' if signs else 'not signed'}",
                rates[-1], timing.cpu / len(kept) * 1e6, limit=rates[0] if signs else None, of="the same, not signed,",
                more=f"{more}longest {kept[-1] * 1000:.0f} ms",
            )
        )  # fmt: skip
    return rows

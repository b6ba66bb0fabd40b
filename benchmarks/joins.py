"""Joining: 2,000 people join within five seconds, each with a name, and open the session, while others vote. Each sync
of the disk takes 5 ms longer than it does."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import uvloop

from acquis.web.http.ids import new_secret
from benchmarks.measure import Result
from benchmarks.phones import Voter, quantile
from benchmarks.voters import SESSION, Votes
from benchmarks.web import Server, connect, prepare, server

PEOPLE, SECONDS, SYNC_MS = 2_000, 5.0, 5
VOTES_S = 20
"""Votes in a second, one after the other."""


def _form(host: str, number: int, secret: str) -> bytes:
    body = urlencode({"lane": "online", "name": f"Person {number}", "code": "BENCH000"})
    return (
        f"POST /s/{SESSION}/join HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Cookie: joining_{SESSION}={secret}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def _page(host: str, secret: str) -> bytes:
    return f"GET /s/{SESSION} HTTP/1.1\r\nHost: {host}\r\nCookie: pass_{SESSION}={secret}\r\n\r\n".encode()


class Crowd:
    """The people who join, and the seconds that each answer took; `opens`: whether each opens the session then."""

    def __init__(self, at: Server, opens: bool) -> None:
        self.at, self.opens = at, opens
        self.taken: list[float] = []
        self.failed = 0

    async def join(self, number: int) -> None:
        await asyncio.sleep(SECONDS * number / PEOPLE)
        secret = new_secret()
        phone = (await connect(1, Voter, self.at.port))[0]
        began = time.perf_counter()
        status, _ = await phone.post(_form(self.at.host, number, secret))
        self.taken.append(time.perf_counter() - began)
        self.failed += status != 303
        if self.opens:
            await phone.post(_page(self.at.host, secret))
        phone.transport.close()


async def _vote(votes: Votes, at: Server, until: asyncio.Event) -> None:
    phone = (await connect(1, Voter, at.port))[0]
    while not until.is_set():
        await votes.post(phone)
        await asyncio.sleep(1 / VOTES_S)


async def _joining(at: Server, secrets: list[str], opens: bool) -> Result:
    crowd, votes, over = Crowd(at, opens), Votes(at.host, secrets), asyncio.Event()
    voting = [asyncio.create_task(_vote(votes, at, over)) for _ in range(4)]
    cpu, queued, began = at.cpu_s(), at.loop_s()[1], time.perf_counter()
    await asyncio.gather(*(crowd.join(number) for number in range(PEOPLE)))
    wall, cpu, queued = time.perf_counter() - began, at.cpu_s() - cpu, at.loop_s()[1] - queued
    over.set()
    await asyncio.gather(*voting)
    p50, p99, worst = (1000 * quantile(votes.taken, share) for share in (0.5, 0.99, 1.0))
    own = 1000 * quantile(crowd.taken, 0.99)
    return Result(
        f"{PEOPLE:,} people join in {SECONDS:.0f} s{' and open the session' if opens else ''}",
        PEOPLE / wall,
        cpu / PEOPLE * 1e6,
        "voter p99 200 ms",
        p99 <= 200 and not crowd.failed,
        more=f"voters p50 {p50:.0f}, p99 {p99:.0f}, at worst {worst:.0f} ms; who joins p99 {own:.0f} ms; "
        f"took {wall:.1f} s, of which the server had no processor for {queued:.1f} s, "
        f"failed {crowd.failed}, {SYNC_MS} ms a sync",
    )


def results() -> list[Result]:
    """One result without and one with the page that each opens afterwards."""
    rows = []
    for opens in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            secrets = prepare(Path(folder))
            with server(Path(folder), sync_ms=SYNC_MS) as at:
                rows.append(uvloop.run(_joining(at, secrets, opens)))
    return rows

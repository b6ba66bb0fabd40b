"""Time to open the pages of a gathering of two hundred sessions, compared with sending the same bytes unchanged."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path

import httpx2
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from acquis.demo.gathering import gather
from acquis.web.app import create_app
from acquis.web.http.application import Application, open_application
from acquis.web.http.ids import new_code
from benchmarks.measure import Result, Timing, best

SESSIONS, ROUNDS = 200, 20
AIM_MS = 200
PAGES = {
    "the page of the gathering": "/gatherings/example-forum-2026-invented",
    "a search in it": "/gatherings/example-forum-2026-invented?q=hospital",
    "the first page of the house": "/",
    "the board of commitments": "/followup",
}


def results() -> list[Result]:
    """A result for each page with warm caches, and for the first page after a start with and without the index."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(_fill(folder))
        rows = [_start(folder, "the first opening after a start")]
        house = open_application(folder)
        rows += [_page(house, what, address) for what, address in PAGES.items()]
        asyncio.run(_close(house))
        for path in folder.glob("index.db*"):
            path.unlink()
        rows.append(_start(folder, "the same without an index (every log is folded)"))
    return rows


async def _fill(folder: Path) -> None:
    house = open_application(folder)
    await gather(house, new_code, 7, int(time.time() * 1000), SESSIONS)
    await house.board.listing(house.clock.now())
    await _close(house)


async def _close(house: Application) -> None:
    await house.board.record.close()
    house.board.index.close()
    house.roster.close()


async def _get(app: Starlette, address: str, times: int) -> tuple[Timing, bytes]:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://testserver") as client:
        answer = await client.get(address)
        assert answer.status_code == 200
        timing = Timing()
        for _ in range(times):
            await client.get(address)
        return timing.stop(), answer.content


def _page(house: Application, what: str, address: str) -> Result:
    app = create_app(house)
    timing, content = asyncio.run(_get(app, address, ROUNDS))
    plain = Starlette(routes=[Route("/", lambda request: Response(content, media_type="text/html"))])
    limit = best(lambda: asyncio.run(_get(plain, "/", ROUNDS))[0])
    took = timing.wall / ROUNDS
    return Result(
        f"{what} ({SESSIONS} sessions)",
        1 / took,
        cpu_us=timing.cpu / ROUNDS * 1e6,
        aim=f"{AIM_MS} ms",
        reached=took * 1000 < AIM_MS,
        limit=ROUNDS / limit.wall,
        of="the same bytes, ready made",
        more=f"{took * 1000:.0f} ms, {len(content) / 1000:.0f} kB",
    )


def _start(folder: Path, what: str) -> Result:
    house = open_application(folder)
    timing = Timing()
    asyncio.run(_first(house))
    timing.stop()
    asyncio.run(_close(house))
    return Result(
        f"{what} ({SESSIONS} sessions)", 1 / timing.wall, timing.cpu * 1e6, more=f"{timing.wall * 1000:.0f} ms"
    )


async def _first(house: Application) -> None:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=create_app(house)), base_url="http://t") as client:
        assert (await client.get(next(iter(PAGES.values())))).status_code == 200

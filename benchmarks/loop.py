"""The longest time for which each page and each document holds the event loop, in a large and in a huge session, and
the memory of the process. In the process of the server itself, with a client beside it."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tests.web.client import BOSS, AppClient, app_client
from tests.web.large_session import Request, Size, Steps, fill, happened, requests

from acquis.board.folder import RECORD
from acquis.command import PARTICIPANT, Actor
from acquis.floor.questions import AskQuestion
from acquis.floor.segments import CloseSession
from acquis.web.http.documents import LONGEST_WAIT_S, PATIENCE_S, DocumentMaker, DocumentProcess
from acquis.web.http.loop import spare_collector
from acquis.web.http.preparing import prepare_pages
from benchmarks.measure import memory_mb

ASKER = Actor("p-new", "v-new", roles=frozenset({PARTICIPANT}))
AIM_MS, TOLD_MS = 50, 15
"""The aim, and what is worth a line of the table."""
BEING_MADE, TRIES = 503, 1 + LONGEST_WAIT_S // PATIENCE_S
"""The status of the answer while a document is being made, and how often it is asked for."""
RULED = ", under the Chatham House Rule"
_LARGE = Size()
_HUGE = Size(questions=50_000, statements=200, votes=1_000_000, people=10_000, turns=1_000)
SIZES = {
    f"{name}{rule}": replace(size, ruled=bool(rule))
    for name, size in {
        "500 questions, 200 statements, 100,000 votes": _LARGE,
        "50,000 questions, 200 statements, 1,000,000 votes": _HUGE,
    }.items()
    for rule in ("", RULED)
}


def report(wanted: str = "") -> Iterator[str]:
    """The lines of a table for each size whose name begins with `wanted`, as they are measured: a run takes long."""
    for name, size in SIZES.items():
        if name.startswith(wanted):
            yield from _of(name, size)


def _of(name: str, size: Size) -> Iterator[str]:
    yield from (f"## {name}", "")
    yield "| page, by whom | the first time, CPU ms | again, CPU ms | as long on the clock, ms | bytes |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    with tempfile.TemporaryDirectory() as folder, app_client(Path(folder)) as app:
        process = DocumentProcess(Path(folder) / RECORD)
        app.house.documents = DocumentMaker(process, process.end)
        asyncio.run(prepare_pages())
        spare_collector()
        fill(app, "big", happened(size), app.house.clock.now() - 3_600_000)
        app.state("big")
        steps, before, quiet = Steps(app), memory_mb(), 0
        for over in (False, True):
            for what, do in _acts(app, steps, over):
                yield f"| {what} | {1000 * steps.during(do):.0f} | | | |"
            for request in requests("big", size.people + 5, over):
                row = _row(steps, request, over)
                quiet += row == ""
                if row:
                    yield row
        process.end()
        yield ""
        yield f"{quiet} others: under {TOLD_MS} ms. Memory {before:.0f} MB before, {memory_mb():.0f} MB after all."
        yield ""


def _acts(app: AppClient, steps: Steps, over: bool) -> Iterator[tuple[str, Callable[[], object]]]:
    """What happens before pages are read: an entry and whoever reads the record next, or the end of the session."""

    async def publish_masks() -> None:
        await app.house.board.publish_masks(app.house.clock.now() + 20_000)

    portal = app.client.portal
    assert portal is not None
    if over:
        yield "the close", lambda: app.do("big", CloseSession(), BOSS)
        yield "the publication of the votes", app.publish_votes
        yield "the publication of the masked forms", lambda: portal.call(publish_masks)
        return
    steps.sit(PARTICIPANT, "big")
    for n in (1, 2):
        yield f"question {n}", lambda n=n: app.do("big", AskQuestion(f"Who pays, {n}?", 0), ASKER)  # type: ignore[misc]  # its own n
        yield f"the page of inputs after question {n}, participant", lambda: app.client.get("/s/big/inputs")


def _row(steps: Steps, request: Request, over: bool) -> str | None:
    """The row of a page that is read twice; empty if no step takes long, None if the page was not given."""
    first, status, length = steps.of(request, "big")
    for _ in range(TRIES if status == BEING_MADE else 0):  # a document, in its process
        later, status, length = steps.of(request, "big")
        first = max(first, later)
        if status != BEING_MADE:
            break
    began = time.perf_counter()
    second, _, _ = steps.of(request, "big")
    wall = time.perf_counter() - began
    if status != 200:
        return None
    if 1000 * max(first, second) < TOLD_MS:
        return ""
    who = f"{request.name}, {request.role or 'anybody'}{', afterwards' if over else ''}"
    times = " | ".join(f"{1000 * seconds:.0f}" for seconds in (first, second, wall))
    return f"| {who} | {times} | {length:,} |"

"""CPU time of the desk at the close of the largest session: the initial proposals of a report, and the pages."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.report.sessions import largest
from tests.web.client import AppClient, app_client

from acquis.command import RAPPORTEUR
from acquis.report.offers import proposals
from acquis.state import State

AIM_S = 10.0


def report() -> str:
    """A table with CPU seconds of the proposals, of the whole desk, and of the draft alone, which is rendered again
    when another person changes it."""
    state = largest(people=1000).state
    state.reports.clear()
    state.draft.clear()
    with tempfile.TemporaryDirectory() as folder, app_client(Path(folder)) as app:
        _seat(app, state)
        rows = [
            ("proposals, each with its reason", *_timed(lambda: str(proposals(state, "en")))),
            ("the whole desk, first time", *_timed(lambda: app.client.get("/s/grid/desk").text)),
            ("the whole desk, again", *_timed(lambda: app.client.get("/s/grid/desk").text)),
            ("the draft alone", *_timed(lambda: app.client.get("/s/grid/desk?only=draft").text)),
        ]
    votes = sum(1 for cast in state.votes.values() for vote in cast if vote)
    spent = rows[0][1]
    head = f"{len(state.questions)} questions, {len(state.statements)} statements, {votes:,} votes: proposals in "
    verdict = f"{spent:.2f} s of CPU, aim {AIM_S:.0f} s: {'yes' if spent < AIM_S else 'NO'}"
    lines = [f"| {what} | {cpu:.2f} | {size:,} |" for what, cpu, size in rows]
    return "\n".join(
        ["## The desk", "", head + verdict, "", "| what | CPU s | bytes |", "| --- | ---: | ---: |", *lines, ""]
    )


def _seat(app: AppClient, state: State) -> None:
    """Give the client the pass of a rapporteur in a session with this state."""
    app.hold("grid")
    app.be(RAPPORTEUR, "grid")

    async def put() -> None:
        session = await app.house.board.session("grid")
        assert session is not None
        session._state = state

    assert app.client.portal is not None
    app.client.portal.call(put)


def _timed(work: Callable[[], str]) -> tuple[float, int]:
    began = time.process_time()
    made = work()
    return time.process_time() - began, len(made.encode())

"""What runs in a thread has a snapshot, and nothing that the event loop changes meanwhile: otherwise what it makes is
of no moment that there was, or it fails now and then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from tests.web.client import BOSS, HOST, AppClient, app_client
from tests.web.large_session import Size, Steps, fill, happened, requests
from tests.web.thread_guard import guarded

from acquis.board import Board
from acquis.command import ONSITE, RAPPORTEUR
from acquis.documents.formats import BY_NAME
from acquis.floor.messages import ChooseProcedure, OpenMessageVote, ProposeMessage
from acquis.floor.questions import ApproveQuestion
from acquis.floor.segments import CloseSession
from acquis.state.snapshots import snapshot

SMALL = Size(questions=12, statements=6, votes=60, people=12, turns=4)


@pytest.fixture(params=[False, True], ids=["open", "ruled"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        size = replace(SMALL, ruled=request.param)
        fill(app, "small", happened(size), app.house.clock.now() - 3_600_000)
        app.state("small")
        yield app


def read_all(app: AppClient, steps: Steps, over: bool) -> None:
    """Everything that can be read is; documents are made in another process."""
    for request in requests("small", SMALL.people + 5, over):
        if request.name not in BY_NAME and "/s/small/" in request.path:
            _, status, _ = steps.of(request, "small")
            assert status < 500, request
    for role, path in ((ONSITE, "questions/all?q=norm"), ("", "questions/all?q=norm"), (ONSITE, "people?q=p1")):
        steps.sit(role, "small")
        assert app.client.get(f"/s/small/{path}").status_code < 500
    assert app.client.get("/said?q=norms").status_code == 200


def write(app: AppClient) -> None:
    """A transcript is looked at, and a draft from elsewhere; what is asked for with a file or a form."""
    app.be(ONSITE, "small")
    file = {"file": ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Somebody>Norms bind.\n")}
    assert app.client.post("/s/small/captions/transcript", data={"step": "preview"}, files=file).status_code == 200
    app.be(RAPPORTEUR, "small")
    draft = {"text": "Most voters agreed: norms bind.", "origin": "person"}
    assert app.client.post("/s/small/desk/elsewhere/preview", data=draft).status_code == 200
    assert app.client.post("/s/small/desk/publish", data={"act": "publish"}).status_code < 500


def close(app: AppClient) -> None:
    """The session is closed, and what the server publishes then is."""
    app.do("small", CloseSession(), BOSS)
    app.publish_votes()

    async def publish() -> None:
        await app.house.board.publish_masks(app.house.clock.now() + 20_000)

    assert app.client.portal is not None
    app.client.portal.call(publish)


@pytest.mark.slow
def test_no_thread_touches_what_the_loop_changes(app: AppClient) -> None:
    steps = Steps(app)
    app.do("small", ChooseProcedure("eurodig"), HOST)
    app.do("small", OpenMessageVote(app.do("small", ProposeMessage("takeaways", "Norms bind."), HOST)), HOST)
    with guarded(app.house.board) as guard:
        read_all(app, steps, over=False)
        app.do("small", ApproveQuestion(next(iter(app.state("small").questions))), HOST)
        write(app)
        close(app)
        read_all(app, steps, over=True)
    assert guard.touched == []
    assert guard.given > 20


async def misused(board: Board, how: str) -> None:
    session = await board.session("small")
    assert session is not None
    state = session.state
    given: dict[str, Callable[[], Callable[[], object]]] = {
        "reads a state": lambda: lambda: session.state.seq,
        "has a row": lambda: partial(repr, state.questions.edit(next(iter(state.questions)))),
        "has a table": lambda: partial(len, state.voices),
        "has votes": lambda: partial(len, {**state.votes}),
        "has a snapshot": lambda: partial(getattr, snapshot(state), "questions"),
    }
    await asyncio.to_thread(given[how]())


@pytest.mark.parametrize("how", ["reads a state", "has a row", "has a table", "has votes", "has a snapshot"])
def test_it_would_be_noticed(tmp_path: Path, how: str) -> None:
    with app_client(tmp_path) as app:
        fill(app, "small", happened(SMALL), app.house.clock.now() - 3_600_000)
        app.state("small")
        assert app.client.portal is not None
        with guarded(app.house.board) as guard:
            app.client.portal.call(misused, app.house.board, how)
    assert bool(guard.touched) == (how != "has a snapshot"), guard.touched

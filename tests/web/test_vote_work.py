"""What a vote and a page cost the server, in calls of functions: a time depends on the machine."""

from __future__ import annotations

import asyncio
import cProfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from starlette.types import Message, Scope
from tests.work import uncollected

from acquis.board.checkpoints import Checkpoints
from acquis.command import PARTICIPANT, Actor
from acquis.floor.people import Join
from acquis.floor.segments import OpenSession, StartSegment
from acquis.floor.statements import SeedStatement
from acquis.record.keys import open_keys
from acquis.web.http import passes
from acquis.web.http.notices import warn

from .client import BOSS, AppClient, app_client

VOTERS, VOTES = 20, 10
MOST_CALLS = 430
"""In November 2026 it took 397; 497 before what was done twice, or for each request anew, was cut."""

MOST_OF_A_PAGE = 10_000
"""9,150; 12,060 before the messages in templates were found at once."""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    """A session that is open, with a server that has a key and is known by a host."""
    with app_client(tmp_path) as app:
        keys = open_keys(tmp_path / "keys", tmp_path)
        app.house.checkpoints = Checkpoints(app.house.board, keys, app.house.origin, warn)
        app.house.base_url = "http://testserver"
        app.add("ws")
        app.do("ws", OpenSession(), BOSS)
        app.do("ws", StartSegment(1))
        yield app


def voters(app: AppClient) -> list[str]:
    """The secrets of people who have joined."""
    given = [passes.issue(app.house, "ws", PARTICIPANT) for _ in range(VOTERS)]
    joining = Join(lane="online")
    app.all("ws", [(joining, Actor(holder.person, holder.voice, holder.roles)) for _, holder in given])
    return [secret for secret, _ in given]


async def answer(app: AppClient, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> int:
    """The status of the answer to a request, without the work of a client that sends it."""
    named = {"host": "testserver", **headers}
    scope: Scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "root_path": "",
        "query_string": b"", "scheme": "http", "http_version": "1.1", "client": ("127.0.0.1", 1),
        "server": ("testserver", 80), "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }  # fmt: skip
    statuses = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        statuses.append(message.get("status"))

    await app.client.app(scope, receive, send)
    return int(statuses[0] or 0)


async def vote(app: AppClient, secret: str, statement: int, key: str) -> int:
    """Posts a vote as the script of the page does. Returns the status."""
    body = msgspec.json.encode({"do": "cast_vote", "statement": statement, "choice": "agree"})
    headers = {
        "origin": "http://testserver", "cookie": f"pass_ws={secret}", "idempotency-key": key,
        "content-type": "application/json", "content-length": str(len(body)),
    }  # fmt: skip
    return await answer(app, "POST", "/s/ws/do", headers, body)


def test_a_vote_takes_a_bounded_number_of_calls(app: AppClient) -> None:
    secrets = voters(app)
    first, *statements = [app.do("ws", SeedStatement(f"Claim {number}.")) for number in range(VOTES + 1)]
    profile, portal = cProfile.Profile(), app.client.portal
    assert portal is not None

    async def all_vote(statement: int) -> None:
        asked = (vote(app, secret, statement, f"vote-{statement}-{n}") for n, secret in enumerate(secrets))
        assert await asyncio.gather(*asked) == [201] * VOTERS

    async def counted() -> None:
        await all_vote(first)  # signs the log and reads the passes
        await asyncio.sleep(0.1)
        with uncollected():
            profile.enable()
            for statement in statements:
                await all_vote(statement)
            profile.disable()

    portal.call(counted)
    calls = sum(entry.callcount for entry in profile.getstats()) / (VOTERS * VOTES)
    assert 100 < calls < MOST_CALLS


def test_the_page_that_a_newcomer_opens_takes_a_bounded_number_of_calls(app: AppClient) -> None:
    secrets = voters(app)
    profile, portal = cProfile.Profile(), app.client.portal
    assert portal is not None

    async def counted() -> None:
        assert await answer(app, "GET", "/s/ws", {"cookie": f"pass_ws={secrets[0]}"}) == 200
        with uncollected():
            profile.enable()
            for secret in secrets:
                assert await answer(app, "GET", "/s/ws", {"cookie": f"pass_ws={secret}"}) == 200
            profile.disable()

    portal.call(counted)
    calls = sum(entry.callcount for entry in profile.getstats()) / VOTERS
    assert 1000 < calls < MOST_OF_A_PAGE, calls


@pytest.mark.parametrize("announced", [False, True])
def test_many_votes_at_once_ask_for_one_checkpoint(
    app: AppClient, monkeypatch: pytest.MonkeyPatch, announced: bool
) -> None:
    """Each act once began a signing of its own, in two threads, until the key was announced."""
    signed: list[str] = []
    sign, checkpoints = Checkpoints.sign, app.house.checkpoints
    assert checkpoints is not None
    assert app.client.portal is not None

    async def noted(self: Checkpoints, session: object) -> object:
        signed.append("")
        return await sign(self, session)  # type: ignore[arg-type]  # a session

    secrets, statement = voters(app), app.do("ws", SeedStatement("A claim."))
    session = app.client.portal.call(app.house.board.session, "ws")
    assert session is not None
    if announced:
        app.client.portal.call(checkpoints.sign, session)
    monkeypatch.setattr(Checkpoints, "sign", noted)

    async def votes() -> None:
        await asyncio.gather(*(vote(app, secret, statement, f"vote-{n:08d}") for n, secret in enumerate(secrets)))
        await asyncio.sleep(0.1)

    app.client.portal.call(votes)
    assert len(signed) == (0 if announced else 1)
    app.client.portal.call(checkpoints.sign, session)
    assert app.state("ws").keys

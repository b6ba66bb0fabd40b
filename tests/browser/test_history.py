"""A phone keeps the newest signed checkpoint that it saw, and tells if the server later shows another history."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.live_server import LiveServer, served, workshop

from acquis.board.checkpoints import Checkpoints
from acquis.floor.speech import CaptionSpeech
from acquis.record.keys import open_keys

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


@pytest.fixture
def signing(tmp_path: Path) -> Iterator[tuple[LiveServer, Checkpoints, list[str]]]:
    """A server that signs the session `history`, and what it told the operator."""
    told: list[str] = []
    with served(tmp_path / "data") as live:
        keys = open_keys(tmp_path / "keys", tmp_path / "data")
        checkpoints = Checkpoints(live.house.board, keys, live.house.origin, told.append)
        live.house.checkpoints = checkpoints
        workshop(live, "history", "HSTR0001")
        sign(live, checkpoints)
        yield live, checkpoints, told


def sign(live: LiveServer, checkpoints: Checkpoints) -> None:
    async def work() -> None:
        await checkpoints.sign(await live.session("history"))

    live.wait(work)


def kept(page: Page) -> dict[str, object] | None:
    value: dict[str, object] | None = page.evaluate("() => JSON.parse(localStorage.getItem('checkpoint /s/history'))")
    return value


def looked(page: Page, size: int) -> None:
    """Wait until the page has kept a checkpoint of this size."""
    page.wait_for_function(
        "size => JSON.parse(localStorage.getItem('checkpoint /s/history') ?? '{}').size === size", arg=size
    )


def test_a_phone_follows_a_log_that_grows(signing: tuple[LiveServer, Checkpoints, list[str]], open_page: Open) -> None:
    live, checkpoints, told = signing
    page = open_page()
    page.goto(f"{live.url}/s/history?watch=1")
    first = checkpoints.signed("history").newest
    assert first is not None
    looked(page, first.size)
    for n in range(70):
        live.do("history", CaptionSpeech(f"Line {n} of many."))
    sign(live, checkpoints)
    page.reload()
    second = checkpoints.signed("history").newest
    assert second is not None
    assert second.size > first.size
    looked(page, second.size)
    expect(page.locator("[data-another-history]")).to_have_count(0)
    assert told == []


@pytest.mark.parametrize("change", ["root", "size"])
def test_a_phone_tells_of_another_history(
    signing: tuple[LiveServer, Checkpoints, list[str]], open_page: Open, change: str
) -> None:
    live, checkpoints, told = signing
    page = open_page()
    page.goto(f"{live.url}/s/history?watch=1")
    newest = checkpoints.signed("history").newest
    assert newest is not None
    looked(page, newest.size)
    seen = kept(page)
    assert seen is not None
    assert seen["root"] == newest.root.hex()
    other = {**seen, "root": "00" * 32} if change == "root" else {**seen, "size": newest.size + 5}
    page.evaluate("value => localStorage.setItem('checkpoint /s/history', value)", json.dumps(other))
    page.reload()
    expect(page.locator("[data-another-history]")).to_be_visible()
    assert told == [], "a checkpoint that the server did not sign proves nothing"
    assert kept(page) == other

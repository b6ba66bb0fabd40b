"""What the browser tests of the live pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.kept import Kept
from tests.browser.live_server import LiveServer, served, workshop

from acquis.web.live import frames

PATIENCE_MS = 60_000
"""How long a page may take on a machine that does other things too: only a test that fails waits this long."""

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module", autouse=True)
def _soon() -> Iterator[None]:
    """What open pages are told in intervals, so that many people do not ask at the same time, is told at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "LATER_MS", dict.fromkeys(frames.LATER_MS, 200))
        yield


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A served house; each test takes a session of its own."""
    folder: Path = tmp_path_factory.mktemp("house")
    with served(folder) as house:
        yield house


@pytest.fixture
def ws(live: LiveServer, request: pytest.FixtureRequest) -> str:
    """A workshop in the middle of its questions, played for this test."""
    number = len(live.sessions)
    name = f"ws{number}"
    workshop(live, name, f"CDEF{number:04d}")
    return name


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a browser of one's own; pages that break the content policy or throw fail the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(width: int = 320, height: int = 640, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if "Content Security" in line.text else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def kept(open_page: Callable[..., Page]) -> Iterator[Kept]:
    """Pages that are opened early and never loaded again."""
    kept = Kept()
    yield kept
    kept.leave_all()

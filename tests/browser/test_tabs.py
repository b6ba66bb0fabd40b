"""Many pages of a session in one browser, which opens six connections to a server over HTTP/1.1: a page that nobody
sees holds none, and is right again as soon as somebody sees it.

The browser of the tests takes every page for visible. Here the test says which one is seen, and the page is told as
a browser tells it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.live_server import HOST, LiveServer
from tests.browser.test_current import until_current

from acquis.floor.queue import EndTurn
from acquis.floor.speech import CaptionSpeech
from acquis.floor.statements import SeedStatement

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

SEEN = """
let seen = !location.hash.includes("behind");
Object.defineProperty(Document.prototype, "hidden", { get: () => !seen });
Object.defineProperty(Document.prototype, "visibilityState", { get: () => (seen ? "visible" : "hidden") });
window.see = (yes) => {
  if (seen === yes) return;
  seen = yes;
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
};
"""
PATHS = ("/console", "/stage", "/desk", "/people", "/record", "/followup", "", "/questions", "/captions")


class Tabs:
    """The pages of a session in one window of a browser: one is seen."""

    def __init__(self, live: LiveServer, context: BrowserContext, session: str) -> None:
        self._session = f"{live.url}/s/{session}"
        self._context = context
        self.pages: dict[str, Page] = {}
        context.add_init_script(SEEN)

    def open(self, path: str) -> Page:
        """A page in a new tab, which is seen from now on."""
        self._hide()
        return self._opened(path)

    def open_behind(self, path: str) -> Page:
        """A page in a new tab that nobody has seen yet."""
        return self._opened(path, "#behind")

    def front(self, path: str) -> Page:
        """Brings the tab of a page to the front."""
        self._hide()
        self.pages[path].evaluate("see(true)")
        return self.pages[path]

    def _hide(self) -> None:
        for page in self.pages.values():
            page.evaluate("see(false)")

    def _opened(self, path: str, fragment: str = "") -> Page:
        page = self.pages[path] = self._context.new_page()
        page.goto(f"{self._session}{path}{fragment}")
        return page


@pytest.fixture
def tabs(live: LiveServer, ws: str, open_page: Open) -> Tabs:
    """The browser of a moderator who has nothing open yet."""
    page = open_page(1280, 800)
    live.sign_in(page, ws, "onsite_moderator")
    return Tabs(live, page.context, ws)


def test_each_of_nine_pages_is_right_when_it_is_seen(live: LiveServer, ws: str, tabs: Tabs) -> None:
    live.do(ws, EndTurn(live.state(ws).turn))  # its time would change pages without an entry
    for path in PATHS[:4]:
        tabs.open(path)
    for path in PATHS[4:]:
        tabs.open_behind(path)
    console = tabs.front("/console")
    expect(console.locator("#link")).to_have_text("Connected")
    console.keyboard.press("t")
    console.get_by_label("A new statement").fill("Norms need a keeper.")
    console.get_by_role("button", name="Open for voting").click()
    expect(console.locator("#statements")).to_contain_text("Norms need a keeper.")
    console.keyboard.press("t")
    half = console.get_by_label("A new statement")
    half.fill("Half a state")
    for path in PATHS[1:]:
        page = tabs.front(path)
        page.wait_for_function("async () => (await fetch(location.href)).ok")  # a connection is free
        until_current(live, {path: page}, f"seen after an act in another tab: {path}")
        if path in ("/stage", "", "/questions"):
            expect(page.locator("#link")).to_have_text("Connected")
    live.do(ws, SeedStatement("Small states need money."))
    tabs.front("/console")
    expect(console.locator("#statements")).to_contain_text("Small states need money.")
    expect(half).to_have_value("Half a state")
    expect(half).to_be_focused()
    console.keyboard.type("ment")
    expect(half).to_have_value("Half a statement")


def test_a_page_that_nobody_sees_gives_its_connection_back(live: LiveServer, ws: str, tabs: Tabs) -> None:
    streams = live.house.streams
    live.until(lambda: streams.open == 0, lambda: "streams of the test before")
    page = tabs.open("/stage")
    live.until(lambda: streams.open == 1, lambda: f"{streams.open} streams are open, and one page is seen")
    tabs.open_behind("/console")
    expect(tabs.pages["/console"].locator("#queue")).to_be_visible()
    assert streams.open == 1
    page.evaluate("see(false)")
    live.until(lambda: streams.open == 0, lambda: f"{streams.open} streams are open, and no page is seen")
    live.do(ws, SeedStatement("Said while nobody looked."))
    console = tabs.front("/console")
    expect(console.locator("#statements")).to_contain_text("Said while nobody looked.")
    assert streams.open == 1


def test_what_a_page_says_of_its_connection_is_true_when_it_is_seen(live: LiveServer, ws: str, tabs: Tabs) -> None:
    page = tabs.open("/stage")
    link = page.locator("#link")
    expect(link).to_have_text("Connected")
    page.evaluate("see(false)")
    page.context.set_offline(True)
    page.evaluate("see(true)")
    expect(link).to_contain_text("No connection. Last updated at")
    page.context.set_offline(False)
    expect(link).to_have_text("Connected")


def test_no_caption_is_missing_that_came_while_nobody_looked(live: LiveServer, ws: str, tabs: Tabs) -> None:
    live.do(ws, CaptionSpeech("Before."), HOST)
    page = tabs.open("/captions")
    expect(page.locator("#lines")).to_contain_text("Before.")
    page.get_by_label("Next line").fill("Half a li")
    live.until(lambda: live.house.streams.open >= 2)
    page.evaluate("see(false)")
    live.do_all(ws, [(CaptionSpeech(f"Line {n}."), HOST) for n in range(50)])
    page.evaluate("see(true)")
    lines = page.locator("#lines > [id] .said")
    expect(lines).to_have_text(["Before.", *(f"Line {n}." for n in range(50))])
    expect(page.get_by_label("Next line")).to_have_value("Half a li")

"""Pages in a browser that refuses storage: reading `localStorage` or `sessionStorage` throws, and nothing stops."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.live_server import HOST, LiveServer
from tests.browser.test_live_participant import ask_without_a_connection

from acquis.command import ORGANIZER, RAPPORTEUR, Actor
from acquis.floor.segments import CloseSession
from acquis.floor.speech import CaptionSpeech

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

REFUSE = """
for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("refused", "SecurityError"); } });
"""


@pytest.fixture
def open_refusing(open_page: Open) -> Open:
    def opened(width: int = 320, height: int = 640) -> Page:
        page = open_page(width, height)
        page.add_init_script(REFUSE)
        return page

    return opened


def refuses(page: Page) -> bool:
    return bool(page.evaluate("() => { try { localStorage; sessionStorage; return false; } catch { return true; } }"))


def test_captions_arrive_and_change_their_size(live: LiveServer, ws: str, open_refusing: Open) -> None:
    page = open_refusing()
    page.goto(f"{live.url}/s/{ws}/captions")
    assert refuses(page)
    lines = page.locator("#lines")
    small = lines.evaluate("el => parseFloat(getComputedStyle(el).fontSize)")
    page.get_by_role("button", name="Larger text").click()
    page.get_by_role("button", name="Larger text").click()
    assert lines.evaluate("el => parseFloat(getComputedStyle(el).fontSize)") > 1.3 * small
    live.do(ws, CaptionSpeech("Norms need a keeper."), HOST)
    expect(lines).to_contain_text("Norms need a keeper.")


def test_the_keys_of_the_console_work_and_can_be_switched_off(live: LiveServer, ws: str, open_refusing: Open) -> None:
    page = open_refusing(1280, 800)
    live.sign_in(page, ws, "onsite_moderator")
    page.goto(f"{live.url}/s/{ws}/console")
    expect(page.locator("#link")).to_have_text("Connected")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    expect(page.locator("#walkup")).not_to_be_focused()


def test_what_is_asked_without_a_connection_is_sent_when_it_is_back(
    live: LiveServer, ws: str, open_refusing: Open
) -> None:
    ask_without_a_connection(open_refusing(), live, ws)


def test_the_draft_of_the_report_saves_itself(live: LiveServer, ws: str, open_refusing: Open) -> None:
    live.do(ws, CloseSession(), Actor("p-boss", roles=frozenset({ORGANIZER})))
    page = open_refusing(1280, 800)
    live.sign_in(page, ws, RAPPORTEUR)
    page.goto(f"{live.url}/s/{ws}/desk")
    expect(page.locator("#filter")).to_be_visible()
    page.get_by_role("button", name="Add a sentence Key takeaways").click()
    page.get_by_role("textbox", name="Key takeaways 1", exact=True).fill("Somebody looks every year.")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert [sentence.text for sentence in live.state(ws).draft["takeaways"]] == ["Somebody looks every year."]

"""What somebody has opened or typed stays as it is, and all around it is current."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.kept import Kept
from tests.browser.live_server import LiveServer
from tests.browser.test_live_console import console

from acquis.command import RAPPORTEUR
from acquis.floor import segments
from acquis.floor.moderation import CloseIntake

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def ending(page: Page) -> Locator:
    """Opens the question whether to end the session. Returns its button."""
    page.locator("summary", has_text="More").last.click()
    page.locator("summary", has_text="End the session").click()
    return page.get_by_role("button", name="End the session for everyone")


def test_an_open_menu_is_current_when_the_session_ends(live: LiveServer, ws: str, open_page: Open, kept: Kept) -> None:
    """W B1: the block with the open question whether to end the session offered its acts for minutes after the end."""
    pages = open_page(1280, 800), open_page(1280, 800)
    for page in pages:
        console(page, live, ws)
        kept(page)
        expect(ending(page)).to_be_visible()
    pages[0].get_by_role("button", name="End the session for everyone").click()
    for page in pages:
        expect(page.get_by_role("button", name="End the session for everyone")).to_have_count(0)
        expect(page.get_by_role("button", name="Stop new questions")).to_have_count(0)


def test_a_menu_stays_open_when_what_is_around_it_changes(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page(1280, 800)
    console(page, live, ws)
    button = ending(page)
    live.do(ws, CloseIntake("questions"))
    expect(page.get_by_role("button", name="Allow new questions")).to_be_visible()
    expect(button).to_be_visible()


def test_a_desk_that_was_open_at_the_end_can_publish(live: LiveServer, ws: str, open_page: Open, kept: Kept) -> None:
    """The button stayed disabled, beside a time that was running already."""
    page = open_page(1280, 800)
    page.goto(live.pass_for(ws, RAPPORTEUR)[0])
    kept(page)
    publish = page.get_by_role("button", name="Publish the report")
    expect(publish).to_be_disabled()
    live.do(ws, segments.CloseSession())
    expect(publish).to_be_enabled()
    expect(page.get_by_text("You can publish the report once the session has ended.")).to_have_count(0)

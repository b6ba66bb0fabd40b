"""A session under the Chatham House Rule on pages that are opened before it and never loaded again: who has joined
votes on them, and sees the results, although the public state has neither people nor, at first, votes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from tests.browser.kept import Kept
from tests.browser.live_server import PROGRAMME, LiveServer, crowd

from acquis.command import RAPPORTEUR
from acquis.events import UNDO_S
from acquis.floor import segments, statements
from acquis.plan.document import FloorSettings
from acquis.state.undoing import GRACE_MS

pytestmark = pytest.mark.browser
CLAIM, OTHER = "Each State names a contact point.", "The contact point answers within a day."


def test_a_kept_page_votes_and_shows_the_results(live: LiveServer, open_page: Callable[..., Page], kept: Kept) -> None:
    live.add("quiet", replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=True)))
    page, desk = open_page(390, 800), open_page(1280, 900)
    page.goto(live.way_in("quiet"))
    page.get_by_label("In the room").check()
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator("#me")).to_be_visible()
    page.goto(f"{live.url}/s/quiet/vote")
    live.sign_in(desk, "quiet", RAPPORTEUR)
    desk.goto(f"{live.url}/s/quiet/desk")
    kept(page, desk)
    live.do("quiet", segments.OpenSession())
    first, second = (live.do("quiet", statements.SeedStatement(text)) for text in (CLAIM, OTHER))
    live.do_all(
        "quiet",
        [(statements.CastVote(seq, "agree"), one) for one in crowd(live, "quiet", 9) for seq in (first, second)],
    )
    for left in ("1", "0"):
        page.get_by_role("button", name="Agree", exact=True).locator("visible=true").click()
        expect(page.locator("[data-unvoted]")).to_have_text(left)
    expect(page.get_by_text("10 votes").locator("visible=true")).to_have_count(0)
    live.do("quiet", statements.CloseStatement(first))
    closed = page.locator("main li", has_text=CLAIM).locator("visible=true").last
    expect(page.get_by_role("heading", name="Results of closed statements")).to_be_visible()
    expect(closed).to_contain_text("10 votes")
    live.do("quiet", segments.CloseSession())
    expect(page.get_by_role("heading", name="Results", exact=True)).to_be_visible()
    expect(page.get_by_text("The results will be shown here in a minute.").locator("visible=true")).to_have_count(2)
    expect(page.get_by_text("Statements voted on")).to_be_hidden()
    expect(desk.get_by_text("Suggested starting points from the votes").first).to_be_visible()
    live.clock.forward(UNDO_S * 1000 + GRACE_MS + 1000)
    live.wait(lambda: live.house.board.publish_votes(live.now()))
    expect(page.get_by_text("10 votes").locator("visible=true")).to_have_count(2)


def test_the_form_of_joining_becomes_a_live_page(live: LiveServer, open_page: Callable[..., Page], kept: Kept) -> None:
    """The scripts that it then needs find the data with which they begin: a page that throws fails the test."""
    live.add("form", replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=True)), "FORM0001")
    live.do("form", segments.OpenSession())
    page = open_page(390, 800)
    page.goto(live.way_in("form"))
    expect(page.get_by_role("button", name="Join", exact=True)).to_be_visible()
    kept(page)
    live.do("form", segments.CloseSession())
    expect(page.get_by_role("button", name="Join", exact=True)).to_have_count(0)
    expect(page.locator("#link")).to_have_text("Connected")

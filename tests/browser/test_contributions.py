"""A written contribution from a phone to its receipt and its outcome, without a script; a group confirmed by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import findings, too_wide
from tests.browser.live_server import LiveServer

from acquis.command import ONSITE, RAPPORTEUR
from acquis.events import Sentence
from acquis.floor.contributions import InviteContributions
from acquis.floor.segments import CloseSession
from acquis.report.publishing import PublishReport

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
NORM = "Keep the norm on critical infrastructure."


def test_a_contribution_goes_from_a_phone_to_its_receipt_to_its_outcome(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    live.do(ws, InviteContributions("2100-01-01T00:00"))
    phone = open_page(320, 640, java_script_enabled=False)
    phone.goto(live.way_in(ws))
    phone.get_by_label("Online").check()
    phone.get_by_role("button", name="Join", exact=True).click()
    phone.goto(f"{live.url}/s/{ws}/questions")
    phone.get_by_role("link", name="Written contributions").click()
    phone.get_by_label("Your contribution").fill(NORM)
    phone.get_by_label("On behalf of").fill("Grid Institute")
    phone.get_by_role("button", name="Send contribution").click()
    expect(phone.get_by_role("status")).to_have_text("Your contribution was received.")
    (entry,) = live.state(ws).contributions
    phone.get_by_role("link", name="Receipt", exact=True).click()
    words = phone.locator("li", has_text="You contributed in writing.").locator(".words").inner_text()

    desk = open_page(1280, 900, java_script_enabled=False)
    live.sign_in(desk, ws, ONSITE)
    desk.goto(f"{live.url}/s/{ws}/contributions")
    desk.get_by_role("button", name="Publish").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Waiting for review")).to_have_count(0)
    live.do(ws, CloseSession())
    live.sign_in(desk, ws, RAPPORTEUR)
    desk.goto(f"{live.url}/s/{ws}/inputs")
    before = len(desk.get_by_role("button", name="Confirm this group").all())
    desk.get_by_role("button", name="Confirm this group").last.focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_have_text("Saved.")
    expect(desk.get_by_role("button", name="Confirm this group")).to_have_count(before - 1)
    live.do(ws, PublishReport((Sentence("The norm is kept.", (entry,)),)))

    anybody = open_page(320, 640, java_script_enabled=False)
    anybody.goto(f"{live.url}/s/{ws}/check?noted={words.replace(' ', '+')}")
    outcome = "Taken up in the report: key takeaway 1. “The norm is kept.”"
    expect(anybody.get_by_text(outcome)).to_be_visible()
    for page, address in ((phone, "mine"), (phone, "contributions"), (anybody, "inputs"), (desk, "inputs")):
        page.goto(f"{live.url}/s/{ws}/{address}")
        page.set_viewport_size({"width": 320, "height": 640})
        assert too_wide(page) == [], address
    phone.goto(f"{live.url}/s/{ws}/mine")
    expect(phone.get_by_text(outcome)).to_be_visible()
    scripted = open_page(320, 640)
    scripted.goto(f"{live.url}/s/{ws}/inputs")
    assert findings(scripted) == []

"""From a call to action to what came of it, in a browser: by keyboard, on a phone, without a script."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from playwright.sync_api import Page, expect
from tests.browser.live_server import PROGRAMME, LiveServer, workshop

from acquis.command import RAPPORTEUR
from acquis.events import Sentence
from acquis.floor.references import ConfirmReferences
from acquis.floor.segments import CloseSession
from acquis.followup.commitments import MakeCommitment, NoteProgress
from acquis.report.publishing import PublishReport

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def over(live: LiveServer) -> str:
    """A session that is over, with a report, a commitment and its history, in a gathering with one other."""
    gathered = msgspec.structs.replace(PROGRAMME, gathering="Example Forum (invented)")
    for number, name in enumerate(("over", "beside")):
        workshop(live, name, f"FF00000{number}", programme=gathered)
        live.do(name, CloseSession())
    statement = next(iter(live.state("over").statements))
    live.do("over", ConfirmReferences(statement, "norm-j cbm-8"))
    call = Sentence("Vendors should publish a contact for reports of vulnerabilities.", (statement,), ("norm-j",))
    report = live.do("over", PublishReport((Sentence("A contact costs little.", (statement,), ("norm-j",)),), (call,)))
    made = live.do(
        "over", MakeCommitment("Publish a contact", actor="private-sector", due="2027-06-30", report=report, call=1)
    )
    live.do("over", NoteProgress(made, "in_progress", "Three vendors did.", url="https://example.org/" + "long/" * 20))
    return f"{live.url}/s/over"


def test_a_commitment_is_made_and_closed_with_the_keyboard_without_a_script(
    live: LiveServer, over: str, open_page: Open
) -> None:
    page = open_page(320, 640, java_script_enabled=False)
    live.sign_in(page, "over", RAPPORTEUR)
    page.goto(f"{over}/record")
    page.locator('main a[href$="/followup"]').first.press("Enter")
    page.locator("summary", has_text="Record a call or commitment").press("Enter")
    page.get_by_label("Action", exact=True).first.fill("Test the contact twice a year")
    page.keyboard.press("Tab")
    page.keyboard.type("The national team (invented)")
    page.get_by_label("Due date").first.fill("end(gm-dtg-2026-12)")
    page.get_by_label("Related reference items").first.fill("norm-j norm-zz")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("“norm-zz” is not in the reference")
    about = page.get_by_label("Related reference items").first
    expect(about).to_have_value("norm-j norm-zz")
    about.fill("norm-j")
    about.press("Enter")
    made = page.locator("article", has_text="Test the contact twice a year")
    expect(made).to_contain_text("11 December 2026")
    made.locator("summary", has_text="Add an update").press("Enter")
    made.get_by_label("Status").select_option("done")
    made.get_by_label("Update", exact=True).fill("It answered within an hour.")
    made.get_by_role("button", name="Save update").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("To mark a commitment as accepted, declined or done")
    made = page.locator("article", has_text="Test the contact twice a year")
    expect(made.get_by_label("Update", exact=True)).to_have_value("It answered within an hour.")
    made.get_by_label("Link", exact=True).fill("https://example.org/test")
    made.get_by_role("button", name="Save update").press("Enter")
    expect(page.locator("article", has_text="Test the contact twice a year").locator(".chain")).to_contain_text("done")
    assert [one.status for one in live.state("over").commitments.values()][-1] == "done"


def test_two_sessions_are_ticked_and_compared_without_a_script(live: LiveServer, over: str, open_page: Open) -> None:
    page = open_page(1280, 800, java_script_enabled=False)
    page.goto(f"{live.url}/gatherings/example-forum-invented")
    for box in page.get_by_role("checkbox").all():
        box.press("Space")
    page.get_by_role("button", name="Compare").press("Enter")
    expect(page.get_by_role("table")).to_contain_text("A contact costs little.")
    expect(page.get_by_role("table")).to_contain_text("none yet")

"""What no frame announces is current, too: pages about many sessions, which follow none, and what the time alone
changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, Route, expect
from tests.browser.kept import Kept
from tests.browser.live_server import MIN, PROGRAMME, LiveServer
from tests.browser.test_current import until_current

from acquis.command import ORGANIZER, RAPPORTEUR
from acquis.events import Sentence
from acquis.floor.segments import CloseSession, OpenSession
from acquis.followup.commitments import MakeCommitment, NoteProgress
from acquis.report.publishing import PublishReport

pytestmark = pytest.mark.browser
EVENT = "/gatherings/example-forum-invented"
PUBLIC = (
    "/",
    "/followup",
    "/said?q=contact",
    EVENT,
    f"{EVENT}/messages",
    f"{EVENT}/synthesis",
    f"{EVENT}/compare?s=one&s=two",
    "/series/example-dialogues-invented",
)


def soon(route: Route) -> None:
    """Let a page be fetched again after half a second instead of twenty."""
    script = route.fetch().text()
    assert "AGES_MS = 20_000" in script
    route.fulfill(body=script.replace("AGES_MS = 20_000", "AGES_MS = 500"), content_type="text/javascript")


def test_pages_about_many_sessions_are_current_until_a_commitment_is_kept(
    live: LiveServer, open_page: Callable[..., Page], kept: Kept
) -> None:
    programme = replace(PROGRAMME, gathering="Example Forum (invented)", series="Example Dialogues (invented)")
    for number, name in enumerate(("one", "two")):
        live.add(name, programme, f"MANY000{number}")
    pages: dict[str, Page] = {}
    for path in (*PUBLIC, "/organize"):
        page = pages[path] = open_page(1280, 900)
        page.route("**/current.js", soon)
        if path not in PUBLIC:
            live.sign_in(page, "", ORGANIZER)
        page.goto(f"{live.url}{path}")
    kept(*pages.values())
    pages["/"].get_by_label("Enter your session code").fill("ABCD")
    live.do("one", OpenSession())
    until_current(live, pages, "open")
    live.do("one", CloseSession())
    until_current(live, pages, "closed")
    call = Sentence("Vendors should publish a contact.")
    report = live.do("one", PublishReport((Sentence("A contact costs little."),), (call,)))
    until_current(live, pages, "published")
    made = live.do("one", MakeCommitment("Publish a contact", due="2027-06-30", report=report, call=1))
    until_current(live, pages, "made")
    live.do("one", NoteProgress(made, "done", "All vendors did.", url="https://example.org/contacts"))
    until_current(live, pages, "kept")
    assert pages["/"].get_by_label("Enter your session code").input_value() == "ABCD"


def test_what_the_time_alone_changes_is_current(live: LiveServer, open_page: Callable[..., Page], kept: Kept) -> None:
    """The deadline of the report passes, the closing can no longer be undone, and a call is overdue."""
    live.add("late", replace(PROGRAMME, rehearsal=False), "LATE0001")
    pages: dict[str, Page] = {}
    for role, path in ((RAPPORTEUR, "/desk"), (RAPPORTEUR, "/followup"), (ORGANIZER, "/plan"), (ORGANIZER, "/handout")):
        page = pages[path] = open_page(1280, 900)
        page.route("**/current.js", soon)
        live.sign_in(page, "late", role)
        page.goto(f"{live.url}/s/late{path}")
    kept(*pages.values())
    printing = pages.pop("/handout").get_by_role("button", name="Print this sheet")
    live.do("late", OpenSession())
    live.do("late", CloseSession())
    until_current(live, pages, "closed")
    expect(printing).to_be_visible()
    expect(pages["/plan"].get_by_role("button", name="Undo")).to_be_visible()
    live.clock.forward(3 * 60 * MIN)
    until_current(live, pages, "three hours later")
    expect(pages["/desk"].get_by_text("The report was due")).to_be_visible()
    expect(pages["/plan"].get_by_role("button", name="Undo")).to_have_count(0)
    live.do("late", MakeCommitment("Publish a contact", due="2027-06-30"))
    live.clock.forward(400 * 24 * 60 * MIN)
    until_current(live, pages, "a year later")
    expect(pages["/followup"].get_by_text("overdue", exact=True)).to_be_visible()


def test_a_form_that_was_refused_is_not_fetched_away(live: LiveServer, open_page: Callable[..., Page]) -> None:
    page = open_page(1280, 900)
    live.sign_in(page, "", ORGANIZER)
    page.goto(f"{live.url}/organize")
    assert page.locator("body[data-ages]").count() == 1
    page.get_by_label("Paste the session page").fill("{")
    page.get_by_role("button", name="Import page").click()
    page.locator("main [role=alert], main .problem").first.wait_for()
    assert page.locator("body[data-ages]").count() == 0

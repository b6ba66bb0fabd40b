"""Pages about many sessions, which follow no session, are kept current while they are open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, Route
from tests.browser.kept import Kept
from tests.browser.live_server import PROGRAMME, LiveServer
from tests.browser.test_current import until_current

from acquis.command import ORGANIZER
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


def test_a_form_that_was_refused_is_not_fetched_away(live: LiveServer, open_page: Callable[..., Page]) -> None:
    page = open_page(1280, 900)
    live.sign_in(page, "", ORGANIZER)
    page.goto(f"{live.url}/organize")
    assert page.locator("body[data-ages]").count() == 1
    page.get_by_label("Paste the session page").fill("{")
    page.get_by_role("button", name="Import page").click()
    page.locator("main [role=alert], main .problem").first.wait_for()
    assert page.locator("body[data-ages]").count() == 0

"""People and their devices: a panellist's phone, somebody without a device, a phone that is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from tests.browser.kept import Kept
from tests.browser.live_server import PROGRAMME, LiveServer, crowd
from tests.browser.test_current import join, until_current

from acquis.command import ONSITE, RAPPORTEUR, SPEAKER
from acquis.floor import questions, queue, segments, statements
from acquis.web.http import passes

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

ENDED = (
    "Your access link is no longer valid, or your data were deleted. "
    "To follow this session, ask the organizer for a new link."
)


def test_the_phone_of_a_panellist(live: LiveServer, open_page: Open, kept: Kept) -> None:
    """W M4: opened before the session and never loaded again, it knows its seat, that the seat has the floor, what is
    asked of it and that a question is the next."""
    session = "panellist"
    live.add(session, replace(PROGRAMME, rehearsal=False), code="PANE0001")
    link, _ = live.pass_for(session, SPEAKER, 1)
    page = open_page(360, 740)
    page.goto(link)
    expect(page.get_by_text("You are One, on the panel.")).to_be_visible()
    expect(page.get_by_text("Institute, Civil Society, African Group")).to_be_visible()
    page.get_by_role("button", name="In the room").click()
    me = page.locator("#me")
    expect(me.get_by_text("This page will update when the session opens.")).to_be_visible()
    kept(page)
    (voice,) = live.state(session).voices
    assert (voice.attributes.lane, voice.attributes.stakeholder) == ("room", "Civil Society")

    live.do(session, segments.OpenSession())
    live.do(session, segments.StartSegment(1))
    live.do(session, queue.GiveFloorToSpeaker(1))
    expect(me.get_by_text("You have the floor.")).to_be_visible()
    expect(me.locator(".timer")).to_contain_text("remaining")
    live.clock.forward(60 * 60_000)
    live.do(session, statements.SeedStatement("An hour has passed."))
    expect(me.locator(".timer")).to_contain_text("over the limit")  # W m23
    expect(page.locator("#say")).to_have_text("You have the floor.")
    live.do(session, queue.GiveFloorToSpeaker(2))
    expect(me.get_by_text("You have the floor.")).to_be_hidden()

    one, two = crowd(live, session, 2)
    other = live.do(session, questions.AskQuestion("Who pays, Two?", to=2), two)
    mine = live.do(session, questions.AskQuestion("Who pays, One?", to=1), one)
    asked = page.locator(".to-me")
    live.do(session, questions.ApproveQuestion(other))
    live.do(session, questions.ApproveQuestion(mine))
    expect(asked.get_by_text("Who pays, One?")).to_be_visible()
    expect(asked.get_by_text("next question")).to_be_hidden()
    live.do(session, questions.SupportQuestion(mine), two)
    expect(asked.get_by_text("next question")).to_be_visible()
    live.do(session, questions.PutQuestion(mine))
    expect(asked.locator(".mark")).to_have_text("being answered now")
    until_current(live, {"panellist": page}, "asked")


def test_somebody_without_a_device_who_speaks_twice(live: LiveServer, open_page: Open, kept: Kept) -> None:
    """B F7: the moderator types the name again, says that it is the same person, and the list knows it."""
    session = "walkup"
    live.add(session, code="WALK0001")
    link, _ = live.pass_for(session, ONSITE)
    page = open_page(1280, 800)
    page.goto(link)
    kept(page)
    live.do(session, segments.OpenSession())
    live.do(session, segments.StartSegment(2))
    form = page.locator(".walkup")
    expect(form.get_by_role("button", name="The same person")).to_be_hidden()
    name = page.get_by_label("Add a speaker (name optional)")
    name.fill("Maria")
    name.press("Enter")
    expect(page.locator("#queue")).to_contain_text("Maria")
    (first,) = live.state(session).hands.values()
    live.do(session, queue.GiveFloor(first.seq))
    live.do(session, queue.EndTurn(live.state(session).turn))
    name.fill("Maria")
    name.press("Enter")
    expect(form.get_by_text("Someone of this name has taken part before: Maria.")).to_be_visible()
    form.get_by_role("button", name="The same person").click()
    expect(page.locator("#queue")).to_contain_text("has already spoken")
    expect(form.get_by_role("button", name="The same person")).to_be_hidden()
    assert {hand.person for hand in live.state(session).hands.values()} == {first.person}


def test_a_phone_that_is_changed(live: LiveServer, open_page: Open, kept: Kept) -> None:
    """A hand stays up on the new phone, and the open page of the old one says that it is signed out."""
    session = "changed"
    live.add(session, code="CHAN0001")
    old = open_page(360, 740)
    join(live, old, session, "Ana Silva")
    live.do(session, segments.OpenSession())
    live.do(session, segments.StartSegment(2))
    kept(old)
    old.get_by_role("button", name="Ask for the floor").first.click()
    expect(old.locator("#me").get_by_text("You are next to speak.")).to_be_visible()
    device = open_page(360, 740, storage_state=old.context.storage_state())
    device.goto(f"{live.url}/s/{session}/device")
    device.get_by_role("button", name="Show a code").click()
    code = device.locator(".joincode").inner_text()
    new = open_page(360, 740)
    new.goto(f"{live.url}/s/{session}")
    new.get_by_role("link", name="I have a code").click()
    new.get_by_label("Code", exact=True).fill(code)
    new.get_by_role("button", name="Take over on this device").click()
    expect(new.locator("#me").get_by_text("You are next to speak.")).to_be_visible()
    expect(old.get_by_text("You are signed out on this device")).to_be_visible()
    (voice,) = live.state(session).voices
    assert new.evaluate("document.body.dataset.voice") == voice.id


def test_a_phone_that_is_lost(live: LiveServer, open_page: Open, kept: Kept) -> None:
    """A moderator signs it out and reads out a code; the open page of the lost phone is signed out, and the hand goes
    on with the person on the new one."""
    session = "lost"
    live.add(session, code="LOST0001")
    lost = open_page(360, 740)
    join(live, lost, session, "Ana Silva")
    link, _ = live.pass_for(session, ONSITE)
    moderator = open_page(1280, 800)
    moderator.goto(link)
    kept(lost, moderator)
    live.do(session, segments.OpenSession())
    live.do(session, segments.StartSegment(2))
    lost.get_by_role("button", name="Ask for the floor").first.click()
    expect(lost.locator("#me").get_by_text("You are next to speak.")).to_be_visible()
    kept.leave(moderator)
    moderator.get_by_text("More", exact=True).click()
    moderator.get_by_role("link", name="People").click()
    moderator.get_by_text("Actions for Ana Silva").click()
    moderator.get_by_text("The device is lost").click()
    moderator.get_by_role("button", name="Sign it out and show a code").click()
    code = moderator.locator("p.joincode").inner_text()
    expect(lost.get_by_text("You are signed out on this device")).to_be_visible()
    new = open_page(360, 740)
    new.goto(f"{live.url}/s/{session}/device")
    new.get_by_label("Code", exact=True).fill(code)
    new.get_by_role("button", name="Take over on this device").click()
    expect(new.locator("#me").get_by_text("You are next to speak.")).to_be_visible()
    new.get_by_role("button", name="Withdraw my request").locator("visible=true").click()
    expect(new.get_by_role("button", name="Ask for the floor").first).to_be_visible()
    (hand,) = live.state(session).hands.values()
    assert (hand.fate, hand.lowered_by_moderator) == ("lowered", False)


def test_an_access_link_that_ends_while_its_page_is_open(live: LiveServer, open_page: Open, kept: Kept) -> None:
    """The console and the report desk say what happened and what to do, and ask the server for nothing more. What was
    typed stays, and the page of a participant becomes the page of somebody who watches."""
    session = "ended"
    live.add(session, code="ENDE0001")
    pages = {}
    for role in (ONSITE, RAPPORTEUR, SPEAKER):
        link, given = live.pass_for(session, role, 1 if role == SPEAKER else 0)
        pages[role] = open_page(1280, 800)
        if role != SPEAKER:
            pages[role].clock.install()
        pages[role].goto(link)
        _last_day(live, session, given.person, live.now() + 3_600_000)
    live.do(session, segments.OpenSession())
    live.do(session, segments.StartSegment(2))
    kept(*pages.values())
    console, desk, phone = pages.values()
    expect(console.locator("#link")).to_have_text("Connected")
    name = console.get_by_label("Add a speaker (name optional)")
    name.fill("Maria")
    live.clock.forward(3_600_001)
    for page in (console, desk):
        expect(page.get_by_role("alert")).to_have_text(ENDED)
    expect(console.locator("#link")).to_have_text("No access")
    expect(name).to_have_value("Maria")
    for page in (console, desk):
        page.clock.run_for(6000)  # the desk asks every three seconds who else is there
    asked: list[str] = []
    for page in (console, desk):
        page.on("request", lambda request: asked.append(request.url))
    for page in (console, desk):
        page.clock.run_for(6000)
        page.evaluate("() => fetch('/static/nothing').catch(() => null)")  # what was asked before is known by then
    assert [url for url in asked if "/static/nothing" not in url] == []
    for page in (console, desk):
        expect(page.get_by_role("alert")).to_have_count(1)
    expect(phone.get_by_role("button", name="Ask for the floor")).to_have_count(0)
    expect(phone.locator("#link")).to_have_text("Connected")


def _last_day(live: LiveServer, session: str, person: str, until: int) -> None:
    async def end() -> None:
        passes.end(live.house, session, person, until)

    live.wait(end)


def test_who_joined_in_the_last_minute_is_told_anew_without_an_event(live: LiveServer, open_page: Open) -> None:
    session = "ages"
    live.add(session, code="AGES0001")
    join(live, open_page(), session, "Ana")
    page = open_page(1280, 800)
    page.clock.install()
    live.sign_in(page, session, ONSITE)
    page.goto(f"{live.url}/s/{session}/people")
    expect(page.locator("[data-ages]")).to_contain_text("1 in the last 10 minutes.")
    page.locator("html.scripted").wait_for()
    with page.expect_request(lambda asked: asked.url.endswith("/people")):
        page.clock.run_for(21_000)

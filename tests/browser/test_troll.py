"""A troll: texts are held back and folded together, the name is removed, the person is silenced, the door is closed.
Every page is opened before that, and none is loaded again."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.kept import Kept
from tests.browser.live_server import LiveServer

from acquis.command import ONSITE
from acquis.floor import questions, segments

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def test_a_troll(live: LiveServer, open_page: Open, kept: Kept) -> None:
    """W M15, B F6: what moderators do reaches every page at once, and the troll is told so in a sentence."""
    session = "troll"
    live.add(session, code="TROL0001")
    phone, guest, stage, people, console = (open_page(width, 740) for width in (360, 360, 1280, 1280, 1280))
    phone.goto(live.way_in(session))
    phone.get_by_label("Online").check()
    phone.get_by_label("Your name").fill("Insult")
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.locator("#me")).to_be_visible()
    asking = phone.context.new_page()
    asking.goto(f"{live.url}/s/{session}/questions")
    guest.goto(f"{live.url}/s/{session}/questions")
    stage.goto(f"{live.url}/s/{session}/stage")
    link, _ = live.pass_for(session, ONSITE)
    for page in (people, console):
        page.goto(link)
    people.goto(f"{live.url}/s/{session}/people")
    kept(phone, asking, guest, stage, people, console)

    live.do(session, segments.OpenSession())
    live.do(session, segments.StartSegment(1))
    expect(phone.get_by_role("link", name="Ask a question")).to_be_visible()
    for text in ("Thieves, all of you?", "Buy my book?"):
        expect(asking.locator("#text")).to_be_visible()  # the form stands open while no question is published
        asking.locator("#text").fill(text)
        asking.get_by_role("button", name="Send question", exact=True).click()
        expect(asking.locator("#own").get_by_text(text)).to_be_visible()
    first, second = live.state(session).questions
    live.do(session, questions.ApproveQuestion(first))
    live.do(session, questions.PutQuestion(first))
    expect(stage.get_by_text("Thieves, all of you?")).to_be_visible()
    expect(guest.locator(f"#q{first}")).to_be_visible()

    kept.leave(people)  # its forms are sent without a script, so that it is another page after each
    row = people.locator("li", has=people.locator("strong", has_text="Insult")).first
    row.get_by_text("Contributions of this person").click()
    expect(row.get_by_text("Buy my book?")).to_be_visible()
    sent = row.locator("li", has_text="Thieves, all of you?")
    sent.get_by_role("combobox").select_option("abusive")
    sent.get_by_role("button", name="Withhold").click()
    expect(stage.get_by_text("Thieves, all of you?")).to_be_hidden()
    expect(guest.locator(f"#q{first}")).to_have_count(0)
    expect(guest.get_by_text("Questions withheld by the moderators: 1 (1 abusive).")).to_be_visible()

    (troll,) = (one for one in live.state(session).questions.values() if one.seq == second)
    hand = next(iter(live.state(session).hands), 0)
    assert not hand
    act = people.locator(f"#acts-{troll.person}")
    act.locator("> summary").click()
    silence = act.locator("form", has=people.get_by_role("button", name="Silence", exact=True))
    silence.get_by_role("combobox").select_option("flooding")
    silence.get_by_role("button", name="Silence").click()
    expect(people.get_by_text("silenced: too many at once")).to_be_visible()
    for page in (phone, asking):
        expect(page.get_by_text("A moderator has silenced you in this session")).to_be_visible()
    expect(asking.get_by_role("button", name="Send question", exact=True)).to_have_count(0)

    console.get_by_text("More", exact=True).click()
    console.get_by_role("button", name="Stop new people from joining").click()
    console.get_by_text("More", exact=True).click()  # the menu closes after an act
    expect(console.get_by_role("button", name="Allow people to join")).to_be_visible()
    private = open_page(360, 740)
    private.goto(f"{live.url}/s/{session}")
    expect(private.get_by_text("The moderators have stopped new people from joining.")).to_be_visible()
    expect(private.get_by_role("button", name="Join")).to_have_count(0)

    console.get_by_role("button", name="Pause the session").click()
    expect(guest.get_by_text("The session is paused.")).to_be_visible()
    expect(stage.locator("#stage_now").get_by_text("The session is paused.")).to_be_visible()
    for name, page in (("phone", phone), ("people", people), ("console", console), ("stage", stage), ("door", private)):
        if folder := os.environ.get("MOD_SHOTS"):
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    console.get_by_role("button", name="Resume the session").click()
    expect(guest.get_by_text("The session is paused.")).to_be_hidden()

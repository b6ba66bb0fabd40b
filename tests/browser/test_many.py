"""40 hands and 200 questions: nothing is cut in silence (B F8). Pages are opened early and never loaded again; what
lists everything is a page of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.kept import Kept
from tests.browser.live_server import HOST, LiveServer, crowd

from acquis.floor import questions, queue, segments

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
HANDS, ASKED = 40, 200


def test_every_hand_and_every_question_can_be_reached(live: LiveServer, open_page: Open, kept: Kept) -> None:
    session = "many"
    live.add(session, code="MANY0001")
    link, _ = live.pass_for(session, "onsite_moderator")
    console, phone = open_page(1280, 800), open_page(360, 740)
    console.goto(link)
    phone.goto(live.way_in(session))
    phone.get_by_label("Your name").fill("The last one")
    phone.get_by_label("Online").check()
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.locator("#me")).to_be_visible()
    kept(console, phone)

    people = crowd(live, session, ASKED // 3 + 1)
    live.do_all(session, [(segments.OpenSession(), HOST), (segments.StartSegment(2), HOST)])
    live.do_all(session, [(queue.RaiseHand(about=f"Subject {n}"), one) for n, one in enumerate(people[: HANDS - 1])])
    asking = [(questions.AskQuestion(f"What of matter {n}?"), people[n // 3]) for n in range(ASKED)]
    asked = live.do_all(session, asking)
    live.do_all(session, [(questions.ApproveQuestion(seq), HOST) for seq in asked])
    assert sum(q.public for q in live.state(session).questions.values()) == ASKED

    phone.get_by_role("button", name="Ask for the floor").click()
    expect(phone.locator("#me")).to_contain_text("You are on the list of speakers.")
    expect(console.locator("#queue li")).to_have_count(30)
    expect(console.get_by_text("10 more are not shown.")).to_be_visible()
    expect(console.get_by_text(f"{ASKED - 50} more are not shown.")).to_be_visible()

    everyone = console.context.new_page()
    everyone.goto(f"{live.url}/s/{session}/list?q=The+last+one")
    everyone.locator("summary").first.click()
    everyone.locator("select[name=override]").select_option("accessibility")
    everyone.locator("form:has(select[name=override]) button").click()
    expect(phone.locator("#me")).to_contain_text("You have the floor.")
    expect(console.locator("#turn")).to_contain_text("The last one")

    found = phone.context.new_page()
    found.goto(f"{live.url}/s/{session}/questions/all?q=matter+{ASKED - 1}")
    row = found.locator("ol.questions li")
    expect(row).to_have_count(1)
    row.get_by_role("button", name="Support this question").click()
    live.until(lambda: any(q.supporters for q in live.state(session).questions.values()))
    expect(console.locator("#unanswered li").first).to_contain_text(f"What of matter {ASKED - 1}?")

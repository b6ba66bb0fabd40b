"""What the room screen shows by itself, and what moderators choose: voting, results, the end. No page is reloaded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.kept import Kept
from tests.browser.live_server import LiveServer
from tests.browser.test_live_console import console

from acquis.command import Actor
from acquis.floor import questions, segments, statements
from acquis.report.confirming import ConfirmSummary

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
CLAIM = "Every State names one contact point."
VOTERS = [Actor(f"p-{number:04d}", f"v-{number:04d}", frozenset({"participant"})) for number in range(5)]


def opened(live: LiveServer, ws: str, open_page: Open, kept: Kept) -> tuple[Page, Page]:
    """The room screen and a moderator's console, which stay open."""
    hall, desk = open_page(1280, 720), open_page(1280, 800)
    hall.goto(live.way_in(ws, "/stage"))
    console(desk, live, ws)
    expect(hall.locator("#link")).to_have_text("Connected")
    kept(hall, desk)
    return hall, desk


def answered(live: LiveServer, ws: str) -> None:
    """Nothing is on the floor, so that the screen is free."""
    put = next(question.seq for question in live.state(ws).questions.values() if question.is_on_floor)
    live.do(ws, questions.MarkAnswered(put))


def test_what_is_opened_for_voting_is_shown_and_then_its_results(
    live: LiveServer, ws: str, open_page: Open, kept: Kept
) -> None:
    """Opening a vote changed nothing in the room: nobody was told that there was something to vote on, or how."""
    answered(live, ws)
    for statement in [st.seq for st in live.state(ws).statements.values() if st.is_open]:
        live.do(ws, statements.CloseStatement(statement))
    hall, desk = opened(live, ws, open_page, kept)
    desk.keyboard.press("t")
    desk.get_by_label("A new statement").fill(CLAIM)
    desk.get_by_role("button", name="Open for voting").click()
    shown = hall.locator("#stage_vote")
    expect(shown).to_contain_text(CLAIM)
    expect(shown).to_be_visible()
    people = len(live.state(ws).voices)
    expect(shown).to_contain_text(f"Voted so far: 0 of {people}")
    expect(shown).to_contain_text("To vote, join with the code")
    expect(hall.locator(".stage-join .joincode")).to_be_visible()
    statement = live.state(ws).put_to_vote
    for voter in VOTERS[:-1]:
        live.do(ws, statements.CastVote(statement, "agree"), voter)
    expect(hall.locator("#stage_foot")).to_contain_text(f"Log entries: {live.state(ws).seq}.")
    expect(shown).to_contain_text(f"Voted so far: 0 of {people}")  # before the close it moves in steps of five voters
    live.do(ws, statements.CastVote(statement, "agree"), VOTERS[-1])
    expect(shown).to_contain_text(f"Voted so far: 5 of {people}")
    expect(desk.locator("#room_screen strong")).to_have_text("Voting")
    live.do(ws, statements.CloseStatement(statement))
    expect(hall.locator("#stage_results")).to_be_visible()
    expect(shown).to_be_hidden()


def test_a_vote_does_not_push_the_question_on_the_floor_off_the_screen(
    live: LiveServer, ws: str, open_page: Open, kept: Kept
) -> None:
    hall, desk = opened(live, ws, open_page, kept)
    live.do(ws, statements.SeedStatement(CLAIM))
    expect(hall.locator("#stage_foot")).to_contain_text(str(live.state(ws).seq))
    expect(hall.locator("#stage_questions")).to_be_visible()
    desk.get_by_role("button", name="Show Voting").click()
    expect(hall.locator("#stage_vote")).to_contain_text(CLAIM)
    expect(hall.locator("#stage_questions")).to_be_hidden()


def test_after_the_end_the_screen_says_so_whatever_it_showed_and_can_be_changed(
    live: LiveServer, ws: str, open_page: Open, kept: Kept
) -> None:
    """It stayed on the results, without a title and without a word of the end, and nobody could change it."""
    hall, desk = opened(live, ws, open_page, kept)
    live.do(ws, ConfirmSummary("Norms need a keeper."))
    desk.get_by_role("button", name="Show Results").click()
    expect(hall.locator("#stage_results")).to_be_visible()
    live.do(ws, segments.CloseSession())
    expect(hall.locator(".door")).to_be_visible()
    expect(hall.locator("#stage_now .name")).to_have_text("The next chapter of cyber dialogues")
    expect(hall.locator("#stage_results")).to_be_hidden()
    for name, shown in (
        ("Closing summary", "#stage_summary"),
        ("Results", "#stage_results"),
        ("End of the session", ".door"),
    ):
        desk.get_by_role("button", name=f"Show {name}").click()
        expect(hall.locator(shown)).to_be_visible()
        expect(hall.locator("#stage_now")).to_contain_text("This session has ended.")
        expect(hall.locator("#stage_now .name")).to_be_visible()
    expect(hall.locator("#stage_summary")).to_be_hidden()
    expect(desk.get_by_role("button", name="Show Questions")).to_have_count(0)


def test_undoing_the_end_gives_the_screen_back(live: LiveServer, ws: str, open_page: Open, kept: Kept) -> None:
    hall, desk = opened(live, ws, open_page, kept)
    desk.get_by_role("button", name="Show Results").click()
    expect(hall.locator("#stage_results")).to_be_visible()
    live.do(ws, segments.CloseSession())
    expect(hall.locator(".door")).to_be_visible()
    expect(desk.locator("#undo")).to_contain_text("The session was closed.")
    desk.keyboard.press("u")
    expect(hall.locator("#stage_results")).to_be_visible()
    expect(hall.locator(".joincode")).to_be_visible()


def test_a_phone_on_another_page_is_told_that_there_is_something_to_vote_on(
    live: LiveServer, ws: str, open_page: Open, kept: Kept
) -> None:
    """Who takes part online sees no room screen: a vote was open, and only the page for voting showed it."""
    for statement in [st.seq for st in live.state(ws).statements.values() if st.is_open]:
        live.do(ws, statements.CloseStatement(statement))
    phone = open_page(360, 640)
    phone.goto(live.way_in(ws))
    phone.get_by_label("Online").check()
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.locator("#me")).to_be_visible()
    vote = phone.context.new_page()
    vote.goto(f"{live.url}/s/{ws}/vote")
    for page in (phone, vote):
        expect(page.locator("#link")).to_have_text("Connected")
        expect(page.locator("[data-unvoted]")).to_be_hidden()
    kept(phone, vote)
    live.do(ws, statements.SeedStatement(CLAIM))
    for page in (phone, vote):
        expect(page.locator("[data-unvoted]")).to_have_text("1")
        expect(page.locator("[data-unvoted]")).to_be_visible()
    vote.get_by_role("button", name="Agree", exact=True).locator("visible=true").click()
    for page in (vote, phone):
        expect(page.locator("[data-unvoted]")).to_be_hidden()
        expect(page.locator("#link")).to_have_text("Connected")  # also after the page was fetched again

"""The moderators' console by keyboard alone, two moderators at once, and the stage."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.live_server import LiveServer

from acquis.floor import fairness, questions, queue, segments

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def console(page: Page, live: LiveServer, session: str, role: str = "onsite_moderator") -> None:
    link, _ = live.pass_for(session, role)
    page.goto(link)
    expect(page).to_have_url(f"{live.url}/s/{session}/console")
    expect(page.locator("#link")).to_have_text("Connected")


def picked(live: LiveServer, session: str) -> int:
    found = fairness.pick(live.state(session), live.now())
    assert found is not None
    return found.hand


def test_a_moderator_runs_the_floor_with_the_keyboard(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page(1280, 800)
    console(page, live, ws)
    keys = page.keyboard
    hand = picked(live, ws)
    keys.press("e")
    expect(page.locator("#turn")).to_contain_text("No one has the floor.")
    keys.press("g")
    expect(page.locator("#turn")).to_contain_text("Now speaking")
    state = live.state(ws)
    assert (state.turns[state.turn].hand, state.turns[state.turn].override) == (hand, "")

    keys.press("w")
    keys.type("Guest in row two")
    keys.press("Enter")
    expect(page.locator("#queue")).to_contain_text("Guest in row two")
    state = live.state(ws)
    guest = state.hands[max(state.hands)]
    assert (guest.entered, guest.attributes.lane, guest.kind) == (True, "room", "turn")

    keys.press("Escape")
    keys.press("i")
    keys.press("Enter")
    expect(page.locator("#queue")).to_contain_text("Online participant")
    page.wait_for_function("document.querySelector('#walkup-lane').value === 'room'")
    state = live.state(ws)
    relayed = state.hands[max(state.hands)]
    assert (relayed.entered, relayed.attributes.lane, relayed.seq > guest.seq) == (True, "online", True)

    # out of turn: to the row of the guest, its menu, the reason, Enter
    for _ in range(20):
        if page.evaluate("document.activeElement.id") != f"h{guest.seq}":
            keys.press("j")
    assert page.evaluate("document.activeElement.id") == f"h{guest.seq}"
    keys.press("m")
    page.locator(f"#h{guest.seq} select").select_option("accessibility")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator("#turn")).to_contain_text("Guest in row two")
    state = live.state(ws)
    assert (state.turns[state.turn].hand, state.turns[state.turn].override) == (guest.seq, "accessibility")

    keys.press("Escape")
    keys.press("r")
    expect(page.locator(f"#h{guest.seq}")).to_contain_text("did not respond")
    keys.press("l")
    expect(page.get_by_role("button", name="Reopen the list of speakers")).to_be_visible()
    assert not live.state(ws).list_open
    live.clock.pause()
    keys.press("s")
    expect(page.locator(".segments [aria-current]")).to_contain_text("Closing")


def test_a_moderator_works_on_questions_and_statements_with_the_keyboard(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    page = open_page(1280, 800)
    console(page, live, ws)
    keys = page.keyboard
    live.do(ws, questions.MarkAnswered(next(q.seq for q in live.state(ws).questions.values() if q.is_on_floor)))
    waiting = [q.seq for q in live.state(ws).questions.values() if q.fate == "waiting"]
    expect(page.locator("#on_floor li")).to_have_count(0)
    keys.press("j")
    keys.press("]")
    assert page.evaluate("document.activeElement.id") == f"q{waiting[0]}"
    keys.press("a")
    expect(page.locator(f"#unanswered #q{waiting[0]}")).to_be_visible()
    assert live.state(ws).questions[waiting[0]].fate == "approved"
    page.locator(f"#q{waiting[0]}").focus()
    keys.press("p")
    expect(page.locator(f"#q{waiting[0]}")).to_contain_text("being answered now")
    page.locator(f"#on_floor #q{waiting[0]}").focus()
    keys.press("y")
    expect(page.locator(f"#ledger #q{waiting[0]}")).to_have_count(1)
    page.get_by_role("radio", name="Closed").check()
    expect(page.locator(f"#ledger #q{waiting[0]}")).to_be_visible()
    page.get_by_role("radio", name="Waiting").check()

    first, second, *_ = (q.seq for q in live.state(ws).questions.values() if q.fate == "approved")
    page.locator(f"#q{second}").focus()
    keys.press("m")
    page.locator(f"#q{second} [name=into]").fill(str(first))
    keys.press("Enter")
    expect(page.locator(f"#ledger #q{second}")).to_contain_text("Merged")
    assert live.state(ws).questions[second].into == first

    keys.press("Escape")
    page.locator(f"#q{first}").focus()
    keys.press("m")
    page.locator(f"#q{first} form:has([value=give_floor_to_speaker]) [name=seat]").select_option("3")
    page.locator(f"#q{first}").get_by_role("button", name="Give the floor to this panellist to answer").press("Enter")
    expect(page.locator("#turn")).to_contain_text("Panellist 3")
    state = live.state(ws)
    assert (state.turns[state.turn].seat, state.turns[state.turn].question) == (3, first)

    page.locator("h1").evaluate("() => document.activeElement.blur()")
    keys.press("t")
    keys.type("Every group should name one contact.")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator("#statements")).to_contain_text("Every group should name one contact.")


def test_keys_are_shown_and_can_be_switched_off(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page(1280, 800)
    console(page, live, ws)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Use single-key shortcuts").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    turn = live.state(ws).turn
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.post_data or "") if request.method == "POST" else None)
    page.keyboard.press("e")
    page.get_by_role("button", name="Close the list of speakers").click()
    expect(page.get_by_role("button", name="Reopen the list of speakers")).to_be_visible()
    assert ["close_list" in body for body in posted] == [True]
    assert live.state(ws).turn == turn


def test_two_moderators_see_the_same_and_call_one_person(live: LiveServer, ws: str, open_page: Open) -> None:
    one, two = open_page(1280, 800), open_page(1280, 800)
    console(one, live, ws, "onsite_moderator")
    console(two, live, ws, "online_moderator")
    before = len(live.state(ws).turns)
    give = [page.locator("#pick button") for page in (one, two)]
    held = [button.evaluate("button => button.form.elements.hand.value") for button in give]
    assert held[0] == held[1]
    two.evaluate(  # the second moderator clicks before the frame arrives: the form as it is now stays on her page
        """() => {
            const form = document.querySelector("#pick button").form.cloneNode(true);
            form.id = "early";
            form.setAttribute("data-stays", "");
            document.querySelector("main").prepend(form);
        }"""
    )
    spoke = one.locator("#turn .who").inner_text()
    give[0].click()
    expect(one.locator("#turn .who")).not_to_have_text(spoke)
    expect(one.locator("#turn .who")).to_contain_text("Now speaking")
    two.locator("#early button").click()
    expect(two.locator("#turn .who")).to_have_text(one.locator("#turn .who").inner_text())
    assert len(live.state(ws).turns) == before + 1


def test_the_console_works_without_a_script(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page(1280, 800, java_script_enabled=False)
    link, _ = live.pass_for(ws, "online_moderator")
    page.goto(link)
    hand = picked(live, ws)
    page.locator("#pick").get_by_role("button", name="Give the floor").click()
    state = live.state(ws)
    assert state.turns[state.turn].hand == hand
    page.locator("#toapprove").get_by_role("button", name="Approve").first.click()
    assert not [q for q in live.state(ws).questions.values() if q.fate == "waiting"]
    page.get_by_label("Add a speaker (name optional)").fill("Row nine")
    page.get_by_role("button", name="Add to the list").click()
    expect(page.locator("#queue")).to_contain_text("Row nine")


def test_what_a_moderator_is_doing_is_not_swept_away(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page(1280, 800)
    console(page, live, ws)
    question = next(q.seq for q in live.state(ws).questions.values() if q.fate == "approved")
    row = page.locator(f"#q{question}")
    row.locator("summary").click()
    row.locator("textarea").fill("Half an answer")
    live.do(ws, questions.AssignQuestion(question, 4))
    live.do(ws, segments.CloseList())
    expect(page.get_by_role("button", name="Reopen the list of speakers")).to_be_visible()
    expect(row.locator("textarea")).to_have_value("Half an answer")
    expect(row.locator("textarea")).to_be_focused()


def test_the_stage_shows_who_speaks_and_changes_scene(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page(1920, 1080)
    page.goto(f"{live.url}/s/{ws}/stage")
    expect(page.locator("#stage_now .name")).to_have_text("Sofía Ruiz")
    expect(page.locator("#stage_questions")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#stage_vote")).to_be_visible()
    expect(page.locator("#stage_questions")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#stage_results")).to_be_visible()
    expect(page.locator("#stage_vote")).to_be_hidden()
    page.reload()
    expect(page.locator("#stage_results")).to_be_visible()
    live.do(ws, queue.EndTurn(live.state(ws).turn))
    expect(page.locator("#stage_now")).to_contain_text("The floor is open")
    sizes = page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert sizes[0] <= sizes[1]

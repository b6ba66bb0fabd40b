"""The participant's part on a phone of 320 px, with a script and without one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.live_server import HOST, LiveServer, crowd
from tests.browser.test_current import until_current

from acquis.floor import questions, queue, segments, statements

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def join(page: Page, live: LiveServer, session: str, where: str = "Online", name: str = "") -> None:
    page.goto(live.way_in(session))
    page.get_by_label("Your name").fill(name)
    page.get_by_label(where).check()
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("button", name="Ask for the floor").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_participant_joins_asks_supports_votes_and_raises_a_hand(
    live: LiveServer, ws: str, open_page: Open, script: bool
) -> None:
    page = open_page(java_script_enabled=script)
    join(page, live, ws)
    voice = live.state(ws).voices[-1]
    assert (voice.attributes.lane, voice.attributes.stakeholder) == ("online", "")

    page.get_by_role("button", name="Ask for the floor").first.click()
    expect(page.locator("#me").get_by_text("You are on the list of speakers.")).to_be_visible()
    hand = live.state(ws).hands[max(live.state(ws).hands)]
    assert (hand.attributes.lane, hand.fate) == ("online", "waiting")
    page.get_by_role("button", name="Withdraw my request").locator("visible=true").click()
    expect(page.get_by_role("button", name="Ask for the floor").first).to_be_visible()
    assert live.state(ws).hands[hand.seq].fate == "lowered"

    page.get_by_role("link", name="Questions").click()
    page.get_by_text("Ask a question").click()
    page.get_by_label("Your question").fill("Who keeps the list?")
    page.get_by_role("button", name="Send question", exact=True).click()
    expect(page.locator("#own")).to_contain_text("Who keeps the list?")
    asked = live.state(ws).questions[max(live.state(ws).questions)]
    assert (asked.text, asked.fate, asked.person) == ("Who keeps the list?", "waiting", hand.person)

    first = page.locator("#asked .support button").first
    before = int(page.locator("#asked [data-count]").first.inner_text())
    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#asked [data-count]").first).to_have_text(str(before + 1))
    first.click()
    expect(first).to_have_attribute("aria-pressed", "false")

    page.get_by_role("link", name="Vote").click()
    text = page.locator(".card:visible blockquote").inner_text()
    page.get_by_role("button", name="Disagree").locator("visible=true").click()
    expect(page.locator(".card:visible blockquote")).not_to_have_text(text)
    expect(page.locator("[data-voted]")).to_have_text("1")
    page.get_by_role("link", name="Change my last vote").click()
    expect(page.locator(".card:visible blockquote")).to_have_text(text)
    expect(page.get_by_role("button", name="Disagree").locator("visible=true")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="Agree", exact=True).locator("visible=true").click()
    expect(page.locator(".card:visible blockquote")).not_to_have_text(text)
    state = live.state(ws)
    number = state.voice_numbers[voice.id]
    cast = {st.text: state.votes[st.seq][number] for st in state.statements.values() if state.votes[st.seq][number]}
    assert cast == {text: 1}

    page.get_by_text("Propose a statement").click()
    page.get_by_label("One idea in a short sentence").fill("Every norm needs an owner.")
    page.get_by_role("button", name="Send proposal", exact=True).click()
    expect(page.locator("#own")).to_contain_text("Every norm needs an owner.")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_what_is_refused_says_why_and_keeps_what_was_typed(
    live: LiveServer, ws: str, open_page: Open, script: bool
) -> None:
    page = open_page(java_script_enabled=script)
    join(page, live, ws)
    page.get_by_role("link", name="Questions").click()
    page.get_by_text("Ask a question").click()
    page.locator("#text").evaluate("field => field.removeAttribute('maxlength')")
    long = "why " * 120
    page.get_by_label("Your question").fill(long)
    page.get_by_role("button", name="Send question", exact=True).click()
    if script:
        wrong = page.locator(".ask span.wrong")
        expect(wrong).to_contain_text("400")
        expect(page.get_by_label("Your question")).to_have_attribute("aria-invalid", "true")
        other = live.do(ws, questions.AskQuestion("Is it said once?"), crowd(live, ws, 25)[24])
        live.do(ws, questions.ApproveQuestion(other))
        expect(page.locator("[data-fresh=asked]")).to_have_text("Show 1 new")
        expect(wrong).to_have_count(1)
    else:
        expect(page.get_by_role("alert")).to_contain_text("400")
    assert page.get_by_label("Your question").input_value() == long


def test_a_question_without_a_name_is_nobodys(live: LiveServer, ws: str, open_page: Open) -> None:
    """W m8: "Sent." stayed for the rest of the session."""
    page = open_page()
    page.clock.install()
    join(page, live, ws)
    page.get_by_role("link", name="Questions").click()
    page.get_by_text("Ask a question").click()
    page.get_by_label("Your question").fill("May I ask this?")
    page.get_by_label("Ask anonymously").check()
    page.get_by_role("button", name="Send question", exact=True).click()
    expect(page.locator(".ask .sent")).to_have_text("Sent.")
    page.clock.run_for(10_000)
    expect(page.locator(".ask .sent")).to_be_empty()
    asked = live.state(ws).questions[max(live.state(ws).questions)]
    assert (asked.text, asked.person, asked.attributes.lane) == ("May I ask this?", "", "")


def test_the_screen_follows_the_floor(live: LiveServer, open_page: Open) -> None:
    session = "follow"
    live.add(session, code="FF000001")
    page = open_page()
    page.goto(live.way_in(session))
    page.get_by_label("In the room").check()
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_text("This page will update when the session opens.")).to_be_visible()
    live.do(session, segments.OpenSession())
    live.do(session, segments.StartSegment(2))
    page.get_by_role("button", name="Ask for the floor").first.click()
    expect(page.locator("#me").get_by_text("You are next to speak.")).to_be_visible()
    expect(page.locator("#say")).to_have_text("You are next to speak.")
    (hand,) = live.state(session).hands.values()
    live.do(session, queue.GiveFloor(hand.seq))
    expect(page.locator("#me").get_by_text("You have the floor.")).to_be_visible()
    expect(page.locator("#now")).to_contain_text("remaining")
    live.do(session, queue.EndTurn(live.state(session).turn))
    expect(page.get_by_role("button", name="Ask for the floor").first).to_be_visible()
    live.do(session, segments.CloseList())
    expect(page.get_by_text("List of speakers is closed.")).to_be_visible()
    live.do(session, segments.CloseSession())
    expect(page.get_by_text("The session has ended.")).to_be_visible()


def test_new_questions_gather_and_nothing_moves(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page()
    join(page, live, ws)
    page.get_by_role("link", name="Questions").click()
    expect(page.locator("#link")).to_have_text("Connected")
    page.mouse.wheel(0, 200)
    page.get_by_role("heading", name="Waiting for an answer").scroll_into_view_if_needed()
    before = page.locator("#asked > li").evaluate_all("rows => rows.map(row => [row.id, row.offsetTop])")
    others = crowd(live, ws, 26)[24:]
    for one in others:
        seq = live.do(ws, questions.AskQuestion(f"Something new from {one.person}?"), one)
        live.do(ws, questions.ApproveQuestion(seq))
    fresh = page.locator("[data-fresh=asked]")
    expect(fresh).to_have_text("Show 2 new")
    ids = page.locator("#asked > li").evaluate_all("rows => rows.map(row => row.id)")
    assert ids == [row for row, _ in before]
    fresh.click()
    expect(page.locator("#asked > li")).to_have_count(len(before) + 2)
    expect(fresh).to_be_hidden()


def ask_without_a_connection(page: Page, live: LiveServer, session: str) -> None:
    """Ask while the connection is lost, and see that the question is sent when it is back."""
    join(page, live, session)
    page.get_by_role("link", name="Questions").click()
    page.get_by_text("Ask a question").click()
    expect(page.locator("#link")).to_have_text("Connected")
    asked = len(live.state(session).questions)
    page.context.set_offline(True)
    page.get_by_label("Your question").fill("Asked in the lift?")
    page.get_by_role("button", name="Send question", exact=True).click()
    expect(page.locator(".ask .sent")).to_contain_text("No connection.")
    page.context.set_offline(False)
    expect(page.locator("#own")).to_contain_text("Asked in the lift?")
    assert [q.text for q in live.state(session).questions.values()][asked:] == ["Asked in the lift?"]


def test_a_hand_lowered_without_a_connection_is_lowered_when_it_is_back(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    """B F12: it is kept, and the sentence is whole."""
    page = open_page()
    join(page, live, ws)
    page.get_by_label("Topic").fill("On the review")
    page.get_by_role("button", name="Ask for the floor").first.click()
    expect(page.locator("#me").get_by_text("You are on the list of speakers.")).to_be_visible()
    hand = max(live.state(ws).hands)
    assert live.state(ws).hands[hand].about == "On the review"
    page.context.set_offline(True)
    lower = page.get_by_role("button", name="Withdraw my request").locator("visible=true")
    lower.click()
    expect(page.locator("#me .sent").locator("visible=true")).to_have_text(
        "No connection. Your entry is kept on this device and will be sent when you are back online."
    )
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="Ask for the floor").first).to_be_visible()
    expect(page.get_by_label("Topic")).to_have_value("")
    assert live.state(ws).hands[hand].fate == "lowered"


def test_without_a_connection_it_is_kept_and_sent_when_it_is_back(live: LiveServer, ws: str, open_page: Open) -> None:
    ask_without_a_connection(open_page(), live, ws)


def test_while_streams_are_held_back_polls_stand_in_and_the_first_that_works_ends_them(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    """As a proxy holds them back, or a server that is slow for a while."""
    page = open_page()
    page.add_init_script(
        "const wait = setTimeout; let haste = 20; window.setTimeout = (run, ms) => wait(run, ms / haste);"
    )
    held: list[str] = []
    page.route("**/live/participants?after=*", lambda route: held.append(route.request.url))
    polls: list[str] = []
    page.on("request", lambda request: polls.append(request.url) if "?poll=" in request.url else None)
    join(page, live, ws)
    live.do(ws, statements.SeedStatement("Said while polling."), HOST)
    page.get_by_role("button", name="Ask for the floor").first.click()
    expect(page.locator("#me").get_by_text("You are on the list of speakers.")).to_be_visible()
    until_current(live, {"floor": page}, "while polls stand in")
    while not any(int(url.rpartition("=")[2]) > 0 for url in polls):  # what changed since a frame
        page.wait_for_timeout(50)
    while len(held) < 2:  # it is tried again and again
        page.wait_for_timeout(50)
    page.unroute("**/live/participants?after=*")
    while not live.house.streams.count(ws, "participants"):
        page.wait_for_timeout(50)
    page.evaluate("haste = 1")
    page.route("**/live/participants?poll=*", lambda route: route.abort())
    for text in ("Perhaps in a poll that was under way.", "On the stream."):
        live.do(ws, statements.SeedStatement(text), HOST)
        until_current(live, {"floor": page}, text)
    polls.clear()
    live.do(ws, statements.SeedStatement("On the stream again."), HOST)
    until_current(live, {"floor": page}, "on the stream for good")
    assert polls == []


def test_a_page_that_cannot_be_fetched_is_asked_for_less_and_less_often(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    """It was asked for five times a second, by every phone of a hall. The time is twenty times as fast here."""
    page = open_page()
    page.add_init_script("""
        const wait = setTimeout; window.waits = [];
        window.setTimeout = (run, ms) => {
          if (new Error().stack.includes("current.js")) waits.push(ms);  // a slow stream has pauses of its own
          return wait(run, ms / 20);
        };
    """)
    join(page, live, ws)
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route(re.compile(f"/s/{ws}(\\?.*)?$"), refuse)
    page.evaluate("waits.length = 0")
    live.do(ws, segments.StartSegment(3), HOST)
    while len(asked) < 4:
        page.wait_for_timeout(50)
    chosen = [ms for ms in page.evaluate("waits") if ms % 1]  # at random, so that a full hall does not come together
    pauses = [ms for ms in chosen if ms >= 400]
    assert len(pauses) >= 3
    assert all(400 * 4**n <= ms <= 1200 * 4**n for n, ms in enumerate(pauses[:3]))
    page.unroute_all()
    until_current(live, {"floor": page}, "when it can be fetched again")


def test_a_form_that_cannot_be_sent_shows_that_there_is_no_connection(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    """A stream does not learn that its network is gone: the page said “Connected” beside “No connection”."""
    page = open_page()
    join(page, live, ws)
    expect(page.locator("#link")).to_have_text("Connected")
    page.route("**/live/*", lambda route: route.abort())
    page.route("**/do", lambda route: route.abort())
    page.get_by_role("button", name="Ask for the floor").first.click()
    expect(page.locator("#me .sent").locator("visible=true")).to_contain_text("No connection.")
    expect(page.locator("#link")).to_contain_text("No connection.")
    page.unroute("**/live/*")
    expect(page.locator("#link")).to_have_text("Connected")


def test_a_vote_that_the_server_cannot_take_is_kept_and_sent_again(live: LiveServer, ws: str, open_page: Open) -> None:
    """With a full disk (507), too many requests (429) and an error of the server (500)."""
    page = open_page()
    join(page, live, ws)
    page.get_by_label("Topic").fill("On the review of norms")
    page.get_by_role("button", name="Ask for the floor").first.click()
    expect(page.locator("#me").get_by_text("You are on the list of speakers.")).to_be_visible()
    hand = max(live.state(ws).hands)
    answers = [507, 429, 500]

    def refuse(route: Route) -> None:
        if not answers:
            route.continue_()
            return
        problem = json.dumps({"refused": "x", "sentence": "Not now."})
        route.fulfill(status=answers.pop(0), body=problem, headers={"retry-after": "0.01"})

    page.route("**/do", refuse)
    page.evaluate(  # what is told stands as long as the next answer takes: perhaps less than a look at the page
        """() => {
            window.told = [];
            const tell = () => told.push(document.querySelector("#me").innerText);
            new MutationObserver(tell).observe(document.body, { subtree: true, childList: true, characterData: true });
        }"""
    )
    page.get_by_role("button", name="Withdraw my request").locator("visible=true").click()
    expect(page.get_by_role("button", name="Ask for the floor").first).to_be_visible()
    assert any("will be sent again" in text for text in page.evaluate("told"))
    assert answers == []
    assert live.state(ws).hands[hand].is_lowered


def test_a_long_surname_stands_in_one_line(live: LiveServer, ws: str, open_page: Open) -> None:
    state = live.state(ws)
    live.name(ws, state.hands[state.turns[state.turn].hand].person, "Ana Wolfeschlegelsteinha")
    page = open_page()
    page.goto(f"{live.url}/s/{ws}?watch=1")
    expect(page.locator("#now strong bdi")).to_have_text("Ana Wolfeschlegelsteinha")
    lines = """() => {
      const el = document.querySelector("#now strong bdi");  // the one that is there now: frames replace it
      const word = document.createRange();
      word.setStart(el.firstChild, 4);
      word.setEnd(el.firstChild, el.textContent.length);
      return word.getClientRects().length;
    }"""
    assert page.evaluate(lines) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

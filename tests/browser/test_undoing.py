"""A slip and its undo, on the console: by button and by key, for every act (W B4, M1, M2; B F3, F5)."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.kept import Kept
from tests.browser.live_server import MIN, PROGRAMME, LiveServer, crowd, play
from tests.browser.test_live_console import console, picked

from acquis import events as ev
from acquis.command import MODERATORS, Actor
from acquis.floor import queue, segments, statements
from acquis.state import State
from acquis.web.words.acts import act_sentence

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def button(within: Page | Locator, name: str) -> Locator:
    return within.get_by_role("button", name=name, exact=True)


def press(page: Page, row: str, name: str) -> None:
    """Press a button of a row, also one in its menu: a frame may close the menu at any moment."""
    found = page.locator(f"{row} button").filter(has_text=re.compile(f"^{name}$"))
    found.evaluate("button => button.click()")


def question(state: State, fate: str) -> int:
    return next(q.seq for q in state.questions.values() if q.fate == fate)


def merge(page: Page, state: State) -> None:
    first, second, *_ = (q.seq for q in state.questions.values() if q.fate == "approved")
    page.locator(f"#q{second} [name=into]").evaluate("(field, into) => { field.value = into; }", str(first))
    press(page, f"#q{second}", "Merge")


def assign(page: Page, state: State) -> None:
    row = f"#q{question(state, 'on_floor')}"
    page.locator(f"{row} form:has([value=assign_question]) [name=seat]").evaluate("field => { field.value = '3'; }")
    press(page, row, "Assign")


def confirm(page: Page, state: State) -> None:
    page.get_by_text("Closing summary", exact=True).click()
    page.get_by_label("Areas of consensus").fill("Norms need a keeper.")
    button(page, "Confirm for the Chair").click()


def seed(page: Page, state: State) -> None:
    page.keyboard.press("t")
    page.get_by_label("A new statement").fill("Every group names one contact.")
    button(page, "Open for voting").click()


def end_session(page: Page, state: State) -> None:
    page.get_by_text("More", exact=True).click()
    page.get_by_text("End the session", exact=True).click()
    button(page, "End the session for everyone").click()


def enter(page: Page, state: State) -> None:
    page.get_by_label("Add a speaker (name optional)").fill("Guest in row two")
    button(page, "Add to the list").click()


def hand(state: State) -> int:
    return next(seq for seq in state.waiting if state.hands[seq].kind == "turn")


def open_statement(state: State) -> int:
    return next(one.seq for one in state.statements.values() if one.fate == "open")


def proposed(state: State) -> int:
    return next(one.seq for one in state.statements.values() if one.fate == "proposed")


SLIPS: dict[type[ev.Event], Callable[[Page, State], object]] = {
    ev.FloorGiven: lambda page, state: button(page.locator("#pick"), "Give the floor g").click(),
    ev.SpeakerGivenFloor: lambda page, state: page.locator("#panel [data-key='2']").click(),
    ev.TurnEnded: lambda page, state: button(page, "End intervention e").click(),
    ev.NotResponding: lambda page, state: button(page, "No response r").click(),
    ev.SegmentStarted: lambda page, state: button(page, "Start segment: Closing s").click(),
    ev.ListClosed: lambda page, state: button(page, "Close the list of speakers l").click(),
    ev.SettingsChanged: lambda page, state: press(page, "#switches", "Publish questions without review"),
    ev.SessionClosed: end_session,
    ev.HandEntered: enter,
    ev.HandLowered: lambda page, state: press(page, f"#h{hand(state)}", "Remove from list"),
    ev.HandDeferred: lambda page, state: press(page, f"#h{hand(state)}", "Let the next speaker go first"),
    ev.QuestionApproved: lambda page, state: press(page, f"#q{question(state, 'waiting')}", "Approve"),
    ev.QuestionHeldBack: lambda page, state: press(page, f"#q{question(state, 'approved')}", "Withhold"),
    ev.QuestionMerged: merge,
    ev.QuestionAssigned: assign,
    ev.QuestionAnswered: lambda page, state: press(page, f"#q{question(state, 'on_floor')}", "Mark as answered"),
    ev.QuestionReopened: lambda page, state: press(page, f"#q{question(state, 'on_floor')}", "Put back"),
    ev.StatementSeeded: seed,
    ev.StatementOpened: lambda page, state: press(page, f"#s{proposed(state)}", "Open voting"),
    ev.StatementHeldBack: lambda page, state: press(page, f"#s{proposed(state)}", "Withhold"),
    ev.StatementClosed: lambda page, state: press(page, f"#s{open_statement(state)}", "Close voting"),
    ev.SummaryConfirmed: confirm,
}
"""Act -> what a moderator presses for it in the workshop of these tests. The others follow on one of these: a hand that
is put back, a list that is opened again, a merge that is split, a question that is put, a ruling, the opening."""


def test_every_slip_is_undone(live: LiveServer, open_page: Open, kept: Kept) -> None:
    """W M2, B F5: each act by its button, then undone by the key, on a console that was opened before the session."""
    ws = "slips"
    live.add(ws, code="SLPS0001", at=live.now() - 55 * MIN)
    page = open_page(1280, 800)
    console(page, live, ws)
    kept(page)
    play(live, ws)
    for kind, slip in SLIPS.items():
        live.clock.pause()
        before = live.state(ws)
        seq = before.seq
        was = (before.turn, list(before.waiting), before.segment, dict(before.counters), before.settings)
        slip(page, before)
        live.until(lambda seq=seq: live.state(ws).seq > seq)  # type: ignore[misc]  # bound on purpose
        act = live.state(ws).act
        assert act is not None
        assert type(act.event) is kind
        undo = page.locator("#undo")
        said = act_sentence("en", live.state(ws), names(live, ws), act.event)
        expect(undo).to_contain_text(said)
        page.evaluate("() => document.activeElement.blur()")
        page.keyboard.press("u")
        live.until(lambda seq=act.seq: seq in live.state(ws).taken_back)  # type: ignore[misc]  # bound on purpose
        state = live.state(ws)
        # A question that is not public any more is not quoted.
        expect(undo).to_contain_text(f"Undone: {act_sentence('en', state, names(live, ws), act.event)}")
        assert (state.turn, state.waiting, state.segment, state.counters, state.settings) == was, kind


def names(live: LiveServer, session: str) -> dict[str, str]:
    async def work() -> dict[str, str]:
        return live.house.roster.names(session)

    return live.wait(work)


def test_a_held_key_calls_one_person_and_space_presses_only_what_has_the_focus(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    """B F3, W B4: Space held for three seconds gave the floor to six people."""
    page = open_page(1280, 800)
    console(page, live, ws)
    turns, first = len(live.state(ws).turns), picked(live, ws)
    page.keyboard.press("Space")
    for _ in range(12):
        page.keyboard.down("g")
    expect(page.locator("#undo")).to_contain_text("The floor was given to")
    page.keyboard.up("g")
    state = live.state(ws)
    assert len(state.turns) == turns + 1
    assert state.turns[state.turn].hand == first
    segment = state.segment
    live.clock.pause()
    for _ in range(12):
        page.keyboard.down("s")
    page.keyboard.up("s")
    expect(page.locator(".segments [aria-current]")).to_contain_text("Closing")
    assert live.state(ws).segment == segment + 1


def test_two_moderators_see_what_was_done_and_either_takes_it_back(
    live: LiveServer, ws: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W M2: whoever notices the slip takes it back, and both see it."""
    monkeypatch.setattr(segments, "PAUSE_MS", 30_000)  # a busy machine takes more than a second to show a page the act
    one, two = open_page(1280, 800), open_page(1280, 800)
    console(one, live, ws, "onsite_moderator")
    console(two, live, ws, "online_moderator")
    spoke = one.locator("#turn .who").inner_text()
    one.keyboard.press("g")
    expect(two.locator("#undo")).to_contain_text("The floor was given to")
    expect(two.locator("#turn .who")).not_to_have_text(spoke)
    two.keyboard.press("g")  # a moment later, for the next person
    expect(two.get_by_text("a second ago")).to_be_visible()
    two.keyboard.press("u")
    for page in (one, two):
        expect(page.locator("#undo")).to_contain_text("Undone: The floor was given to")
        expect(page.locator("#turn .who")).to_have_text(spoke)


def test_the_next_segment_says_whose_intervention_it_ended(live: LiveServer, ws: str, open_page: Open) -> None:
    """W B4: a moderator who starts the next segment is told on every console whom it took the floor from."""
    one, two = open_page(1280, 800), open_page(1280, 800)
    console(one, live, ws, "onsite_moderator")
    console(two, live, ws, "online_moderator")
    one.keyboard.press("g")
    expect(two.locator("#undo")).to_contain_text("The floor was given to")
    speaking = one.locator("#turn .who strong bdi").inner_text()
    live.clock.pause()
    one.keyboard.press("s")
    for page in (one, two):
        expect(page.locator("#undo")).to_contain_text(f"was started. The intervention of {speaking} was ended.")
    one.keyboard.press("u")
    expect(two.locator("#turn .who")).to_contain_text(speaking)


def test_the_button_goes_when_its_time_is_over(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page(1280, 800)
    console(page, live, ws)
    page.clock.install()
    page.keyboard.press("l")
    expect(page.locator("#undo")).to_contain_text("The list of speakers was closed.")
    expect(page.locator("#undo button")).to_be_visible()
    page.clock.run_for(11_000)
    expect(page.locator("#undo button")).to_be_hidden()


def test_a_hand_lowered_by_slip_is_put_back_later(live: LiveServer, ws: str, open_page: Open) -> None:
    """B F5: no command put it back in its place."""
    page = open_page(1280, 800)
    console(page, live, ws)
    queued = live.state(ws).waiting.copy()
    lowered = hand(live.state(ws))
    press(page, f"#h{lowered}", "Remove from list")
    page.get_by_text("Withdrawn requests").click()
    live.clock.forward(60_000)
    button(page, "Restore to its place").first.click()
    expect(page.locator(f"#h{lowered}")).to_be_visible()
    assert sorted(live.state(ws).waiting) == sorted(queued)


def test_an_opening_by_slip_is_undone_while_people_wait(live: LiveServer, open_page: Open, kept: Kept) -> None:
    """W M1: opening asks, and can be taken back while nobody has acted."""
    live.add("slip", PROGRAMME, "SLPP0001")
    crowd(live, "slip", 3)
    moderator, phone = open_page(1280, 800), open_page(360, 640)
    console(moderator, live, "slip")
    phone.goto(f"{live.url}/s/slip?watch=1")
    kept(moderator, phone)
    moderator.get_by_text("Open the session").click()
    expect(moderator.get_by_text("You can undo this for 60 seconds")).to_be_visible()
    button(moderator, "Yes, open it now").click()
    expect(phone.locator("#now")).to_contain_text("The session is open.")
    expect(moderator.locator("#undo")).to_contain_text("The session was opened.")
    expect(button(moderator, "Start segment: Opening s")).to_be_visible()
    moderator.evaluate("() => document.activeElement.blur()")
    moderator.keyboard.press("u")
    expect(phone.locator(".cover")).to_contain_text("not open yet")
    expect(moderator.get_by_text("Open the session")).to_be_visible()
    assert live.state("slip").phase == "published"
    live.do("slip", segments.OpenSession())
    live.do("slip", statements.SeedStatement("Norms suffice."), Actor("p-host", roles=MODERATORS))
    live.do("slip", segments.StartSegment(2))
    live.do("slip", queue.RaiseHand(), Actor("p-0001", "v-0001", frozenset({"participant"})))
    assert live.state("slip").phase == "open"

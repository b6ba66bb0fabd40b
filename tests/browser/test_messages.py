"""Agreeing on messages in browsers: a late joiner on a phone, the keyboard alone, and a body that declines a call."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.kept import Kept
from tests.browser.live_server import PROGRAMME, LiveServer, crowd

from acquis.command import ONSITE, ORGANIZER, Actor
from acquis.floor import messages, objections, segments, statements
from acquis.followup.commitments import AmendCommitment, MakeCommitment
from acquis.statistics.opinion_words import area_title

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
TEXT = "Norms need one body that follows up every year how they are kept."
OTHER = TEXT.replace("one body", "two bodies")


def session(live: LiveServer, name: str, people: int = 0) -> list[Actor]:
    """An open session that agrees on messages by the procedure of the IGF; the people who joined it."""
    live.add(name, PROGRAMME, f"MESS{len(live.sessions):04d}")
    there = crowd(live, name, people)
    live.do(name, segments.OpenSession())
    live.do(name, messages.ChooseProcedure("igf"))
    return there


def join(page: Page, live: LiveServer, name: str) -> None:
    page.goto(live.way_in(name))
    page.get_by_label("Online").check()
    page.get_by_role("button", name="Join", exact=True).press("Enter")
    expect(page.get_by_role("link", name="Questions")).to_be_visible()


def opened(page: Page, summary: str) -> None:
    """Open a menu with the keyboard."""
    page.locator("summary:visible").get_by_text(summary, exact=True).press("Enter")


def test_a_late_joiner_on_a_phone_objects_and_amends_and_the_message_is_adopted_with_a_reservation(
    live: LiveServer, open_page: Open, kept: Kept
) -> None:
    there = session(live, "late", 30)
    stage, early, board, chair = open_page(1280, 720), open_page(390, 844), open_page(1280, 800), open_page(1280, 800)
    stage.goto(f"{live.url}/s/late/stage")
    join(early, live, "late")
    early.goto(f"{live.url}/s/late/messages")
    for page in (board, chair):
        live.sign_in(page, "late", ONSITE)
        page.goto(f"{live.url}/s/late/messages/chair")
    kept(stage, early, board)

    chair.get_by_label("Wording").fill(TEXT)
    chair.get_by_role("button", name="Propose the message").click()
    chair.get_by_role("button", name="Put before the room").click()
    on_stage = stage.locator("#stage_message")
    for shown in (on_stage, early.locator(".messages"), board.locator(".messages")):
        expect(shown).to_contain_text(TEXT)

    phone = open_page(390, 844)
    join(phone, live, "late")
    phone.get_by_role("link", name="Object or amend").click()
    phone.locator("summary", has_text="Object").click()
    phone.get_by_role("button", name="Send my objection").click()
    expect(phone.locator(".mine")).to_contain_text("Your objection")
    kept(phone)
    for shown in (on_stage, early.locator(".messages"), board.locator(".messages")):
        expect(shown).to_contain_text("1. Reservations: 0.")

    phone.locator("summary", has_text="Propose an amendment").click()
    phone.get_by_label("The whole message in your wording").fill(OTHER)
    phone.get_by_role("button", name="Send my amendment").click()
    expect(phone.locator(".amendment ins")).to_contain_text("two bodies")
    expect(early.locator(".amendment")).to_contain_text("not reviewed yet")
    expect(early.locator(".amendment ins")).to_have_count(0)
    expect(board.locator(".amendment ins")).to_contain_text("two bodies")
    chair.locator(".amendment").get_by_role("button", name="Approve").click()
    expect(early.locator(".amendment ins")).to_contain_text("two bodies")
    early.get_by_role("button", name="Support this amendment").click()
    for page in (phone, early, board):
        expect(page.locator(".amendment")).to_contain_text("1 person supports it")

    chair.locator(".amendment").get_by_role("button", name="Put before the room").click()
    expect(on_stage.locator("ins")).to_contain_text("two bodies")
    for page in (phone, early, board):
        expect(page.locator(".amendment")).to_contain_text("before the room now")
    chair.get_by_role("button", name="Accept", exact=True).click()
    for shown in (on_stage, *(page.locator(".messages > li > .wording") for page in (phone, early, board))):
        expect(shown).to_contain_text(OTHER)

    chair.get_by_role("button", name="Open a vote").click()
    expect(on_stage).to_contain_text("A vote on this message is open")
    expect(early.get_by_role("link", name="Vote on this message")).to_be_visible()
    test = max(live.state("late").statements)
    live.do_all("late", [(statements.CastVote(test, "agree"), person) for person in there])
    kept.leave(phone)
    phone.get_by_role("link", name="Vote on this message").click()
    expect(phone.locator(".card:visible blockquote")).to_have_text(OTHER)
    phone.get_by_role("button", name="Agree", exact=True).locator("visible=true").click()
    live.until(lambda: sum(map(bool, live.state("late").votes[test])) == len(there) + 1)
    chair.get_by_role("button", name="Close the vote").click()
    consensus = [area_title("en", "consensus", groups=groups) for groups in (False, True)]
    expect(early.locator(".messages")).to_contain_text(f"{consensus[0]}: agree ")
    expect(board.locator(".messages")).to_contain_text(f"{consensus[1]}: agree 31, disagree 0, pass 0")

    phone.goto(f"{live.url}/s/late/messages")
    phone.get_by_role("button", name="Withdraw my objection").click()
    expect(phone.locator(".mine:not(.amendment)")).to_have_count(0)
    phone.locator("summary", has_text="State a reservation").click()
    phone.get_by_label("Your name, if you want it to be printed").locator("visible=true").fill("Lou Example")
    phone.get_by_role("button", name="Send my reservation").click()
    for shown in (early.locator(".messages"), board.locator(".messages")):
        expect(shown).to_contain_text("Objections not withdrawn: 0. Reservations: 1.")
        expect(shown).to_contain_text("Lou Example")
    chair.locator("summary", has_text="State the outcome").click()
    expect(chair.get_by_label("Outcome").locator("option")).to_have_text(["adopted with reservations", "fallen"])
    chair.get_by_role("button", name="State this outcome").click()
    for shown in (on_stage, early.locator(".messages"), board.locator(".messages")):
        expect(shown).to_contain_text("adopted with reservations")

    live.do("late", segments.CloseSession())
    phone.goto(f"{live.url}/s/late/record")
    printed = phone.locator("#messages, main")
    expect(printed.first).to_contain_text("Lou Example")
    expect(printed.first).to_contain_text("adopted with reservations")


def test_one_objects_amends_and_votes_with_the_keyboard_and_without_a_script(live: LiveServer, open_page: Open) -> None:
    session(live, "keys")
    entry = live.do("keys", messages.ProposeMessage("takeaways", TEXT))
    live.do("keys", messages.PutMessage(entry))
    live.do("keys", messages.OpenMessageVote(entry))
    page = open_page(320, 640, java_script_enabled=False)
    join(page, live, "keys")
    page.get_by_role("link", name="Object or amend").press("Enter")
    opened(page, "Object")
    page.get_by_role("button", name="Send my objection").press("Enter")
    expect(page.locator(".mine")).to_contain_text("Your objection")
    opened(page, "Propose an amendment")
    page.get_by_label("The whole message in your wording").fill(OTHER)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".mine ins")).to_contain_text("two bodies")
    page.get_by_role("link", name="Vote on this message").press("Enter")
    page.get_by_role("button", name="Agree", exact=True).locator("visible=true").press("Enter")
    expect(page.locator("[data-voted]")).to_have_text("1")
    state = live.state("keys")
    assert [(made.text, made.reservation) for made in state.objections.values()] == [("", False)]
    assert [made.text for made in state.amendments.values()] == [OTHER]


def test_a_body_without_account_declines_a_call_and_the_boards_that_are_open_say_so(
    live: LiveServer, open_page: Open, kept: Kept
) -> None:
    session(live, "call")
    live.do("call", segments.CloseSession())
    call = live.do("call", MakeCommitment("Write to the Chair.", "The working party", due="2099-12-31"))
    live.do(
        "call",
        AmendCommitment(
            call, "It was too much.", "Write to the Chair once.", who="The working party", due="2099-12-31"
        ),
    )
    every, one, organizer = (open_page(1280, 800) for _ in range(3))
    every.goto(f"{live.url}/followup")
    one.goto(f"{live.url}/s/call/followup")
    kept(one)
    live.sign_in(organizer, "call", ORGANIZER)
    organizer.goto(f"{live.url}/s/call/followup")
    opened(organizer, "Ask the body for its answer")
    organizer.get_by_role("button", name="Create link").press("Enter")
    link = organizer.get_by_role("textbox", name="Link for the body").input_value()

    body = open_page(390, 844)
    body.goto(link)
    body.get_by_label("We decline").check()
    body.get_by_label("Reason or reply").fill("This is not our task.")
    body.get_by_label("Your name").fill("Ama Example")
    body.get_by_label("Your function").fill("Head of unit")
    body.get_by_role("button", name="Send the answer").click()
    expect(body.get_by_role("status")).to_contain_text("Your answer is on the record")
    expect(one.locator(".commitment")).to_contain_text("declined")
    expect(one.locator(".commitment")).to_contain_text("This is not our task.")
    every.reload()
    for page in (every, one):
        shown = page.locator("main")
        expect(shown).to_contain_text("Answer of the body: declined")
        expect(shown).to_contain_text("Wording before: Write to the Chair.")


def test_the_parts_of_a_long_message_are_turned_on_the_room_screen_and_stay_while_the_room_objects(
    live: LiveServer, open_page: Open
) -> None:
    (person,) = session(live, "parts", 1)
    live.do("parts", messages.ProposeMessage("takeaways", f"{TEXT} " * 28))
    entry = max(live.state("parts").messages)
    live.do("parts", messages.PutMessage(entry))
    stage = open_page(1280, 720)
    stage.goto(f"{live.url}/s/parts/stage")
    expect(stage.locator("#link")).to_have_text("Connected")
    shown = stage.locator("#stage_message")
    stage.keyboard.press("PageUp")
    expect(shown).to_contain_text("Part 1 of ", use_inner_text=True)
    stage.keyboard.press("PageDown")
    expect(shown).to_contain_text("Part 2 of ", use_inner_text=True)
    live.do("parts", objections.MakeObjection(entry, False), person)
    expect(shown).to_contain_text("Objections: 1.")
    expect(shown).to_contain_text("Part 2 of ", use_inner_text=True)
    shown.get_by_role("link", name="Show part 1").locator("visible=true").click()
    expect(shown).to_contain_text("Part 1 of ", use_inner_text=True)
    expect(shown).not_to_contain_text("Part 2 of ", use_inner_text=True)


def test_the_console_turns_the_parts_on_a_screen_that_was_opened_before_with_keys_and_without_a_script(
    live: LiveServer, open_page: Open
) -> None:
    session(live, "turned", 1)
    stage, console = open_page(1280, 720), open_page(1280, 720)
    stage.goto(f"{live.url}/s/turned/stage")
    live.sign_in(console, "turned", ONSITE)
    console.goto(f"{live.url}/s/turned/console")
    for page in (stage, console):
        expect(page.locator("#link")).to_have_text("Connected")
    live.do("turned", messages.ProposeMessage("takeaways", f"{TEXT} " * 28))
    live.do("turned", messages.PutMessage(max(live.state("turned").messages)))
    shown, turning = stage.locator("#stage_message"), console.locator(".parts-of")

    def shows(part: int) -> None:
        expect(turning).to_contain_text(f"Part {part} of ")
        (text,) = stage.locator(".message-part").filter(visible=True).all_inner_texts()
        assert f"Part {part} of " in text

    expect(shown).to_contain_text("Part 1 of ", use_inner_text=True)
    shows(1)
    console.keyboard.press(".")
    expect(shown).to_contain_text("Part 2 of ", use_inner_text=True)
    shows(2)
    stage.keyboard.press("PageDown")
    expect(shown).to_contain_text("Part 3 of ", use_inner_text=True)
    console.keyboard.press(",")  # the screen had turned to another part by itself
    expect(shown).to_contain_text("Part 1 of ", use_inner_text=True)
    shows(1)

    plain = open_page(1280, 720, java_script_enabled=False)
    live.sign_in(plain, "turned", ONSITE)
    plain.goto(f"{live.url}/s/turned/console")
    plain.get_by_role("button", name="Show part 2").click()
    expect(plain.locator(".parts-of")).to_contain_text("Part 2 of ")
    expect(shown).to_contain_text("Part 2 of ", use_inner_text=True)

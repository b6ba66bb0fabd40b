"""Later readers in a browser: a takeaway is opened down to the spoken line by keyboard, with a script and without;
versions side by side; one's own words; what the chair confirmed on the stage."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import check_contrast_in_the_dark, check_layouts, findings, too_wide
from tests.browser.live_server import HOST, LiveServer, workshop

from acquis.command import CAPTIONER, SPEAKER, Actor
from acquis.events import Sentence
from acquis.floor.queue import EndTurn, GiveFloorToSpeaker, NoteTurn
from acquis.floor.segments import CloseSession, StartSegment
from acquis.floor.speech import CaptionSpeech
from acquis.report.confirming import ConfirmSummary
from acquis.report.drafting import DraftSentence
from acquis.report.publishing import PublishReport

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
CAPTIONS = Actor("p-captions", roles=frozenset({CAPTIONER}))
KEEPER = "Norms need a keeper."


def spoke(live: LiveServer, session: str) -> tuple[int, list[int]]:
    turn = live.do(session, GiveFloorToSpeaker(1))
    live.clock.forward(60_000)  # captions lag: a line right after the beginning is doubtful
    texts = ("Thank you, chair.", "The norms have no keeper.", "One with a mandate.", "And with money.")
    lines = [live.do(session, CaptionSpeech(text, language="en"), CAPTIONS) for text in texts]
    live.do(session, EndTurn(turn))
    live.do(session, NoteTurn(turn, "Wants a keeper with a mandate."))
    return turn, lines


def publish(live: LiveServer, session: str, *takeaways: Sentence, correction: str = "") -> None:
    consensus = (Sentence(KEEPER), Sentence("Nobody said this in the room."))
    live.do(session, PublishReport(takeaways, (), consensus, correction=correction))


@pytest.mark.parametrize("script", [True, False])
def test_a_takeaway_opens_to_the_spoken_line_by_keyboard(
    live: LiveServer, ws: str, open_page: Open, script: bool
) -> None:
    turn, lines = spoke(live, ws)
    live.do(ws, ConfirmSummary(KEEPER))
    live.do(ws, CloseSession())
    publish(live, ws, Sentence("A keeper with a mandate.", (turn, lines[2])))
    page = open_page(1280, 900, java_script_enabled=script)
    page.goto(f"{live.url}/s/{ws}/record")
    part = page.locator("section[aria-labelledby=takeaways]")
    opened = part.locator(".evidence")
    expect(opened.first).to_be_hidden()
    expect(opened.nth(1)).to_be_hidden()
    part.get_by_text("Based on: an intervention, a caption line").focus()
    page.keyboard.press("Enter")
    expect(opened.first).to_contain_text("Wants a keeper with a mandate.")
    expect(opened.first.locator("li")).to_have_count(3)
    expect(opened.nth(1)).to_be_visible()
    expect(opened.nth(1)).to_contain_text("One with a mandate.")
    expect(page.locator(".confirmed").first).to_contain_text("Confirmed by the Chair")
    page.get_by_role("link", name="View in context").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live.url}/s/{ws}/captions?line={lines[2]}#l{lines[2]}")
    expect(page.locator(f"#l{lines[2]}")).to_be_in_viewport()


def test_versions_stand_side_by_side_and_one_below_the_other_on_a_phone(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    turn, lines = spoke(live, ws)
    live.do(ws, CloseSession())
    publish(live, ws, Sentence("A keeper with a mandate.", (turn,)), Sentence("It rained."))
    publish(live, ws, Sentence("A keeper with a mandate and money.", (lines[3],)), correction="Money was left out.")
    page = open_page(1280, 900)
    page.goto(f"{live.url}/s/{ws}/record")
    page.get_by_role("link", name="Compare versions 1 and 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Versions 1 and 2")
    expect(page.locator("ins").first).to_contain_text("and money")
    sides = page.locator(".versions-list .changed .twosides > div")
    left, right = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    page.set_viewport_size({"width": 320, "height": 640})
    above, below = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]


def test_a_speaker_finds_their_words_from_the_floor_and_corrects_them(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    _, lines = spoke(live, ws)
    page = open_page()
    live.sign_in(page, ws, SPEAKER, 1)
    page.goto(f"{live.url}/s/{ws}?watch=1")
    page.get_by_role("link", name="Your contributions").click()
    page.get_by_role("link", name=f"Correct #{lines[3]}").click()
    box = page.get_by_label("Captions")
    expect(box).to_be_focused()
    box.fill("And with money, every year.")
    check_layouts(page, "the correction of a line", (320, 1280))
    page.get_by_role("button", name="Correct").click()
    expect(page.locator(f"#l{lines[3]}")).to_contain_text("And with money, every year.")


def test_the_chair_confirms_at_the_console_and_the_stage_shows_it(live: LiveServer, ws: str, open_page: Open) -> None:
    live.do(ws, DraftSentence("consensus", KEEPER), HOST)
    live.do(ws, StartSegment(3))
    hall, console = open_page(1280, 720), open_page(1280, 900)
    hall.goto(f"{live.url}/s/{ws}/stage")
    expect(hall.locator("#link")).to_have_text("Connected")
    expect(hall.locator("#stage_questions")).to_be_visible()
    live.sign_in(console, ws, "onsite_moderator")
    console.goto(f"{live.url}/s/{ws}/console")
    expect(console.locator("#link")).to_have_text("Connected")
    box = console.get_by_label("Areas of consensus")
    expect(box).to_have_value(KEEPER)
    box.fill(f"{KEEPER}\nAnd money.")
    console.get_by_role("button", name="Confirm for the Chair").click()
    expect(console.locator("#confirmed")).to_contain_text("And money.")
    expect(hall.locator("#stage_summary")).to_contain_text("And money.")
    expect(hall.locator("#stage_questions")).to_be_hidden()
    assert findings(hall) == []


@pytest.fixture(scope="module")
def told(live: LiveServer) -> str:
    """The address of a published record whose takeaway is based on a vote, an intervention, and a caption line."""
    workshop(live, "told", "TLLD0001")
    turn, lines = spoke(live, "told")
    live.do("told", CloseSession())
    statement = next(iter(live.state("told").statements))
    publish(live, "told", Sentence("A keeper with a mandate.", (statement, turn, lines[2])), Sentence("It rained."))
    return f"{live.url}/s/told/record"


def test_the_record_is_for_everybody_in_light_and_dark_with_its_evidence_open(told: str, open_page: Open) -> None:
    page = open_page(1280, 900)
    page.goto(told)
    page.get_by_text("Based on: a vote, an intervention, a caption line").click()
    check_layouts(page, "the record")
    check_contrast_in_the_dark(page, "the record")
    page.goto(f"{told}?print=1")
    expect(page.locator(".evidence").first).to_be_visible()


def test_with_text_twice_as_large_nothing_is_cut_or_wider_than_the_screen(told: str, open_page: Open) -> None:
    """A browser zooms by narrowing the page: 1280 px at 200 % are 640 px, and the large text is that of the root."""
    page = open_page(640, 500)
    page.goto(f"{told}?print=1")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert too_wide(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert too_wide(page) == []


def test_paper_has_the_evidence_and_its_bars_and_no_navigation(told: str, open_page: Open) -> None:
    page = open_page(1280, 900)
    page.goto(told)
    expect(page.locator(".contents")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".contents")).to_be_hidden()
    for piece in page.locator(".evidence").all():
        box = piece.bounding_box()
        assert box is not None
        assert box["height"] > 20
    bars = page.locator(".evidence .bars").first.bounding_box()
    assert bars is not None
    assert bars["width"] > 50
    assert page.pdf().startswith(b"%PDF")


def test_the_contents_stand_beside_the_record_or_above_it(told: str, open_page: Open) -> None:
    page = open_page(1280, 900)
    page.goto(told)
    contents, body = page.locator(".contents"), page.locator("#takeaways")
    beside, below = contents.bounding_box(), body.bounding_box()
    assert beside is not None
    assert below is not None
    assert beside["x"] + beside["width"] <= below["x"]
    contents.get_by_role("link", name="Verify this record").click()
    expect(page.locator("#verify")).to_be_in_viewport()
    expect(contents.get_by_role("link", name="Report for printing")).to_be_in_viewport()
    page.set_viewport_size({"width": 320, "height": 640})
    above, below = contents.bounding_box(), body.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]


def test_the_number_of_an_entry_opens_it(told: str, open_page: Open) -> None:
    page = open_page(1280, 900)
    page.goto(f"{told}?print=1")
    page.locator(".evidence").first.get_by_role("link", name="Entry").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Entry")
    expect(page.locator("pre")).to_contain_text('"seq"')

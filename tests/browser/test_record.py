"""Later readers in a browser: a takeaway is opened down to the spoken line by keyboard, with a script and without;
versions side by side; one's own words; what the chair confirmed on the stage."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import findings, too_wide
from tests.browser.live_server import HOST, LiveServer

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


def check_accessible(page: Page) -> None:
    """At 1280 px and at 320 px nothing to find and nothing wider than the screen."""
    for width, height in ((1280, 900), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        assert findings(page) == []
        assert too_wide(page) == []


def spoke(live: LiveServer, session: str) -> tuple[int, list[int]]:
    turn = live.do(session, GiveFloorToSpeaker(1))
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
    marks = page.locator("section[aria-labelledby=takeaways] details.cited > summary")
    marks.first.focus()
    page.keyboard.press("Enter")
    opened = page.locator("section[aria-labelledby=takeaways] .evidence")
    expect(opened.first).to_contain_text("Wants a keeper with a mandate.")
    expect(opened.first.locator("li")).to_have_count(3)
    expect(opened.nth(1)).to_be_hidden()
    marks.nth(1).focus()
    page.keyboard.press("Enter")
    expect(opened.nth(1)).to_contain_text("One with a mandate.")
    expect(page.locator(".confirmed").first).to_contain_text("confirmed by the Chair")
    if script:
        check_accessible(page)
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
    check_accessible(page)  # which leaves it at 320 px
    above, below = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]


def test_a_speaker_finds_their_words_from_the_floor_and_corrects_them(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    _, lines = spoke(live, ws)
    page = open_page()
    page.goto(live.pass_for(ws, SPEAKER, 1)[0])
    page.goto(f"{live.url}/s/{ws}?watch=1")
    page.get_by_role("link", name="Your contributions").click()
    check_accessible(page)
    page.get_by_role("link", name=f"Correct #{lines[3]}").click()
    box = page.get_by_label("Captions")
    expect(box).to_be_focused()
    box.fill("And with money, every year.")
    check_accessible(page)
    page.get_by_role("button", name="Correct").click()
    expect(page.locator(f"#l{lines[3]}")).to_contain_text("And with money, every year.")


def test_the_chair_confirms_at_the_console_and_the_stage_shows_it(live: LiveServer, ws: str, open_page: Open) -> None:
    live.do(ws, DraftSentence("consensus", KEEPER), HOST)
    live.do(ws, StartSegment(3))
    hall, console = open_page(1280, 720), open_page(1280, 900)
    hall.goto(f"{live.url}/s/{ws}/stage")
    expect(hall.locator("#link")).to_have_text("Connected")
    expect(hall.locator("#stage_questions")).to_be_visible()
    console.goto(live.pass_for(ws, "onsite_moderator")[0])
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
    assert findings(console) == []

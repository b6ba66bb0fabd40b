"""The desk in a real browser: a report written with the keys only, two people at once, and a connection that goes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from acquis.command import CAPTIONER, ONSITE, ORGANIZER, RAPPORTEUR, Actor
from acquis.floor.queue import GiveFloorToSpeaker
from acquis.floor.segments import CloseSession
from acquis.floor.speech import CaptionSpeech

from .accessibility import check_contrast_in_the_dark, check_layouts, check_width, findings, too_wide
from .live_server import HOST, LiveServer
from .test_captions import push

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
BOSS = Actor("p-boss", roles=frozenset({ORGANIZER}))
SPOKEN = "Somebody has to look every year whether the norms are kept."
CLAIM = "Norms for cyberspace need one body that follows up every year how they are kept."
UNANSWERED = "What happens when a state breaks a norm it has signed up to?"


@pytest.fixture
def over(live: LiveServer, ws: str) -> str:
    """A workshop that is over, with a line that was said in it."""
    live.do(ws, CaptionSpeech(SPOKEN, "One", 1), HOST)
    live.do(ws, CloseSession(), BOSS)
    return ws


def sits(live: LiveServer, session: str, page: Page, role: str = RAPPORTEUR, name: str = "") -> Page:
    """Somebody at the desk of a session."""
    live.sign_in(page, session, role, name=name)
    page.goto(f"{live.url}/s/{session}/desk")
    expect(page.locator("#filter")).to_be_visible()  # the script is there
    return page


def area(page: Page, name: str):  # type: ignore[no-untyped-def]  # a locator
    """The field of a sentence, by its name on the page."""
    return page.get_by_role("textbox", name=name, exact=True)


def tab_to(page: Page, name: str) -> None:
    """Walk with the tab key until something of this name has the focus."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.locator(":focus").filter(has_text=re.compile(rf"^\s*{re.escape(name)}")).count():
            return
    raise AssertionError(f"no way to {name} with the tab key")


def find(page: Page, words: str) -> None:
    """Go to a piece of evidence by its words."""
    page.keyboard.press("/")
    expect(page.get_by_label("Search the evidence")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    assert words.lower() in page.evaluate("document.activeElement.textContent").lower()


def drafted(live: LiveServer, session: str, part: str = "takeaways") -> list[tuple[str, int]]:
    """The sentences of a part as kept: the text, and how many entries it rests on."""
    return [(one.text, len(one.cites)) for one in live.state(session).draft.get(part, [])]


OUTSIDE = """ai-disclosure: ai-generated

# Key takeaways
Everybody agreed that norms for cyberspace need one body that follows up every year how they are kept.
As one speaker said, “Somebody has to look every month whether the norms are kept.”
"""


@pytest.mark.parametrize("script", [True, False])
def test_a_draft_made_elsewhere_is_pasted_corrected_by_its_verdicts_and_published(
    live: LiveServer, over: str, open_page: Open, script: bool
) -> None:
    page = open_page(1280, 900, java_script_enabled=script)
    live.sign_in(page, over, RAPPORTEUR)
    page.goto(f"{live.url}/s/{over}/desk")
    page.get_by_role("link", name="Add a draft").click()
    page.get_by_label("Or paste the text").fill(OUTSIDE)
    page.get_by_role("button", name="Show a preview").click()
    expect(page.get_by_text("Does not agree with the record")).to_have_count(2)
    expect(page.get_by_role("heading", name="What the draft leaves out")).to_be_visible()
    if script:
        assert findings(page) == []
        check_width(page)
    for place, words in enumerate((CLAIM, SPOKEN)):
        page.locator(".outside > li").nth(place).locator(".likely label", has_text=words).first.click()
    page.get_by_role("button", name="Add the selected sentences").click()

    expect(page.locator("#takeaways .verdicts .fails")).to_have_count(2)
    expect(page.locator("#takeaways .cited")).to_have_count(2)
    area(page, "Key takeaways 1").fill(f"Most voters agreed: {CLAIM}")
    area(page, "Key takeaways 2").fill(f"As one speaker said, “{SPOKEN}”")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("#takeaways .verdicts .fails")).to_have_count(0)
    expect(page.get_by_text("From a draft that a person and a machine wrote.")).to_have_count(2)
    page.get_by_role("button", name="Publish the report").click()
    page.get_by_role("button", name="Yes, publish it now").click()
    expect(page).to_have_url(f"{live.url}/s/{over}/record")
    expect(page.get_by_text("From a draft that a person and a machine wrote.")).to_have_count(2)
    expect(page.locator(".verdicts .fails")).to_have_count(0)


@pytest.fixture
def captioned(live: LiveServer, ws: str, open_page: Open) -> str:
    """A workshop in which a phone saw the captions arrive while the floor ran, and which is over now."""
    phone = open_page()
    phone.goto(f"{live.url}/s/{ws}?watch=1")
    expect(phone.locator("#link")).to_have_text("Connected")
    live.do(ws, GiveFloorToSpeaker(1), HOST)
    live.clock.forward(60_000)  # captions lag: a line right after the beginning is doubtful
    push(live, ws, live.pass_for(ws, CAPTIONER)[0].rsplit("/", 1)[1], text=SPOKEN, key="line-0001", language="en")
    phone.locator("#captions summary").click()
    expect(phone.locator("#lines li").last).to_contain_text(SPOKEN)
    live.do(ws, CloseSession(), BOSS)
    return ws


def test_from_the_captions_to_a_corrected_report_with_the_keys_only(
    live: LiveServer, captioned: str, open_page: Open
) -> None:
    over = captioned
    page = sits(live, over, open_page(1280, 900))
    find(page, CLAIM)  # an offer, with its reason
    expect(page.locator(":focus")).to_contain_text("agree")
    page.keyboard.press("t")
    expect(area(page, "Key takeaways 1")).to_have_value(CLAIM)
    find(page, SPOKEN)
    expect(page.locator(".piece.line:focus")).to_have_count(1)
    page.keyboard.press("Enter")  # cited under the sentence one came from
    expect(page.locator("#takeaways .sentence").first.locator(".cited")).to_have_count(2)
    page.keyboard.press("F2")
    expect(area(page, "Key takeaways 1")).to_be_focused()
    page.keyboard.press("Alt+Enter")
    expect(area(page, "Key takeaways 2")).to_be_focused()
    page.keyboard.type("Small states asked for money first.")
    expect(page.locator("#takeaways .counter").nth(1)).to_have_text("Characters: 35 of 600. Words: 6.")
    page.keyboard.press("F2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#takeaways .sentence").nth(1).locator(".cited")).to_have_count(1)
    find(page, UNANSWERED)
    page.keyboard.press("a")
    expect(area(page, "Call to action 1")).to_have_value(UNANSWERED)
    assert findings(page) == []
    check_width(page)
    assert [cites for _, cites in drafted(live, over)] == [2, 1]
    page.keyboard.press("F2")
    tab_to(page, "Publish the report")
    page.keyboard.press("Enter")
    tab_to(page, "Yes, publish it now")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live.url}/s/{over}/record")

    reader = open_page()
    reader.goto(f"{live.url}/s/{over}/record")
    reader.locator("details.based > summary", has_text="a vote, a caption line").first.click()
    expect(reader.get_by_text(SPOKEN).first).to_be_visible()
    reader.locator("details.based[open] a[href*='captions?line=']").first.click()
    expect(reader.locator("li:target")).to_contain_text(SPOKEN)

    page.goto(f"{live.url}/s/{over}/desk")
    area(page, "Key takeaways 2").focus()
    page.keyboard.press("End")
    page.keyboard.type(" In every group.")
    tab_to(page, "Publish the correction")
    page.keyboard.press("Enter")
    page.get_by_label("Corrections in this version, with reasons").focus()
    page.keyboard.type("Who asked was missing.")
    tab_to(page, "Yes, publish it now")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live.url}/s/{over}/record")
    reader.goto(f"{live.url}/s/{over}/record/compare?a=1&b=2")
    expect(reader.locator("ins")).to_contain_text(["In every group."])


def test_what_is_proposed_at_the_close_is_taken_with_a_key(live: LiveServer, over: str, open_page: Open) -> None:
    page = sits(live, over, open_page(1280, 900))
    expect(page.locator(".proposed").first).to_be_visible()
    part = "consensus" if page.locator("#consensus .proposed li").count() else "concern"
    page.locator(f"#{part} .proposed li").first.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{part} .sentence")).to_have_count(1)
    expect(page.locator(f"#{part} .sentence .cited")).to_have_count(1)
    expect(page.locator(f"#{part} .proposed")).to_have_count(0)


def test_two_at_the_desk_see_each_other_and_nothing_is_overwritten(
    live: LiveServer, over: str, open_page: Open
) -> None:
    one = sits(live, over, open_page(1280, 900), name="Ada Example")
    other = sits(live, over, open_page(1280, 900), ONSITE, "Bo Sample")
    one.get_by_role("button", name="Add a sentence Key takeaways").click()
    area(one, "Key takeaways 1").fill("From one.")
    expect(area(other, "Key takeaways 1")).to_have_value("From one.")
    expect(other.locator("#others")).to_contain_text("Ada Example")

    other.get_by_role("button", name="Add a sentence Call to action").click()
    area(one, "Key takeaways 1").press_sequentially(" And more", delay=60)
    area(other, "Call to action 1").fill("From the other.")
    expect(area(one, "Call to action 1")).to_have_value("From the other.")
    expect(area(one, "Key takeaways 1")).to_be_focused()
    expect(area(one, "Key takeaways 1")).to_have_value("From one. And more")
    expect(area(other, "Key takeaways 1")).to_have_value("From one. And more")

    one.context.set_offline(True)
    area(one, "Key takeaways 1").fill("Written where no connection was.")
    expect(one.locator("#saved")).to_contain_text("No connection.")
    area(other, "Key takeaways 1").fill("Written meanwhile.")
    live.until(lambda: drafted(live, over) == [("Written meanwhile.", 0)])
    one.context.set_offline(False)
    box = one.locator(".met-box")
    expect(box).to_contain_text("Bo Sample has changed this sentence to:")
    expect(box).to_contain_text("Written meanwhile.")
    expect(area(one, "Key takeaways 1")).to_have_value("Written where no connection was.")
    one.get_by_role("button", name="Add a sentence Areas of concern").click()  # no other button chooses
    expect(box).to_be_visible()
    assert findings(one) == []
    check_width(one)
    box.get_by_role("button", name="Keep both").click()
    expect(area(one, "Key takeaways 2")).to_have_value("Written where no connection was.")
    assert [text for text, _ in drafted(live, over)] == ["Written meanwhile.", "Written where no connection was."]


def test_what_was_not_sent_when_the_page_was_closed_is_sent_later(live: LiveServer, over: str, open_page: Open) -> None:
    page = sits(live, over, open_page(1280, 900))
    page.get_by_role("button", name="Add a sentence Key takeaways").click()
    expect(area(page, "Key takeaways 1")).to_be_focused()
    page.context.set_offline(True)
    area(page, "Key takeaways 1").fill("Before the hall empties.")
    expect(page.locator("#saved")).to_contain_text("No connection.")
    again = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    again.goto(f"{live.url}/s/{over}/desk")
    expect(area(again, "Key takeaways 1")).to_have_value("Before the hall empties.")
    assert drafted(live, over) == [("Before the hall empties.", 0)]
    again.reload()
    expect(again.locator(".met")).to_have_count(0)


def test_evidence_is_dragged_onto_a_sentence_and_onto_a_part(live: LiveServer, over: str, open_page: Open) -> None:
    page = sits(live, over, open_page(1280, 900))
    page.locator(".evidences .offers > li").first.drag_to(page.locator("#concern legend"))
    expect(page.locator("#concern .sentence")).to_have_count(1)
    page.get_by_role("radio", name="Questions").check()
    piece = page.locator(".evidences .piece", has_text=UNANSWERED).locator(".picker")
    piece.scroll_into_view_if_needed()
    piece.drag_to(page.locator("#concern textarea"))
    expect(page.locator("#concern .cited")).to_have_count(2)


@pytest.mark.parametrize("script", [True, False])
def test_the_kinds_of_evidence_are_tabs(live: LiveServer, over: str, open_page: Open, script: bool) -> None:
    page = open_page(1280, 900, java_script_enabled=script)
    live.sign_in(page, over, RAPPORTEUR)
    page.goto(f"{live.url}/s/{over}/desk")
    question = page.locator(".evidences .piece", has_text=UNANSWERED)
    vote = page.locator(".evidences .piece", has_text=CLAIM)
    expect(vote).to_be_visible()
    expect(question).to_be_hidden()
    page.get_by_role("radio", name="Votes").focus()
    page.keyboard.press("ArrowRight")
    expect(question).to_be_visible()
    expect(vote).to_be_hidden()
    if script:  # a search is for all kinds
        page.get_by_label("Search the evidence").fill("norms")
        expect(vote).to_be_visible()


def test_a_mark_below_a_sentence_leads_to_its_evidence(live: LiveServer, over: str, open_page: Open) -> None:
    page = sits(live, over, open_page(1280, 900))
    find(page, UNANSWERED)
    page.keyboard.press("a")
    expect(area(page, "Call to action 1")).to_have_value(UNANSWERED)
    page.get_by_label("Search the evidence").fill("")
    page.get_by_role("radio", name="Interventions").check()
    page.locator("#calls_to_action .cited a").click()
    expect(page.locator(".evidences .piece", has_text=UNANSWERED)).to_be_in_viewport()


def test_the_draft_comes_first_on_a_narrow_screen_and_beside_the_evidence_on_a_wide_one(
    live: LiveServer, over: str, open_page: Open
) -> None:
    page = sits(live, over, open_page(1280, 900))
    draft, evidence = page.locator(".drafting"), page.locator(".evidences")
    wide = draft.bounding_box(), evidence.bounding_box()
    assert wide[0] is not None
    assert wide[1] is not None
    assert wide[1]["x"] + wide[1]["width"] <= wide[0]["x"]
    page.set_viewport_size({"width": 768, "height": 900})
    narrow = draft.bounding_box(), evidence.bounding_box()
    assert narrow[0] is not None
    assert narrow[1] is not None
    assert narrow[0]["y"] + narrow[0]["height"] <= narrow[1]["y"]


def test_the_desk_is_for_everybody_in_light_and_dark(live: LiveServer, over: str, open_page: Open) -> None:
    page = sits(live, over, open_page(1280, 900))
    find(page, UNANSWERED)
    page.keyboard.press("t")
    expect(page.locator("#takeaways .cited")).to_have_count(1)
    page.get_by_role("button", name="Add a sentence Key takeaways").click()
    expect(page.locator("#takeaways .bare")).to_be_visible()
    check_layouts(page, "the desk")
    check_contrast_in_the_dark(page, "the desk")
    page.set_viewport_size({"width": 640, "height": 500})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert too_wide(page) == []


def test_a_draft_made_elsewhere_is_pasted_taken_in_and_seen_at_a_desk_that_was_opened_before(
    live: LiveServer, over: str, open_page: Open
) -> None:
    early, page = sits(live, over, open_page(1280, 800)), open_page(1280, 800)
    live.sign_in(page, over, RAPPORTEUR)
    page.goto(f"{live.url}/s/{over}/desk/elsewhere")
    field, sheet = page.get_by_label("Or paste the text"), page.locator("form.sheet")
    wide, whole = (part.evaluate("el => el.getBoundingClientRect().width") for part in (field, sheet))
    assert wide > 0.9 * whole, "a report is pasted into a field that has room for it"
    field.fill(CLAIM)
    page.get_by_role("button", name="Show a preview").click()
    expect(page.locator(".problem")).to_contain_text("Choose who wrote it.")
    expect(field).to_have_value(CLAIM)
    page.get_by_label("A machine", exact=True).check()
    page.get_by_role("button", name="Show a preview").click()
    page.locator(".likely input").first.check()
    page.get_by_role("button", name="Add the selected sentences").click()
    for desk in (page, early):
        expect(desk.locator("main")).to_contain_text("From a draft that a machine wrote.")
        expect(desk.locator("textarea").first).to_have_value(CLAIM)

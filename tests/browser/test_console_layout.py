"""The moderators' console with a full list: one screen without scrolling, narrower screens, tabs, keys, axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.accessibility import check_contrast_in_the_dark, findings, nothing, too_wide
from tests.browser.live_server import HOST, LiveServer, crowd, workshop
from tests.browser.test_live_console import console

from acquis.floor import messages, questions, queue

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
HANDS, ASKED = 40, 60
FULL = "full"
NEEDED = (
    "#programme [data-key=s]", "#turn [data-key=e]", "#turn button[value='60']", "#lanes [data-key=o]",
    "#turn [data-key=r]", "#pick [data-key=g]", "#line_head [data-key=l]", "#queue li:first-child", "#walkup",
    "#on_floor li", ".tabs label", "#panel [data-key]", "#fitting .more", "#session_time .timer", ".spoken li",
    "#room_screen button", ".foot > details", "#pausing button",
)  # fmt: skip
"""What a moderator needs in the minute."""


NO_WIDER = """widest => {
  const pen = document.createElement("canvas").getContext("2d");
  const words = "Which group of states may follow up on norms and how";
  pen.font = `100px ${getComputedStyle(document.body).fontFamily}`;
  const space = Math.min(0, widest - pen.measureText(words).width / 100 / words.length);
  const sheet = new CSSStyleSheet();  // unlike a style element, the content security policy has nothing against it
  sheet.replaceSync(`* { letter-spacing: ${space}em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
"""Brings the letters of a wide font closer together until they are as wide as this on average, in em."""


@pytest.fixture(scope="module")
def full(live: LiveServer) -> str:
    """A workshop in which forty people wait for the floor and sixty questions were asked."""
    workshop(live, FULL, "FULL0001")
    more = crowd(live, FULL, 70)[24:]
    hands = [seq for seq in live.state(FULL).waiting if live.state(FULL).hands[seq].kind == "turn"]
    raising = [(queue.RaiseHand(about="On follow-up" if n % 5 == 0 else ""), one) for n, one in enumerate(more)]
    live.do_all(FULL, raising[: HANDS - len(hands)])
    asking = [(questions.AskQuestion(f"What follows from case {n}?", to=n % 4), more[n % 40]) for n in range(ASKED - 7)]
    asked = live.do_all(FULL, asking)
    live.do_all(FULL, [(questions.ApproveQuestion(seq), HOST) for seq in asked[:-3]])
    state = live.state(FULL)
    assert sum(state.hands[seq].kind == "turn" for seq in state.waiting) == HANDS
    assert len(state.questions) == ASKED
    return FULL


@pytest.fixture(scope="module")
def looked_at(browser: Browser, live: LiveServer, full: str) -> Iterator[Page]:
    """The console of that workshop, for tests that look at it and do nothing."""
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        console(page, live, full)
        yield page


def outside(page: Page, part: Locator) -> list[str]:
    """The elements that are not wholly on the screen, or are cut by a box around them."""
    found: list[str] = part.evaluate_all(
        """elements => elements.filter(el => {
          const box = el.getBoundingClientRect();
          if (!box.width || box.top < 0 || box.left < 0) return true;
          if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1) return true;
          for (let up = el.parentElement; up && up !== document.body; up = up.parentElement) {
            const frame = up.getBoundingClientRect();
            if (getComputedStyle(up).overflowY !== "visible" && box.bottom > frame.bottom + 1) return true;
          }
          return false;
        }).map(el => el.outerHTML.slice(0, 120))"""
    )
    return found


def test_what_is_needed_is_on_one_screen(looked_at: Page) -> None:
    """The page does not scroll at 1280x800 with letters that are no wider than those of DejaVu, the widest of the fonts
    that come with systems; the two lists scroll in their boxes."""
    page = looked_at
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate(NO_WIDER, 0.54)
    height, screen = page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert height <= screen
    for part in NEEDED:
        there = page.locator(part)
        assert there.count(), part
        assert outside(page, there) == [], part
    assert page.locator(".rows").evaluate_all("boxes => boxes.filter(b => b.scrollHeight > b.clientHeight).length") == 2
    expect(page.locator("button.main:visible:enabled")).to_have_count(1)
    page.evaluate("document.adoptedStyleSheets = []")


def test_the_ruler_is_as_long_as_its_minutes(looked_at: Page) -> None:
    page = looked_at
    page.set_viewport_size({"width": 1600, "height": 900})
    opening, panel = (page.locator(".segments li").nth(place).bounding_box() for place in (0, 1))
    assert opening is not None
    assert panel is not None
    assert panel["width"] / opening["width"] == pytest.approx(25 / 15, rel=0.02)
    expect(page.locator(".segments li[data-past] button")).to_have_count(0)
    expect(page.locator(".segments button")).to_have_count(1)
    expect(page.locator(".segments button")).to_contain_text("Closing")
    page.evaluate("document.documentElement.dir = 'rtl'")
    first, last = (page.locator(".segments li").nth(place).bounding_box() for place in (0, 3))
    page.evaluate("document.documentElement.dir = 'ltr'")
    assert first is not None
    assert last is not None
    assert first["x"] > last["x"]


@pytest.mark.slow
def test_nothing_is_wider_than_the_screen_and_axe_finds_nothing(looked_at: Page) -> None:
    """Axe looks at the widest screen only: how it finds narrow ones is seen with fewer rows in `test_live_access`."""
    page = looked_at
    for width in (320, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        nothing(too_wide(page), f"the console at {width} px")
    nothing(findings(page), "the console")
    check_contrast_in_the_dark(page, "the console")


def test_right_to_left_with_longer_words(live: LiveServer, full: str, open_page: Open) -> None:
    page = open_page(1280, 800)
    live.sign_in(page, full, "onsite_moderator")
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => { document.documentElement.dir = 'rtl'; })"
    )
    page.goto(f"{live.url}/s/{full}/console?lang=en-XA")
    nothing(too_wide(page), "the console from right to left")
    height, screen = page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert height <= screen


def test_the_order_on_a_narrow_screen(looked_at: Page) -> None:
    """Who has the floor, who is next, the list, the questions, and then the rest."""
    page = looked_at
    page.set_viewport_size({"width": 360, "height": 740})
    parts = ("#turn", "#pick", "#queue", "#entering", ".tabs", "#on_floor", "#panel", "#balance", ".foot")
    tops: list[Any] = [page.locator(part).bounding_box() for part in parts]
    assert [box["y"] for box in tops] == sorted(box["y"] for box in tops)


@pytest.mark.parametrize("script", [True, False])
def test_the_tabs_need_no_script(live: LiveServer, full: str, open_page: Open, script: bool) -> None:
    page = open_page(1280, 800, java_script_enabled=script)
    link, _ = live.pass_for(full, "onsite_moderator")
    page.goto(link)
    expect(page.locator("#unanswered li").first).to_be_visible()
    expect(page.locator("#held_back li")).to_be_hidden()
    reviewing = sum(q.fate == "waiting" for q in live.state(full).questions.values())
    assert reviewing > 2
    expect(page.locator("#toapprove li:visible")).to_have_count(2)
    page.get_by_role("radio", name="To review").check()
    expect(page.locator("#toapprove > li:visible")).to_have_count(page.locator("#toapprove > li").count())
    expect(page.locator("#unanswered li:visible")).to_have_count(0)
    page.get_by_role("radio", name="Withheld").check()
    expect(page.locator("#held_back li")).to_be_visible()


def test_the_keys_walk_what_can_be_seen(live: LiveServer, full: str, open_page: Open) -> None:
    """A tab that was chosen takes no key away, and rows of another tab are not stepped on."""
    page = open_page(1280, 800)
    console(page, live, full)
    page.get_by_role("radio", name="Withheld").check()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.parentElement.id") == "held_back"
    page.get_by_role("radio", name="Waiting").check()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.parentElement.id") == "on_floor"
    for _ in range(3):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.parentElement.id") == "unanswered"
    page.keyboard.press("]")
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.keyboard.press("t")
    expect(page.locator("#seed")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#seed")).to_be_hidden()
    page.keyboard.press("w")
    expect(page.locator("#walkup")).to_be_focused()


def test_a_message_of_the_ruler_stands_below_its_button(live: LiveServer, full: str, open_page: Open) -> None:
    page = open_page(1280, 800)
    console(page, live, full)
    page.route("**/do", lambda route: route.abort())
    page.locator("#programme [data-key=s]").click()
    said = page.locator("#programme .sent")
    expect(said).to_contain_text("Nothing was sent.")
    assert outside(page, said) == []
    height, screen = page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert height <= screen


def test_the_buttons_for_a_long_message_fit_the_screen_and_undo_stays_one_line_on_a_phone(
    live: LiveServer, full: str, open_page: Open
) -> None:
    page, phone = open_page(1280, 800), open_page(320, 640)
    console(page, live, full)
    console(phone, live, full)
    live.do(full, messages.ChooseProcedure("igf"))
    shown = page.locator("#room_screen .choice-of strong")
    for text in ("Norms need a body.", "Norms need a body that looks every year. " * 48):
        live.do(full, messages.ProposeMessage("takeaways", text))
        live.do(full, messages.PutMessage(max(live.state(full).messages)))
        expect(shown).to_have_text("Message")
        assert outside(page, page.locator("#room_screen button")) == []
        wide = page.locator("#room_screen button").evaluate_all("all => all.map(el => el.scrollWidth - el.clientWidth)")
        assert max(wide) <= 0, "no word is cut"
    expect(page.locator(".parts-of")).to_contain_text("Part 1 of ")
    assert outside(page, page.locator(".parts-of button")) == []
    height, screen = page.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert height <= screen
    undo = phone.locator("#undo button")
    expect(undo).to_be_visible()
    box = undo.bounding_box()
    assert box is not None
    assert box["width"] > box["height"]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_menu_of_a_panellist_opens_below_the_row(live: LiveServer, ws: str, open_page: Open, width: int) -> None:
    """The three dots stay beside the name, where the same press closes the menu, and the name can be pressed."""
    page = open_page(width, 800)
    console(page, live, ws)
    if width < 700:
        page.locator(".tabs label").last.click()
    row = page.locator("#panel li").first
    dots, name = row.locator("summary"), row.locator("bdi").first

    def apart() -> tuple[float, float]:
        first, second = dots.bounding_box(), name.bounding_box()
        assert first
        assert second
        return first["x"] - second["x"], first["y"] - second["y"]

    before = apart()
    dots.click()
    expect(row.get_by_role("button", name="Correct the speaker")).to_be_visible()
    assert apart() == pytest.approx(before, abs=1)
    menu, whole = row.locator("details > div").bounding_box(), row.bounding_box()
    assert menu
    assert whole
    assert menu["width"] > 0.9 * whole["width"]
    row.locator("button").first.click(trial=True)
    dots.click()
    expect(row.get_by_role("button", name="Correct the speaker")).to_be_hidden()

"""Every live page in every state it is designed for: no accessibility finding, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from tests.browser.accessibility import (
    check_contrast_in_the_dark,
    check_layouts,
    check_page,
    findings,
    nothing,
    too_wide,
    visit,
)
from tests.browser.live_server import PROGRAMME, LiveServer, crowd, workshop

from acquis.floor import questions, segments

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

PLACES = ("", "/questions", "/vote", "/map")


@pytest.fixture(scope="module")
def states(live: LiveServer) -> dict[str, str]:
    """A session in each state."""
    live.add("empty", code="EE000001")
    workshop(live, "busy", "EE000002")
    workshop(live, "over", "EE000003")
    live.do("over", segments.CloseSession())
    live.add("full", code="EE000004")
    live.do("full", segments.OpenSession())
    live.do("full", segments.StartSegment(2))
    live.do("full", segments.ChangeSettings(False, True))
    asking = [
        (questions.AskQuestion(f"Question {number} of {one.person} " + "w" * 30), one)
        for one in crowd(live, "full", 170)
        for number in range(3)
    ]
    live.do_all("full", asking)
    return {name: f"{live.url}/s/{name}" for name in ("empty", "busy", "over", "full")}


def test_the_phone_pages(live: LiveServer, states: dict[str, str], open_page: Open) -> None:
    """What `test_every_page` does not show: the form to join, and the pages with next to nothing and with very much."""
    page = open_page()
    check_page(page, states["busy"])
    check_contrast_in_the_dark(page, states["busy"])
    live.take_part(page, "busy")
    for place in PLACES:
        check_page(page, states["empty"] + place)
        visit(page, states["full"] + place)
        nothing(too_wide(page), f"with very much, {place}")
    page.goto(states["busy"] + "/questions")
    page.locator("summary").first.click()
    nothing(findings(page), "the form of a question")
    check_contrast_in_the_dark(page, "the form of a question")


def test_forced_colours_and_menus_open(live: LiveServer, states: dict[str, str], open_page: Open) -> None:
    page = open_page(forced_colors="active")
    live.take_part(page, "busy")
    for place in PLACES:
        visit(page, states["busy"] + place)
        for summary in page.locator("summary:visible").all():
            summary.click()
        assert findings(page) == []
        assert too_wide(page) == []


@pytest.mark.parametrize("name", ["busy", "empty", "over"])
def test_the_console(live: LiveServer, states: dict[str, str], open_page: Open, name: str) -> None:
    page = open_page(320, 640)
    live.sign_in(page, name, "onsite_moderator")
    visit(page, f"{states[name]}/console")
    if name == "busy":  # with its menus open; as it is, it is looked at in `test_console_layout`
        for summary in page.locator("summary:visible").all()[:12]:
            summary.press("Enter")  # an open menu may lie over the next one
    check_layouts(page, f"the console, {name}", (320, 800, 1280))


@pytest.mark.parametrize("scene", ["busy/stage", "empty/stage", "over/stage", "busy/stage?scene=results"])
def test_the_stage(states: dict[str, str], open_page: Open, scene: str) -> None:
    page = open_page(320, 720)
    name, _, place = scene.partition("/")
    visit(page, f"{states[name]}/{place}")
    check_layouts(page, scene, (320, 1280, 1920))


def test_right_to_left_turns_the_layout_round(live: LiveServer, states: dict[str, str], open_page: Open) -> None:
    """That it fits then is seen in `test_every_page`."""
    page = open_page()
    live.take_part(page, "busy")
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => { document.documentElement.dir = 'rtl'; })"
    )
    page.goto(states["busy"] + "/questions")
    expect(page.locator("#link")).to_have_text("Connected")  # the first frame has put its rows in place
    button, text = page.locator(".support").first.bounding_box(), page.locator(".question .text").first.bounding_box()
    assert button is not None
    assert text is not None
    assert button["x"] > text["x"]


def test_the_focus_is_seen_and_not_covered(live: LiveServer, states: dict[str, str], open_page: Open) -> None:
    page = open_page()
    live.take_part(page, "busy")
    page.goto(states["busy"] + "/questions")
    expect(page.locator("#link")).to_have_text("Connected")
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const el = document.activeElement; if (el === document.body) return true;
            const box = el.getBoundingClientRect(); const bar = document.querySelector('.bar').getBoundingClientRect();
            const ring = getComputedStyle(el); const inBar = Boolean(el.closest('.bar'));
            const seen = parseFloat(ring.outlineWidth) >= 2 && (inBar || box.bottom <= bar.top + 1);
            return seen || el.outerHTML; }"""
        )
        assert seen is True


def test_what_a_menu_shows_is_not_behind_the_bar(live: LiveServer, states: dict[str, str], open_page: Open) -> None:
    page = open_page(320, 480)
    live.take_part(page, "busy")
    page.goto(states["busy"])
    menu = page.locator("details.more")
    page.evaluate(
        "at => scrollTo(0, at)", menu.evaluate("el => el.getBoundingClientRect().bottom + scrollY - innerHeight")
    )
    menu.locator("summary").click()
    last = menu.get_by_role("button", name="Right of reply")
    over = "el => el.getBoundingClientRect().bottom - document.querySelector('.bar').getBoundingClientRect().top"
    live.until(lambda: bool(last.evaluate(over) <= 0))


def test_updates_move_neither_focus_nor_scroll(live: LiveServer, states: dict[str, str], open_page: Open) -> None:
    page = open_page()
    live.take_part(page, "busy")
    page.goto(states["busy"] + "/questions")
    expect(page.locator("#link")).to_have_text("Connected")
    third = page.locator("#asked .support button").nth(2)
    third.focus()
    at = page.evaluate("[scrollY, document.activeElement.form.elements.question.value]")
    asked = [q.seq for q in live.state("busy").questions.values() if q.fate == "approved"][:2]
    counts = [page.locator(f"#q{seq} [data-count]") for seq in asked]
    before = [int(count.inner_text()) for count in counts]
    others = crowd(live, "busy", 60)[24:]
    live.do_all("busy", [(questions.SupportQuestion(seq), one) for one in others for seq in asked])
    for count, was in zip(counts, before):
        expect(count).to_have_text(str(was + len(others)))
    assert page.evaluate("[scrollY, document.activeElement.form.elements.question.value]") == at


def test_the_head_of_the_map_page_is_one_line_on_a_phone(live: LiveServer, open_page: Open) -> None:
    """W m15: the connection stood in a second line, because a page that follows by itself offered a link to refresh."""
    live.add("head", replace(PROGRAMME, rehearsal=False), code="HEAD0001")
    page = open_page(360, 740)
    page.goto(f"{live.url}/s/head/map")
    page.locator("html.scripted").wait_for()
    title, status = (page.locator(f"header .{name}").bounding_box() for name in ("title", "status"))
    assert title
    assert status
    assert status["y"] < title["y"] + title["height"]
    expect(page.locator("header .update")).to_be_hidden()

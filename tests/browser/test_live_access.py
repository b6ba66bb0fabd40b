"""Every live page in every state it is designed for: no accessibility finding, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import check_page, findings, rules_for, too_wide
from tests.browser.live_server import LiveServer, crowd, workshop
from tests.browser.test_live_participant import join

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
    for one in crowd(live, "full", 170):
        for number in range(3):
            live.do("full", questions.AskQuestion(f"Question {number} of {one.person} " + "w" * 30), one)
    return {name: f"{live.url}/s/{name}" for name in ("empty", "busy", "over", "full")}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_phone_pages(live: LiveServer, states: dict[str, str], open_page: Open, theme: Any) -> None:
    page = open_page(color_scheme=theme)
    rules = rules_for(320, theme)
    check_page(page, live.url, rules)
    check_page(page, states["busy"], rules)
    join(page, live, "busy")
    for name in ("busy", "empty", "over", "full") if theme == "light" else ("busy",):
        for place in PLACES:
            check_page(page, states[name] + place, rules)
    page.goto(states["busy"] + "/questions")
    page.locator("summary").first.click()
    assert findings(page, rules) == []


def test_forced_colours_and_menus_open(live: LiveServer, states: dict[str, str], open_page: Open) -> None:
    page = open_page(forced_colors="active")
    join(page, live, "busy")
    for place in PLACES:
        check_page(page, states["busy"] + place)
        for summary in page.locator("summary:visible").all():
            summary.click()
        assert findings(page) == []
        assert too_wide(page) == []


@pytest.mark.parametrize("size", [(1280, 800), (320, 640), (800, 1100)])
def test_the_console(live: LiveServer, states: dict[str, str], open_page: Open, size: tuple[int, int]) -> None:
    rules = rules_for(size[0])
    for name in ("busy", "empty", "over"):
        page = open_page(*size)
        link, _ = live.pass_for(name, "onsite_moderator")
        page.goto(link)
        check_page(page, f"{states[name]}/console", rules)
        if name == "busy":
            for summary in page.locator("summary:visible").all()[:12]:
                summary.click()
            assert findings(page, rules) == []
            assert too_wide(page) == []


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (320, 640)])
def test_the_stage(states: dict[str, str], open_page: Open, size: tuple[int, int]) -> None:
    page = open_page(*size)
    for scene in ("busy/stage", "empty/stage", "over/stage", "busy/stage?scene=results"):
        name, _, place = scene.partition("/")
        check_page(page, f"{states[name]}/{place}", rules_for(size[0]))


def test_right_to_left_turns_the_layout_round(live: LiveServer, states: dict[str, str], open_page: Open) -> None:
    page = open_page()
    join(page, live, "busy")
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => { document.documentElement.dir = 'rtl'; })"
    )
    for place in PLACES:
        page.goto(states["busy"] + place)
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert too_wide(page) == []
    page.goto(states["busy"] + "/questions")
    expect(page.locator("#link")).to_have_text("Live")  # the first frame has put its rows in place
    button, text = page.locator(".support").first.bounding_box(), page.locator(".question .text").first.bounding_box()
    assert button is not None
    assert text is not None
    assert button["x"] > text["x"]


def test_text_at_400_percent_and_wide_spacing_stays_readable(
    live: LiveServer, states: dict[str, str], open_page: Open
) -> None:
    page = open_page(320, 256)  # 1280 x 1024 at 400 %
    join(page, live, "busy")
    for place in PLACES:
        page.goto(states["busy"] + place)
        page.evaluate(
            """() => { for (const el of document.querySelectorAll('body *')) { el.style.letterSpacing = '.12em';
            el.style.wordSpacing = '.16em'; el.style.lineHeight = '1.5'; } }"""
        )
        assert too_wide(page) == []


def test_the_focus_is_seen_and_not_covered(live: LiveServer, states: dict[str, str], open_page: Open) -> None:
    page = open_page()
    join(page, live, "busy")
    page.goto(states["busy"] + "/questions")
    expect(page.locator("#link")).to_have_text("Live")
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


def test_updates_move_neither_focus_nor_scroll(live: LiveServer, states: dict[str, str], open_page: Open) -> None:
    page = open_page()
    join(page, live, "busy")
    page.goto(states["busy"] + "/questions")
    expect(page.locator("#link")).to_have_text("Live")
    third = page.locator("#asked .support button").nth(2)
    third.focus()
    at = page.evaluate("[scrollY, document.activeElement.form.elements.question.value]")
    asked = [q.seq for q in live.state("busy").questions.values() if q.fate == "approved"][:2]
    counts = [page.locator(f"#q{seq} [data-count]") for seq in asked]
    before = [int(count.inner_text()) for count in counts]
    others = crowd(live, "busy", 60)[24:]
    for one in others:
        for seq in asked:
            live.do("busy", questions.SupportQuestion(seq), one)
    for count, was in zip(counts, before):
        expect(count).to_have_text(str(was + len(others)))
    assert page.evaluate("[scrollY, document.activeElement.form.elements.question.value]") == at

"""The pages of the reference in a browser: on a phone, by keyboard, without scripts, right to left, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import too_wide
from tests.browser.live_server import LiveServer

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def test_the_way_in_is_found_with_the_keyboard_alone(live: LiveServer, open_page: Open) -> None:
    page = open_page(320, 640)
    page.goto(f"{live.url}/reference/take-part")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "who":
            break
    page.keyboard.type("a company")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "process"
    page.keyboard.type("Global")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/take-part?who=company&process=global-mechanism")
    expect(page.get_by_role("heading", level=2)).to_have_text("Global Mechanism: how to take part as a company")
    expect(page.get_by_text("7 to 11 December 2026, New York")).to_be_visible()


def test_processes_are_chosen_without_a_script(live: LiveServer, open_page: Open) -> None:
    page = open_page(1280, 800, java_script_enabled=False)
    page.goto(f"{live.url}/reference/processes")
    page.get_by_text("Choose other processes").click()
    for name in ("Sixth GGE, 2019-21", "Programme of Action", "OEWG 2021-25"):
        page.get_by_role("checkbox", name=name).uncheck()
    page.get_by_role("checkbox", name="IGF").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("columnheader")).to_have_text(["Process", "Global Mechanism", "IGF"])
    expect(page.get_by_role("rowheader", name="Membership")).to_be_visible()


def test_a_phone_gets_a_block_for_each_question(live: LiveServer, open_page: Open) -> None:
    """The process stands before each answer; at 200 % a desk gets the same."""
    page = open_page(320, 640)
    for size in ("100%", "200%"):
        page.goto(f"{live.url}/reference/processes")
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        answers = page.locator(".compared tr", has=page.get_by_role("rowheader", name="Membership")).locator(".of")
        expect(answers).to_have_text(["Sixth GGE, 2019-21", "OEWG 2021-25", "Programme of Action", "Global Mechanism"])
        expect(answers.first).to_be_visible()
        page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = ''")
    expect(answers.first).to_be_hidden()


def test_labels_of_the_time_line_do_not_meet(live: LiveServer, open_page: Open) -> None:
    page = open_page(1280, 800)
    for process in ("oewg-2", "oewg-1", "igf", "global-mechanism", "ahc-cybercrime"):
        page.goto(f"{live.url}/reference/processes/{process}")
        boxes = page.locator("svg.tl .tl-word[lang]").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
        )
        frame = page.locator("svg.tl").bounding_box()
        assert frame is not None
        assert boxes
        for number, (left, top, right, bottom) in enumerate(boxes):
            assert left >= frame["x"] - 1
            assert right <= frame["x"] + frame["width"] + 1, process
            for other in boxes[:number]:
                apart = left >= other[2] or right <= other[0] or top >= other[3] - 2 or bottom <= other[1] + 2
                assert apart, f"{process}: label {number + 1}"


def test_paper_gets_the_table_and_no_forms(live: LiveServer, open_page: Open) -> None:
    page = open_page(800, 1100)
    page.emulate_media(media="print")
    page.goto(f"{live.url}/reference/processes")
    expect(page.get_by_role("columnheader", name="Global Mechanism")).to_be_visible()
    expect(page.locator(".compared .of").first).to_be_hidden()
    expect(page.locator("form").first).to_be_hidden()
    assert too_wide(page) == []

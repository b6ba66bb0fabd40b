"""Documents as files and on paper: the report on a phone, and the sheets that are hung on a door."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.accessibility import check_accessible, check_contrast_in_the_dark, findings, too_wide
from tests.browser.live_server import LiveServer, served
from tests.report.sessions import ARABIC, CHINESE, GREEK, HINDI, RUSSIAN, hostile, session_in, view_of
from tests.report.story import Recorded
from tests.report.test_exports import reported

from acquis.demo import programme_text
from acquis.documents.page import page as report_page
from acquis.plan.document import from_yaml

pytestmark = pytest.mark.browser
ADDRESS = "https://dialogue.example.org/s/example"
SESSIONS: dict[str, Callable[[], Recorded]] = {
    "told": reported,
    "hostile": hostile,
    "ar": lambda: session_in(ARABIC),
    "zh": lambda: session_in(CHINESE),
    "ru": lambda: session_in(RUSSIAN),
    "el": lambda: session_in(GREEK),
    "hi": lambda: session_in(HINDI),
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[LiveServer]:
    with served(tmp_path / "data") as house:
        yield house


@pytest.fixture
def context(browser: Browser, house: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=house.url, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def opened(browser: Browser, folder: Path, found: Recorded, language: str) -> Page:
    file = folder / "report.html"
    file.write_text(report_page(view_of(found), found.state, language, ADDRESS), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    return page


def sheets(page: Page) -> int:
    """The number of sheets of A4 on which a page is printed with its own margins."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("name", SESSIONS)
def test_the_report_fits_a_phone_without_scrolling_sideways(browser: Browser, tmp_path: Path, name: str) -> None:
    page = opened(browser, tmp_path, SESSIONS[name](), name if name in ("ar", "zh", "ru") else "en")
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert width > 320 or too_wide(page) == []
    page.close()


@pytest.fixture(scope="module")
def told(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The report of a session that is told, for tests that look at it."""
    page = opened(browser, tmp_path_factory.mktemp("told"), reported(), "en")
    yield page
    page.close()


def test_the_report_is_accessible_on_a_phone_and_in_the_dark(told: Page) -> None:
    told.set_viewport_size({"width": 320, "height": 800})
    assert findings(told) == []
    check_contrast_in_the_dark(told, "the report")


def test_no_word_of_a_head_is_broken_on_any_screen(told: Page) -> None:
    lines = """() => [...document.querySelectorAll("thead th")].flatMap(head => {
        const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT), broken = [];
        while (texts.nextNode())
            for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
                const range = document.createRange();
                range.setStart(texts.currentNode, word.index);
                range.setEnd(texts.currentNode, word.index + word[0].length);
                if (range.getClientRects().length > 1) broken.push(word[0]);
            }
        return broken;
    })"""
    for width in (320, 600, 1280):
        told.set_viewport_size({"width": width, "height": 800})
        assert told.evaluate(lines) == []


def test_the_cover_of_the_report_is_a_page_of_its_own_on_paper(told: Page) -> None:
    printed = pypdfium2.PdfDocument(told.pdf(prefer_css_page_size=True))
    first, second = (printed[number].get_textpage().get_text_bounded() for number in (0, 1))
    assert view_of(reported()).head[:16] in first
    assert second.split()[:2] == ["Key", "takeaways"]


@pytest.mark.parametrize("turned", [False, True])
def test_the_invitation_is_one_sheet_that_says_when_where_and_how(
    context: BrowserContext, house: LiveServer, turned: bool
) -> None:
    programme = from_yaml(programme_text())
    house.add("short", programme)
    house.add("long", replace(programme, title="A session with a very long title of many words " * 3), "ZXCV9876")
    page = context.new_page()
    for session in ("short", "long"):
        page.goto(f"/s/{session}/invitation")
        expect(page.get_by_role("img", name="QR code")).to_be_visible()
        expect(page.get_by_text(f"/s/{session}", exact=False).last).to_be_visible()
        expect(page.get_by_text("Conference Room 6")).to_be_visible()
        if turned:
            page.evaluate("document.documentElement.dir = 'rtl'")
        assert sheets(page) == 1
    check_accessible(page)

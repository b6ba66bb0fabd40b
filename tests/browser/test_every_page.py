"""Every page that is declared: nothing is wider than the screen, cut or covered with any shape of text, axe finds
nothing, in light and dark colours, and no filter is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.accessibility import AXE, SHAPES, findings, too_faint
from tests.browser.every_page import Shown, every_page, prepare, show, sit
from tests.browser.live_server import LiveServer, served

from acquis.web.app import ENDPOINTS

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
MEASURE = (Path(__file__).parent / "page_measures.js").read_text("utf-8")
TWICE = {"name": "text at 200 %", "css": ":root { font-size: 200% !important }"}
TURNED = {"name": "right to left", "dir": "rtl"}
FILTERS = "form[method=get] :is(input, select)"
PRINTED = f"""[...document.querySelectorAll("{FILTERS}")]
  .filter(el => el.type !== "hidden" && el.checkVisibility()).map(el => `printed: ${{el.outerHTML.slice(0, 140)}}`)"""
"""The fields of filters and searches that are on paper."""
PLAIN = list(SHAPES[:1])
"""The page as it is."""
DIFFERENT = {
    "before": {"floor", "speakers", "plan", "console", "record"},
    "after": {"floor", "questions", "vote", "captions", "mine", "plan", "record", "record_compare", "entry"}
    | {"desk", "elsewhere", "meetings", "followup", "contributions", "inputs"},
}
"""The pages that are not the same before or after a session as during it."""
LOOKED_AT = tuple(shown for shown in every_page() if shown.name in DIFFERENT.get(shown.when, {shown.name}))
PART = 13
"""How many pages a test looks at at most, so that side by side they are done at the same time."""


def parts() -> dict[str, list[Shown]]:
    """The pages of each reader, in parts of similar size, by a name."""
    readers: dict[str, list[Shown]] = {}
    for shown in LOOKED_AT:
        readers.setdefault(shown.reader, []).append(shown)
    return {
        f"{reader or 'public'}{start // PART or ''}": pages[start : start + PART]
        for reader, pages in readers.items()
        for start in range(0, len(pages), PART)
    }


PARTS = parts()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with served(tmp_path_factory.mktemp("every-page")) as house:
        prepare(house)
        yield house


def test_no_page_is_left_out() -> None:
    declared = {endpoint.declaration.name for endpoint in ENDPOINTS if endpoint.declaration.is_page}
    # The page on which a body answers is that of the holder of a link only.
    assert declared - {"answer"} <= {shown.name for shown in LOOKED_AT}


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_every_page_fits_and_axe_finds_nothing(house: LiveServer, open_page: Open, part: str) -> None:
    """On a phone, in the pseudo-locale, whose texts are the longest. The text is changed in the open page."""
    page = open_page(320, 640)
    page.add_init_script(AXE)  # it is sent to the browser once
    sit(page, house, PARTS[part][0].reader)
    wrong: list[str] = []
    for shown in PARTS[part]:
        show(page, house, shown, "lang=en-XA")
        wrong += [f"{shown.title}: {text}" for text in looked_at(page, shown)]
    assert wrong == []


def looked_at(page: Page, shown: Shown) -> list[str]:
    """What is wrong with the page that is open."""
    own = shown.address.endswith("/stage")  # which has tests of its own for its sizes
    found = [] if own else measured(page, [*SHAPES, TWICE, TURNED])
    found += findings(page)
    found += [] if page.locator("h1").count() == 1 else ["it has not exactly one title"]
    page.emulate_media(color_scheme="dark", forced_colors="none")
    found += [f"dark: {text}" for text in too_faint(page)]
    page.emulate_media(color_scheme="light", forced_colors="active")
    found += [] if own else [f"forced colours: {text}" for text in measured(page, PLAIN)]
    page.emulate_media(forced_colors="none")
    if page.locator(FILTERS).count():  # most pages have none, and to print a page is to lay it out twice more
        page.emulate_media(media="print")
        found += page.evaluate(PRINTED)
        page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 800})
    found += [] if own else [f"at 1280 px: {text}" for text in measured(page, [*PLAIN, TWICE, TURNED])]
    page.set_viewport_size({"width": 320, "height": 640})
    return found


def measured(page: Page, shapes: list[dict[str, Any]]) -> list[str]:
    """What is wider than the screen, cut or covered, in any of the shapes."""
    wrong: list[str] = page.evaluate(MEASURE, shapes)
    return wrong

"""What every page must be for everybody: nothing that axe finds, nothing wider than the screen."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],  # what passes is not told one by one: half the time
}


def findings(page: Page) -> list[str]:
    """What axe finds wrong with the page."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def too_wide(page: Page) -> list[str]:
    """What sticks out sideways."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
        Array.from(document.querySelectorAll('body *')).filter(el => el.getBoundingClientRect().right > innerWidth + 1
        || el.getBoundingClientRect().left < -1).map(el => el.outerHTML.slice(0, 160)).slice(0, 8)"""
    )
    return found


def fits(page: Page) -> None:
    """Nothing sticks out sideways at 320 px."""
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": 320, "height": 640})
    assert too_wide(page) == [], page.url
    page.set_viewport_size(before)


def good(page: Page) -> None:
    """The page can be used by everybody, on a small phone too."""
    assert findings(page) == []
    fits(page)


def look(page: Page, address: str) -> None:
    """Go there, and find nothing."""
    page.goto(address)
    if page.locator("#link").count() and not address.endswith("/map"):  # which is of a moment and says so
        expect(page.locator("#link")).to_have_text("Live")
    assert findings(page) == [], address
    assert too_wide(page) == [], address

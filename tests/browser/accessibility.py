"""Checks that every page has to pass: no violation found by axe, nothing wider than the screen."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],  # rules that pass are not listed: this halves the time
}


def findings(page: Page) -> list[str]:
    """The violations that axe finds on the page."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def too_wide(page: Page) -> list[str]:
    """The elements that extend beyond the viewport horizontally; empty if the page does not scroll sideways."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
        Array.from(document.querySelectorAll('body *')).filter(el => el.getBoundingClientRect().right > innerWidth + 1
        || el.getBoundingClientRect().left < -1).map(el => el.outerHTML.slice(0, 160)).slice(0, 8)"""
    )
    return found


def check_width(page: Page) -> None:
    """Assert that nothing extends beyond a viewport of 320 px."""
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": 320, "height": 640})
    assert too_wide(page) == [], page.url
    page.set_viewport_size(before)


def check_accessible(page: Page) -> None:
    """Assert that axe finds no violation and that the page fits a viewport of 320 px."""
    assert findings(page) == []
    check_width(page)


def check_page(page: Page, address: str) -> None:
    """Open the address and assert that axe finds nothing and nothing is too wide."""
    page.goto(address)
    if page.locator("#link").count() and not address.endswith("/map"):  # the map shows one moment and is not live
        expect(page.locator("#link")).to_have_text("Live")
    assert findings(page) == [], address
    assert too_wide(page) == [], address

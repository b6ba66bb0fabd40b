"""Pages that are opened early and never loaded again."""

from __future__ import annotations

from playwright.sync_api import Page


class Kept:
    """Pages that stay open: each must be the document that it was when it was handed over, so that nobody had to load
    it again, neither the test nor a script."""

    def __init__(self) -> None:
        self._pages: list[Page] = []

    def __call__(self, *pages: Page) -> None:
        """Hand over pages. They must not be loaded again until `leave` or the end of the test."""
        for page in pages:
            page.evaluate("() => { window.keptOpen = true; }")
            self._pages.append(page)

    def leave(self, *pages: Page) -> None:
        """Let pages go to other addresses from now on."""
        loaded = [page.url for page in pages if not page.evaluate("() => window.keptOpen === true")]
        assert not loaded, f"these pages were loaded again: {loaded}"
        self._pages = [page for page in self._pages if page not in pages]

    def leave_all(self) -> None:
        self.leave(*self._pages)

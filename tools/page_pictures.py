"""Pictures of every page before, during and after a session, and sheets that show many of them at once."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page
from tests.browser.every_page import Shown, every_page, prepare, show, sit
from tests.browser.live_server import LiveServer, served

EACH = 12
"""Pictures on one sheet."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen for which pictures are made: its size in px, its colours, and whether it is read from right to left."""

    name: str
    width: int
    height: int
    dark: bool = False
    turned: bool = False
    only: str = ""
    """A part of the addresses that are shown; empty: all but the room screen."""


SCREENS = (
    Screen("phone-320", 320, 640),
    Screen("phone-390", 390, 844),
    Screen("desktop", 1280, 800),
    Screen("dark", 1280, 800, dark=True),
    Screen("dark-phone", 390, 844, dark=True),
    Screen("right-to-left", 1280, 800, turned=True),
    Screen("right-to-left-phone", 390, 844, turned=True),
    Screen("stage-1024", 1024, 768, only="/stage"),
    Screen("stage-1920", 1920, 1080, only="/stage"),
)


def every_picture(browser: Browser, folder: Path, wanted: Sequence[str] = ()) -> None:
    """Write a picture of every page on every screen, or on those named, and their sheets into a folder."""
    with tempfile.TemporaryDirectory() as data, served(Path(data) / "house") as house:
        prepare(house)
        for screen in SCREENS:
            if wanted and screen.name not in wanted:
                continue
            target = folder / screen.name
            target.mkdir(parents=True, exist_ok=True)
            taken = [picture for shown in _by_reader(browser, house, screen) for picture in [_take(*shown, target)]]
            _sheets(browser, taken, folder, screen)


def _by_reader(browser: Browser, house: LiveServer, screen: Screen) -> Iterator[tuple[Page, Shown]]:
    pages = [
        shown
        for shown in every_page()
        if (screen.only in shown.address if screen.only else not shown.address.endswith("/stage"))
    ]
    for reader in dict.fromkeys(shown.reader for shown in pages):
        context = browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            color_scheme="dark" if screen.dark else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        sit(page, house, reader)
        for shown in (shown for shown in pages if shown.reader == reader):
            show(page, house, shown)
            if screen.turned:
                page.evaluate("document.documentElement.dir = 'rtl'")
            page.wait_for_timeout(150)
            yield page, shown
        context.close()


def _take(page: Page, shown: Shown, folder: Path) -> Path:
    """The whole page. The screen is made as high as the page, so that what stays at its end is there."""
    path, size = folder / f"{shown.title}.png", page.viewport_size
    assert size is not None
    if not shown.address.endswith("/stage"):
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
    page.screenshot(path=path)
    page.set_viewport_size(size)
    return path


def _sheets(browser: Browser, pictures: list[Path], folder: Path, screen: Screen) -> None:
    """Sheets of many pictures, each cut at twice the height of the screen."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    columns = 6 if screen.width < 600 else 3
    for number, start in enumerate(range(0, len(pictures), EACH)):
        figures = "".join(
            f'<figure><figcaption>{html.escape(path.stem)}</figcaption><img src="{path.as_uri()}"></figure>'
            for path in pictures[start : start + EACH]
        )
        sheet = folder / "sheet.html"
        sheet.write_text(
            f"<!doctype html><style>body{{display:grid;grid-template-columns:repeat({columns},1fr);gap:12px;"
            "background:#888;font:12px sans-serif;margin:12px}figure{margin:0}img{width:100%;"
            f"object-fit:cover;object-position:top;max-height:{900 if columns == 6 else 640}px}}</style>{figures}"
        )
        page.goto(sheet.as_uri())
        page.screenshot(path=folder / f"{screen.name}-{number + 1}.png", full_page=True)
        sheet.unlink()
    page.close()

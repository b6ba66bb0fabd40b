"""Pictures of the live pages, a workshop in the middle of its questions: `python -m tests.browser.screenshots DIR`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright
from tests.browser.live_server import LiveServer, served, workshop
from tests.conftest import FLAGS, chromium_path

PHONE, DESK, WALL = (320, 640), (1280, 800), (1920, 1080)


def take(browser: Browser, house: LiveServer, folder: Path, theme: str = "light") -> None:
    workshop(house)

    def shoot(name: str, link: str, path: str, size: tuple[int, int], whole: bool = True, script: bool = True) -> None:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        page = context.new_page()
        if link == "join":
            page.goto(house.way_in("ws119"))
            page.get_by_label("Online").check()
            page.get_by_role("button", name="Join").click()
        elif link:
            page.goto(link)
        page.goto(house.url + path)
        if script and page.locator("[data-live-status]").count():
            expect(page.locator("[data-live-status]")).to_have_text("Connected")
        page.screenshot(path=str(folder / f"{name}-{theme}.png"), full_page=whole)
        context.close()

    moderator, _ = house.pass_for("ws119", "onsite_moderator")
    shoot("home", "", "/", DESK)
    shoot("home-320", "", "/", PHONE)
    shoot("join-320", "", "/s/ws119", PHONE)
    shoot("floor-320", "join", "/s/ws119", PHONE, False)
    shoot("floor-320-whole-noscript", "join", "/s/ws119", PHONE, True, False)
    shoot("questions-320", "join", "/s/ws119/questions", PHONE)
    shoot("vote-320", "join", "/s/ws119/vote", PHONE, False)
    shoot("floor-desktop", "join", "/s/ws119", DESK, False)
    shoot("console", moderator, "/s/ws119/console", DESK, False)
    shoot("console-tablet", moderator, "/s/ws119/console", (800, 1100), False)
    shoot("stage", "", "/s/ws119/stage", WALL, False)
    shoot("stage-results", "", "/s/ws119/stage?scene=results", WALL, False)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as temporary,
        served(Path(temporary)) as running,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        take(chromium, running, target, *sys.argv[2:3])
        chromium.close()

"""Takes the pictures in docs/ from the demo: `python -m tools.pictures [CHROMIUM] [pages|maps|reference|documents]`.
Check them before you commit. `python -m tools.pictures CHROMIUM every DIR [SCREEN …]` takes one of every page before,
during and after a session on every screen, in light and dark colours and right to left, and sheets of many at once."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.live_server import LiveServer, served
from tests.browser.opinion_sessions import voted
from tools.documents import documents
from tools.page_pictures import every_picture

from acquis.documents.tables import POLIS

DOCS = Path(__file__).resolve().parents[1] / "docs"
SESSION = "igf2021-ws119"
PHONE, SCREEN, WALL = (320, 640), (1280, 800), (1600, 900)


@contextmanager
def demo(stage: str) -> Iterator[dict[str, str]]:
    """Run a demo. Yields role -> link."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-c",
            "from acquis.cli import main; main()",
            "demo",
            "--stage",
            stage,
            "--speed",
            "0.2",
        ]
        process = subprocess.Popen(
            [*command, "--data", folder, "--port", "0"], stdout=subprocess.PIPE, text=True, cwd=folder
        )
        assert process.stdout is not None
        links: dict[str, str] = {}
        while "speaker" not in links:
            if match := re.match(r"\s+(\S.*?)\s+(http://\S+)", process.stdout.readline()):
                links[match[1]] = match[2]
        try:
            yield links
        finally:
            process.terminate()
            process.wait(10)


def page_of(browser: Browser, size: tuple[int, int], link: str, path: str = "") -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(link)
    if path:
        page.goto(link.split("/p/")[0].split("/s/")[0] + path)
    page.wait_for_timeout(1200)
    return page


def participant(browser: Browser, size: tuple[int, int], links: dict[str, str]) -> Page:
    page = page_of(browser, size, links["participants"])
    page.get_by_label("Online").check()
    page.get_by_role("button", name="Join", exact=True).click()
    page.get_by_role("button", name="Ask for the floor").first.click()
    page.wait_for_timeout(1500)
    return page


def main(chromium: str, only: str = "", *more: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        if only == "every":
            every_picture(browser, Path(more[0]), more[1:])
            return
        if only:
            {"pages": pages, "maps": maps, "reference": reference, "documents": papers}[only](browser)
            return
        pages(browser)
        maps(browser)
        reference(browser)
        papers(browser)
        browser.close()


def pages(browser: Browser) -> None:
    """Pictures of a session before, during and after it."""
    with demo("floor") as links:
        console = page_of(browser, SCREEN, links["onsite moderator"])
        phone = participant(browser, PHONE, links)
        phone.screenshot(path=DOCS / "phone-floor.png")
        for place in ("questions", "vote"):
            phone.goto(f"{links['participants'].partition('?')[0]}/{place}")
            phone.wait_for_timeout(1200)
            phone.screenshot(path=DOCS / f"phone-{place}.png")
        participant(browser, SCREEN, links).screenshot(path=DOCS / "desktop-floor.png")
        console.wait_for_timeout(500)
        console.screenshot(path=DOCS / "console.png")
        page_of(browser, WALL, f"{links['stage (projector)']}&scene=questions").screenshot(path=DOCS / "stage.png")
        page_of(browser, PHONE, links["participants"], f"/s/{SESSION}/captions").screenshot(
            path=DOCS / "captions-phone.png"
        )
    with demo("report") as links:
        page_of(browser, SCREEN, links["rapporteur"]).screenshot(path=DOCS / "desk.png")
    with demo("published") as links:
        page_of(browser, (1000, 1200), links["record"]).screenshot(path=DOCS / "record.png")


def papers(browser: Browser) -> None:
    """Pictures of the documents of a session in three languages."""
    documents(browser, DOCS)


def reference(browser: Browser) -> None:
    """Pictures of the reference and the follow-up: comparison, time line, taking part, the boards; also on a phone."""
    way_in = "/reference/take-part?who=company&process=global-mechanism"
    gathering = "/gatherings/example-forum-2026-invented"
    with demo("followup") as links:
        link = links["record"]
        for name, path, height in (
            ("reference-processes", "/reference/processes", 1100),
            ("reference-take-part", way_in, 1300),
            ("followup-board", "/followup", 900),
            ("followup", f"/s/{SESSION}/followup", 1200),
            ("gathering", gathering, 1100),
        ):
            page_of(browser, (1280, height), link, path).screenshot(path=DOCS / f"{name}.png")
        process = page_of(browser, (1280, 1200), link, "/reference/processes/oewg-2")
        drawing = process.get_by_role("heading", name="Timeline")
        drawing.scroll_into_view_if_needed()
        process.evaluate("scrollBy(0, document.querySelector('svg.tl').getBoundingClientRect().top - 90)")
        process.screenshot(path=DOCS / "reference-timeline.png")
        for name, path in (("reference-phone", way_in), ("followup-phone", f"/s/{SESSION}/followup")):
            page_of(browser, PHONE, link, path).screenshot(path=DOCS / f"{name}.png")


def maps(browser: Browser) -> None:
    """Pictures of the opinion map on the stage, on a phone and in a report: two groups, no groups, and declared groups
    that disagree."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "house") as house:
        for number, kind in enumerate(("camps", "none", "declared")):
            voted(house, kind, kind, f"MAP0000{number + 2}")
            link = f"{house.url}/s/{kind}"
            stage = page_of(browser, WALL, f"{link}/stage?scene=map")
            stage.locator("#stage_map svg.om-map").wait_for(timeout=20_000)
            stage.wait_for_timeout(500)
            stage.screenshot(path=DOCS / f"map-{kind}-stage.png")
            phone = participant(browser, PHONE, {"participants": house.way_in(kind)})
            phone.goto(f"{link}/vote")
            for _ in range(5):
                phone.locator(".card:visible button").first.click()
                phone.wait_for_timeout(400)
            phone.goto(f"{link}/map")
            phone.locator(".om-me").wait_for(timeout=20_000)
            phone.get_by_role("heading", name="Your place on the map").scroll_into_view_if_needed()
            phone.screenshot(path=DOCS / f"map-{kind}-phone.png")
            report(browser, house, kind, Path(folder))


def report(browser: Browser, house: LiveServer, kind: str, folder: Path) -> None:
    state = house.state(kind)
    rows = [
        f"{statement},{voice},{POLIS[cast[voice]]}" for statement, cast in state.votes.items() for voice in range(80)
    ]
    folder = folder / kind
    folder.mkdir()
    (folder / "votes.csv").write_text("comment-id,voter-id,vote\n" + "\n".join(rows) + "\n")
    texts = [f'{statement.seq},1,"{statement.text}"' for statement in state.statements.values()]
    (folder / "comments.csv").write_text("comment-id,moderated,comment-body\n" + "\n".join(texts) + "\n")
    people = [voice.attributes for voice in state.voices[:80]]
    groups = [f"{n},{person.stakeholder},{person.lane}" for n, person in enumerate(people)]
    (folder / "people.csv").write_text("voter-id,stakeholder group,lane\n" + "\n".join(groups) + "\n")
    files: list[str | Path] = [
        "--comments",
        folder / "comments.csv",
        "--people",
        folder / "people.csv",
        "--out",
        folder,
    ]
    start = "from acquis.cli import main; main()"
    subprocess.run(
        [sys.executable, "-c", start, "opinion", folder / "votes.csv", *files], check=True, stdout=subprocess.DEVNULL
    )
    page = page_of(browser, (800, 1200), f"file://{folder / 'report.html'}")
    page.screenshot(path=DOCS / f"map-{kind}-report.png")


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["chromium"]))

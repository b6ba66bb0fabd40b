"""A session beside the tools that participants use: in a frame of another site, under the overlay, with captions from
outside, and with the reports of a meeting program after it."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import FrameLocator, Page, expect
from tests.browser.accessibility import findings
from tests.browser.live_server import LiveServer
from tests.meetings.samples import ZOOM_ATTENDANCE, ZOOM_QUESTIONS

from acquis.command import CAPTIONER, RAPPORTEUR
from acquis.events import Sentence
from acquis.floor import questions, queue, segments, statements
from acquis.report.publishing import PublishReport

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
QUESTION = "Who keeps the norms when the meeting is over?"
NORM = "Each norm needs a keeper."
SAID = "Norms need a keeper."


@contextmanager
def website(page: str) -> Iterator[str]:
    """Serves a page at the root of another origin, which for a browser is another site than that of the application.
    Gives the origin."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is written."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def caption(live: LiveServer, session: str, text: str, number: int) -> None:
    """Push a line as Zoom's captions do."""
    link, _ = live.pass_for(session, CAPTIONER)
    address = f"{live.url}/s/{session}/captions/push/zoom?pass={link.rsplit('/', 1)[1]}&seq={number}&lang=en"
    request = urllib.request.Request(address, text.encode(), {"content-type": "text/plain"})
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200


def take_in(desk: Page, name: str, report: str) -> None:
    """Add a report of a meeting program through its preview."""
    desk.get_by_label("File (CSV").set_input_files({"name": name, "mimeType": "text/csv", "buffer": report.encode()})
    desk.get_by_role("button", name="Show a preview").click()
    expect(desk.get_by_role("heading", name="Preview")).to_be_visible()
    desk.get_by_role("button", name="Add the report").click()
    expect(desk.get_by_role("heading", name="Preview")).to_have_count(0)


def test_a_session_runs_beside_other_tools(live: LiveServer, open_page: Open) -> None:
    live.add("beside", code="BESD0001")
    live.do("beside", segments.OpenSession())
    live.do("beside", segments.StartSegment(1))
    statement = live.do("beside", statements.SeedStatement(NORM))
    framed = f'<iframe src="{live.way_in("beside", "/embed")}" title="The floor" width="320" height="640"></iframe>'
    with website(f"<!doctype html><title>A meeting</title><h1>A meeting</h1>{framed}") as origin:
        live.house.sites = (origin,)
        page = open_page(400, 800)
        page.goto(origin)
        frame = page.frame_locator("iframe")
        joins_after_watching(frame)
        asks_and_votes(live, frame, statement)
        captions_come_from_outside(live, open_page, frame)
    live.do("beside", segments.CloseSession())
    desk = open_page(1280, 900)
    live.sign_in(desk, "beside", RAPPORTEUR)
    desk.goto(f"{live.url}/s/beside/meetings")
    take_in(desk, "attendance.csv", ZOOM_ATTENDANCE)
    take_in(desk, "questions.csv", ZOOM_QUESTIONS)
    asked = next(q.seq for q in live.state("beside").questions.values() if q.text == QUESTION)
    live.do("beside", PublishReport((Sentence("The keeping of norms was asked about.", (asked,)),)))
    reader = open_page(1280, 900)
    reader.goto(f"{live.url}/s/beside/record")
    reader.get_by_text("Details: speaking time").click()
    expect(reader.get_by_text("According to the attendance report of Zoom, 2 people were there.")).to_be_visible()
    asked_there = reader.locator("section[aria-labelledby=questions]")
    for text in (QUESTION, "Asked in Zoom"):
        expect(asked_there.get_by_text(text).first).to_be_visible()


def joins_after_watching(frame: FrameLocator) -> None:
    """The session code of the frame is known on each of its pages, so that nobody is asked for it."""
    frame.get_by_role("link", name="Watch without joining").click()
    frame.get_by_role("link", name="Vote").click()
    frame.get_by_role("link", name="Questions").click()
    frame.get_by_role("link", name="Join to ask").click()
    expect(frame.get_by_role("button", name="Join", exact=True)).to_be_visible()
    expect(frame.get_by_label("Session code")).to_have_count(0)
    frame.get_by_label("Online").check()
    frame.get_by_label("Your name").fill("Ana")
    frame.get_by_role("button", name="Join", exact=True).click()


def asks_and_votes(live: LiveServer, frame: FrameLocator, statement: int) -> None:
    frame.get_by_role("link", name="Questions").click()
    frame.get_by_label("Your question").fill(QUESTION)
    frame.get_by_role("button", name="Send question").click()
    live.until(lambda: bool(live.state("beside").questions))
    (asked,) = live.state("beside").questions
    live.do("beside", questions.ApproveQuestion(asked))
    expect(frame.locator(f"#q{asked}").first).to_contain_text(QUESTION)
    frame.get_by_role("link", name="Vote").click()
    frame.get_by_role("button", name="Agree", exact=True).click()
    live.until(lambda: any(live.state("beside").votes[statement]))


def captions_come_from_outside(live: LiveServer, open_page: Open, frame: FrameLocator) -> None:
    """A line during a turn is on the overlay and in the frame; nobody is named as its speaker without a reason."""
    overlay = open_page(1280, 720)
    overlay.goto(f"{live.url}/s/beside/overlay")
    live.do("beside", queue.GiveFloorToSpeaker(1))
    expect(overlay.locator("#stage_now")).to_contain_text("Panellist 1 (simulated)")
    caption(live, "beside", SAID, 1)
    expect(overlay.locator("#stage_captions")).to_contain_text(SAID)
    expect(overlay.locator("#stage_captions")).not_to_contain_text("Panellist 1 (simulated) Norms")
    frame.get_by_role("link", name="Floor").click()
    frame.get_by_text("Captions", exact=True).click()
    expect(frame.locator("#lines")).to_contain_text(SAID)
    assert findings(overlay) == []

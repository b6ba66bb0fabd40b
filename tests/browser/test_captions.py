"""Captions in a browser: they arrive on phones and on the stage while the floor runs, and a captioner types them."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.accessibility import findings, too_wide
from tests.browser.kept import Kept
from tests.browser.live_server import HOST, LiveServer

from acquis.erasure import EraseText
from acquis.floor.queue import GiveFloorToSpeaker
from acquis.floor.segments import CloseSession
from acquis.floor.speech import CaptionSpeech

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def push(live: LiveServer, session: str, secret: str, **line: object) -> None:
    request = urllib.request.Request(
        f"{live.url}/s/{session}/captions",
        json.dumps(line).encode(),
        {"authorization": f"Bearer {secret}", "content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=8) as answer:
        assert answer.status == 200


def test_captions_arrive_while_the_floor_runs(live: LiveServer, ws: str, open_page: Open) -> None:
    phone, hall = open_page(), open_page(1280, 720)
    phone.goto(f"{live.url}/s/{ws}?watch=1")
    hall.goto(f"{live.url}/s/{ws}/stage")
    expect(phone.locator("#link")).to_have_text("Connected")
    expect(phone.locator("#captions")).to_be_hidden()
    secret = live.pass_for(ws, "captioner")[0].rsplit("/", 1)[1]
    live.do(ws, GiveFloorToSpeaker(1), HOST)
    live.clock.forward(60_000)

    push(live, ws, secret, text="Norms need a keeper.", key="line-0001", language="en")
    phone.locator("#captions summary").click()
    expect(phone.locator("#lines li").last).to_contain_text("Norms need a keeper.")
    expect(phone.locator("#lines")).to_contain_text("Panellist 1 (simulated)")
    expect(hall.locator("#stage_captions")).to_contain_text("Norms need a keeper.")
    push(live, ws, secret, text="And the keeper", final=False)
    expect(phone.locator("#partial")).to_have_text("And the keeper")
    push(live, ws, secret, text="And the keeper needs a mandate.", key="line-0002", language="en")
    expect(phone.locator("#lines li").last).to_have_text("And the keeper needs a mandate.")
    expect(phone.locator("#partial")).to_be_empty()
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")  # the bar of places stands over what is below
    assert findings(phone) == []
    assert too_wide(phone) == []


def test_a_reader_sets_the_size_and_pauses_and_may_have_them_announced(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    live.do(ws, CaptionSpeech("First line."), HOST)
    page = open_page()
    page.goto(f"{live.url}/s/{ws}/captions")
    lines = page.locator("#lines")
    small = lines.evaluate("el => parseFloat(getComputedStyle(el).fontSize)")
    page.get_by_role("button", name="Larger text").click()
    page.get_by_role("button", name="Larger text").click()
    assert lines.evaluate("el => parseFloat(getComputedStyle(el).fontSize)") > 1.3 * small
    expect(lines).to_have_attribute("aria-live", "off")
    page.get_by_role("button", name="Announce new captions").click()
    expect(lines).to_have_attribute("aria-live", "polite")
    page.get_by_role("button", name="Pause").click()
    network = page.context.new_cdp_session(page)
    arrived: list[str] = []
    network.on("Network.eventSourceMessageReceived", lambda message: arrived.append(message["data"]))
    network.send("Network.enable")
    live.do(ws, CaptionSpeech("Second line."), HOST)
    live.until(lambda: page.evaluate("1") == 1 and any("Second line." in data for data in arrived))
    expect(lines.locator("li")).to_have_count(1)
    page.get_by_role("button", name="Pause").click()
    expect(lines.locator("li")).to_have_count(2)
    assert findings(page) == []
    assert too_wide(page) == []


def test_a_line_that_is_erased_after_the_end_is_gone_from_open_pages(
    live: LiveServer, ws: str, open_page: Open, kept: Kept
) -> None:
    first, second = (live.do(ws, CaptionSpeech(text), HOST) for text in ("My name is Ana.", "Second line."))
    live.do(ws, CloseSession(), HOST)
    page = open_page()
    page.goto(f"{live.url}/s/{ws}/captions")
    expect(page.locator(f"#l{first}")).to_contain_text("Ana")
    kept(page)
    live.do(ws, EraseText(first, "asked"), HOST)
    expect(page.locator("#lines")).not_to_contain_text("Ana")
    expect(page.locator(f"#l{second}")).to_contain_text("Second line.")


def test_a_captioner_types_with_the_keyboard_alone(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page(1280, 800)
    page.goto(live.pass_for(ws, "captioner")[0])
    page.get_by_label("Next line").focus()
    page.keyboard.type("Typed line one.")
    page.keyboard.press("Enter")
    page.keyboard.type("Typed line two.")
    page.keyboard.press("Enter")
    expect(page.locator("#lines li").last).to_contain_text("Typed line two.")
    assert [line.text for line in live.state(ws).speech.values()] == ["Typed line one.", "Typed line two."]
    expect(page.get_by_label("Next line")).to_be_focused()
    assert findings(page) == []


def test_what_is_typed_without_a_connection_is_sent_once_there_is_one(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    page = open_page(1280, 800)
    page.goto(live.pass_for(ws, "captioner")[0])
    page.context.set_offline(True)
    page.get_by_label("Next line").fill("Kept line.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#lines")).to_contain_text("Kept line.")
    assert [line.text for line in live.state(ws).speech.values()] == ["Kept line."]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_reader_finds_words_and_opens_the_line(live: LiveServer, ws: str, open_page: Open, script: bool) -> None:
    for n in range(30):
        live.do(ws, CaptionSpeech(f"Ligne {n}: la sécurité." if n == 12 else f"Line {n}: other words."), HOST)
    live.do(ws, CloseSession(), HOST)
    page = open_page(java_script_enabled=script)
    page.goto(f"{live.url}/s/{ws}/captions")
    page.get_by_label("Search for").fill("securite")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark")).to_have_text(["sécurité"])
    page.locator(".found a").first.click()
    expect(page.locator("li:target")).to_contain_text("Ligne 12: la sécurité.")
    expect(page.locator("li:target")).to_be_in_viewport()
    assert too_wide(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_a_transcript_is_previewed_with_its_doubts_and_then_added(
    live: LiveServer, ws: str, open_page: Open, width: int
) -> None:
    """The chosen file stays while the preview is looked at."""
    page = open_page(width, 900)
    page.goto(live.pass_for(ws, "rapporteur")[0])
    page.goto(f"{live.url}/s/{ws}/captions")
    text = "# Call\n\n## Topic\n\n**Ama Example:** Norms need a keeper.\n\nBy whom?\n\n**Bao Sample:** Whose?\n"
    page.locator("#file").set_input_files({"name": "t.md", "mimeType": "text/plain", "buffer": text.encode()})
    page.context.set_offline(True)
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("your choice of file is kept")
    page.context.set_offline(False)
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.locator("#preview .doubtful")).to_contain_text("Unknown speaker, perhaps Ama Example")
    assert page.locator("[data-unscripted]").count() == 0
    assert findings(page) == []
    assert too_wide(page) == []
    page.locator("#preview select[name=seat]").first.select_option(index=1)
    page.get_by_role("button", name="Add transcript").click()
    expect(page.locator(".notice")).to_have_text("3 lines were added to the record.")


def test_the_first_turns_of_a_large_transcript_are_shown_while_it_is_sent(
    live: LiveServer, ws: str, open_page: Open
) -> None:
    """The whole file is held back here: what is seen before it arrives comes from its beginning."""
    page = open_page(1280, 900)
    page.goto(live.pass_for(ws, "rapporteur")[0])
    page.goto(f"{live.url}/s/{ws}/captions")
    cues = (f"{n}\n00:00:01,000 --> 00:00:02,000\nAma Example: Norm {n} needs a keeper.\n" for n in range(18_000))
    text = "\n".join(cues) + "\n18000\n00:00:01,000 --> 00:00:02,000\nBao Sample: Whose?\n"
    whole: list[Route] = []

    def held(route: Route) -> None:
        if b'name="step"\r\n\r\nbeginning' in (route.request.post_data_buffer or b""):
            route.continue_()
        else:
            whole.append(route)

    page.route("**/captions/transcript", held)
    page.locator("#file").set_input_files({"name": "t.srt", "mimeType": "text/plain", "buffer": text.encode()})
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator("#preview .turns")).to_contain_text("Norm 0 needs a keeper.")
    expect(page.locator("#preview .notice")).to_contain_text("These are the first interventions.")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("button", name="Add transcript")).to_be_disabled()
    assert findings(page) == []
    whole[0].continue_()
    expect(page.locator("#preview .notice")).to_have_count(0)
    expect(page.locator("#preview")).to_contain_text("Bao Sample")
    expect(page.get_by_role("progressbar")).to_be_hidden()
    expect(page.get_by_role("button", name="Add transcript")).to_be_enabled()

"""Before and after a session in a real browser: paste, findings, edit, publish, passes; desk, cite, publish; record.
Once with a script and once without; the forms that are shown on the way at 320 px, and against WCAG 2.2 AA."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.web.client import PAGE

from acquis.command import ORGANIZER, RAPPORTEUR, Actor
from acquis.floor.segments import CloseSession, OpenSession

from .accessibility import check_accessible
from .live_server import LiveServer, served, workshop

pytestmark = pytest.mark.browser

SMALL = "Small states need help first."
BOSS = Actor("p-boss", roles=frozenset({ORGANIZER}))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with served(tmp_path_factory.mktemp("before-after")) as house:
        yield house


@pytest.fixture
def context(browser: Browser, house: LiveServer) -> Iterator[BrowserContext]:
    with_script = browser.new_context(base_url=house.url, viewport={"width": 1280, "height": 900})
    yield with_script
    with_script.close()


@pytest.fixture
def bare(browser: Browser, house: LiveServer) -> Iterator[BrowserContext]:
    without = browser.new_context(base_url=house.url, java_script_enabled=False)
    yield without
    without.close()


def sit(page: Page, house: LiveServer, session: str, role: str) -> None:
    page.goto(house.pass_for(session, role)[0])


def watch(page: Page) -> list[str]:
    """Errors of scripts and of the content security policy, as they come."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
    return found


def paste(page: Page, text: str) -> None:
    page.goto("/organize")
    page.get_by_label("Paste the session page").fill(text)
    page.get_by_role("button", name="Import page").click()


def test_from_the_pasted_page_to_the_passes(context: BrowserContext, house: LiveServer, browser: Browser) -> None:
    page = context.new_page()
    errors = watch(page)
    sit(page, house, "", ORGANIZER)
    paste(page, "This is a shopping list.")
    expect(page.get_by_role("alert")).to_contain_text("No title, organizers or speakers were found")
    expect(page.get_by_label("Paste the session page")).to_have_value("This is a shopping list.")
    paste(page, PAGE.replace("00:55 – 01:00", "00:55 – 01:15"))
    expect(page).to_have_url(f"{house.url}/s/igf2021-ws77/plan")
    expect(page.get_by_text("The segments add up to 75 min. The session lasts 60 min.")).to_be_visible()

    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("The programme has errors")
    expect(page.get_by_role("button", name="Publish anyway")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Minutes of segment 4").fill("5")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.get_by_text("The segments add up to")).to_have_count(0)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Session code", exact=True)).to_be_visible()

    page.get_by_role("button", name="Create link for Femi Apeere, rapporteur").click()
    link = page.get_by_label("Link for Femi Apeere", exact=True).input_value()
    page.get_by_role("button", name="Copy: Link for Femi Apeere").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    check_accessible(page)
    with browser.new_context() as other:
        desk = other.new_page()
        desk.goto(link)
        expect(desk).to_have_url(f"{house.url}/s/igf2021-ws77/desk")
    page.get_by_label("Change the link of Femi Apeere").click()
    page.get_by_role("button", name="Revoke without a new link").click()
    with browser.new_context() as other:
        answer = other.new_page().goto(link)
        assert answer is not None
        assert answer.status == 404
    page.get_by_text("Open the session").click()
    page.get_by_role("button", name="Yes, open it now").click()
    expect(page.get_by_text("in progress")).to_be_visible()
    assert errors == []


@pytest.fixture(scope="module")
def ended(house: LiveServer) -> str:
    """A workshop that is over."""
    workshop(house, "over", "ABCD2345")
    house.do("over", CloseSession(), BOSS)
    return "over"


def test_desk_and_record(context: BrowserContext, house: LiveServer, ended: str, tmp_path: Path) -> None:
    page = context.new_page()
    errors = watch(page)
    sit(page, house, ended, RAPPORTEUR)
    page.locator("#takeaways").get_by_role("button", name="Add a sentence").click()
    first = page.get_by_role("textbox", name="Key takeaways 1", exact=True)
    expect(first).to_be_focused()
    first.press_sequentially("Norms need somebody who follows them up.")
    expect(page.locator("#takeaways .counter").first).to_have_text("Characters: 40 of 600. Words: 7.")
    expect(page.locator("#saved")).to_contain_text("Saved")
    expect(page.locator(".bare").first).to_have_text("No evidence cited yet.")

    first.press("F2")
    page.keyboard.press("ArrowDown")
    cited = page.evaluate("document.activeElement.dataset.seq")
    page.keyboard.press("Enter")
    expect(page.locator("#takeaways .cited a")).to_have_text(f"vote in entry {cited}")
    page.keyboard.press("F2")
    expect(first).to_be_focused()

    page.get_by_role("button", name="Add a sentence Key takeaways").click()
    page.get_by_role("textbox", name="Key takeaways 2", exact=True).fill(SMALL)
    page.get_by_role("textbox", name="Key takeaways 2", exact=True).press("Alt+ArrowUp")
    expect(page.get_by_role("textbox", name="Key takeaways 1", exact=True)).to_have_value(SMALL)
    page.locator("[value^='use:consensus']").first.click()
    expect(page.get_by_role("textbox", name="Areas of consensus 1", exact=True)).to_be_focused()
    page.get_by_role("radio", name="Interventions").check()
    note = page.locator("[data-note]").first
    note.fill("She asked for a yearly review.")
    page.get_by_role("button", name="Save note").first.click()
    expect(page.get_by_role("textbox", name="Key takeaways 1", exact=True)).to_have_value(SMALL)
    check_accessible(page)

    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Preview: this is not published.")).to_be_visible()
    page.get_by_role("link", name="Back to the report desk").click()
    page.get_by_role("button", name="Publish the report").click()
    check_accessible(page)
    page.get_by_role("button", name="Yes, publish it now").click()
    expect(page).to_have_url(f"{house.url}/s/{ended}/record")
    page.locator("details.based > summary").first.click()
    expect(page.locator(".evidence").first).to_be_visible()
    page.get_by_role("link", name="Fairness audit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fairness audit")
    assert "She asked for a yearly review." in {turn.note for turn in house.state(ended).turns.values()}
    assert errors == []


def test_the_record_prints(context: BrowserContext, house: LiveServer, ended: str) -> None:
    page = context.new_page()
    page.goto(f"/s/{ended}/record")
    page.emulate_media(media="print")
    assert page.pdf().startswith(b"%PDF")
    expect(page.get_by_role("heading", name="Verify this record")).to_be_visible()


def test_what_is_typed_waits_for_the_connection(context: BrowserContext, house: LiveServer) -> None:
    house.add("waiting", code="ABCD4567")
    page = context.new_page()
    sit(page, house, "waiting", RAPPORTEUR)
    page.get_by_role("button", name="Add a sentence Call to action").click()
    expect(page.get_by_role("textbox", name="Call to action 1", exact=True)).to_be_visible()
    page.wait_for_load_state("networkidle")  # the script is there before the connection goes
    context.set_offline(True)
    page.get_by_role("textbox", name="Call to action 1", exact=True).fill("Write it down before the hall empties.")
    expect(page.locator("#saved")).to_contain_text("No connection.")
    context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("Saved ")
    kept = house.state("waiting").draft["calls_to_action"]
    assert [sentence.text for sentence in kept] == ["Write it down before the hall empties."]


def test_all_of_it_without_a_script(bare: BrowserContext, house: LiveServer) -> None:
    page = bare.new_page()
    sit(page, house, "", ORGANIZER)
    paste(page, PAGE.replace("#77", "#78"))
    page.get_by_label("Room").fill("Hall 9")
    page.get_by_role("button", name="Save changes").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("button", name="Create link for Femi Apeere, rapporteur").click()
    link = page.get_by_label("Link for Femi Apeere", exact=True).input_value()
    house.do("igf2021-ws78", OpenSession(), BOSS)
    page.goto("/s/igf2021-ws78/plan")
    page.get_by_text("Close the session").click()
    page.get_by_role("button", name="Yes, close it now").click()
    expect(page.get_by_text("ended", exact=True)).to_be_visible()

    page.goto(link)
    page.get_by_role("button", name="Keep both and use the new link now").click()
    page.get_by_role("button", name="Add a sentence Key takeaways").click()
    page.get_by_role("textbox", name="Key takeaways 1", exact=True).fill("It was short.")
    page.get_by_role("button", name="Publish the report").click()
    expect(page.get_by_text("1 sentence cites no evidence.")).to_be_visible()
    page.get_by_role("button", name="Yes, publish it now").click()
    expect(page.get_by_text("It was short.")).to_be_visible()
    expect(page.get_by_text("(no evidence cited)")).to_be_visible()
    page.goto("/s/igf2021-ws78/desk")
    page.get_by_role("textbox", name="Key takeaways 1", exact=True).fill("It was very short.")
    page.get_by_role("button", name="Publish the correction").click()
    page.get_by_label("Corrections in this version, with reasons").fill("A word was missing.")
    page.get_by_role("button", name="Yes, publish it now").click()
    expect(page.get_by_text("It was very short.")).to_be_visible()
    page.get_by_role("link", name="Version 1", exact=True).click()
    expect(page.get_by_text("It was short.")).to_be_visible()


def test_evidence_is_cited_without_a_script(bare: BrowserContext, house: LiveServer) -> None:
    workshop(house, "ticked", "ABCD3456")
    page = bare.new_page()
    sit(page, house, "ticked", RAPPORTEUR)
    page.get_by_role("button", name="Add a sentence Key takeaways").click()
    page.get_by_role("textbox", name="Key takeaways 1", exact=True).fill("The floor was shared.")
    boxes = page.locator(".picker input")
    for number in (0, 1):
        boxes.nth(number).check()
    page.get_by_role("button", name="Cite selected evidence").click()
    expect(page.locator("#takeaways .cited a")).to_have_count(2)
    expect(page.get_by_role("textbox", name="Key takeaways 1", exact=True)).to_have_value("The floor was shared.")
    page.get_by_role("button", name="Remove evidence").first.click()
    expect(page.locator("#takeaways .cited a")).to_have_count(1)

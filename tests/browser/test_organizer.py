"""An organizer in a real browser: from an empty programme to printed links, and a lost link that is made anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, Page, PdfMargins, ViewportSize, expect

from acquis.cli import main
from acquis.command import ORGANIZER
from acquis.demo import programme_text
from acquis.floor.segments import OpenSession
from acquis.plan.document import from_yaml

from .accessibility import check_accessible
from .kept import Kept
from .live_server import LiveServer, served, workshop

pytestmark = pytest.mark.browser

SEGMENTS = (("Opening", "opening", "10"), ("Panel", "panel", "30"), ("Questions", "questions", "50"))
PEOPLE = {"speakers": "Ada Sample", "onsite_moderators": "Ben Pattern", "rapporteurs": "Cleo Model"}
A4_PX = ViewportSize(width=794, height=1123)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def house(folder: Path) -> Iterator[LiveServer]:
    folder.mkdir()
    with served(folder) as house:
        yield house


@pytest.fixture
def context(browser: Browser, house: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=house.url, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def ws119(house: LiveServer) -> str:
    """The model case, published."""
    house.add("ws119", from_yaml(programme_text()))
    return "ws119"


def fill_in(page: Page) -> None:
    """The whole programme; a saved list offers one row more."""
    page.get_by_label("Title", exact=True).fill("Who keeps the lights on")
    page.get_by_label("Ends").fill("2099-12-07 11:30")
    for name, person in PEOPLE.items():
        page.locator(f'[name="{name}.0.name"]').fill(person)
    for number, (title, kind, minutes) in enumerate(SEGMENTS, 1):
        page.get_by_label(f"Title of segment {number}").fill(title)
        page.get_by_label(f"Kind of segment {number}").select_option(kind)
        page.get_by_label(f"Minutes of segment {number}").fill(minutes)
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_role("status")).to_have_text("Saved.")


def test_from_an_empty_programme_to_printed_links(context: BrowserContext, house: LiveServer) -> None:
    """W M8, M9, M10: an empty page, a mistake, the whole programme, all links, and the sheet on paper."""
    page = context.new_page()
    page.goto(house.pass_for("", ORGANIZER)[0])
    page.get_by_role("button", name="Start with an empty programme").click()
    page.get_by_label("Starts").fill("soon")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing has been saved yet")
    page.get_by_role("link", name="is not a date and time").click()
    expect(page.get_by_label("Starts")).to_be_focused()
    expect(page.get_by_label("Starts")).to_have_value("soon")
    check_accessible(page)
    page.get_by_label("Starts").fill("Monday, 7 December 2099, 10:00")
    fill_in(page)
    expect(page.get_by_label("Starts")).to_have_value("7 December 2099, 10:00")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("button", name="Create all links").click()
    fields = [page.get_by_label(f"Link for {name}", exact=True) for name in PEOPLE.values()]
    addresses = [field.input_value() for field in fields]
    check_accessible(page)

    page.emulate_media(media="print")
    page.set_viewport_size(A4_PX)
    for name, address in zip(PEOPLE.values(), addresses):
        row = page.get_by_role("row", name=name)
        expect(row.get_by_role("img", name="QR code of the link")).to_be_visible()
        expect(row.get_by_text(address, exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Change the programme")).to_be_hidden()
    expect(page.get_by_role("button", name="Create a new link")).to_be_hidden()


def test_copying_works_where_the_clipboard_may_not_be_used(context: BrowserContext, house: LiveServer) -> None:
    """W M8: on plain http nothing happened. The page says whether it worked."""
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = context.new_page()
    house.sign_in(page, "", ORGANIZER)
    workshop(house, "grid", "ABCD2345")
    page.goto("/s/grid/plan")
    page.get_by_text("Link for another person").click()
    page.locator("#links ~ details").get_by_label("Name").fill("Lin")
    page.get_by_role("button", name="Create link").last.click()
    page.get_by_role("button", name="Copy: Link for Lin").click()
    expect(page.get_by_text(re.compile("^(Copied|Marked: now press)"))).to_be_visible()
    field = page.get_by_label("Link for Lin", exact=True)
    marked = field.evaluate("(field) => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert marked == field.input_value()


def test_a_lost_organizers_link_is_made_anew(
    browser: Browser, context: BrowserContext, house: LiveServer, folder: Path
) -> None:
    """W B3: the command line makes a new one while the server runs; the lost one is refused at once. An open page of it
    says so by itself when the session moves on, and the pages of others stay as they are."""
    house.add("lit", code="LITT0001")
    page, phone = context.new_page(), browser.new_page(base_url=house.url)
    page.goto(house.pass_for("", ORGANIZER)[0])
    expect(page.get_by_role("heading", name="Your sessions")).to_be_visible()
    plan = context.new_page()
    plan.goto("/s/lit/plan")
    phone.goto("/s/lit?watch=1")
    kept = Kept()
    kept(phone)
    result = CliRunner().invoke(main, ["pass", "organizer", "--data", str(folder), "--url", house.url])
    assert result.exit_code == 0, result.output
    assert context.request.get("/organize").status == 403
    house.do("lit", OpenSession())
    expect(plan.get_by_role("heading", level=1)).to_have_text("There is a problem")
    page.goto(re.findall(r"http\S+/p/\S+", result.output)[0])
    expect(page.get_by_role("heading", name="Your sessions")).to_be_visible()
    page.goto("/s/lit/plan")
    expect(page.get_by_text("Close the session")).to_be_visible()
    expect(phone.locator("#now")).to_contain_text("The session is open.")
    kept.leave_all()
    phone.close()


def test_the_handout_of_the_model_case_is_one_sheet(context: BrowserContext, house: LiveServer, ws119: str) -> None:
    """Section 4 of the live sessions: programme, code and rules of the floor on one page of A4."""
    page = context.new_page()
    page.goto(f"/s/{ws119}/handout")
    check_accessible(page)
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    expect(page.get_by_role("heading", name="Rules for speaking")).to_be_visible()
    margin: PdfMargins = {"top": "12mm", "right": "12mm", "bottom": "12mm", "left": "12mm"}
    sheet = page.pdf(format="A4", margin=margin)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_a_title_typed_beside_new_links_survives_the_opening(
    context: BrowserContext, house: LiveServer, ws119: str, kept: Kept
) -> None:
    """The page of the new links stayed that of a session before the opening, and the title typed there was lost."""
    page = context.new_page()
    page.goto(house.pass_for(ws119, ORGANIZER)[0])
    page.get_by_role("button", name="missing link").or_(page.get_by_role("button", name="Create all links")).click()
    link = page.locator("table.made input").first
    secret = link.input_value()
    kept(page)
    page.get_by_label("Title", exact=True).fill("The title as it should be")
    house.do(ws119, OpenSession())
    expect(page.get_by_text("in progress", exact=True)).to_be_visible()
    expect(link).to_have_value(secret)
    order = page.locator("h2").evaluate_all("all => all.map((title) => title.id)")
    assert order.index("made") < order.index("links"), "it stays where it is"
    expect(page.get_by_text("Your text is here, so that you can copy it.")).to_be_visible()
    expect(page.locator("[data-rescued] blockquote")).to_have_text("The title as it should be")
    expect(page.get_by_role("button", name="Save changes")).to_have_count(0)


def test_a_title_typed_on_an_open_page_and_sent_after_the_opening_without_a_script(
    browser: Browser, house: LiveServer, ws119: str
) -> None:
    bare = browser.new_context(base_url=house.url, java_script_enabled=False)
    page = bare.new_page()
    page.goto(house.pass_for(ws119, ORGANIZER)[0])
    page.get_by_role("button", name="missing link").or_(page.get_by_role("button", name="Create all links")).click()
    page.get_by_label("Title", exact=True).fill("The title as it should be")
    house.do(ws119, OpenSession())
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("alert")).to_contain_text("The session was opened")
    expect(page.locator(".unsaved")).to_have_text("The title as it should be")
    bare.close()

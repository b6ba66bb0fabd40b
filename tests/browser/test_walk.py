"""The whole walk in one test: a pasted page becomes a session, it is held, its report is published and verified.

Eight people: the organizer, the two moderators, the rapporteur, a panellist, a participant in the room, one online, and
a reader; and the stage. All their pages are opened before the session, and none is loaded again. The pasted page
and its people are invented.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.kept import Kept
from tests.browser.live_server import LiveServer

from acquis.floor.audit import audit
from acquis.publication.verify import verify_lines

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = """IGF 2021 WS #7 Invented Dialogue on Harbour Lights

Friday, 10th December, 2021 (10:15 UTC) - Friday, 10th December, 2021 (11:45 UTC)
Conference Room 2

Organizer 1: Ada Example, Invented Lighthouse Society
Organizer 2: Ben Sample, Invented Harbour Lab

Speaker 1: Cleo Pattern, Government, African Group
Speaker 2: Dov Mockup, Civil Society, Asia-Pacific Group
Speaker 3: Eve Specimen, Technical Community, Eastern European Group


Fay Dummy, Private Sector, Eastern European Group

Online Moderator

Gil Template, Civil Society, Western European and Others Group (WEOG)


Hal Model, Civil Society, Western European and Others Group (WEOG)


Panel - Auditorium - 90 Min

Policy Question(s)

Who keeps the lights: Which groups answer for the lights of a harbour?
Rules at night: How should the rules of the night be kept?

Expected Outcomes

People will know who keeps the lights.

Workshop timing: 00:00 - 00:15 Introductions and opening remarks 00:15 - 00:40 Moderated panel discussion \
00:40 - 01:25 Open Q&A with the room and online 01:25 - 01:30 Closing and summary
"""


class Walk:
    """Eight people and their pages, all opened before the session, and what the test steers by."""

    def __init__(self, live: LiveServer, open_page: Callable[..., Page], kept: Kept) -> None:
        self.live, self.kept = live, kept
        self.organizer = open_page(1280, 900)
        self.onsite, self.online = open_page(1280, 900), open_page(1280, 900)
        self.rapporteur = open_page(1280, 900)
        self.panellist = open_page(360, 740)
        self.in_room = Participant(open_page(320, 640))
        self.at_home = Participant(open_page(390, 800))
        self.reader = open_page(390, 800)
        self.stage = open_page(1280, 720)
        self.session = ""

    def at(self, tail: str = "") -> str:
        return f"{self.live.url}/s/{self.session}{tail}"


class Participant:
    """Somebody who joined, with a page for each place."""

    def __init__(self, floor: Page) -> None:
        self.floor = floor
        self.questions = self.vote = floor

    def open_places(self, walk: Walk) -> None:
        self.questions, self.vote = self.floor.context.new_page(), self.floor.context.new_page()
        self.questions.goto(walk.at("/questions"))
        self.vote.goto(walk.at("/vote"))
        walk.kept(self.floor, self.questions, self.vote)


def test_from_the_pasted_page_to_the_published_report(
    live: LiveServer, open_page: Callable[..., Page], kept: Kept
) -> None:
    """W B1, M13: no page is loaded again from before the opening to the published report. W m19: new questions come in
    by themselves."""
    walk = Walk(live, open_page, kept)
    arrive(walk, plan(walk))
    opening(walk)
    floor(walk)
    questions(walk)
    statements(walk)
    confirm(walk)
    close(walk)
    publish(walk)
    read(walk)
    verify(walk)


def plan(walk: Walk) -> dict[str, str]:
    """The organizer pastes the page, reads the findings, corrects a minute, publishes, and hands out passes."""
    page = walk.organizer
    link, _ = walk.live.pass_for("", "organizer")
    page.goto(link)
    page.get_by_label("Paste the session page").fill(PAGE)
    page.get_by_role("button", name="Import page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Invented Dialogue on Harbour Lights")
    walk.session = page.url.split("/s/")[1].split("/")[0]
    expect(page.get_by_role("heading", name="Programme check")).to_be_visible()
    expect(page.locator(".findings").first).to_contain_text("Private Sector")
    page.get_by_role("button", name="Publish", exact=True).click()
    if page.get_by_role("button", name="Publish anyway").count():
        page.get_by_role("button", name="Publish anyway").click()
    expect(page.get_by_text("Session code", exact=True)).to_be_visible()
    page.get_by_role("button", name="Create all links").click()
    names = ("Fay Dummy", "Gil Template", "Hal Model", "Cleo Pattern")
    return {name: page.get_by_label(f"Link for {name}", exact=True).first.input_value() for name in names}


def arrive(walk: Walk, links: dict[str, str]) -> None:
    """Before the session is open, everybody follows a link, or joins, one by the code; all pages stay open."""
    walk.kept(walk.organizer)
    for page, name in ((walk.onsite, "Fay Dummy"), (walk.online, "Gil Template"), (walk.rapporteur, "Hal Model")):
        page.goto(links[name])
        walk.kept(page)
    walk.panellist.goto(links["Cleo Pattern"])
    walk.panellist.get_by_role("button", name="In the room").click()
    expect(walk.panellist.locator("#me")).to_be_visible()
    walk.kept(walk.panellist)
    at_home = walk.at_home.floor
    at_home.goto(walk.live.url)
    code = walk.onsite.locator(".joincode").first.text_content() or ""
    at_home.get_by_label("code").fill(code.lower())
    at_home.get_by_role("button", name="Join").click()
    join(at_home, "Online", "Quiet Reader")
    walk.in_room.floor.goto(walk.live.way_in(walk.session))
    join(walk.in_room.floor, "In the room", "Loud Writer")
    for one in (walk.at_home, walk.in_room):
        one.open_places(walk)
    walk.reader.goto(walk.at("/record"))
    walk.stage.goto(walk.at("/stage"))
    walk.kept(walk.reader, walk.stage)


def join(page: Page, where: str, name: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label(where).check()
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator("#me")).to_be_visible()


def opening(walk: Walk) -> None:
    """A moderator opens, and every page is that of an open session."""
    walk.onsite.get_by_text("Open the session").click()
    walk.onsite.get_by_role("button", name="Yes, open it now").click()
    expect(walk.online.get_by_role("button", name="Start segment").first).to_be_visible()
    expect(walk.organizer.get_by_text("Close the session")).to_be_visible()
    expect(walk.organizer.get_by_label("Link for Fay Dummy", exact=True)).to_be_visible()  # shown once: it stays
    for one in (walk.at_home, walk.in_room):
        expect(one.questions.get_by_text("Ask a question").first).to_be_visible()
        expect(one.floor.get_by_role("heading", name="List of speakers")).to_be_visible()


def start(walk: Walk, title: str) -> None:
    row = walk.onsite.locator(".segments li", has_text=title)
    walk.live.clock.pause()
    if not row.get_by_role("button").count():  # it is not the next one
        walk.onsite.locator("#programme > details > summary").click()
    walk.onsite.locator("#programme").get_by_role("button", name=f"Start segment: {title}").click()
    expect(row).to_have_attribute("aria-current", "step")


def floor(walk: Walk) -> None:
    """A panellist speaks; then one queue for the room, online, and somebody without a device."""
    in_room, at_home = walk.in_room.floor, walk.at_home.floor
    start(walk, "Moderated panel")
    walk.live.clock.pause()
    walk.onsite.locator(".panel li", has_text="Cleo Pattern").get_by_role("button", name="Give the floor").click()
    expect(in_room.locator("#now")).to_contain_text("Cleo Pattern")
    expect(walk.panellist.locator("#me")).to_contain_text("You have the floor.")
    expect(walk.stage.locator("#stage_now .name")).to_have_text("Cleo Pattern")
    start(walk, "Open Q&A")
    in_room.get_by_role("button", name="Ask for the floor").first.click()
    expect(in_room.locator("#me")).to_contain_text("You are next to speak.")
    at_home.get_by_role("button", name="Ask for the floor").first.click()
    walk.onsite.get_by_label("Add a speaker (name optional)").fill("Speaker at the microphone")
    walk.onsite.get_by_role("button", name="Add to the list").click()
    expect(walk.online.locator("#queue li")).to_have_count(3)
    walk.live.clock.pause()
    walk.onsite.locator("#pick").get_by_role("button", name="Give the floor").click()
    expect(in_room.locator("#me")).to_contain_text("You have the floor.")
    expect(walk.online.locator("#turn")).to_contain_text("Loud Writer")
    # The room has had its turn: the rule now names online, though the walk-up came to the room's list meanwhile.
    expect(walk.online.locator("#pick")).to_contain_text("Quiet Reader")
    walk.live.clock.pause()
    walk.online.locator("#pick").get_by_role("button", name="Give the floor").click()
    expect(at_home.locator("#me")).to_contain_text("You have the floor.")
    expect(walk.online.locator("#turn")).to_contain_text("Quiet Reader")
    walk.online.get_by_role("button", name="End intervention").click()
    expect(at_home.locator("#me").get_by_role("button", name="Ask for the floor").first).to_be_visible()


def questions(walk: Walk) -> None:
    """One asks a panellist, one without a name; a moderator lets them through; support; an answer on the floor."""
    asker, other = walk.in_room.questions, walk.at_home.questions
    for page, text, nameless in (
        (asker, "Who pays for the lights?", False),
        (other, "Who may put them out?", True),
    ):
        if not page.locator("#text").is_visible():
            page.get_by_text("Ask a question").first.click()
        page.get_by_label("Your question").fill(text)
        if nameless:
            page.get_by_label("Ask anonymously").check()
        page.get_by_role("button", name="Send question", exact=True).click()
        waiting = walk.online.locator("#toapprove li", has_text=text)
        expect(waiting).to_contain_text("Anonymous" if nameless else "Loud Writer")
        waiting.get_by_role("button", name="Approve").click()
        expect(walk.onsite.locator("#unanswered li", has_text=text)).to_be_visible()
    # Nothing moves under a finger: where somebody has just typed, the new ones come when the page has been still.
    expect(other.locator("#asked")).to_contain_text("Who pays for the lights?")
    asker.locator("#asked li", has_text="put them out").get_by_role("button").first.click()
    asked = walk.onsite.locator("#unanswered li", has_text="put them out")
    expect(asked.locator("[data-count]")).to_have_text("1")
    asked.get_by_role("button", name="Put to the panel").click()
    expect(other.locator("#asked li", has_text="put them out")).to_contain_text("answered now")
    expect(walk.stage.locator("#stage_questions")).to_contain_text("Who may put them out?")
    expect(walk.panellist.locator(".to-me")).to_contain_text("Who may put them out?")
    walk.onsite.locator("#on_floor li").get_by_role("button", name="Mark as answered").click()
    expect(other.locator("#ledger")).to_contain_text("Who may put them out?")


def statements(walk: Walk) -> None:
    """A moderator puts a claim up; both vote, one changes the vote."""
    walk.onsite.locator("summary", has_text="Statement").click()
    walk.onsite.get_by_label("A new statement").fill("Every harbour needs one keeper.")
    walk.onsite.get_by_role("button", name="Open for voting").click()
    for page in (walk.in_room.vote, walk.at_home.vote):
        page.get_by_role("button", name="Disagree").locator("visible=true").click()
        expect(page.locator("[data-voted]")).to_have_text("1")
    walk.at_home.vote.get_by_role("link", name="Change my last vote").click()
    walk.at_home.vote.get_by_role("button", name="Agree", exact=True).locator("visible=true").click()
    expect(walk.onsite.locator("#statements .tally")).to_contain_text("50")


def confirm(walk: Walk) -> None:
    """The chair reads the summary out and confirms it, on the console that was opened before the session."""
    start(walk, "Closing")
    page = walk.onsite
    page.locator("details", has=page.get_by_label("Areas of consensus")).evaluate("el => { el.open = true; }")
    page.get_by_label("Areas of consensus").fill("The lights need a keeper.")
    page.get_by_role("button", name="Confirm for the Chair").click()
    for seen in (walk.at_home.floor, walk.in_room.questions, walk.panellist, walk.stage):
        expect(seen.get_by_text("The lights need a keeper.").locator("visible=true").first).to_be_visible()


def close(walk: Walk) -> None:
    page = walk.onsite
    page.get_by_text("More", exact=True).click()
    page.get_by_text("End the session", exact=True).click()
    page.get_by_role("button", name="End the session for everyone").click()
    expect(walk.online.get_by_text("The session has ended.").first).to_be_visible()
    expect(walk.in_room.floor.get_by_text("The session has ended.").first).to_be_visible()
    expect(walk.at_home.vote.get_by_role("heading", name="Results")).to_be_visible()
    expect(walk.at_home.questions.get_by_role("button", name="Send question", exact=True)).to_have_count(0)


def publish(walk: Walk) -> None:
    """The rapporteur writes a takeaway on evidence and a call to action, on a desk opened before the session."""
    page = walk.rapporteur
    expect(page.locator("[data-due]")).to_be_visible()
    for part, text, evidence in (
        ("takeaways", "Nobody agrees yet on who keeps the lights.", "Every harbour needs one keeper."),
        ("calls_to_action", "Each harbour should name its keeper by spring.", "Who may put them out?"),
    ):
        page.locator(f"#{part}").get_by_role("button", name="Add a sentence").click()
        page.locator(f"#{part} textarea").last.fill(text)
        page.get_by_label("Search the evidence").fill(evidence)
        page.locator("li.piece", has_text=evidence).get_by_role("checkbox").check()
        page.locator(f"#{part}").get_by_role("button", name="Cite selected evidence").last.click()
        expect(page.locator(f"#{part} .cited")).to_have_count(1)
    walk.kept.leave(page)
    page.get_by_role("button", name="Publish the report").click()
    expect(page.get_by_text("Every sentence cites evidence.")).to_be_visible()
    page.get_by_role("button", name="Yes, publish it now").click()
    expect(page.get_by_text("Version 1 of 1")).to_be_visible()


def read(walk: Walk) -> None:
    """Somebody who opened the record before the session reads the report, and opens the evidence in place."""
    page = walk.reader
    expect(page.get_by_text("Nobody agrees yet on who keeps the lights.")).to_be_visible()
    expect(page.get_by_text("Each harbour should name its keeper by spring.")).to_be_visible()
    mark = page.locator("details.based").first
    mark.locator("summary").first.click()
    expect(mark.locator(".evidence")).to_contain_text("Every harbour needs one keeper.")


def verify(walk: Walk) -> None:
    """The log that everybody can download verifies, names nobody of the audience, and shows a fair floor."""
    log = walk.reader.request.get(walk.at("/log.jsonl")).body()
    found = verify_lines(log.splitlines(keepends=True))
    assert found.ok, found.reason
    assert found.reports == 1
    for name in ("Loud Writer", "Quiet Reader", "Speaker at the microphone"):
        assert name.encode() not in log
    record = walk.live.house.board.record
    fair = audit(record.scan(walk.session))
    assert fair.first_bad is None
    lanes = {turn.attributes.lane for turn in walk.live.state(walk.session).turns.values() if turn.kind == "turn"}
    assert lanes == {"room", "online"}

"""The room screen in a browser: nothing is cut or covered in any scene, captions fade, and before and after the session
it says what people need then."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import msgspec
import pytest
from playwright.sync_api import Page, expect
from tests.browser import stage_measures as measures
from tests.browser.kept import Kept
from tests.browser.live_server import MIN, PROGRAMME, LiveServer, crowd, play, workshop
from tests.browser.opinion_sessions import voted
from tests.effort import SHARE

from acquis import demo
from acquis.demo import LOG, programme_text
from acquis.demo.play import STEP_MS, Play
from acquis.floor import moderation, questions, queue, segments
from acquis.floor.speech import CaptionSpeech
from acquis.report.confirming import ConfirmSummary
from acquis.roster import SessionRow

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
SIZES = ((1024, 768), (1280, 720), (1366, 768), (1920, 1080), (3840, 2160))
FEW = 2
"""On how many of the sizes a scene is looked at, unless in a thorough run: the next scene on the next ones."""
DEMO_SIZES = ((1024, 768), (1280, 720), (1920, 1080))
SCENES = {
    "before": ("before", "/stage"),
    "question": ("talking", "/stage"),
    "vote": ("talking", "/stage?scene=vote"),
    "results": ("talking", "/stage?scene=results"),
    "clock": ("talking", "/stage?scene=clock"),
    "questions": ("free", "/stage"),
    "paused": ("paused", "/stage"),
    "map": ("camps", "/stage?scene=map"),
    "summary": ("closing", "/stage"),
    "after": ("over", "/stage"),
    "results after": ("over", "/stage?scene=results"),
    "summary after": ("over", "/stage?scene=summary"),
}
CAPTION = "The norms of responsible behaviour need a follow-up every year, and small States need the people for it."


@pytest.fixture(scope="module")
def sessions(live: LiveServer) -> None:
    """A session for each state of the room screen."""
    starts = datetime.datetime.fromtimestamp(live.now() / 1000 + 12 * 60, datetime.UTC).isoformat()
    soon = msgspec.structs.replace(PROGRAMME, starts=starts)
    live.add("before", soon, code="BEFO0001", at=live.now() - 55 * MIN)
    crowd(live, "before", 47)
    workshop(live, "talking", "TALK0001")
    for name in ("free", "paused", "closing", "over"):
        workshop(live, name, f"{name[:4].upper()}0002")
        state = live.state(name)
        put = next(q.seq for q in state.questions.values() if q.is_on_floor)
        live.do(name, questions.MarkAnswered(put))
        if name != "paused":
            live.do(name, queue.EndTurn(state.turn))
    live.do("paused", moderation.PauseSession())
    for name in ("closing", "over"):
        live.do(name, segments.StartSegment(3))
        live.do(name, ConfirmSummary("Norms are followed up every year.\n" * 6, "Who pays is open. " * 20))
    live.do("over", segments.CloseSession())
    voted(live, "camps", "camps", "CAMP0001")


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_cut_or_covered(live: LiveServer, sessions: None, open_page: Open, scene: str) -> None:
    """On every screen, with short and long texts in several scripts, wide and narrow fonts, with and without
    captions; the texts are changed in the open page, with the classes that the server gives them."""
    number = list(SCENES).index(scene)
    sizes = SIZES if SHARE == 1 else [SIZES[(number + place) % len(SIZES)] for place in range(FEW)]
    page = open_page(*sizes[0], bypass_csp=True)
    page.goto(live.way_in(*SCENES[scene]))
    page.add_style_tag(content="/**/")
    page.evaluate("document.head.lastElementChild.id = 'font'")
    if scene == "map":
        page.locator("#stage_map .om-map").wait_for()
    page.evaluate("document.fonts.ready")
    wrong = []
    for place, size in enumerate(sizes):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for font in measures.FONTS[place % 2 :: 2]:
            number += 1
            captions = [CAPTION] * (number % 3)
            page.evaluate(measures.SET, [measures.changes(number), font, measures.part_classes(number), captions])
            wrong += [f"{size} {font} case {number}: {text}" for text in page.evaluate(measures.WRONG)]
    assert wrong == []


def test_wider_letters_than_the_tables_say_become_smaller(live: LiveServer, sessions: None, open_page: Open) -> None:
    """As on a machine with a wide font, or with none for the script of a name."""
    page = open_page(1280, 720, bypass_csp=True)
    page.goto(live.way_in(*SCENES["question"]))
    expect(page.locator("#link")).to_have_text("Connected")
    page.add_style_tag(content=".wide .fit { letter-spacing: 0.5em !important }")
    sizes = "[...document.querySelectorAll('.stage-now .name, .put .said')].map(el => getComputedStyle(el).fontSize)"
    before = page.evaluate(sizes)
    page.evaluate("document.body.classList.add('wide')")
    wide = page.evaluate(sizes)
    assert page.evaluate(measures.WRONG) == []
    assert all(float(now[:-2]) < float(was[:-2]) for now, was in zip(wide, before, strict=True))
    page.evaluate("document.body.classList.remove('wide')")
    assert page.evaluate(sizes) == before


@pytest.mark.parametrize("scene", ["before", "question"])
def test_the_code_is_on_one_line(live: LiveServer, sessions: None, open_page: Open, scene: str) -> None:
    page = open_page(1024, 768)
    page.goto(live.way_in(*SCENES[scene]))
    code = page.locator(".joincode")
    lines = (
        "code => { const range = new Range(); range.selectNodeContents(code); return range.getClientRects().length; }"
    )
    assert code.evaluate(lines) == 1
    expect(page.locator(".entrance")).to_contain_text(f"Join at {live.url.removeprefix('http://')}")


def test_nothing_is_cut_in_the_first_minute_of_the_demo(live: LiveServer, open_page: Open) -> None:
    """On the clock of the test, with everything that the simulated audience does in it."""

    async def played() -> Play:
        live.house.roster.add_session(SessionRow(LOG, "DEMO0001", live.now(), programme_text()))
        return await demo.play(await live.session(LOG), live.house.roster, "floor", 40, 7, live.now())

    async def acted() -> None:
        await simulated.step(live.now(), live.now() - simulated.session.state.opened_at)

    simulated = live.wait(played)
    page = open_page(*DEMO_SIZES[0])
    page.goto(f"{live.url}/s/{LOG}/stage")
    for _ in range(MIN // STEP_MS):
        for size in DEMO_SIZES:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            page.evaluate("() => new Promise(requestAnimationFrame)")  # the page hears of its size before it is drawn
            assert page.evaluate(measures.WRONG) == []
        live.clock.forward(STEP_MS)
        live.wait(acted)
        expect(page.locator("#stage_foot")).to_contain_text(f"Log entries: {live.state(LOG).seq}.")


def test_a_clock_that_shows_the_same_is_not_drawn_again(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page(1280, 720)
    page.goto(live.way_in(ws, "/stage"))
    changes = page.evaluate(
        """async () => {
            const loaded = performance.getEntriesByType("resource").find(({ name }) => name.includes("clocks"));
            const { tick } = await import(loaded.name);
            const still = performance.now();
            performance.now = () => still;
            tick();
            const changes = new MutationObserver(() => {});
            changes.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
            tick();
            return changes.takeRecords().map(({ target }) => target.outerHTML);
        }"""
    )
    assert changes == []


def test_captions_leave_the_stage_ten_seconds_after_the_last_word(live: LiveServer, ws: str, open_page: Open) -> None:
    """W M17: counted on the screen from the time of the line."""
    page = open_page(1280, 720)
    page.goto(live.way_in(ws, "/stage"))
    live.do(ws, CaptionSpeech("Said half a minute ago."), at=live.now() - 30_000)
    live.do(ws, CaptionSpeech("Said just now."), at=live.now() + 60 * MIN)
    expect(page.get_by_text("Said just now.")).to_be_visible()
    expect(page.get_by_text("Said half a minute ago.")).to_be_hidden()


def test_the_stage_before_and_after_the_session(live: LiveServer, open_page: Open) -> None:
    """W M12, m7: the title, when it starts, who speaks and the way in; after the end the way to the record. The live
    region says that the session is over."""
    session = f"around{len(live.sessions)}"
    live.add(session, code="AROU0001")
    page = open_page(1280, 720)
    page.goto(live.way_in(session, "/stage"))
    now = page.locator("#stage_now")
    expect(now.locator(".name")).to_have_text("The next chapter of cyber dialogues")
    expect(now).to_contain_text("15:30")
    expect(now.get_by_text("Panellist 5 (simulated)")).to_be_visible()
    expect(page.locator(".joincode")).to_have_text("AROU-0001")
    expect(page.locator("#stage_questions")).to_have_count(0)
    live.do(session, segments.OpenSession())
    expect(page.locator("#stage_part")).to_contain_text("Expected end:")
    live.do(session, segments.StartSegment(0))
    live.do(session, queue.GiveFloorToSpeaker(1))
    expect(page.locator("#say")).to_have_text("Now speaking: Panellist 1 (simulated)")
    live.do(session, segments.CloseSession())
    expect(now).to_contain_text("This session has ended.")
    expect(page.locator(".joincode")).to_have_count(0)
    expect(page.locator(".door")).to_contain_text(f"/s/{session}/record")
    expect(page.locator(".door")).to_be_visible()
    expect(page.locator("#say")).to_have_text("This session has ended.")


def test_a_substitute_speaker_and_a_longer_segment(live: LiveServer, open_page: Open, kept: Kept) -> None:
    """W M14, m10; B row 42: on the console a speaker is replaced and the segment gets more time; the stage shows it and
    turns to the scene that the console chose. Both are opened before the session."""
    ws = "substitute"
    live.add(ws, code="SUBS0001", at=live.now() - 55 * MIN)
    hall, desk = open_page(1280, 720), open_page(1280, 900)
    hall.goto(live.way_in(ws, "/stage"))
    live.sign_in(desk, ws, "onsite_moderator")
    desk.goto(f"{live.url}/s/{ws}/console")
    for page in (hall, desk):
        expect(page.locator("#link")).to_have_text("Connected")
    kept(hall, desk)
    play(live, ws)
    row = desk.locator("#panel li").filter(has_text="Panellist 2")
    row.locator("summary").click()
    row.locator("form").filter(has_text="Remove the speaker").get_by_label("Reason").fill("Ill.")
    row.get_by_role("button", name="Remove the speaker from the programme").click()
    expect(row).to_have_count(0)
    desk.get_by_text("Add a speaker", exact=True).click()
    adding = desk.locator("#panel form").filter(has_text="Add the speaker")
    adding.get_by_label("Name").fill("Dr. Late Substitute")
    adding.get_by_role("button", name="Add the speaker").click()
    new = desk.locator("#panel li").filter(has_text="Dr. Late Substitute")
    new.get_by_role("button", name="Give the floor").click()
    expect(hall.locator("#stage_now .name")).to_have_text("Dr. Late Substitute")
    ends = live.state(ws).segment_at + 45 * MIN
    expect(hall.locator(f'#stage_part .timer[data-ends="{ends}"]').first).to_be_visible()
    desk.locator("#programme summary").first.click()
    desk.get_by_role("button", name="5 minutes more").click()
    expect(hall.locator(f'#stage_part .timer[data-ends="{ends + 5 * MIN}"]').first).to_be_visible()
    expect(hall.locator("#stage_part")).to_contain_text("later than planned")
    desk.get_by_role("button", name="Show Results").click()
    expect(hall.locator("#stage_results")).to_be_visible()
    expect(hall.locator("#stage_questions")).to_be_hidden()
    hall.keyboard.press("ArrowLeft")
    expect(hall.locator("#stage_vote")).to_be_visible()
    hall.keyboard.press("ArrowLeft")
    expect(hall.locator("#stage_questions")).to_be_visible()
    desk.get_by_role("button", name="Show Clock").click()
    expect(hall.locator("#stage_clock .name")).to_have_text("Dr. Late Substitute")

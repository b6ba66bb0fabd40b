"""The stage in a browser: nothing that must be read is cut, captions fade, and before and after the session it says
what people need then (B F2, F12; W B2, M12, M17, m7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.kept import Kept
from tests.browser.live_server import MIN, LiveServer, play

from acquis.attributes import Attributes
from acquis.command import PEOPLE, Actor
from acquis.floor import people, questions, queue, segments
from acquis.floor.speech import CaptionSpeech

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
SIZES = ((1024, 768), (1280, 720), (1366, 768), (1920, 1080))
NAMES = (
    "Li Wu",
    "Ambassador Regina Ortega",
    "Her Excellency Ambassador María de los Ángeles Rodríguez de la Representación",
    "Her Excellency Ambassador María de los Ángeles Rodríguez, Permanent Representative, on behalf of the Group of 77",
    "R" * 120,
)

CUT = """
() => {
  // The texts that must be read, and the parts of them that are outside of their box or of the screen.
  const must = '#stage_now :is(.name, .sides, .big b, .big i), #next p, #stage_questions .on p, '
    + '#stage_captions p, #stage_clock :is(.name, .big b, .big i, .segment), .stage-join :is(.joincode, .address)';
  const cut = [];
  for (const el of document.querySelectorAll(must)) {
    if (!el.getClientRects().length) continue;
    const box = el.closest('[data-fit]').getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(el);
    for (const text of range.getClientRects()) {
      const sides = [box.left - text.left, text.right - box.right, box.top - text.top, text.bottom - box.bottom];
      sides.push(text.right - innerWidth, text.bottom - innerHeight);
      // The line box of a font is higher than its letters.
      const slack = 1 + 0.3 * text.height;
      if (Math.max(sides[0], sides[1], sides[4]) > 1 || Math.max(sides[2], sides[3], sides[5]) > slack) {
        cut.push(`${el.className || el.tagName}: ${el.textContent.trim().slice(0, 40)} ${sides.map(Math.round)}`);
        break;
      }
    }
  }
  const clocks = [...document.querySelectorAll('#stage_now .big b, #stage_clock .big b')];
  if (!clocks.some((clock) => clock.getClientRects().length)) cut.push('no clock');
  return cut;
}
"""


def opened(live: LiveServer, session: str) -> list[Actor]:
    """A session in its questions, with people of short and long names, and a long question that is being answered."""
    live.add(session, code=session.upper().ljust(8, "X"))
    there = [
        Actor(f"p-{number}", f"v-{number}", PEOPLE, Attributes(lane="online", stakeholder="Technical Community"))
        for number in range(len(NAMES))
    ]
    for one, name in zip(there, NAMES, strict=True):
        live.do(session, people.Join(lane="online", stakeholder="Technical Community"), one)
        live.name(session, one.person, name)
    live.do(session, segments.OpenSession())
    live.do(session, segments.StartSegment(2))
    words = "Which channel can a small group use to be heard before the text is agreed, and who answers it? "
    asked = live.do(session, questions.AskQuestion((words * 4)[:400].strip()), there[0])
    live.do(session, questions.ApproveQuestion(asked))
    live.do(session, questions.PutQuestion(asked))
    return there


def call(live: LiveServer, session: str, one: Actor, after: Actor) -> None:
    """Give the floor to somebody while somebody else waits."""
    state = live.state(session)
    if state.turn:
        live.do(session, queue.EndTurn(state.turn))
    for seq in state.waiting:
        live.do(session, queue.LowerHand(seq))
    hand = live.do(session, queue.RaiseHand(), one)
    at = live.state(session).at + segments.PAUSE_MS  # captions may be dated ahead
    live.do(session, queue.GiveFloor(hand), at=max(at, live.now()))
    live.do(session, queue.RaiseHand(), after)


def whole_on_every_screen(live: LiveServer, page: Page, what: str) -> None:
    """Wait until nothing is cut, on screens of each size."""
    for size in SIZES:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        until_whole(live, page, f"{what}, {size}")


def until_whole(live: LiveServer, page: Page, what: str) -> None:
    live.until(lambda: page.evaluate(CUT) == [], lambda: f"{what}: {page.evaluate(CUT)}", 20)


@pytest.mark.parametrize("spacing", ["normal", "-0.06em", "0.12em"])
def test_nothing_that_must_be_read_is_cut(live: LiveServer, open_page: Open, spacing: str) -> None:
    """B F2, row 10, W B2: the clock, the name, who is next and why, the question that is being answered and the
    captions, with short and long names, on four screens, with narrow and wide letters."""
    session = f"fit{len(live.sessions)}"
    there = opened(live, session)
    page = open_page(*SIZES[0], bypass_csp=True)
    page.goto(f"{live.url}/s/{session}/stage")
    page.add_style_tag(content=f"body {{ letter-spacing: {spacing}; }}")
    for captions in (False, True):
        if captions:
            line = "The norms of responsible behaviour need a follow-up every year, and small states need the people."
            for _ in range(2):
                live.do(session, CaptionSpeech(line), at=live.now() + 60 * MIN)  # it stays for as long as the test
            expect(page.locator("#stage_captions p").first).to_be_visible()
        for place, name in enumerate(NAMES):
            call(live, session, there[place], there[place - 1])
            expect(page.locator("#stage_now .name")).to_have_text(name)
            expect(page.locator("#next strong")).to_have_text(NAMES[place - 1])
            whole_on_every_screen(live, page, f"{name}, captions {captions}")
    page.goto(f"{live.url}/s/{session}/stage?scene=clock")
    whole_on_every_screen(live, page, "clock")
    height = page.locator("#stage_clock .big b").evaluate("el => el.getBoundingClientRect().height")
    assert height > SIZES[-1][1] / 4


def test_captions_leave_the_stage_ten_seconds_after_the_last_word(live: LiveServer, ws: str, open_page: Open) -> None:
    """W M17: counted on the screen from the time of the line."""
    page = open_page(1280, 720)
    page.goto(f"{live.url}/s/{ws}/stage")
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
    page.goto(f"{live.url}/s/{session}/stage")
    now = page.locator("#stage_now")
    expect(now.locator(".name")).to_have_text("The next chapter of cyber dialogues")
    expect(now).to_contain_text("15:30")
    expect(now.get_by_text("Panellist 5 (simulated)")).to_be_visible()
    expect(page.locator(".joincode")).to_have_text("AROU-0001")
    expect(page.locator("#stage_questions")).to_be_hidden()
    live.do(session, segments.OpenSession())
    expect(now).to_contain_text("Expected end:")
    live.do(session, segments.StartSegment(0))
    live.do(session, queue.GiveFloorToSpeaker(1))
    expect(page.locator("#say")).to_have_text("Now speaking: Panellist 1 (simulated)")
    live.do(session, segments.CloseSession())
    expect(now).to_contain_text("This session has ended.")
    expect(page.locator(".joincode")).to_have_count(0)
    expect(page.locator(".stage-join")).to_contain_text(f"/s/{session}/record")
    expect(page.locator("#say")).to_have_text("This session is over.")


def test_a_substitute_speaker_and_a_longer_segment(live: LiveServer, open_page: Open, kept: Kept) -> None:
    """W M14, m10; B row 42: on the console a speaker is replaced and the segment gets more time; the stage shows it and
    turns to the scene that the console chose. Both are opened before the session."""
    ws = "substitute"
    live.add(ws, code="SUBS0001", at=live.now() - 55 * MIN)
    hall, desk = open_page(1280, 720), open_page(1280, 900)
    hall.goto(f"{live.url}/s/{ws}/stage")
    link, _ = live.pass_for(ws, "onsite_moderator")
    desk.goto(link)
    desk.goto(f"{live.url}/s/{ws}/console")
    for page in (hall, desk):
        expect(page.locator("#link")).to_have_text("Live")
    kept(hall, desk)
    play(live, ws)
    row = desk.locator("#panel li").filter(has_text="Panellist 2")
    row.locator("summary").click()
    row.locator("form").filter(has_text="Take the speaker off").get_by_label("Reason").fill("Ill.")
    row.get_by_role("button", name="Take the speaker off the programme").click()
    expect(row).to_have_count(0)
    desk.get_by_text("Add a speaker", exact=True).click()
    adding = desk.locator("#panel form").filter(has_text="Add the speaker")
    adding.get_by_label("Name").fill("Dr. Late Substitute")
    adding.get_by_role("button", name="Add the speaker").click()
    new = desk.locator("#panel li").filter(has_text="Dr. Late Substitute")
    new.get_by_role("button", name="Give the floor").click()
    expect(hall.locator("#stage_now .name")).to_have_text("Dr. Late Substitute")
    ends = live.state(ws).segment_at + 45 * MIN
    expect(hall.locator(f'#stage_now .timer[data-ends="{ends}"]').first).to_be_visible()
    desk.get_by_role("button", name="5 minutes more").click()
    expect(hall.locator(f'#stage_now .timer[data-ends="{ends + 5 * MIN}"]').first).to_be_visible()
    expect(hall.locator("#stage_now")).to_contain_text("later than planned")
    desk.get_by_role("button", name="Show Results").click()
    expect(hall.locator("#stage_results")).to_be_visible()
    expect(hall.locator("#stage_questions")).to_be_hidden()
    hall.keyboard.press("ArrowLeft")
    expect(hall.locator("#stage_questions")).to_be_visible()
    desk.get_by_role("button", name="Show Clock").click()
    expect(hall.locator("#stage_clock .name")).to_have_text("Dr. Late Substitute")

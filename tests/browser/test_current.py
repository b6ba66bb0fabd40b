"""Every open page is current: opened before the session, and never loaded again, it is at any moment the page that a
reader would get who opens it now (W B1, M4, M6, M13; B F1)."""

from __future__ import annotations

import difflib
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from tests.browser.live_server import HOST, PROGRAMME, LiveServer

from acquis.command import ORGANIZER, PEOPLE, Actor, Command
from acquis.floor import amending, moderation, questions, queue, segments, statements
from acquis.floor.registration import PublishSpeakersList, RegisterSpeaker
from acquis.floor.team import ReplaceTeamMember
from acquis.plan.document import Person, PlannedSegment
from acquis.report.confirming import ConfirmSummary
from acquis.web.http import passes

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

NORMAL = r"""
async () => {
  // What clocks show, what scripts add to the page for themselves, keys and the order of attributes make no difference.
  const gone = ['open', 'tabindex', 'disabled', 'data-size', 'draggable', 'd', 'data-now', 'style',
    'stroke-dasharray', 'stroke-dashoffset'];
  const mine = '.card, .for-speaker, .fresh, [data-scripted], #captions, .js, [data-until]';
  const filled = '.timer b, .timer i, [data-later] b, [data-later] i, .cue, [data-filled], .fresh, [data-due]';
  const shape = (main) => {
    const copy = main.cloneNode(true);
    for (const el of copy.querySelectorAll(filled)) el.textContent = '';
    for (const el of copy.querySelectorAll('.sent, [data-until], span[data-filled]')) el.remove();
    for (const el of copy.querySelectorAll('input[name=key]')) el.removeAttribute('value');
    for (const el of [copy, ...copy.querySelectorAll('*')]) {
      for (const name of gone) el.removeAttribute(name);
      el.classList.remove('moved', 'own', 'soon', 'over');
      if (el.matches('.bars:not(.split) > rect')) el.removeAttribute('width'); // of the time that is left
      if (!el.classList.length) el.removeAttribute('class');  if (el.matches(mine)) el.removeAttribute('hidden');
      const ordered = [...el.attributes].map(({ name, value }) => [name, value]).sort();
      for (const [name, value] of ordered) { el.removeAttribute(name); el.setAttribute(name, value); }
    }
    return copy.outerHTML.replace(/>\s+</g, '><').replace(/\s+/g, ' ').replace(/></g, '>\n<').split('\n');
  };
  const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  return [shape(document.querySelector('main')), shape(fresh.querySelector('main'))];
}
"""


def differences(page: Page) -> list[str]:
    """The lines in which an open page differs from the page as it is delivered now."""
    here, there = page.evaluate(NORMAL)
    return list(difflib.unified_diff(here, there, "open", "fresh", n=1, lineterm=""))


def until_current(live: LiveServer, pages: dict[str, Page], when: str) -> None:
    """Wait until every page is what it would be if it were opened now. Nothing happens meanwhile, so that a page which
    is current stays so."""
    stale = {name: ["not looked at yet"] for name in pages}

    def none_is_stale() -> bool:
        for name in list(stale):
            stale[name] = differences(pages[name])
            if not stale[name]:
                del stale[name]
        return not stale

    live.until(
        none_is_stale,
        lambda: when + "".join(f"\n{name}:\n" + "\n".join(lines) for name, lines in stale.items()),
    )


def signed_in(live: LiveServer, page: Page, session: str, role: str, path: str, seat: int = 0) -> None:
    live.sign_in(page, session, role, seat)
    page.goto(f"{live.url}/s/{session}{path}")


def join(live: LiveServer, page: Page, session: str, name: str) -> None:
    """Join a session online, and wait for the floor page."""
    page.goto(live.way_in(session))
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Online").check()
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator("#me")).to_be_visible()


def test_pages_opened_before_the_session_are_current_to_its_end(live: LiveServer, open_page: Open) -> None:
    session = "early"
    live.add(session, code="EARL0001")
    pages: dict[str, Page] = {}

    ana = open_page(360, 740)
    ana.goto(live.way_in(session))
    ana.get_by_label("Your name").fill("Ana Silva")
    ana.get_by_label("Online").check()
    ana.get_by_role("button", name="Join", exact=True).click()
    expect(ana.locator("#me")).to_be_visible()
    pages["floor"] = ana
    for path in ("questions", "vote", "mine", "record", "map"):
        page = open_page(
            360, 740, storage_state=ana.context.storage_state()
        )  # a browser has six connections to a server
        page.goto(f"{live.url}/s/{session}/{path}")
        pages[path] = page
    reader = open_page(360, 740)
    reader.goto(f"{live.url}/s/{session}?watch=1")
    pages["watch"] = reader
    for name, role, path in (
        ("console", "onsite_moderator", "/console"),
        ("desk", "rapporteur", "/desk"),
        ("stage", "onsite_moderator", "/stage"),
    ):
        page = open_page(1280, 800)
        signed_in(live, page, session, role, path)
        pages[name] = page

    person = ana.evaluate("document.body.dataset.person")
    voice = ana.evaluate("document.body.dataset.voice")
    me = Actor(person, voice, PEOPLE)

    def do(command: Command, by: Actor = HOST) -> int:
        return live.do(session, command, by)

    until_current(live, pages, "before the opening")
    do(segments.OpenSession())
    until_current(live, pages, "opened")
    do(segments.StartSegment(0))
    do(statements.SeedStatement("Norms need one body that follows them up."))
    until_current(live, pages, "opening")
    do(queue.GiveFloorToSpeaker(1))
    until_current(live, pages, "a speaker of the panel")
    do(segments.StartSegment(2))
    until_current(live, pages, "questions")
    hand = do(queue.RaiseHand(), me)
    until_current(live, pages, "a hand")
    do(queue.GiveFloor(hand))
    until_current(live, pages, "the floor")
    do(queue.EndTurn(live.state(session).turn))
    until_current(live, pages, "the floor is free")
    for text in ("Who follows up?", "Who is going to follow up?"):
        pages["questions"].locator(".ask").evaluate("details => { details.open = true; }")
        pages["questions"].get_by_label("Your question").fill(text)
        pages["questions"].get_by_role("button", name="Send question", exact=True).click()
        expect(pages["questions"].locator("#own")).to_contain_text(text)
    first, second = live.state(session).questions
    until_current(live, pages, "asked")
    do(questions.ApproveQuestion(first))
    do(questions.ApproveQuestion(second))
    do(questions.MergeQuestions(second, first))
    until_current(live, pages, "merged")
    do(questions.PutQuestion(first))
    do(questions.MarkAnswered(first))
    until_current(live, pages, "answered")
    do(queue.RaiseHand("right_of_reply"), me)
    until_current(live, pages, "a right of reply")
    do(queue.LowerHand(max(live.state(session).hands)))
    until_current(live, pages, "lowered by a moderator")
    do(segments.CloseList())
    do(segments.StartSegment(3))
    do(ConfirmSummary("Norms are followed up every year.", "Who pays is open."))
    until_current(live, pages, "confirmed")
    do(segments.CloseSession())
    until_current(live, pages, "closed")


CONSULTATION = replace(
    PROGRAMME,
    rehearsal=False,
    onsite_moderators=(Person("Dag Eksempel"),),
    segments=(
        *PROGRAMME.segments[:3],
        PlannedSegment("Consultation", "questions", 10, registered=True),
        PROGRAMME.segments[3],
    ),
)


def test_amendments_moderation_and_registered_speakers_reach_every_open_page(live: LiveServer, open_page: Open) -> None:
    """What moderators and organizers do beside the floor: names, titles, texts, scenes, results, a moved device."""
    session = "beside"
    live.add(session, CONSULTATION, code="BESI0001")
    pages: dict[str, Page] = {}
    ana = open_page(360, 740)
    join(live, ana, session, "Ana Silva")
    person, voice = ana.evaluate("[document.body.dataset.person, document.body.dataset.voice]")
    me = Actor(person, voice, PEOPLE)
    pages["floor"] = ana
    for path in ("questions", "vote", "speakers"):
        pages[path] = open_page(360, 740, storage_state=ana.context.storage_state())
        pages[path].goto(f"{live.url}/s/{session}/{path}")
    for name, role in (("console", "onsite_moderator"), ("people", "onsite_moderator"), ("stage", "onsite_moderator")):
        pages[name] = open_page(1280, 800)
        signed_in(live, pages[name], session, role, f"/{name}")

    def do(command: Command, by: Actor = HOST) -> int:
        return live.do(session, command, by)

    do(RegisterSpeaker(3), me)
    do(PublishSpeakersList(3))
    until_current(live, pages, "registered and listed")
    do(segments.OpenSession())
    do(segments.StartSegment(2))
    organizer = Actor("p-organizer", roles=frozenset({ORGANIZER}))
    do(ReplaceTeamMember("onsite_moderator", "", "Eva Example", "Ill.", "Dag Eksempel"), organizer)
    do(amending.CorrectTitle("The next chapters of cyber dialogues"))
    do(amending.CorrectSpeaker(1, "Una", "Institute"))
    do(amending.AddSpeaker("Six", "Network"))
    until_current(live, pages, "amended")
    expect(pages["stage"].locator("header")).to_contain_text("The next chapters")
    asked = do(questions.AskQuestion("Who pays, Two?", to=2), me)
    claim = do(statements.SeedStatement("Norms need a keeper."))
    hand = do(queue.RaiseHand(about="Something improper"), me)
    do(questions.ApproveQuestion(asked))
    do(amending.WithdrawSpeaker(2, "Late."))
    until_current(live, pages, "a question to somebody who left")
    expect(pages["questions"].locator(f"#q{asked}")).to_contain_text("no longer on the panel")
    do(moderation.HoldBackText(hand, "personal_data"))
    do(questions.HoldBackQuestion(asked, "abusive"))
    do(statements.HoldBackStatement(claim, "off_topic"))
    until_current(live, pages, "withheld")
    do(questions.ApproveQuestion(asked))
    _rename(live, session, me.person, "A. Silva")
    do(moderation.RenamePerson(me.person, "other", "A. Silva"))
    until_current(live, pages, "renamed")
    do(moderation.SilencePerson(me.person, "other"))
    until_current(live, pages, "silenced")
    do(moderation.UnsilencePerson(me.person))
    do(amending.ChooseScene("results"))
    do(amending.ShowResults(shown=True))
    for number in range(5):
        do(statements.CastVote(do(statements.SeedStatement(f"Claim {number}.")), "agree"), me)
    until_current(live, pages, "results on phones")
    do(segments.StartSegment(3))
    until_current(live, pages, "registered speakers")
    live.wait(lambda: _moved(live, session, me.person))
    expect(ana.get_by_text("You are signed out on this device")).to_be_visible()
    until_current(live, {name: page for name, page in pages.items() if name != "people"}, "moved to another device")


async def _moved(live: LiveServer, session: str, person: str) -> None:
    passes.rotate(live.house, session, person)


def _rename(live: LiveServer, session: str, person: str, name: str) -> None:
    """Store the name in the roster, as the endpoint of commands does."""

    async def rename() -> None:
        live.house.roster.rename(session, person, name)
        live.house.holders.clear()

    live.wait(rename)


LEFT = "() => document.querySelector('.speaking .timer b, .stage-now .timer b, #turn .timer b').textContent"
SKEWED = "const now = Date.now; Date.now = () => now() + {ms};"


def test_every_screen_shows_the_same_time_left(
    live: LiveServer, ws: str, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B F1, rows 5 to 7: screens that open in a quiet spell, that poll, or whose device has a wrong clock are within a
    second of the truth, without an entry in between."""
    state = live.state(ws)
    turn = state.turns[state.turn]
    assert turn.since is not None
    ends = turn.since + turn.limit_s * 1000 - turn.spent
    pages = {}
    for name, path, ms, stream in (
        ("stage", "/stage", 0, True),
        ("phone, ten minutes fast", "?watch=1", 600_000, True),
        ("phone, ten minutes slow", "?watch=1", -600_000, True),
        ("poll", "/stage", 0, False),
    ):
        pages[name] = page = open_page(1280, 720)
        page.add_init_script(SKEWED.replace("{ms}", str(ms)))
        if not stream:  # as behind a proxy that holds a stream back
            page.add_init_script(
                "window.EventSource = class extends EventTarget { close() {} }; EventSource.CLOSED = 2;"
            )
        page.goto(f"{live.url}/s/{ws}{path}")
    now = live.house.clock.now
    monkeypatch.setattr(live.house.clock, "now", lambda: now() + 21_000)
    for name, path in (("late stage", "/stage"), ("late phone", "?watch=1")):
        pages[name] = page = open_page(1280, 720)
        page.goto(f"{live.url}/s/{ws}{path}")

    def wrong() -> dict[str, str]:
        found = {}
        for name, page in pages.items():
            before = live.now()
            text = page.evaluate(LEFT)
            minutes, seconds = text.split(":")
            shown = int(minutes) * 60_000 + int(seconds) * 1000
            least, most = ends - live.now(), ends - before
            if (
                not least - 1000 <= shown <= most + 2000
            ):  # a second counts as begun, and a screen draws four times a second
                found[name] = f"{text}, and {least / 1000:.1f} to {most / 1000:.1f} s are left"
        return found

    # The screens that were open before are told by the next frame: the clock of the server moved, not theirs.
    live.do(ws, statements.SeedStatement("The clock of the test was moved."))
    live.until(lambda: not wrong(), lambda: str(wrong()))
    assert wrong() == {}


def test_the_focus_never_moves_to_another_act(live: LiveServer, open_page: Open) -> None:
    """W B4: after "Start" the same key must not start the next part."""
    session = "focus"
    live.add(session, code="FOCS0001")
    live.do(session, segments.OpenSession())
    page = open_page(1280, 800)
    signed_in(live, page, session, "onsite_moderator", "/console")
    start = page.locator("#programme").get_by_role("button", name="Start segment").first
    start.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#programme [aria-current]")).to_contain_text("Opening")
    page.wait_for_function("document.activeElement.tagName !== 'BODY'")
    assert page.evaluate("document.activeElement.closest('button, a') === null")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.locator("#programme [aria-current]")).to_contain_text("Opening")
    assert live.state(session).segment == 0


def test_nothing_typed_is_lost_when_the_session_moves_on(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page(360, 740)
    join(live, page, ws, "Slow Typist")
    page.goto(f"{live.url}/s/{ws}/questions")
    page.locator(".ask").evaluate("details => { details.open = true; }")
    field = page.get_by_label("Your question")
    field.fill("Half a quest")
    live.do(ws, segments.StartSegment(3))
    live.do(ws, segments.ChangeSettings(moderated=False, anonymous=True))
    expect(page.get_by_text("Your question is published immediately.")).to_be_visible()
    expect(field).to_have_value("Half a quest")
    expect(field).to_be_focused()
    page.keyboard.type("ion")
    live.do(ws, segments.CloseSession())
    expect(page.locator("[data-rescued]")).to_contain_text("Half a question")
    expect(field).to_have_count(0)


def test_an_own_act_is_seen_at_once(live: LiveServer, ws: str, open_page: Open) -> None:
    """W M6: a right of reply shows that no moderator has reviewed it yet, and when they lower it. W m21: the focus
    stays with what can be done next, after a hand and after each vote."""
    page = open_page(360, 740)
    join(live, page, ws, "Quick Reply")
    vote = page.context.new_page()
    vote.goto(f"{live.url}/s/{ws}/vote")
    for number in (1, 2):
        vote.get_by_role("button", name="Disagree").locator("visible=true").press("Enter")
        expect(vote.locator("[data-voted]")).to_have_text(str(number))
        assert vote.evaluate("document.activeElement.closest('.card:not([hidden])') !== null")
    vote.close()
    page.get_by_role("button", name="Ask for the floor").press("Enter")
    expect(page.locator("#me").get_by_text("You are on the list of speakers.")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('#me') !== null")
    page.locator("#me details.more").evaluate("details => { details.open = true; }")
    page.get_by_role("button", name="Right of reply").click()
    expect(page.get_by_text("Right of reply: waiting for a moderator")).to_be_visible()
    assert page.evaluate("document.activeElement.tagName") != "BODY"
    live.do(ws, queue.LowerHand(max(live.state(ws).hands)))
    expect(page.get_by_role("button", name="Right of reply")).to_be_visible()


def test_a_message_stands_beside_the_button_that_caused_it(live: LiveServer, ws: str, open_page: Open) -> None:
    """W M7: what is refused, or cannot be sent, is told there in a whole sentence, also after the next frame."""
    page = open_page(1280, 800)
    signed_in(live, page, ws, "onsite_moderator", "/console")
    expect(page.locator("#link")).to_have_text("Connected")
    end = page.locator("#turn").get_by_role("button", name="End intervention")
    beside = page.locator("#turn .sent")
    page.route("**/do", lambda route: route.abort())
    end.click()
    expect(beside).to_have_text("No connection. Nothing was sent. Try again when the page shows “Connected”.")
    live.do(ws, statements.SeedStatement("Another frame comes."))
    expect(page.locator("#statements")).to_contain_text("Another frame comes.")
    expect(beside).to_be_visible()
    page.unroute("**/do")
    end.click()
    expect(page.locator("#turn")).to_contain_text("No one has the floor.")
    expect(page.locator("main .sent:visible")).to_have_count(0)


def test_the_author_of_a_question_that_is_held_back_is_told(live: LiveServer, ws: str, open_page: Open) -> None:
    page = open_page(360, 740)
    join(live, page, ws, "Asks Once")
    page.goto(f"{live.url}/s/{ws}/questions")
    page.locator(".ask").evaluate("details => { details.open = true; }")
    page.get_by_label("Your question").fill("May I ask this?")
    page.get_by_role("button", name="Send question", exact=True).click()
    expect(page.locator("#own")).to_contain_text("waiting for a moderator")
    live.do(ws, questions.HoldBackQuestion(max(live.state(ws).questions), "off_topic"))
    expect(page.locator("#own")).to_contain_text("withheld: off topic")

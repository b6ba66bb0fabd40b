"""Every open page is current: opened before the session, and never loaded again, it is at any moment the page that a
reader would get who opens it now (W B1, M4, M6, M13; B F1)."""

from __future__ import annotations

import difflib
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.live_server import HOST, LiveServer

from acquis.command import PEOPLE, Actor, Command
from acquis.floor import questions, queue, segments, statements
from acquis.report.confirming import ConfirmSummary
from acquis.web.live import frames

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

NORMAL = r"""
async () => {
  // What clocks show, what scripts add to the page for themselves, keys and the order of attributes make no difference.
  const gone = ['open', 'tabindex', 'disabled', 'data-size', 'draggable', 'd', 'data-now'];
  const shape = (main) => {
    const copy = main.cloneNode(true);
    const filled = '.timer b, .timer i, [data-filled], .fresh, [data-due]';
    for (const el of copy.querySelectorAll(filled)) el.textContent = '';
    for (const el of copy.querySelectorAll('.sent')) el.remove();
    for (const el of copy.querySelectorAll('input[name=key]')) el.removeAttribute('value');
    for (const el of [copy, ...copy.querySelectorAll('*')]) {
      for (const name of gone) el.removeAttribute(name);
      el.classList.remove('moved', 'own', 'soon', 'over');
      if (!el.classList.length) el.removeAttribute('class');
      if (el.matches('.card, .for-speaker, .fresh, [data-scripted], #captions, .js')) el.removeAttribute('hidden');
      const ordered = [...el.attributes].map(({ name, value }) => [name, value]).sort();
      for (const [name] of ordered) el.removeAttribute(name);
      for (const [name, value] of ordered) el.setAttribute(name, value);
    }
    return copy.outerHTML.replace(/>\s+</g, '><').replace(/\s+/g, ' ').replace(/></g, '>\n<').split('\n');
  };
  const text = await (await fetch(location.href)).text();
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  return [shape(document.querySelector('main')), shape(fresh.querySelector('main'))];
}
"""


def differences(page: Page) -> list[str]:
    """The lines in which an open page differs from the page as it is delivered now."""
    here, there = page.evaluate(NORMAL)
    return list(difflib.unified_diff(here, there, "open", "fresh", n=1, lineterm=""))


def until_current(live: LiveServer, pages: dict[str, Page], when: str) -> None:
    """Wait until every page is what it would be if it were opened now."""

    def stale() -> dict[str, list[str]]:
        return {name: lines for name, page in pages.items() if (lines := differences(page))}

    live.until(
        lambda: not stale(),
        lambda: when + "".join(f"\n{name}:\n" + "\n".join(lines) for name, lines in stale().items()),
    )


def signed_in(live: LiveServer, page: Page, session: str, role: str, path: str, seat: int = 0) -> None:
    link, _ = live.pass_for(session, role, seat)
    page.goto(link)
    page.goto(f"{live.url}/s/{session}{path}")


def test_pages_opened_before_the_session_are_current_to_its_end(
    live: LiveServer, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "LATER_MS", dict.fromkeys(frames.LATER_MS, 200))
    session = "early"
    live.add(session, code="EARL0001")
    pages: dict[str, Page] = {}

    ana = open_page(360, 740)
    ana.goto(f"{live.url}/s/{session}")
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
        pages["questions"].get_by_role("button", name="Ask", exact=True).click()
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

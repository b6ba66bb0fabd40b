"""The overlay in a browser: it has no ground, everything has its place in the picture, and it follows the session."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import findings
from tests.browser.live_server import HOST, LiveServer, workshop

from acquis.attributes import Attributes
from acquis.command import PEOPLE, Actor
from acquis.floor import questions, queue, segments
from acquis.floor.people import Join

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

LONG_NAME = "Her Excellency Ambassador Maria-Theresia Wolkenstein-Trostburg y Fernandez"
LONG_QUESTION = "How do the States keep the promise of openness to small organizations of civil society? " * 4
GROUNDS = """["html", "body", "main"].map(name => getComputedStyle(document.querySelector(name)).backgroundColor)"""
CAPTION = "<p>" + "Norms need a keeper, and that is a task for everybody. " * 4 + "</p>"
BOXES = """caption => {
  document.querySelector("#stage_captions").innerHTML = caption;
  const parts = [".overlay-question", ".overlay-captions", ".lower-third"];
  return parts.map(name => document.querySelector(name).getBoundingClientRect());
}"""
"""The boxes of the parts of the page, px, with a long caption that stays."""
LOST = """() => {
  document.body.classList.add("off");
  const before = getComputedStyle(document.querySelector(".overlay-foot")).visibility;
  for (const change of document.getAnimations()) change.finish();
  return [before, getComputedStyle(document.querySelector(".overlay-foot")).visibility];
}"""
"""What is seen when the connection goes, and when the delay is over."""


def full(live: LiveServer, session: str) -> None:
    """A session with the longest of everything: a name and a question."""
    workshop(live, session, "DEFA0001")
    speaking = Actor("p-long", "v-long", PEOPLE, Attributes(lane="online"))
    live.name(session, speaking.person, LONG_NAME)
    live.do(session, Join(lane="online"), speaking)
    hand = live.do(session, queue.RaiseHand("turn"), speaking)
    live.do(session, queue.GiveFloor(hand, override="other"), HOST)
    asked = live.do(session, questions.AskQuestion(LONG_QUESTION), speaking)
    live.do(session, questions.ApproveQuestion(asked), HOST)
    put = next(q.seq for q in live.state(session).questions.values() if q.is_on_floor)
    live.do(session, questions.MarkAnswered(put), HOST)
    live.do(session, questions.PutQuestion(asked), HOST)


def apart(one: Any, other: Any) -> bool:
    """Whether two boxes do not overlap, one being above the other."""
    return bool(one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"])


def test_everything_has_its_place_in_the_picture(live: LiveServer, open_page: Open) -> None:
    """Also the longest name and question, and with nothing behind it in dark colours either."""
    full(live, "picture")
    page = open_page(1920, 1080, color_scheme="dark")
    page.goto(f"{live.url}/s/picture/overlay")
    expect(page.locator("#link")).to_have_text("Connected")
    for width, height in ((1920, 1080), (1280, 720)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(GROUNDS) == ["rgba(0, 0, 0, 0)"] * 3
        shown = page.evaluate(BOXES, CAPTION)
        for box in shown:
            assert box["width"] > 0
            assert box["x"] >= 0.03 * width
            assert box["y"] >= 0.03 * height
            assert box["x"] + box["width"] <= 0.97 * width
            assert box["y"] + box["height"] <= 0.97 * height
        assert all(apart(*pair) for pair in combinations(shown, 2)), shown
    assert findings(page) == []


def test_it_follows_the_session_and_is_empty_without_a_connection(live: LiveServer, open_page: Open) -> None:
    live.add("follows", code="DEFA0002")
    page = open_page(1280, 720)
    page.goto(f"{live.url}/s/follows/overlay")
    expect(page.locator(".lower-third")).to_contain_text("The session has not started yet.")
    live.do("follows", segments.OpenSession())
    live.do("follows", segments.StartSegment(1), HOST)
    expect(page.locator("#stage_now")).to_be_hidden()  # no one has the floor
    live.do("follows", queue.GiveFloorToSpeaker(1), HOST)
    expect(page.locator("#stage_now")).to_contain_text("Panellist 1 (simulated)")
    expect(page.locator("#stage_now .timer b")).to_be_visible()
    assert page.evaluate(LOST) == ["visible", "hidden"]
    live.do("follows", segments.CloseSession())
    expect(page.locator(".lower-third")).to_contain_text("This session has ended.")

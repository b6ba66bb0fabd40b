"""The opinion map on a phone, the console and the stage: groups where they are, no borders where there are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser import live_server
from tests.browser.live_server import LiveServer
from tests.browser.opinion_sessions import CLAIMS, voted
from tests.browser.test_live_console import console
from tests.browser.test_live_participant import join

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def sessions(live: LiveServer) -> None:
    for number, kind in enumerate(("camps", "none", "declared")):
        voted(live, kind, kind, f"MAP0000{number + 2}")
    with pytest.MonkeyPatch.context() as patch:  # nobody had a ballot in logs of earlier versions
        patch.setattr(live_server, "with_ballot", lambda command, by: by)
        voted(live, "earlier", "declared", "MAP00005")


def map_on_stage(page: Page, live: LiveServer, session: str) -> str:
    page.goto(f"{live.url}/s/{session}/stage?scene=map")
    expect(page.locator("#stage_map svg.om-map")).to_be_visible()
    return page.locator("#stage_map").inner_text()


@pytest.mark.usefixtures("sessions")
def test_two_camps_are_drawn_on_the_stage_and_no_others_are(live: LiveServer, open_page: Open) -> None:
    page = open_page(1600, 900)
    assert "Opinion groups found: 2" in map_on_stage(page, live, "camps")
    assert page.locator("#stage_map .om-hull").count() == 2
    assert "Opinion groups found" not in map_on_stage(page, live, "none")
    assert page.locator("#stage_map .om-hull").count() == 0


DUE = "Everybody who takes part should say once a year what was done about it, in all languages."
LONG = tuple(f"{claim} {DUE}" for claim in CLAIMS)
OUTSIDE = """(place) => {
  const within = document.querySelector(place), texts = [...within.querySelectorAll(".map-keys, .map-ends p")];
  const box = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    return range.getBoundingClientRect();
  };
  const boxes = [within.querySelector("svg.om-map").getBoundingClientRect(), ...texts.map(box)];
  const cover = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const leaves = ({ left, right, top }) => left < -1 || right > innerWidth + 1 || top < -1;
  const names = ["picture", ...texts.map((text) => text.textContent)];
  return [
    texts.length,
    names.filter((_, n) => leaves(boxes[n]) || boxes.slice(n + 1).some((other) => cover(boxes[n], other))),
  ];
}"""
"""How many texts a map has, and which leave the screen or cover each other or the picture."""


@pytest.fixture(scope="module")
def long_statements(live: LiveServer) -> None:
    voted(live, "long", "camps", "MAP00006", claims=LONG)
    voted(live, "seven", "camps", "MAP00007", n=7)


@pytest.mark.usefixtures("long_statements")
@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1920, 1080)])
def test_the_ends_of_the_axis_have_a_place_of_their_own_on_the_stage(
    live: LiveServer, open_page: Open, size: tuple[int, int]
) -> None:
    page = open_page(*size)
    map_on_stage(page, live, "long")
    assert page.evaluate(OUTSIDE, "#stage_map .map-now") == [3, []]


@pytest.mark.usefixtures("long_statements")
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_ends_of_the_axis_have_a_place_of_their_own_on_a_page(
    live: LiveServer, open_page: Open, width: int, direction: str
) -> None:
    page = open_page(width, 900)
    page.goto(f"{live.url}/s/long/map")
    expect(page.locator("figure.map svg.om-map")).to_be_visible()
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)
    assert page.evaluate(OUTSIDE, "figure.map") == [3, []]


@pytest.mark.usefixtures("long_statements")
def test_where_too_few_voted_words_say_how_many_are_missing(live: LiveServer, open_page: Open) -> None:
    page = open_page(1024, 768)
    page.goto(f"{live.url}/s/seven/stage?scene=map")
    expect(page.locator("#stage_map")).to_contain_text("The opinion map needs the votes of at least 10 people.")
    expect(page.locator("#stage_map svg.om-map")).to_have_count(0)


@pytest.mark.usefixtures("sessions")
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_participant_votes_and_sees_where_they_stand_and_why(live: LiveServer, open_page: Open, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    join(page, live, "camps")
    page.get_by_role("link", name="Vote").click()
    text = page.locator(".card:visible blockquote").inner_text()
    page.get_by_role("button", name="Disagree").locator("visible=true").click()
    expect(page.locator("[data-voted]")).to_have_text("1")
    page.goto(f"{live.url}/s/camps/map")
    expect(page.get_by_role("heading", name="Your place on the map")).to_be_visible()
    expect(page.locator(".om-me")).to_have_count(1)
    expect(page.locator(".om-known")).to_have_count(1)
    own = page.locator("section", has=page.get_by_role("heading", name="Your place on the map"))
    expect(own).to_contain_text(text)
    expect(own).to_contain_text("Disagree")


@pytest.mark.usefixtures("sessions")
def test_declared_groups_are_not_on_the_map_before_the_close(live: LiveServer, open_page: Open) -> None:
    page = open_page(1280, 900)
    page.goto(f"{live.url}/s/declared/map")
    expect(page.get_by_role("heading", name="Opinion groups", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Stakeholder groups", exact=True)).to_have_count(0)
    expect(page.locator("main")).to_contain_text("The list of contact points should be public.")
    expect(page.locator("main")).not_to_contain_text("Government")


@pytest.mark.usefixtures("sessions")
def test_declared_groups_come_first_and_say_where_they_differ(live: LiveServer, open_page: Open) -> None:
    """In logs of earlier versions, which show each vote from the beginning."""
    page = open_page(1280, 900)
    page.goto(f"{live.url}/s/earlier/map")
    headings = page.locator("main h2").all_inner_texts()
    assert headings.index("Stakeholder groups") < headings.index("Opinion groups")
    section = page.locator("section", has=page.get_by_role("heading", name="Stakeholder groups", exact=True))
    expect(section).to_contain_text("Every state should name one contact point.")
    expect(section).to_contain_text("Government: ")


@pytest.mark.usefixtures("sessions")
def test_the_console_shows_the_map_beside_the_floor(live: LiveServer, open_page: Open) -> None:
    page = open_page(1280, 900)
    console(page, live, "camps")
    page.locator("summary", has_text="Statement").click()
    page.get_by_text("Results of the votes").click()
    expect(page.locator("#opinion svg.om-map")).to_be_visible()
    expect(page.locator("#opinion")).to_contain_text("Opinion groups found: 2")

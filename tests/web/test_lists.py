"""Nothing is cut in silence: long lists say how many more there are, and everybody reaches every row (B F8; B rows 36
and 37)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.attributes import Attributes
from acquis.command import PEOPLE, Actor
from acquis.floor import questions, queue, segments
from acquis.floor.people import Join
from acquis.web.pages.lists.pagination import contains, results_page

from .client import BOSS, AppClient, app_client, form_with

HANDS, ASKED = 40, 130
READS = Actor("p-m", roles=frozenset({"onsite_moderator"}))
CROWD = [Actor(f"p-{n}", f"v-{n}", PEOPLE, Attributes(lane="online" if n % 2 else "room")) for n in range(80)]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    """40 hands, 130 questions that were let through and 60 that nobody has read."""
    with app_client(tmp_path) as app:
        app.add("ws")
        app.do("ws", segments.OpenSession(), BOSS)
        app.do("ws", segments.StartSegment(1))
        app.all("ws", [(Join(lane=one.attributes.lane), one) for one in CROWD])
        app.all("ws", [(queue.RaiseHand(about=f"Point {n}"), one) for n, one in enumerate(CROWD[:HANDS])])
        asked = [(questions.AskQuestion(f"Question {n} on cables?"), CROWD[n % 80]) for n in range(ASKED)]
        app.all("ws", [*asked])
        app.all("ws", [(questions.ApproveQuestion(seq), READS) for seq in app.state("ws").questions])
        app.all("ws", [(questions.AskQuestion(f"Nobody read number {n}."), CROWD[50 + n % 30]) for n in range(60)])
        yield app


def rows(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'<li id="[qh](\d+)"', html)]


def every_page(app: AppClient, path: str) -> list[list[int]]:
    """The rows of each page, reached by the links to the next one as without a script."""
    found = []
    while path:
        html = app.client.get(path).text
        found.append(rows(html))
        link = re.search(r'rel="next" href="([^"]+)"', html)
        path = link[1].replace("&amp;", "&") if link else ""
    return found


def test_the_questions_page_says_how_many_more_there_are_and_all_can_be_read(app: AppClient) -> None:
    """B F8: 60 questions, 50 for everybody; the other ten could be found and supported by nobody."""
    app.be("")
    html = app.client.get("/s/ws/questions").text
    assert "80 more are not shown." in html
    assert "Nobody read" not in html
    pages = every_page(app, "/s/ws/questions/all")
    assert [len(numbers) for numbers in pages] == [50, 50, 30]
    state = app.state("ws")
    assert sorted(itertools.chain(*pages)) == sorted(q.seq for q in state.questions.values() if q.public)
    assert "Nobody read" not in app.client.get("/s/ws/questions/all?q=nobody&show=toapprove").text


def test_a_question_far_down_is_found_and_supported_and_the_reader_stays_where_it_was(app: AppClient) -> None:
    """B F8: without a script. Words in any order and case, or the number."""
    app.be("")
    html = app.client.get("/s/ws").text
    app.client.post("/s/ws/join", data={**form_with(html), "lane": "room"})
    html = app.client.get("/s/ws/questions/all?q=CABLES+128").text
    (number,) = rows(html)
    assert app.state("ws").questions[number].text == "Question 128 on cables?"
    answer = app.client.post(
        "/s/ws/do", data=form_with(html, do="support_question", question=str(number)), follow_redirects=False
    )
    assert answer.headers["location"] == f"/s/ws/questions/all?q=CABLES+128&n=1#q{number}"
    assert form_with(app.client.get(answer.headers["location"]).text, do="withdraw_support")
    assert rows(app.client.get(f"/s/ws/questions/all?q=%23{number}").text) == [number]
    assert rows(app.client.get("/s/ws/questions").text)[0] == number  # it rises
    assert "No results." in app.client.get("/s/ws/questions/all?q=submarine").text


def test_moderators_reach_every_question_and_every_hand(app: AppClient) -> None:
    """B F8: number 40 could not be lowered, deferred or called out of turn; the 51st to read could not be read."""
    app.be("onsite_moderator", "ws")
    html = app.client.get("/s/ws/console").text
    assert "10 more are not shown." in html
    pages = every_page(app, "/s/ws/questions/all?show=toapprove")
    assert [len(numbers) for numbers in pages] == [50, 10]
    html = app.client.get("/s/ws/questions/all?show=toapprove&n=2").text
    last = pages[1][-1]
    app.client.post("/s/ws/do", data=form_with(html, do="approve_question", question=str(last)))
    assert app.state("ws").questions[last].public
    (line,) = every_page(app, "/s/ws/list")
    assert len(line) == HANDS
    html = app.client.get("/s/ws/list?q=point+39").text
    answer = app.client.post("/s/ws/do", data=form_with(html, do="defer_hand"), follow_redirects=False)
    assert answer.headers["location"].startswith("/s/ws/list?q=point+39")
    assert next(h for h in app.state("ws").hands.values() if h.about == "Point 39").deferred


def test_a_refusal_comes_back_in_the_list_that_was_searched(app: AppClient) -> None:
    app.be("onsite_moderator", "ws")
    html = app.client.get("/s/ws/questions/all?q=cables+7").text
    form = {**form_with(html, do="merge_questions"), "into": "999999"}
    answer = app.client.post("/s/ws/do", data=form)
    assert answer.status_code == 404
    assert 'value="cables 7"' in answer.text
    assert 'role="alert"' in answer.text


@given(st.lists(st.integers(), max_size=60), st.integers(-5, 90), st.integers(1, 20))
def test_the_pages_of_a_list_are_the_list(items: list[int], number: int, size: int) -> None:
    pages = [results_page(items, n, size) for n in range(1, results_page(items, 1, size).pages + 1)]
    assert [row for each in pages for row in each.rows] == items
    assert all(each.number + 1 == following.number for each, following in pairwise(pages))
    assert 1 <= results_page(items, number, size).number <= len(pages)


@pytest.mark.parametrize(
    ("words", "yes"), [("", True), ("CABLE cafe", True), ("cafés", False), ("able", True), ("cable tea", False)]
)
def test_words_are_found_without_regard_to_case_and_accents(words: str, yes: bool) -> None:
    assert contains("Who pays for the Cable in the café?", words) is yes

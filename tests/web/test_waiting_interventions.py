"""What waits is on every screen, and what was written or voted by slip can be taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from acquis.attributes import Attributes
from acquis.command import ORGANIZER, PEOPLE, Actor
from acquis.erasure import EraseText
from acquis.floor import questions, queue, segments, statements
from acquis.floor.people import Join
from acquis.state import counting

from .client import BOSS, AppClient, app_client, form_with

BEN = Actor("p-ben", "v-ben", PEOPLE, Attributes(lane="room"))
CAT = Actor("p-cat", "v-cat", PEOPLE, Attributes(lane="online"))


@pytest.fixture
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    """A session in which two people have joined besides the client."""
    with app_client(tmp_path_factory.mktemp("waiting")) as app:
        app.add("ws")
        app.do("ws", segments.OpenSession(), BOSS)
        app.do("ws", segments.StartSegment(1))
        for one in (BEN, CAT):
            app.do("ws", Join(lane=one.attributes.lane), one)
        html = app.client.get("/s/ws").text
        app.client.post("/s/ws/join", data={**form_with(html), "lane": "room", "name": "Ana"})
        yield app


def _next(html: str) -> list[tuple[str, str]]:
    """Label and name of those who are announced, in order."""
    return re.findall(r'class="next"><\w+ class="label[^"]*">([\w ]+)</.*?<bdi>([^<]+)</bdi>', html)


def test_a_point_of_order_that_waits_is_next_on_every_screen(app: AppClient) -> None:
    """B F12, row 3: it was on neither stage nor list, and "Next" named somebody else."""
    app.do("ws", queue.RaiseHand(), BEN)
    html = app.client.get("/s/ws").text
    app.client.post("/s/ws/do", data=form_with(html, do="raise_hand", kind="right_of_reply"))
    point = app.do("ws", queue.RaiseHand("point_of_order"), CAT)
    expected = [("Waiting", "Ana"), ("Next speaker", "Participant -CAT"), ("Then", "Participant -BEN")]
    for path in ("", "/stage"):
        html = app.client.get(f"/s/ws{path}").text
        assert _next(html) == expected, path
        assert "point of order" in html
        facts = re.search(r'id="facts">([^<]+)<', html)
        assert facts is not None
        assert json.loads(facts[1])["next"] == CAT.person
    app.be("onsite_moderator", "ws")
    html = app.client.get("/s/ws/console").text
    assert _next(html) == expected
    assert form_with(html[html.index('id="pick"') :], do="give_floor")["hand"] == str(point)


def test_the_head_of_the_list_is_not_told_to_be_next_while_a_point_of_order_waits(app: AppClient) -> None:
    """B F12, on the phone."""
    html = app.client.get("/s/ws").text
    app.client.post("/s/ws/do", data=form_with(html, do="raise_hand", kind="turn"))
    assert 'data-state="next"' in app.client.get("/s/ws").text
    app.do("ws", queue.RaiseHand("point_of_order"), CAT)
    assert 'data-state="waiting"' in app.client.get("/s/ws").text


def test_an_erased_text_is_no_empty_line_on_the_stage(app: AppClient) -> None:
    """B F12."""
    question = app.do("ws", questions.AskQuestion("Private?"), BEN)
    app.do("ws", questions.ApproveQuestion(question))
    statement = app.do("ws", statements.SeedStatement("Private."))
    app.do("ws", statements.CastVote(statement, "agree"), BEN)
    for seq in (question, statement):
        app.do("ws", EraseText(seq, "asked for"), Actor("p-boss", roles=frozenset({ORGANIZER})))
    assert app.client.get("/s/ws/stage").text.count("(erased)") == 2


def test_the_console_says_when_a_question_was_asked(app: AppClient) -> None:
    """B row 52."""
    app.do("ws", questions.AskQuestion("Who pays?"), BEN)
    app.be("onsite_moderator", "ws")
    assert re.search(r"Asked at \d\d:\d\d", app.client.get("/s/ws/console").text)


def test_an_author_corrects_a_statement_or_takes_it_back(app: AppClient) -> None:
    """B row 23: without a script; the old wording is nowhere public, the new one is read like any other."""
    html = app.client.get("/s/ws/vote").text
    html = app.client.post("/s/ws/do", data={**form_with(html, do="propose_statement"), "text": "Norms sufice."}).text
    first = max(app.state("ws").statements)
    form = form_with(html, do="propose_statement", replaces=str(first))
    assert form["text"] == "Norms sufice."
    html = app.client.post("/s/ws/do", data={**form, "text": "Norms suffice."}).text
    second = max(app.state("ws").statements)
    fates = {seq: one.fate for seq, one in app.state("ws").statements.items()}
    assert fates == {first: "withdrawn", second: "proposed"}
    app.do("ws", statements.OpenStatement(second))
    log = app.client.get("/s/ws/log.jsonl").text
    assert "Norms sufice." not in log
    assert "Norms suffice." in log
    app.client.post("/s/ws/do", data=form_with(app.client.get("/s/ws/vote").text, do="withdraw_statement"))
    assert app.state("ws").statements[second].fate == "withdrawn"
    assert app.client.get("/s/ws.json").json()["statements"] == []
    app.be("onsite_moderator", "ws")
    assert "Norms suffice." not in app.client.get("/s/ws/console").text


def test_after_the_first_vote_a_statement_stays(app: AppClient) -> None:
    app.do("ws", segments.ChangeSettings(moderated=False, anonymous=True))
    html = app.client.get("/s/ws/vote").text
    html = app.client.post("/s/ws/do", data={**form_with(html, do="propose_statement"), "text": "Norms suffice."}).text
    assert "withdraw_statement" in html
    app.do("ws", statements.CastVote(max(app.state("ws").statements), "agree"), BEN)
    assert "withdraw_statement" not in app.client.get("/s/ws/vote").text


def test_a_vote_is_taken_back_to_not_voted(app: AppClient) -> None:
    """B rows 22 and 49: the page lists one's own votes. It could be changed to pass only, which counts as voting."""
    statement = app.do("ws", statements.SeedStatement("Norms suffice."))
    html = app.client.get("/s/ws/vote").text
    html = app.client.post("/s/ws/do", data={**form_with(html, do="cast_vote"), "choice": "agree"}).text
    assert counting.tally(app.state("ws"), statement).agree == 1
    html = app.client.post("/s/ws/do", data=form_with(html, do="withdraw_vote", statement=str(statement))).text
    assert "Withdraw vote" not in html
    assert not any(app.state("ws").votes[statement])
    app.do("ws", statements.CastVote(statement, "agree"), BEN)
    app.do("ws", segments.CloseSession(), BOSS)
    app.publish_votes()
    rows = app.client.get("/s/ws/votes.csv").text.splitlines()
    assert len(rows) == 2  # the head and Ben's

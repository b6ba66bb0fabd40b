"""Hands that wait for another segment, on the pages and in the frames (B F9)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from acquis.attributes import Attributes
from acquis.command import PEOPLE, Actor
from acquis.floor import queue, segments
from acquis.floor.people import Join
from acquis.plan.document import PlannedSegment

from .client import BOSS, PROGRAMME, AppClient, alert, app_client, form_with

PARTS = (
    PlannedSegment("Open Q&A", "questions", 30),
    PlannedSegment("States", "questions", 30, stakeholders=("Government",)),
    PlannedSegment("Closing", "closing", 5, open_floor=False),
)
STATE = Actor("p-state", "v-state", PEOPLE, Attributes(lane="room", stakeholder="Government"))


@pytest.fixture
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    """A session in which the client, of civil society, and a government have their hands up."""
    with app_client(tmp_path_factory.mktemp("aside")) as app:
        app.add("ws", replace(PROGRAMME, segments=PARTS))
        app.do("ws", segments.OpenSession(), BOSS)
        app.do("ws", segments.StartSegment(0))
        html = app.client.get("/s/ws").text
        joining = {**form_with(html), "lane": "online", "stakeholder": "Civil Society", "name": "Ana"}
        html = app.client.post("/s/ws/join", data=joining).text
        app.client.post("/s/ws/do", data=form_with(html, do="raise_hand", kind="turn"))
        app.do("ws", Join(lane="room", stakeholder="Government"), STATE)
        app.do("ws", queue.RaiseHand(), STATE)
        yield app


def test_the_phone_says_that_the_hand_keeps_its_place_for_another_part(app: AppClient) -> None:
    """B F9: "Your turn is next" was wrong in a part for others."""
    assert 'data-state="next"' in app.client.get("/s/ws").text
    app.do("ws", segments.StartSegment(1))
    html = app.client.get("/s/ws").text
    assert 'data-state="aside"' in html
    assert "You are on the list of speakers for another segment. Your place is kept." in html
    assert "waiting for a segment that is open to Civil Society" in html
    app.do("ws", segments.StartSegment(2))
    assert "The requests on the list are for another segment." in app.client.get("/s/ws").text


def test_the_console_names_the_one_who_may_speak_and_can_still_call_the_other_with_a_reason(app: AppClient) -> None:
    app.do("ws", segments.StartSegment(1))
    mine, state = (str(seq) for seq in app.state("ws").hands)
    app.be("onsite_moderator", "ws")
    html = app.client.get("/s/ws/console").text
    assert form_with(html, do="give_floor")["hand"] == state
    assert "waiting for a segment that is open to Civil Society" in html
    app.clock.pause()
    override = form_with(html, do="give_floor", hand=mine)
    assert "override" in override
    app.client.post("/s/ws/do", data={**override, "override": "other"})
    assert app.state("ws").turns[app.state("ws").turn].hand == int(mine)


def test_the_data_of_the_session_say_which_hands_wait_for_another_part(app: AppClient) -> None:
    app.do("ws", segments.StartSegment(1))
    waiting = app.client.get("/s/ws.json").json()["queue"]
    assert [(hand["group"], hand["set_aside"]) for hand in waiting] == [("room", False), ("online", True)]


def test_groups_cannot_be_changed_while_the_hand_is_up(app: AppClient) -> None:
    """B F9: joining again as "Government", raising a hand and joining as before."""
    html = app.client.get("/s/ws?join=1").text
    answer = app.client.post("/s/ws/join", data={**form_with(html), "lane": "online", "stakeholder": "Government"})
    assert "Withdraw your request first" in alert(answer.text)
    assert (
        app.client.post("/s/ws/join", data={**form_with(html), "lane": "online", "name": "Ana B."}).status_code == 200
    )

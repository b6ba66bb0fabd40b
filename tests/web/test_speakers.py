"""The page of the speakers who register before the session, without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from acquis.command import ORGANIZER
from acquis.floor import segments
from acquis.plan.document import FloorSettings, PlannedSegment

from .client import BOSS, PROGRAMME, AppClient, alert, app_client, form_with

PARTS = (
    PlannedSegment("Statements", "other", 4, turn_limit_s=120, open_floor=False, registered=True),
    PlannedSegment("Q&A", "questions", 30),
)


@pytest.fixture
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    """A published session; two people were entered by the organizer."""
    with app_client(tmp_path_factory.mktemp("speakers")) as app:
        settings = FloorSettings(balance="stakeholder")
        app.add("ws", replace(PROGRAMME, segments=PARTS, settings=settings))
        app.be(ORGANIZER)
        for name in ("Amina", "Boris"):
            enter(app, name, "Government")
        app.be("")
        yield app


def enter(app: AppClient, name: str, group: str) -> str:
    form = form_with(app.client.get("/s/ws/speakers").text, do="enter_speaker")
    return app.client.post("/s/ws/do", data={**form, "name": name, "stakeholder": group}).text


def names(html: str) -> list[str]:
    return re.findall(r'<li id="h\d+"[^>]*><div><bdi>([^<]+)</bdi>', html)


def test_people_register_the_organizer_publishes_and_the_console_calls_them_in_that_order(app: AppClient) -> None:
    """Issue 14, section 4: pre-registered speakers as a balanced list."""
    html = app.client.get("/s/ws").text
    app.client.post(
        "/s/ws/join", data={**form_with(html), "lane": "online", "stakeholder": "Civil Society", "name": "Ana"}
    )
    html = app.client.get("/s/ws/speakers").text
    html = app.client.post("/s/ws/do", data=form_with(html, do="register_speaker")).text
    assert names(html) == ["Amina", "Ana", "Boris"]
    assert "It has not been published yet." in html
    assert "register_speaker" not in html
    assert "enter_speaker" not in html
    app.be(ORGANIZER)
    html = app.client.get("/s/ws/speakers").text
    html = app.client.post("/s/ws/do", data=form_with(html, do="publish_speakers_list")).text
    assert "This order is published." in html
    assert html.index("Reserve, if time permits") < html.index("Boris")
    app.do("ws", segments.OpenSession(), BOSS)
    app.do("ws", segments.StartSegment(0))
    app.be("onsite_moderator", "ws")
    html = app.client.get("/s/ws/console").text
    assert names(html) == ["Amina", "Ana", "Boris"]
    assert "if time permits" in html
    assert "In the order of the published list." in app.client.get("/s/ws/stage").text
    for name in ("Amina", "Ana", "Boris"):
        app.clock.pause()
        html = app.client.get("/s/ws/console").text
        app.client.post("/s/ws/do", data=form_with(html, do="give_floor"))
        assert f"Now speaking: {name}" in app.client.get("/s/ws/console").text
    app.be("")
    app.do("ws", segments.CloseSession(), BOSS)
    assert app.client.get("/s/ws/speakers").text.count(">given the floor<") == 3
    assert 'href="/s/ws/speakers"' in app.client.get("/s/ws/record").text
    assert "Its order was recalculated" in app.client.get("/s/ws/audit").text


def test_a_registration_is_withdrawn_by_its_person_and_by_the_organizer(app: AppClient) -> None:
    assert "withdraw_registration" not in app.client.get("/s/ws/speakers").text
    app.be(ORGANIZER)
    html = app.client.get("/s/ws/speakers").text
    html = app.client.post("/s/ws/do", data=form_with(html, do="withdraw_registration")).text
    assert names(html) == ["Boris"]


def test_a_name_that_is_missing_is_said_beside_the_form(app: AppClient) -> None:
    app.be(ORGANIZER)
    assert alert(enter(app, " ", "Government"))


def test_names_of_the_registered_are_in_no_log(app: AppClient) -> None:
    assert "Amina" not in app.client.get("/s/ws/log.jsonl").text

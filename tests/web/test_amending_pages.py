"""Amendments of the programme on the pages of the organizer and of readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from acquis.command import ONSITE, ORGANIZER, PARTICIPANT, Actor
from acquis.erasure import EraseText
from acquis.floor.amending import AddSpeaker, CorrectTitle, WithdrawSpeaker
from acquis.floor.people import Join
from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.floor.queue import GiveFloorToSpeaker
from acquis.floor.segments import OpenSession, StartSegment
from acquis.plan.document import FloorSettings

from .client import BOSS, PROGRAMME, AppClient, app_client, form_with


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path, "2026-12-07T08:30:00+00:00") as app:
        app.add("grid")
        app.do("grid", OpenSession(), BOSS)
        app.do("grid", StartSegment(0))
        app.be(ORGANIZER)
        yield app


def changed(app: AppClient, page: str, find: dict[str, str], typed: dict[str, str]) -> str:
    form = form_with(app.client.get(f"/s/grid/{page}").text, **find) | typed
    answer = app.client.post("/s/grid/do", data=form)
    assert answer.status_code == 200
    return answer.text


def test_a_title_is_corrected_after_the_opening_and_the_record_says_so(app: AppClient) -> None:
    """W M14: the programme was frozen on opening. The correction is an entry of its own, with its reason."""
    html = changed(app, "plan", {"do": "correct_title"}, {"title": "Who keeps the light on", "reason": "A slip."})
    corrected = "The title of the session was corrected from “Who keeps the lights on” to “Who keeps the light on”."
    assert f"{corrected} Reason: A slip." in html
    changed(app, "plan", {"do": "correct_segment_title", "segment": "1"}, {"title": "Questions and answers"})
    app.client.cookies.clear()
    record = app.client.get("/s/grid/record").text
    assert re.search(r"<h1>(<bdi>)?Who keeps the light on<", record)
    assert f"{corrected} Reason: A slip." in record
    assert "The title of segment 2 was corrected from “Open Q&amp;A” to “Questions and answers”." in record
    assert "Who keeps the light on" in app.client.get("/s/grid?watch=1").text
    for name in ("report.md", "report.html"):
        assert corrected in app.client.get(f"/s/grid/{name}").text, name


def test_a_title_can_be_corrected_when_the_session_is_over_and_not_before_it_opens(app: AppClient) -> None:
    changed(app, "plan", {"do": "close_session"}, {})
    assert "corrected from" in changed(app, "plan", {"do": "correct_title"}, {"title": "Who keeps the light on"})
    app.add("later")
    assert "correct_title" not in app.client.get("/s/later/plan").text


def test_the_reason_of_an_amendment_can_be_erased(app: AppClient) -> None:
    entry = app.do("grid", CorrectTitle("Who keeps the light on", "Ann Example mistyped it."), BOSS)
    app.do("grid", EraseText(entry, "asked for"), BOSS)
    assert "Ann Example" not in app.client.get("/s/grid/record").text
    assert "corrected from" in app.client.get("/s/grid/record").text


def test_more_time_takes_a_reason_or_none(app: AppClient) -> None:
    """The buttons work without one."""
    app.be(ONSITE, "grid")
    changed(app, "console", {"do": "change_segment_time"}, {"minutes": "1"})
    changed(app, "console", {"do": "change_segment_time"}, {"minutes": "5", "reason": "Many hands."})
    app.do("grid", GiveFloorToSpeaker(1))
    changed(app, "console", {"do": "change_turn_time"}, {"seconds": "60", "reason": "Interpretation."})
    record = app.client.get("/s/grid/record").text
    assert "The time of segment 1 was changed from 30 to 31 min.<" in record
    assert "The time of segment 1 was changed from 31 to 36 min. Reason: Many hands." in record
    assert "Reason: Interpretation." in record


def test_under_the_chatham_house_rule_the_record_names_nobody(app: AppClient) -> None:
    app.add("quiet", replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=True)))
    app.do("quiet", OpenSession(), BOSS)
    app.do("quiet", AddSpeaker("Ama Example", "An institute", "Civil Society", "For Amara Specimen."), BOSS)
    app.do("quiet", CorrectTitle("The light of Ama Example", "Ama Example asked."), BOSS)
    app.do("quiet", WithdrawSpeaker(1, "Amara Specimen is ill."), BOSS)
    app.client.cookies.clear()
    for page in ("record", "log.jsonl", "report.md"):
        text = app.client.get(f"/s/quiet/{page}").text
        assert "Example" not in text, page
        assert "Amara" not in text, page
    record = app.client.get("/s/quiet/record").text
    assert "A speaker was added to the programme." in record
    assert "A speaker was removed from the programme." in record


def test_a_question_to_a_speaker_who_was_taken_off_says_so_everywhere(app: AppClient) -> None:
    asker = joined(app)
    asked = [app.do("grid", AskQuestion(f"Who pays, number {to}?", to=to), asker) for to in (1, 2)]
    for seq in asked:
        app.do("grid", ApproveQuestion(seq))
    app.do("grid", WithdrawSpeaker(1, "Ill."), BOSS)
    app.be(ONSITE, "grid")
    for page in ("console", "questions", "record"):
        text = app.client.get(f"/s/grid/{page}").text
        assert text.count("no longer on the panel") == 1, page
    assert "Amara Specimen</bdi> (no longer on the panel)" in app.client.get("/s/grid/console").text
    report = app.client.get("/s/grid/report.md").text
    assert "Amara Specimen, who is no longer on the panel" in report
    people = report.partition("## Speakers and organizers")[2].partition("\n## ")[0]
    assert "Amara Specimen was removed from the programme." in people
    assert "Bruno Muster" in people
    assert people.count("Amara Specimen") == 1, "only in the sentence that says so"


def joined(app: AppClient) -> Actor:
    asker = Actor("p-asker", "v-asker", frozenset({PARTICIPANT}))
    app.do("grid", Join(), asker)
    return asker

"""Reports of meeting programs on their page: a preview, what then is on the record, and what stays outside of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from tests.meetings.samples import SLIDO, ZOOM_ATTENDANCE, ZOOM_CHAT, ZOOM_POLLS, ZOOM_QUESTIONS

from acquis.command import ONLINE, ORGANIZER, PARTICIPANT, RAPPORTEUR
from acquis.erasure import EraseText
from acquis.floor.segments import CloseSession, OpenSession
from acquis.plan.document import FloorSettings

from .client import BOSS, PROGRAMME, AppClient, alert, app_client


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.add("grid")
        app.do("grid", OpenSession(), BOSS)
        yield app


def preview(app: AppClient, text: str, session: str = "grid") -> Any:
    files = {"file": ("report.csv", text.encode(), "text/csv")}
    return app.client.post(f"/s/{session}/meetings/preview", files=files)


def take_in(app: AppClient, text: str, session: str = "grid", *, add: tuple[str, ...] = ()) -> str:
    html = preview(app, text, session).text
    (written,) = re.findall(r'name="report" value="([^"]*)"', html)
    picked = [*re.findall(r'name="(pick\.\d+)" checked', html), *add]
    data = {"report": unescape(written), **dict.fromkeys(picked, "on")}
    answer = app.client.post(f"/s/{session}/meetings", data=data)
    assert answer.status_code == 200
    return answer.text


def test_attendance_is_counted_on_the_record_and_named_outside_of_it(app: AppClient) -> None:
    app.be(ORGANIZER)
    assert "2 people were there." in preview(app, ZOOM_ATTENDANCE).text
    assert app.state("grid").meeting_reports == {}, "a preview changes nothing"
    html = take_in(app, ZOOM_ATTENDANCE)
    assert "According to the attendance report of Zoom, 2 people were there." in html
    assert "Ben Muster" in html
    assert "Ben Muster" not in app.client.get("/s/grid/log.jsonl").text
    assert "Ben Muster,online,,,06/01/2025 10:02:00 AM,,,Zoom,68" in app.client.get("/s/grid/attendance.csv").text
    assert "2 people were there." in app.client.get("/s/grid/report.md").text
    app.be(RAPPORTEUR, "grid")
    assert "Ben Muster" not in app.client.get("/s/grid/meetings").text


def test_a_name_that_was_erased_does_not_come_back(app: AppClient) -> None:
    app.be(ORGANIZER)
    html = take_in(app, ZOOM_ATTENDANCE)
    (row,) = re.findall(r'value="(\d+)">Erase<span class="vh"> Ben Muster', html)
    assert "Ben Muster" not in app.client.post("/s/grid/meetings/forget", data={"attendee": row}).text
    assert "Nothing was changed." in take_in(app, ZOOM_ATTENDANCE)
    assert "Ben Muster" not in app.client.get("/s/grid/meetings").text
    assert [one.name for one in app.house.roster.attendees.of("grid")] == ["Ama Example"]
    app.client.post("/s/grid/meetings/forget", data={"attendee": "0"})
    assert app.house.roster.attendees.of("grid") == []


def test_questions_come_in_once_with_votes_fate_and_origin(app: AppClient) -> None:
    app.do("grid", CloseSession(), BOSS)
    app.be(RAPPORTEUR, "grid")
    take_in(app, ZOOM_QUESTIONS)
    take_in(app, SLIDO)
    asked = list(app.state("grid").questions.values())
    assert [(q.origin, q.votes, q.fate, q.person) for q in asked] == [
        ("Zoom", 0, "answered_live", ""),
        ("Zoom", 0, "answered_in_writing", ""),
        ("Zoom", 0, "not_reached", ""),
        ("Slido", 14, "answered_live", ""),
    ]
    before = app.state("grid").seq
    take_in(app, ZOOM_QUESTIONS)
    assert app.state("grid").seq == before
    report = app.client.get("/s/grid/report.md").text
    assert "Asked in Slido, where 14 people voted for it" in report
    assert "Asked in Slido, where 14 people voted for it" in app.client.get("/s/grid/questions").text
    assert app.client.get("/s/grid.json").json()["questions"][3]["votes_elsewhere"] == 14


def test_a_long_report_counts_as_one_action(app: AppClient) -> None:
    app.be(ORGANIZER)
    rows = "\n".join(f"Who pays for lamp {n}?,Anonymous,1,No,No,2025-06-01 10:20:11" for n in range(90))
    take_in(app, f"{SLIDO.splitlines()[0]}\n{rows}\n")
    assert len(app.state("grid").questions) == 90


def test_an_erased_question_stays_erased_when_the_file_comes_again(app: AppClient) -> None:
    app.be(ORGANIZER)
    take_in(app, SLIDO)
    (entry,) = app.state("grid").questions
    app.do("grid", EraseText(entry, "on request"), BOSS)
    take_in(app, SLIDO)
    assert [q.text for q in app.state("grid").questions.values()] == [""]


def test_of_a_chat_only_what_a_person_picks_is_kept(app: AppClient) -> None:
    app.be(ONLINE, "grid")
    take_in(app, ZOOM_CHAT, add=("pick.1",))
    state = app.state("grid")
    assert [q.text for q in state.questions.values()] == ["Who pays for lamps?"]
    (report,) = state.meeting_reports.values()
    assert report.hands == 1
    log = app.client.get("/s/grid/log.jsonl").text
    assert "Private words" not in log
    assert "Ben Muster" not in log


def test_the_result_of_a_poll_is_no_vote(app: AppClient) -> None:
    app.be(ORGANIZER)
    take_in(app, ZOOM_POLLS)
    state = app.state("grid")
    assert [(one.origin, one.people, one.counts) for one in state.poll_results.values()] == [
        ("Zoom", 2, (1, 1)),
        ("Zoom", 1, (1, 1)),
    ]
    assert (state.statements, state.voices) == ({}, [])
    assert "Keep norm J? (Zoom, 2 answered)" in app.client.get("/s/grid/report.md").text
    app.do("grid", EraseText(min(state.poll_results), "on request"), BOSS)
    assert "Keep norm J?" not in app.client.get("/s/grid/report.md").text


def test_under_the_chatham_house_rule_no_name_is_kept(app: AppClient) -> None:
    app.add("ruled", structs.replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=True)))
    app.do("ruled", OpenSession(), BOSS)
    app.be(ORGANIZER)
    assert "only the numbers are kept" in preview(app, ZOOM_ATTENDANCE, "ruled").text
    html = take_in(app, ZOOM_ATTENDANCE, "ruled")
    assert "2 people were there." in html
    assert "Ben Muster" not in html
    assert app.house.roster.attendees.of("ruled") == []
    take_in(app, SLIDO, "ruled")
    app.do("ruled", CloseSession(), BOSS)
    app.client.cookies.clear()
    assert "Asked in Slido" in app.client.get("/s/ruled/report.md").text


def test_what_is_no_report_is_refused_beside_the_file(app: AppClient) -> None:
    app.be(ORGANIZER)
    answer = preview(app, "Fruit,Price\nApple,3\n")
    assert answer.status_code == 422
    assert "Columns of the file: Fruit, Price." in alert(answer.text)
    assert app.client.post("/s/grid/meetings", data={"report": "{}"}).status_code == 400


def test_participants_take_nothing_in(app: AppClient) -> None:
    app.be(PARTICIPANT, "grid")
    assert preview(app, SLIDO).status_code == 403

"""The overlay for a video stream: what it has in each phase, and what the Chatham House Rule leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from acquis.attributes import Attributes
from acquis.command import ONSITE, PARTICIPANT, PEOPLE, Actor
from acquis.floor import questions, queue, segments
from acquis.floor.people import Join
from acquis.floor.speech import CaptionSpeech
from acquis.plan.document import FloorSettings
from acquis.plan.programme import CancelSession

from .client import BOSS, HOST, PROGRAMME, AppClient, app_client

ASKING = Actor("p-11", "v-11", PEOPLE, Attributes(lane="online"))
SPEAKER_NAME = PROGRAMME.speakers[0].name


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("overlay")) as app:
        yield app


@pytest.fixture
def app(shared: AppClient) -> AppClient:
    """One server for the module; each test takes a session of its own."""
    shared.be("")
    return shared


def overlay(app: AppClient, session: str) -> str:
    answer = app.client.get(f"/s/{session}/overlay")
    assert answer.status_code == 200
    return answer.text


def running(app: AppClient, session: str, chatham: bool = False) -> None:
    """A session in which a panellist has the floor, a question is put and one waits, and somebody writes captions."""
    app.add(session, replace(PROGRAMME, settings=FloorSettings(chatham_house_rule=chatham)))
    app.do(session, segments.OpenSession(), BOSS)
    app.do(session, segments.StartSegment(1))
    app.do(session, Join(lane="online"), ASKING)
    for text in ("Who keeps the norms?", "Who pays for it?"):
        asked = app.do(session, questions.AskQuestion(text), ASKING)
        app.do(session, questions.ApproveQuestion(asked))
    app.do(session, questions.PutQuestion(asked))
    app.do(session, queue.GiveFloorToSpeaker(1))
    app.do(session, CaptionSpeech("Norms need a keeper."), HOST)


def test_it_shows_who_has_the_floor_the_clock_the_question_and_the_captions(app: AppClient) -> None:
    running(app, "busy")
    html = overlay(app, "busy")
    lower_third = html.partition('id="stage_now"')[2]
    assert SPEAKER_NAME in lower_third
    assert "data-ends=" in lower_third
    assert "Norms need a keeper." in html.partition('id="stage_captions"')[2].partition("</section>")[0]
    assert "Who pays for it?" in html.partition('class="put"')[2].partition('class="asked"')[0]
    assert "<form" not in html
    assert "<header" not in html


def test_it_is_kept_current_by_the_frames_of_the_room_screen(app: AppClient) -> None:
    running(app, "frames")
    regions = re.findall(r'id="(\w+)"[^>]*data-region', overlay(app, "frames"))
    assert regions == ["stage_questions", "stage_captions", "stage_now"]
    assert set(regions) <= set(app.client.get("/s/frames/live/stage?poll=-1").json()["html"])


def test_before_the_session_and_after_it_there_is_its_title(app: AppClient) -> None:
    app.add("phases")
    before = overlay(app, "phases")
    app.do("phases", segments.OpenSession(), BOSS)
    during = overlay(app, "phases")
    app.do("phases", segments.CloseSession(), BOSS)
    after = overlay(app, "phases")
    assert "The session has not started yet." in before
    assert "This session has ended." in after
    for html, shown in ((before, True), (during, False), (after, True)):
        assert (f"<bdi>{PROGRAMME.title}" in html.partition("lower-third")[2]) == shown


def test_under_the_chatham_house_rule_it_names_nobody(app: AppClient) -> None:
    """The picture is seen by others than those who joined."""
    running(app, "rule", chatham=True)
    assert app.client.get("/s/rule/overlay").status_code == 403
    for role in (PARTICIPANT, ONSITE):
        app.be(role, "rule")
        html = overlay(app, "rule").partition("<main")[2].partition("</main>")[0]
        assert re.findall(r'id="(\w+)"[^>]*data-region', html) == ["stage_questions", "stage_part"]
        assert SPEAKER_NAME not in html
        assert "Norms need a keeper." not in html
        assert "you may not reveal who said it" in html
        assert "Who pays for it?" in html


def test_a_cancelled_session_says_so(app: AppClient) -> None:
    app.add("off")
    app.do("off", CancelSession(), BOSS)
    assert "This session is cancelled." in overlay(app, "off").partition("lower-third")[2]


def test_the_console_leads_to_it(app: AppClient) -> None:
    app.add("way")
    app.be(ONSITE, "way")
    assert 'href="/s/way/overlay"' in app.client.get("/s/way/console").text

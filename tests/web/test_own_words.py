"""Your words: corrected, answered and commented until the report is published; by their owner and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.attributes import Attributes
from acquis.command import CAPTIONER, PARTICIPANT, RAPPORTEUR, SPEAKER, Actor
from acquis.events import Sentence
from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.floor.queue import EndTurn, GiveFloorToSpeaker, NoteTurn
from acquis.floor.segments import CloseSession, OpenSession, StartSegment
from acquis.floor.speech import CaptionSpeech
from acquis.report.publishing import PublishReport
from acquis.web.http import passes
from acquis.web.pages.mine import page as mine_page

from .client import BOSS, HOST, AppClient, alert, app_client, form_with

ANN = Actor("p-ann", "v-ann", frozenset({PARTICIPANT}), Attributes(lane="room"))
CAPTIONS = Actor("p-captions", roles=frozenset({CAPTIONER}))


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.add("grid")
        app.do("grid", OpenSession(), BOSS)
        app.do("grid", StartSegment(1))
        yield app


def sit(app: AppClient, seat: int) -> None:
    """From now on the client is a speaker of the panel."""
    secret, _ = passes.issue(app.house, "grid", SPEAKER, seat=seat)
    app.client.cookies.clear()
    app.client.cookies.set(passes.cookie_name("grid"), secret)


def spoke(app: AppClient, seat: int, *texts: str) -> tuple[int, list[int]]:
    """A turn of a speaker with its lines."""
    turn = app.do("grid", GiveFloorToSpeaker(seat))
    app.clock.forward(60_000)
    lines = [app.do("grid", CaptionSpeech(text), CAPTIONS) for text in texts]
    app.do("grid", EndTurn(turn))
    return turn, lines


def publish(app: AppClient) -> None:
    app.do("grid", CloseSession(), BOSS)
    app.do("grid", PublishReport((Sentence("Norms need a keeper."),)), HOST)


def mine(app: AppClient, query: str = "") -> str:
    answer = app.client.get(f"/s/grid/mine{query}")
    assert answer.status_code == 200
    return answer.text


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def send(app: AppClient, html: str, do: str, **fields: str) -> str:
    return app.client.post("/s/grid/do", data={**form_with(html, do=do), **fields}).text


def test_a_speaker_corrects_a_line_in_place_and_comes_back(app: AppClient) -> None:
    _, (line,) = spoke(app, 1, "Norms need a kipper.")
    spoke(app, 2, "Somebody else's words.")
    sit(app, 1)
    html = mine(app)
    assert "Norms need a kipper." in html
    assert "Somebody else" not in html
    opened = mine(app, f"?correct={line}")
    assert form_with(opened, do="correct_speech")["text"] == "Norms need a kipper."
    back = send(app, opened, "correct_speech", text="Norms need a keeper.")
    assert "<h1>Your contributions</h1>" in back
    assert "Norms need a keeper. corrected" in words(back)
    assert app.state("grid").speech[line].text == "Norms need a keeper."


def test_what_was_typed_stays_when_it_is_refused(app: AppClient) -> None:
    _, (line,) = spoke(app, 1, "Norms need a kipper.")
    sit(app, 1)
    html = send(app, mine(app, f"?correct={line}"), "correct_speech", text=" ")
    assert alert(html)
    assert form_with(html, do="correct_speech")["line"] == str(line)


def test_a_speaker_answers_what_was_asked_of_them_and_of_the_panel(app: AppClient) -> None:
    asked = {to: app.do("grid", AskQuestion(f"Question to {to}?", to), ANN) for to in (0, 1, 2)}
    hidden = app.do("grid", AskQuestion("Not let through?"), Actor("p-ben", "v-ben", ANN.roles))
    for question in asked.values():
        app.do("grid", ApproveQuestion(question))
    sit(app, 1)
    html = mine(app)
    assert html.index("Question to 1?") < html.index("Question to 0?")
    assert "Question to 2?" not in html
    assert f"Not let through? #{hidden}" not in html
    assert "Not let through?" not in html
    form = form_with(html, do="answer_in_writing", question=str(asked[0]))
    back = app.client.post("/s/grid/do", data={**form, "text": "The members pay."}).text
    assert "The members pay." in back
    assert app.state("grid").questions[asked[0]].answer == "The members pay."


def test_an_objection_to_the_note_stands_beside_it_at_the_desk_and_on_the_record(app: AppClient) -> None:
    turn, _ = spoke(app, 1, "I am for it.")
    sit(app, 1)
    assert 'value="comment_turn"' not in mine(app)
    app.do("grid", NoteTurn(turn, "Is against it."), HOST)
    html = send(app, mine(app), "comment_turn", text="I was for it.")
    assert "Your comment I was for it." in words(html)
    app.be(RAPPORTEUR, "grid")
    assert "Comment by the speaker I was for it." in words(app.client.get("/s/grid/desk").text)
    app.do("grid", NoteTurn(turn, "Is for it, in part."), HOST)
    assert "(on an earlier version of the note)" in words(app.client.get("/s/grid/desk").text)
    sit(app, 1)
    assert "The note was changed after your comment." in words(mine(app))
    app.do("grid", CloseSession(), BOSS)
    app.do("grid", PublishReport((Sentence("A keeper.", (turn,)),)), HOST)
    for address in ("record", "report.md", "report.html"):
        text = app.client.get(f"/s/grid/{address}").text
        assert "I was for it." in text
        assert "Is for it, in part." in text


def test_a_comment_is_erased_everywhere(app: AppClient) -> None:
    turn, _ = spoke(app, 1, "I am for it.")
    app.do("grid", NoteTurn(turn, "Is against it."), HOST)
    sit(app, 1)
    send(app, mine(app), "comment_turn", text="My doctor told me so.")
    entry = app.state("grid").turns[turn].comment_entry
    app.be("organizer")
    body = {"do": "erase_text", "entry": entry, "reason": "asked for"}
    assert app.client.post("/s/grid/do", json=body, headers={"idempotency-key": "erase-0001"}).status_code == 201
    sit(app, 1)
    assert "doctor" not in mine(app) + app.client.get("/s/grid/log.jsonl").text


def test_once_the_report_is_out_nothing_can_be_changed(app: AppClient) -> None:
    turn, (line,) = spoke(app, 1, "I am for it.")
    app.do("grid", NoteTurn(turn, "Is against it."), HOST)
    question = app.do("grid", AskQuestion("Why?"), ANN)
    app.do("grid", ApproveQuestion(question))
    sit(app, 1)
    before = mine(app, f"?correct={line}")
    assert "It is due 2 hours after the session ends." in words(before)
    publish(app)
    html = mine(app, f"?correct={line}")
    assert "so you can no longer make changes" in words(html)
    assert "<form" not in html
    for do in ("correct_speech", "comment_turn", "answer_in_writing"):
        assert "because the report is published" in alert(send(app, before, do, text="Too late."))
    assert "Too late." not in app.client.get("/s/grid/log.jsonl").text


def test_a_participant_sees_what_they_asked_and_no_form_to_answer(app: AppClient) -> None:
    secret, given = passes.issue(app.house, "grid", PARTICIPANT)
    app.client.cookies.set(passes.cookie_name("grid"), secret)
    asked = app.do("grid", AskQuestion("Who pays?"), given.actor())
    app.do("grid", ApproveQuestion(asked))
    app.do("grid", AskQuestion("Somebody else's?"), ANN)
    html = mine(app)
    assert "Who pays?" in html
    assert "Somebody else" not in html
    assert 'value="answer_in_writing"' not in html


def test_the_floor_leads_there_once_they_have_spoken_or_it_is_over(app: AppClient) -> None:
    sit(app, 1)
    assert "/s/grid/mine" not in floor(app)
    spoke(app, 1, "Norms.")
    assert "/s/grid/mine" in floor(app)
    sit(app, 2)
    assert "/s/grid/mine" not in floor(app)
    app.do("grid", CloseSession(), BOSS)
    assert "/s/grid/mine" in floor(app)
    app.be("")
    assert "/s/grid/mine" not in floor(app)


def floor(app: AppClient) -> str:
    """The floor page without the sections that are hidden in the present state."""
    return re.sub(r'<div data-when="\w+" hidden>.*?</div>', "", app.client.get("/s/grid?watch=1").text, flags=re.DOTALL)


def test_many_questions_are_shown_page_by_page(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mine_page, "QUESTIONS_EACH", 2)
    asked = [app.do("grid", AskQuestion(f"Who pays for number {n}?", 1), ANN) for n in range(3)]
    for seq in asked:
        app.do("grid", ApproveQuestion(seq))
    sit(app, 1)
    assert [seq for seq in asked if f'id="q{seq}"' in mine(app)] == asked[:2]
    assert [seq for seq in asked if f'id="q{seq}"' in mine(app, "?to=2")] == asked[2:]
    assert 'href="?to=2#h-to-me"' in mine(app)

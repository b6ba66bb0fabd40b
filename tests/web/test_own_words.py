"""Your words: corrected, answered and commented until the report is published; by their owner and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from acquis.command import CAPTIONER, PARTICIPANT, RAPPORTEUR, SPEAKER, Actor
from acquis.events import Sentence
from acquis.floor.questions import ApproveQuestion, AskQuestion
from acquis.floor.queue import EndTurn, GiveFloorToSpeaker, NoteTurn
from acquis.floor.segments import CloseSession, OpenSession, StartSegment
from acquis.floor.speech import CaptionSpeech
from acquis.report.publishing import PublishReport
from acquis.web import passes

from .table import BOSS, HOST, Table, alert, form_with, laid

ANN = Actor("p-ann", "v-ann", frozenset({PARTICIPANT}), "room")
CAPTIONS = Actor("p-captions", roles=frozenset({CAPTIONER}))


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with laid(tmp_path) as table:
        table.add("grid")
        table.do("grid", OpenSession(), BOSS)
        table.do("grid", StartSegment(1))
        yield table


def sit(table: Table, seat: int) -> None:
    """From now on the client is a speaker of the panel."""
    secret, _ = passes.issue(table.house, "grid", SPEAKER, seat=seat)
    table.client.cookies.clear()
    table.client.cookies.set(passes.cookie_name("grid"), secret)


def spoke(table: Table, seat: int, *texts: str) -> tuple[int, list[int]]:
    """A turn of a speaker with its lines."""
    turn = table.do("grid", GiveFloorToSpeaker(seat))
    lines = [table.do("grid", CaptionSpeech(text), CAPTIONS) for text in texts]
    table.do("grid", EndTurn(turn))
    return turn, lines


def publish(table: Table) -> None:
    table.do("grid", CloseSession(), BOSS)
    table.do("grid", PublishReport((Sentence("Norms need a keeper."),)), HOST)


def mine(table: Table, query: str = "") -> str:
    answer = table.client.get(f"/s/grid/mine{query}")
    assert answer.status_code == 200
    return answer.text


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def send(table: Table, html: str, do: str, **fields: str) -> str:
    return table.client.post("/s/grid/do", data={**form_with(html, do=do), **fields}).text


def test_a_speaker_corrects_a_line_in_place_and_comes_back(table: Table) -> None:
    _, (line,) = spoke(table, 1, "Norms need a kipper.")
    spoke(table, 2, "Somebody else's words.")
    sit(table, 1)
    html = mine(table)
    assert "Norms need a kipper." in html
    assert "Somebody else" not in html
    opened = mine(table, f"?correct={line}")
    assert form_with(opened, do="correct_speech")["text"] == "Norms need a kipper."
    back = send(table, opened, "correct_speech", text="Norms need a keeper.")
    assert "<h1>Your words</h1>" in back
    assert "Norms need a keeper. corrected" in words(back)
    assert table.state("grid").speech[line].text == "Norms need a keeper."


def test_what_was_typed_stays_when_it_is_refused(table: Table) -> None:
    _, (line,) = spoke(table, 1, "Norms need a kipper.")
    sit(table, 1)
    html = send(table, mine(table, f"?correct={line}"), "correct_speech", text=" ")
    assert alert(html)
    assert form_with(html, do="correct_speech")["line"] == str(line)


def test_a_speaker_answers_what_was_asked_of_them_and_of_the_panel(table: Table) -> None:
    asked = {to: table.do("grid", AskQuestion(f"Question to {to}?", to), ANN) for to in (0, 1, 2)}
    hidden = table.do("grid", AskQuestion("Not let through?"), Actor("p-ben", "v-ben", ANN.roles))
    for question in asked.values():
        table.do("grid", ApproveQuestion(question))
    sit(table, 1)
    html = mine(table)
    assert html.index("Question to 1?") < html.index("Question to 0?")
    assert "Question to 2?" not in html
    assert f"Not let through? #{hidden}" not in html
    assert "Not let through?" not in html
    form = form_with(html, do="answer_in_writing", question=str(asked[0]))
    back = table.client.post("/s/grid/do", data={**form, "text": "The members pay."}).text
    assert "The members pay." in back
    assert table.state("grid").questions[asked[0]].answer == "The members pay."


def test_an_objection_to_the_note_stands_beside_it_at_the_desk_and_on_the_record(table: Table) -> None:
    turn, _ = spoke(table, 1, "I am for it.")
    sit(table, 1)
    assert 'value="comment_turn"' not in mine(table)
    table.do("grid", NoteTurn(turn, "Is against it."), HOST)
    html = send(table, mine(table), "comment_turn", text="I was for it.")
    assert "Your comment I was for it." in words(html)
    table.be(RAPPORTEUR, "grid")
    assert "The speaker comments I was for it." in words(table.client.get("/s/grid/desk").text)
    table.do("grid", NoteTurn(turn, "Is for it, in part."), HOST)
    assert "(before the note was changed)" in words(table.client.get("/s/grid/desk").text)
    sit(table, 1)
    assert "The note was changed after your comment." in words(mine(table))
    table.do("grid", CloseSession(), BOSS)
    table.do("grid", PublishReport((Sentence("A keeper.", (turn,)),)), HOST)
    for address in ("record", "report.md", "report.html"):
        text = table.client.get(f"/s/grid/{address}").text
        assert "I was for it." in text
        assert "Is for it, in part." in text


def test_a_comment_is_erased_everywhere(table: Table) -> None:
    turn, _ = spoke(table, 1, "I am for it.")
    table.do("grid", NoteTurn(turn, "Is against it."), HOST)
    sit(table, 1)
    send(table, mine(table), "comment_turn", text="My doctor told me so.")
    entry = table.state("grid").turns[turn].comment_entry
    table.be("organizer")
    body = {"do": "erase_text", "entry": entry, "reason": "asked for"}
    assert table.client.post("/s/grid/do", json=body, headers={"idempotency-key": "erase-0001"}).status_code == 201
    sit(table, 1)
    assert "doctor" not in mine(table) + table.client.get("/s/grid/log.jsonl").text


def test_once_the_report_is_out_nothing_can_be_changed(table: Table) -> None:
    turn, (line,) = spoke(table, 1, "I am for it.")
    table.do("grid", NoteTurn(turn, "Is against it."), HOST)
    question = table.do("grid", AskQuestion("Why?"), ANN)
    table.do("grid", ApproveQuestion(question))
    sit(table, 1)
    before = mine(table, f"?correct={line}")
    assert "It is due 120 minutes after the session ends." in words(before)
    publish(table)
    html = mine(table, f"?correct={line}")
    assert "so this stays as it is now" in words(html)
    assert "<form" not in html
    for do in ("correct_speech", "comment_turn", "answer_in_writing"):
        assert "The report is published" in alert(send(table, before, do, text="Too late."))
    assert "Too late." not in table.client.get("/s/grid/log.jsonl").text


def test_a_participant_sees_what_they_asked_and_no_form_to_answer(table: Table) -> None:
    secret, given = passes.issue(table.house, "grid", PARTICIPANT)
    table.client.cookies.set(passes.cookie_name("grid"), secret)
    asked = table.do("grid", AskQuestion("Who pays?"), given.actor())
    table.do("grid", ApproveQuestion(asked))
    table.do("grid", AskQuestion("Somebody else's?"), ANN)
    html = mine(table)
    assert "Who pays?" in html
    assert "Somebody else" not in html
    assert 'value="answer_in_writing"' not in html


def test_the_floor_leads_there_once_they_have_spoken_or_it_is_over(table: Table) -> None:
    sit(table, 1)
    assert "/s/grid/mine" not in floor(table)
    spoke(table, 1, "Norms.")
    assert "/s/grid/mine" in floor(table)
    sit(table, 2)
    assert "/s/grid/mine" not in floor(table)
    table.do("grid", CloseSession(), BOSS)
    assert "/s/grid/mine" in floor(table)
    table.be("")
    assert "/s/grid/mine" not in floor(table)


def floor(table: Table) -> str:
    return table.client.get("/s/grid?watch=1").text

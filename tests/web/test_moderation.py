"""Moderation at any time, as people and moderators see it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acquis.command import ONSITE, PARTICIPANT, RAPPORTEUR, Actor
from acquis.floor import moderation, questions, queue, segments, statements

from .client import BOSS, AppClient, alert, app_client


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("moderation")) as app:
        yield app


@pytest.fixture
def app(shared: AppClient) -> AppClient:
    """One house for the module; each test takes a session of its own."""
    shared.be("")
    return shared


def test_a_name_without_a_visible_character_is_refused_and_its_controls_are_removed(app: AppClient) -> None:
    """B F11, B row 9: nobody is blank on the stage, and no name turns the text around it."""
    app.hold("unseen", close=False)
    fields = {"lane": "room", "key": "key-of-an-unseen", "name": "\u200b\u200d"}
    answer = app.client.post("/s/unseen/join", data=fields)
    assert answer.status_code == 400
    assert "Nothing of this name can be seen" in alert(answer.text)
    assert not set(app.house.roster.names("unseen").values())
    app.client.post("/s/unseen/join", data=fields | {"name": "Ali \u202eecnatsissa\x00"})
    assert list(app.house.roster.names("unseen").values()) == ["Ali ecnatsissa"]


PLACES = ("?watch=1", "/questions", "/vote", "/stage", "/record", "/audit", "/questions.csv", "/comments.csv")
FILES = ("/log.jsonl", "/report.md", "/report.json", "/report.html")


def anywhere(app: AppClient, session: str, text: str) -> list[str]:
    """The public addresses of a session that contain a text."""
    app.be("")
    places = {place: app.client.get(f"/s/{session}{place}") for place in (*PLACES, *FILES, ".json")}
    assert {place: answer.status_code for place, answer in places.items()} == dict.fromkeys(places, 200)
    return [place for place, answer in places.items() if text in answer.text]


@pytest.mark.parametrize("fate", ["approved", "on_floor", "answered", "in writing", "merged", "not reached"])
def test_a_question_is_held_back_whatever_has_become_of_it(app: AppClient, fate: str) -> None:
    """B F6: it is then nowhere but as a count with reasons, and let through it is again what it was."""
    session = f"{fate.translate({32: '-', 95: '-'})}-insult"
    said = app.hold(session, close=False)
    asker = Actor("p-troll", "v-troll", frozenset({PARTICIPANT}))
    insult = app.do(session, questions.AskQuestion("You are all thieves."), asker)
    app.do(session, questions.ApproveQuestion(insult))
    if fate == "on_floor":
        app.do(session, questions.PutQuestion(insult))
    elif fate == "answered":
        app.do(session, questions.MarkAnswered(insult))
    elif fate == "in writing":
        app.do(session, questions.AnswerInWriting(insult, "Nobody here: thieves are elsewhere."))
    elif fate == "merged":
        app.do(session, questions.MergeQuestions(insult, said["question"]))
    elif fate == "not reached":
        app.do(session, segments.CloseSession(), BOSS)
    before = app.state(session).questions[insult].fate
    shown = anywhere(app, session, "You are all thieves.")
    assert {"/questions", "/log.jsonl"} <= set(shown)
    app.do(session, questions.HoldBackQuestion(insult, "abusive"))
    assert anywhere(app, session, "thieves") == []
    html = app.client.get(f"/s/{session}/questions").text
    assert "Questions held back by the moderators: 2 (1 personal data, 1 abusive)." in html
    assert f'id="q{insult}"' not in html, "no blank line for each of them (W M15)"
    app.do(session, questions.ApproveQuestion(insult))
    assert app.state(session).questions[insult].fate == before
    assert anywhere(app, session, "You are all thieves.") == shown


@pytest.mark.parametrize("fate", ["open", "closed", "ended"])
def test_a_statement_with_votes_is_held_back(app: AppClient, fate: str) -> None:
    """B F6: its votes count again when it is let through."""
    session = f"{fate}-claim"
    seq = app.hold(session, close=fate == "ended")["statement"]
    if fate == "closed":
        app.do(session, statements.CloseStatement(seq))
    before, shown = app.state(session).statements[seq].fate, anywhere(app, session, "Norms need a keeper.")
    app.do(session, statements.HoldBackStatement(seq, "abusive"))
    assert anywhere(app, session, "Norms need a keeper.") == []
    assert not app.client.get(f"/s/{session}/report.json").json()["figures"]
    assert "Statements held back by the moderators: 1 (1 abusive)." in app.client.get(f"/s/{session}/vote").text
    app.do(session, statements.OpenStatement(seq))
    assert app.state(session).statements[seq].fate == before
    assert anywhere(app, session, "Norms need a keeper.") == shown
    assert app.client.get(f"/s/{session}/report.json").json()["figures"]


def test_what_a_hand_is_about_is_read_first_and_held_back_at_any_time(app: AppClient) -> None:
    """B F6: the few words beside a hand are read by moderators like a question."""
    app.hold("about", close=False)
    asker = Actor("p-troll", "v-troll", frozenset({PARTICIPANT}))
    hand = app.do("about", queue.RaiseHand(about="Thieves of the platform"), asker)
    assert anywhere(app, "about", "Thieves") == []
    app.be(ONSITE, "about")
    console = app.client.get("/s/about/console").text
    assert "Thieves of the platform" in console
    assert "not read yet" in console
    app.do("about", moderation.LetTextThrough(hand))
    shown = anywhere(app, "about", "Thieves")
    assert {"?watch=1", "/log.jsonl"} <= set(shown)
    app.do("about", queue.LowerHand(hand))
    app.do("about", moderation.HoldBackText(hand, "abusive"))
    assert anywhere(app, "about", "Thieves") == [], "also after the hand is down"
    assert "Other texts held back by the moderators: 1 (1 abusive)." in app.client.get("/s/about/questions").text


def test_notes_and_comments_and_answers_are_held_back_with_their_earlier_wordings(app: AppClient) -> None:
    """B F6: a note and a comment stand in the log and beside the evidence."""
    said = app.hold("notes", close=False)
    app.do("notes", queue.NoteTurn(said["turn"], "He is a thief."))
    note = app.do("notes", queue.NoteTurn(said["turn"], "He is no thief."))
    first = app.do("notes", questions.AnswerInWriting(said["question"], "The thief pays."))
    assert {"/questions", "/log.jsonl"} <= set(anywhere(app, "notes", "thief"))
    app.do("notes", moderation.HoldBackText(note, "personal_data"))
    app.do("notes", moderation.HoldBackText(first, "abusive"))
    assert anywhere(app, "notes", "thief") == []
    app.be(RAPPORTEUR, "notes")
    assert "He is no thief." in app.client.get("/s/notes/desk").text
    app.do("notes", moderation.LetTextThrough(note))
    assert anywhere(app, "notes", "He is no thief.")

"""A session with nine kinds of texts, each with a word of its own, and the search for these words in every file."""

from __future__ import annotations

from pathlib import Path

from tests.web.client import BOSS, AppClient

from acquis.attributes import Attributes
from acquis.command import PARTICIPANT, Actor
from acquis.floor import people, questions, queue, segments, speech, statements, turns
from acquis.report.drafting import DraftSentence

ANN = Actor("p-ann", "v-ann", frozenset({PARTICIPANT}), Attributes(lane="room", stakeholder="Civil Society"))
BEN = Actor("p-ben", "v-ben", frozenset({PARTICIPANT}), Attributes(lane="online", stakeholder="Government"))
WORDS = {
    "question": "Quexoltan",
    "statement": "Statovren",
    "topic": "Topivarg",
    "caption": "Capturnelo",
    "correction": "Corvandil",
    "note": "Notarviks",
    "comment": "Comrendova",
    "answer": "Answilkot",
    "sentence": "Senturbako",
}
"""Kind of a text -> a word that stands in no other text."""


def play(app: AppClient, session: str = "grid") -> dict[str, int]:
    """Kind of a text -> the entry that contains it."""

    def said(kind: str) -> str:
        return f"Somebody mentions {WORDS[kind]} here."

    app.add(session)
    app.do(session, segments.OpenSession(), BOSS)
    app.do(session, segments.StartSegment(1))
    app.all(session, [(people.Join(lane=one.attributes.lane), one) for one in (ANN, BEN)])
    entry: dict[str, int] = {}
    entry["question"] = app.do(session, questions.AskQuestion(said("question")), ANN)
    app.do(session, questions.ApproveQuestion(entry["question"]))
    entry["statement"] = app.do(session, statements.SeedStatement(said("statement")))
    entry["topic"] = app.do(session, queue.RaiseHand(about=WORDS["topic"]), ANN)
    turn = app.do(session, queue.GiveFloor(entry["topic"]))
    app.clock.forward(100)
    entry["caption"] = app.do(session, speech.CaptionSpeech(said("caption")))
    other = app.do(session, speech.CaptionSpeech("This line is corrected."))
    entry["correction"] = app.do(session, speech.CorrectSpeech(other, said("correction")))
    app.do(session, queue.EndTurn(turn))
    entry["note"] = app.do(session, queue.NoteTurn(turn, said("note")))
    entry["comment"] = app.do(session, turns.CommentTurn(turn, said("comment")), ANN)
    entry["answer"] = app.do(session, questions.AnswerInWriting(entry["question"], said("answer")))
    entry["sentence"] = app.do(session, DraftSentence("takeaways", said("sentence")))
    return entry


def holding(folder: Path, *words: str) -> list[str]:
    """The files below a folder that contain one of the words or its stem, in any case; each with the word."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    content = {path: path.read_bytes().lower() for path in files}
    return [f"{path.name}: {word}" for path in files for word in words if word[:-2].lower().encode() in content[path]]

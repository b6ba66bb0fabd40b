"""Effects of what comes after: reports, what things are about, commitments and what came of them, erasures."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.state.desk import redraft, undraft
from acquis.state.nouns import Commitment, Report, State, Step, effect
from acquis.state.speech import unsay


@effect(ev.ReportPublished)
def _(s: State, e: ev.ReportPublished, seq: int, at: int, by: str) -> None:
    s.reports.append(Report(seq, at, len(s.reports) + 1, e))
    redraft(s, e, seq)


@effect(ev.ReferencesConfirmed)
def _(s: State, e: ev.ReferencesConfirmed, seq: int, at: int, by: str) -> None:
    s.about[e.entry] = e.items


@effect(ev.CommitmentMade)
def _(s: State, e: ev.CommitmentMade, seq: int, at: int, by: str) -> None:
    made = Commitment(seq, at, e.what, e.who, e.actor, e.due, e.due_words, e.process, e.items, e.report, e.call)
    made.source = next((r.body.calls_to_action[e.call - 1].text for r in s.reports if e.call and r.seq == e.report), "")
    made.steps.append(Step(seq, at, by, e))
    s.commitments[seq] = made


@effect(ev.CommitmentAmended)
def _(s: State, e: ev.CommitmentAmended, seq: int, at: int, by: str) -> None:
    commitment = s.commitments[e.commitment]
    for field in ("what", "who", "actor", "due", "due_words", "process", "items"):
        setattr(commitment, field, getattr(e, field))
    commitment.steps.append(Step(seq, at, by, e))


@effect(ev.CommitmentProgressed)
def _(s: State, e: ev.CommitmentProgressed, seq: int, at: int, by: str) -> None:
    s.commitments[e.commitment].status = e.status
    s.commitments[e.commitment].steps.append(Step(seq, at, by, e))


@effect(ev.TextErased)
def _(s: State, e: ev.TextErased, seq: int, at: int, by: str) -> None:
    s.erased[e.entry] = e.rest
    for blank in (s.questions.get(e.entry), s.statements.get(e.entry)):
        if blank is not None:
            blank.text = ""
    if e.entry in s.hands:
        s.hands[e.entry].about = ""
    for question in s.questions.values():
        if question.answer_entry == e.entry:
            question.answer = ""
    for turn in s.turns.values():
        if turn.note_entry == e.entry:
            turn.note = ""
        if turn.comment_entry == e.entry:
            turn.comment = ""
    for commitment in s.commitments.values():
        _blank(commitment, e.entry)
    unsay(s, e.entry)
    undraft(s, e.entry)


def _blank(commitment: Commitment, entry: int) -> None:
    """Take the texts of an erased entry out of a commitment: out of its history, and where it still reads so."""
    for step in commitment.steps:
        if step.seq == entry:
            for field in ("what", "who"):
                if getattr(step.body, field, "") == getattr(commitment, field):
                    setattr(commitment, field, "")
            step.body = msgspec.structs.replace(step.body, **dict.fromkeys(step.body.texts, ""))

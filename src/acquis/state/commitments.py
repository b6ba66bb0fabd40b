"""Effects of commitments and their progress."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.after import Commitment, Step
from acquis.state.model import State, effect


@effect(ev.CommitmentMade)
def _(s: State, e: ev.CommitmentMade, seq: int, at: int, by: str) -> None:
    made = Commitment(
        seq,
        at,
        what=e.what,
        who=e.who,
        actor=e.actor,
        due=e.due,
        due_words=e.due_words,
        process=e.process,
        items=e.items,
        report=e.report,
        call=e.call,
    )
    made.source = next((r.body.calls_to_action[e.call - 1].text for r in s.reports if e.call and r.seq == e.report), "")
    made.steps.append(Step(seq, at, by, e))
    s.commitments[seq] = made


@effect(ev.CommitmentAmended)
def _(s: State, e: ev.CommitmentAmended, seq: int, at: int, by: str) -> None:
    commitment = s.commitments.edit(e.commitment)
    for field in ("what", "who", "actor", "due", "due_words", "process", "items"):
        setattr(commitment, field, getattr(e, field))
    commitment.steps.append(Step(seq, at, by, e))


@effect(ev.CommitmentProgressed)
def _(s: State, e: ev.CommitmentProgressed, seq: int, at: int, by: str) -> None:
    commitment = s.commitments.edit(e.commitment)
    commitment.status = e.status
    commitment.steps.append(Step(seq, at, by, e))

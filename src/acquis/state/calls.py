"""Effects of asking a body, of its answers, and of joining the same call of several sessions."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.after import Step
from acquis.state.model import State, effect


@effect(ev.BodyAsked)
def _(s: State, e: ev.BodyAsked, seq: int, at: int, by: str) -> None:
    commitment = s.commitments.edit(e.commitment)
    commitment.addressee = e.addressee
    commitment.steps.append(Step(seq, at, by, e))


@effect(ev.CallAnswered)
def _(s: State, e: ev.CallAnswered, seq: int, at: int, by: str) -> None:
    commitment = s.commitments.edit(e.commitment)
    if e.answer == "declined":
        commitment.status = "declined"
    elif e.answer != "replied" and commitment.status in ("open", "declined", "dropped"):
        commitment.status = "accepted"  # what is in progress or done stays so
    commitment.steps.append(Step(seq, at, by, e))


@effect(ev.CallsJoined)
def _(s: State, e: ev.CallsJoined, seq: int, at: int, by: str) -> None:
    commitment = s.commitments.edit(e.commitment)
    commitment.same = (*commitment.same, (e.session, e.other))
    commitment.steps.append(Step(seq, at, by, e))


@effect(ev.CallsParted)
def _(s: State, e: ev.CallsParted, seq: int, at: int, by: str) -> None:
    commitment = s.commitments.edit(e.commitment)
    commitment.same = tuple(call for call in commitment.same if call != (e.session, e.other))
    commitment.steps.append(Step(seq, at, by, e))

"""The effects of publishing the ballots and the totals: from then on votes are counted from these."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.counting import totals_of_event
from acquis.state.model import State, effect
from acquis.state.question_order import BY_SUPPORT


@effect(ev.BallotsPublished)
def _(s: State, e: ev.BallotsPublished, seq: int, at: int, by: str) -> None:
    s.ballots = e


@effect(ev.TotalsPublished)
def _(s: State, e: ev.TotalsPublished, seq: int, at: int, by: str) -> None:
    s.totals = totals_of_event(e)
    s.order.note(*(question.seq for question in s.questions.values() if question.fate in BY_SUPPORT))

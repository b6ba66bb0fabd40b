"""A procedure with fixed times, which several sessions share."""

from __future__ import annotations

import pytest
from tests.core.story import OPEN, given

from acquis import events as ev
from acquis.board.cards import Card, ChosenProcedure
from acquis.board.gatherings import shared_procedure
from acquis.messages.drafts import DraftParagraph
from acquis.messages.procedure import ProcedureError, read, shipped_text
from acquis.messages.standing import procedure_of, span_of, steps_now

BEGIN, END = "2026-12-10T09:00+01:00", "2026-12-11T18:00Z"
BEGIN_MS, END_MS = 1_796_889_600_000, 1_797_012_000_000
STEP = """steps:
  - title: Comments
    text: Everybody comments.
    from: {begin}
    until: {end}
    acts:
      amend: [participants]
"""


def procedure(begin: str = BEGIN, end: str = END) -> str:
    head, _, _ = shipped_text("aprigf").partition("steps:")
    return head + STEP.format(begin=begin, end=end)


def test_a_step_at_fixed_times_runs_at_the_same_time_in_every_session() -> None:
    state = given(*OPEN, ev.ProcedureChosen("own", procedure(), shared=True))
    chosen = procedure_of(state)
    assert chosen is not None
    assert span_of(state, chosen.steps[0]) == (BEGIN_MS, END_MS)
    assert not steps_now(state, chosen, BEGIN_MS - 1)
    assert steps_now(state, chosen, BEGIN_MS)
    assert not steps_now(state, chosen, END_MS)


@pytest.mark.parametrize("wrong", ["2026-12-11T18:00", "2026-12-11", "2026-13-11T18:00Z", "2026-12-11T25:00+01:00"])
def test_a_time_that_is_not_one_or_has_no_offset_is_refused_with_its_line(wrong: str) -> None:
    with pytest.raises(ProcedureError, match="or a time with its offset") as caught:
        read(procedure(end=wrong))
    (mistake,) = caught.value.mistakes
    assert "until: " in procedure(end=wrong).split("\n")[mistake.line - 1]


def chose(id: str, at: int, *, shared: bool = True, text: str = "a file") -> Card:
    return Card(id, 9, "", procedure=ChosenProcedure(at, ev.ProcedureChosen("own", text, shared)))


def test_the_procedure_of_a_gathering_is_the_latest_that_was_chosen_for_all() -> None:
    cards = [chose("a", 5, text="first"), chose("b", 7, text="second"), chose("c", 9, shared=False), Card("d", 1, "")]
    found = shared_procedure(cards)
    assert found is not None
    assert found.chosen.text == "second"
    assert shared_procedure(cards[2:]) is None
    assert shared_procedure([chose("a", 5, text="")]) is None, "its text was erased"


def test_a_card_whose_silence_has_ended_since_says_that_the_message_is_adopted() -> None:
    paragraph = DraftParagraph(7, 1, "silence", silent_until=100)
    assert paragraph.at(100).fate == "silence"
    assert paragraph.at(101).fate == "by_silence"

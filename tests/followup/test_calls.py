"""A call and the answers of the body that it names, as they are shown."""

from __future__ import annotations

import pytest

from acquis import events as ev
from acquis.documents.blocks import Table
from acquis.documents.commitments import commitment_lines, commitments
from acquis.erasure import traces
from acquis.followup.filtering import Filter
from acquis.followup.tracking import answer_counts, tracked
from acquis.state import State, fold

from .test_tracking import MADE_AT, ms

NOW = ms("2027-01-10T00:00:00+00:00")
CALL = ev.CommitmentMade("Write to the Chair.", who="The working party", due="2026-12-31")
ASKED = ev.BodyAsked(1, "p-body")


def after(*happened: ev.Event) -> State:
    state = State()
    for seq, event in enumerate(happened, 1):
        state.apply(seq, MADE_AT + seq, "p-host", event)
    return state


def answered(answer: ev.BodyAnswer, **fields: str) -> ev.CallAnswered:
    return ev.CallAnswered(1, answer, office="Head of unit", signer="p-ama", **fields)


@pytest.mark.parametrize(
    ("happened", "answer", "status", "accepted"),
    [
        ((), "not_asked", "overdue", False),
        ((ASKED,), "unanswered", "overdue", False),
        ((ASKED, answered("replied", note="Later.")), "replied", "overdue", False),
        ((ASKED, answered("accepted")), "accepted", "overdue", True),
        ((ASKED, answered("declined")), "declined", "declined", False),
        ((ASKED, answered("declined"), answered("accepted")), "accepted", "overdue", True),
        ((ASKED, answered("accepted"), answered("declined")), "declined", "declined", False),
        ((ev.CommitmentProgressed(1, "done", "Sent.", "A/80/257"), answered("accepted")), "accepted", "done", True),
        ((ev.CommitmentProgressed(1, "declined", "Their letter.", "A/80/257"),), "declined", "declined", False),
        ((ev.CommitmentProgressed(1, "accepted", "Their letter.", "A/80/257"),), "accepted", "overdue", True),
    ],
)
def test_what_the_body_said_is_told_and_the_latest_answer_counts(
    happened: tuple[ev.Event, ...], answer: str, status: str, accepted: bool
) -> None:
    call = tracked("grid", "Grid", False, after(CALL, *happened).commitments[1], NOW)
    assert (call.answer, call.status, call.accepted) == (answer, status, accepted)
    assert answer_counts([call])[answer] == 1
    assert Filter(answer=answer).takes(call)
    assert not Filter(answer="of nobody").takes(call)


def test_the_words_and_the_date_of_the_body_stand_beside_ours() -> None:
    own = answered("amended", what="Write once.", due="2027-03-01", note="Twice is too often.")
    state = after(CALL, ASKED, own, ev.CommitmentAmended(1, "Typo.", "Write to the Chair!", due="2027-01-31"))
    call = tracked("grid", "Grid", False, state.commitments[1], NOW)
    assert (call.what, call.due_on, call.own_words, call.own_due_on) == (
        "Write to the Chair!", "2027-01-31", "Write once.", "2027-03-01",
    )  # fmt: skip
    assert [change.kind for change in call.changes] == ["made", "asked", "body_amended", "amended"]
    assert [change.before for change in call.earlier] == [{"what": CALL.what, "who": CALL.who, "due": CALL.due}]


def test_the_words_of_an_earlier_answer_do_not_stand_for_a_later_one() -> None:
    state = after(CALL, ASKED, answered("amended", what="Write once."), answered("declined"))
    call = tracked("grid", "Grid", False, state.commitments[1], NOW)
    assert (call.own_words, call.changes[2].what) == ("", "Write once.")


def test_an_erased_answer_leaves_the_call_and_that_it_was_answered() -> None:
    own = answered("amended", what=CALL.what, note="Ama decides.")
    state = after(CALL, ASKED, own, ev.TextErased(3, "0" * 64))
    call = tracked("grid", "Grid", False, state.commitments[1], NOW)
    assert (call.what, call.answer, call.changes[2].kind) == (CALL.what, "amended", "body_amended")
    assert not {"Ama decides.", "Head of unit"} & {call.changes[2].note, call.changes[2].office}


def test_what_somebody_signed_goes_with_the_data_of_this_person() -> None:
    happened = (CALL, ASKED, answered("declined"))
    rows = [(seq, MADE_AT, "p-body", ev.to_body(event)) for seq, event in enumerate(happened, 1)]
    assert [text.entry for text in traces(rows, "p-ama", "", False).own] == [3]
    assert traces(rows, "p-body", "", False).own == ()
    assert fold(rows).commitments[1].addressee == "p-body"


def test_the_documents_have_the_answer_and_every_earlier_wording_and_date() -> None:
    own = answered("amended", what="Write once.", due="2027-03-01", note="Twice is too often.")
    state = after(CALL, ASKED, own, ev.CommitmentAmended(1, "Typo.", "Write to the Chair!", due="2027-01-31"))
    (line,) = commitment_lines(state)
    assert (line.status, line.accepted, line.answer, line.office) == ("accepted", True, "amended", "Head of unit")
    *_, table = commitments((line,), "en")
    assert isinstance(table, Table)
    said = "\n".join(table.rows[0])
    for words in (
        "Write to the Chair!", "In the words of the body: “Write once.”", "Wording before: Write to the Chair.",
        "31 January 2027", "Due date of the body: 1 March 2027", "Due before: 31 December 2026",
        "Answer of the body: accepted in other words", "Signed by Head of unit", "Twice is too often.",
    ):  # fmt: skip
        assert words in said
    assert list(commitments((), "en")) == []

"""The same call of several sessions: which calls are offered, and what the row of those that were joined says."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest

from acquis import events as ev
from acquis.documents.blocks import Table
from acquis.documents.commitments import commitment_lines, commitments
from acquis.followup.filtering import Filter
from acquis.followup.joining import apart, joined, offers, places_of
from acquis.followup.tracking import COLUMNS, Tracked, board, counts, rows, schema, to_json, tracked
from acquis.state import State

from .test_tracking import MADE_AT, ms

NOW = ms("2027-01-10T00:00:00+00:00")
BODY = "The working party"
WRITE = ev.CommitmentMade("Write to the Chair about power grids.", BODY, due="2027-06-30")
AGAIN = ev.CommitmentMade("Write to the Chair on the power grids.", "the  Working Party", due="2027-03-31")
OTHER = ev.CommitmentMade("Publish a list of contacts.", BODY)


def call(session: str, *happened: ev.Event, made: int = 0, simulated: bool = False) -> Tracked:
    """The first call of a session in whose log this happened, one ms apart."""
    state = State()
    for seq, event in enumerate(happened, 1):
        state.apply(seq, MADE_AT + made + seq, "p-host", event)
    return tracked(session, session.title(), simulated, state.commitments[1], NOW)


def test_calls_of_other_sessions_to_the_same_body_are_offered_if_they_are_alike() -> None:
    grid, river = call("grid", WRITE), call("river", AGAIN, made=50)
    (pair,) = offers([river, grid, call("sea", OTHER)])
    assert (pair.first.session, pair.second.session) == ("grid", "river")
    assert {"chair", "power", "grids"} <= set(pair.because)


@pytest.mark.parametrize(
    "other",
    [
        call("grid", AGAIN),
        call("river", ev.CommitmentMade(AGAIN.what, "Another body")),
        call("river", ev.CommitmentMade(AGAIN.what)),
        call("river", ev.CommitmentMade("", BODY)),
        call("river", AGAIN, simulated=True),
    ],
    ids=["the same session", "another body", "no body", "an erased text", "a rehearsal"],
)
def test_what_cannot_be_the_same_call_is_not_offered(other: Tracked) -> None:
    assert offers([call("grid", WRITE), other]) == []


def test_what_is_joined_already_is_not_offered_again() -> None:
    grid, river = call("grid", WRITE), call("river", AGAIN, ev.CallsJoined(1, "grid", 1))
    assert offers(joined([grid, river])) == []
    assert len(offers(joined([grid, river, call("sea", WRITE, made=9)]))) == 1


def test_a_joined_row_has_all_sessions_the_earliest_date_and_one_answer() -> None:
    answer = ev.CallAnswered(1, "amended", "Write once.", "2027-05-01", office="Head of unit")
    grid = call("grid", WRITE, ev.CallsJoined(1, "river", 1))
    river = call("river", AGAIN, ev.BodyAsked(1, "p-body"), answer, made=50)
    (row,) = joined([river, grid])
    assert (row.session, row.what, places_of(row)) == ("grid", WRITE.what, (("grid", 1), ("river", 1)))
    assert [(one.session_title, one.what, one.due_on, one.answer) for one in row.calls] == [
        ("Grid", WRITE.what, "2027-06-30", "not_asked"), ("River", AGAIN.what, "2027-03-31", "amended"),
    ]  # fmt: skip
    assert (row.due_on, row.answer, row.accepted, row.status) == ("2027-03-31", "amended", True, "accepted")
    assert (row.own_words, row.own_due_on) == ("Write once.", "2027-05-01")
    assert [(change.of, change.kind) for change in row.changes] == [
        ("grid", "made"), ("grid", "joined"), ("river", "made"), ("river", "asked"), ("river", "body_amended"),
    ]  # fmt: skip
    assert counts([row])["accepted"] == 1
    assert all(Filter(session=session).takes(row) for session in ("", "grid", "river"))
    assert not Filter(session="sea").takes(row)
    assert apart([row], [grid, river]) == [grid, river]


@pytest.mark.parametrize(
    ("in_grid", "in_river", "status", "answer"),
    [
        ((), (), "open", "not_asked"),
        ((ev.BodyAsked(1, "p-body"),), (), "open", "unanswered"),
        ((ev.CallAnswered(1, "accepted"),), (ev.CallAnswered(1, "declined"),), "declined", "declined"),
        ((ev.CallAnswered(1, "declined"),), (ev.CallAnswered(1, "replied"),), "declined", "replied"),
        ((ev.CallAnswered(1, "accepted"),), (ev.CommitmentProgressed(1, "done", "Sent."),), "done", "accepted"),
        ((), (ev.CommitmentProgressed(1, "declined", "By letter."),), "declined", "declined"),
    ],
)
def test_of_several_sessions_what_happened_last_counts(
    in_grid: tuple[ev.Event, ...], in_river: tuple[ev.Event, ...], status: str, answer: str
) -> None:
    grid = call("grid", WRITE, ev.CallsJoined(1, "river", 1), *in_grid)
    river = call("river", AGAIN, *in_river, made=50)
    (row,) = joined([grid, river])
    assert (row.status, row.answer) == (status, answer)


def test_the_earliest_date_makes_a_joined_call_overdue() -> None:
    late = ev.CommitmentMade(AGAIN.what, BODY, due="2026-12-31")
    (row,) = joined([call("grid", WRITE), call("river", late, ev.CallsJoined(1, "grid", 1), made=50)])
    assert (row.session, row.due_on, row.status) == ("grid", "2026-12-31", "overdue")


def test_calls_are_joined_through_others_and_parted_again() -> None:
    grid = call("grid", WRITE, ev.CallsJoined(1, "river", 1))
    river = call("river", AGAIN)
    sea = call("sea", AGAIN, ev.CallsJoined(1, "river", 1), ev.CallsJoined(1, "nowhere", 4))
    assert [len(row.calls) for row in joined([grid, river, sea])] == [3]
    parted = call("sea", AGAIN, ev.CallsJoined(1, "river", 1), ev.CallsParted(1, "river", 1))
    assert [len(row.calls) for row in joined([grid, river, parted])] == [2, 0]
    rehearsed = call("river", AGAIN, simulated=True)
    assert joined([grid, rehearsed]) == [grid, rehearsed]


def test_a_joined_row_is_one_row_of_the_data() -> None:
    listed = board(joined([call("grid", WRITE, ev.CallsJoined(1, "river", 1)), call("river", AGAIN, made=50)]))
    (row,) = rows(listed)
    assert dict(zip(COLUMNS, row, strict=True))["calls"] == "grid:1 river:1"
    data = json.loads(to_json(listed))
    jsonschema_rs.validator_for(schema()).validate(data)
    assert [one["session"] for one in data[0]["calls"]] == ["grid", "river"]


def test_the_documents_of_a_session_name_the_same_call_of_another_one() -> None:
    state = State()
    for seq, event in enumerate((WRITE, ev.CallsJoined(1, "river", 7)), 1):
        state.apply(seq, MADE_AT + seq, "p-host", event)
    (line,) = commitment_lines(state)
    assert line.same == (("river", 7),)
    *_, table = commitments((line,), "en")
    assert isinstance(table, Table)
    assert "The same call: session “river”, log entry 7" in "\n".join(table.rows[0])

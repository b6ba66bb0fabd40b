"""Commitments as they are shown: when they are late, in which order, and as a table."""

from __future__ import annotations

import datetime
import json

import jsonschema_rs
import pytest

from acquis import events as ev
from acquis.followup.commitments import standing
from acquis.followup.filtering import Filter
from acquis.followup.tracking import COLUMNS, Tracked, board, counts, rows, schema, to_json, tracked
from acquis.reference.library import library
from acquis.reference.records import Meeting
from acquis.state import Commitment, State, Step

MADE_AT = int(datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC).timestamp() * 1000)


def ms(iso: str) -> int:
    return int(datetime.datetime.fromisoformat(iso).timestamp() * 1000)


def made(due: str = "", status: ev.CommitmentStatus = "open", seq: int = 7, **fields: object) -> Commitment:
    body = ev.CommitmentMade("Write to the Chair.", due=due, **fields)  # type: ignore[arg-type]  # fields of the event
    found = Commitment(
        seq,
        MADE_AT,
        what=body.what,
        who=body.who,
        actor=body.actor,
        due=due,
        due_words=body.due_words,
        process=body.process,
        items=body.items,
        report=0,
        call=0,
    )
    found.status = status
    found.steps.append(Step(seq, MADE_AT, "p-host", body))
    return found


def shown(one: Commitment, now: str) -> Tracked:
    return tracked("grid", "Who keeps the lights on", False, one, ms(now))


@pytest.mark.parametrize(
    ("now", "status", "days"),
    [
        ("2026-12-30T12:00:00+00:00", "open", 1),
        ("2026-12-31T23:59:59+00:00", "open", 0),
        ("2027-01-01T00:00:00+00:00", "overdue", -1),
        ("2027-01-10T00:00:00+00:00", "overdue", -10),
    ],
)
def test_a_day_lasts_until_its_end_in_utc(now: str, status: str, days: int) -> None:
    found = standing(made("2026-12-31"), ms(now))
    assert (found.status, found.days) == (status, days)


def test_a_date_that_counts_from_a_meeting_ends_on_the_clock_of_its_venue() -> None:
    meeting = library().records["gm-dtg-2026-12"]
    assert isinstance(meeting, Meeting)
    assert meeting.ends == datetime.date(2026, 12, 11)
    one = made("end(gm-dtg-2026-12) + P1D")
    in_new_york, later = "2026-12-12T23:30:00-05:00", "2026-12-13T00:30:00-05:00"
    assert standing(one, ms(in_new_york)).status == "open"
    assert standing(one, ms(later)).status == "overdue"


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_is_over_is_never_late(status: ev.CommitmentStatus) -> None:
    assert standing(made("2026-12-31", status), ms("2027-06-01T00:00:00+00:00")).status == status


def test_without_a_date_nothing_is_late() -> None:
    found = standing(made(due_words="before the next session"), ms("2040-01-01T00:00:00+00:00"))
    assert (found.status, found.due, found.days) == ("open", None, None)


def test_late_ones_come_first_and_what_is_over_last() -> None:
    now = "2027-01-10T00:00:00+00:00"
    dues = {1: "2027-03-01", 2: "2026-12-20", 3: "", 4: "2026-12-10", 5: "2027-02-01"}
    listed = [shown(made(due, seq=seq), now) for seq, due in dues.items()]
    listed.append(shown(made("2026-11-01", "done", seq=6), now))
    assert [one.entry for one in board(listed)] == [4, 2, 5, 1, 3, 6]
    assert counts(listed) == {"overdue": 2, "open": 3, "accepted": 0, "in_progress": 0, "done": 1} | {
        "declined": 0,
        "dropped": 0,
    }


def test_filters_narrow_down_and_an_empty_one_takes_everything() -> None:
    now = "2026-12-02T00:00:00+00:00"
    one = shown(made(process="oewg-2", items=("norm-j", "cbm-8"), actor="state"), now)
    assert Filter().takes(one)
    assert Filter(item="cbm-8", process="oewg-2", actor="state", status="open", session="grid").takes(one)
    for other in (Filter(item="cbm-1"), Filter(process="igf"), Filter(actor="igo"), Filter(status="done")):
        assert not other.takes(one)


def test_the_history_is_never_lost() -> None:
    state = State()
    happened = [
        ev.CommitmentMade("Write to the Chair.", due="2026-12-31"),
        ev.CommitmentAmended(1, "The meeting moved.", "Write to the Chair in time.", due="2027-02-01"),
        ev.CommitmentProgressed(1, "in_progress", "A draft went round."),
        ev.CommitmentProgressed(1, "done", "Sent.", url="https://example.org/letter", on="2027-01-20"),
    ]
    for seq, event in enumerate(happened, 1):
        state.apply(seq, MADE_AT + seq, "p-host", event)
    found = tracked("grid", "Grid", False, state.commitments[1], ms("2027-03-01T00:00:00+00:00"))
    assert (found.what, found.due, found.status) == ("Write to the Chair in time.", "2027-02-01", "done")
    assert [change.kind for change in found.changes] == ["made", "amended", "in_progress", "done"]
    assert found.changes[1].note == "The meeting moved."
    assert found.changes[1].before == {"what": "Write to the Chair.", "due": "2026-12-31"}
    assert (found.changes[1].due_before, found.first_due_on, found.due_on) == ("2026-12-31", "2026-12-31", "2027-02-01")
    assert found.changes[3].url == "https://example.org/letter"


def test_what_others_should_do_is_a_call_until_they_accept_it() -> None:
    state = State()
    state.apply(1, MADE_AT, "p-host", ev.CommitmentMade("Meet.", who="States", due="2026-12-31"))
    state.apply(2, MADE_AT, "p-host", ev.CommitmentProgressed(1, "in_progress", "They met."))
    assert not tracked("grid", "Grid", False, state.commitments[1], MADE_AT).accepted
    state.apply(3, MADE_AT, "p-host", ev.CommitmentProgressed(1, "accepted", "Their letter.", symbol="A/80/257"))
    found = tracked("grid", "Grid", False, state.commitments[1], MADE_AT)
    assert (found.accepted, found.status) == (True, "accepted")
    assert standing(state.commitments[1], ms("2027-01-01T00:00:00+00:00")).status == "overdue"


def test_a_text_that_was_amended_and_erased_is_not_in_the_history() -> None:
    state = State()
    state.apply(1, MADE_AT, "p-host", ev.CommitmentMade("Ask Mr Example.", who="Mr Example (invented)"))
    state.apply(2, MADE_AT, "p-host", ev.CommitmentAmended(1, "Typo.", "Ask them.", who="The office"))
    state.apply(3, MADE_AT, "p-host", ev.TextErased(1, "0" * 64))
    assert "Example" not in repr(tracked("grid", "Grid", False, state.commitments[1], MADE_AT))


def test_an_erased_note_leaves_the_history_standing() -> None:
    state = State()
    state.apply(1, MADE_AT, "p-host", ev.CommitmentMade("Ask Mr Example.", who="Mr Example (invented)"))
    state.apply(2, MADE_AT, "p-host", ev.CommitmentProgressed(1, "dropped", "Mr Example moved away."))
    state.apply(3, MADE_AT, "p-host", ev.TextErased(2, "0" * 64))
    assert tracked("grid", "Grid", False, state.commitments[1], MADE_AT).changes[1].note == ""
    state.apply(4, MADE_AT, "p-host", ev.TextErased(1, "0" * 64))
    found = tracked("grid", "Grid", False, state.commitments[1], MADE_AT)
    assert (found.what, found.who, found.status, len(found.changes)) == ("", "", "dropped", 2)


def test_a_commitment_keeps_the_sentence_it_was_made_of() -> None:
    state = State()
    report = ev.ReportPublished((ev.Sentence("T."),), (ev.Sentence("First call."), ev.Sentence("Second call.")))
    state.apply(1, MADE_AT, "p-host", report)
    state.apply(2, MADE_AT, "p-host", ev.CommitmentMade("Do it.", report=1, call=2))
    assert state.commitments[2].source == "Second call."


def test_the_table_has_a_cell_for_each_column_and_json_fits_its_schema() -> None:
    listed = [shown(made("2026-12-31", items=("norm-j",)), "2026-12-02T00:00:00+00:00")]
    (row,) = rows(listed)
    assert len(row) == len(COLUMNS)
    assert dict(zip(COLUMNS, row, strict=True))["items"] == "norm-j"
    jsonschema_rs.validator_for(schema()).validate(json.loads(to_json(listed)))

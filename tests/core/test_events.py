"""The file format: every event ever stored can be read, has an effect, and folds.

`tests/samples/events.jsonl` holds one entry of each event of a whole session, for ever: lines are added, never changed
or taken away.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.failing import failing

from acquis import events as ev
from acquis.plan.document import Programme
from acquis.record.chain import values
from acquis.state import EFFECTS, State, TakenBack, fold

SAMPLES = Path(__file__).parents[1] / "samples" / "events.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in SAMPLES.read_text("utf-8").splitlines()]


def _named(row: dict[str, Any]) -> str:
    return f"{row['seq']}-{row['body']['event']}"


def _rows(rows: list[dict[str, Any]]) -> list[tuple[int, int, str, bytes]]:
    return [(row["seq"], row["at"], row["by"], json.dumps(row["body"]).encode()) for row in rows]


def test_every_event_has_a_sample_and_every_sample_is_an_event() -> None:
    assert {row["body"]["event"] for row in ROWS} == {event.__name__ for event in ev.ALL}


def test_every_event_has_an_effect() -> None:
    assert set(EFFECTS) == {*ev.ALL, TakenBack}, "an act that was taken back has the effect of being known as such"


def _is_read_and_written_as_it_was(row: dict[str, Any]) -> None:
    event = ev.from_body(json.dumps(row["body"]).encode())
    assert type(event).__name__ == row["body"]["event"]
    erased = {name for name in event.texts if row["body"].get(name) == ""}  # a text that was erased needs no field
    assert json.loads(ev.to_body(event)) == {name: of for name, of in row["body"].items() if name not in erased}


def test_a_sample_is_read_and_written_as_it_was() -> None:
    assert failing(_is_read_and_written_as_it_was, ROWS, _named) == []


def test_what_the_public_log_can_leave_out_has_a_default() -> None:
    """Every field of a part that can be missing has a default, and stands in one part only."""
    for event in ev.ALL:
        parts = ev.members(event)
        leaving = [name for part in parts for name in part]
        assert len(leaving) == len(set(leaving)), event
        assert {*event.texts, *event.identifies} <= set(leaving) or event.seals, event
        required = {field.name for field in msgspec.structs.fields(event) if field.required}
        assert not required.intersection(leaving), event


def _is_its_parts(row: dict[str, Any]) -> None:
    event = ev.from_body(json.dumps(row["body"]).encode())
    body, cuts = ev.to_parts(event)
    assert ev.from_body(body) == event
    first, *others = values(body, cuts, row["at"], row["by"])
    assert list(json.loads(first))[:3] == ["at", "by", "event"]
    names = [set(json.loads(value)) for value in others]
    kinds = [set(kind) for kind in ev.members(type(event))]
    assert [next(kind for kind in kinds if own <= kind) for own in names] == [
        k for k in kinds if any(own <= k for own in names)
    ]
    assert not any(names[n] & names[m] for n in range(len(names)) for m in range(n))


def test_the_parts_of_an_event_are_the_event() -> None:
    assert failing(_is_its_parts, ROWS, _named) == []


def _hides_people(row: dict[str, Any]) -> None:
    event = ev.from_body(json.dumps(row["body"]).encode())
    body, cuts = ev.to_parts(event, hides_author=True)
    assert ev.from_body(body) == event
    if event.seals:
        assert (body, cuts) == ev.to_parts(event)
        return
    first, author, *others = values(body, cuts, row["at"], row["by"])
    assert list(json.loads(first))[:2] == ["at", "event"]
    assert json.loads(author) == {"by": row["by"]}
    assert not {"by", *event.persons} & json.loads(first).keys()
    names = [set(json.loads(value)) for value in others]
    groups, secret, *_ = ev.members(type(event), hides_author=True) or ((), ())
    assert set(event.persons) <= set(secret)
    assert all(set(kind) in names for kind in (groups, secret) if kind)


def test_a_hidden_author_hides_people_and_who_stated_no_group() -> None:
    assert failing(_hides_people, ROWS, _named) == []


def test_fields_of_a_newer_version_are_ignored() -> None:
    for row in ROWS:
        newer = {**row["body"], "field_of_a_newer_version": [1, {"a": 2}]}
        assert ev.from_body(json.dumps(newer).encode()) == ev.from_body(json.dumps(row["body"]).encode())


def test_an_event_of_a_newer_version_is_an_error_and_not_skipped() -> None:
    with pytest.raises(msgspec.ValidationError):
        ev.from_body(b'{"event":"SomethingNew"}')


def test_no_event_has_a_float() -> None:
    """The same number can be written in several ways, and another program may read another one."""

    def kinds(of: Any) -> set[str]:
        inner = [getattr(field, "type", field) for field in getattr(of, "fields", ())]
        inner += [part for name in ("item_type", "key_type", "value_type", "type") if (part := getattr(of, name, None))]
        inner += [*getattr(of, "types", ()), *getattr(of, "item_types", ())]
        return {type(of).__name__}.union(*map(kinds, inner))

    # The document of a published programme is written from a `Programme`.
    looked_at: tuple[type[msgspec.Struct], ...] = (*ev.ALL, Programme)
    found = {kind.__name__: kinds(msgspec.inspect.type_info(kind)) for kind in looked_at}
    assert [name for name, inside in found.items() if "AnyType" in inside] == ["ProgrammePublished"]
    assert {"IntType", "StrType", "VarTupleType", "StructType"} <= set().union(*found.values()), "it looks inside"
    assert [name for name, inside in found.items() if inside & {"FloatType", "DecimalType"}] == []


def test_the_samples_fold_to_the_session_they_tell_of() -> None:
    state = fold(_rows(ROWS))
    assert state.phase == "closed"
    assert {seq: turn.fate for seq, turn in state.turns.items()} == {
        12: "not_responding",
        15: "ended",
        17: "ended",
        22: "ended",
        35: "ended",
    }
    assert {seq: question.fate for seq, question in state.questions.items()} == {
        23: "merged",
        24: "answered_in_writing",
        28: "held_back",
        30: "withdrawn",
        32: "answered_live",
    }
    assert {seq: statement.fate for seq, statement in state.statements.items()} == {
        40: "closed",
        41: "held_back",
        70: "withdrawn",
    }
    assert bytes(state.votes[40]) == b"\x01"
    assert [(report.version, report.seq) for report in state.reports] == [(1, 50), (2, 51)]
    assert state.erased == {37: "e8" * 32}


def test_folding_in_two_steps_is_folding_at_once() -> None:
    rows = _rows(ROWS)
    whole = fold(rows)
    for cut in range(len(rows)):
        if any(act <= cut < taken.seq for act, taken in whole.taken_back.items()):
            continue  # what is known of an act that will be taken back is not known yet
        assert fold(rows[cut:], fold(rows[:cut], State())) == whole


def test_what_an_event_says_of_its_texts_is_so() -> None:
    for event in ev.ALL:
        fields = {field.name: field.type for field in msgspec.structs.fields(event)}
        assert all(fields[text] is str for text in event.texts), event
        assert event.seen_by in (ev.EVERYONE, ev.ONCE_APPROVED, ev.UNLESS_HELD_BACK, ev.DESK)


def _has_no_text_left(row: dict[str, Any]) -> None:
    event = ev.from_body(json.dumps(row["body"]).encode())
    blank = ev.redacted(event)
    assert all(getattr(blank, text) == "" for text in event.texts)
    assert ev.redacted(blank) == blank
    assert {name for name in event.__struct_fields__ if getattr(blank, name) != getattr(event, name)} <= set(
        event.texts
    )


def test_a_redacted_event_has_no_text_left_and_is_else_the_same() -> None:
    assert (
        failing(
            _has_no_text_left, [row for row in ROWS if ev.from_body(json.dumps(row["body"]).encode()).texts], _named
        )
        == []
    )

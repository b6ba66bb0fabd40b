"""What a correction of the clock does to a state: durations stay, and times become those of the right clock."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.work import calls

from acquis import events as ev
from acquis.floor.audit import audit_events
from acquis.state import State, fold, rows
from acquis.state.snapshots import snapshot
from acquis.state.times import move_times, time_of

from .story import ANN, OPEN, SECOND, T0, hand
from .test_events import ROWS, _rows

DAY = 86_400 * SECOND
Row = tuple[int, int, str, ev.Event]


def state_of(rows: list[Row]) -> State:
    return fold((seq, at, by, ev.to_body(event)) for seq, at, by, event in rows)


def rows_of(*happened: tuple[int, Any]) -> list[Row]:
    """Rows of a session that is open from T0 on, with the stamps of what happened then."""
    opened = [(T0, event) for event in OPEN]
    rows = []
    for seq, (at, event) in enumerate([*opened, *happened], 1):
        by, event = event if isinstance(event, tuple) else ("p-host", event)
        rows.append((seq, at, by, event))
    return rows


AHEAD = 3 * DAY
TURN: list[tuple[int, Any]] = [
    (T0 + AHEAD + 10 * SECOND, hand(ANN)),
    (T0 + AHEAD + 20 * SECOND, ev.FloorGiven(4)),
]
"""The wall clock was put three days ahead after the opening."""
RIGHT = T0 + 25 * SECOND


def corrected() -> list[Row]:
    """The server was started again with the right clock, five seconds into the turn of Ann."""
    last = TURN[-1][0]
    return rows_of(
        *TURN,
        (last + 1, ("", ev.clock_corrected(RIGHT - last, RIGHT + 1))),
        (last + 7 * SECOND, ev.TurnEnded(5)),
    )


def test_a_turn_across_the_correction_has_its_length_on_the_monotonic_clock() -> None:
    state = state_of(corrected())
    assert state.turns[5].spent == 7 * SECOND
    assert state.counters["room"] == 20 * SECOND  # the least that is charged


def test_times_become_those_of_the_right_clock() -> None:
    state = state_of(corrected())
    assert state.at == RIGHT + 7 * SECOND
    assert state.opened_at == T0, "it was right"
    assert state.turns[5].at == RIGHT
    assert state.hands[4].at == RIGHT - 10 * SECOND
    stamps = {seq: at for seq, at, _, _ in corrected()}
    times = {seq: time_of(state.corrections, seq, at) for seq, at in stamps.items()}
    assert times == {1: T0, 2: T0, 3: T0, 4: RIGHT - 10 * SECOND, 5: RIGHT, 6: RIGHT + 1, 7: RIGHT + 7 * SECOND}


def test_the_audit_of_the_floor_is_the_same_with_a_wrong_clock() -> None:
    def told(rows: list[Row]) -> Any:
        result = audit_events(rows)
        return msgspec.structs.replace(result, entries=0), result.ok

    right = [row for row in corrected() if not isinstance(row[3], ev.ClockCorrected)]
    shifted = [(seq, at - AHEAD if at >= T0 + AHEAD else at, by, event) for seq, at, by, event in right]
    assert told(corrected()) == told(shifted)


def test_a_correction_forward_and_back_is_none() -> None:
    before = state_of(rows_of(*TURN))
    last, by = before.at, DAY
    after = state_of(
        rows_of(*TURN, (last, ("", ev.clock_corrected(by, T0))), (last, ("", ev.clock_corrected(-by, T0 + by))))
    )
    assert (after.at, after.ahead) == (before.at, 0)
    assert after.turns == before.turns
    assert after.opened_at == before.opened_at


def test_every_time_of_a_session_moves() -> None:
    """A whole session whose stamps are a day later is the same session a day later."""
    rows = [row for row in _rows(ROWS) if b"ClockCorrected" not in row[3]]
    moved = fold(rows)
    move_times(moved, DAY, 0)
    later = fold((seq, at + DAY, by, body) for seq, at, by, body in rows)
    assert msgspec.structs.asdict(moved) == msgspec.structs.asdict(later)


def test_a_correction_of_a_large_session_is_one_pass() -> None:
    state = State()
    for seq in range(1, 5001):
        state.apply(seq, T0 + seq, "p1", ev.QuestionAsked("Why?", 0))
    before = snapshot(state)
    assert calls(lambda: move_times(state, -DAY, T0 + 5000)) < 2000, "there is none for each question"
    assert state.questions[5000].at == T0 + 5000 - DAY
    assert [seq for seq, row in state.questions.items() if row is not before.questions[seq]] == [5000]


def test_the_rows_that_a_snapshot_shares_are_copied_in_steps_before_a_correction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rows, "AT_ONCE", 4)
    state = state_of(rows_of(*((T0 + n, ev.QuestionAsked(f"Who pays, {n}?", 0)) for n in range(10))))
    shown = snapshot(state)
    times, kept = [q.at for q in shown.questions.values()], {**state.questions}
    copied = [sum(state.questions[seq] is not row for seq, row in kept.items()) for _ in rows.separated(state)]
    assert copied == [4, 8, 10]
    own = {**state.questions}
    move_times(state, DAY, T0)
    assert all(state.questions[seq] is row for seq, row in own.items())
    assert [q.at for q in shown.questions.values()] == times
    assert [q.at for q in state.questions.values()] == [time + DAY for time in times]

"""A clock that was ahead once, or that somebody sets while the server runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.moved_clock import MovedClock

from acquis import events as ev
from acquis.command import ONSITE, ORGANIZER, PARTICIPANT, RAPPORTEUR, Actor
from acquis.floor import queue, segments
from acquis.floor.people import Join
from acquis.floor.statements import SeedStatement
from acquis.publication.verify import verify_entries
from acquis.web.http.clock import Clock
from acquis.web.http.timekeeping import follow_wall_clock

from .client import BOSS, AppClient, app_client

DAY_S = 86_400
ANN = Actor("p-ann", "v-ann", frozenset({PARTICIPANT}))


class SetClock(MovedClock):
    """A clock beside a wall clock that a test sets."""

    ahead_ms = 0

    def drift(self) -> int:
        return self.ahead_ms

    def correct(self, by: int) -> None:
        super().correct(by)
        self.ahead_ms -= by


@pytest.fixture
def app(tmp_path: Path) -> Iterator[AppClient]:
    with app_client(tmp_path) as app:
        app.house.clock = app.clock = SetClock()
        app.add("grid")
        app.do("grid", segments.OpenSession(), BOSS)
        app.do("grid", segments.StartSegment(1))
        app.do("grid", Join(lane="room"), ANN)
        yield app


def turn_of(app: AppClient, seconds: int) -> int:
    """The length of a turn for which so much time passed, in ms."""
    turn = app.do("grid", queue.GiveFloor(app.do("grid", queue.RaiseHand(), ANN)))
    app.clock.forward(seconds * 1000)
    app.do("grid", queue.EndTurn(turn))
    return app.state("grid").turns[turn].spent


def set_wall_clock(app: AppClient, seconds: int) -> None:
    assert isinstance(app.clock, SetClock)
    app.clock.ahead_ms += seconds * 1000
    assert app.client.portal is not None
    app.client.portal.call(follow_wall_clock, app.house)


def corrections(app: AppClient) -> list[int]:
    rows = [ev.from_body(entry.body) for entry in app.house.board.record.read("grid")]
    return [event.amount for event in rows if isinstance(event, ev.ClockCorrected)]


def near(value: int, seconds: int) -> bool:
    return abs(value - seconds * 1000) < 30_000


def test_after_a_run_with_a_clock_ahead_turns_have_their_length(app: AppClient) -> None:
    app.clock.forward(3 * DAY_S * 1000)
    assert near(turn_of(app, 60), 60)
    app.clock.forward(-3 * DAY_S * 1000)  # started again, with the right clock
    app.be(ONSITE, "grid")
    assert app.client.get("/s/grid/console").status_code == 200
    assert len(corrections(app)) == 1
    assert near(turn_of(app, 60), 60)
    app.client.get("/s/grid/console")
    assert len(corrections(app)) == 1
    stamps = [entry.at for entry in app.house.board.record.read("grid")]
    assert stamps == sorted(stamps)


@pytest.mark.parametrize("hours", [1, -1])
def test_the_log_of_a_session_whose_clock_is_set_and_that_is_started_again_is_verified(
    app: AppClient, hours: int
) -> None:
    """The clock is set while a turn runs, and the server is started again with a clock that differs by as much."""
    hand = app.do("grid", queue.RaiseHand(), ANN)
    turn = app.do("grid", queue.GiveFloor(hand))
    set_wall_clock(app, hours * 3600)
    app.do("grid", queue.EndTurn(turn))
    app.be(ONSITE, "grid")
    for back in (hours, -2 * hours):
        app.clock.forward(-back * 3_600_000)
        assert app.client.get("/s/grid/console").status_code == 200
        assert near(turn_of(app, 60), 60)
    app.do("grid", segments.CloseSession(), BOSS)
    verified = verify_entries(app.house.board.record.read("grid"))
    assert verified.ok, verified.reason


def test_the_deadline_of_the_report_is_that_of_the_right_clock(app: AppClient) -> None:
    app.clock.forward(3 * DAY_S * 1000)
    app.do("grid", segments.CloseSession(), BOSS)
    app.clock.forward(-3 * DAY_S * 1000)
    app.clock.forward(600_000)
    app.be(RAPPORTEUR, "grid")
    assert app.client.get("/s/grid/desk").status_code == 200
    state = app.state("grid")
    assert 0 <= app.house.clock.now() - state.closed_at < DAY_S * 1000


@pytest.mark.parametrize("seconds", [3 * DAY_S, -3 * DAY_S, 30, -30])
def test_a_clock_that_is_set_while_a_turn_runs_changes_no_length(
    app: AppClient, seconds: int, capsys: pytest.CaptureFixture[str]
) -> None:
    turn = app.do("grid", queue.GiveFloor(app.do("grid", queue.RaiseHand(), ANN)))
    app.clock.forward(20_000)
    before = app.house.clock.now()
    set_wall_clock(app, seconds)
    app.clock.forward(20_000)
    app.do("grid", queue.EndTurn(turn))
    assert near(app.state("grid").turns[turn].spent, 40)
    assert near(app.house.clock.now() - before, seconds + 20)
    assert abs(app.state("grid").at - app.house.clock.now()) < 30_000
    assert corrections(app) == [seconds * 1000]
    assert f"was set {'forward' if seconds > 0 else 'back'} by" in capsys.readouterr().err


def test_the_deadline_stays_where_it_was_when_the_clock_is_set(app: AppClient) -> None:
    app.do("grid", segments.CloseSession(), BOSS)
    app.clock.forward(600_000)
    left = app.house.clock.now() - app.state("grid").closed_at
    set_wall_clock(app, -3600)
    assert near(app.house.clock.now() - app.state("grid").closed_at - left, 0)


def test_small_differences_are_no_jump(app: AppClient) -> None:
    set_wall_clock(app, 1)
    assert corrections(app) == []


def test_a_session_of_earlier_days_is_not_corrected(app: AppClient) -> None:
    app.clock.forward(DAY_S * 1000)
    app.clock.began = app.clock.now()  # the server was started again
    set_wall_clock(app, 3600)
    assert corrections(app) == []
    assert app.do("grid", SeedStatement("Norms need a keeper."))


def test_the_organizer_is_told(app: AppClient) -> None:
    set_wall_clock(app, -7200)
    app.be(ORGANIZER)
    page = app.client.get("/s/grid/plan").text
    assert "The clock of the server was wrong by" in page


def test_the_clock_of_the_server_follows_no_setting_by_itself() -> None:
    class Wall(Clock):
        wall, passed = 10**18, 5 * 10**9

        def _wall(self) -> int:
            return self.wall

        def _passed(self) -> int:
            return self.passed

    clock = Wall()
    clock.passed += 10**9
    clock.wall += 61 * 10**9
    assert (clock.now(), clock.drift(), clock.began) == (10**12 + 1000, 60_000, 10**12)
    clock.correct(60_000)
    assert (clock.now(), clock.drift(), clock.began) == (10**12 + 61_000, 0, 10**12 + 60_000)

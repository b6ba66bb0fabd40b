"""What holds the event loop is measured by the kind of work, and a long page gives it back while it is rendered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.client import AppClient, app_client

from acquis.command import ONSITE
from acquis.session import Session
from acquis.web.http import rendering
from acquis.web.http.loop import NOTED_S, measure_steps, name_work
from acquis.web.http.metrics import LONG_STEP_S, Metrics


class StepClock:
    """A clock that moves only when work says so."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at

    async def work(self, *seconds: float) -> None:
        """Work in steps of these lengths."""
        for step in seconds:
            self.at += step
            await asyncio.sleep(0)


def test_the_steps_of_a_task_are_measured_each_by_itself_under_the_name_of_its_work() -> None:
    clock, noted = StepClock(), []

    async def named() -> None:
        name_work("console")
        await clock.work(0.5)

    async def run() -> None:
        measure_steps(lambda work, seconds: noted.append((work, round(seconds, 3))), clock)
        await asyncio.create_task(clock.work(0.02, NOTED_S / 2, 0.03))
        await asyncio.create_task(named())

    asyncio.run(run())
    assert noted == [("StepClock.work", 0.02), ("StepClock.work", 0.03), ("console", 0.5)]


def test_a_measured_task_can_fail_and_be_cancelled_as_any_other() -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise ValueError("wrong")

    async def run() -> None:
        measure_steps(lambda work, seconds: None)
        with pytest.raises(ValueError, match="wrong"):
            await asyncio.create_task(fail())
        waiting = asyncio.create_task(asyncio.Event().wait())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await asyncio.create_task(asyncio.sleep(0, "value")) == "value"

    asyncio.run(run())


def test_the_longest_step_of_each_work_is_a_figure_and_long_ones_are_counted() -> None:
    metrics = Metrics()
    for seconds in (LONG_STEP_S * 2, LONG_STEP_S / 2, LONG_STEP_S * 3):
        metrics.step("desk", seconds)
    metrics.step("floor", LONG_STEP_S / 2)
    text = metrics.text().decode()
    assert 'acquis_loop_longest_step_seconds{work="desk"} 0.15' in text
    assert 'acquis_loop_longest_step_seconds{work="floor"} 0.025' in text
    assert 'acquis_loop_long_steps_total{work="desk"} 2.0' in text
    assert 'acquis_loop_long_steps_total{work="floor"}' not in text


# --- pages in slices --------------------------------------------------------------------------------------------------


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppClient]:
    """An application that renders every piece of a page in a slice of its own."""
    monkeypatch.setattr(rendering, "SLICE_S", -1.0)
    with app_client(tmp_path) as app:
        app.hold("grid", close=False)
        yield app


def replaced(session: Session) -> None:
    """What happens when an act was taken back: another state takes the place of the present one."""
    session._state = session._from_log()


def test_a_page_is_rendered_while_other_work_goes_on(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[int] = []
    settled = Session.settled

    async def counted(session: Session) -> Any:
        pauses.append(1)
        return await settled(session)

    monkeypatch.setattr(Session, "settled", counted)
    app.be(ONSITE, "grid")
    answer = app.client.get("/s/grid/console")
    assert answer.status_code == 200
    assert answer.text.rstrip().endswith("</html>")
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert len(pauses) > 20


def test_a_page_is_begun_again_if_the_state_was_replaced_while_it_was_rendered(
    app: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    began: list[int] = []
    settled = Session.settled

    async def once(session: Session) -> Any:
        began.append(1)
        if len(began) == 5:
            replaced(session)
        return await settled(session)

    monkeypatch.setattr(Session, "settled", once)
    app.be(ONSITE, "grid")
    answer = app.client.get("/s/grid/console")
    assert answer.status_code == 200
    assert answer.text.count("</html>") == 1
    assert "Norms need a keeper." in answer.text
    assert len(began) == 6  # the second time it is rendered at once

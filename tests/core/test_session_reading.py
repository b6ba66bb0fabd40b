"""A state that may not be that of the log decides nothing and is not shown."""

from __future__ import annotations

from typing import Any

import pytest

from acquis import events as ev
from acquis.floor.queue import RaiseHand
from acquis.record import Draft, RecordBroken
from acquis.session import Session

from .story import ANN, T0
from .test_session import LOG, House, played


def test_a_log_of_which_only_a_part_can_be_read_is_no_state(monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(house: House) -> None:
        whole = list(house.keeper.scan(LOG))
        with monkeypatch.context() as patch:
            patch.setattr(house.keeper, "scan", lambda log: iter(whole[:2]))
            with pytest.raises(RecordBroken, match="has 3 entries, and only 2"):
                await Session.open(house.keeper, LOG)

    played(play)


def test_a_read_error_that_passes_is_answered_once_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def play(house: House) -> None:
        def unreadable(*_: Any) -> Any:
            raise RecordBroken("I/O error")

        with monkeypatch.context() as patch:
            patch.setattr(house.keeper, "known", unreadable)
            with pytest.raises(RecordBroken):
                await house.do(RaiseHand(), ANN)
        assert not house.keeper.broken.is_set()
        assert await house.do(RaiseHand(), ANN, "again") is not None

    played(play)


def test_a_state_that_parted_from_its_log_decides_nothing_more() -> None:
    async def play(house: House) -> None:
        await house.keeper.append(LOG, [Draft(ev.to_body(ev.ListClosed()), "p-host", T0, "past the session")])
        with pytest.raises(RecordBroken, match="has 4 entries, its state has 3"):
            await house.do(RaiseHand(), ANN)
        assert house.keeper.broken.is_set()
        assert "has 4 entries" in house.keeper.why_ended
        with pytest.raises(RecordBroken):
            await house.session.settled()
        house.session = await Session.open(house.keeper, LOG)

    played(play)

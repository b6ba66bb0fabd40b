"""People who join at the same time wait for one sync of the disk, beside the event loop, and for one that began after
they wrote."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import apsw
import pytest

from acquis.command import PARTICIPANT
from acquis.roster import Pass, Roster, group_sync


def given(number: int) -> Pass:
    return Pass("grid", frozenset({PARTICIPANT}), f"p-{number}", f"v-{number}")


def test_everybody_waits_for_a_sync_that_began_after_the_own_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = Roster(tmp_path / "roster.db")
    began, go_on = threading.Semaphore(0), threading.Semaphore(0)
    syncs: list[int] = []
    real = group_sync.synced

    def slow(path: str) -> None:
        syncs.append(sum(1 for _ in Roster(tmp_path / "roster.db").passes("grid")))
        began.release()
        assert go_on.acquire(timeout=60)
        real(path)

    monkeypatch.setattr(group_sync, "synced", slow)

    async def join(number: int) -> int:
        with roster.written_soon():
            roster.issue(f"secret-of-somebody-{number:04d}", given(number))
        await roster.synced()
        return len(syncs)

    async def run() -> list[int]:
        first = asyncio.create_task(join(0))
        assert await asyncio.to_thread(began.acquire, timeout=60)
        others = [asyncio.create_task(join(number)) for number in range(1, 20)]
        await asyncio.sleep(0)
        assert not first.done()
        for _ in range(2):
            go_on.release()
        return [await first, *[await other for other in others]]

    answered = asyncio.run(run())
    assert answered[0] >= 1
    assert set(answered[1:]) == {2}
    assert syncs == [1, 20]
    roster.close()


def test_a_sync_that_fails_is_told_to_all_who_waited_for_it_and_the_next_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = Roster(tmp_path / "roster.db")
    outcomes = [OSError(5, "Input/output error"), None]

    def failing(path: str) -> None:
        if (error := outcomes.pop(0)) is not None:
            raise error

    monkeypatch.setattr(group_sync, "synced", failing)

    async def run() -> list[object]:
        both = await asyncio.gather(roster.synced(), roster.synced(), return_exceptions=True)
        await roster.synced()
        return [*both]

    assert [type(error) for error in asyncio.run(run())] == [apsw.IOError, apsw.IOError]
    assert outcomes == []
    roster.close()


def test_what_waits_for_the_disk_again_does_so_afterwards(tmp_path: Path) -> None:
    roster = Roster(tmp_path / "roster.db")
    before = roster._db.pragma("synchronous")
    with pytest.raises(ValueError, match="wrong"), roster.written_soon():
        raise ValueError("wrong")
    assert roster._db.pragma("synchronous") == before
    roster.close()

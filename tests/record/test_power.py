"""Power cuts: what was answered is in the file, whatever the disk made of the rest.

Each cut happens at a random write or sync. The controls weaken one thing and must lose entries: otherwise the test
could not see a loss.
"""

import asyncio
import random
from pathlib import Path
from typing import Any

import apsw
import pytest
from tests.effort import times

from acquis.record import Entry, RecordBroken, sqlite, writer
from acquis.record.sqlite import SqliteRecord

from .keepers import draft
from .power import Disk

CUTS = times(360)
CONTROL_CUTS = times(120)


def _append_until_the_cut(folder: Path, chance: random.Random, honest: bool) -> tuple[list[Entry], Path]:
    """What was answered, and the folder with what the disk holds."""
    image = folder / "image"
    image.mkdir()
    name = f"disk-{folder.name}"
    disk = Disk(name, honest=honest)
    left = chance.randrange(1, 400)

    def fault(operation: str, file: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            disk.cut(image, chance)
        if left <= 0:
            raise apsw.IOError

    async def use() -> list[Entry]:
        record = SqliteRecord(folder / "record.db", vfs=name)
        disk.fault = fault
        answered: list[Entry] = []
        while not record.broken.is_set():
            crowd = chance.choice([1, 1, 1, 5, 40])
            asked = [record.append("a", [draft(f"{left}-{i}")]) for i in range(crowd)]
            answers = await asyncio.gather(*asked, return_exceptions=True)
            assert all(isinstance(answer, list | RecordBroken) for answer in answers)
            answered += [entry for answer in answers if isinstance(answer, list) for entry in answer]
        disk.fault = lambda operation, file: None
        await record.close()
        return answered

    answered = asyncio.run(use())
    apsw.unregister_vfs(name)
    return answered, image


def _lost(answered: list[Entry], image: Path) -> bool:
    """Whether any answered entry is not where it was, when another machine opens what the disk holds."""
    try:
        record = SqliteRecord(image / "record.db")
    except RecordBroken:
        return True
    try:
        sound = record.verify("a").ok and not record.broken.is_set()
        return not sound or list(record.read("a"))[: len(answered)] != answered
    except RecordBroken:
        return True
    finally:
        asyncio.run(record.close())


def _count_losses(folder: Path, cuts: int, *, honest: bool = True) -> tuple[int, int]:
    """(cuts that lost anything, entries answered in all)"""
    losses = total = 0
    for number in range(cuts):
        place = folder / f"{folder.name}-{number}"
        place.mkdir()
        answered, image = _append_until_the_cut(place, random.Random(number), honest)
        losses += _lost(answered, image)
        total += len(answered)
    return losses, total


@pytest.fixture(autouse=True)
def _frequent_checkpoints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_FRAMES_BEFORE_CHECKPOINT", 40)


@pytest.mark.slow
def test_no_power_cut_loses_an_answered_entry(tmp_path: Path) -> None:
    losses, answered = _count_losses(tmp_path, CUTS)
    assert losses == 0
    assert answered > 10 * CUTS


@pytest.mark.slow
@pytest.mark.parametrize("weak", ["normal", "off"])
def test_control_without_a_sync_at_each_commit_entries_are_lost(
    weak: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragmas: Any = tuple(p.replace("synchronous = full", f"synchronous = {weak}") for p in sqlite._WRITING)
    monkeypatch.setattr(sqlite, "_WRITING", pragmas)
    assert _count_losses(tmp_path, CONTROL_CUTS)[0] > CONTROL_CUTS // 10


@pytest.mark.slow
def test_control_on_a_disk_that_lies_about_syncing_entries_are_lost(tmp_path: Path) -> None:
    assert _count_losses(tmp_path, CONTROL_CUTS, honest=False)[0] > CONTROL_CUTS // 10

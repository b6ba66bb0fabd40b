"""What the roster acknowledged survives the loss of power; what it only marks may be older, and never newer."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from tests.effort import times
from tests.record.power import Disk

from acquis import roster
from acquis.roster import Pass, Roster, SessionRow

PASSES = 12


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    name = f"roster-{tmp_path.name}"
    yield Disk(name)
    apsw.unregister_vfs(name)


def on(disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Roster:
    """A roster on a disk whose power can be cut; it has no shared memory, so one process has it alone."""
    with monkeypatch.context() as patch:
        patch.setattr(apsw, "Connection", functools.partial(apsw.Connection, vfs=f"roster-{tmp_path.name}"))
        patch.setattr(roster, "_PRAGMAS", ("locking_mode = exclusive", *roster._PRAGMAS))
        return Roster(tmp_path / "roster.db")


@pytest.mark.parametrize("seed", range(times(30)))
def test_after_a_power_cut_every_pass_that_was_issued_is_there(
    disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    chance = random.Random(seed)
    written = on(disk, tmp_path, monkeypatch)
    written.add_session(SessionRow("grid", "4711", 5, "title: A grid"))
    issued = [f"secret-of-somebody-{number:04d}" for number in range(chance.randrange(PASSES))]
    for number, secret in enumerate(issued):
        written.issue(secret, Pass("grid", frozenset({"participant"}), f"p-{number}", f"v-{number}", name="Ann"))
        if chance.random() < 0.5:
            written.mark("grid", number + 1, bytes([number]) * 32)
    after = tmp_path / "after"
    after.mkdir()
    disk.cut(after, chance)
    left = Roster(after / "roster.db")
    assert left.ids() == ["grid"]
    assert [given.person for secret in issued if (given := left.holder(secret))] == [
        f"p-{n}" for n in range(len(issued))
    ]
    assert all(seq <= len(issued) for seq, _ in left.marks().values())
    left.close()
    written.close()

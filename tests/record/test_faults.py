"""A full disk passes; an I/O error is the end of writing."""

import asyncio
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from acquis.record import Entry, RecordBroken, RecordFull, writer
from acquis.record.sqlite import SqliteRecord

from .keepers import draft
from .power import Disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    yield Disk(f"disk-{tmp_path.name}")
    apsw.unregister_vfs(f"disk-{tmp_path.name}")


def _raise(error: Callable[[], Exception], operation: str, file: str = "") -> Callable[[str, str], None]:
    def fault(happening: str, name: str) -> None:
        if happening == operation and name.endswith(file):
            raise error()

    return fault


def _nothing(operation: str, file: str) -> None:
    pass


def test_a_full_disk_refuses_reads_on_and_resumes(tmp_path: Path, disk: Disk) -> None:
    async def use() -> None:
        record = SqliteRecord(tmp_path / "record.db", vfs=f"disk-{tmp_path.name}")
        kept = await record.append("a", [draft("k1")])
        disk.fault = _raise(apsw.FullError, "write")
        asked = [record.append("a", [draft(f"full{i}")]) for i in range(20)]
        assert {type(answer) for answer in await asyncio.gather(*asked, return_exceptions=True)} == {RecordFull}
        assert list(record.read("a")) == kept
        assert record.known("a", [("p1", "full1")]) == {}
        assert not record.broken.is_set()
        disk.fault = _nothing
        assert [entry.seq for entry in await record.append("a", [draft("full1"), draft("k1")])] == [2, 1]
        assert record.verify("a").entries == 2
        await record.close()

    asyncio.run(use())


def test_whether_the_record_can_be_written_is_tried(tmp_path: Path, disk: Disk) -> None:
    async def use() -> None:
        record = SqliteRecord(tmp_path / "record.db", vfs=f"disk-{tmp_path.name}")
        kept = await record.append("a", [draft("k1")])
        await record.require_writable()
        disk.fault = _raise(apsw.FullError, "write")
        with pytest.raises(RecordFull):
            await record.require_writable()
        disk.fault = _nothing
        await record.require_writable()
        assert list(record.read("a")) == kept
        disk.fault = _raise(apsw.IOError, "write")
        with pytest.raises(RecordBroken):
            await record.require_writable()
        assert record.broken.is_set()
        with pytest.raises(RecordBroken):
            await record.require_writable()
        await record.close()

    asyncio.run(use())


def test_a_read_error_is_an_error_and_never_an_empty_log(tmp_path: Path, disk: Disk) -> None:
    async def use() -> None:
        record = SqliteRecord(tmp_path / "record.db", vfs=f"disk-{tmp_path.name}")
        kept = await record.append("a", [draft(f"k{i}") for i in range(300)])
        await record.close()
        record = SqliteRecord(tmp_path / "record.db", vfs=f"disk-{tmp_path.name}")
        record.logs()  # the scheme is read
        disk.fault = _raise(apsw.IOError, "read")
        for read in (lambda: list(record.read("a")), lambda: list(record.scan("a")), lambda: record.links("a", 200)):
            with pytest.raises(RecordBroken, match=r"record\.db cannot be read"):
                read()
        disk.fault = _nothing
        assert list(record.read("a")) == kept
        await record.close()

    asyncio.run(use())


@pytest.mark.parametrize(("operation", "file"), [("write", "-wal"), ("sync", "-wal")])
def test_after_an_io_error_nothing_more_is_written(tmp_path: Path, disk: Disk, operation: str, file: str) -> None:
    async def use() -> list[Entry]:
        record = SqliteRecord(tmp_path / "record.db", vfs=f"disk-{tmp_path.name}")
        kept = await record.append("a", [draft("k1")])
        disk.fault = _raise(apsw.IOError, operation, file)
        asked = [record.append("a", [draft(f"lost{i}")]) for i in range(20)]
        assert {type(answer) for answer in await asyncio.gather(*asked, return_exceptions=True)} == {RecordBroken}
        await asyncio.wait_for(record.broken.wait(), 10)
        disk.fault = _nothing
        with pytest.raises(RecordBroken):
            await record.append("a", [draft("k2")])
        with pytest.raises(RecordBroken):
            await record.erase("a", 1, {"text"})
        assert list(record.read("a")) == kept
        await record.close()
        return kept

    kept = asyncio.run(use())

    async def again() -> None:
        record = SqliteRecord(tmp_path / "record.db")
        assert list(record.read("a"))[:1] == kept
        retried = await record.append("a", [draft(f"lost{i}") for i in range(20)])
        assert sorted(entry.seq for entry in retried) == list(range(2, 22))
        assert record.verify("a").ok
        await record.close()

    asyncio.run(again())


def test_a_failing_checkpoint_is_an_io_error_too(tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_FRAMES_BEFORE_CHECKPOINT", 1)

    async def use() -> None:
        record = SqliteRecord(tmp_path / "record.db", vfs=f"disk-{tmp_path.name}")
        disk.fault = _raise(apsw.IOError, "sync", ".db")
        kept = await record.append("a", [draft("k1")])  # durable before the checkpoint
        await asyncio.wait_for(record.broken.wait(), 10)
        with pytest.raises(RecordBroken):
            await record.append("a", [draft("k2")])
        assert list(record.read("a")) == kept
        await record.close()
        after = SqliteRecord(tmp_path / "record.db", read_only=True)
        assert list(after.read("a")) == kept
        await after.close()

    asyncio.run(use())


def test_a_checkpoint_without_room_waits(tmp_path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_FRAMES_BEFORE_CHECKPOINT", 1)

    async def use() -> None:
        record = SqliteRecord(tmp_path / "record.db", vfs=f"disk-{tmp_path.name}")
        disk.fault = _raise(apsw.FullError, "write", ".db")
        for i in range(5):
            await record.append("a", [draft(f"k{i}")])
        disk.fault = _nothing
        await record.append("a", [draft("k5")])
        assert record.verify("a").entries == 6
        await record.close()

    asyncio.run(use())


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 512 KiB."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)]
    if os.getuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small file system needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_on_a_really_full_file_system(small: Path) -> None:
    async def use() -> None:
        record = SqliteRecord(small / "record.db")
        answered: list[Entry] = []
        refused = 0
        for turn in range(400):
            asked = [record.append("a", [draft(f"k{turn}-{i}")]) for i in range(1 + turn % 30)]
            for answer in await asyncio.gather(*asked, return_exceptions=True):
                if isinstance(answer, list):
                    answered += answer
                else:
                    assert isinstance(answer, RecordFull), answer
                    refused += 1
        assert refused > 100
        assert list(record.read("a")) == answered
        subprocess.run(["mount", "-o", "remount,size=16m", str(small)], check=True)
        answered += await record.append("a", [draft("room")])
        assert record.verify("a").entries == len(answered)
        await record.close()
        after = SqliteRecord(small / "record.db")
        assert list(after.read("a")) == answered
        await after.close()

    asyncio.run(use())

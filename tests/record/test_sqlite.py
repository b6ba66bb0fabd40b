"""What is particular to the SQLite keeper: its file, its lock, its version of SQLite, what erasing leaves."""

import asyncio
import random
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from acquis.record import LogUnreadable, RecordBroken
from acquis.record.sqlite import SqliteRecord, require_sqlite

from .keepers import draft


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "3.7.0"])
def test_a_sqlite_with_the_wal_reset_bug_is_refused(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: version)
    with pytest.raises(RecordBroken, match=rf"{version}.*3\.51\.3 or newer"):
        SqliteRecord(tmp_path / "record.db")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("version", ["3.51.3", "3.52.0", "4.0.0"])
def test_a_newer_sqlite_is_accepted(version: str) -> None:
    require_sqlite(version)


OPEN = "import sys; from acquis.record.sqlite import SqliteRecord; SqliteRecord(sys.argv[1])"


def test_a_second_process_cannot_write_but_can_read(tmp_path: Path) -> None:
    path = tmp_path / "record.db"

    async def use() -> None:
        record = SqliteRecord(path)
        await record.append("a", [draft("k1")])
        second = subprocess.run([sys.executable, "-c", OPEN, path], capture_output=True, text=True, check=False)
        assert second.returncode == 1
        said = second.stderr.splitlines()[-1]
        assert "RecordInUse" in said
        assert "record.db.lock" in said
        reader = SqliteRecord(path, read_only=True)
        assert reader.verify("a").entries == 1
        await record.append("a", [draft("k2")])
        assert [entry.key for entry in reader.read("a")] == ["k1", "k2"]
        with pytest.raises(RecordBroken, match="reading only"):
            await reader.append("a", [draft("k3")])
        await reader.close()
        await record.close()
        await SqliteRecord(path).close()

    asyncio.run(use())


def test_entries_numbers_and_keys_outlive_the_process(tmp_path: Path) -> None:
    async def use(keys: range) -> None:
        record = SqliteRecord(tmp_path / "record.db")
        await record.append("a", [draft(f"k{i}") for i in keys])
        assert [entry.key for entry in record.read("a")] == [f"k{i}" for i in range(keys.stop)]
        assert record.verify("a").entries == record.head("a")[0] == keys.stop
        await record.close()

    asyncio.run(use(range(5)))
    asyncio.run(use(range(3, 9)))


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"no database at all, but a text long enough to look at" * 50)
    other = apsw.Connection(str(tmp_path / "other"))
    other.execute("CREATE TABLE t (x)")
    other.close()
    newer = tmp_path / "newer"
    asyncio.run(SqliteRecord(newer).close())
    connection = apsw.Connection(str(newer))
    connection.pragma("user_version", 3)
    connection.close()
    for name, why in (("text", "cannot be opened"), ("other", "is not a record"), ("newer", "has format 3")):
        with pytest.raises(RecordBroken, match=why):
            SqliteRecord(tmp_path / name)


def test_a_file_with_a_damaged_end_is_read_but_not_written(tmp_path: Path) -> None:
    path = tmp_path / "record.db"

    async def use() -> None:
        record = SqliteRecord(path)
        await record.append("a", [draft(f"k{i}") for i in range(5)])
        await record.close()
        connection = apsw.Connection(str(path))
        connection.execute("UPDATE entries SET body = ? WHERE seq = 5", (b'{"event":"Said","text":"k9"}',))
        connection.close()
        damaged = SqliteRecord(path)
        with pytest.raises(LogUnreadable, match="log a, entry 5: link differs"):
            await damaged.append("a", [draft("k6")])
        with pytest.raises(LogUnreadable, match="log a, entry 5: link differs"):
            await damaged.erase("a", 1, {"text"})
        assert [entry.seq for entry in await damaged.append("b", [draft("k6")])] == [1]
        assert not damaged.broken.is_set()
        assert damaged.verify("a").first_bad == 5
        await damaged.close()

    asyncio.run(use())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_erased_bytes_are_in_no_file(tmp_path: Path, seed: int) -> None:
    """Texts of many lengths in several logs, so that pages are split and cells move before they are erased."""
    chance = random.Random(seed)

    async def use() -> None:
        record = SqliteRecord(tmp_path / "record.db")
        texts: list[tuple[str, int, bytes]] = []
        for number in range(400):
            log = f"log{chance.randrange(4)}"
            secret = b"secret-%05d-" % number
            text = (secret * chance.choice([1, 3, 20, 60, 700])).decode()
            entry = (await record.append(log, [draft(f"k{number}", text=text)]))[0]
            texts.append((log, entry.seq, secret))
        erased, kept = texts[::3], texts[1::3] + texts[2::3]
        for log, seq, _ in erased:
            await record.erase(log, seq, {"text"})
        files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert [secret for _, _, secret in erased if secret in files] == []
        assert all(secret in files for _, _, secret in kept)
        assert sum(record.verify(log).incomplete for log in record.logs()) == len(erased)
        await record.close()
        files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert [secret for _, _, secret in erased if secret in files] == []

    asyncio.run(use())

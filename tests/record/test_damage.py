"""Whatever changes in the file, `verify` finds it and names the first bad entry."""

import asyncio
import random
import shutil
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.record import LogUnreadable, RecordBroken
from acquis.record.sqlite import SqliteRecord

from .damage import GOLDEN, LOGS, change, check, contents, divided, flip, make

ENTRIES = 40
OLD = "format 1"


def _upgrade(path: Path) -> None:
    shutil.copy(GOLDEN / "format1" / "record.db", path)
    asyncio.run(SqliteRecord(path).close())


@pytest.fixture(scope="module", params=[OLD, "format 2"])
def any_format(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A format, and a record with logs in it; the third entry of each log is erased."""
    path = tmp_path_factory.mktemp("intact") / "record.db"
    _upgrade(path) if request.param == OLD else make(path, ENTRIES)
    return request.param, path


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("intact") / "record.db"
    make(path, ENTRIES)
    return path


INSTEAD_OF_NOTHING = {
    "salt": st.binary(min_size=16, max_size=16),
    "lost": st.sampled_from([0, 32, 33, 66]).flatmap(lambda size: st.binary(min_size=size, max_size=size)),
    "cuts": st.sampled_from([0, 3, 4, 8]).flatmap(lambda size: st.binary(min_size=size, max_size=size))
    | st.integers(1, 60).map(lambda cut: cut.to_bytes(4)),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=times(300))
@given(st.data())
def test_any_changed_byte_of_a_row_is_found(any_format: tuple[str, Path], tmp_path: Path, data: st.DataObject) -> None:
    format, intact = any_format
    path = tmp_path / "record.db"
    shutil.copy(intact, path)
    log, seq = data.draw(st.sampled_from(LOGS)), data.draw(st.integers(1, 11 if format == OLD else ENTRIES))
    column = data.draw(st.sampled_from(["seq", "at", "by", "salt", "lost", "cuts", "body", "link"]))
    if format == OLD and seq == 3 and column == "body":
        return  # what is left of an erased text of format 1 is not covered
    connection = apsw.Connection(str(path))
    query = f"SELECT {column} FROM entries WHERE log = ? AND seq = ?"
    old: Any = connection.execute(query, (LOGS.index(log) + 1, seq)).fetchall()[0][0]
    connection.close()
    if isinstance(old, int):
        new: Any = old ^ 1 << data.draw(st.integers(0, 62))
    elif old is None:
        new = data.draw(INSTEAD_OF_NOTHING[column])
    else:
        raw = bytearray(old.encode() if isinstance(old, str) else old)
        how = data.draw(st.sampled_from(["change", "append", "cut"])) if raw else "append"
        if how == "change":
            raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 127))
        elif how == "append":
            raw.append(data.draw(st.integers(0, 127)))
        else:
            raw.pop()
        new = raw.decode() if isinstance(old, str) else bytes(raw)
    try:
        change(path, log, seq, column, new)
    except apsw.ConstraintError:
        return  # a number that another entry has
    verdict = check(path, log)
    assert verdict is not None
    assert verdict.first_bad == (1 if column == "seq" and new == 0 else seq)


# Number modulo 4 is that of the parts besides the first; the numbers in a draft begin with 0.
@pytest.mark.parametrize(("column", "seq"), [("salt", 3), ("salt", 5), ("salt", 7), ("lost", 3), ("cuts", 7)])
def test_a_column_taken_away_is_found(intact: Path, tmp_path: Path, column: str, seq: int) -> None:
    path = Path(shutil.copy(intact, tmp_path))
    change(path, "a", seq, column, None)
    verdict = check(path, "a")
    assert verdict is not None
    assert verdict.first_bad == seq


@pytest.mark.parametrize(("column", "seq"), [("salt", 7), ("lost", 3)])
def test_a_salt_or_digest_of_format_1_taken_away_is_found(tmp_path: Path, column: str, seq: int) -> None:
    path = tmp_path / "record.db"
    _upgrade(path)
    change(path, "a", seq, column, None)
    verdict = check(path, "a")
    assert verdict is not None
    assert verdict.first_bad == seq


def test_a_text_put_in_the_place_of_an_erased_part_is_found(intact: Path, tmp_path: Path) -> None:
    """With or without a salt for it, and also with a division that makes it a part of its own."""
    connection = apsw.Connection(str(intact))
    query = "SELECT body, salt, lost, cuts FROM entries WHERE log = 1 AND seq = 3"
    rows: list[Any] = connection.execute(query).fetchall()
    body, salt, lost, cuts = rows[0]
    connection.close()
    assert (len(salt), len(lost), len(cuts)) == (32, 33, 4)
    forged = body[:-1] + b',"text":"forged"}'
    more = cuts + (len(body) - 1).to_bytes(4)
    doubled = b"\x02" + lost[1:]
    changes: list[dict[str, bytes | None]] = [
        {"body": forged},
        {"body": forged, "cuts": more},
        {"body": forged, "cuts": more, "salt": salt + bytes(16)},
        {"body": forged, "cuts": more, "salt": salt + bytes(16), "lost": None},
        {"salt": salt + bytes(16)},
        {"lost": lost + doubled},
        {"lost": lost + lost},
        {"lost": b"\x00" + lost[1:]},
        {"lost": b"\x02" + lost[1:]},
        {"lost": b"\x03" + lost[1:]},
    ]
    for changed in changes:
        path = Path(shutil.copy(intact, tmp_path))
        for column, value in changed.items():
            change(path, "a", 3, column, value)
        verdict = check(path, "a")
        assert verdict is not None
        assert verdict.first_bad == 3, changed


@pytest.mark.parametrize("format", [-1, 0, 1, 3])
def test_another_format_of_a_log_is_found(intact: Path, tmp_path: Path, format: int) -> None:
    path = Path(shutil.copy(intact, tmp_path))
    connection = apsw.Connection(str(path))
    connection.execute("UPDATE logs SET format = ? WHERE name = 'a'", (format,))
    connection.close()
    verdict = check(path, "a")
    assert verdict is not None
    assert verdict.first_bad == 1
    assert check(path, "b") == check(intact, "b")

    async def use() -> None:
        writing = SqliteRecord(path)
        with pytest.raises(LogUnreadable) as refused:
            await writing.append("a", [divided(0, "more")])
        assert refused.value.newer == (format not in (1, 2))
        assert (await writing.append("b", [divided(0, "more")]))[0].seq == len(list(writing.read("b")))
        assert (await writing.append("c", [divided(0, "new")]))[0].seq == 1
        assert writing.verify("c").ok
        await writing.close()

    asyncio.run(use())


def test_a_row_taken_away_or_doubled_is_found(intact: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(intact, tmp_path))
    change(path, "a", 9, "log", 2**40)
    verdict = check(path, "a")
    assert verdict is not None
    assert (verdict.entries, verdict.first_bad) == (8, 9)
    assert check(path, "b") == check(intact, "b")


def _flips(intact: Path, folder: Path, count: int) -> tuple[int, int]:
    """Flip one bit at a time; every flip that changes anything covered must be found. Gives (changing, harmless)."""
    chance, truth = random.Random(7), contents(intact)
    changing = harmless = 0
    path = folder / "flipped.db"
    for _ in range(count):
        flip(intact, path, chance)
        verdicts = {log: check(path, log) for log in LOGS}
        found = {log for log, verdict in verdicts.items() if verdict is None or not verdict.ok}
        try:
            held = contents(path)
        except RecordBroken:
            assert found
            changing += 1
            continue
        if set(held) != set(LOGS):  # the name of a log was hit: the entries are there, under another name
            continue
        for log in LOGS:
            assert (held[log] == truth[log]) or log in found, (log, verdicts)
            verdict = verdicts[log]
            if held[log] != truth[log] and verdict is not None:
                first = next(i for i in range(ENTRIES) if held[log][i : i + 1] != truth[log][i : i + 1]) + 1
                assert verdict.first_bad == first
        changing += held != truth
        harmless += held == truth
    return changing, harmless


@pytest.mark.slow
def test_bit_flips_are_found(intact: Path, tmp_path: Path) -> None:
    flips = times(2000)
    changing, harmless = _flips(intact, tmp_path, flips)
    assert changing > 0.15 * flips
    assert harmless > 0

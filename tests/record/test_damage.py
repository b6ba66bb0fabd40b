"""Whatever changes in the file, `verify` finds it and names the first bad entry."""

import random
import shutil
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.record import RecordBroken

from .damage import LOGS, change, check, contents, flip, make

ENTRIES = 40


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("intact") / "record.db"
    make(path, ENTRIES)
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_of_a_row_is_found(intact: Path, tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "record.db"
    shutil.copy(intact, path)
    log, seq = data.draw(st.sampled_from(LOGS)), data.draw(st.integers(1, ENTRIES))
    column = data.draw(st.sampled_from(["seq", "at", "by", "salt", "digest", "body", "link"]))
    if seq == 3 and column == "body":
        return  # what stands in place of an erased text is not covered
    connection = apsw.Connection(str(path))
    query = f"SELECT {column} FROM entries WHERE log = ? AND seq = ?"
    old: Any = connection.execute(query, (LOGS.index(log) + 1, seq)).fetchall()[0][0]
    connection.close()
    if isinstance(old, int):
        new: Any = old ^ 1 << data.draw(st.integers(0, 62))
    elif old is None:
        new = data.draw(st.binary(min_size=32, max_size=32) if column == "digest" else st.binary(max_size=16))
    else:
        raw = bytearray(old.encode() if isinstance(old, str) else old)
        raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 127))
        new = raw.decode() if isinstance(old, str) else bytes(raw)
    try:
        change(path, log, seq, column, new)
    except apsw.ConstraintError:
        return  # a number that another entry has
    verdict = check(path, log)
    assert verdict is not None
    assert verdict.first_bad == (1 if column == "seq" and new == 0 else seq)


@pytest.mark.parametrize("column", ["salt", "digest"])
def test_a_salt_or_digest_taken_away_is_found(intact: Path, tmp_path: Path, column: str) -> None:
    path = Path(shutil.copy(intact, tmp_path))
    change(path, "a", 3 if column == "digest" else 7, column, None)
    verdict = check(path, "a")
    assert verdict is not None
    assert verdict.first_bad == (3 if column == "digest" else 7)


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

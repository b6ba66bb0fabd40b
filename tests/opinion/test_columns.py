"""Votes by columns: through pyarrow, from Parquet and through the csv module it comes out the same."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.effort import times
from tests.opinion.test_files import LONG, same, written

from acquis.opinion import columns, growing
from acquis.opinion.files import BadFile, Conversation, read_conversation
from acquis.opinion.growing import GrowingColumn, Times


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        LONG.replace(",", ";").replace("\n", "\r\n"),
        LONG.replace("-1\n", '"-1.0" \n\n,,,,\n'),
        LONG.replace(",0,", ",007,"),
        LONG.replace(",9,", ",'=9,").replace(",0,", ',"s\n1",'),
        LONG.replace(",9,", ",9000000000,"),
        LONG.replace("1000,", "1000.5,"),
        "comment-id,voter-id,vote\n0,1,1\n0,1,-1\n",
        LONG + "6000,x,0,9,2\n",
        LONG + "6000,x,0,,1\n",
        LONG + "6000,x\n",
        LONG + "6000,x,0,\xff,1\n",
    ],
)
def test_both_readers_of_large_files_find_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    pytest.importorskip("pyarrow.csv")
    path = written(tmp_path, text.encode("latin-1"))

    def outcome() -> Conversation | str:
        try:
            return read_conversation(path)
        except BadFile as error:
            return str(error)

    slow = outcome()
    monkeypatch.setattr(columns, "LARGE", 0)
    fast = outcome()
    if isinstance(slow, Conversation) and isinstance(fast, Conversation):
        assert same(slow.votes, fast.votes)
        assert slow.events == fast.events
    else:
        assert slow == fast


IDS = "0", "7", "12", "007", "-0", "-3", "+4", "0x1F", "0XAB", "7.0", "1e3", " 7", "99999999", "9" * 17, "v1", "'=1", ""
CHOICES = "1", "0", "-1", "-1", "1.0", " 1", "2", "01", "-0", "+1", "0x1", "--", "1-", ""
TIMES = "1", "2", "3", "2", "-5", "2.5", "1700000000000", "4 ", "007", "+3", "0x10", "1e3", "now", "9" * 20, ""
ODD = st.tuples(*map(st.sampled_from, (TIMES, IDS, IDS, CHOICES)))
PLAIN = st.tuples(st.integers(0, 5), st.integers(0, 2), st.integers(0, 3), st.integers(-1, 1))


@pytest.mark.parametrize("block", [1 << 22, 1 << 6])
@given(st.lists(PLAIN, max_size=60), st.lists(ODD, max_size=4), st.booleans())
@settings(max_examples=times(150), deadline=None)
def test_both_readers_find_the_same_or_the_same_fault(
    block: int, tmp_path_factory: Any, plain: list[tuple[int, ...]], odd: list[tuple[str, ...]], timed: bool
) -> None:
    pytest.importorskip("pyarrow.csv")
    rows = [",".join(list(map(str, row))[not timed :]) for row in (*plain, *odd)]
    head = "timestamp,comment-id,voter-id,vote" if timed else "comment-id,voter-id,vote"
    path = written(tmp_path_factory.mktemp("votes"), "\n".join([head, *rows, ""]))

    def outcome() -> Conversation | str:
        try:
            return read_conversation(path)
        except BadFile as error:
            return str(error)

    slow = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "LARGE", 0)
        patch.setattr(columns, "BLOCK", block)
        fast = outcome()
    if isinstance(slow, Conversation) and isinstance(fast, Conversation):
        assert same(slow.votes, fast.votes)
        assert slow.events == fast.events
    else:
        assert slow == fast


TIME = st.integers(-5, 5) | st.integers(2**32 - 3, 2**32 + 3) | st.integers(-(2**62), 2**62)
PARTS = st.lists(
    st.lists(TIME, max_size=4).map(lambda times: np.array(times, np.int64))
    | st.lists(st.floats(-1e9, 1e9), max_size=4).map(lambda times: np.array(times, np.float64))
    | st.lists(st.integers(0, 9), max_size=4).map(lambda times: np.array(times, np.int64) + 1_700_000_000_000),
    max_size=5,
)


@example([np.zeros(0), np.array([1_700_000_000_001, 1_700_000_000_000])])
@given(PARTS)
def test_times_keep_their_order_in_fewer_bytes(parts: list[np.ndarray[Any, Any]]) -> None:
    kept = Times()
    for part in parts:
        kept.extend(part)
    cast = [part for part in parts if len(part)]  # an empty part says nothing about the kind of the others
    given_times = np.concatenate(cast) if cast else np.zeros(0)
    found = kept.taken()
    if found is None:
        assert all(one <= other for one, other in pairwise(time for part in parts for time in part))
    else:
        assert np.array_equal(np.unique(found, return_inverse=True)[1], np.unique(given_times, return_inverse=True)[1])
        near = given_times.dtype.kind == "i" and int(given_times.max()) - int(given_times.min()) < 1 << 32
        assert (found.itemsize == 4) == near


@given(st.lists(st.lists(st.integers(0, 9), max_size=5), max_size=5), st.integers(1, 4))
def test_a_column_grows_and_gives_up_its_numbers(parts: list[list[int]], growth: int) -> None:
    column, place = GrowingColumn(np.uint16), np.arange(10)[::-1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(growing, "GROWTH", growth)
        for part in parts:
            column.extend(np.array(part, np.int64))
        column.exchange(place)
    assert column.taken().tolist() == [9 - number for part in parts for number in part]
    assert len(column) == 0


@pytest.mark.parametrize("number", [16_384, 70_000])
def test_a_file_of_more_statements_than_can_be_counted_is_refused(tmp_path: Path, number: int) -> None:
    rows = "".join(f"1,{statement},1\n" for statement in range(number))
    path = written(tmp_path, ("voter-id,comment-id,vote\n" + rows).encode())
    with pytest.raises(BadFile, match=f"{number} statements; at most 16383"):
        read_conversation(path)


def test_pyarrow_is_used_for_large_files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow.csv")
    batches: list[Any] = []
    added = columns._add_batch
    monkeypatch.setattr(columns, "_add_batch", lambda found, batch: batches.append(added(found, batch)))
    read_conversation(written(tmp_path, LONG))
    assert batches == []
    monkeypatch.setattr(columns, "LARGE", 0)
    read_conversation(written(tmp_path, LONG))
    assert batches


def test_large_files_need_no_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = read_conversation(written(tmp_path, LONG))
    monkeypatch.setattr(columns, "LARGE", 0)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert same(read_conversation(written(tmp_path, LONG)).votes, plain.votes)


def test_many_batches_are_one_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow.csv")
    random = np.random.default_rng(5)
    rows = zip(*(random.integers(low, high, 20_000).tolist() for low, high in ((0, 10**6), (0, 40), (0, 900), (-1, 2))))
    text = "timestamp,comment-id,voter-id,vote\n" + "".join(f"{t},{s},v{p},{v}\n" for t, s, p, v in rows)
    path = written(tmp_path, text)
    slow = read_conversation(path)
    monkeypatch.setattr(columns, "LARGE", 0)
    monkeypatch.setattr(columns, "BLOCK", 1 << 14)
    told: list[tuple[int, int]] = []
    fast = read_conversation(path, progress=lambda done, size: told.append((done, size)))
    assert same(fast.votes, slow.votes)
    assert len(told) > 5
    assert told[-1] == (len(text), len(text))


# --- Parquet ----------------------------------------------------------------------------------------------------------

VOTES = {"participant": [10, 9, 9, 10], "statement": [0, 0, 1, 0], "vote": [-1, -1, 0, 1], "seq": [4, 2, 3, 1]}


def stored(folder: Path, content: dict[str, list[Any]]) -> Path:
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = folder / "votes.whatever"
    parquet.write_table(pa.table(content), path)
    return path


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"vote": [-1.0, -1.0, 0.0, 1.0], "participant": [10.0, 9.0, 9.0, 10.0]},
        {"participant": ["10", "9", "9", "10"], "vote": ["-1", "-1", "0", "1"]},
        {"seq": [4.5, 2.5, 3.5, 4.25]},
        {"x": ["a", None, "c", "d"]},
    ],
)
def test_parquet(tmp_path: Path, change: dict[str, list[Any]]) -> None:
    found = read_conversation(stored(tmp_path, VOTES | change))
    assert same(found.votes, read_conversation(written(tmp_path, LONG)).votes)
    assert found.events == 4


def test_parquet_with_polis_names_and_other_ids(tmp_path: Path) -> None:
    polis: dict[str, list[Any]] = {"Voter-ID": ["b", "a"], "comment_id": [-2, 10**12], "vote": [1, 0]}
    found = read_conversation(stored(tmp_path, polis)).votes
    assert (list(found.people), list(found.statements)) == (["a", "b"], [-2, 10**12])
    assert found.choice.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"vote": [1, 0, 7, 1]}, "row 3: the vote is 7"),
        ({"vote": [1, 0, 0.5, 1]}, "row 3: the vote is 0.5"),
        ({"vote": [1, 0, 1000, 1]}, "row 3: the vote is 1000"),
        ({"participant": ["a", "", "b", "c"]}, "row 2: a cell is empty"),
        ({"statement": [1, 2, 3, None]}, "row 4: a cell is empty"),
        ({"seq": ["1", "2", "now", "4"]}, "from row 1 on: .*now"),
        ({"seq": [1.0, 2.0, float("nan"), 4.0]}, "from row 1 on: a time is no number"),
    ],
)
def test_wrong_parquet_names_the_row(tmp_path: Path, change: dict[str, list[Any]], words: str) -> None:
    with pytest.raises(BadFile, match=rf"^votes\.whatever, {words}"):
        read_conversation(stored(tmp_path, VOTES | change))


def test_parquet_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stored(tmp_path, {"a": [1], "vote": [1]})
    with pytest.raises(BadFile, match="has the columns a, vote; name those of the votes"):
        read_conversation(path)
    with pytest.raises(BadFile, match="not readable as Parquet"):
        read_conversation(written(tmp_path, "PAR1 and then nothing", "bad.parquet"))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BadFile, match=r"needs pyarrow; install acquis\[parquet\]"):
        read_conversation(path)

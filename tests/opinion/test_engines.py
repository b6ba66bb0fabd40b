"""The same bits on every engine, and with 1, 2 and 7 parts; nothing stays there, and lost workers are replaced."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from tests.opinion.makers import conversation

from acquis.cli import main
from acquis.opinion import OpinionMap, opinion_map, read_conversation, sums, votes_from_arrays
from acquis.opinion.engines import elsewhere, shards_elsewhere
from acquis.opinion.reading import merged_map
from acquis.opinion.votes import MOST_STATEMENTS, Votes

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
VOTES = conversation(400, 25, k=3, strength=3.0)


@cache
def here() -> OpinionMap:
    return opinion_map(VOTES)


def same(one: OpinionMap, other: OpinionMap) -> bool:
    return (
        one.digest == other.digest
        and one.structure is not None
        and other.structure is not None
        and (one.structure.verdict, one.structure.apart) == (other.structure.verdict, other.structure.apart)
        and np.array_equal(one.axes.loadings, other.axes.loadings)
        and np.array_equal(one.counts, other.counts)
        and np.array_equal(one.everybody, other.everybody)
        and (one.areas, one.representative, one.sizes) == (other.areas, other.representative, other.sizes)
    )


def write_shards(votes: Votes, folder: Path, shards: int) -> list[Path]:
    """Writes the votes as `shards` Parquet files, each person in one of them. Returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for shard in range(shards):
        mine = np.arange(shard, len(votes.people), shards)
        rows = votes.of_people(mine)
        statement = np.array(votes.statements)[rows.statement]
        columns = (mine[rows.person], statement, rows.choice, np.arange(len(rows)))
        named = dict(zip(("participant", "statement", "vote", "seq"), columns, strict=True))
        paths.append(folder / f"votes-{shard:05d}.parquet")
        parquet.write_table(pyarrow.table(named), paths[-1])
    return paths


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_any_number_of_parts(parts: int) -> None:
    with elsewhere(VOTES, "one", parts) as each:
        there = opinion_map(VOTES, elsewhere=each)
    assert here().k == 3
    assert same(there, here())


@pytest.mark.slow
def test_worker_processes(tmp_path: Path) -> None:
    paths = [str(path) for path in write_shards(VOTES, tmp_path, 3)]
    with shards_elsewhere(paths, "process", 2) as (each, statements):
        assert same(merged_map(each, statements), here())


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The workers of a cluster: processes that nobody starts again, each in a working folder of its own. The engine
    finds the scheduler by the settings of Dask."""
    dask = pytest.importorskip("dask")
    pytest.importorskip("distributed")
    place = tmp_path_factory.mktemp("cluster")
    known, command = place / "scheduler.json", [sys.executable, "-m", "dask"]
    local = ["--scheduler-file", str(known), "--host", "127.0.0.1", "--no-dashboard"]
    with ExitStack() as started:

        def start(name: str, *more: str) -> subprocess.Popen[bytes]:
            folder = place / name
            folder.mkdir()
            begun = subprocess.Popen([*command, *more, *local], cwd=folder, stderr=subprocess.DEVNULL)
            started.enter_context(begun)
            started.callback(begun.kill)
            return begun

        scheduler = start("scheduler", "scheduler", "--port", "0")
        while not known.exists():
            assert scheduler.poll() is None
            time.sleep(0.1)
        workers = [start(name, "worker", "--no-nanny", "--nthreads", "1") for name in ("first", "second")]
        with dask.config.set({"scheduler-address": json.loads(known.read_text())["address"]}):
            yield workers


@pytest.mark.slow
def test_a_cluster_reads_what_is_there_now_and_keeps_nothing(cluster: Any, tmp_path: Path) -> None:
    connect: Any = pytest.importorskip("distributed").Client
    with connect() as client:
        client.wait_for_workers(2)
        for people in (400, 200):
            votes = VOTES.of_people(np.arange(people))
            paths = [str(path) for path in write_shards(votes, tmp_path, 3)]
            with shards_elsewhere(paths, "dask") as (each, statements):
                assert same(merged_map(each, statements), opinion_map(votes))
        while any(client.has_what().values()):  # until the scheduler has told the workers; without an end if one keeps
            time.sleep(0.1)


@pytest.mark.slow
def test_the_command_runs_on_a_cluster(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_shards(VOTES, tmp_path / "votes", 3)
    monkeypatch.chdir(tmp_path)
    written = []
    for engine in ("one", "dask"):
        result = CliRunner().invoke(main, ["opinion", "votes", "--engine", engine, "--out", engine])
        assert result.exit_code == 0, result.output
        written.append({path.name: path.read_bytes() for path in (tmp_path / engine).iterdir()})
    assert written[0] == written[1]
    assert set(written[0]) == {"result.json", "result.schema.json", "statements.csv", "statements.parquet"}


@pytest.mark.slow
def test_a_worker_that_is_killed_is_made_up_for(cluster: list[subprocess.Popen[bytes]], tmp_path: Path) -> None:
    paths = [str(path) for path in write_shards(VOTES, tmp_path, 4)]
    with elsewhere(VOTES, "dask", 4) as each, shards_elsewhere(paths, "dask") as (each_file, statements):
        for parts in (each, each_file):
            parts("choices")
        cluster[0].kill()
        assert same(opinion_map(VOTES, elsewhere=each), here())
        assert same(merged_map(each_file, statements), here())


def test_a_person_in_two_files_is_refused(tmp_path: Path) -> None:
    paths = [str(path) for folder in "ab" for path in write_shards(VOTES, tmp_path / folder, 1)]
    expected = "a participant is in votes-00000.parquet and in votes-00000.parquet"
    with pytest.raises(ValueError, match=expected), shards_elsewhere(paths, "one"):
        pass


def shard(path: Path, **columns: list[Any]) -> str:
    parquet.write_table(pyarrow.table(columns), path)
    return str(path)


@pytest.mark.parametrize("others", [["7", "10"], ["x", "7"], [7, 10], [7.0, 8.0]])
def test_files_of_a_folder_are_read_as_one_file_is(others: list[Any], tmp_path: Path) -> None:
    first = {"participant": [1, 2, 2], "statement": [10, 9, 10], "vote": [1, -1, 0]}
    second = {"voter-id": ["a", "b", "a"], "comment-id": [*others, others[0]], "vote": ["1", "0", "-1"]}
    both = {
        "participant": [*map(str, first["participant"]), *second["voter-id"]],
        "statement": [str(one).removesuffix(".0") for one in (*first["statement"], *second["comment-id"])],
        "vote": [*first["vote"], *map(int, second["vote"])],
    }
    paths = [shard(tmp_path / "1.parquet", **first), shard(tmp_path / "2.parquet", **second)]
    votes = read_conversation(shard(tmp_path / "all.parquet", **both)).votes
    with shards_elsewhere(paths, "one") as (each, statements):
        assert statements == tuple(votes.statements)
        assert merged_map(each, statements).digest == sums(votes).digest()


@pytest.mark.parametrize("engine", ["one", pytest.param("process", marks=pytest.mark.slow)])
def test_a_fault_in_a_file_of_a_folder_is_named(engine: str, tmp_path: Path) -> None:
    shard(tmp_path / "1.parquet", participant=[1], statement=[1], vote=[1])
    shard(tmp_path / "2.parquet", participant=[2, 3], statement=[1, 1], vote=[1, 5])
    result = CliRunner().invoke(main, ["opinion", str(tmp_path), "--engine", engine])
    assert result.exit_code == 1
    assert "2.parquet, row 2: the vote is 5; it must be 1, 0 or -1." in result.output


def test_more_statements_than_can_be_counted_are_refused(tmp_path: Path) -> None:
    half = MOST_STATEMENTS // 2 + 1
    paths = [
        shard(
            tmp_path / f"{n}.parquet",
            participant=[n] * half,
            statement=list(range(n * half, (n + 1) * half)),
            vote=[1] * half,
        )
        for n in (0, 1)
    ]
    with pytest.raises(ValueError, match="16384 statements; at most 16383"), shards_elsewhere(paths, "one"):
        pass


@pytest.mark.parametrize("engine", ["one", pytest.param("dask", marks=pytest.mark.slow)])
@pytest.mark.filterwarnings("ignore")  # Dask's own, when its processes close
def test_the_command_reads_a_folder_of_files(engine: str, tmp_path: Path) -> None:
    named = votes_from_arrays(VOTES.person, 10 + VOTES.statement.astype(np.int64), VOTES.choice)
    write_shards(named, tmp_path / "votes", 2)
    (tmp_path / "comments.csv").write_text("comment-id,comment-body,moderated\n10,First,1\n11,Second,-1\n", "utf-8")
    asked = ["opinion", str(tmp_path / "votes"), "--comments", str(tmp_path / "comments.csv"), "--engine", engine]
    result = CliRunner().invoke(main, [*asked, "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert "People: 400. Statements: 24." in result.output
    assert "Opinion groups found: 3." in result.output
    assert (tmp_path / "out" / "result.json").exists()
    assert not (tmp_path / "out" / "people.csv").exists()


def test_dask_reads_a_folder_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text("comment-id,voter-id,vote\n0,0,1\n", "utf-8")
    result = CliRunner().invoke(main, ["opinion", str(tmp_path / "votes.csv"), "--engine", "dask"])
    assert result.exit_code != 0
    assert "reads a folder of Parquet files" in result.output


def test_an_engine_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no engine spark"), elsewhere(VOTES, "spark"):
        pass

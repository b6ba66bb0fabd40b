"""The same bits on every engine, and with 1, 2 and 7 parts; nothing stays there, and lost workers are replaced."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from tests.opinion.makers import conversation

from acquis.cli import main
from acquis.opinion import OpinionMap, opinion_map, votes_from_arrays
from acquis.opinion.engines import COLUMNS, elsewhere, shards_elsewhere
from acquis.opinion.reading import merged_map
from acquis.opinion.votes import Votes

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
        columns = dict(zip(COLUMNS, (mine[rows.person], statement, rows.choice, np.arange(len(rows))), strict=True))
        paths.append(folder / f"votes-{shard:05d}.parquet")
        parquet.write_table(pyarrow.table(columns), paths[-1], compression="zstd")
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
def cluster() -> Iterator[Any]:
    """Two worker processes with a working folder each."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as made,
        distributed.Client(made) as client,
    ):
        yield client


def held(client: Any) -> int:
    return sum(len(keys) for keys in client.has_what().values())


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the cluster's own, when a worker is lost and when it closes
def test_a_cluster_reads_what_is_there_now_and_keeps_nothing(cluster: Any, tmp_path: Path) -> None:
    for people in (400, 200):
        votes = VOTES.of_people(np.arange(people))
        paths = [str(path) for path in write_shards(votes, tmp_path, 3)]
        with shards_elsewhere(paths, "dask") as (each, statements):
            assert same(merged_map(each, statements), opinion_map(votes))
    while held(cluster):  # until the scheduler has told the workers; without an end if one keeps anything
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_is_killed_is_made_up_for(cluster: Any) -> None:
    with elsewhere(VOTES, "dask", 4) as each:
        each("choices")
        os.kill(next(iter(cluster.run(os.getpid).values())), signal.SIGKILL)
        assert same(opinion_map(VOTES, elsewhere=each), here())


def test_a_person_in_two_files_is_refused(tmp_path: Path) -> None:
    paths = [str(path) for folder in "ab" for path in write_shards(VOTES, tmp_path / folder, 1)]
    with pytest.raises(ValueError, match="in two of the files"), shards_elsewhere(paths, "one"):
        pass


def test_the_command_reads_a_folder_of_files(tmp_path: Path) -> None:
    named = votes_from_arrays(VOTES.person, 10 + VOTES.statement.astype(np.int64), VOTES.choice)
    write_shards(named, tmp_path / "votes", 2)
    (tmp_path / "comments.csv").write_text("comment-id,comment-body,moderated\n10,First,1\n11,Second,-1\n", "utf-8")
    asked = ["opinion", str(tmp_path / "votes"), "--comments", str(tmp_path / "comments.csv")]
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

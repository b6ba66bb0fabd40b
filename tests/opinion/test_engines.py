"""The same bits on every engine, and with 1, 2 and 7 shards."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.opinion.makers import conversation

from acquis.opinion.engines import shards_map, write_shards
from acquis.opinion.reading import Outline, Part, one_part, outline

pytest.importorskip("pyarrow")
VOTES = conversation(400, 25, k=3, strength=3.0)
STATEMENTS = list(range(25))


def same(one: Outline, other: Outline) -> bool:
    return (
        one.sums.digest() == other.sums.digest()
        and one.k == other.k
        and np.array_equal(one.axes.loadings, other.axes.loadings)
        and np.array_equal(one.counts, other.counts)
        and np.array_equal(one.everybody, other.everybody)
    )


@pytest.mark.parametrize("shards", [1, 2, 7])
def test_any_number_of_shards(tmp_path: Path, shards: int) -> None:
    found = shards_map(write_shards(VOTES, tmp_path, shards), STATEMENTS)
    assert found.k == 3
    assert same(found, outline(one_part(Part(VOTES))))


@pytest.mark.slow
def test_worker_processes(tmp_path: Path) -> None:
    found = shards_map(write_shards(VOTES, tmp_path, 3), STATEMENTS, "process")
    assert same(found, outline(one_part(Part(VOTES))))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the cluster's own, when it closes
def test_a_dask_cluster(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    found = shards_map(write_shards(VOTES, tmp_path, 3), STATEMENTS, "dask")
    assert same(found, outline(one_part(Part(VOTES))))


def test_an_engine_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no engine spark"):
        shards_map([], [], "spark")

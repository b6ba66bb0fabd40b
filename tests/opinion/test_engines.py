"""The same bits on every engine, and with 1, 2 and 7 shards."""

from __future__ import annotations

import numpy as np
import pytest
from tests.opinion.makers import conversation

from acquis.opinion import structure
from acquis.opinion.engines import elsewhere
from acquis.opinion.reading import Outline, VoterSubset, one_part, outline

pytest.importorskip("pyarrow")
VOTES = conversation(400, 25, k=3, strength=3.0)
CAMPS = structure(VOTES).camps


def same(one: Outline, other: Outline) -> bool:
    return (
        one.sums.digest() == other.sums.digest()
        and (one.camps is None) == (other.camps is None)
        and np.array_equal(one.axes.loadings, other.axes.loadings)
        and np.array_equal(one.counts, other.counts)
        and np.array_equal(one.everybody, other.everybody)
    )


@pytest.mark.parametrize("shards", [1, 2, 7])
def test_any_number_of_shards(shards: int) -> None:
    with elsewhere(VOTES, "one", shards) as each:
        found = outline(each, camps=CAMPS)
    assert len(found.counts) == 3
    assert same(found, outline(one_part(VoterSubset(VOTES)), camps=CAMPS))


@pytest.mark.slow
def test_worker_processes() -> None:
    with elsewhere(VOTES, "process", 3) as each:
        found = outline(each, camps=CAMPS)
    assert same(found, outline(one_part(VoterSubset(VOTES)), camps=CAMPS))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the cluster's own, when it closes
def test_a_dask_cluster() -> None:
    pytest.importorskip("distributed")
    with elsewhere(VOTES, "dask", 3) as each:
        found = outline(each, camps=CAMPS)
    assert same(found, outline(one_part(VoterSubset(VOTES)), camps=CAMPS))


def test_an_engine_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no engine spark"), elsewhere(VOTES, "spark"):
        pass

"""In a notebook the map takes one thread for products of matrices, as on the command line, and gives the same bits."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytest.importorskip("threadpoolctl")
PROGRAM = """
import hashlib
import numpy as np
from acquis import opinion
from threadpoolctl import threadpool_info

def threads():
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]

before = threads()
random = np.random.default_rng(1)
person, statement = np.nonzero(random.random((150, 300)) < 0.4)
votes = opinion.votes_from_arrays(person, statement, random.integers(-1, 2, len(person)))
reading = opinion.opinion_map(votes)
assert threads() == before, "the threads of others are as they were"
figures = [reading.axes.loadings, reading.positions.places, reading.structure.connected]
print(hashlib.sha256(b"".join(np.ascontiguousarray(figure).tobytes() for figure in figures)).hexdigest())
"""


@pytest.mark.slow
def test_a_notebook_gets_the_bits_of_one_thread() -> None:
    free = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    printed = {
        subprocess.run([sys.executable, "-c", PROGRAM], env=env, check=True, capture_output=True).stdout
        for env in (free, {**free, "OPENBLAS_NUM_THREADS": "1"})
    }
    assert len(printed) == 1

"""Conversations to test with: camps that are there, and votes that hold nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from acquis.opinion import Votes, votes_from_arrays

SHARED = Path(__file__).parents[3] / "shared" / "data"
NO_DATA = "real conversations are not here: ../shared/data is absent"

Columns = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]


def camps(n: int, m: int, k: int = 2, seed: int = 0, share: float = 0.6, strength: float = 2.5) -> Columns:
    """person, statement, choice of n people in k camps (person modulo k) that lean differently on each statement."""
    random = np.random.default_rng(seed)
    leaning = random.normal(0.2, 0.5, m) + random.normal(0, strength, (k, m))
    person, statement = np.nonzero(random.random((n, m)) < share)
    agree = 0.9 / (1 + np.exp(-leaning[person % k, statement]))
    dice = random.random(len(person))
    choice = np.where(dice < agree, 1, np.where(dice < 0.9, -1, 0)).astype(np.int8)
    order = random.permutation(len(person))
    return person[order], statement[order], choice[order]


def conversation(n: int, m: int, **how: Any) -> Votes:
    return votes_from_arrays(*camps(n, m, **how), people=range(n), statements=range(m))


def frozen(votes: Votes) -> Votes:
    """The same votes; whoever writes into them fails."""
    for array in (votes.start, votes.statement, votes.choice):
        array.flags.writeable = False
    return votes


def table(votes: Votes) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    choice, voted = votes.dense()
    return choice.astype(np.int64), voted.astype(np.int64)


def adjusted_rand(first: Any, second: Any) -> float:
    """The adjusted Rand index of two labellings (n,); 1 if they are the same (Hubert and Arabie 1985, eq. 5)."""
    table = np.zeros((int(first.max(initial=0)) + 1, int(second.max(initial=0)) + 1))
    np.add.at(table, (first, second), 1)
    pairs, rows, columns = (float((t * (t - 1) / 2).sum()) for t in (table, table.sum(1), table.sum(0)))
    everything = len(first) * (len(first) - 1) / 2
    expected = rows * columns / everything if everything else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)

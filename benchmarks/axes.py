"""How well hidden votes are predicted by two axes, and by as many as the votes ask for.

`python -m benchmarks.axes [DRAWS]` prints the table of docs/opinion.md, from ../shared/data/polis."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from tests.opinion.hidden import active, asked_for, error, split

from acquis.opinion import Votes
from acquis.opinion.axes import DRAWN
from benchmarks.opinion import REAL


def row(name: str, votes: Votes, draws: int) -> str:
    """The mean errors of some draws of hidden votes."""
    numbers, errors = [], []
    for draw in range(draws):
        seen, hidden = split(votes, draw)
        numbers.append(asked_for(seen))
        errors.append([error(seen, votes, hidden, number) for number in (DRAWN, numbers[-1])])
    two, more = np.mean(errors, axis=0)
    axes = f"{min(numbers)} to {max(numbers)}" if len(set(numbers)) > 1 else f"{numbers[0]}"
    return f"| {name} | {len(votes.people)} | {two:.4f} | {more:.4f} | {more - two:+.4f} | {axes} |"


if __name__ == "__main__":
    for folder in sorted(folder for folder in REAL.iterdir() if folder.is_dir()):
        print(row(folder.name, active(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 12), flush=True)

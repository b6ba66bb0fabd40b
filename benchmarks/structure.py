"""How often one population is called camps, and planted camps are found with their number:
`python -m benchmarks.structure [RUNS]`. Prints the table of docs/opinion.md."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from tests.opinion.populations import Population, camps, readiness, spread, unconnected, waves, wordings

from acquis.opinion import structure

SIZES = ((60, 30), (200, 10), (200, 40), (600, 20), (1000, 40))
"""People, and votes of each person."""
STATEMENTS = 60

ONE: dict[str, Callable[..., Population]] = {
    "no connection": unconnected,
    "one axis": spread,
    "one strong axis": partial(spread, effect=2.0),
    "two axes": partial(spread, axes=2),
    "four axes": partial(spread, axes=4),
    "uniform": partial(spread, effect=1.5, shape="uniform"),
    "skewed": partial(spread, effect=1.5, shape="skewed"),
    "heavy tails": partial(spread, effect=1.5, shape="heavy"),
    "readiness to agree": readiness,
    "two waves": waves,
    "three wordings": partial(wordings, copies=3),
}
PLANTED: dict[str, tuple[float, ...]] = {
    "two": (0.5, 0.5),
    "three": (1 / 3, 1 / 3, 1 / 3),
    "four": (0.25, 0.25, 0.25, 0.25),
    "five": (0.2, 0.2, 0.2, 0.2, 0.2),
    "a quarter": (0.75, 0.25),
    "a tenth": (0.9, 0.1),
    "a twentieth": (0.95, 0.05),
}


def verdict(make: Callable[..., Population], size: tuple[int, int], seed: int) -> str:
    """The verdict on one made conversation, with the number of camps."""
    people, votes = size
    statements = 2 * STATEMENTS if make is waves else STATEMENTS
    votes_cast = make(np.random.default_rng([seed, people, votes]), people, statements, votes=votes).votes
    answer = structure(votes_cast)
    return f"{answer.verdict} {answer.k}"


def cells() -> Iterator[tuple[str, Callable[..., Population], str]]:
    """The populations: a name, how it is made, and the answer that is looked for."""
    for name, make in ONE.items():
        yield name, make, "camps"
    for name, parts in PLANTED.items():
        yield (
            f"{name} camps" if len(parts) > 2 or name == "two" else f"a camp of {name}",
            partial(camps, parts=parts),
            f"camps {len(parts)}",
        )


def main(runs: int) -> None:
    heads = [f"{people} people, {votes} votes" for people, votes in SIZES]
    print(f"| share called camps, {runs} runs | " + " | ".join(heads) + " |")
    print("| --- |" + " --- |" * len(SIZES))
    with ProcessPoolExecutor() as pool:
        for name, make, wanted in cells():
            shares = []
            for size in SIZES:
                answers = Counter(pool.map(partial(verdict, make, size), range(runs)))
                hits = sum(count for answer, count in answers.items() if answer.startswith(wanted))
                undecided = sum(count for answer, count in answers.items() if answer.startswith("undecided"))
                shares.append(f"{hits / runs:.2f} ({undecided / runs:.2f})")
            print(f"| {name} | " + " | ".join(shares) + " |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)

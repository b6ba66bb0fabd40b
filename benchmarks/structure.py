"""How often one population is called camps, and planted camps are found with their number.

`python -m benchmarks.structure FILE [RUNS]` appends a line for each run to FILE, the most important cells first, and
goes on where the file ends; `python -m benchmarks.structure FILE table` prints the tables of docs/opinion.md."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import msgspec
import numpy as np
from tests.opinion.populations import Population, camps, readiness, spread, unconnected, waves, with_bots, wordings

from acquis.opinion import structure
from acquis.opinion.structure import ALIKE

ONE: dict[str, Callable[..., Population]] = {
    "no connection": unconnected,
    "one axis": spread,
    "one strong axis": partial(spread, effect=2.0),
    "two axes": partial(spread, axes=2),
    "three axes": partial(spread, axes=3),
    "four axes": partial(spread, axes=4),
    "uniform": partial(spread, effect=1.5, shape="uniform"),
    "skewed": partial(spread, effect=1.5, shape="skewed"),
    "heavy tails": partial(spread, effect=1.5, shape="heavy"),
    "readiness to agree": readiness,
    "two waves": waves,
    "three wordings": partial(wordings, copies=3),
}
PLANTED: dict[str, tuple[float, ...]] = {
    "two camps": (0.5, 0.5),
    "three camps": (1 / 3, 1 / 3, 1 / 3),
    "four camps": (0.25, 0.25, 0.25, 0.25),
    "five camps": (0.2, 0.2, 0.2, 0.2, 0.2),
    "a camp of a quarter": (0.75, 0.25),
    "a camp of a tenth": (0.9, 0.1),
    "a camp of a twentieth": (0.95, 0.05),
}


class Case(NamedTuple):
    """A population and how many people cast how many votes on how many statements. wanted: the number of camps, 1 for
    one population."""

    name: str
    people: int
    statements: int
    votes: int
    wanted: int


class Answer(msgspec.Struct, frozen=True):
    """One run: what `structure` answered; connected, apart and error in natural units."""

    case: Case
    run: int
    verdict: str
    k: int
    traits: int
    connected: float
    apart: float
    error: float
    alike: float


def cases() -> Iterator[list[Case]]:
    """The cases in tiers: the most important first."""
    yield [
        Case(name, n, 60, v, 1)
        for name in ONE
        for n, v in ((200, 40), (600, 20), (1000, 40))
        if name not in ("two waves", "three wordings")
    ]
    yield [Case(name, n, 60, 40, len(parts)) for name, parts in PLANTED.items() for n in (200, 600, 1000)]
    yield [
        *(Case(name, n, 60, v, 1) for name in ("one axis", "two axes") for n, v in ((60, 30), (200, 10), (20_000, 20))),
        *(Case("one axis", 600, 60, v, 1) for v in (3, 7, 60)),
        *(Case("two waves", n, 120, v, 1) for n, v in ((200, 40), (600, 20))),
        *(Case("three wordings", n, 30, 21, 1) for n in (200, 600)),
        Case("a quarter of bots", 200, 40, 30, 1),
        Case("a quarter of bots", 600, 40, 30, 1),
        Case("a camp of a twentieth", 2000, 60, 40, 2),
        *(Case(name, 60, 60, 40, 2) for name in ("two camps",)),
    ]


def answered(case: Case, run: int) -> Answer:
    """The answer to one made conversation."""
    random = np.random.default_rng([run, case.people, case.votes, case.statements])
    if case.name == "a quarter of bots":
        made = with_bots(random, case.people * 3 // 4, case.people // 4, case.statements, case.votes)
    else:
        make = ONE.get(case.name) or partial(camps, parts=PLANTED[case.name])
        made = make(random, case.people, case.statements, votes=case.votes)
    said = structure(made.votes)
    connected, apart, error = (round(said.sample * value, 2) for value in (said.connected, said.apart, said.error))
    return Answer(
        case,
        run,
        verdict=said.verdict,
        k=said.k,
        traits=said.traits,
        connected=connected,
        apart=apart,
        error=error,
        alike=round(said.alike, 3),
    )


def measure(path: Path, runs: int) -> None:
    """All cases, some runs of each tier in turn."""
    done = {(answer.case, answer.run) for answer in read(path)}
    for first in range(0, runs, 5):
        for tier in cases():
            for run in range(first, min(first + 5, runs)):
                for case in tier:
                    if (case, run) not in done:
                        with path.open("ab") as file:
                            file.write(msgspec.json.encode(answered(case, run)) + b"\n")


def read(path: Path) -> list[Answer]:
    """The runs of the file."""
    lines = path.read_bytes().splitlines() if path.exists() else []
    return [msgspec.json.decode(line, type=Answer) for line in lines]


def tables(answers: list[Answer]) -> Iterator[str]:
    """The rows: a population, and for each size how many runs gave the answer, were undecided, and were made."""
    of_case: dict[Case, list[Answer]] = defaultdict(list)
    for answer in answers:
        of_case[answer.case].append(answer)
    yield "| population | people | votes each | runs | camps | right number | undecided | warned of |"
    yield "| --- |" + " ---: |" * 7
    for case in (case for tier in cases() for case in tier if case in of_case):
        of = of_case[case]
        divided = [answer for answer in of if answer.verdict == "camps"]
        right = f"{sum(answer.k == case.wanted for answer in divided)}" if case.wanted > 1 else ""
        undecided = sum(answer.verdict == "undecided" for answer in of)
        warned = sum(answer.alike >= ALIKE for answer in divided)
        sizes = f"{case.people:,} | {case.votes} | {len(of)}"
        yield f"| {case.name} | {sizes} | {len(divided)} | {right} | {undecided} | {warned} |"


if __name__ == "__main__":
    if sys.argv[2:] == ["table"]:
        print("\n".join(tables(read(Path(sys.argv[1])))))
    else:
        measure(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100)

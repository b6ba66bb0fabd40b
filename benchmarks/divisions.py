"""How often chance divides groups, and how often a true difference is found: `python -m benchmarks.divisions [RUNS]`.
Prints the table of docs/opinion.md."""

from __future__ import annotations

import sys

import numpy as np
from tests.opinion.rooms import room

from acquis.opinion import areas

PLANTED = 10
GROUPS = (2, 3, 5, 6, 8)
SHAPES = ("apart", "blocs", "extremes")


def false_divisions(runs: int, people: int, kinds: tuple[int, ...], voting: float) -> float:
    """Statements a session that are said to divide groups, which are random. kinds: the number of groups of each."""
    rng = np.random.default_rng([people, *kinds])
    numbers = [kind for kind, groups in enumerate(kinds) for _ in range(groups)]
    rooms = (np.concatenate([room(rng, people, groups, voting=voting) for groups in kinds]) for _ in range(runs))
    return sum(len(areas(counts, kinds=numbers).divided) for counts in rooms) / runs


def power(runs: int, people: int, groups: int, shape: str) -> tuple[float, float]:
    """Of ten true differences of 40 points those that are listed, and the share of the list that is false."""
    rng = np.random.default_rng([people, groups, len(shape)])
    listed = [areas(room(rng, people, groups, shape, planted=PLANTED)).divided for _ in range(runs)]
    true, every = sum(area.statement < PLANTED for of_run in listed for area in of_run), sum(map(len, listed))
    return true / runs, 1 - true / max(every, 1)


def main(runs: int) -> None:
    print(f"| false divisions a session, {runs} sessions | " + " | ".join(f"{g} groups" for g in GROUPS), end="")
    print(" | 2 and 6 | 3 and 8 |\n| --- |" + " --- |" * (len(GROUPS) + 2))
    for people, voting in ((60, 1.0), (200, 1.0), (200, 0.5), (1000, 1.0), (1000, 0.5)):
        cells = [(groups,) for groups in GROUPS] + [(2, 6), (3, 8)]
        row = " | ".join(f"{false_divisions(runs, people, kinds, voting):.2f}" for kinds in cells)
        print(f"| {people} people, {voting:.0%} vote on each | {row} |", flush=True)
    print(f"\n| found of {PLANTED} true ones (false share of the list) | ", end="")
    print(" | ".join(f"{g} groups" for g in GROUPS) + " |\n| --- |" + " --- |" * len(GROUPS))
    for people in (100, 200, 400):
        for shape in SHAPES:
            cells_ = [power(runs, people, groups, shape) for groups in GROUPS]
            row = " | ".join(f"{true:.1f} ({false:.2f})" for true, false in cells_)
            print(f"| {people} people, {shape} | {row} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)

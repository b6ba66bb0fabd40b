"""How often chance divides groups, how often a true difference is found, how often an interval holds the true share,
and how often chance makes an agreement: `python -m benchmarks.divisions [RUNS]`. Prints tables of docs/opinion.md."""

from __future__ import annotations

import sys

import numpy as np
from tests.opinion.rooms import room

from acquis.opinion import areas, interval, interval_of_all
from acquis.opinion.shares import pooled

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


def holding(runs: int, people: int, part: float) -> tuple[float, float]:
    """Share of the 90 % intervals that hold the true share: of the room, and of the people like them from whom it was
    drawn. part: of the room that voted; shares from 0 to 1 occur alike."""
    rng, n = np.random.default_rng([people, int(100 * part)]), max(round(part * people), 1)
    true = rng.uniform(size=100 * runs)
    agree = rng.binomial(people, true)
    voted, of = rng.hypergeometric(agree, people - agree, n), np.full(100 * runs, n)
    shares = []
    for share, (low, high) in (
        (agree / people, interval_of_all(voted, of, np.full(100 * runs, people))),
        (true, interval(voted, of)),
    ):
        shares.append(float(((low - 1e-9 <= share) & (share <= high + 1e-9)).mean()))
    return shares[0], shares[1]


def lending(runs: int, apart: float) -> tuple[float, float]:
    """Of groups of 6 to 18 people, whose true shares differ by the standard deviation `apart`: how often the lower end
    for people like them, with and without the votes that the other groups lend, is at or below the true share."""
    rng, sizes = np.random.default_rng(int(100 * apart)), np.array([[14], [18], [12], [10], [6]])
    below = np.zeros(2)
    for _ in range(runs):
        middle = rng.uniform(0.4, 0.9, 50)
        true = np.clip(rng.normal(middle, apart, (5, 50)), 0.0, 1.0)
        voters = np.broadcast_to(sizes, true.shape)
        agree = rng.binomial(voters, true)
        lent = interval(*pooled(agree, voters, np.ones(true.shape, np.bool_)))[0]
        below += [(low <= true).mean() for low in (lent, interval(agree, voters)[0])]
    with_votes, without = (below / runs).tolist()
    return with_votes, without


def false_agreement(runs: int, people: int, part: float, share: float) -> tuple[float, float]:
    """Statements a session, of 100 with which the share `share` of all agrees, that are listed as agreed in the room
    although no more than half of it agree, and as agreed by people like them."""
    rng, n = np.random.default_rng([people, int(100 * part)]), round(part * people)
    room = rng.binomial(people, share, (runs, 100))
    agree = rng.hypergeometric(room, people - room, n)
    false, wider = 0, 0
    for of_room, counted in zip(room, agree):
        counts = np.stack([n - counted, np.zeros_like(counted), counted], 1)[None]
        listed = areas(counts, present=np.array([people])).consensus
        false += sum(2 * of_room[area.statement] <= people for area in listed)
        wider += sum(area.wider for area in listed)
    return false / runs, wider / runs


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
    print("\n| intervals that hold the share of the room (of people like them) | 30 % voted | 70 % | 95 % | all |")
    print("| --- | --- | --- | --- | --- |")
    for people in (10, 30, 100, 400):
        pairs = [holding(runs, people, part) for part in (0.3, 0.7, 0.95, 1.0)]
        print(f"| {people} people | " + " | ".join(f"{room:.2f} ({others:.2f})" for room, others in pairs) + " |")
    print("\n| true shares of five groups differ by (standard deviation) | lower ends below it, pooled | each alone |")
    print("| --- | --- | --- |")
    for apart in (0.0, 0.05, 0.1, 0.2):
        print(f"| {apart} | " + " | ".join(f"{share:.3f}" for share in lending(runs, apart)) + " |")
    print("\n| false agreements a session of 100 statements at one half: in the room (of people like them) | ", end="")
    print("30 % voted | 70 % | all |\n| --- | --- | --- | --- |")
    for people in (30, 100, 400):
        pairs = [false_agreement(runs, people, part, 0.5) for part in (0.3, 0.7, 1.0)]
        print(f"| {people} people | " + " | ".join(f"{room:.2f} ({others:.2f})" for room, others in pairs) + " |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)

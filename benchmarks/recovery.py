"""Whether the votes of one to four people follow from what is published of groups:
`python -m benchmarks.recovery [ROOMS]`, by default 10,000 random rooms. Prints the counts of docs/opinion.md. With
`moments` after the number, the same of the figures of two moments."""

from __future__ import annotations

import sys

import numpy as np
from tests.opinion.moments import attacked, random_moment
from tests.opinion.recovery import random_room, recovered


def main(rooms: int) -> int:
    """The number of rooms in which a vote follows; they are printed."""
    leaks, shown = 0, 0
    for number in range(rooms):
        room = random_room(np.random.default_rng([7, number]))
        shown += any(read.shown.any() for read in room.published())
        if people := list(recovered(room)):
            leaks += 1
            print(f"Room {number}: the votes of people {people[0].tolist()} follow.", flush=True)
        if number % 1000 == 999:
            print(f"{number + 1} rooms", file=sys.stderr, flush=True)
    print(f"Rooms: {rooms}, with groups shown: {shown}, in which votes of one to four people follow: {leaks}.")
    return leaks


def moments(rooms: int) -> int:
    """The number of rooms in which a vote follows from the figures of two moments; they are printed."""
    leaks, shown = 0, 0
    for number in range(rooms):
        moment = random_moment(np.random.default_rng([7, number]))
        shown += moment.is_published
        if attacked(moment):
            leaks += 1
            print(f"Room {number}: the votes of one to four people follow.", flush=True)
    print(
        f"Rooms: {rooms}, with figures of two moments: {shown}, in which votes of one to four people follow: {leaks}."
    )
    return leaks


if __name__ == "__main__":
    attack = moments if sys.argv[2:] == ["moments"] else main
    sys.exit(attack(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000) > 0)

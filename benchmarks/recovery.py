"""Whether the votes of one to four people follow from what is published of groups:
`python -m benchmarks.recovery [ROOMS]`, by default 10,000 random rooms. Prints the counts of docs/opinion.md."""

from __future__ import annotations

import sys

import numpy as np
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


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000) > 0)

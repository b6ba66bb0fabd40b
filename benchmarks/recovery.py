"""Whether the votes of one to four people follow from what is published of groups:
`python -m benchmarks.recovery [ROOMS]`, by default 10,000 random rooms. Prints the counts of docs/opinion.md. With
`moments` after the number, the same of the figures of two moments, with `joint` of those of two statements together,
with `several` of three or four, and with `slate` of the audit of a list beside the figures of three statements."""

from __future__ import annotations

import sys

import numpy as np
from tests.opinion.joint_moments import followed, random_statements
from tests.opinion.joint_slate import listed_follow, random_list
from tests.opinion.many_moments import random_several, several_follow
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


def joint(rooms: int) -> int:
    """The number of rooms in which a vote follows from the figures of two statements; they are printed. Also printed:
    in how many it would follow if each statement were judged by itself."""
    shown, together, without, leaks = 0, 0, 0, 0
    for number in range(rooms):
        room = random_statements(np.random.default_rng([13, number]))
        if len(room.published(jointly=False)) < 2:
            continue
        shown, together = shown + 1, together + (len(room.published(jointly=True)) == 2)
        without += followed(room, jointly=False)
        if followed(room, jointly=True):
            leaks += 1
            print(f"Room {number}: the votes of one to four people follow.", flush=True)
    print(
        f"Rooms: {rooms}; both statements could be shown each by itself in {shown}, and votes of one to four people "
        f"would follow in {without}; both are shown in {together}, and votes follow in {leaks}."
    )
    return leaks


def several(rooms: int) -> int:
    """The number of rooms in which a vote follows from the figures of three or four statements; they are printed. Also
    printed: in how many it would follow if two statements at a time were compared."""
    possible, together, without, leaks = 0, 0, 0, 0
    for number in range(rooms):
        room = random_several(np.random.default_rng([19, number]))
        in_pairs, shown = room.published(pairs=True), room.published()
        if len(in_pairs) < 3:
            continue
        possible, together = possible + 1, together + (len(shown) >= 3)
        without += several_follow(room, in_pairs)
        if several_follow(room, shown):
            leaks += 1
            print(f"Room {number}: the votes of one to four people follow.", flush=True)
    print(
        f"Rooms: {rooms}; three or more statements could be shown in pairs in {possible}, and votes of one to four "
        f"people would follow in {without}; as many are shown in {together}, and votes follow in {leaks}."
    )
    return leaks


def listed(rooms: int) -> int:
    """The number of rooms in which a vote follows from the audit of a list in groups, beside the figures of three
    statements; they are printed. Also printed: in how many it would follow if each group were judged by itself."""
    possible, shown, without, leaks = 0, 0, 0, 0
    for number in range(rooms):
        room = random_list(np.random.default_rng([17, number]))
        if not any(room.every_audit):
            continue
        possible, shown = possible + 1, shown + any(room.audits)
        without += listed_follow(room, room.every_audit)
        if listed_follow(room, room.audits):
            leaks += 1
            print(f"Room {number}: the votes of one to four people follow.", flush=True)
    print(
        f"Rooms: {rooms}; each group by itself could be shown in {possible}, and votes of one to four people would "
        f"follow in {without}; groups are shown in {shown}, and votes follow in {leaks}."
    )
    return leaks


if __name__ == "__main__":
    attack = {"moments": moments, "joint": joint, "several": several, "slate": listed}.get("".join(sys.argv[2:]), main)
    sys.exit(attack(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000) > 0)

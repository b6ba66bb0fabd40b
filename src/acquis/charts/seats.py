"""The arch of seats: a horseshoe table seen from above, with one seat for each person or for a few.

Who is in the room sits from the start side, who is online from the end side, and free seats are between them. After a
session, those who spoke sit in the front row. A seat is a count, never a person.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

MOST_SEATS = 300
"""The most seats that are drawn; above, a seat stands for several people."""
FEWEST_APART = 5
"""An attendance of fewer people is not distinguished from the other one."""

_WIDTH, _RADIUS, _LEG = 1000, 440.0, 380.0
"""Units of the drawing: its width, the radius of the outer row, and the length of the straight ends."""
_LARGEST = 100.0
"""The largest diameter of a seat."""
_DEEPEST = 0.5
"""The rows take at most this part of the outer radius."""
_SCALES = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Attendance:
    """Numbers of people: in the room and online, those of them who spoke, and the seats that are expected to be taken
    (0: no more than are there)."""

    room: int
    online: int
    room_spoke: int = 0
    online_spoke: int = 0
    expected: int = 0

    @property
    def people(self) -> int:
        """The people who are there."""
        return self.room + self.online

    @property
    def spoke(self) -> int:
        """The people who spoke."""
        return self.room_spoke + self.online_spoke


@dataclass(frozen=True)
class ArchSeat:
    """A place of the arch: coordinates in units of the drawing, the row (0 is the outermost), and the way along the
    row from the start (0) to the end (1)."""

    x: float
    y: float
    row: int
    way: float


def people_of_a_seat(seats: int) -> int:
    """How many people a seat stands for, so that at most `MOST_SEATS` are drawn for `seats` people: 1, 2, 5, 10, 20,
    50 or 100."""
    return next((scale for scale in _SCALES if seats <= scale * MOST_SEATS), _SCALES[-1])


def seats_of(count: int) -> tuple[list[ArchSeat], float]:
    """`count` seats (at least 1) in as many rows as leave equal distances along and between the rows, in the order of
    the way along the arch, and the distance between two seats in units of the drawing."""
    rows, apart = max(
        ((rows, _apart(count, rows)) for rows in range(1, 8) if _fits(count, rows)), default=(1, 2 * _RADIUS)
    )
    lengths = [_length(row * apart) for row in range(rows)]
    shares = _shares(count, lengths)
    seats = [_seat(row, apart, place / max(1, share - 1)) for row, share in enumerate(shares) for place in range(share)]
    return sorted(seats, key=lambda seat: (seat.way, seat.row)), apart


def seats_svg(attendance: Attendance) -> str:
    """The arch as SVG without words; the sentence beside it says the same. Classes: `seat-room`, `seat-online`,
    `seat-free`, with `seat-spoke` for those who spoke. An empty text if nobody is there or expected."""
    total = max(attendance.people, attendance.expected)
    if not total:
        return ""
    scale = people_of_a_seat(total)
    seats, apart = seats_of(math.ceil(total / scale))
    apart_lanes = min(attendance.room, attendance.online) >= FEWEST_APART
    room, online = (
        (_scaled(attendance.room, scale), _scaled(attendance.online, scale))
        if apart_lanes or not attendance.room or not attendance.online
        else (_scaled(attendance.people, scale), 0)
    )
    start, end = seats[:room], seats[max(room, len(seats) - online) :] if online else []
    free = seats[len(start) : len(seats) - len(end)]
    room_spoke = attendance.room_spoke if online or not attendance.online else attendance.spoke
    if not attendance.room:
        room_spoke = 0
    size = min(0.62 * apart, _LARGEST)
    height = _RADIUS + _LEG + apart
    parts = [_dots(free, "seat-free", size * 0.55, hollow=True)]
    for taken, spoke, kind, hollow in (
        (start, room_spoke, "seat-room", False),
        (end, attendance.online_spoke, "seat-online", True),
    ):
        front = sorted(taken, key=lambda seat: (-seat.row, min(seat.way, 1 - seat.way)))[: _scaled(spoke, scale)]
        parts.append(_dots([seat for seat in taken if seat not in front], kind, size, hollow=hollow))
        parts.append(_dots(front, f"{kind} seat-spoke", size, hollow=hollow))
    view = f"0 {-size / 2 - 2:.0f} {_WIDTH} {height:.0f}"
    return f'<svg class="arch" viewBox="{view}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'


def _scaled(people: int, scale: int) -> int:
    """The seats of a number of people."""
    return math.ceil(people / scale)


def _length(inwards: float) -> float:
    """The length of the row that is `inwards` units inside the outer one."""
    return math.pi * (_RADIUS - inwards) + 2 * _LEG


def _apart(count: int, rows: int) -> float:
    """The distance at which `rows` rows hold `count` seats: the sum of length / distance + 1 is solved for it."""
    all_lengths = rows * (math.pi * _RADIUS + 2 * _LEG)
    return all_lengths / (max(1, count - rows) + math.pi * rows * (rows - 1) / 2)


def _fits(count: int, rows: int) -> bool:
    """Whether the rows leave the middle of the arch free."""
    return rows == 1 or (count >= 4 * rows and (rows - 1) * _apart(count, rows) <= _DEEPEST * _RADIUS)


def _shares(count: int, lengths: list[float]) -> list[int]:
    """The seats of each row in proportion to its length, by largest remainder."""
    exact = [count * length / sum(lengths) for length in lengths]
    shares = [math.floor(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda row: shares[row] - exact[row])
    for row in by_remainder[: count - sum(shares)]:
        shares[row] += 1
    return shares


def _seat(row: int, apart: float, way: float) -> ArchSeat:
    """The place at `way` (0 to 1) along a row."""
    radius = _RADIUS - row * apart
    along = way * _length(row * apart)
    middle = _WIDTH / 2
    if along <= _LEG:
        return ArchSeat(middle - radius, _RADIUS + _LEG - along, row, way)
    if along >= _length(row * apart) - _LEG:
        return ArchSeat(middle + radius, _RADIUS + along - (_length(row * apart) - _LEG), row, way)
    angle = (along - _LEG) / radius
    return ArchSeat(middle - radius * math.cos(angle), _RADIUS - radius * math.sin(angle), row, way)


def _dots(seats: Iterable[ArchSeat], kind: str, size: float, *, hollow: bool) -> str:
    """Round dots as one path with round ends; a hollow dot has a second one in the colour of the ground."""
    path = "".join(f"M{seat.x:.0f} {seat.y:.0f}h0" for seat in seats)
    if not path:
        return ""
    inner = f'<path class="seat-hole" stroke-width="{size * 0.72:.0f}" d="{path}"/>' if hollow else ""
    return f'<path class="{kind}" stroke-width="{size:.0f}" d="{path}"/>{inner}'

"""The arch of seats: a horseshoe table seen from above, with one seat for each person or for a few.

Who is in the room sits from the start side, who is online from the end side, and free seats are between them. After a
session, those who spoke sit in the front row. A seat is a count, never a person.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from acquis.charts.svg import quoted

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
    def apart(self) -> bool:
        """Whether both attendances are large enough to be distinguished."""
        return min(self.room, self.online) >= FEWEST_APART

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


@dataclass(frozen=True)
class Seating:
    """Seats of one kind and size (the diameter): `kind` is "room", "online" or "free"; a hollow seat has a hole."""

    kind: str
    spoke: bool
    seats: tuple[ArchSeat, ...]
    size: float
    hollow: bool


def seating(attendance: Attendance) -> tuple[list[Seating], float]:
    """The seats of an attendance, and the distance between two; no seats if nobody is there or expected."""
    total = max(attendance.people, attendance.expected)
    if not total:
        return [], 0.0
    scale = people_of_a_seat(total)
    seats, apart = seats_of(math.ceil(total / scale))
    room, online = (
        (_scaled(attendance.room, scale), _scaled(attendance.online, scale))
        if attendance.apart or not attendance.room or not attendance.online
        else (_scaled(attendance.people, scale), 0)
    )
    start, end = seats[:room], seats[max(room, len(seats) - online) :] if online else []
    free = seats[len(start) : len(seats) - len(end)]
    room_spoke = attendance.room_spoke if online or not attendance.online else attendance.spoke
    if not attendance.room:
        room_spoke = 0
    size = min(0.62 * apart, _LARGEST)
    parts = [Seating("free", spoke=False, seats=tuple(free), size=size * 0.55, hollow=True)]
    for taken, spoke, kind, hollow in (
        (start, room_spoke, "room", False),
        (end, attendance.online_spoke, "online", True),
    ):
        front = sorted(taken, key=lambda seat: (-seat.row, min(seat.way, 1 - seat.way)))[: _scaled(spoke, scale)]
        behind = tuple(seat for seat in taken if seat not in front)
        parts.append(Seating(kind, spoke=False, seats=behind, size=size, hollow=hollow))
        parts.append(Seating(kind, spoke=True, seats=tuple(front), size=size, hollow=hollow))
    return [part for part in parts if part.seats], apart


def seats_svg(attendance: Attendance) -> str:
    """The arch as SVG without words, for a page, whose style sheet has the colours of the classes `seat-room`,
    `seat-online`, `seat-free` and `seat-spoke`; the sentence beside it says the same. An empty text without seats."""
    parts, apart = seating(attendance)
    if not parts:
        return ""
    body = "".join(_dots(part) for part in parts)
    return f'<svg class="arch" viewBox="{_view(parts, apart)}" aria-hidden="true" focusable="false">{body}</svg>'


def seats_drawing(attendance: Attendance, title: str, *, spoke: str, other: str, rtl: bool = False) -> str:
    """The arch as an SVG file of circles, with `title` to be read aloud. `spoke`, `other`: the colours of the seats of
    those who spoke and of all others; where nobody spoke, all have the first one. An empty text without seats."""
    parts, apart = seating(attendance)
    if not parts:
        return ""
    first = not any(part.spoke for part in parts)
    body = "".join(_circles(part, spoke if part.spoke or first else other, rtl) for part in parts)
    view = _view(parts, apart)
    _, _, wide, high = view.split()
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" width="{wide}" height="{high}" role="img"'
    return f"{head} aria-label={quoted(title)}>{body}</svg>"


def _view(parts: Iterable[Seating], apart: float) -> str:
    size = max(part.size for part in parts)
    return f"0 {-size / 2 - 2:.0f} {_WIDTH} {_RADIUS + _LEG + apart:.0f}"


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


def _dots(part: Seating) -> str:
    """Round dots as one path with round ends; a hollow dot has a second one in the colour of the ground."""
    path = "".join(f"M{seat.x:.0f} {seat.y:.0f}h0" for seat in part.seats)
    inner = f'<path class="seat-hole" stroke-width="{part.size * 0.72:.0f}" d="{path}"/>' if part.hollow else ""
    spoke = " seat-spoke" if part.spoke else ""
    return f'<path class="seat-{part.kind}{spoke}" stroke-width="{part.size:.0f}" d="{path}"/>{inner}'


def _circles(part: Seating, colour: str, rtl: bool) -> str:
    """The seats as circles: programs for documents do not all draw a path of no length."""
    line = 0.14 * part.size
    paint = f'fill="none" stroke="{colour}" stroke-width="{line:.1f}"' if part.hollow else f'fill="{colour}"'
    radius = (part.size - line) / 2 if part.hollow else part.size / 2
    circles = (
        f'<circle cx="{_WIDTH - seat.x if rtl else seat.x:.0f}" cy="{seat.y:.0f}" r="{radius:.1f}"/>'
        for seat in part.seats
    )
    return f"<g {paint}>{''.join(circles)}</g>"

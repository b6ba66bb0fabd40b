"""The arch of seats: one seat a person or a few people, in order, equally far apart, and no small group told apart."""

from __future__ import annotations

import math
import re

from hypothesis import given
from hypothesis import strategies as st

from acquis.charts.seats import MOST_SEATS, Attendance, people_of_a_seat, seats_of, seats_svg

people = st.integers(0, 3000)


def dots(svg: str, kind: str) -> int:
    """The number of seats with a class among their classes."""
    paths = re.findall(r'<path class="([^"]*)" [^>]*d="([^"]*)"', svg)
    return sum(path.count("M") for classes, path in paths if kind in classes.split())


@given(st.integers(1, MOST_SEATS))
def test_there_are_as_many_seats_as_people(count: int) -> None:
    seats, _ = seats_of(count)
    assert len(seats) == count
    assert [seat.way for seat in seats] == sorted(seat.way for seat in seats)
    assert all(0 <= seat.x <= 1000 and 0 <= seat.y <= 900 for seat in seats)


@given(st.integers(8, MOST_SEATS))
def test_no_two_seats_touch(count: int) -> None:
    """The distance between the centres of two seats is at least three quarters of the distance that was computed."""
    seats, apart = seats_of(count)
    nearest = min(math.dist((a.x, a.y), (b.x, b.y)) for place, a in enumerate(seats) for b in seats[:place])
    assert nearest >= 0.75 * apart


@given(people, people, people)
def test_the_picture_counts_right(room: int, online: int, expected: int) -> None:
    svg = seats_svg(Attendance(room, online, expected=expected))
    total = max(room + online, expected)
    if not total:
        assert svg == ""
        return
    scale = people_of_a_seat(total)
    drawn = dots(svg, "seat-room") + dots(svg, "seat-online")
    assert dots(svg, "seat-free") + drawn == math.ceil(total / scale) <= MOST_SEATS
    assert math.ceil((room + online) / scale) <= drawn <= math.ceil((room + online) / scale) + 1


@given(st.integers(1, 4), st.integers(1, 200))
def test_a_lane_of_fewer_than_five_is_not_told_apart(few: int, many: int) -> None:
    for room, online in ((few, many), (many, few)):
        svg = seats_svg(Attendance(room, online, expected=room + online + 20))
        assert dots(svg, "seat-online") == 0
        assert dots(svg, "seat-room") == room + online


@given(st.integers(5, 150), st.integers(5, 150), st.data())
def test_those_who_spoke_are_counted_and_sit_in_front(room: int, online: int, data: st.DataObject) -> None:
    room_spoke, online_spoke = data.draw(st.integers(0, room)), data.draw(st.integers(0, online))
    svg = seats_svg(Attendance(room, online, room_spoke, online_spoke))
    assert dots(svg, "seat-spoke") == room_spoke + online_spoke
    assert dots(svg, "seat-room") == room
    assert dots(svg, "seat-online") == online

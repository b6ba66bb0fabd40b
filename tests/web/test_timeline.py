"""The time line: no two labels meet, and a date is drawn as exactly as it is known."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from acquis.charts import timeline
from acquis.web.words.reference import date_words, days_words


def _happening(number: int, start: int, length: int, title: str) -> timeline.Happening:
    first = datetime.date(2015, 1, 1) + datetime.timedelta(days=start)
    last = first + datetime.timedelta(days=length)
    return timeline.Happening(
        number, "meeting", title=title, certainty="held", status="sourced", refs=(), first=first, last=last
    )


def _extent(one: timeline.Placed) -> tuple[float, float]:
    long = len(one.label) * 6.6
    return (one.label_x - long, one.x + one.width) if one.before else (one.x, one.label_x + long)


@given(
    st.lists(
        st.tuples(st.integers(0, 4000), st.integers(0, 400), st.text("abc defg", min_size=1, max_size=80)),
        min_size=1,
        max_size=40,
    )
)
def test_no_two_labels_meet_and_all_are_inside(days: list[tuple[int, int, str]]) -> None:
    found = [_happening(number, *day) for number, day in enumerate(sorted(days), 1)]
    drawing = timeline.draw(found, datetime.date(2020, 1, 1), {})
    assert drawing is not None
    assert len(drawing.placed) == len(found)
    for number, one in enumerate(drawing.placed):
        left, right = _extent(one)
        assert one.x >= 0
        assert one.x + one.width <= timeline.WIDTH
        assert 0 < one.y < drawing.height
        for other in drawing.placed[:number]:
            if other.y == one.y:
                assert right <= _extent(other)[0] or left >= _extent(other)[1]
    assert len(drawing.ticks) <= 13


def test_a_date_is_as_exact_as_it_is_known() -> None:
    assert timeline.days_of("2021-02") == (datetime.date(2021, 2, 1), datetime.date(2021, 2, 28))
    assert timeline.days_of("2021") == (datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))
    assert timeline.days_of("2021-02-30") is None
    assert timeline.days_of("") is None
    assert date_words("en", "2021-03") == "March 2021"
    assert date_words("en", "2015-07-22") == "22 July 2015"
    assert date_words("en", "2023") == "2023"
    assert date_words("en", "2015-99-22") == "2015-99-22"
    first = datetime.date(2026, 12, 7)
    assert days_words("en", first, datetime.date(2026, 12, 11)) == "7 to 11 December 2026"
    assert days_words("en", first, first) == "7 December 2026"
    assert days_words("en", first, datetime.date(2027, 1, 2)) == "7 December 2026 to 2 January 2027"

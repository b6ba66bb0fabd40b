from __future__ import annotations

import contextlib
import datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acquis.reference.deadlines import Due, Rule, Span, due, parse_deadline, span_of

UTC = datetime.UTC
ZONES = sorted(available_timezones() - {"Factory", "localtime"})
Day = datetime.date


def instant(text: str, zone: str, spans: dict[str, Span] | None = None) -> str:
    found = due(text, zone, spans or {})
    assert found is not None
    return found.at.astimezone(UTC).isoformat()


def day_of(text: str, zone: str, spans: dict[str, Span]) -> Day:
    found = due(text, zone, spans)
    assert found is not None
    return found.day


@pytest.mark.parametrize("text", ["rolling", "unknown", ""])
def test_words_are_no_moment(text: str) -> None:
    assert parse_deadline(text) == text
    assert due(text, "America/New_York", {}) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("start(oewg-2-s3) - P62D", Rule("start", "oewg-2-s3", datetime.timedelta(days=-62), True)),
        ("end(x)+P2W", Rule("end", "x", datetime.timedelta(days=14), True)),
        ("end(x) + P1W1D", Rule("end", "x", datetime.timedelta(days=8), True)),
        ("end(session) + PT2H", Rule("end", "session", datetime.timedelta(hours=2), False)),
        ("end(session) + PT90M", Rule("end", "session", datetime.timedelta(minutes=90), False)),
        ("end(x) + P1DT2H", Rule("end", "x", datetime.timedelta(hours=26), False)),
        ("start(x)", Rule("start", "x", datetime.timedelta(0), False)),
    ],
)
def test_rules_are_read(text: str, rule: Rule) -> None:
    assert parse_deadline(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "start(x) - P",
        "start(x) - PT",
        "start(x) - P1DT",
        "start(x) - P1M",
        "start(x) - P1Y",
        "start(x) - P99999D",
        "start(x) P1D",
        "middle(x) + P1D",
        "start() + P1D",
        "start(x) + P1D and then some",
        "start(x) + P1D\n",
        "start(x) + P\u0661D",
        "2026-02-30",
        "2026-2-3",
        "2026-12-31\n",
        "0001-01-01",
        "9999-12-31",
        "Rolling",
    ],
)
def test_what_is_no_deadline_is_refused_with_what_was_written(text: str) -> None:
    with pytest.raises(ValueError, match="is no deadline; write a date, or start") as refused:
        parse_deadline(text)
    assert text in str(refused.value)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):  # and no other error
        assert isinstance(parse_deadline(text), str | Day | Rule)


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ("America/New_York", "2026-12-08T04:59:59+00:00"),
        ("Europe/Vienna", "2026-12-07T22:59:59+00:00"),
        ("Pacific/Kiritimati", "2026-12-07T09:59:59+00:00"),
        ("UTC", "2026-12-07T23:59:59+00:00"),
    ],
)
def test_a_day_lasts_until_its_end_on_the_clock_of_the_venue(zone: str, end: str) -> None:
    assert instant("2026-12-07", zone) == end


def test_a_change_of_clocks_between_the_meeting_and_the_day_shifts_nothing() -> None:
    summer = {"m": span_of(Day(2026, 11, 4), None, "America/New_York")}  # clocks go back on 1 November

    assert day_of("start(m) - P7D", "America/New_York", summer) == Day(2026, 10, 28)
    assert instant("start(m) - P7D", "America/New_York", summer) == "2026-10-29T03:59:59+00:00"
    assert instant("start(m) - P2D", "America/New_York", summer) == "2026-11-03T04:59:59+00:00"


def test_hours_are_hours_also_over_a_change_of_clocks() -> None:
    vienna = ZoneInfo("Europe/Vienna")
    night = {"s": Span(*[datetime.datetime(2026, 10, 25, hour, tzinfo=vienna) for hour in (0, 1)])}

    assert instant("end(s) + PT3H", "Europe/Vienna", night) == "2026-10-25T02:00:00+00:00"
    found = due("end(s) + PT3H", "Europe/Vienna", night)
    assert found is not None
    assert found.at.hour == 3  # not 4: the hour from 2 to 3 came twice


def test_the_takeaways_of_a_session_are_due_two_hours_after_it() -> None:
    ends = datetime.datetime(2021, 12, 10, 10, 45, tzinfo=UTC)
    session = {"session": Span(ends - datetime.timedelta(hours=1), ends)}

    found = due("end(session) + PT2H", "Europe/Warsaw", session)

    assert found == Due(datetime.datetime(2021, 12, 10, 13, 45, tzinfo=ZoneInfo("Europe/Warsaw")), Day(2021, 12, 10))


def test_days_after_a_session_are_those_of_the_venue() -> None:
    ends = datetime.datetime(2023, 10, 11, 16, 30, tzinfo=UTC)  # 1:30 of the next day in Kyoto
    session = {"session": Span(ends, ends)}

    assert day_of("end(session) + P1D", "Asia/Tokyo", session) == Day(2023, 10, 13)
    assert day_of("end(session) + P1D", "UTC", session) == Day(2023, 10, 12)


def test_leap_days_are_days() -> None:
    around = {"m": span_of(Day(2024, 3, 1), None, "UTC"), "n": span_of(Day(2023, 3, 1), None, "UTC")}

    assert day_of("start(m) - P1D", "UTC", around) == Day(2024, 2, 29)
    assert day_of("start(n) - P1D", "UTC", around) == Day(2023, 2, 28)
    assert day_of("start(m) + P366D", "UTC", around) == Day(2025, 3, 2)


def test_a_rule_without_distance_is_the_edge_itself() -> None:
    spans = {"m": span_of(Day(2026, 12, 7), Day(2026, 12, 11), "America/New_York")}

    assert instant("start(m)", "America/New_York", spans) == "2026-12-07T05:00:00+00:00"
    assert instant("end(m)", "America/New_York", spans) == "2026-12-12T04:59:59+00:00"
    assert instant("start(m) + P0D", "America/New_York", spans) == "2026-12-08T04:59:59+00:00"


def test_what_counts_from_an_unknown_meeting_is_no_moment() -> None:
    assert due("start(gm-2027) - P62D", "UTC", {}) is None


def test_a_zone_that_there_is_not() -> None:
    with pytest.raises(LookupError):
        due("2026-12-07", "Atlantis/Capital", {})


def test_where_clocks_go_back_at_midnight_the_day_ends_with_the_second_time() -> None:
    # Havana, 1 November 2026, 1:00 -> 0:00 is too late in the night; Beirut goes back at 24:00 of 24 October 2026
    found = instant("2026-10-24", "Asia/Beirut")
    next_day = datetime.datetime(2026, 10, 25, tzinfo=ZoneInfo("Asia/Beirut")).astimezone(UTC)

    assert datetime.datetime.fromisoformat(found) + datetime.timedelta(seconds=1) == next_day


days = st.dates(Day(2015, 1, 1), Day(2035, 12, 31))
offsets = st.integers(-400, 400)
signed = st.sampled_from(ZONES)


def rule(offset: int, unit: str) -> str:
    amount = f"T{abs(offset)}H" if unit == "H" else f"{abs(offset)}D"
    return f"start(m) {'-' if offset < 0 else '+'} P{amount}"


@given(days, signed, offsets, offsets, st.sampled_from("DH"))
def test_a_greater_distance_is_never_earlier(day: Day, zone: str, one: int, other: int, unit: str) -> None:
    spans = {"m": span_of(day, None, zone)}
    low, high = sorted((one, other))

    assert instant(rule(low, unit), zone, spans) <= instant(rule(high, unit), zone, spans)


@given(days, signed, offsets)
def test_whole_days_land_on_the_same_day_of_the_calendar_in_every_zone(day: Day, zone: str, offset: int) -> None:
    found = due(rule(offset, "D"), zone, {"m": span_of(day, None, zone)})

    assert found is not None
    assert found.day == day + datetime.timedelta(days=offset)
    assert found.at.date() == found.day


@given(days, signed, st.integers(0, 10))
def test_a_span_holds_its_days(day: Day, zone: str, length: int) -> None:
    span = span_of(day, day + datetime.timedelta(days=length), zone)
    lasts = span.end.astimezone(UTC) - span.start.astimezone(UTC)

    whole = datetime.timedelta(days=length + 1)
    assert abs(lasts - whole) <= datetime.timedelta(hours=25)
    assert lasts > datetime.timedelta(hours=20)

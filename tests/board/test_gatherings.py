"""Gatherings: which sessions belong together, and who owes which report by when."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from acquis.board.cards import Card, Line
from acquis.board.gatherings import chosen, gathering_id, gatherings, owed, owed_by

HOUR = 3_600_000


def ms(iso: str) -> int:
    return int(datetime.datetime.fromisoformat(iso).timestamp() * 1000)


END = ms("2021-12-10T11:45:00+00:00")


def card(id: str = "a", **fields: object) -> Card:
    given = {
        "title": id, "gathering": "IGF 2021", "starts": "2021-12-10T10:15:00+00:00",
        "ends": "2021-12-10T11:45:00+00:00", "profile": "panel", "phase": "closed", "closed_at": END,
        "due_minutes": 120,
    }  # fmt: skip
    return Card(id, 9, "", **{**given, **fields})  # type: ignore[arg-type]  # fields of a card


def state_of(one: Card, now: int) -> str:
    return next(found.state for found in owed_by(one, now) if found.what == "takeaways")


@pytest.mark.parametrize(
    ("fields", "now", "state"),
    [
        ({}, END + HOUR, "due"),
        ({}, END + 2 * HOUR, "due"),
        ({}, END + 2 * HOUR + 1, "late"),
        ({"reported_at": END + HOUR}, END + 9 * HOUR, "filed"),
        ({"reported_at": END + 2 * HOUR}, END + 9 * HOUR, "filed"),
        ({"reported_at": END + 3 * HOUR}, END + 9 * HOUR, "filed_late"),
        ({"phase": "open", "closed_at": 0}, END - HOUR, "not_yet"),
        ({"phase": "published", "closed_at": 0}, END - 48 * HOUR, "not_yet"),
        ({"phase": "published", "closed_at": 0}, END + HOUR, "due"),
        ({"phase": "published", "closed_at": 0}, END + 48 * HOUR, "late"),
        ({"phase": "published", "closed_at": 0, "ends": ""}, END, "not_yet"),
    ],
)
def test_what_a_session_owes(fields: dict[str, Any], now: int, state: str) -> None:
    assert state_of(card(**fields), now) == state


def test_the_clock_starts_when_the_session_really_ended() -> None:
    overran = card(closed_at=END + HOUR)
    assert owed_by(overran, END)[0].due == END + 3 * HOUR


@pytest.mark.parametrize(("year", "duties"), [(2021, {"takeaways", "report"}), (2026, {"takeaways"})])
def test_no_session_owes_a_report_of_another_edition(year: int, duties: set[str]) -> None:
    starts, ends = f"{year}-12-10T10:15:00+00:00", f"{year}-12-10T11:45:00+00:00"
    one = card(profile="igf-2021", starts=starts, ends=ends, closed_at=ms(ends))
    assert {found.what for found in owed_by(one, ms(ends))} == duties


def test_a_draft_owes_nothing() -> None:
    assert owed_by(card(phase="draft"), END) == []


def test_the_longest_late_comes_first() -> None:
    now = END + 100 * HOUR
    cards = [
        card("filed", reported_at=END + HOUR),
        card("late", closed_at=END + 50 * HOUR),
        card("later", closed_at=END),
        card("due", closed_at=now - HOUR),
        card("slow", reported_at=END + 30 * HOUR),
    ]
    assert [one.card.id for one in owed(cards, now)] == ["later", "late", "due", "slow", "filed"]
    assert owed(cards, now)[0].late_by(now) == 98 * HOUR


def test_sessions_gather_under_their_name_the_latest_first() -> None:
    cards = [
        card("b", starts="2021-12-09T10:00:00+00:00"),
        card("a"),
        card("c", gathering="IGF 2023", starts="2023-10-08T00:00:00+00:00"),
        card("d", gathering=""),
        card("e", phase="draft"),
    ]
    assert [(found.id, [one.id for one in found.cards]) for found in gatherings(cards)] == [
        ("igf-2023", ["c"]),
        ("igf-2021", ["b", "a"]),
    ]


def test_the_name_of_a_gathering_makes_an_address() -> None:
    assert gathering_id("IGF 2021") == "igf-2021"
    assert gathering_id("  Форум  ") == "gathering"


def test_lines_are_chosen_by_item_kind_and_group() -> None:
    lines = [
        Line("s", "S", starts="", kind="question", entry=1, text="A", about=("norm-j",), group="Government"),
        Line("s", "S", starts="", kind="takeaway", entry=2, text="B", about=("norm-j", "cbm-8")),
        Line("s", "S", starts="", kind="question", entry=3, text="C", about=(), group="Civil Society"),
    ]

    def picked(items: set[str], kinds: set[str], group: str) -> str:
        return "".join(line.text for line in chosen(lines, items, kinds, group))

    assert picked(set(), set(), "") == "ABC"
    assert picked({"norm-j"}, set(), "") == "AB"
    assert picked({"cbm-8", "norm-z"}, set(), "") == "B"
    assert picked({"norm-j"}, {"question"}, "") == "A"
    assert picked(set(), set(), "Civil Society") == "C"

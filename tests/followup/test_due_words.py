"""Due dates as people read and write them (W M10)."""

from __future__ import annotations

import pytest

from acquis.followup.due_words import due_read, due_written, meeting_names
from acquis.reference.deadlines import parse_deadline


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        ("2027-07-31", "2027-07-31"),
        ("31 July 2027", "2027-07-31"),
        ("Saturday, 31 July 2027", "2027-07-31"),
        (" 31  Jul 2027 ", "2027-07-31"),
        ("Monday, 31 July 2027", "Monday, 31 July 2027"),
        ("31 June 2027", "31 June 2027"),
        ("soon", "soon"),
        ("the end of nothing that is known", "the end of nothing that is known"),
        ("end(gm-dtg-2026-12)", "end(gm-dtg-2026-12)"),
    ],
)
def test_a_day_is_read_as_pages_show_it(typed: str, recorded: str) -> None:
    assert due_read(typed) == recorded


@pytest.mark.parametrize(
    "rule", ["end({})", "start({})", "start({}) - P14D", "end({}) + P1D", "end({}) + PT3H", "end({}) + P2W"]
)
def test_what_counts_from_a_meeting_is_shown_in_words_and_read_again(rule: str) -> None:
    for meeting in meeting_names():
        recorded = rule.format(meeting)
        words = due_written(recorded)
        assert meeting not in words
        assert "(" not in words.split(" of ")[0]
        assert parse_deadline(due_read(words)) == parse_deadline(recorded)
        assert due_read(words.removeprefix("the ").upper()) == due_read(words)


def test_names_of_meetings_are_unique() -> None:
    names = list(meeting_names().values())
    assert names
    assert len(set(names)) == len(names)


def test_what_cannot_be_said_in_words_stays() -> None:
    for due in ("", "soon", "end(nowhere)", f"end({next(iter(meeting_names()))}) + PT90M"):
        assert due_written(due) == due

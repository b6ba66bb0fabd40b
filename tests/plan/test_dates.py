"""Times of sessions as pages show them: spans over midnight, and segments across a change of the clocks (B F10)."""

from __future__ import annotations

import pytest

from acquis.plan.dates import schedule, slot
from acquis.plan.document import PlannedSegment, Programme

DASH = "\N{EN DASH}"


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [
        ("2026-12-10T09:00:00+01:00", "2026-12-10T17:00:00+01:00", f"Thursday, 10 December 2026, 09:00{DASH}17:00"),
        (
            "2026-12-10T23:30:00+01:00",
            "2026-12-11T01:30:00+01:00",
            f"Thursday, 10 December 2026, 23:30 {DASH} Friday, 11 December 2026, 01:30",
        ),
    ],
)
def test_the_day_of_the_end_is_shown_if_it_is_another(starts: str, ends: str, shown: str) -> None:
    """B F10, row 31."""
    text = slot(starts, ends, "Europe/Berlin", "en")[0]
    assert text.replace("Thursday 1", "Thursday, 1").replace("Friday 1", "Friday, 1") == f"{shown} (Europe/Berlin)"


@pytest.mark.parametrize(
    ("starts", "clocks"),
    [
        ("2026-10-25T02:30:00+02:00", ["02:30", "02:30", "03:30"]),
        ("2026-03-29T01:30:00+01:00", ["01:30", "03:30", "04:30"]),
        ("2026-06-01T01:30:00+02:00", ["01:30", "02:30", "03:30"]),
        ("2026-06-01T01:30:00", ["01:30", "02:30", "03:30"]),
        ("", ["00:00", "01:00", "02:00"]),
    ],
)
def test_segments_are_counted_in_real_time(starts: str, clocks: list[str]) -> None:
    """B F10, row 30."""
    parts = tuple(PlannedSegment(str(number), "other", 60) for number in range(3))
    programme = Programme("A", starts=starts, zone="Europe/Berlin", segments=parts)
    assert [clock for clock, _ in schedule(programme)] == clocks

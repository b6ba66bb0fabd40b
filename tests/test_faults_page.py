"""The page on faults: every kind has a test or a reason why there is none, and every test that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in (ROOT / "docs" / "faults.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and "---" not in line and not line.startswith("| kind of ")
]


def test_every_kind_of_fault_has_a_test_or_a_reason() -> None:
    assert len(ROWS) > 45
    assert len({row[0] for row in ROWS}) == len(ROWS)
    for kind, answer, held in ROWS:
        assert re.search(r"`tests/", held) or "no test:" in answer, kind


def test_every_test_that_is_named_exists() -> None:
    named = {name for row in ROWS for name in re.findall(r"`(tests/[\w/]+\.py)`", row[2])}
    assert {name for name in named if "def test_" not in (ROOT / name).read_text("utf-8")} == set()

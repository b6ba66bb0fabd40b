"""The page on limits and access: every test that it names exists, and no control is left without an answer."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.partition("## ASVS")[2].splitlines()
    if line.startswith("| ") and "---" not in line
][1:]


def test_what_the_page_names_exists() -> None:
    named = set(re.findall(r"`((?:tests|docs|src|requirements)[\w/.]*)`", PAGE))
    assert len(named) > 30
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_every_control_has_an_answer_and_a_test_or_what_is_missing() -> None:
    assert len(ROWS) > 60
    for row in ROWS:
        control, answer, shown = row
        assert control
        assert answer
        assert not re.search(r"\bfails\b", answer, re.IGNORECASE), row
        assert shown != "–" or "Missing" in answer, row
    chapters = {int(number) for row in ROWS for number in re.findall(r"(?:^|\s)(\d+)\.\d", row[0])}
    assert chapters == {1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16}

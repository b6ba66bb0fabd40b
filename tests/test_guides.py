"""The guides that show a change as a diff: each added line is in the source, and the number of files is as said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDES = sorted((ROOT / "docs").glob("add-a*.md"))
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
DIFF = re.compile(r"```diff\n(.*?)```", re.DOTALL)


def named(path: Path) -> str:
    return path.stem


def added(guide: Path) -> dict[str, list[str]]:
    """The added lines of a guide by the file they are added to."""
    lines: dict[str, list[str]] = {}
    for line in "\n".join(DIFF.findall(guide.read_text("utf-8"))).splitlines():
        if line.startswith("--- "):
            file = lines.setdefault(line[4:], [])
        elif line.startswith("+") and line != "+":
            file.append(line[1:])
    return lines


def test_there_is_a_guide_for_each_kind_of_change() -> None:
    shown = {guide.stem.removeprefix("add-a-").removeprefix("add-an-") for guide in GUIDES}
    assert {"action", "attribute", "format", "importer", "page"} <= shown


@pytest.mark.parametrize("guide", GUIDES, ids=named)
def test_the_diff_of_a_guide_is_in_the_source(guide: Path) -> None:
    shown = added(guide)
    assert shown
    missing = [
        f"{file}: {line}"
        for file, lines in shown.items()
        for line in lines
        if line not in (ROOT / file).read_text("utf-8").splitlines()
    ]
    assert missing == []


@pytest.mark.parametrize("guide", GUIDES, ids=named)
def test_a_guide_says_how_many_files_its_diff_touches(guide: Path) -> None:
    said = re.search(r"\*\*(\w+) files?\*\*", guide.read_text("utf-8"))
    assert said, "say it as **three files**"
    assert WORDS.index(said[1]) == len(added(guide))


@pytest.mark.parametrize("guide", GUIDES, ids=named)
def test_the_tests_that_a_guide_names_are_there(guide: Path) -> None:
    names = set(re.findall(r"`(test_\w+)`", guide.read_text("utf-8")))
    written = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
    }
    assert names
    assert sorted(names - written) == []


def test_every_decision_has_a_date_and_stands_once() -> None:
    design = (ROOT / "docs" / "decisions.md").read_text("utf-8").partition("## Design")[2]
    rows = [line.strip("| ").split(" | ") for line in design.splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 30
    assert [row for row in rows if len(row) != 3 or not re.fullmatch(r"20\d\d-\d\d-\d\d", row[0])] == []
    decisions = [row[1] for row in rows]
    assert len(decisions) == len(set(decisions))

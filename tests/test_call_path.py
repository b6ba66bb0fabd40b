"""How far one must read to follow a vote and a sentence through the source."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tools.call_path import Source, measure, walk

ROOT = Path(__file__).resolve().parents[1]
LIMITS = {"casting a vote": (17, 5), "saving a sentence": (29, 7)}
"""The most functions and climbs of each walk. Before the web package was divided they were 36 and 9, 295 and 78, and
each may be half as long at most."""


@cache
def walks() -> dict[str, tuple[int, int, int]]:
    return dict(measure(ROOT / "src"))


@pytest.mark.parametrize("name", LIMITS)
def test_the_path_of_a_request_stays_short(name: str) -> None:
    functions, _, climbs = walks()[name]
    assert functions > 5, "the walk follows the request"
    assert (functions <= LIMITS[name][0], climbs <= LIMITS[name][1]) == (True, True), (functions, climbs)


def test_a_walk_counts_the_functions_that_are_handed_the_request(tmp_path: Path) -> None:
    package = tmp_path / "acquis"
    package.mkdir()
    (package / "web.py").write_text(
        "from acquis import rules\n"
        "from acquis.state import fold\n"
        "def handle(request):\n    fields = request.form\n    rules.check(fields)\n"
        "    answer(fold(fields))\n    other()\n"
        "def answer(state): ...\n"
        "def other(): ...\n"
    )
    (package / "rules.py").write_text("from acquis.state import fold\ndef check(fields):\n    fold(fields)\n")
    (package / "state.py").write_text("def fold(fields): ...\n")
    # handle, check, fold and answer, which stands in the file that the walk began in; `other` is handed nothing.
    assert walk(Source(tmp_path), ("acquis.web", "handle"), "request") == (4, 3, 1)

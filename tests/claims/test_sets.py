"""The labelled sets: how many planted errors are found, and how often a right sentence is called wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from benchmarks.claims.measure import SETS, large, outcomes, report_of, table
from tests.work import calls

from acquis.claims.checking import check
from acquis.claims.facts import Facts, facts

DOCS = Path(__file__).resolve().parents[2] / "docs" / "claims.md"


BY_THE_AUTHOR = [name for name in SETS if name != "made by somebody else"]


@pytest.mark.parametrize("name", BY_THE_AUTHOR)
def test_planted_errors_are_found_and_right_sentences_are_left_alone(name: str) -> None:
    wrong = [outcome for case, outcome in outcomes(name) if not case.right]
    right = [outcome for case, outcome in outcomes(name) if case.right]
    assert (len(wrong), len(right)) == (300, 300)
    assert wrong.count("fails") >= 0.95 * len(wrong)
    assert right.count("fails") <= 0.05 * len(right)


def test_the_independent_set_gets_no_worse() -> None:
    found = Counter((case.right, outcome) for case, outcome in outcomes("made by somebody else"))
    assert found[False, "fails"] >= 187
    assert found[True, "fails"] <= 23


@pytest.mark.parametrize("name", BY_THE_AUTHOR)
def test_what_is_right_and_says_something_is_called_right(name: str) -> None:
    said = [outcome for case, outcome in outcomes(name) if case.right and case.kind != "prose"]
    assert said.count("holds") >= 0.95 * len(said)


def test_each_kind_of_error_is_planted_equally_often() -> None:
    for name in SETS:
        kinds = [case.kind for case, _ in outcomes(name) if not case.right]
        assert {kinds.count(kind) for kind in kinds} == {25}, name


def test_the_figures_of_the_page_are_those_of_the_sets() -> None:
    assert table() in DOCS.read_text("utf-8")


def test_the_work_grows_no_faster_than_the_record() -> None:
    few, many = facts(large(500)), facts(large(2_000))
    listed = report_of(20)

    def checked(known: Facts) -> int:
        return calls(lambda: [check(text, cites, known) for text, cites in listed])

    checked(few)  # fills the caches
    assert checked(many) < 4.4 * checked(few)


def test_the_facts_are_taken_in_one_pass() -> None:
    few, many = large(500), large(1_000)
    facts(many)  # fills the caches
    facts(few)
    assert calls(lambda: facts(many)) < 2.2 * calls(lambda: facts(few))

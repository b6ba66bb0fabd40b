"""The labelled sets: how many planted errors are found, and how often a right sentence is called wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from benchmarks.claims import strait, valley
from benchmarks.claims.measure import SETS, large, outcomes, report_of, table
from tests.work import calls

from acquis.claims.checking import check
from acquis.claims.facts import Facts, facts

DOCS = Path(__file__).resolve().parents[2] / "docs" / "claims.md"


AT_LEAST = {
    "made by somebody else": (297, 0),
    "harbour": (294, 0),
    "orchard": (290, 4),
    "delta": (284, 3),
    "plateau": (291, 0),
    "quarry": (296, 0),
    "meadow": (293, 1),
    "canal": (298, 0),
}
"""Independent set -> the errors that are found at least, and the most false alarms."""
BY_THE_AUTHOR = [name for name in SETS if name not in AT_LEAST]


@pytest.mark.parametrize("name", BY_THE_AUTHOR)
def test_planted_errors_are_found_and_right_sentences_are_left_alone(name: str) -> None:
    wrong = [outcome for case, outcome in outcomes(name) if not case.right]
    right = [outcome for case, outcome in outcomes(name) if case.right]
    assert (len(wrong), len(right)) == (300, 300)
    assert wrong.count("fails") >= 0.95 * len(wrong)
    assert right.count("fails") <= 0.05 * len(right)


@pytest.mark.parametrize("name", AT_LEAST)
def test_the_independent_sets_get_no_worse(name: str) -> None:
    found = Counter((case.right, outcome) for case, outcome in outcomes(name))
    assert found[False, "fails"] >= AT_LEAST[name][0]
    assert found[True, "fails"] <= AT_LEAST[name][1]


@pytest.mark.parametrize("name", BY_THE_AUTHOR)
def test_what_is_right_and_says_something_is_called_right(name: str) -> None:
    said = [outcome for case, outcome in outcomes(name) if case.right and case.kind != "prose"]
    assert said.count("holds") >= 0.94 * len(said), "what is nearly all is not decided"


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


@pytest.mark.parametrize(
    ("text", "cites", "expected"),
    [
        ("The vote on open departure data stood at 31 to 13.", "s1", "count fails"),
        ("Only operators were against the use of fuel tax for ramps and lifts.", "s3", "groups fails"),
        ("All groups except operators had a majority for audible announcements.", "s0", "groups holds"),
        ("Three of the four groups opposed replacing paper tickets with facial recognition.", "s4", "groups holds"),
        ("Ms de la Cruz said that replacing the old fleet will take until 2043.", "t3", "date fails"),
        ("The working group on signs has proposed one standard for the five districts.", "d", "decision fails"),
        ("Training all conductors in assistance is a commitment of Greenline Buses.", "c1", "body fails"),
        ("Sørensen based her call for universal design on paragraph 24 of CRPD/C/GC/5.", "t4", "symbol fails"),
        ("All operators but one opposed the opening of their live departure data.", "s1", "quantifier holds"),
        ("With a single vote against, timetables in easy language were supported.", "s5", "count holds"),
        ("All voters without exception were for timetables in easy language.", "s5", "quantifier fails"),
        ("Operators backed face scans, while local government and academia rejected them.", "s4", "groups holds"),
        ("Operators were for face scans, but all other groups were against them.", "s4", "groups holds"),
        ("Academia backed face scans, while operators rejected them.", "s4", "groups fails"),
        ("14 people agreed, and there was a majority for face scans in all groups.", "s4", "groups fails"),
        ("Support for the fuel tax was confined to operators.", "s3", "groups fails"),
        ("An operator asked whether the app will work without a smartphone.", "q2", "body fails"),
        ("The question was answered live, not in writing.", "q7", "answer fails"),
        ("The session took place on Thursday, 14 October 2026.", "s0", "date fails"),
        ("The session took place on Wednesday, 14 October 2026.", "s0", "date holds"),
        ("On 14 November 2026 the session opened in Brennau.", "s0", "date fails"),
        ("One standard for signs is to be proposed by 11 March 2027.", "d", "date fails"),
        ("The money for ramps and lifts has been settled.", "d", "decision fails"),
        ("The working group on signs has presented one standard for the five districts.", "d", "decision fails"),
        ("The commitment on lift data is done.", "c0", "commitment fails"),
        ("A/74/816 was named.", "s0", "symbol fails"),
    ],
)
def test_what_the_independent_set_taught(text: str, cites: str, expected: str) -> None:
    session = valley.made()
    found = check(text, (session.entries[cites],), facts(session.state))
    assert expected in {f"{verdict.rule} {verdict.outcome}" for verdict in found}


@pytest.mark.parametrize(
    ("text", "cites", "expected"),
    [
        ("The levy on short flights found the support of 16 people.", "s6", "count fails"),
        ("The levy on short flights found the support of 61 people.", "s6", "count holds"),
        ("Every ministry was in favour of public fares six months ahead.", "s5", "quantifier fails"),
        ("The levy on short flights was agreed by consensus.", "s6", "quantifier fails"),
        ("In every group more people supported the levy on short flights than opposed it.", "s6", "groups holds"),
        ("Ministries asked why bicycles are refused on Fridays.", "q4", "body fails"),
        ("Oskar Lindqvist, representing Passengers, spoke of the night shift.", "t4", "body fails"),
        ("The question of who pays when a connection is missed had 74 supporters.", "q0", "count fails"),
        ("Para. 120 of A/RES/76/294 was quoted on the night shift.", "t4", "paragraph fails"),
        ("The panel explained in its answer why bicycles are refused on Fridays.", "q4", "answer fails"),
    ],
)
def test_what_the_further_set_taught(text: str, cites: str, expected: str) -> None:
    session = strait.made()
    found = check(text, (session.entries[cites],), facts(session.state))
    assert expected in {f"{verdict.rule} {verdict.outcome}" for verdict in found}


def test_nearly_all_of_a_group_is_not_all_of_it() -> None:
    session = strait.made()
    text = "Almost all passengers were in favour of public fares six months ahead."
    found = check(text, (session.entries["s5"],), facts(session.state))
    assert "fails" not in {verdict.outcome for verdict in found}

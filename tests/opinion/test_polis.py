"""Polis-compatible mode: equal to what the real Polis put out, and to a small table worked out with fractions."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from tests.opinion.makers import NO_DATA, SHARED, conversation, frozen

from acquis.opinion import Votes, votes_from_arrays
from acquis.opinion.polis import PolisReading, cold_groups, polis_reading
from acquis.opinion.polis_lists import informed_consensus

CLOSE = 1e-9
GOLDEN = ("150ptpt-3gp-no-strict-no-meta", "25ptpt-3gp-no-strict-with-meta", "below-100-ptpts")


def golden(name: str) -> tuple[Votes, PolisReading, dict[str, Any]]:
    folder = SHARED / "polis-golden" / name
    if not folder.exists():
        pytest.skip(NO_DATA)
    rows, wanted = (json.loads((folder / file).read_text()) for file in ("votes.json", "math-pca2.json"))
    person, statement, choice, at = (
        np.array([next(row[name] for name in names if name in row) for row in rows], kind)
        for names, kind in (
            (("participant_id", "pid"), np.int64),
            (("statement_id", "tid"), np.int64),
            (("vote",), np.int64),
            (("modified",), np.float64),
        )
    )
    votes = votes_from_arrays(person, statement, choice, order=at)
    bases = dict(zip(wanted["base-clusters"]["id"], wanted["base-clusters"]["members"]))
    place = {person: row for row, person in enumerate(votes.people)}
    labels = np.full(len(votes.people), -1)
    for group in wanted["group-clusters"]:
        labels[[place[person] for base in group["members"] for person in bases[base]]] = group["id"]
    meta = set(wanted["meta-tids"])
    return votes, polis_reading(frozen(votes), set(wanted["mod-out"]) - meta, meta, labels), wanted


@pytest.mark.parametrize("name", GOLDEN)
def test_what_polis_computes_is_met(name: str) -> None:
    votes, found, wanted = golden(name)
    number = {statement: place for place, statement in enumerate(votes.statements)}
    places = [number[tid] for tid in wanted["tids"]]
    # Inside Polis agree is -1.
    assert np.allclose(found.center[places], -np.array(wanted["pca"]["center"]), rtol=0, atol=CLOSE)
    for mine, theirs in zip(found.components, wanted["pca"]["comps"]):
        assert abs(mine[places] @ np.array(theirs)) == pytest.approx(1, abs=CLOSE)
    assert np.allclose(found.extremity[places], wanted["pca"]["comment-extremity"], rtol=0, atol=CLOSE)
    for tid, priority in wanted["comment-priorities"].items():
        assert found.priority[number[int(tid)]] == pytest.approx(priority, rel=CLOSE)
    for tid, consensus in wanted["group-aware-consensus"].items():
        assert found.consensus[number[int(tid)]] == pytest.approx(consensus, abs=CLOSE)


@pytest.mark.parametrize("name", GOLDEN)
def test_the_lists_are_those_of_polis(name: str) -> None:
    votes, found, wanted = golden(name)
    for kind, mine in (("agree", found.agreed), ("disagree", found.disagreed)):
        theirs = wanted["consensus"][kind]
        assert [votes.statements[one.statement] for one in mine] == [one["tid"] for one in theirs]
        assert [(one.success, one.trials) for one in mine] == [(one["n-success"], one["n-trials"]) for one in theirs]
    for group, entries in wanted["repness"].items():
        mine_ = [(votes.statements[one.statement], one.agree) for one in found.representative[int(group)]]
        assert mine_ == [(one["tid"], one["repful-for"] == "agree") for one in entries]


def test_group_informed_consensus_is_that_of_an_export() -> None:
    folder = SHARED / "polis" / "bg2050-volunteers"
    if not folder.exists():
        pytest.skip(NO_DATA)
    with (folder / "participants-votes.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    statements = [name for name in rows[0] if name.isdigit()]
    counts = np.zeros((2, len(statements), 3), np.int64)
    for row in rows:
        if row["group-id"]:
            for j, name in enumerate(statements):
                if row[name] != "":
                    counts[int(row["group-id"]), j, int(row[name]) + 1] += 1
    found = dict(zip(statements, informed_consensus(counts)))
    with (folder / "comments.csv").open(newline="", encoding="utf-8-sig") as file:
        exported = {row["comment-id"]: row["group-informed-consensus"] for row in csv.DictReader(file)}
    compared = [(found[tid], float(value)) for tid, value in exported.items() if tid in found and value]
    assert len(compared) > 300
    mine, theirs = np.array(compared).T
    assert np.allclose(mine, theirs, rtol=0, atol=CLOSE)


# Eight people, four statements, two groups of four: A agree, D disagree, P pass, - no vote.
TABLE = ("AAD-", "AADP", "AAP-", "AA-D", "DADA", "DAAA", "DPAA", "-DAA")
GROUPS = np.array([0, 0, 0, 0, 1, 1, 1, 1])
CHOICE = {"A": 1, "D": -1, "P": 0}


def by_hand() -> Votes:
    cells = [(p, j, CHOICE[mark]) for p, row in enumerate(TABLE) for j, mark in enumerate(row) if mark != "-"]
    person, statement, choice = np.array(cells).T
    return votes_from_arrays(person, statement, choice)


def count(j: int, marks: str, group: int | None = None) -> int:
    return sum(row[j] in marks for row, g in zip(TABLE, GROUPS) if group in (None, g))


def test_a_small_table_worked_out_with_fractions() -> None:
    found = polis_reading(frozen(by_hand()), labels=GROUPS)
    for j in range(4):
        votes = count(j, "ADP")
        assert found.center[j] == pytest.approx(float(Fraction(count(j, "A") - count(j, "D"), votes)))
        shares = [Fraction(count(j, "A", g) + 1, count(j, "ADP", g) + 2) for g in (0, 1)]
        assert found.consensus[j] == pytest.approx(float(shares[0] * shares[1]))
        assert found.statistics.ra[0, j] == pytest.approx(float(shares[0] / shares[1]))
        agreed, passed = Fraction(count(j, "A") + 1, votes + 2), Fraction(count(j, "P") + 1, votes + 2)
        importance = float((1 - passed) * agreed) * (1 + found.extremity[j])
        assert found.priority[j] == pytest.approx((importance * (1 + 8 * 2 ** (-votes / 5))) ** 2)
    # Statement 1 has 7 votes, 6 agree: z = 2 sqrt(8) (7/8 - 1/2) = 2.12, share (6 + 1) / (8 + 2).
    assert [(one.statement, one.success, one.trials) for one in found.agreed] == [(1, 6, 8)]
    assert found.agreed[0].share == pytest.approx(0.7)
    # All four of group 0 agree with statement 0 and nobody else does.
    assert found.representative[0][0].statement == 0
    assert found.representative[0][0].agree
    assert found.representative[1][0].agree


def test_the_components_are_those_of_the_imputed_matrix() -> None:
    votes = conversation(40, 12, share=0.4)
    choice, voted = votes.dense()
    mean = np.array([choice[voted[:, j], j].mean() for j in range(12)])
    imputed = np.where(voted, choice, mean) - mean
    vectors = np.linalg.eigh(np.cov(imputed.T))[1][:, ::-1]
    found = polis_reading(votes)
    for number in (0, 1):
        assert abs(found.components[number] @ vectors[:, number]) == pytest.approx(1, abs=1e-9)
    scaled = (imputed @ found.components.T) * np.sqrt(12 / np.maximum(voted.sum(1), 1))[:, None]
    assert np.allclose(found.positions, scaled)


def test_a_moderated_statement_counts_as_a_vote_of_everybody_in_the_scale() -> None:
    votes = by_hand()
    whole, less = polis_reading(votes, labels=GROUPS), polis_reading(votes, moderated={3}, labels=GROUPS)
    assert less.center[3] == 0
    assert not less.components[:, 3].any()
    assert 3 not in {one.statement for group in less.representative for one in group}
    assert whole.center[3] != 0


def test_a_meta_statement_has_a_priority_of_49() -> None:
    assert polis_reading(by_hand(), meta={2}).priority[2] == 49


def test_a_cold_start_finds_two_camps() -> None:
    found = polis_reading(conversation(120, 30, strength=4.0))
    assert set(found.label.tolist()) == {0, 1}
    assert len({tuple(sorted(set((np.arange(120) % 2)[found.label == g].tolist()))) for g in (0, 1)}) == 2


@pytest.mark.parametrize(("people", "statements"), [(0, 0), (3, 2), (1, 4), (5, 1)])
def test_odd_cases_are_defined(people: int, statements: int) -> None:
    person, statement = np.divmod(np.arange(people * statements), max(statements, 1))
    votes = votes_from_arrays(
        person, statement, np.ones(len(person), np.int64), people=range(people), statements=range(statements)
    )
    found = polis_reading(votes)
    for array in (found.center, found.components, found.positions, found.extremity, found.priority):
        assert np.isfinite(array).all()
    assert len(cold_groups(found.positions, np.ones(people, bool))) == people

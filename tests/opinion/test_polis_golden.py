"""Polis-compatible mode: equal to what the real Polis put out."""

from __future__ import annotations

import csv
import json
from typing import Any

import numpy as np
import pytest
from tests.opinion.makers import NO_DATA, SHARED, frozen

from acquis.opinion import Votes, votes_from_arrays
from acquis.opinion.polis import PolisReading, in_conversation, polis_reading
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
    assert len(wanted["comment-priorities"]) == len(wanted["group-aware-consensus"]) == len(places)
    for tid, priority in wanted["comment-priorities"].items():
        assert found.priority[number[int(tid)]] == pytest.approx(priority, rel=CLOSE)
    for tid, consensus in wanted["group-aware-consensus"].items():
        assert found.consensus[number[int(tid)]] == pytest.approx(consensus, abs=CLOSE)


@pytest.mark.parametrize("name", GOLDEN)
def test_people_stand_where_polis_puts_them(name: str) -> None:
    votes, found, wanted = golden(name)
    row = {person: number for number, person in enumerate(votes.people)}
    bases = wanted["base-clusters"]
    for axis, coordinates in enumerate((bases["x"], bases["y"])):
        theirs = np.array(coordinates)
        mine = np.array([found.positions[[row[person] for person in base], axis].mean() for base in bases["members"]])
        assert np.allclose(mine * np.sign(mine @ theirs), theirs, rtol=0, atol=CLOSE)


@pytest.mark.parametrize(("name", "grouped"), list(zip(GOLDEN, (117, 27, 19))))
def test_who_is_grouped_now_was_grouped_by_polis(name: str, grouped: int) -> None:
    votes, _, wanted = golden(name)
    inside = np.flatnonzero(in_conversation(votes)).tolist()
    assert len(inside) == grouped
    # Once in, always in: Polis has some more, who once were among its first 15.
    assert {votes.people[number] for number in inside} <= set(wanted["in-conv"])


@pytest.mark.parametrize("name", GOLDEN)
def test_the_lists_are_those_of_polis(name: str) -> None:
    votes, found, wanted = golden(name)
    for kind, mine in (("agree", found.agreed), ("disagree", found.disagreed)):
        theirs = wanted["consensus"][kind]
        assert [votes.statements[one.statement] for one in mine] == [one["tid"] for one in theirs]
        assert [(one.success, one.trials) for one in mine] == [(one["n-success"], one["n-trials"]) for one in theirs]
        for one, their in zip(mine, theirs):
            assert (one.share, one.test) == pytest.approx((their["p-success"], their["p-test"]), abs=CLOSE)
    assert len(wanted["repness"]) == len(found.representative)
    for group, entries in wanted["repness"].items():
        mine_ = [(votes.statements[one.statement], one.agree) for one in found.representative[int(group)]]
        assert mine_ == [(one["tid"], one["repful-for"] == "agree") for one in entries]
        for one_, their in zip(found.representative[int(group)], entries):
            assert (one_.success, one_.trials) == (their["n-success"], their["n-trials"])
            assert one_.best_agree == their.get("best-agree", False)
            names = ("p-success", "p-test", "repness")
            assert (one_.share, one_.test, one_.ratio) == pytest.approx([their[name] for name in names], abs=CLOSE)
            # Written out with seven places.
            assert one_.ratio_test == pytest.approx(their["repness-test"], abs=1e-6)


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

"""Polis-compatible mode: a small table worked out with fractions, slow loops, and what is odd."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from math import hypot, isnan, sqrt
from typing import Any

import numpy as np
import pytest
from tests.effort import times
from tests.failing import failing
from tests.opinion.makers import camps, conversation, frozen

from acquis.opinion import Votes, votes_from_arrays
from acquis.opinion.polis import cold_groups, in_conversation, participant_statistics, polis_reading, projected
from acquis.opinion.polis_lists import Statistics, group_statistics, representing

# Eight people, five statements, two groups of four: A agree, D disagree, P pass, - no vote.
TABLE = ("AAD-D", "AADPD", "AAP-P", "AA-DD", "DADA-", "DAAAA", "DPAAP", "-DAA-")
GROUPS = np.array([0, 0, 0, 0, 1, 1, 1, 1])
GROUPS.flags.writeable = False
CHOICE = {"A": 1, "D": -1, "P": 0}


def by_hand() -> Votes:
    cells = [(p, j, CHOICE[mark]) for p, row in enumerate(TABLE) for j, mark in enumerate(row) if mark != "-"]
    person, statement, choice = np.array(cells).T
    return votes_from_arrays(person, statement, choice)


def count(j: int, marks: str, group: int | None = None) -> int:
    return sum(row[j] in marks for row, g in zip(TABLE, GROUPS) if group in (None, g))


def test_a_small_table_worked_out_with_fractions() -> None:
    found = polis_reading(frozen(by_hand()), labels=GROUPS)
    for j in range(5):
        votes = count(j, "ADP")
        assert found.center[j] == pytest.approx(float(Fraction(count(j, "A") - count(j, "D"), votes)))
        shares = [Fraction(count(j, "A", g) + 1, count(j, "ADP", g) + 2) for g in (0, 1)]
        assert found.consensus[j] == pytest.approx(float(shares[0] * shares[1]))
        assert found.statistics.ra[0, j] == pytest.approx(float(shares[0] / shares[1]))
        agreed, passed = Fraction(count(j, "A") + 1, votes + 2), Fraction(count(j, "P") + 1, votes + 2)
        importance = float((1 - passed) * agreed) * (1 + found.extremity[j])
        assert found.priority[j] == pytest.approx((importance * (1 + 8 * 2 ** (-votes / 5))) ** 2)
        alone = votes_from_arrays(np.array([0]), np.array([j]), np.array([1]), people=[0], statements=range(5))
        spot = projected(alone, found.center, found.components, np.zeros(5, bool))[0]
        assert found.extremity[j] == pytest.approx(hypot(*spot.tolist()))
    # Statement 1 has 8 votes, 6 agree: z = 2 sqrt(9) (7/9 - 1/2) = 5/3, share (6 + 1) / (8 + 2).
    assert [(one.statement, one.success, one.trials) for one in found.agreed] == [(1, 6, 8)]
    assert (found.agreed[0].share, found.agreed[0].test) == pytest.approx((0.7, 5 / 3))
    assert not found.disagreed
    # All four of group 0 agree with statement 0 and nobody else does.
    assert found.representative[0][0].statement == 0
    assert found.representative[0][0].agree
    assert found.representative[1][0].agree


def one_proportion(k: int, n: int) -> float:
    return 2 * sqrt(n + 1) * ((k + 1) / (n + 1) - 1 / 2)


def two_proportions(k: int, n: int, k_out: int, n_out: int) -> float:
    s1, n1, s2, n2 = k + 1, n + 1, k_out + 1, n_out + 1
    pooled = (s1 + s2) / (n1 + n2)
    return 0 if pooled == 1 else (s1 / n1 - s2 / n2) / sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))


def worked_out(counts: list[Any], g: int, j: int) -> dict[str, float]:
    """The measures of one statement in one group, one number at a time."""
    disagree, passed, agree = counts[g][j]
    out = [sum(counts[other][j][kind] for other in range(len(counts)) if other != g) for kind in range(3)]
    ns, ns_out = disagree + passed + agree, sum(out)
    one = {"na": agree, "nd": disagree, "ns": ns}
    for letter, count, count_out in (("a", agree, out[2]), ("d", disagree, out[0])):
        one["p" + letter] = (count + 1) / (ns + 2)
        one["p" + letter + "t"] = one_proportion(count, ns)
        one["r" + letter] = one["p" + letter] / ((count_out + 1) / (ns_out + 2))
        one["r" + letter + "t"] = two_proportions(count, ns, count_out, ns_out)
    return one


def listed(counts: list[Any], g: int) -> list[tuple[int, bool]]:
    """The statements that represent a group, step by step."""
    every = [worked_out(counts, g, j) for j in range(len(counts[g]))]
    high, best, sufficient = 1.2816, None, []
    for j, one in enumerate(every):
        agreed = one["rat"] > high and one["pat"] > high
        if agreed or (one["rdt"] > high and one["pdt"] > high):
            way = "a" if one["rat"] > one["rdt"] else "d"
            rank = one["r" + way] * one["r" + way + "t"] * one["p" + way] * one["p" + way + "t"]
            sufficient.append((rank, j, way == "a"))
        if best is None:
            best = j if one["pat"] > high or (one["ra"] > 1 and one["pa"] > 0.5) else None
            continue
        names = ("ra", "rat", "pa", "pat") if every[best]["ra"] > 1 else ("pa", "pat")
        mine, theirs = (np.prod([of[name] for name in names]) for of in (one, every[best]))
        best = j if mine > theirs else best
    if not sufficient and best is None:
        most = max(range(len(every)), key=lambda j: max(every[j]["rat"], every[j]["rdt"]))
        return [(most, every[most]["rat"] > every[most]["rdt"])]
    ranked = [(j, agrees) for _, j, agrees in sorted(sufficient, key=lambda one: -one[0]) if j != best]
    five = ([] if best is None else [(best, every[best]["rat"] > every[best]["rdt"])]) + ranked
    return [one for one in five[:5] if one[1]] + [one for one in five[:5] if not one[1]]


def _those_of_slow_loops(seed: int) -> None:
    counts = np.random.default_rng(seed).poisson(([2, 1, 4], [3, 1, 2], [0.4, 1, 0.3])[seed % 3], (2 + seed % 3, 12, 3))
    stats = group_statistics(counts)
    for g in range(len(counts)):
        for j in range(12):
            wanted = worked_out(counts.tolist(), g, j)
            found = {field.name: float(getattr(stats, field.name)[g, j]) for field in fields(Statistics)}
            assert found == pytest.approx(wanted, abs=1e-12)
        mine = [(one.statement, one.agree) for one in representing(stats, np.zeros(12, bool))[g]]
        assert mine == listed(counts.tolist(), g)


def test_measures_and_lists_are_those_of_slow_loops() -> None:
    assert failing(_those_of_slow_loops, range(times(40))) == []


def test_the_best_agreement_has_the_direction_in_which_its_group_differs() -> None:
    """A group of ten agrees with the statement (7 of 10), but all others agree more: what sets the group apart is its
    one vote against. Polis lists such a statement as a disagreement, with the counts of that (50ptpt-3gp-strict)."""
    counts = np.array([[[1, 2, 7]], [[0, 4, 36]]])
    entry = representing(group_statistics(counts), np.zeros(1, bool))[0][0]
    assert entry.best_agree
    assert not entry.agree
    assert (entry.success, entry.trials) == (1, 10)
    assert entry.share == pytest.approx(2 / 12)
    assert entry.ratio_test == pytest.approx(two_proportions(1, 10, 0, 40))


def test_where_people_stand_is_measured_from_the_center_of_all_and_of_their_group() -> None:
    spots = np.array([[0.0, 0.0], [2.0, 0.0], [7.0, 3.0], [7.0, 5.0], [9.0, 9.0]])
    found = participant_statistics(spots, np.array([0, 0, 1, 1, -1]))
    # The center of all four is (4, 2), of the groups (1, 0) and (7, 4): 3 and 2 to either side of it.
    assert found.centricness.tolist() == pytest.approx([1 - hypot(x - 4, y - 2) for x, y in spots.tolist()])
    assert found.coreness[:4].tolist() == pytest.approx([0, 0, 0, 0])
    along = 3 / hypot(3, 2), 2 / hypot(3, 2)
    assert found.extremeness[:4].tolist() == pytest.approx([along[0], -along[0], -along[1], along[1]])
    assert isnan(found.coreness[4])
    assert isnan(found.extremeness[4])


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
    # The first person voted on four statements, not on statement 3: five count, sqrt(5 / 5).
    left = np.array([1, 1, -1, 0, -1]) - less.center
    assert less.positions[0] == pytest.approx((less.components * left).sum(1))


def test_a_meta_statement_has_a_priority_of_49() -> None:
    assert polis_reading(by_hand(), meta={2}).priority[2] == 49


def test_a_cold_start_finds_two_camps() -> None:
    found = polis_reading(conversation(120, 30, strength=4.0))
    assert set(found.label.tolist()) == {0, 1}
    assert len({tuple(sorted(set((np.arange(120) % 2)[found.label == g].tolist()))) for g in (0, 1)}) == 2


def test_the_order_of_the_votes_changes_nothing() -> None:
    person, statement, choice = camps(60, 20, k=3)
    shuffled = np.random.default_rng(1).permutation(len(choice))
    one = polis_reading(votes_from_arrays(person, statement, choice))
    other = polis_reading(votes_from_arrays(person[shuffled], statement[shuffled], choice[shuffled]))
    for name in ("center", "components", "positions", "label", "extremity", "priority", "consensus"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes()
    assert (one.agreed, one.disagreed, one.representative) == (other.agreed, other.disagreed, other.representative)


def test_of_few_people_the_most_active_are_grouped_up_to_fifteen() -> None:
    # Person i casts i votes: 13 people have 7 or more, two more are added, and nobody who never voted.
    person = np.repeat(np.arange(20), np.arange(20))
    statement = np.concatenate([np.arange(votes) for votes in range(20)])
    votes = votes_from_arrays(person, statement, np.ones(len(person), np.int64), people=range(20))
    assert np.flatnonzero(in_conversation(votes)).tolist() == list(range(5, 20))
    assert np.flatnonzero(in_conversation(votes.of_people(np.arange(3)))).tolist() == [1, 2]


def test_of_many_people_those_with_seven_votes_are_grouped() -> None:
    votes = [6] * 10 + [7] * 10 + [8] * 10
    statement = np.concatenate([np.arange(cast) for cast in votes])
    found = in_conversation(votes_from_arrays(np.repeat(np.arange(30), votes), statement, np.zeros_like(statement)))
    assert found.tolist() == [cast >= 7 for cast in votes]


@pytest.mark.parametrize(("each", "groups"), [(2, 2), (8, 4)])
def test_few_people_are_in_fewer_groups(each: int, groups: int) -> None:
    # Four camps far apart: of 8 people at most 2 groups are looked for, of 32 up to 4.
    corners = np.array([[0, 0], [50, 0], [0, 50], [50, 50]])
    spots = np.concatenate([np.add(corners, (step / 10, step / 7)) for step in range(each)])
    found = cold_groups(spots, np.ones(4 * each, bool))
    assert len(np.unique(found)) == groups
    assert all(len(np.unique(found[camp::4])) == 1 for camp in range(4))


@pytest.mark.parametrize("labels", [np.zeros(7, np.int64), np.zeros(8), np.full(8, -2)])
def test_labels_that_do_not_fit_are_refused(labels: Any) -> None:
    with pytest.raises(ValueError, match="one for each of the 8 people"):
        polis_reading(by_hand(), labels=labels)


def everybody_agreed(people: int, statements: int) -> Votes:
    person, statement = np.divmod(np.arange(people * statements), max(statements, 1))
    agreed = np.ones(len(person), np.int64)
    return frozen(votes_from_arrays(person, statement, agreed, people=range(people), statements=range(statements)))


@pytest.mark.parametrize(("people", "statements"), [(0, 0), (0, 3), (3, 0), (3, 2), (1, 4), (5, 1), (1, 1), (30, 9)])
def test_odd_cases_are_defined(people: int, statements: int) -> None:
    found = polis_reading(everybody_agreed(people, statements))
    for array in (found.center, found.components, found.positions, found.extremity, found.priority, found.consensus):
        assert np.isfinite(array).all()
    assert found.positions.shape == (people, 2)
    assert found.label.tolist() == ([0] * people if statements else [-1] * people)
    assert len(cold_groups(found.positions, np.ones(people, bool))) == people
    if people > 1:
        assert not found.positions.any()


def test_one_person_alone_is_the_first_component() -> None:
    votes = votes_from_arrays(np.zeros(3, int), np.arange(3), np.array([-1, 0, 1]), statements=range(4))
    found = polis_reading(votes)
    assert found.center.tolist() == [0, 0, 0, 0]
    assert found.components.tolist() == pytest.approx(np.array([[1, 0, -1, 0], [0, 0, 0, 0]]) / sqrt(2))
    assert found.positions.tolist() == [[pytest.approx(-sqrt(4 / 3) * sqrt(2)), 0]]


def test_one_statement_alone_puts_everybody_in_one_place() -> None:
    found = polis_reading(votes_from_arrays(np.arange(4), np.zeros(4, int), np.array([1, 1, -1, 0])))
    assert found.components.tolist() == [[1], [0]]
    assert not found.center.any()
    assert not found.positions.any()
    assert not found.extremity.any()


def test_a_statement_nobody_voted_on_moves_nobody() -> None:
    person, statement, choice = camps(40, 6)
    without, with_one = (
        polis_reading(votes_from_arrays(person, statement, choice, people=range(40), statements=range(m)))
        for m in (6, 7)
    )
    assert np.allclose(with_one.center, [*without.center, 0])
    assert np.allclose(with_one.components, np.pad(without.components, ((0, 0), (0, 1))))
    assert np.allclose(with_one.positions, without.positions * sqrt(7 / 6))
    assert with_one.priority[6] == pytest.approx((0.25 * 9) ** 2)


def test_a_direction_in_which_nobody_differs_is_not_a_component() -> None:
    # Three statements that are always answered alike, by very many people: rounding must not make up a second one.
    person, statement = np.divmod(np.arange(3 * 30_000), 3)
    choice = np.array([1, 1, 1, 0, -1, -1, -1])[person % 7]
    found = polis_reading(votes_from_arrays(person, statement, choice))
    assert np.allclose(found.components, np.array([[1, 1, 1], [0, 0, 0]]) / sqrt(3))
    assert len(np.unique(found.label[choice[::3] == 1])) == 1

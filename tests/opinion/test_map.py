"""Axes, places and groups: the same for the same votes, defined for every odd case, and honest about chance."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import rarely, times
from tests.opinion.hidden import active, asked_for, expected, rmse, split
from tests.opinion.makers import NO_DATA, SHARED, adjusted_rand, camps, conversation, frozen

from acquis.opinion import Votes, ends, fit_axes, opinion_map, place, reasons, sums, votes_from_arrays


@settings(max_examples=times(10))
@given(st.integers(0, 10_000))
def test_the_order_of_people_and_votes_does_not_matter(seed: int) -> None:
    person, statement, choice = camps(80, 12, seed=seed)
    random = np.random.default_rng(seed)
    order, name = random.permutation(len(person)), random.permutation(80)
    one = opinion_map(votes_from_arrays(person, statement, choice, people=range(80), statements=range(12)))
    other = opinion_map(
        votes_from_arrays(name[person[order]], statement[order], choice[order], people=range(80), statements=range(12)),
    )
    assert one.digest == other.digest
    assert np.array_equal(one.positions.xy, other.positions.xy[name])
    assert np.array_equal(one.label, other.label[name])


def test_a_map_is_turned_like_the_one_before() -> None:
    votes = conversation(150, 20, k=3)
    before = fit_axes(sums(votes.of_people(np.arange(140))))
    turned = before.loadings @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    axes = fit_axes(sums(votes), previous=before)
    assert np.abs(axes.loadings - before.loadings).max() < 0.25
    again = fit_axes(
        sums(votes),
        previous=dataclasses.replace(before, loadings=turned, tendency=0.0, noise=1.0),
    )
    assert np.abs(again.loadings - turned).max() < 0.25
    one, other = place(votes, axes).xy, place(votes, again).xy
    assert np.allclose(np.linalg.norm(one, axis=1), np.linalg.norm(other, axis=1), atol=1e-4)


def test_who_voted_little_stands_near_the_middle_and_less_is_known_of_them() -> None:
    person, statement, choice = camps(101, 30, share=1.0)
    kept = (person < 100) | (statement < 2)
    votes = votes_from_arrays(person[kept], statement[kept], choice[kept], people=range(101), statements=range(30))
    positions = place(votes, fit_axes(sums(votes)))
    spread = positions.spread[:, 0] + positions.spread[:, 2]
    assert spread[100] > 3 * spread[:100].max()
    assert positions.ellipse(100)[0] > positions.ellipse(0)[0]


def test_the_votes_of_a_person_add_up_to_the_place() -> None:
    votes = conversation(60, 15)
    axes = fit_axes(sums(votes))
    positions = place(votes, axes)
    for person in range(5):
        statements, summands = reasons(votes, person, positions, axes)
        assert np.allclose(summands.sum(0), positions.xy[person], atol=1e-9)
        assert set(statements.tolist()) == set(votes.statement[votes.start[person] : votes.start[person + 1]].tolist())


def test_people_at_an_end_agree_with_the_statements_there() -> None:
    votes = conversation(200, 20)
    reading = opinion_map(votes, structured=False)
    left, right = ends(reading.axes, 0)
    choice, voted = votes.dense()
    order = np.argsort(reading.positions.xy[:, 0])
    for statements, there, elsewhere in ((left, order[:50], order[-50:]), (right, order[-50:], order[:50])):
        for j in statements:
            means = [choice[rows, j].sum() / voted[rows, j].sum() for rows in (there, elsewhere)]
            assert means[0] > means[1]


def nobody(people: int, statements: int) -> Votes:
    none = np.zeros(0, np.int64)
    return votes_from_arrays(none, none, none, people=range(people), statements=range(statements))


ODD: dict[str, Votes] = {
    "nobody": nobody(0, 0),
    "statements without votes": nobody(4, 3),
    "one person": votes_from_arrays(np.zeros(4, int), np.arange(4), np.array([1, 0, -1, 1])),
    "one statement": votes_from_arrays(np.arange(50), np.zeros(50, int), np.resize([1, -1], 50)),
    "two statements": votes_from_arrays(
        np.repeat(np.arange(60), 2), np.resize([0, 1], 120), np.resize([1, -1, 1], 120)
    ),
    "all agree": votes_from_arrays(np.repeat(np.arange(50), 9), np.resize(np.arange(9), 450), np.ones(450, int)),
    "all pass": votes_from_arrays(np.repeat(np.arange(50), 9), np.resize(np.arange(9), 450), np.zeros(450, int)),
    "two points only": votes_from_arrays(
        np.repeat(np.arange(60), 9), np.resize(np.arange(9), 540), np.where(np.repeat(np.arange(60), 9) < 20, 1, -1)
    ),
    "a statement nobody voted on": votes_from_arrays(
        np.repeat(np.arange(50), 8),
        np.resize(np.arange(8), 400),
        np.resize([1, 1, -1], 400),
        statements=range(9),
        people=range(50),
    ),
}


@pytest.mark.parametrize("votes", ODD.values(), ids=ODD.keys())
def test_every_odd_case_is_defined(votes: Votes) -> None:
    reading = opinion_map(frozen(votes))
    for array in (reading.positions.xy, reading.positions.spread, reading.axes.loadings, reading.axes.mean):
        assert np.isfinite(array).all()
    assert len(reading.label) == len(votes.people)
    assert 1 <= reading.k <= 6
    assert reading.label.max(initial=-1) < reading.k


def test_two_points_are_two_groups() -> None:
    assert opinion_map(ODD["two points only"]).k == 2


def test_agreement_of_labels() -> None:
    one = np.array([0, 0, 1, 1, 2, 2])
    assert adjusted_rand(one, (one + 1) % 3) == 1.0
    # Hubert and Arabie's index by hand: 15 pairs; together in one 3, in the other 6, in both 2; expected 1.2, most 4.5
    assert adjusted_rand(one, np.array([0, 0, 0, 0, 1, 1])) == pytest.approx((3 - 21 / 15) / ((3 + 7) / 2 - 21 / 15))


def _errors(votes: Votes, seed: int) -> tuple[float, float]:
    """Root mean square errors on hidden votes: this map's, and that of Polis's positions (halved, clipped)."""
    seen, hidden = split(votes, seed)
    ours = expected(seen, asked_for(seen))
    choice, voted = seen.dense()
    mean = sums(seen).mean
    left = np.where(voted, choice - mean, 0.0)
    components = np.linalg.eigh(left.T @ left)[1][:, :-3:-1]
    scale = np.sqrt(len(mean) / np.maximum(voted.sum(1), 1))[:, None]
    theirs = np.clip(mean + 0.5 * np.clip((left @ components) * scale @ components.T, -2, 2), -1, 1)
    return rmse(ours, votes, hidden), rmse(theirs, votes, hidden)


@pytest.mark.slow
def test_hidden_votes_are_predicted_better_than_from_the_polis_map() -> None:
    if not (SHARED / "polis").exists():
        pytest.skip(NO_DATA)
    folders = sorted(folder for folder in (SHARED / "polis").iterdir() if folder.is_dir())
    errors = np.array(
        [np.mean([_errors(votes, seed) for seed in range(rarely(3))], axis=0) for votes in map(active, folders)]
    )
    worse = (errors[:, 0] > errors[:, 1]).sum()
    assert worse <= 1
    assert (errors[:, 1] - errors[:, 0]).mean() >= 0.015


def test_hidden_votes_of_camps_are_predicted_better_than_from_the_polis_map() -> None:
    ours, theirs = _errors(conversation(300, 40, share=0.3), seed=0)
    assert ours < theirs

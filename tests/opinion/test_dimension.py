"""The number of axes, and what one axis says of a small room."""

from __future__ import annotations

import numpy as np
import pytest
from tests.opinion.hidden import active, asked_for, error, split
from tests.opinion.makers import NO_DATA, SHARED, conversation
from tests.opinion.populations import spread, unconnected

from acquis.opinion import fit_axes, opinion_map, place, reasons, structure, sums, votes_from_arrays
from acquis.opinion.axes import MOST_AXES, residuals, residuals_dense
from acquis.opinion.bridging import MANY, regions
from acquis.opinion.dimension import number_of_axes, one_axis
from acquis.opinion.elimination import eliminated
from acquis.opinion.place import vote_table, width


@pytest.mark.parametrize(("axes", "wanted"), [(1, {1, 2}), (4, {4, 5})])
def test_votes_ask_for_as_many_axes_as_they_were_made_with(axes: int, wanted: set[int]) -> None:
    votes = spread(np.random.default_rng(8), 250, 40, votes=36, effect=2.0, axes=axes).votes
    assert number_of_axes(votes) in wanted


def test_hidden_votes_are_predicted_better_by_as_many_axes_as_they_ask_for() -> None:
    votes = spread(np.random.default_rng(9), 250, 40, votes=36, effect=2.0, axes=4).votes
    seen, hidden = split(votes, 1)
    assert error(seen, votes, hidden, number_of_axes(seen)) < 0.985 * error(seen, votes, hidden, 2)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["scoop-hivemind.taxes", "scoop-hivemind.ubi", "brexit-consensus"])
def test_hidden_votes_of_real_conversations_are_predicted_better_by_more_axes(name: str) -> None:
    if not (SHARED / "polis").exists():
        pytest.skip(NO_DATA)
    votes = active(SHARED / "polis" / name)
    errors = []
    for draw in range(2):
        seen, hidden = split(votes, draw)
        number = asked_for(seen)
        assert number > 2
        errors.append([error(seen, votes, hidden, axes) for axes in (2, number)])
    two, more = np.mean(errors, axis=0)
    assert more < two - 0.005


def test_a_room_of_few_people_keeps_two_axes() -> None:
    assert structure(conversation(26, 30)).axes == 2


@pytest.mark.parametrize("number", range(1, MOST_AXES + 1))
def test_the_places_on_any_number_of_axes_are_the_posterior(number: int) -> None:
    votes = conversation(30, 12, k=5)
    axes = fit_axes(sums(votes), number=number)
    placed = place(votes, axes)
    assert placed.places.shape == (30, number)
    assert (axes.number, vote_table(axes).shape[1]) == (number, width(axes))
    choice, voted = votes.dense()
    loading = np.column_stack([axes.loadings, np.full(12, axes.tendency)])
    for person in range(3):
        own = loading[voted[person]]
        precision = own.T @ own + axes.noise * np.eye(number + 1)
        precision[range(number), range(number)] += axes.doubt[voted[person]].sum()
        wanted = np.linalg.solve(precision, own.T @ (choice[person] - axes.mean)[voted[person]])
        assert np.allclose([*placed.places[person], placed.lean[person]], wanted)
        covariance = axes.noise * np.linalg.inv(precision)[:2, :2]
        assert np.allclose(placed.spread[person], covariance[[0, 0, 1], [0, 1, 1]])
        statements, summands = reasons(votes, person, placed, axes)
        assert len(statements) == voted[person].sum()
        assert np.allclose(summands.sum(0), placed.xy[person])


def test_residuals_from_matrices_are_those_from_rows() -> None:
    votes = spread(np.random.default_rng(8), 60, 20, votes=9, axes=3).votes
    two = (np.stack([table, table[::-1]]).astype(np.float32) for table in votes.dense())
    exact, rounded = residuals(sums(votes)), residuals_dense(*two)
    for part in range(2):
        assert np.array_equal(exact.pairs, rounded.pairs[part])
        assert np.allclose(exact.products, rounded.products[part], atol=1e-4)
        assert np.allclose(exact.variance, rounded.variance[part], atol=1e-5)


def test_the_number_of_axes_has_bounds() -> None:
    with pytest.raises(ValueError, match="7 axes; there are 1 to 6"):
        fit_axes(sums(conversation(10, 5)), number=7)


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 1), (4, 3), (2, 5), (5, 2)])
def test_maps_with_another_number_of_axes_are_aligned(before: int, after: int) -> None:
    total = sums(conversation(150, 20, k=4))
    earlier, plain = fit_axes(total, number=before), fit_axes(total, number=after)
    turned = earlier.loadings.copy()
    turned[:, 0] *= -1
    again = fit_axes(total, previous=type(earlier)(**{**earlier.__dict__, "loadings": turned}), number=after)
    assert (again.loadings[:, 0] @ turned[:, 0]) > 0
    assert np.allclose(np.linalg.norm(again.loadings, axis=1), np.linalg.norm(plain.loadings, axis=1), atol=1e-4)


def test_small_systems_are_solved_as_large_ones() -> None:
    random = np.random.default_rng(0)
    root = random.normal(size=(9, 4, 4))
    tables, right = root @ root.transpose(0, 2, 1) + np.eye(4), random.normal(size=(9, 4))
    solution, spread_ = eliminated([[tables[:, i, j] for j in range(i + 1)] for i in range(4)], list(right.T))
    inverse = np.linalg.inv(tables)
    assert np.allclose(np.stack(solution, axis=1), (inverse @ right[:, :, None])[:, :, 0])
    assert np.allclose(spread_, inverse[:, [3, 3, 2], [3, 2, 2]])


def test_tables_have_a_column_for_each_axis() -> None:
    made = spread(np.random.default_rng(8), 120, 30, votes=28, effect=2.5, axes=4)
    read = opinion_map(made.votes)
    number = read.axes.number
    assert number > 2
    assert [name for name in read.people_table() if name.startswith("axis")] == [
        *(f"axis{axis}" for axis in range(1, number + 1)),
        "axis1_sd",
        "axis2_sd",
    ]
    assert f"loading{number}" in read.statement_table()
    assert read.structure is not None
    assert read.structure.axes == number


def test_many_people_are_divided_along_further_axes_too() -> None:
    random = np.random.default_rng(3)
    for people, wanted in ((18 * MANY - 1, 9), (18 * MANY, 18)):
        places = random.uniform(-1, 1, (people, 3))
        assert regions(places, np.ones(people, np.bool_))[1] == wanted


def test_a_small_room_is_told_what_one_axis_explains() -> None:
    blocs, shuffled = one_axis(conversation(26, 20, strength=4.0, share=1.0)), []
    assert blocs is not None
    assert blocs.certain
    assert blocs.share > 0.4
    for run in range(20):
        line = one_axis(unconnected(np.random.default_rng([5, run]), 24, 20, votes=15).votes)
        assert line is not None
        shuffled.append(line.certain)
    assert sum(shuffled) <= 4  # one is expected; five or more in fewer than 1 of 300


def test_of_too_few_people_or_unanimous_ones_nothing_is_said() -> None:
    assert one_axis(conversation(4, 20)) is None
    assert one_axis(conversation(20, 4)) is None
    everybody = votes_from_arrays(np.repeat(np.arange(20), 9), np.resize(np.arange(9), 180), np.ones(180, int))
    assert one_axis(everybody) is None

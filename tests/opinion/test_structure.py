"""A spectrum, camps or nothing: what a conversation is called, for votes that are made with a known structure.

The larger grid with more runs a cell is `python -m benchmarks.structure`; docs/opinion.md has its table."""

from __future__ import annotations

import csv
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import rarely
from tests.opinion.makers import adjusted_rand, conversation
from tests.opinion.populations import (
    Population,
    camps,
    one_sided,
    readiness,
    spread,
    unconnected,
    waves,
    with_bots,
    wordings,
)

from acquis.opinion import Votes, opinion_map, sampling, structure, votes_from_arrays
from acquis.opinion.bundles import bundles
from acquis.opinion.frames import votes_from_table
from acquis.opinion.latent import table
from acquis.opinion.structure import ALIKE
from acquis.opinion.unimodal import unimodal
from acquis.statistics.opinion_words import structure_sentence

CASES = Path(__file__).parents[3] / "shared" / "cases" / "opinion"

ONE_POPULATION: dict[str, Callable[[np.random.Generator], Population]] = {
    "one axis": lambda random: spread(random, 300, 50, votes=20),
    "a strong axis": lambda random: spread(random, 300, 50, votes=30, effect=2.0),
    "two axes": lambda random: spread(random, 300, 50, votes=30, axes=2),
    "four axes": lambda random: spread(random, 300, 50, votes=30, axes=4),
    "uniform": lambda random: spread(random, 300, 50, votes=30, effect=1.5, shape="uniform"),
    "skewed": lambda random: spread(random, 300, 50, votes=30, effect=1.5, shape="skewed"),
    "heavy tails": lambda random: spread(random, 300, 50, votes=30, effect=1.5, shape="heavy"),
    "readiness to agree": lambda random: readiness(random, 200, 40, votes=30),
    "two waves": lambda random: waves(random, 300, 80, votes=25),
    "60 people": lambda random: spread(random, 60, 40, votes=30, effect=1.5),
}
CAMPS: dict[str, tuple[int, Callable[[np.random.Generator], Population]]] = {
    "2 of 200": (2, lambda random: camps(random, 200, 60, votes=40, parts=(0.5, 0.5))),
    "3 of 200": (3, lambda random: camps(random, 200, 60, votes=40, parts=(0.3, 0.3, 0.4))),
    "4 of 200": (4, lambda random: camps(random, 200, 60, votes=40, parts=(0.25,) * 4)),
    "5 of 250": (5, lambda random: camps(random, 250, 60, votes=40, parts=(0.2,) * 5)),
    "a tenth of 1,000": (2, lambda random: camps(random, 1000, 40, votes=20, parts=(0.9, 0.1))),
}


def verdicts(make: Callable[[np.random.Generator], Population], runs: int) -> list[str]:
    found = [structure(make(np.random.default_rng([7, run])).votes) for run in range(runs)]
    return [f"{one.verdict} {one.k}" for one in found]


@pytest.mark.slow
@pytest.mark.parametrize("name", ONE_POPULATION)
def test_one_population_has_no_camps(name: str) -> None:
    found = verdicts(ONE_POPULATION[name], rarely(3))
    assert [verdict for verdict in found if verdict.startswith("camps")] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", CAMPS)
def test_camps_are_found_with_their_number_and_members(name: str) -> None:
    number, make = CAMPS[name]
    made = make(np.random.default_rng(1))
    found = structure(made.votes)
    assert (found.verdict, found.k) == ("camps", number)
    assert found.camps is not None
    assert adjusted_rand(found.camps.label(made.votes), made.camp) > 0.9
    assert found.apart > 3 * found.error


def test_votes_without_connection_have_no_structure() -> None:
    assert set(verdicts(lambda random: unconnected(random, 150, 25, votes=12), rarely(3))) == {"none 1"}


def test_where_few_votes_predict_nothing_a_connection_of_the_votes_is_still_said() -> None:
    """Two halves of 60 people who differ on twelve of forty statements: the others predict little of a single vote,
    but one axis explains more of the differences than it does by chance."""

    def blocs(random: np.random.Generator) -> Votes:
        leaning = np.where(np.arange(40) < 12, random.normal(0, 2, (2, 40)), np.log(9))
        agree = random.random((60, 40)) < 1 / (1 + np.exp(-np.repeat(leaning, 30, axis=0)))
        return votes_from_table(np.where(agree, 1.0, -1.0))

    for run in (4, 5, 6):
        weak = structure(blocs(np.random.default_rng([4, run])))
        assert weak.verdict == "none"
        assert weak.line is not None
        assert weak.line.certain
        said = structure_sentence("en", weak)
        assert said.startswith("No groups can be found with so few votes. One axis, from one view to its opposite,")
    without = [structure(unconnected(np.random.default_rng([4, run]), 60, 40, votes=30).votes) for run in range(10)]
    assert sum(one.line is not None and one.line.certain for one in without) <= 2
    copies = structure(wordings(np.random.default_rng(3), 200, 30, votes=21, copies=3).votes)
    assert copies.line is None, "the axis would be the question that was asked three times"


@pytest.mark.parametrize("share", [1 - 1e-12, 0.995, 0.99])
@pytest.mark.parametrize("statements", [12, 40])
def test_people_who_agree_on_everything_are_not_groups(share: float, statements: int) -> None:
    read = structure(one_sided(np.random.default_rng(5), 60, statements, statements, share).votes)
    assert (read.verdict, read.k) == ("none", 1)


@pytest.mark.parametrize("people", [60, 200])
@pytest.mark.parametrize("share", [1.0, 0.997])
def test_statements_on_which_all_agree_do_not_make_groups_of_a_spectrum(people: int, share: float) -> None:
    """Fifteen statements with one axis, and 25 on which nearly everybody agrees."""
    random = np.random.default_rng(8)
    logit = random.normal(size=(people, 1)) * random.normal(0, 1.2, 15) + random.normal(size=15)
    agree = np.hstack([random.random((people, 15)) < 1 / (1 + np.exp(-logit)), random.random((people, 25)) < share])
    assert structure(votes_from_table(np.where(agree, 1.0, -1.0))).verdict in ("spectrum", "none", "undecided")


def test_three_wordings_of_one_question_count_once() -> None:
    made = wordings(np.random.default_rng(3), 200, 30, votes=21, copies=3)
    assert bundles(table(made.votes)) == ((0, 1, 2),)
    found = structure(made.votes)
    assert (found.verdict, found.same) == ("none", ((0, 1, 2),))


def test_many_accounts_of_one_hand_are_told_from_people() -> None:
    bots = structure(with_bots(np.random.default_rng(4), 150, 50, 30, votes=25).votes)
    people = structure(camps(np.random.default_rng(4), 150, 40, votes=30, parts=(0.5, 0.5)).votes)
    assert (bots.verdict, people.verdict) == ("camps", "camps")
    assert people.alike < ALIKE <= bots.alike


def test_a_room_that_is_divided_on_everything_is_not_taken_for_one_question() -> None:
    person = np.repeat(np.arange(60), 9)
    votes = votes_from_arrays(person, np.resize(np.arange(9), 540), np.where(person < 20, 1, -1))
    found = structure(votes)
    assert (found.verdict, found.k, found.same) == ("camps", 2, ())


def test_a_small_room_is_never_divided_however_clear_the_camps() -> None:
    found = structure(conversation(26, 30, strength=5.0, share=1.0))
    assert (found.verdict, found.k, found.sample) == ("few", 1, 26)


@pytest.mark.slow
def test_the_answer_does_not_depend_on_the_order_or_names() -> None:
    made = camps(np.random.default_rng(2), 120, 25, votes=18, parts=(0.5, 0.5)).votes
    random = np.random.default_rng(5)
    people, statements, cells = (random.permutation(size) for size in (120, 25, len(made)))
    moved = votes_from_arrays(people[made.person[cells]], statements[made.statement[cells]], made.choice[cells])
    one, other = structure(made), structure(moved)
    figures = [(each.verdict, each.traits, each.connected, each.apart, each.error) for each in (one, other)]
    assert figures[0] == figures[1], "to the last bit"
    assert one.camps is not None
    assert other.camps is not None
    assert adjusted_rand(one.camps.label(made), other.camps.label(moved)[people]) == 1.0


def test_camps_are_numbered_from_left_to_right() -> None:
    read = opinion_map(conversation(200, 30))
    places = [read.positions.xy[read.label == number, 0].mean() for number in range(read.k)]
    assert read.k == 2
    assert places == sorted(places)
    assert adjusted_rand(read.label, np.arange(200) % 2) > 0.95


@given(st.lists(st.floats(0.01, 1.0), min_size=1, max_size=9))
def test_a_density_has_one_mode_and_keeps_its_mass(wanted: list[float]) -> None:
    density = unimodal(np.array(wanted) / sum(wanted))
    steps = np.sign(np.diff(np.round(density, 12)))
    assert density.sum() == pytest.approx(1.0)
    assert (np.diff(steps[steps != 0]) <= 0).all()
    if sorted(wanted) == wanted:
        assert np.allclose(density, np.array(wanted) / sum(wanted))


def of_file(name: str) -> Votes:
    if not CASES.exists():
        pytest.skip("the cases are not here: ../shared/cases is absent")
    with (CASES / name / "votes.csv").open(encoding="utf-8", newline="") as file:
        rows = [(int(row["voter-id"]), int(row["comment-id"]), -int(row["vote"])) for row in csv.DictReader(file)]
    return votes_from_arrays(*np.array(rows).T)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("continuum-300x50", "spectrum"),
        ("three-wordings-200x30", "none"),
        ("random-stakeholders-200x50", "none"),
        ("minority-10pct-300x40", "camps"),
        ("bots-100-of-400", "camps"),
    ],
)
def test_the_cases_of_the_findings(name: str, verdict: str) -> None:
    found = structure(of_file(name))
    assert found.verdict == verdict
    assert (found.alike >= ALIKE) == name.startswith("bots")


@pytest.mark.parametrize("chunk", [1, 7, 50, 1 << 21])
def test_the_sample_is_the_same_in_any_parts(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = spread(np.random.default_rng(6), 90, 12, votes=8).votes
    twins = made.of_people(np.array([*range(90), *[3] * 40]))  # forty more people who vote as one does
    whole = sampling.sample(lambda method, *given: [getattr(sampling, method)(twins, *given)])
    parts = [twins.of_people(np.arange(part, 130, 3)) for part in range(3)]
    monkeypatch.setattr(sampling, "CHUNK", chunk)
    apart = sampling.sample(lambda method, *given: [getattr(sampling, method)(part, *given) for part in parts])
    assert np.array_equal(whole[1], apart[1])
    for one, other in ((getattr(of[0], name) for of in (whole, apart)) for name in ("start", "statement", "choice")):
        assert np.array_equal(one, other)


def test_of_many_people_a_thousand_are_looked_at_and_those_who_vote_alike_are_drawn_one_by_one() -> None:
    made = spread(np.random.default_rng(6), 1000, 12, votes=8).votes
    crowd = made.of_people(np.array([*range(1000), *[3] * 1000]))
    drawn, _, _ = sampling.sample(lambda method, *given: [getattr(sampling, method)(crowd, *given)])
    rows = [drawn.choice[first:last].tobytes() for first, last in pairwise(drawn.start.tolist())]
    assert len(rows) == sampling.LARGEST_SAMPLE
    assert 400 < max(map(rows.count, set(rows))) < 600

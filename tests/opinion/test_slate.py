"""The slate, its guarantee and its audit, against programs that share nothing with it."""

from __future__ import annotations

import csv
from itertools import combinations, product

import numpy as np
import pytest
from tests.opinion.makers import conversation
from tests.opinion.test_real_files import polis

from acquis.opinion import Votes, place, sums, votes_from_arrays
from acquis.opinion.axes import fit_axes
from acquis.opinion.files import read_conversation
from acquis.opinion.slate import (
    ENOUGH,
    FEWEST,
    MOST,
    Unheard,
    audited,
    even_weights,
    is_proportional,
    largest,
    model,
    proportional,
    slate,
    voters,
    without_voice,
)

Profile = list[dict[int, int]]
"""Of each person, statement -> vote."""


def votes_of(profile: Profile, statements: int) -> Votes:
    cells = [(person, j, vote) for person, votes in enumerate(profile) for j, vote in votes.items()]
    person, statement, choice = (np.array(column, np.int64) for column in zip(*cells, strict=True))
    return votes_from_arrays(person, statement, choice, people=range(len(profile)), statements=range(statements))


def random_profile(random: np.random.Generator, people: int, statements: int, share: float) -> Profile:
    agree = random.random(statements)
    profile: Profile = [
        {j: int(random.choice([1, 0, -1], p=[agree[j], (1 - agree[j]) / 3, (1 - agree[j]) * 2 / 3]))}
        | {i: 1 if random.random() < agree[i] else -1 for i in range(statements) if random.random() < share}
        for j in random.integers(0, statements, people).tolist()
    ]
    return profile


def agreed(votes: dict[int, int]) -> set[int]:
    return {j for j, vote in votes.items() if vote == 1}


def by_all_groups(profile: Profile, statements: int, chosen: tuple[int, ...], least: int) -> int:
    """The largest of all groups of people who agree on a statement outside, and each with fewer than `least` inside."""
    sets = [agreed(votes) for votes in profile]
    for size in range(len(sets), 0, -1):
        for group in combinations(sets, size):
            common = set.intersection(*group) - set(chosen)
            if common and all(len(agrees & set(chosen)) < least for agrees in group):
                return size
    return 0


def test_no_group_of_500_random_profiles_is_left_out() -> None:
    random = np.random.default_rng(7)
    for turn in range(500):
        people, statements = int(random.integers(1, 9)), int(random.integers(1, 7))
        profile = random_profile(random, people, statements, random.uniform(0.2, 1))
        length = 1 + turn % 4
        votes = votes_of(profile, statements)
        chosen = proportional(votes, length)
        assert len(chosen) == min(length, statements)
        for least in range(1, length + 1):
            size = by_all_groups(profile, statements, chosen, least)
            assert size == largest(without_voice(votes, chosen, least), chosen).people
            assert size * (length + 1) <= least * people


def test_no_group_is_left_out_by_weight() -> None:
    """Whole numbers as weights are as many copies of a person."""
    random = np.random.default_rng(8)
    for turn in range(100):
        people, statements = int(random.integers(1, 4)), int(random.integers(1, 7))
        profile = random_profile(random, people, statements, random.uniform(0.2, 1))
        weight = random.integers(1, 4, people)
        copies = [votes for votes, number in zip(profile, weight.tolist(), strict=True) for _ in range(number)]
        length, votes = 1 + turn % 4, votes_of(profile, statements)
        chosen = proportional(votes, length, weight)
        assert chosen == proportional(votes_of(copies, statements), length)
        assert is_proportional(votes, chosen, weight)
        for least in range(1, length + 1):
            size = by_all_groups(copies, statements, chosen, least)
            assert size == largest(without_voice(votes, chosen, least, weight), chosen).people
        other = tuple(range(min(length, statements)))
        sizes = [by_all_groups(copies, statements, other, least) for least in range(1, len(other) + 1)]
        kept = all(size * (len(other) + 1) <= least * len(copies) for least, size in enumerate(sizes, 1))
        assert is_proportional(votes, other, weight) == kept


def test_missing_votes_are_read_as_all_their_completions_say() -> None:
    random, checked = np.random.default_rng(3), 0
    while checked < 40:
        statements = 4
        profile = random_profile(random, 4, statements, 0.6)
        missing = [(i, j) for i, votes in enumerate(profile) for j in range(statements) if j not in votes]
        if not 0 < len(missing) <= 6:
            continue
        checked += 1
        votes, chosen = votes_of(profile, statements), (0, 2)
        counts = [[v[j] for v in profile if j in v] for j in range(statements)]
        chance = [(votes_.count(1) + 1) / (len(votes_) + 2) for votes_ in counts]
        worst, expected = 0, [0.0] * statements
        for filled in product((1, -1), repeat=len(missing)):
            whole = [dict(row) for row in profile]
            weight = 1.0
            for (i, j), vote in zip(missing, filled, strict=True):
                whole[i][j] = vote
                weight *= chance[j] if vote == 1 else 1 - chance[j]
            left = [agreed(row) for row in whole if not agreed(row) & set(chosen)]
            sizes = [sum(j in row for row in left) for j in range(statements)]
            worst = max(worst, sizes[1], sizes[3])
            expected = [old + weight * size for old, size in zip(expected, sizes, strict=True)]
        read = audited(votes, chosen).unheard
        assert read.worst.people == worst
        assert read.expected.people == pytest.approx(max(expected[1], expected[3]), abs=1e-4)
        assert read.cast.people <= read.worst.people


def test_nothing_depends_on_the_order_or_the_ids_of_people() -> None:
    votes = conversation(200, 30, k=3, seed=4)
    first = slate(votes)
    order = np.random.default_rng(0).permutation(200)
    other = votes.of_people(order)
    guess = model(votes, axes := fit_axes(sums(votes)), place(votes, axes))
    assert slate(other) == first
    assert slate(votes, guess) == slate(other, model(other, axes, place(other, axes)))
    assert slate(votes, guess).statements == first.statements


def test_of_statements_that_serve_the_same_people_the_first_is_taken() -> None:
    profile = [{0: 1, 1: 1, 2: -1}, {0: 1, 1: 1}, {2: 1, 3: 1}, {2: 1, 3: 1}]
    assert proportional(votes_of(profile, 4), 2) == (0, 2)


def test_a_slate_is_as_short_as_it_can_be() -> None:
    together = slate(conversation(300, 40, k=1, strength=0.2, share=1.0))
    assert len(together.statements) == FEWEST
    assert together.unheard.cast.people <= ENOUGH * together.people
    apart = votes_of([{j: 1 if j == i % 10 else -1 for j in range(10)} for i in range(100)], 10)
    longest = slate(apart)
    assert len(longest.statements) == MOST
    assert (longest.heard, longest.unheard.cast) == (80, Unheard(8, 10.0))


def test_little_to_choose_from() -> None:
    empty = votes_from_arrays(*(np.zeros(0, np.int64),) * 3)
    assert slate(empty).unheard.cast == Unheard(-1, 0.0)
    assert slate(empty).statements == ()
    few = slate(votes_of([{0: 1, 1: -1}, {1: -1}, {1: 0}], 2))
    assert (few.statements, few.people, few.heard, few.silent) == ((0, 1), 3, 1, 2)
    with pytest.raises(ValueError, match="at most 8"):
        proportional(empty, 9)


@pytest.mark.parametrize("name", ["scoop-hivemind.ubi", "brexit-consensus", "15-per-hour-seattle"])
def test_a_separate_program_finds_the_same_group_in_real_conversations(name: str) -> None:
    folder = polis(name)
    source = read_conversation(folder / "votes.csv", folder / "comments.csv")
    votes = source.votes.without_statements(source.moderated)
    with (folder / "votes.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["timestamp"]))
    last = {(row["voter-id"], row["comment-id"]): int(row["vote"]) for row in rows}
    ids = {str(statement) for statement in votes.statements}
    cast = {cell: vote for cell, vote in last.items() if cell[1] in ids}
    slate_ = slate(votes)
    inside = {str(votes.statements[number]) for number in slate_.statements}
    heard = {person for (person, statement), vote in cast.items() if vote == 1 and statement in inside}
    groups: dict[str, int] = {}
    for (person, statement), vote in cast.items():
        if vote == 1 and statement not in inside and person not in heard:
            groups[statement] = groups.get(statement, 0) + 1
    people = {person for person, _ in cast}
    assert (slate_.people, slate_.heard) == (len(people), len(heard)) == (voters(votes), len(heard))
    assert slate_.unheard.cast.people == max(groups.values(), default=0)
    assert groups[str(votes.statements[slate_.unheard.cast.statement])] == slate_.unheard.cast.people
    assert slate_.unheard.cast.people * (len(slate_.statements) + 1) <= slate_.people


def test_every_group_of_a_kind_weighs_the_same() -> None:
    belongs = np.zeros((7, 2), np.bool_)
    belongs[:4, 0] = belongs[4, 1] = True
    voted = np.array([True] * 6 + [False])
    weight = even_weights(belongs, voted)
    assert (weight[voted] @ belongs[voted]).tolist() == [2.5 * 65536] * 2
    assert weight[5] == 65536  # who stated no group weighs as much as people do on average
    belongs[3, 1] = True
    assert even_weights(belongs, voted)[:5].sum() == pytest.approx(5 * 65536, abs=5)


def test_a_slate_is_proportional_by_the_groups_too() -> None:
    random, both = np.random.default_rng(11), 0
    for turn in range(40):
        votes = conversation(60 + 10 * (turn % 5), 12, k=1 + turn % 3, seed=turn, share=0.7)
        group = random.choice(4, len(votes.people), p=[0.7, 0.1, 0.1, 0.1])
        weight = even_weights(group[:, None] == np.arange(4), np.diff(votes.start) > 0)
        made = slate(votes, weights=[weight]).statements
        assert is_proportional(votes, made)
        both += is_proportional(votes, made, weight)
    assert both == 40


def test_a_large_group_does_not_silence_a_small_one() -> None:
    """Ninety people of one group agree with statements 0 to 5 in six parts, ten of the other with number 6 alone."""
    large = [{j: 1 if j == i % 6 else -1 for j in range(7)} for i in range(90)]
    small = [{j: 1 if j == 6 else -1 for j in range(7)} for _ in range(10)]
    votes = votes_of(large + small, 7)
    belongs = np.array([[i < 90, i >= 90] for i in range(100)])
    weight = even_weights(belongs, np.ones(100, np.bool_))
    assert 6 not in proportional(votes, FEWEST)
    assert 6 in proportional(votes, FEWEST, weight)
    made = slate(votes, weights=[weight]).statements
    assert 6 in made
    assert is_proportional(votes, made)
    assert is_proportional(votes, made, weight)
    assert not is_proportional(votes, (0, 1, 2, 3, 4), weight)

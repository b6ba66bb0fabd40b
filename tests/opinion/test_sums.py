"""Sums are the same, bit for bit, however the votes came, were split, changed or taken back."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise
from operator import add
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times
from tests.opinion.makers import camps, conversation, frozen, table

from acquis.opinion import LiveSums, Sums, Votes, fast, sums, votes_from_arrays
from acquis.opinion import votes as votes_module
from acquis.opinion.compiled import kernels
from acquis.opinion.consensus import agreements, tally
from acquis.opinion.place import added, marked

PEOPLE, STATEMENTS = 6, 5
vote = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, STATEMENTS - 1), st.sampled_from((-1, 0, 1)))
logs = st.lists(vote, max_size=60)


def votes_of(log: list[tuple[int, int, int]]) -> Votes:
    person, statement, choice = np.array(log, np.int64).reshape(-1, 3).T
    return votes_from_arrays(person, statement, choice, people=range(PEOPLE), statements=range(STATEMENTS))


def same(one: Sums, other: Sums) -> bool:
    return one.digest() == other.digest()


@given(logs)
def test_the_last_vote_counts_and_the_sums_are_those_of_the_tables(log: list[tuple[int, int, int]]) -> None:
    last = {(person, statement): choice for person, statement, choice in log}
    votes = votes_of(log)
    choice, voted = table(votes)
    assert {(p, j): choice[p, j] for p, j in np.argwhere(voted).tolist()} == last
    found = sums(frozen(votes))
    assert np.array_equal(found.xx, choice.T @ choice)
    assert np.array_equal(found.mx, voted.T @ choice)
    assert np.array_equal(found.mm, voted.T @ voted)
    assert found.people == len({person for person, _ in last})


@given(logs, st.lists(st.integers(0, PEOPLE - 1), max_size=3), st.booleans())
def test_live_is_batch(log: list[tuple[int, int, int]], forgotten: list[int], compiled: bool) -> None:
    live = LiveSums(range(STATEMENTS), people=1, compiled=compiled)
    standing: dict[tuple[int, int], int] = {}
    for person, statement, choice in log:
        live.vote(person, statement, choice)
        standing[person, statement] = choice
    for person in forgotten:
        live.forget(person)
        standing = {cell: choice for cell, choice in standing.items() if cell[0] != person}
    assert same(live.sums, sums(votes_of([(*cell, choice) for cell, choice in standing.items()])))


@given(logs, st.lists(st.integers(0, PEOPLE), min_size=1, max_size=4).map(sorted))
def test_any_split_of_the_people_adds_up_and_can_be_taken_apart(
    log: list[tuple[int, int, int]], cuts: list[int]
) -> None:
    votes = votes_of(log)
    edges = [0, *cuts, PEOPLE]
    parts = [sums(votes.of_people(np.arange(a, b))) for a, b in pairwise(edges)]
    total = reduce(add, parts)
    assert same(total, sums(votes))
    assert same(total - parts[0], sums(votes.of_people(np.arange(edges[1], PEOPLE))))


@given(logs, st.sets(st.integers(0, STATEMENTS - 1)))
def test_moderation_drops_rows_and_columns(log: list[tuple[int, int, int]], dropped: set[int]) -> None:
    votes = votes_of(log)
    left, again = sums(votes).without(dropped), sums(votes.without_statements(dropped))
    assert left.statements == again.statements
    for name in ("xx", "mx", "mm"):
        assert np.array_equal(getattr(left, name), getattr(again, name))


@given(logs, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_of_a_file_does_not_matter(log: list[tuple[int, int, int]], random: Any) -> None:
    order = list(range(len(log)))
    random.shuffle(order)
    person, statement, choice = np.array([log[i] for i in order], np.int64).reshape(-1, 3).T
    lists = {"people": range(PEOPLE), "statements": range(STATEMENTS)}
    shuffled = votes_from_arrays(person, statement, choice, np.array(order), **lists)
    assert same(sums(shuffled), sums(votes_of(log)))


def test_compiled_loops_give_the_same_bits() -> None:
    loops = kernels()
    if loops is None:
        pytest.skip("numba (the extra `fast`) is not installed")
    person, statement, choice = camps(9_000, 40, k=3)
    again = np.random.default_rng(5).integers(0, len(person), 5_000)
    person, statement = np.r_[person, person[again]], np.r_[statement, statement[again]]
    choice = np.r_[choice, -choice[again]]
    plain = votes_from_arrays(person[:150_000], statement[:150_000], choice[:150_000], people=range(9_000))
    start, column, value = loops.sorted_rows(person[:150_000], statement[:150_000], choice[:150_000], None, 9_000, 40)
    assert np.array_equal(start, plain.start)
    assert np.array_equal(column, plain.statement)
    assert np.array_equal(value, plain.choice)
    wanted = sums(plain)
    for threads in (1, 2):
        found = loops.pair_counts(plain.start, plain.statement, plain.choice, 40, threads)
        assert all(np.array_equal(a, b) for a, b in zip(found, (wanted.xx, wanted.mx, wanted.mm)))


CHANGED = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 3), st.integers(-1, 1), st.integers(0, 4)), min_size=1)


@pytest.mark.parametrize(("kind", "part"), [("i8", 1 << 24), ("i8", 2), ("u4", 1 << 24), ("f8", 5), ("U3", 1 << 24)])
@given(CHANGED, st.integers(1, 2))
@settings(deadline=None)
def test_compiled_loops_keep_the_same_vote_of_several(
    kind: str, part: int, log: list[tuple[int, int, int, int]], threads: int
) -> None:
    if (loops := kernels()) is None:
        pytest.skip("numba (the extra `fast`) is not installed")
    person, statement, choice, when = np.array(log, np.int64).T
    lists = {"people": range(8), "statements": range(4)}
    plain = votes_from_arrays(person, statement, choice, when.astype(kind), **lists)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(votes_module, "MANY", 0)
        patch.setattr(votes_module, "threads_for", lambda votes: threads)
        patch.setattr(loops, "PART", part)
        compiled = votes_from_arrays(person, statement, choice, when.astype(kind), **lists)
    assert np.array_equal(compiled.start, plain.start)
    assert np.array_equal(compiled.statement, plain.statement)
    assert np.array_equal(compiled.choice, plain.choice)


@pytest.mark.parametrize("threads", [1, 2])
@given(logs, st.lists(st.integers(-1, 2), min_size=PEOPLE, max_size=PEOPLE))
@settings(deadline=None)
def test_compiled_counts_are_the_same(threads: int, log: list[tuple[int, int, int]], label: list[int]) -> None:
    if kernels() is None:
        pytest.skip("numba (the extra `fast`) is not installed")
    votes, groups, weight = votes_of(log), np.array(label, np.int64), np.arange(PEOPLE, dtype=np.int64) * 7 + 1
    marks = np.arange(12 * STATEMENTS, dtype=np.uint8).reshape(4, -1) % 4
    tables = [np.arange(3.0 * width * STATEMENTS).reshape(-1, width) for width in (1, 3, 4, 5)]
    plain = (
        *(added(votes, table) for table in tables),
        tally(votes, groups, 3),
        marked(votes, marks, groups + 1),
        agreements(votes, groups, 3),
        agreements(votes, groups, 3, weight),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast, "MANY", 0)
        patch.setattr(fast, "threads_for", lambda votes: threads)
        found = (
            *(fast.fast_added(votes, table) for table in tables),
            fast.fast_tally(votes, groups, 3),
            fast.fast_marked(votes, marks, groups + 1),
            fast.fast_agreements(votes, groups, 3),
            fast.fast_agreements(votes, groups, 3, weight),
        )
    assert all(np.array_equal(one, other) for one, other in zip(found, plain, strict=True))


def test_sums_of_other_statements_are_not_joined() -> None:
    with pytest.raises(ValueError, match="different statements"):
        sums(votes_of([(0, 1, 1)])) + sums(votes_of([(0, 1, 1)]).without_statements({2}))


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ((np.array([1, 2]), np.array([1]), np.array([1])), "differ in length"),
        ((np.array([1]), np.array([1]), np.array([2])), "a vote is -1"),
        ((np.array([1]), np.array([1]), np.array([0.5])), "a vote is -1"),
    ],
)
def test_bad_columns_are_refused(columns: tuple[Any, Any, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        votes_from_arrays(*columns)


def test_a_number_outside_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        votes_from_arrays(np.array([3]), np.array([0]), np.array([1]), people=range(3), statements=range(1))


def test_ids_of_any_kind() -> None:
    votes = votes_from_arrays(np.array(["zoe", "ada"]), np.array(["s2", "s2"]), np.array([1, -1]))
    assert list(votes.people) == ["ada", "zoe"]
    assert list(votes.statements) == ["s2"]
    assert votes.choice.tolist() == [-1, 1]


@settings(max_examples=times(20))
@given(st.integers(0, 10_000))
def test_rows_can_be_chosen_and_repeated(seed: int) -> None:
    votes = conversation(12, 6, seed=seed)
    chosen = np.random.default_rng(seed).integers(0, 12, 9)
    choice, voted = votes.dense()
    theirs, theirs_voted = votes.of_people(chosen).dense()
    assert np.array_equal(theirs, choice[chosen])
    assert np.array_equal(theirs_voted, voted[chosen])

"""Votes from lists, tables and data frames, and the opinion map as tables."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from tests.opinion.makers import conversation

from acquis import opinion

PERSON, STATEMENT, CHOICE = ["b", "a", "a", "c"], [7, 7, 9, 9], [1.0, -1.0, 0.0, 1.0]
WIDE = {"7": [-1.0, 1.0, None], "9": [0.0, None, 1.0]}
LIBRARIES = pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])


def cells(votes: opinion.Votes) -> dict[tuple[str, str], int]:
    """(person, statement) -> choice, with the ids as text."""
    people, statements = votes.person.tolist(), votes.statement.tolist()
    return {
        (str(votes.people[p]), str(votes.statements[s])): c
        for p, s, c in zip(people, statements, votes.choice.tolist())
    }


EXPECTED = {("a", "7"): -1, ("a", "9"): 0, ("b", "7"): 1, ("c", "9"): 1}


def test_lists_and_numbers_with_a_point() -> None:
    votes = opinion.votes_from_arrays(PERSON, STATEMENT, CHOICE)
    assert cells(votes) == EXPECTED
    assert votes.choice.dtype == np.int8


@pytest.mark.parametrize("choice", [[0.5], [float("nan")], [2], ["1"], [True]])
def test_a_vote_that_is_none_is_refused(choice: list[Any]) -> None:
    with pytest.raises(ValueError, match="a vote is -1"):
        opinion.votes_from_arrays(["a"], [1], choice)


@LIBRARIES
def test_a_frame_with_one_vote_in_each_row(frame: Any) -> None:
    table = frame({"Voter ID": PERSON, "comment-id": STATEMENT, "vote": CHOICE})
    assert cells(opinion.votes_from_frame(table)) == EXPECTED
    again = frame({"person": ["a", "a"], "statement": [1, 1], "vote": [1, -1], "timestamp": [20, 10]})
    assert cells(opinion.votes_from_frame(again)) == {("a", "1"): 1}


@LIBRARIES
def test_a_frame_with_one_person_in_each_row(frame: Any) -> None:
    assert cells(opinion.votes_from_frame(frame({"participant": ["a", "b", "c"], **WIDE}))) == EXPECTED
    assert set(opinion.votes_from_frame(frame(WIDE)).people) == {0, 1, 2}


def test_the_index_of_a_pandas_frame_names_the_people() -> None:
    assert cells(opinion.votes_from_frame(pd.DataFrame(WIDE, index=["a", "b", "c"]))) == EXPECTED


def test_a_table_of_rows() -> None:
    rows: list[list[float | None]] = [[-1, 0], [1, None], [math.nan, 1]]
    assert cells(opinion.votes_from_table(rows, "abc", [7, 9])) == EXPECTED
    with pytest.raises(ValueError, match="but 2 people"):
        opinion.votes_from_table(rows, "ab", [7, 9])
    with pytest.raises(ValueError, match="must differ"):
        opinion.votes_from_table(rows, "aba", [7, 9])


def test_a_frame_without_people_says_what_is_missing() -> None:
    with pytest.raises(ValueError, match="also needs the columns `person` and `statement`"):
        opinion.votes_from_frame(pd.DataFrame({"vote": [1]}))


def test_the_map_as_data_frames() -> None:
    votes = conversation(40, 8)
    reading = opinion.opinion_map(votes, structured=False)
    people, statements = reading.to_pandas({0: "First"})
    assert len(people) == 40
    assert np.array_equal(people[["axis1", "axis2"]].to_numpy(), reading.positions.xy)
    assert statements.text.tolist() == ["First", *[""] * 7]
    assert (statements["votes"] == statements[["agree", "pass", "disagree"]].sum(axis=1)).all()
    assert (statements.low <= statements.share).all()
    assert (statements.share <= statements.high).all()
    named = {
        name: [area.statement for area in getattr(reading.areas, name)] for name in set(statements.category) - {""}
    }
    assert all(statements.category[number] == name for name, numbers in named.items() for number in numbers)


def test_a_notebook_shows_a_short_summary() -> None:
    reading = opinion.opinion_map(conversation(40, 8), structured=False)
    assert repr(reading) == f"OpinionMap(people=40, statements=8, votes={int(reading.everybody.sum())})"
    html = reading._repr_html_()
    assert html.count("<tr>") == 9
    assert "<p>OpinionMap(people=40" in html

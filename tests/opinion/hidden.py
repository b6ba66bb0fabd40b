"""Votes that are hidden from the map, and how well it predicts them."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from acquis.opinion import Votes, fit_axes, place, predicted, sampling, sums, votes_from_arrays
from acquis.opinion.arrays import Floats, Mask
from acquis.opinion.axes import DRAWN
from acquis.opinion.dimension import number_of_axes
from acquis.opinion.structure import FEWEST_PEOPLE


def active(folder: Path) -> Votes:
    """The votes of an export of Polis by people with 7 votes or more, on statements with 5 or more that are shown."""
    with (folder / "votes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [
            (int(r["voter-id"]), int(r["comment-id"]), int(r["vote"]), int(r["timestamp"]))
            for r in csv.DictReader(file)
        ]
    with (folder / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        out = {
            int(r["comment-id"])
            for r in csv.DictReader(file)
            if r["moderated"] == "-1" or r.get("is-meta", "").lower() == "true"
        }
    person, statement, choice, at = np.array(rows).T
    votes = votes_from_arrays(person, statement, choice, order=at).without_statements(out)
    votes = votes.of_people(np.diff(votes.start) >= 7)
    counts = np.bincount(votes.statement, minlength=len(votes.statements))
    return votes.without_statements([s for s, count in zip(votes.statements, counts) if count < 5])


def split(votes: Votes, seed: int) -> tuple[Votes, Mask]:
    """The votes without a tenth of them, and (v,) which are hidden."""
    hidden = np.random.default_rng(seed).random(len(votes)) < 0.1
    person, statement, choice = (column[~hidden] for column in (votes.person, votes.statement, votes.choice))
    people, statements = range(len(votes.people)), range(len(votes.statements))
    return votes_from_arrays(person, statement, choice, people=people, statements=statements), hidden


def asked_for(votes: Votes) -> int:
    """The number of axes of the map of these votes."""
    sample = sampling.sample(lambda method, *arguments: [getattr(sampling, method)(votes, *arguments)])[0]
    return number_of_axes(sample) if len(sample.people) >= FEWEST_PEOPLE else DRAWN


def expected(seen: Votes, number: int) -> Floats:
    """(n, m): the votes that so many axes expect."""
    axes = fit_axes(sums(seen), number=number)
    return predicted(place(seen, axes), axes)


def rmse(guess: Floats, votes: Votes, hidden: Mask) -> float:
    """The root mean square error of a guess (n, m) on the hidden votes."""
    cells = votes.person[hidden], votes.statement[hidden]
    return float(np.sqrt(((guess[cells] - votes.choice[hidden]) ** 2).mean()))


def error(seen: Votes, votes: Votes, hidden: Mask, number: int) -> float:
    """The root mean square error of so many axes on the hidden votes."""
    return rmse(expected(seen, number), votes, hidden)

"""How many axes the votes ask for, and what one axis says of a small room.

The number is chosen by hidden votes: the votes of the sample are divided in FOLDS parts, each part is predicted by the
model fitted to the others, and the number with the least squared error is taken, if it is better than that of the two
axes that are drawn by a standard error or more (the rule of one standard error, Breiman et al. 1984, section 3.4.3,
with two axes as the simplest model, because the map is drawn in any case). Fewer axes than two are chosen in the same
way. Whether a vote is hidden follows from the places of person and statement in the sample, hence from the votes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from acquis.opinion.arrays import Floats
from acquis.opinion.axes import DRAWN, MOST_AXES, approximated, fitted, least_squares, residuals, residuals_dense, start
from acquis.opinion.place import place_dense
from acquis.opinion.sampling import Keys, mixed
from acquis.opinion.sums import sums
from acquis.opinion.votes import Votes

FOLDS = 5
ROUNDS = 10
"""The axes of the map are fitted in three times as many; for the comparison of their number these are enough."""
PATIENCE = 2
"""The search ends when so many more axes in a row predict no better."""
FEWEST_COMPARED = 5
"""Of fewer people, or statements, not even one axis is spoken of."""
SHUFFLES, RARE = 99, 0.05
"""Shuffled votes that are compared with the votes of a small room, and the share of them that may reach more."""


def number_of_axes(votes: Votes) -> int:
    """The number of axes, 1 to MOST_AXES, that predicts hidden votes of this sample best; DRAWN unless another number
    is better by a standard error, which is taken over people. The order of people and statements has to follow from
    the votes."""
    if not len(votes):
        return DRAWN
    trial = _HiddenTrial(votes)
    if not trial.has_differences:
        return DRAWN
    errors: list[Floats] = []
    best = 0
    for number in range(1, MOST_AXES + 1):
        errors.append(trial.error(number))
        if errors[-1].sum() < errors[best].sum():
            best = number - 1
        if number - 1 - best >= PATIENCE and number >= DRAWN:
            break
    gain = errors[DRAWN - 1] - errors[best]
    certain = gain.sum() > 0 and gain.sum() >= gain.std() * np.sqrt(len(gain))
    return best + 1 if certain else DRAWN


class _HiddenTrial:
    """The votes in FOLDS parts, each of which is hidden once; all fits are made together."""

    def __init__(self, votes: Votes) -> None:
        fold, dense = _numbers(votes) % np.uint64(FOLDS), votes.dense()
        self._statements, self._tables, self._hidden = tuple(votes.statements), [], []
        for part in range(FOLDS):
            cells = votes.person[fold == part], votes.statement[fold == part]
            choice, voted = (table.astype(np.float64) for table in dense)
            choice[cells] = voted[cells] = 0.0
            self._tables.append((choice, voted))
            self._hidden.append((*cells, votes.choice[fold == part]))
        self._left = [residuals_dense(*table) for table in self._tables]
        self._pairs, self._products = (
            np.stack(of) for of in zip(*((left.pairs, left.products) for left in self._left))
        )
        self._ridge = np.array([left.ridge for left in self._left])

    @property
    def has_differences(self) -> bool:
        """Whether somebody voted on two statements in each part, and not all alike; else nothing can be fitted."""
        return all(bool(left.pairs.any() and left.products.any()) for left in self._left)

    @cached_property
    def _start(self) -> Floats:
        return start(self._pairs, self._products, MOST_AXES)

    def error(self, number: int) -> Floats:
        """(n,) the squared error of the hidden votes of each person, if so many axes are fitted to the others."""
        begun = self._start[..., :number]
        fits = approximated(self._pairs, self._products, self._ridge, begun, ROUNDS)
        errors: Floats = np.sum([self._error(part, *fit) for part, fit in enumerate(zip(*fits, strict=True))], axis=0)
        return errors

    def _error(self, part: int, loadings: Floats, shared: float) -> Floats:
        axes = fitted(self._statements, self._left[part], loadings, float(shared))
        placed, (person, statement, choice) = place_dense(*self._tables[part], axes), self._hidden[part]
        expected = axes.mean[statement] + axes.tendency * placed.lean[person]
        expected += (placed.places[person] * axes.loadings[statement]).sum(1)
        error = (np.clip(expected, -1.0, 1.0) - choice) ** 2
        of_each: Floats = np.bincount(person, error, minlength=len(placed.lean)).astype(np.float64)
        return of_each


def _numbers(votes: Votes) -> Keys:
    """(v,) a number without visible pattern for each vote, from the places of its person and its statement."""
    return mixed(votes.person.astype(np.uint64) << np.uint64(32) | votes.statement.astype(np.uint64))


@dataclass(frozen=True)
class OneAxis:
    """share: of the differences between the votes of a small room, what one axis explains, 0 to 1. chance: what it
    would explain at most in 19 of 20 cases, if the votes on different statements had no connection."""

    share: float
    chance: float

    @property
    def certain(self) -> bool:
        """Whether it explains more than by chance."""
        return self.share > self.chance


def one_axis(votes: Votes) -> OneAxis | None:
    """What one axis explains, compared with the same votes shuffled among the voters of each statement; None of fewer
    than FEWEST_COMPARED people or statements, or of people who all vote the same."""
    if min(len(votes.people), len(np.unique(votes.statement))) < FEWEST_COMPARED:
        return None
    left = residuals(sums(votes))
    choice, voted = votes.dense()
    table = np.where(voted, choice - left.mean, 0.0)
    products = np.stack([_products(each) for each in (table, *_shuffled(votes, table))])
    share, *chances = left.explained(least_squares(left, products, 1)[0])[:, 0].tolist()
    return OneAxis(share, sorted(chances)[-1 - int(RARE * SHUFFLES)]) if share else None


def _products(table: Floats) -> Floats:
    products = table.T @ table
    np.fill_diagonal(products, 0.0)
    return products


def _shuffled(votes: Votes, table: Floats) -> Iterator[Floats]:
    """The table (n, m) of how votes differ from the mean of their statement, with those on each statement exchanged
    among its voters, in ways that follow from the places."""
    numbers, voters = _numbers(votes), np.lexsort((votes.person, votes.statement))
    cells = votes.person[voters], votes.statement[voters]
    for shuffle in range(SHUFFLES):
        order = np.lexsort((mixed(numbers + np.uint64(shuffle + 1)), votes.statement))
        shuffled = np.zeros_like(table)
        shuffled[cells] = table[votes.person[order], votes.statement[order]]
        yield shuffled

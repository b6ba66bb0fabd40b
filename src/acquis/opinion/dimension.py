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
from acquis.opinion.axes import DRAWN, MOST_AXES, approximated, least_squares, residuals, residuals_dense, shrunk, start
from acquis.opinion.place import posterior
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
    """The votes in FOLDS parts, each of which is hidden once; what is done for the others is done for all together, in
    single precision."""

    def __init__(self, votes: Votes) -> None:
        fold = (_numbers(votes) % np.uint64(FOLDS)).astype(np.int64)
        self._hidden, self._choice = (fold, votes.person, votes.statement), votes.choice
        choice, self._voted = (np.repeat(table[None], FOLDS, 0).astype(np.float32) for table in votes.dense())
        choice[self._hidden] = self._voted[self._hidden] = 0.0
        self._left = residuals_dense(choice, self._voted)
        self._differences = choice - self._voted * self._left.mean[:, None].astype(np.float32)

    @property
    def has_differences(self) -> bool:
        """Whether somebody voted on two statements in each part, and not all alike; else nothing can be fitted."""
        return bool((self._left.pairs.any((1, 2)) & self._left.products.any((1, 2))).all())

    @cached_property
    def _start(self) -> Floats:
        return start(self._left.pairs, self._left.products, MOST_AXES)

    def error(self, number: int) -> Floats:
        """(n,) the squared error of the hidden votes of each person, if so many axes are fitted to the others."""
        left, begun = self._left, self._start[..., :number].astype(np.float32)
        fits, shared = approximated(left.pairs, left.products, left.ridge, begun, ROUNDS)
        noise, doubt, loadings = shrunk(left, fits, shared)
        tendency = np.sqrt(shared)
        places, lean = self._placed(loadings, doubt, tendency, noise)
        fold, person, statement = self._hidden
        expected = left.mean[fold, statement] + (tendency[:, None] * lean)[fold, person]
        expected += np.einsum("vd,vd->v", places[fold, person], loadings[fold, statement])
        error = (np.clip(expected, -1.0, 1.0) - self._choice) ** 2
        return np.bincount(person, error, minlength=lean.shape[1]).astype(np.float64)

    def _placed(self, loadings: Floats, doubt: Floats, tendency: Floats, noise: Floats) -> tuple[Floats, Floats]:
        """(FOLDS, n, d) the places of all people and (FOLDS, n) their readiness to agree."""
        number, people = loadings.shape[2], self._voted.shape[1]
        first, second = np.tril_indices(number)
        lengths = loadings[..., first] * loadings[..., second] + (first == second) * doubt[..., None]
        constant = np.ones((*doubt.shape, 1))
        counted = self._voted @ np.concatenate([lengths, loadings, constant], axis=2).astype(np.float32)
        pulled = self._differences @ np.concatenate([loadings, constant], axis=2).astype(np.float32)
        added, votes = np.concatenate([counted[..., :-1], pulled], axis=2), counted[..., -1]
        of_each = [np.repeat(value, people) for value in (tendency, noise)]
        table = added.reshape(FOLDS * people, -1).astype(np.float64)
        read = posterior(table, votes.ravel().astype(np.float64), number, *of_each)
        return read.places.reshape(FOLDS, people, number), read.lean.reshape(FOLDS, people)


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
    voted_on = int(np.count_nonzero(np.bincount(votes.statement)))
    if min(len(votes.people), voted_on) < FEWEST_COMPARED:
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

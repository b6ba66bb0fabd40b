"""The position of each person on the axes, and its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.axes import DRAWN, Axes
from acquis.opinion.elimination import eliminated
from acquis.opinion.votes import Votes

NINETY = 2.145966026289347
"""sqrt(-2 ln 0.1): radius, in standard deviations, of the 90 % ellipse of a normal distribution in the plane."""


Marks: TypeAlias = np.ndarray[Any, np.dtype[np.uint8]]
SAME, BOTH = 1, 2
"""Marks of a choice on a statement: it is that of a plan; the plan has one, so that the two can be compared."""


@dataclass(frozen=True)
class Positions:
    """places: (n, d) posterior means on all axes; 0 for a person without votes, and near it for one with few votes.
    lean: (n,) readiness to agree, in standard deviations. spread: (n, 3) posterior variance of x, covariance, variance
    of y on the map."""

    places: Floats
    lean: Floats
    spread: Floats

    @property
    def xy(self) -> Floats:
        """(n, 2) the positions on the map: the first two axes, or the only one and the readiness to agree."""
        if self.places.shape[1] >= DRAWN:
            return self.places[:, :DRAWN]
        return np.stack([self.places[:, 0], self.lean], axis=1)

    def ellipse(self, person: int) -> tuple[float, float, float]:
        """The region that contains the person with 90 % probability: semi-axes (long, short), and the angle between the
        long one and the x axis in radians."""
        xx, xy, yy = self.spread[person]
        values, vectors = np.linalg.eigh(np.array([[xx, xy], [xy, yy]]))
        short, long = NINETY * np.sqrt(np.maximum(values, 0.0))
        return float(long), float(short), float(np.arctan2(vectors[1, 1], vectors[0, 1]))


def width(axes: Axes) -> int:
    """The number of columns of `vote_table`."""
    d = axes.number
    return d * (d + 1) // 2 + 2 * d + 1


def vote_table(axes: Axes) -> Floats:
    """(3 m, width): what one vote adds to the sums of its person; the row number is 3 * statement + choice + 1.

    Columns, for d axes: E w_i w_j for all j <= i, row by row; w_1 to w_d; and (x - mean) times w_1 to w_d, 1. All are
    multiples of 2^-40, so their sums are exact."""
    w, mean, d = axes.loadings, axes.mean, axes.number
    left = np.array([-1.0, 0.0, 1.0])[None, :] - mean[:, None]
    first, second = np.tril_indices(d)
    table = np.empty((len(mean), 3, width(axes)))
    table[:, :, : len(first)] = (w[:, first] * w[:, second] + (first == second) * axes.doubt[:, None])[:, None]
    table[:, :, len(first) : -d - 1] = w[:, None]
    table[:, :, -d - 1 : -1] = left[:, :, None] * w[:, None]
    table[:, :, -1] = left
    return table.reshape(-1, table.shape[2])


def place(votes: Votes, axes: Axes) -> Positions:
    """The positions of all people: the posterior of probabilistic PCA given the votes that each has cast."""
    return solved(added(votes, vote_table(axes)), np.diff(votes.start), axes)


def added(votes: Votes, table: Floats) -> Floats:
    """(n, width): for each person the sum of the rows of the table that belong to the votes; table: (3 m, width), the
    row number is 3 * statement + choice + 1."""
    if not len(votes.people):
        return np.zeros((0, table.shape[1]))
    codes, person = 3 * votes.statement.astype(np.int64) + votes.choice + 1, votes.person
    return np.stack([np.bincount(person, column[codes], minlength=len(votes.people)) for column in table.T], axis=1)


def marked(votes: Votes, marks: Marks, label: Ints) -> Ints:
    """(n, 2): for each person the number of votes that are marked SAME, and BOTH, in the row of `marks` that the label
    (n,) names; marks: (rows, 3 m), numbered as in `added`."""
    codes, person = 3 * votes.statement.astype(np.int64) + votes.choice + 1, votes.person
    of_votes, people = marks[label[person], codes], len(votes.people)
    return np.stack([np.bincount(person[(of_votes & mark) > 0], minlength=people) for mark in (SAME, BOTH)], axis=1)


def solved(added: Floats, votes: Ints, axes: Axes) -> Positions:
    """The posterior from each person's sums (n, width) of `vote_table` and number of votes (n,)."""
    return posterior(added, votes, axes.number, np.asarray(axes.tendency), np.asarray(axes.noise))


def posterior(added: Floats, votes: Ints | Floats, d: int, t: Floats, noise: Floats) -> Positions:
    """The posterior on d axes. t: tendency. It and the noise are one number, or (n,) that of each person.

    Precision P = E[L'L] + noise I over (w, tendency), mean P^-1 L'(x - mean), covariance noise P^-1. The unknowns are
    in such an order that the two that are drawn come last: the further axes, the readiness to agree, and the first two
    axes, the second of them first."""
    lengths = d * (d + 1) // 2
    order = [*range(d - 1, DRAWN - 1, -1), d, *range(min(d, DRAWN) - 1, -1, -1)]

    def entry(i: int, j: int) -> Floats:
        i, j = max(i, j), min(i, j)
        if j == d:
            own: Floats = t * t * votes + noise
            return own
        cell: Floats = t * added[:, lengths + j] if i == d else added[:, i * (i + 1) // 2 + j]
        return cell + noise if i == j else cell

    table = [[entry(i, j) for j in order[: row + 1]] for row, i in enumerate(order)]
    pull = [(t if i == d else np.float64(1)) * added[:, lengths + d + i] for i in order]
    solution, spread = eliminated(table, pull)
    of = dict(zip(order, solution, strict=True))
    return Positions(np.stack([of[i] for i in range(d)], axis=1), of[d], spread * noise[..., None])


def predicted(positions: Positions, axes: Axes) -> Floats:
    """(n, m): the expected vote of each person on each statement, -1..1."""
    expected = axes.mean + positions.places @ axes.loadings.T + axes.tendency * positions.lean[:, None]
    return np.clip(expected, -1.0, 1.0)

"""The position of each person on the axes, and its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from acquis.opinion.arrays import Floats
from acquis.opinion.axes import Axes
from acquis.opinion.votes import Votes

NINETY = 2.145966026289347
"""sqrt(-2 ln 0.1): radius, in standard deviations, of the 90 % ellipse of a normal distribution in the plane."""


@dataclass(frozen=True)
class Positions:
    """xy: (n, 2) posterior means; (0, 0) for a person without votes, and near it for one with few votes. lean: (n,)
    readiness to agree, in standard deviations. spread: (n, 3) posterior variance of x, covariance, variance of y."""

    xy: Floats
    lean: Floats
    spread: Floats

    def ellipse(self, person: int) -> tuple[float, float, float]:
        """The region that contains the person with 90 % probability: semi-axes (long, short), and the angle between the
        long one and the x axis in radians."""
        xx, xy, yy = self.spread[person]
        values, vectors = np.linalg.eigh(np.array([[xx, xy], [xy, yy]]))
        short, long = NINETY * np.sqrt(np.maximum(values, 0.0))
        return float(long), float(short), float(np.arctan2(vectors[1, 1], vectors[0, 1]))


def vote_table(axes: Axes) -> Floats:
    """(3 m, 8): what one vote adds to the sums of its person; the row number is 3 * statement + choice + 1.

    Columns: E w1^2, w1 w2, E w2^2, w1, w2, and (x - mean) times w1, w2, 1. All are multiples of 2^-40, so their sums
    are exact."""
    w, mean = axes.loadings, axes.mean
    left = np.array([-1.0, 0.0, 1.0])[None, :] - mean[:, None]
    table = np.empty((len(mean), 3, 8))
    squares = w**2 + axes.doubt[:, None]
    table[:, :, 0], table[:, :, 1], table[:, :, 2] = squares[:, :1], w[:, :1] * w[:, 1:], squares[:, 1:]
    table[:, :, 3], table[:, :, 4] = w[:, :1], w[:, 1:]
    table[:, :, 5], table[:, :, 6], table[:, :, 7] = left * w[:, :1], left * w[:, 1:], left
    return table.reshape(-1, 8)


def place(votes: Votes, axes: Axes) -> Positions:
    """The positions of all people: the posterior of probabilistic PCA given the votes that each has cast."""
    codes = 3 * votes.statement.astype(np.int64) + votes.choice + 1
    person, table, n = votes.person, vote_table(axes), len(votes.people)
    columns = [np.bincount(person, table[codes, column], minlength=n) for column in range(table.shape[1])]
    return solved(np.stack(columns, axis=1) if n else np.zeros((0, 8)), np.diff(votes.start), axes)


def solved(added: Floats, votes: Floats, axes: Axes) -> Positions:
    """The posterior from each person's sums (n, 8) of `vote_table` and number of votes (n,).

    Precision P = E[L'L] + noise I over (w1, w2, tendency), mean P^-1 L'(x - mean), covariance noise P^-1. P is inverted
    element by element with the adjugate, so that all engines give the same bits."""
    t = axes.tendency
    a, b, c = added[:, 0] + axes.noise, added[:, 1], added[:, 2] + axes.noise
    d, e, f = t * added[:, 3], t * added[:, 4], t * t * votes + axes.noise
    p, q, r = added[:, 5], added[:, 6], t * added[:, 7]
    cof = (c * f - e * e, d * e - b * f, b * e - c * d, a * f - d * d, b * d - a * e, a * c - b * b)
    determinant = a * cof[0] + b * cof[1] + d * cof[2]
    x = (cof[0] * p + cof[1] * q + cof[2] * r) / determinant
    y = (cof[1] * p + cof[3] * q + cof[4] * r) / determinant
    lean = (cof[2] * p + cof[4] * q + cof[5] * r) / determinant
    spread = np.stack([cof[0], cof[1], cof[3]], axis=1) * (axes.noise / determinant)[:, None]
    return Positions(np.stack([x, y], axis=1), lean, spread)


def predicted(positions: Positions, axes: Axes) -> Floats:
    """(n, m): the expected vote of each person on each statement, -1..1."""
    expected = axes.mean + positions.xy @ axes.loadings.T + axes.tendency * positions.lean[:, None]
    return np.clip(expected, -1.0, 1.0)

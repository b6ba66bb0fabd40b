"""What the axes mean, and why somebody stands where he or she does."""

from __future__ import annotations

import numpy as np

from acquis.opinion.axes import Axes
from acquis.opinion.place import Positions, vote_table
from acquis.opinion.votes import Floats, Ints, Votes


def ends(axes: Axes, axis: int, most: int = 3) -> tuple[list[int], list[int]]:
    """The statements (numbers) at both ends of an axis: those that people far left agree with more than others do, and
    those that people far right agree with, the strongest first. A statement without a leaning is at neither end."""
    loading = axes.loadings[:, axis]
    order = np.argsort(-np.abs(loading), kind="stable")
    left = [int(j) for j in order if loading[j] < 0][:most]
    right = [int(j) for j in order if loading[j] > 0][:most]
    return left, right


def reasons(votes: Votes, person: int, positions: Positions, axes: Axes) -> tuple[Ints, Floats]:
    """What each vote of a person contributes to where the person stands: the statements (v,) and summands (v, 2), which
    add up to the position exactly; the largest first.

    The position is P^-1 L'(x - mean): linear in the votes, so each has its share."""
    row = slice(int(votes.start[person]), int(votes.start[person + 1]))
    statement, choice = votes.statement[row].astype(np.int64), votes.choice[row]
    added = vote_table(axes)[3 * statement + choice + 1]
    loading = np.concatenate([axes.loadings[statement], np.full((len(statement), 1), axes.tendency)], axis=1)
    precision = loading.T @ loading + axes.noise * np.eye(3)
    precision[[0, 1], [0, 1]] += axes.doubt[statement].sum()
    pushes = np.stack([added[:, 5], added[:, 6], axes.tendency * added[:, 7]], axis=1)
    summands = np.linalg.solve(precision, pushes.T).T[:, :2]
    order = np.argsort(-np.abs(summands).max(1), kind="stable")
    return statement[order], summands[order]

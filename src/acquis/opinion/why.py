"""Explains the axes by statements, and the position of a person by his or her votes."""

from __future__ import annotations

import numpy as np

from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.axes import DRAWN, Axes
from acquis.opinion.place import Positions, vote_table
from acquis.opinion.votes import Votes

MOST = 3
"""The most statements that are named at an end of an axis."""


def ends(axes: Axes, axis: int) -> tuple[list[int], list[int]]:
    """The statements (numbers) at the two ends of an axis, the strongest first, at most MOST each: those with which
    people on the left agree more than others, and those with which people on the right agree more. A statement with a
    loading of 0 is at neither end."""
    loading = axes.loadings[:, axis]
    order = np.argsort(-np.abs(loading), kind="stable")
    left = [int(j) for j in order if loading[j] < 0][:MOST]
    right = [int(j) for j in order if loading[j] > 0][:MOST]
    return left, right


def reasons(votes: Votes, person: int, positions: Positions, axes: Axes) -> tuple[Ints, Floats]:
    """The contribution of each vote to the position of a person: statements (v,) and summands (v, 2), the largest
    first.

    The summands add up to the position on the map, because the position P^-1 L'(x - mean) is linear in the votes."""
    row = slice(int(votes.start[person]), int(votes.start[person + 1]))
    statement, choice, d = votes.statement[row].astype(np.int64), votes.choice[row], axes.number
    added = vote_table(axes)[3 * statement + choice + 1]
    loading = np.concatenate([axes.loadings[statement], np.full((len(statement), 1), axes.tendency)], axis=1)
    precision = loading.T @ loading + axes.noise * np.eye(d + 1)
    precision[range(d), range(d)] += axes.doubt[statement].sum()
    pushes = added[:, -d - 1 :] * np.append(np.ones(d), axes.tendency)
    summands = np.linalg.solve(precision, pushes.T).T[:, :DRAWN]
    order = np.argsort(-np.abs(summands).max(1), kind="stable")
    return statement[order], summands[order]

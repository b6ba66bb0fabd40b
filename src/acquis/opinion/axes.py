"""The axes of the map: what the sums say about how opinions go together.

The model is probabilistic PCA (Tipping and Bishop 1999) over the votes that were cast, with one term more:

    x_ij = mean_j + tendency * a_i + w_j . z_i + noise      a_i ~ N(0, 1), z_i ~ N(0, I_2), noise ~ N(0, noise)

z_i is where person i stands on two axes, w_j how statement j leans on them, a_i how readily the person agrees with
anything. It is fitted to the sums alone, so no vote is read again: for two statements j, k the mean product of the
residuals of those who voted on both is, in expectation, tendency^2 + w_j . w_k. The least squares over all pairs, each
counting as often as people voted on both, with a prior w_j ~ N(0, PRIOR I), is found by alternating ridge regressions
(minimum residual factor analysis, Harman and Jones 1966, with the weights of missing data). What is not known of a
loading is then added to what is not known of a place (as in variational Bayesian PCA, Ilin and Raiko 2010).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from acquis.opinion.sums import Sums
from acquis.opinion.votes import Floats, Ints

AXES = 2
PRIOR = 0.25
"""Variance of a loading before any vote: a statement on a strong axis leans by 0.5."""
SHRINK = 2.0
"""The mean of a statement is drawn to the mean of all statements as by so many votes."""
DOUBT = 3.0
"""How many votes tell as much about a loading as one would if everybody's place were known: places and loadings are
found from the same votes. From hidden votes of real conversations, where 2 to 4 do equally well (docs/opinion.md)."""
LEAST_NOISE = 0.05
ROUNDS, SETTLED = 30, 1e-4
GRAIN = 2.0**-20
"""Means and loadings are rounded to multiples of this (a millionth): sums of their products are then exact in double
precision, so a position comes out the same, bit for bit, in whatever order the votes of a person are added up."""


@dataclass(frozen=True)
class Axes:
    """mean: (m,). loadings: (m, 2), axis 0 the one that explains most; the entry that is largest is positive unless
    aligned with an earlier map. doubt: (m,) the variance of what is not known of a loading, on each axis. tendency: the
    deviation of people's readiness to agree. noise: the variance that is left. explained: (2,) the share of the votes'
    variance on each axis."""

    statements: tuple[Hashable, ...]
    mean: Floats
    loadings: Floats
    doubt: Floats
    tendency: float
    noise: float
    explained: Floats


def fit_axes(sums: Sums, previous: Axes | None = None) -> Axes:
    """The axes of these sums, turned towards those of the map shown before. Without pairs of votes: no leanings (0)."""
    overall = float(np.diag(sums.mx).sum()) / max(int(sums.votes.sum()), 1)
    mean = _rounded((np.diag(sums.mx) + SHRINK * overall) / (sums.votes + SHRINK))
    products = sums.products(mean)
    variance = np.diag(products) / np.maximum(sums.votes, 1)
    pairs = sums.mm.astype(np.float64)
    np.fill_diagonal(pairs, 0.0)
    np.fill_diagonal(products, 0.0)
    loadings, shared = _least_squares(products, pairs, _over_votes(variance, sums.votes))
    loadings = _principal(loadings, sums.votes)
    noise = max(_over_votes(variance - (loadings**2).sum(1) - shared, sums.votes), LEAST_NOISE)
    explained = sums.votes @ loadings**2 / max(float(sums.votes @ variance), 1e-9)
    tendency = float(np.round(np.sqrt(shared) / GRAIN) * GRAIN)
    doubt = DOUBT * noise / (sums.votes + DOUBT * noise / PRIOR)
    loadings = loadings * (1 - doubt / PRIOR)[:, None]
    found = Axes(sums.statements, mean, _rounded(loadings), _rounded(doubt), tendency, noise, explained)
    return aligned(found, previous) if previous is not None else found


def _over_votes(values: Floats, votes: Ints) -> float:
    return float(values @ votes) / max(int(votes.sum()), 1)


def _least_squares(products: Floats, pairs: Floats, variance: float) -> tuple[Floats, float]:
    """Loadings (m, 2) and tendency^2 that come nearest to products = pairs * (tendency^2 + loadings loadings')."""
    everybody, everything = pairs.sum(), products.sum()
    if everybody == 0 or not products.any():
        return np.zeros((len(products), AXES)), 0.0
    shared = max(everything / everybody, 0.0)
    ridge = variance**2 / PRIOR
    loadings, columns = _start(products - shared * pairs, pairs), np.empty((len(pairs), 5))
    for _ in range(ROUNDS):
        columns[:, :2] = loadings
        columns[:, 2:4], columns[:, 4] = loadings**2, loadings[:, 0] * loadings[:, 1]
        met = pairs @ columns
        shared = max(float(everything - np.vdot(met[:, :2], loadings)) / everybody, 0.0)
        wanted = products @ loadings - shared * met[:, :2]
        own, crossed = met[:, 2:4] + ridge, met[:, 4:]
        step = own[:, ::-1] * wanted - crossed * wanted[:, ::-1]
        step /= own[:, :1] * own[:, 1:] - crossed**2
        change = float(np.abs(step - loadings).max())
        loadings = (loadings + step) / 2  # halved: both sides of a product move at once
        if change < SETTLED:
            break
    return loadings, shared


def _start(products: Floats, pairs: Floats) -> Floats:
    """The two largest eigenvectors of the correlations that the pairs support, by subspace iteration from a fixed
    start: only a start, so eight rounds are enough."""
    crowd = np.sqrt(np.maximum(pairs.mean(1), 1e-9))
    table = products / np.outer(crowd, crowd)
    m = len(table)
    corner = np.cos(np.outer(np.arange(m), np.arange(1, AXES + 3)) + 1.0)  # any fixed vectors in general position
    basis = np.linalg.qr(corner)[0] if m > AXES + 2 else np.eye(m)
    bound = np.abs(table).sum(1).max()  # lifts all eigenvalues above 0, so that the largest is the one met
    for _ in range(10 if m > AXES + 2 else 0):
        basis = np.linalg.qr(table @ basis + 0.1 * bound * basis)[0]
    values, turned = np.linalg.eigh(basis.T @ table @ basis)
    largest = np.argsort(-values, kind="stable")[:AXES]
    found = basis @ turned[:, largest] * np.sqrt(np.maximum(values[largest], 1e-6) / m)
    return np.pad(found, ((0, 0), (0, AXES - found.shape[1])))


def _principal(loadings: Floats, votes: Ints) -> Floats:
    """Turned so that the axes are uncorrelated over the votes, the stronger first; the largest entry is positive."""
    values, turned = np.linalg.eigh((loadings * votes[:, None]).T @ loadings)
    found: Floats = loadings @ turned[:, np.argsort(-values, kind="stable")]
    return found * _signs(found)


def _signs(loadings: Floats) -> Floats:
    if not len(loadings):
        return np.ones(loadings.shape[1])
    largest = loadings[np.abs(loadings).argmax(0), np.arange(loadings.shape[1])]
    signs: Floats = np.where(largest < 0, -1.0, 1.0)
    return signs


def aligned(axes: Axes, previous: Axes) -> Axes:
    """The axes turned or mirrored to lie as near as can be to an earlier map (orthogonal Procrustes, Schoenemann 1966,
    over the statements that both have), so that the picture does not jump. The distances between people stay."""
    places = {statement: place for place, statement in enumerate(previous.statements)}
    both = [(place, places[s]) for place, s in enumerate(axes.statements) if s in places]
    if not both:
        return axes
    here, there = np.array(both).T
    u, _, vt = np.linalg.svd(axes.loadings[here].T @ previous.loadings[there])
    return replace(axes, loadings=_rounded(axes.loadings @ (u @ vt)))


def _rounded(values: np.ndarray[Any, Any]) -> Floats:
    rounded: Floats = np.round(values / GRAIN) * GRAIN
    return rounded

"""The two axes of the map, fitted to the sums of the votes.

The model is probabilistic PCA (Tipping and Bishop 1999) over the votes that were cast, with one additional term:

x_ij = mean_j + tendency * a_i + w_j . z_i + noise      a_i ~ N(0, 1), z_i ~ N(0, I_2), noise ~ N(0, noise)

z_i is the position of person i on the two axes, w_j the loading of statement j, and a_i the general readiness of the
person to agree. The model is fitted to the sums alone and reads no single vote: for two statements j, k the mean
product of the residuals of those who voted on both is, in expectation, tendency^2 + w_j . w_k. The least squares
solution over all pairs, each weighted by the number of people who voted on both, with a prior w_j ~ N(0, PRIOR I), is
found by alternating ridge regressions (minimum residual factor analysis, Harman and Jones 1966, with weights for
missing data). The uncertainty of a loading is then added to the uncertainty of a position (as in variational Bayesian
PCA, Ilin and Raiko 2010)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.sums import Sums

AXES = 2
PRIOR = 0.25
"""Prior variance of a loading: a statement on a strong axis has a loading of about 0.5."""
SHRINK = 2.0
"""Weight, in votes, of the mean of all statements when the mean of one statement is estimated."""
DOUBT = 3.0
"""Number of votes that say as much about a loading as one vote would if all positions were known, because positions and
loadings are estimated from the same votes. Chosen by predicting hidden votes of real conversations, where 2 to 4 do
equally well (docs/opinion.md)."""
LEAST_NOISE = 0.05
ROUNDS, SETTLED = 30, 1e-4
GRAIN = 2.0**-20
"""Means and loadings are rounded to multiples of this (about a millionth). Sums of their products are then exact in
double precision, so a position is the same, bit for bit, in whatever order the votes of a person are added."""


@dataclass(frozen=True)
class Axes:
    """The fitted model for m statements.

    mean: (m,). loadings: (m, 2); axis 0 explains most. On each axis the largest loading is positive unless the axes
    were aligned with an earlier map. doubt: (m,) posterior variance of a loading on each axis. tendency: standard
    deviation of people's readiness to agree. noise: residual variance. explained: (2,) share of the variance of the
    votes that each axis explains."""

    statements: tuple[Hashable, ...]
    mean: Floats
    loadings: Floats
    doubt: Floats
    tendency: float
    noise: float
    explained: Floats


def fit_axes(sums: Sums, previous: Axes | None = None) -> Axes:
    """The axes of these sums, aligned with `previous` if it is given. Without pairs of votes all loadings are 0."""
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
    axes = Axes(
        sums.statements,
        mean,
        loadings=_rounded(loadings),
        doubt=_rounded(doubt),
        tendency=tendency,
        noise=noise,
        explained=explained,
    )
    return aligned(axes, previous) if previous is not None else axes


def _over_votes(values: Floats, votes: Ints) -> float:
    return float(values @ votes) / max(int(votes.sum()), 1)


def _least_squares(products: Floats, pairs: Floats, variance: float) -> tuple[Floats, float]:
    """The loadings (m, 2) and tendency^2 that best approximate products = pairs * (tendency^2 + loadings loadings')."""
    everybody, everything = pairs.sum(), products.sum()
    if everybody == 0 or not products.any():
        return np.zeros((len(products), AXES)), 0.0
    shared = max(everything / everybody, 0.0)
    ridge = variance**2 / PRIOR
    loadings, columns = _start(products - shared * pairs, pairs), np.empty((len(pairs), 5))
    for _ in range(ROUNDS):
        columns[:, :2] = loadings
        columns[:, 2:4], columns[:, 4] = loadings**2, loadings[:, 0] * loadings[:, 1]
        weighted = pairs @ columns
        shared = max(float(everything - np.vdot(weighted[:, :2], loadings)) / everybody, 0.0)
        wanted = products @ loadings - shared * weighted[:, :2]
        own, crossed = weighted[:, 2:4] + ridge, weighted[:, 4:]
        step = own[:, ::-1] * wanted - crossed * wanted[:, ::-1]
        step /= own[:, :1] * own[:, 1:] - crossed**2
        change = float(np.abs(step - loadings).max())
        loadings = (loadings + step) / 2  # damped by half because both factors of a product change in the same step
        if change < SETTLED:
            break
    return loadings, shared


def _start(products: Floats, pairs: Floats) -> Floats:
    """The two leading eigenvectors of the correlations that the pairs support, by subspace iteration from a fixed
    start. They are only initial values, so a few rounds are enough."""
    crowd = np.sqrt(np.maximum(pairs.mean(1), 1e-9))
    table = products / np.outer(crowd, crowd)
    m = len(table)
    corner = np.cos(np.outer(np.arange(m), np.arange(1, AXES + 3)) + 1.0)  # any fixed vectors in general position
    basis = np.linalg.qr(corner)[0] if m > AXES + 2 else np.eye(m)
    bound = np.abs(table).sum(1).max()  # shifts all eigenvalues above 0, so that the iteration converges to the largest
    for _ in range(10 if m > AXES + 2 else 0):
        basis = np.linalg.qr(table @ basis + 0.1 * bound * basis)[0]
    values, turned = np.linalg.eigh(basis.T @ table @ basis)
    largest = np.argsort(-values, kind="stable")[:AXES]
    eigenvectors = basis @ turned[:, largest] * np.sqrt(np.maximum(values[largest], 1e-6) / m)
    return np.pad(eigenvectors, ((0, 0), (0, AXES - eigenvectors.shape[1])))


def _principal(loadings: Floats, votes: Ints) -> Floats:
    """Rotate so that the axes are uncorrelated over the votes, the stronger first, with the largest entry positive."""
    values, turned = np.linalg.eigh((loadings * votes[:, None]).T @ loadings)
    rotated: Floats = loadings @ turned[:, np.argsort(-values, kind="stable")]
    return rotated * _signs(rotated)


def _signs(loadings: Floats) -> Floats:
    if not len(loadings):
        return np.ones(loadings.shape[1])
    largest = loadings[np.abs(loadings).argmax(0), np.arange(loadings.shape[1])]
    signs: Floats = np.where(largest < 0, -1.0, 1.0)
    return signs


def aligned(axes: Axes, previous: Axes) -> Axes:
    """Rotate or mirror the axes towards an earlier map (orthogonal Procrustes, Schoenemann 1966, over the statements
    that both have), so that the picture does not jump. The distances between people do not change."""
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

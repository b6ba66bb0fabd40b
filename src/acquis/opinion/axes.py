"""The axes of opinion, fitted to the sums of the votes.

The model is probabilistic PCA (Tipping and Bishop 1999) over the votes that were cast, with one additional term:

x_ij = mean_j + tendency * a_i + w_j . z_i + noise      a_i ~ N(0, 1), z_i ~ N(0, I), noise ~ N(0, noise)

z_i is the position of person i on the axes (one to MOST_AXES, `dimension` finds how many), w_j the loading of statement
j, and a_i the general readiness of the person to agree. The model is fitted to the sums alone and reads no single vote:
for two statements j, k the mean product of the residuals of those who voted on both is, in expectation, tendency^2 +
w_j . w_k. The least squares solution over all pairs, each weighted by the number of people who voted on both, with a
prior w_j ~ N(0, PRIOR I), is found by alternating ridge regressions (minimum residual factor analysis, Harman and
Jones 1966, with weights for missing data). The uncertainty of a loading is then added to the uncertainty of a position
(as in variational Bayesian PCA, Ilin and Raiko 2010)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Singles
from acquis.opinion.blas import one_thread
from acquis.opinion.elimination import eliminated
from acquis.opinion.sums import Sums

DRAWN = 2
"""Number of axes of the map, and of the model unless hidden votes are better predicted by another number."""
MOST_AXES = 6
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

    mean: (m,). loadings: (m, d) on d axes; axis 0 explains most. On each axis the largest loading is positive unless
    the axes were aligned with an earlier map. doubt: (m,) posterior variance of a loading on each axis. tendency:
    standard deviation of people's readiness to agree. noise: residual variance. explained: (d,) share of the variance
    of the votes that each axis explains."""

    statements: tuple[Hashable, ...]
    mean: Floats
    loadings: Floats
    doubt: Floats
    tendency: float
    noise: float
    explained: Floats

    @property
    def number(self) -> int:
        """The number of axes."""
        return int(self.loadings.shape[1])


@dataclass(frozen=True)
class Residuals:
    """What the votes on m statements differ from their means, in one table or in many (..). mean, variance, votes:
    (.., m) of each statement. products, pairs: (.., m, m), for two statements the sum of the products of the residuals,
    and the number, of those who voted on both; 0 on the diagonal."""

    mean: Floats
    variance: Floats
    votes: Ints
    products: Floats | Singles
    pairs: Floats | Singles

    @property
    def ridge(self) -> Floats:
        """(..) the prior precision of a loading, times the variance of a product of residuals."""
        return _over_votes(self.variance, self.votes) ** 2 / PRIOR

    def explained(self, loadings: Floats) -> Floats:
        """(.., d) the share of the variance of the votes that each axis with loadings (.., m, d) explains."""
        shares: Floats = self.votes @ loadings**2 / max(float(self.votes @ self.variance), 1e-9)
        return shares


def residuals(sums: Sums) -> Residuals:
    """The residuals of these sums; the mean of a statement with few votes is drawn towards that of all."""
    mean = _means(np.diag(sums.mx), sums.votes)
    return _residuals(mean, sums.votes, sums.products(mean), sums.mm.astype(np.float64))


def residuals_dense(choice: Singles, voted: Singles) -> Residuals:
    """The same, in single precision, of votes as matrices (.., n, m) of single precision: the choice, 0 where there is
    none, and 1 where a vote was cast."""
    votes = voted.sum(-2).astype(np.int64)
    mean = _means(choice.sum(-2, dtype=np.float64), votes)
    left = choice - voted * mean[..., None, :].astype(np.float32)
    products, pairs = (np.swapaxes(table, -1, -2) @ table for table in (left, voted))
    return _residuals(mean, votes, products, pairs)


def _means(total: Floats | Ints, votes: Ints) -> Floats:
    overall = total.sum(-1, keepdims=True) / np.maximum(votes.sum(-1, keepdims=True), 1)
    return _rounded((total + SHRINK * overall) / (votes + SHRINK))


def _residuals(mean: Floats, votes: Ints, products: Floats | Singles, pairs: Floats | Singles) -> Residuals:
    diagonal = np.arange(mean.shape[-1])
    variance = products[..., diagonal, diagonal] / np.maximum(votes, 1)
    products[..., diagonal, diagonal] = pairs[..., diagonal, diagonal] = 0.0
    return Residuals(mean, variance, votes, products, pairs)


@one_thread()
def fit_axes(sums: Sums, previous: Axes | None = None, number: int = DRAWN) -> Axes:
    """So many axes of these sums, aligned with `previous` if it is given. Without pairs of votes all loadings are 0.
    Raises ValueError if the number is not 1 to MOST_AXES."""
    if not 1 <= number <= MOST_AXES:
        raise ValueError(f"{number} axes; there are 1 to {MOST_AXES}")
    left = residuals(sums)
    loadings, tendency2 = least_squares(left, left.products, number)
    return fitted(sums.statements, left, loadings, float(tendency2), previous)


def fitted(
    statements: tuple[Hashable, ...], left: Residuals, loadings: Floats, shared: float, previous: Axes | None = None
) -> Axes:
    """The axes of which least squares gave these loadings and tendency^2."""
    loadings = _principal(loadings, left.votes)
    if previous is not None:
        loadings = _aligned(loadings, statements, previous)
    explained = left.explained(loadings)
    tendency = float(np.round(np.sqrt(shared) / GRAIN) * GRAIN)
    noise, doubt, loadings = shrunk(left, loadings, np.array(shared))
    return Axes(
        statements,
        left.mean,
        loadings=_rounded(loadings),
        doubt=_rounded(doubt),
        tendency=tendency,
        noise=float(noise),
        explained=explained,
    )


def shrunk(left: Residuals, loadings: Floats, shared: Floats) -> tuple[Floats, Floats, Floats]:
    """(..) the residual variance, (.., m) the posterior variance of a loading, and (.., m, d) the loadings drawn
    towards 0 by it. shared: (..) tendency^2."""
    rest = left.variance - (loadings**2).sum(-1) - shared[..., None]
    noise = np.maximum(_over_votes(rest, left.votes), LEAST_NOISE)
    doubt = DOUBT * noise[..., None] / (left.votes + DOUBT * noise[..., None] / PRIOR)
    return noise, doubt, loadings * (1 - doubt / PRIOR)[..., None]


def _over_votes(values: Floats, votes: Ints) -> Floats:
    mean: Floats = np.asarray((values * votes).sum(-1) / np.maximum(votes.sum(-1), 1))
    return mean


def least_squares(left: Residuals, products: Floats | Singles, number: int) -> tuple[Floats, Floats]:
    """The loadings (.., m, number) and tendency^2 (..) that best approximate products (.., m, m), one or many tables,
    by pairs * (tendency^2 + loadings loadings')."""
    if not left.pairs.any() or not products.any():
        return np.zeros((*products.shape[:-1], number)), np.zeros(products.shape[:-2])
    begun = start(left.pairs, products, number)
    return approximated(left.pairs, products, left.ridge, begun, ROUNDS)


def approximated(
    pairs: Floats | Singles, products: Floats | Singles, ridge: Floats, begun: Floats | Singles, rounds: int
) -> tuple[Floats, Floats]:
    """As `least_squares`, in at most so many rounds from the loadings `begun` (.., m, d). pairs: (m, m) of all tables,
    or (.., m, m) of each, and ridge: () or (..) likewise."""
    everybody, everything = (table.sum((-2, -1), keepdims=True) for table in (pairs, products))
    loadings, number, ridge = begun, begun.shape[-1], ridge[..., None].astype(products.dtype)
    first, second = np.tril_indices(number)
    for _ in range(rounds):
        weighted = pairs @ np.concatenate([loadings, loadings[..., first] * loadings[..., second]], axis=-1)
        fitted = weighted[..., :number]
        shared = np.maximum(everything - (fitted * loadings).sum((-2, -1), keepdims=True), 0.0) / everybody
        wanted, own = products @ loadings - shared * fitted, np.moveaxis(weighted[..., number:], -1, 0)
        table = [[own[i * (i + 1) // 2 + j] + ridge * (i == j) for j in range(i + 1)] for i in range(number)]
        step = np.stack(eliminated(table, list(np.moveaxis(wanted, -1, 0)))[0], axis=-1)
        change = float(np.abs(step - loadings).max())
        loadings = (loadings + step) / 2  # damped by half because both factors of a product change in the same step
        if change < SETTLED:
            break
    return np.asarray(loadings, np.float64), np.asarray(shared[..., 0, 0], np.float64)


def start(pairs: Floats | Singles, products: Floats | Singles, number: int) -> Floats:
    """The leading eigenvectors of the correlations that the pairs support, by subspace iteration from a fixed start.
    They are only initial values, so a few rounds are enough."""
    everybody, everything = (table.sum((-2, -1), keepdims=True) for table in (pairs, products))
    products = products - np.maximum(everything / everybody, 0.0) * pairs
    crowd = np.sqrt(np.maximum(pairs.mean(-1), 1e-9))
    table = products / (crowd[..., :, None] * crowd[..., None, :])
    m, wide = pairs.shape[-1], number + 2
    corner = np.cos(np.outer(np.arange(m), np.arange(1, wide + 1)) + 1.0)  # any fixed vectors in general position
    basis = (np.linalg.qr(corner)[0] if m > wide else np.eye(m)).astype(table.dtype)
    # A shift of all eigenvalues above 0, so that the iteration converges to the largest.
    shift = 0.1 * np.abs(table).sum(-1).max(-1)[..., None, None]
    for _ in range(10 if m > wide else 0):
        basis = np.linalg.qr(table @ basis + shift * basis)[0]
    values, turned = np.linalg.eigh(np.swapaxes(basis, -1, -2) @ table @ basis)
    values, turned = values[..., None, ::-1][..., :number], turned[..., ::-1][..., :number]
    eigenvectors = basis @ turned * np.sqrt(np.maximum(values, 1e-6) / m)
    missing = np.zeros((*eigenvectors.shape[:-1], number - eigenvectors.shape[-1]))
    return np.concatenate([eigenvectors, missing], axis=-1)


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


def _aligned(loadings: Floats, statements: tuple[Hashable, ...], previous: Axes) -> Floats:
    """Rotate or mirror the drawn axes towards an earlier map (orthogonal Procrustes, Schoenemann 1966, over the
    statements that both have), so that the picture does not jump, and mirror the others. The distances between people
    do not change."""
    places = {statement: place for place, statement in enumerate(previous.statements)}
    both = [(place, places[s]) for place, s in enumerate(statements) if s in places]
    if not both:
        return loadings
    here, there = np.array(both).T
    known = min(loadings.shape[1], previous.number)
    toward = loadings[here].T @ previous.loadings[there]
    turn = np.eye(loadings.shape[1])
    turn[range(known), range(known)] = np.where(np.diag(toward) < 0, -1.0, 1.0)
    if known >= DRAWN:
        u, _, vt = np.linalg.svd(toward[:DRAWN, :DRAWN])
        turn[:DRAWN, :DRAWN] = u @ vt
    turned: Floats = loadings @ turn
    return turned


def _rounded(values: np.ndarray[Any, Any]) -> Floats:
    rounded: Floats = np.round(values / GRAIN) * GRAIN
    return rounded

"""Models of how the votes of people hang together: camps, a spread of opinion, or both.

Person i belongs to one of K camps c and has a place z in d directions. On statement j

    logit P(agree) = b_jc + w_j . z                           (a pass counts as half an agreement)

With K = 1 the people differ only by degree: this is the item response model of Birnbaum (1968) with d traits. With
d = 0 the members of a camp differ only by chance: this is latent class analysis (Lazarsfeld and Henry 1968). The places
are on a grid. The density of each trait has one mode and is otherwise free (it may be skewed, flat or heavy-tailed), so
that what one population looks like is not decided in advance. Fitted by expectation maximization (Bock and Aitkin
1981); the mode is found by isotonic regression (Robertson, Wright and Dykstra 1988, section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.votes import Votes

REACH = (0.0, 3.4, 2.6, 2.6)
POINTS = (1, 41, 9, 7)
"""For 0, 1, 2 and 3 directions: the grid goes from -REACH to REACH standard deviations of a normal trait, with POINTS
points in each direction."""
MOST_TRAITS = len(POINTS) - 1
ROUNDS, CLASS_ROUNDS, STARTS = 20, 25, 4
NEAR = 3
NORMAL_WEIGHT = 5.0
"""Number of people with normally distributed places that are added to those of the sample when a density is
estimated."""
SMOOTHING = 2.0
"""Number of votes like those of everybody that are added to the votes of a camp on each statement."""
SLOPE, OFFSET, BETWEEN = 1.0, 0.1, 0.25
"""Prior precisions, in logits: of the effect of a trait, of the mean of a statement, of the differences between
camps."""


@dataclass(frozen=True)
class VoteTable:
    """The votes of some people as dense matrices (n, m). agree: 1 for agree, 0.5 for pass. cast: 1 where a vote was
    cast, of any kind."""

    agree: Floats
    cast: Floats

    def of(self, people: Ints) -> VoteTable:
        """The rows of some people (numbers)."""
        return VoteTable(self.agree[people], self.cast[people])


def table(votes: Votes) -> VoteTable:
    """The votes as matrices; memory 16 n m bytes."""
    shape = len(votes.people), len(votes.statements)
    agree, cast = np.zeros(shape), np.zeros(shape)
    agree[votes.person, votes.statement] = (votes.choice + 1) / 2
    cast[votes.person, votes.statement] = 1.0
    return VoteTable(agree, cast)


@dataclass(frozen=True)
class Fit:
    """A fitted model. weights: (m, K + d) offsets of the camps and effects of the traits, in logits. cells: (g, K + d)
    the camp and place of each cell. chance: (g,) log probability of each cell. camps: K."""

    weights: Floats
    cells: Floats
    chance: Floats
    camps: int

    def of_each(self, given: VoteTable) -> Floats:
        """(n,) log likelihood of the votes of each person."""
        return _posterior(_likelihood(self.weights, self.cells, given) + self.chance)[1]

    def members(self, given: VoteTable) -> Floats:
        """(n, K) the probability that each person is in each camp."""
        cells, _ = _posterior(_likelihood(self.weights, self.cells, given) + self.chance)
        members: Floats = cells.reshape(len(cells), self.camps, -1).sum(2)
        return members


def alone(given: VoteTable) -> Fit:
    """The model in which votes have nothing to do with each other: one camp, no trait."""
    return Fit(_logit(_shares(given))[:, None], np.ones((1, 1)), np.zeros(1), 1)


def classes(given: VoteTable, camps: int) -> Fit:
    """The camps alone. The best of several starts, which are drawn with a fixed seed: the result depends on the votes
    only."""
    random = np.random.default_rng(camps)
    shares, against = _shares(given), given.cast - given.agree
    best: tuple[float, Floats, Floats] | None = None
    for _ in range(STARTS):
        members = random.dirichlet(np.full(camps, 0.3), len(given.agree))
        for _ in range(CLASS_ROUNDS):
            share = (members.T @ given.agree + SMOOTHING * shares) / (members.T @ given.cast + SMOOTHING)
            chance = np.log((members.sum(0) + 1) / (len(members) + camps))
            members, each = _posterior(given.agree @ np.log(share).T + against @ np.log1p(-share).T + chance)
        prior = SMOOTHING * (shares * np.log(share) + (1 - shares) * np.log1p(-share)).sum()
        value = float(each.sum() + prior)
        if best is None or value > best[0]:
            best = value, _logit(share).T, chance
    assert best is not None
    return Fit(best[1], np.eye(camps), best[2], camps)


def spread(given: VoteTable, traits: int, begin: Fit) -> Fit:
    """A spread in `traits` directions, around each camp of `begin` (`alone` or `classes`)."""
    camps = begin.camps
    weights = np.column_stack([begin.weights, _directions(given, traits) * (1.0 if camps == 1 else 0.3)])
    points, at = _grid(traits)
    cells = np.column_stack([np.repeat(np.eye(camps), len(points), 0), np.tile(points, (camps, 1))])
    normal = np.exp(-(_scale(traits) ** 2) / 2)
    densities = np.tile(normal / normal.sum(), (traits, 1))
    chance = np.repeat(begin.chance, len(points)) + np.tile(_joint(densities, at), camps)
    prior = _precision(camps, traits)
    for turn in range(ROUNDS):
        share, _ = _posterior(_likelihood(weights, cells, given) + chance)
        weights = _step(weights, cells, share.T @ given.agree, share.T @ given.cast, prior)
        people = share.sum(0).reshape(camps, -1)
        of_camps = np.log((people.sum(1) + 1) / (len(share) + camps))
        if turn >= ROUNDS // 4 and turn % 3 == 0:  # the axes have found their place, and the shape changes slowly
            densities = np.array([_density(at[:, trait], people.sum(0), normal) for trait in range(traits)])
        chance = np.repeat(of_camps, len(points)) + np.tile(_joint(densities, at), camps)
    return Fit(weights, cells, chance, camps)


def _shares(given: VoteTable) -> Floats:
    """(m,) share of agreement of each statement, drawn towards one half by two votes."""
    shares: Floats = (given.agree.sum(0) + 1) / (given.cast.sum(0) + 2)
    return shares


def _logit(share: Floats) -> Floats:
    logit: Floats = np.log(share) - np.log1p(-share)
    return logit


def _likelihood(weights: Floats, cells: Floats, given: VoteTable) -> Floats:
    """(n, g) log likelihood of the votes of each person in each cell."""
    logit = cells @ weights.T
    for_all = -np.logaddexp(0.0, -logit)  # log P(agree); log P(disagree) is this minus the logit
    likelihood: Floats = given.cast @ for_all.T - (given.cast - given.agree) @ logit.T
    return likelihood


def _posterior(joint: Floats) -> tuple[Floats, Floats]:
    """(n, g) probabilities and (n,) log of the sums of exp(joint)."""
    top = joint.max(1, keepdims=True)
    share = np.exp(joint - top)
    total = share.sum(1, keepdims=True)
    return share / total, (top + np.log(total))[:, 0]


def _directions(given: VoteTable, traits: int) -> Floats:
    """(m, traits): the leading eigenvectors of the covariances of pairs of statements, as a start."""
    left = given.agree - _shares(given) * given.cast
    together = left.T @ left / np.maximum(given.cast.T @ given.cast, 1.0)
    np.fill_diagonal(together, 0.0)
    vectors = np.linalg.eigh(together)[1][:, ::-1][:, :traits] * np.sqrt(len(together))
    return np.pad(vectors, ((0, 0), (0, traits - vectors.shape[1])))


def _scale(traits: int) -> Floats:
    return np.linspace(-REACH[traits], REACH[traits], POINTS[traits])


def _grid(traits: int) -> tuple[Floats, Ints]:
    """The points (g, traits) and their numbers on each axis."""
    at = np.array(list(product(range(POINTS[traits]), repeat=traits)), np.int64)
    return _scale(traits)[at], at


def _joint(densities: Floats, at: Ints) -> Floats:
    """(g,) log probability of each point: traits are independent."""
    joint: Floats = np.log(densities)[np.arange(len(densities)), at].sum(1)
    return joint


def _precision(camps: int, traits: int) -> Floats:
    """(K + d, K + d): the prior precision of the weights of a statement."""
    precision = np.zeros((camps + traits, camps + traits))
    precision[:camps, :camps] = BETWEEN * (np.eye(camps) - 1 / camps) + OFFSET / camps
    precision[range(camps, camps + traits), range(camps, camps + traits)] = SLOPE
    return precision


def _step(weights: Floats, cells: Floats, agree: Floats, cast: Floats, prior: Floats) -> Floats:
    """One step of Newton's method for all statements; agree, cast: (g, m) expected numbers of votes."""
    share = 1 / (1 + np.exp(-cells @ weights.T))
    slope = (agree - cast * share).T @ cells - weights @ prior
    size = cells.shape[1]
    squares = (cells[:, :, None] * cells[:, None, :]).reshape(len(cells), -1)
    curve = ((cast * share * (1 - share)).T @ squares).reshape(-1, size, size) + prior
    change = np.linalg.solve(curve, slope[:, :, None])[:, :, 0]
    moved: Floats = weights + np.clip(change, -1.0, 1.0)
    return moved


def _density(at: Ints, people: Floats, normal: Floats) -> Floats:
    """The density of a trait with one mode that fits the expected numbers of people at its points best."""
    wanted = np.bincount(at, people, minlength=len(normal)) + NORMAL_WEIGHT * normal / normal.sum()
    return unimodal(wanted / wanted.sum())


def unimodal(wanted: Floats) -> Floats:
    """The probabilities (q,) with one mode that make the frequencies `wanted` (all above 0) most likely, of those whose
    mode is at most NEAR points from the largest frequency."""
    best, value, top = wanted, -np.inf, int(wanted.argmax())
    for mode in range(max(top - NEAR, 0), min(top + NEAR + 1, len(wanted))):
        rising = _isotonic(wanted[: mode + 1])
        falling = _isotonic(wanted[mode + 1 :][::-1])[::-1]
        if len(falling) and falling[0] > rising[-1]:
            continue  # the mode is further right
        shape = np.concatenate([rising, falling])
        likely = float(wanted @ np.log(shape))
        if likely > value:
            best, value = shape, likely
    return best


def _isotonic(values: Floats) -> Floats:
    """The nearest sequence that does not fall (pool adjacent violators)."""
    means: list[float] = []
    sizes: list[int] = []
    for value in values.tolist():
        means.append(value)
        sizes.append(1)
        while len(means) > 1 and means[-2] > means[-1]:
            size = sizes[-2] + sizes[-1]
            mean = (means[-2] * sizes[-2] + means[-1] * sizes[-1]) / size
            means[-2:], sizes[-2:] = [mean], [size]
    return np.repeat(means, sizes).astype(np.float64)

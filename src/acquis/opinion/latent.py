"""Models of how the votes of people hang together: camps, a spread of opinion, or both.

Person i belongs to one of K camps c and has a place z in d directions. On statement j

    logit P(agree) = b_jc + w_j . z                           (a pass counts as half an agreement)

With K = 1 the people differ only by degree: this is the item response model of Birnbaum (1968) with d traits. With
d = 0 the members of a camp differ only by chance: this is latent class analysis (Lazarsfeld and Henry 1968). The places
are on a grid. The density of each trait has one mode and is otherwise free (it may be skewed, flat or heavy-tailed), so
that what one population looks like is not decided in advance. Fitted by expectation maximization (Bock and Aitkin
1981); the mode is found by isotonic regression (Robertson, Wright and Dykstra 1988, section 7).

A model is fitted to several selections of the people at once, because a few large matrix products take far less time
than many small ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Singles
from acquis.opinion.sampling import mixed
from acquis.opinion.unimodal import unimodal
from acquis.opinion.votes import Votes

REACH = (0.0, 3.4, 2.6, 2.6)
POINTS = (1, 41, 9, 7)
"""For 0, 1, 2 and 3 directions: the grid goes from -REACH to REACH standard deviations of a normal trait, with POINTS
points in each direction."""
INSIDE = 2.6, 13
"""The same for the one direction inside camps, where people differ less."""
MOST_TRAITS = len(POINTS) - 1
ROUNDS, SHAPED = 16, 3
"""Most rounds for a spread; and the number of rounds after which the axes have found their place, so that the shapes of
the densities are estimated too."""
TRIAL_ROUNDS, CLASS_ROUNDS, STARTS = 6, 20, 4
"""Rounds for camps from each of STARTS starts, and further rounds from the best of them."""
SETTLED = 1.0
"""A fit ends when a round improves the log likelihood by less than this for each selection, in natural units."""
NORMAL_WEIGHT = 5.0
"""Number of people with normally distributed places that are added to those of the sample when a density is
estimated."""
SMOOTHING = 2.0
"""Number of votes like those of everybody that are added to the votes of a camp on each statement."""
SLOPE, OFFSET, BETWEEN = 1.0, 0.1, 0.25
"""Prior precisions, in logits: of the effect of a trait, of the mean of a statement, of the differences between
camps."""
FARTHEST = 60.0
"""Logits are kept within this in both directions, so that their exponentials are finite in single precision."""


@dataclass(frozen=True)
class VoteTable:
    """The votes of some people as dense matrices (n, m). agree: 1 for agree, 0.5 for pass. cast: 1 where a vote was
    cast, of any kind."""

    agree: Singles
    cast: Singles


def table(votes: Votes) -> VoteTable:
    """The votes as matrices; memory 8 n m bytes."""
    shape = len(votes.people), len(votes.statements)
    agree, cast = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    agree[votes.person, votes.statement] = (votes.choice + 1) / 2
    cast[votes.person, votes.statement] = 1.0
    return VoteTable(agree, cast)


class Selections:
    """Votes, and t selections of the people to which models are fitted.

    chosen: (t, n) the numbers of their people; of a smaller selection some are -1 and do not count. people: the number
    of all people. both: (t, 2 m, n) agreements, then votes cast. used: (t, n), 1 for those who count.

    People are the last axis of all large arrays: what is done for each of them is then done for many at a time."""

    def __init__(self, given: VoteTable, chosen: Ints) -> None:
        self.chosen, self.people = chosen, len(given.agree)
        self.used: Singles = (chosen >= 0).astype(np.float32)
        self.both: Singles = np.concatenate([given.agree.T, given.cast.T])[:, chosen].transpose(1, 0, 2).copy()

    @property
    def number(self) -> int:
        """The number of selections."""
        return len(self.used)

    @property
    def agree(self) -> Singles:
        """(t, m, n)"""
        return self.both[:, : self.both.shape[1] // 2]

    @property
    def cast(self) -> Singles:
        """(t, m, n)"""
        return self.both[:, self.both.shape[1] // 2 :]

    @cached_property
    def shares(self) -> Floats:
        """(t, m) share of agreement of each statement, drawn towards one half by two votes."""
        agree, cast = np.split((self.both @ self.used[:, :, None])[:, :, 0].astype(np.float64), 2, axis=1)
        shares: Floats = (agree + 1) / (cast + 2)
        return shares

    @cached_property
    def directions(self) -> Floats:
        """(t, m, MOST_TRAITS): the leading eigenvectors of the covariances of pairs of statements, as a start."""
        cast = self.cast * self.used[:, None]
        left = (self.agree - self.shares[:, :, None].astype(np.float32) * cast) * self.used[:, None]
        pairs = np.maximum(cast @ cast.transpose(0, 2, 1), 1.0)
        together = (left @ left.transpose(0, 2, 1) / pairs).astype(np.float64)
        diagonal = np.arange(together.shape[1])
        together[:, diagonal, diagonal] = 0.0
        vectors = np.linalg.eigh(together)[1][:, :, ::-1][:, :, :MOST_TRAITS] * np.sqrt(len(diagonal))
        return np.pad(vectors, ((0, 0), (0, 0), (0, MOST_TRAITS - vectors.shape[2])))


@dataclass(frozen=True)
class Fit:
    """A model that was fitted to t selections of people. weights: (t, m, K + d) offsets of the camps and effects of the
    traits, in logits. cells: (g, K + d) the camp and place of each cell. chance: (t, g) log probability of each cell.
    camps: K."""

    weights: Floats
    cells: Floats
    chance: Floats
    camps: int

    def of_each(self, seen: Selections) -> Floats:
        """(t, n) log likelihood of the votes of each person."""
        joint, _ = _CellTable(self.cells, seen).joint(self.weights, self.chance)
        each: Floats = _posterior(joint)[1].astype(np.float64)
        return each

    def members(self, seen: Selections) -> Floats:
        """(t, K, n) the probability that each person is in each camp."""
        share, _ = _posterior(_CellTable(self.cells, seen).joint(self.weights, self.chance)[0])
        members: Floats = share.reshape(len(share), self.camps, -1, share.shape[2]).sum(2).astype(np.float64)
        return members


def alone(seen: Selections) -> Fit:
    """The model in which votes have nothing to do with each other: one camp, no trait."""
    return Fit(_logit(seen.shares)[:, :, None], np.ones((1, 1)), np.zeros((seen.number, 1)), 1)


def classes(seen: Selections, camps: int) -> Fit:
    """The camps alone. The best of several starts, which are drawn with a fixed seed: the result depends on the votes
    only."""
    started = _drawn(seen.people, camps)[:, :, seen.chosen].transpose(2, 0, 1, 3)
    many = _ClassRounds(seen, np.ascontiguousarray(started))
    many.run(TRIAL_ROUNDS)
    best = np.argmax(many.value, axis=1)
    final = _ClassRounds(seen, many.members[np.arange(seen.number), best][:, None])
    final.run(CLASS_ROUNDS)
    return Fit(_logit(final.share[:, 0]).transpose(0, 2, 1), np.eye(camps), final.chance[:, 0], camps)


def _drawn(people: int, camps: int) -> Singles:
    """(STARTS, K, n) probabilities, of which one is large for most people."""
    number = np.arange(people * STARTS * camps, dtype=np.uint64) + np.uint64(camps << 32)
    drawn = (mixed(number) >> np.uint64(11)).astype(np.float64) * 2.0**-53 + 1e-9
    weight = np.log(drawn).reshape(people, STARTS, camps) ** 4
    drawn_members = (weight / weight.sum(2, keepdims=True)).astype(np.float32)
    return np.ascontiguousarray(drawn_members.transpose(1, 2, 0))


class _ClassRounds:
    """Expectation maximization for camps from s starts. members: (t, s, K, n) probabilities. value: (t, s) log
    likelihood with the prior. share: (t, s, K, m) of agreement. chance: (t, s, K) log probability of each camp."""

    def __init__(self, seen: Selections, members: Singles) -> None:
        self.members, self.value = members, np.full(members.shape[:2], -np.inf)
        self._seen, self._prior = seen, SMOOTHING * seen.shares[:, None, None]

    def run(self, rounds: int) -> None:
        """At most so many rounds, until the value settles."""
        for _ in range(rounds):
            before = self.value
            self._maximize()
            self._expect()
            if (self.value - before < SETTLED).all():
                break

    def _maximize(self) -> None:
        number, starts, camps, people = self.members.shape
        counted = (self.members * self._seen.used[:, None, None]).reshape(number, -1, people)
        votes = (counted @ self._seen.both.transpose(0, 2, 1)).astype(np.float64).reshape(number, starts, camps, 2, -1)
        self.share = (votes[..., 0, :] + self._prior) / (votes[..., 1, :] + SMOOTHING)
        size = counted.sum(2, dtype=np.float64).reshape(number, starts, camps)
        self.chance = np.log((size + 1) / (size.sum(2, keepdims=True) + camps))

    def _expect(self) -> None:
        against, agree = np.log(1 - self.share), np.log(self.share)
        logs = np.concatenate([agree - against, against], axis=3).astype(np.float32)
        joint = (logs.reshape(len(logs), -1, logs.shape[3]) @ self._seen.both).reshape(self.members.shape)
        joint += self.chance.astype(np.float32)[..., None]
        self.members, each = _posterior(joint)
        likely = self._prior * agree + (SMOOTHING - self._prior) * against
        self.value = (each * self._seen.used[:, None]).sum(2, dtype=np.float64) + likely.sum((2, 3))


def spread(seen: Selections, traits: int, begin: Fit) -> Fit:
    """A spread in `traits` directions, around each camp of `begin` (`alone` or `classes`)."""
    camps, before = begin.camps, -np.inf
    weights = np.concatenate([begin.weights, seen.directions[:, :, :traits] * (1.0 if camps == 1 else 0.3)], axis=2)
    scale = _scale(camps, traits)
    at = np.array(list(product(range(len(scale)), repeat=traits)), np.int64)
    points = scale[at]
    cells = np.column_stack([np.repeat(np.eye(camps), len(points), 0), np.tile(points, (camps, 1))])
    normal = np.exp(-(scale**2) / 2)
    densities = np.tile(normal / normal.sum(), (seen.number, traits, 1))
    of_camps, prior, table = begin.chance, _precision(camps, traits), _CellTable(cells, seen)
    people = seen.used.sum(1, dtype=np.float64)
    for turn in range(ROUNDS):
        joint, agreement = table.joint(weights, _chances(of_camps, densities, at))
        share, each = _posterior(joint, seen.used)
        value = float((each * seen.used).sum(dtype=np.float64))
        if turn > SHAPED and value - before < SETTLED * seen.number:
            break
        before = value
        weights = table.step(weights, share, agreement, prior)
        there = share.sum(2, dtype=np.float64).reshape(seen.number, camps, -1)
        of_camps = np.log((there.sum(2) + 1) / (people[:, None] + camps))
        if turn >= SHAPED:
            densities = np.array([[_density(at[:, k], of.sum(0), normal) for k in range(traits)] for of in there])
    return Fit(weights, cells, _chances(of_camps, densities, at), camps)


def _logit(share: Floats) -> Floats:
    logit: Floats = np.log(share) - np.log1p(-share)
    return logit


class _CellTable:
    """The cells (g, K + d) of a model beside the votes of t selections of people."""

    def __init__(self, cells: Floats, seen: Selections) -> None:
        (selections, people), statements, size = seen.used.shape, seen.agree.shape[1], cells.shape[1]
        self._cells, self._seen, self._statements = cells.astype(np.float32), seen, statements
        self._squares = (self._cells[:, :, None] * self._cells[:, None, :]).reshape(len(cells), -1)
        self._left: Singles = np.empty((selections, len(cells), statements + size + 1), np.float32)
        self._left[:, :, statements:-1] = self._cells
        self._right: Singles = np.empty((selections, statements + size + 1, people), np.float32)
        self._right[:, :statements] = seen.cast
        self._right[:, -1] = 1

    def joint(self, weights: Floats, chance: Floats) -> tuple[Singles, Singles]:
        """(t, g, n) log likelihood of the votes of each person and a cell; and (t, g, m) the probability of agreement.

        log P(agree) is log P(disagree) plus the logit, which is linear in the camp and the place of a cell: so the
        agreements of a person are summed up in K + d numbers, and only the votes cast in g."""
        turned = weights.transpose(0, 2, 1).astype(np.float32)
        odds = np.exp(np.clip(self._cells @ turned, -FARTHEST, FARTHEST)) + np.float32(1)
        np.negative(np.log(odds), out=self._left[:, :, : self._statements])  # log P(disagree)
        self._left[:, :, -1] = chance
        self._right[:, self._statements : -1] = turned @ self._seen.agree
        agreement: Singles = 1 - np.reciprocal(odds, out=odds)
        return self._left @ self._right, agreement

    def step(self, weights: Floats, share: Singles, agreement: Singles, prior: Floats) -> Floats:
        """One step of Newton's method for all statements. share: (t, g, n) probabilities that a person is in a cell;
        agreement: (t, g, m) probability of agreement."""
        expected = share @ self._seen.cast.transpose(0, 2, 1)
        expected *= agreement
        agreed = self._seen.agree @ (self._cells.T @ share).transpose(0, 2, 1)
        slope = agreed - expected.transpose(0, 2, 1) @ self._cells - weights @ prior
        expected *= 1 - agreement
        curve = (expected.transpose(0, 2, 1) @ self._squares).reshape(*slope.shape, slope.shape[2])
        change = np.linalg.solve(curve + prior, slope[..., None])[..., 0]
        moved: Floats = weights + np.clip(change, -1.0, 1.0)
        return moved


def _posterior(joint: Singles, used: Singles | None = None) -> tuple[Singles, Singles]:
    """(.., g, n) probabilities, in the memory of `joint`, and (.., n) log of the sums of exp(joint). used: (.., n)
    factors of the probabilities."""
    top = joint.max(-2, keepdims=True)
    joint -= top
    share = np.exp(joint, out=joint)
    total = share.sum(-2, keepdims=True)
    share *= np.reciprocal(total) if used is None else used[..., None, :] / total
    return share, (top + np.log(total))[..., 0, :]


def _scale(camps: int, traits: int) -> Floats:
    reach, points = (REACH[traits], POINTS[traits]) if camps == 1 else INSIDE
    return np.linspace(-reach, reach, points)


def _chances(of_camps: Floats, densities: Floats, at: Ints) -> Floats:
    """(t, g) log probability of each cell: traits are independent. of_camps: (t, K). densities: (t, d, q)."""
    joint = np.log(densities)[:, np.arange(densities.shape[1]), at].sum(2)
    chances: Floats = (of_camps[:, :, None] + joint[:, None, :]).reshape(len(of_camps), -1)
    return chances


def _precision(camps: int, traits: int) -> Floats:
    """(K + d, K + d): the prior precision of the weights of a statement."""
    precision = np.zeros((camps + traits, camps + traits))
    precision[:camps, :camps] = BETWEEN * (np.eye(camps) - 1 / camps) + OFFSET / camps
    precision[range(camps, camps + traits), range(camps, camps + traits)] = SLOPE
    return precision


def _density(at: Ints, people: Floats, normal: Floats) -> Floats:
    """The density of a trait with one mode that fits the expected numbers of people at its points best."""
    wanted = np.bincount(at, people, minlength=len(normal)) + NORMAL_WEIGHT * normal / normal.sum()
    return unimodal(wanted / wanted.sum())

"""Whether the votes of a conversation hang together, and if so, as a spectrum of opinion or as camps.

The models of `latent` are compared by votes that they have not seen: each is fitted to four fifths of the people and
then tells how likely the votes of the others are, five times, until all people have been predicted. One population with
a spread in one to three directions, of any shape with one mode, competes with two to six camps. The difference of the
log likelihoods is a sum over people and so has a standard error. Camps are found only if they predict people better
than every spread does, by more than the margins below; otherwise a cut through one cloud would always be found.

The answer depends on the votes only: people and statements are put into an order that follows from the votes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from acquis.opinion import sampling
from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.axes import DRAWN
from acquis.opinion.blas import one_thread
from acquis.opinion.bundles import bundles
from acquis.opinion.dimension import OneAxis, number_of_axes, one_axis
from acquis.opinion.fast import fast_added
from acquis.opinion.latent import MOST_TRAITS, SMOOTHING, Fit, Selections, VoteTable, alone, classes, spread, table
from acquis.opinion.sampling import enough
from acquis.opinion.votes import Votes

METHOD = 4
"""The number of this method on the record. Method 1 cut the map into clusters; method 2 drew the sample by other
digests and fitted the models one by one; method 3 counted statements on which nearly everybody votes alike."""
FOLDS = 5
FEWEST_PEOPLE = 40
"""Fewer people with enough votes are never divided into camps."""
MOST_CAMPS = 6
"""So many camps are tried, and one less is the most that is found: where the last number predicts best, a spread in
more directions than are tried looks like ever more camps."""
CERTAIN = 2.5
"""By how many standard errors camps must predict better than a spread."""
LEAST_GAIN, LEAST_SHARE = 5.0, 0.02
"""The least advantage of camps: in natural units of log likelihood, and as a share of what the best spread predicts
better than votes without any connection. The share keeps a model that is only nearly right from losing by its errors
when votes are many."""
LEAST_STRUCTURE, STRUCTURE_CERTAIN = 4.0, 2.0
"""How much better than votes without any connection the best model must predict: in natural units, and in standard
errors."""
FEWEST_OTHERS = 3
"""A statement on which all but so few vote alike says nothing of groups or directions. The models differ in how near to
certainty they go there, and many such statements together would decide between them."""
ALIKE = 0.9
"""People of a camp who decide nearly everything in the same way: the least mean share of the most frequent choice. In
made camps of people whose leaning has a standard deviation of 2 logits it is 0.78, of 3 logits 0.84."""
WORTH = 1.0
"""By how much, in natural units, one more camp or direction must predict better."""
SHUFFLED = 20_000
"""The most votes of which it is said what one axis explains: of more, predictions see every connection that matters."""
GRAIN = 2.0**-20
"""Log probabilities are rounded to multiples of this, so that sums over the votes of a person do not depend on their
order."""


@dataclass(frozen=True)
class Camps:
    """How the members of each camp vote. alike: (k,) mean share of the members who choose what most of them choose.
    votes: (3 m, k) log probabilities of disagree, pass and agree on each
    statement; a pass is the mean of both. sizes: (k,) log shares of the people."""

    votes: Floats
    sizes: Floats
    alike: Floats

    @property
    def means(self) -> Floats:
        """(k, m): the expected vote of a member on each statement, -1..1."""
        against, for_it = (np.exp(self.votes[choice::3]) for choice in (0, 2))
        means: Floats = ((for_it - against) / (for_it + against)).T
        return means

    @property
    def number(self) -> int:
        """The number of camps."""
        return len(self.sizes)

    def label(self, votes: Votes) -> Ints:
        """(n,) the most likely camp of each person, -1 for people with too few votes."""
        likely = np.argmax(fast_added(votes, self.votes) + self.sizes, axis=1)
        return np.where(enough(votes), likely, -1).astype(np.int64)

    def on(self, kept: Ints, statements: int) -> Camps:
        """The camps of statements that are numbered as in `kept`, on all statements; a vote on another one says nothing
        about the camp."""
        votes = np.zeros((statements, 3, self.number))
        votes[kept] = self.votes.reshape(-1, 3, self.number)
        return Camps(votes.reshape(-1, self.number), self.sizes, self.alike)

    def ordered(self, order: Ints) -> Camps:
        """The same camps in another order."""
        return Camps(self.votes[:, order], self.sizes[order], self.alike[order])


@dataclass(frozen=True)
class Structure:
    """verdict: `camps`; `spectrum` (people differ by degree along an axis, without a border); `undecided` (there is
    structure, and camps predict it slightly better, but not by the margins); `none` (votes hang together no more than
    by chance); `few` (too few people).

    camps: None unless the verdict is `camps`. traits: number of directions of the best spread, 0 for none. connected:
    by how much the best model predicts people better than votes without connection, in natural units a person. apart:
    by how much the best camps predict them better than the best spread; negative if worse. error: standard error of
    `apart`. sample: number of people looked at. same: bundles of statements (numbers) that were counted once. axes: the
    number of axes that predicts hidden votes best. line: what one axis explains in a room of too few people, or where
    nothing predicts well (`none`) and no statements say the same; None in others, or if nothing can be said."""

    verdict: str
    camps: Camps | None
    traits: int
    connected: float
    apart: float
    error: float
    sample: int
    same: tuple[tuple[int, ...], ...]
    axes: int = DRAWN
    line: OneAxis | None = None

    @property
    def k(self) -> int:
        """The number of camps, 1 if there are none."""
        return self.camps.number if self.camps else 1

    @property
    def alike(self) -> float:
        """The largest share of `Camps.alike`, 0 without camps. From ALIKE on, a camp may be one hand with many
        accounts."""
        return float(self.camps.alike.max()) if self.camps else 0.0

    @property
    def structured(self) -> bool:
        """Whether the places of people on the map say something."""
        return self.verdict in ("camps", "spectrum", "undecided")


def structure(votes: Votes) -> Structure:
    """The structure of these votes: the same in whatever order people and statements are."""
    return structure_of(lambda method, *arguments: [getattr(sampling, method)(votes, *arguments)])


@one_thread()
def structure_of(each: Callable[..., list[Any]]) -> Structure:
    """The structure of the votes of all parts. each: calls a function of `sampling` on the votes of every part."""
    votes, kept, statements = sampling.sample(each)
    people = len(votes.people)
    if people < FEWEST_PEOPLE:
        said = one_axis(votes)
        return Structure("few", None, 0, connected=0.0, apart=0.0, error=0.0, sample=people, same=(), line=said)
    given = table(votes)
    same = bundles(given)
    tried = _once(given, same)
    if tried.cast.shape[1] < 2:  # people agree on everything, or there is one question
        axes = number_of_axes(votes)
        named = _named(same, kept)
        return Structure("none", None, 0, connected=0.0, apart=0.0, error=0.0, sample=people, same=named, axes=axes)
    trial = _PredictionTrial(tried)
    camps, best = _best_camps(trial)
    traits, spreads = _best_spread(trial, best)
    connected = trial.difference(max(spreads, best, key=np.sum), trial.unconnected)
    apart = trial.difference(best, spreads)
    verdict = _verdict(connected, apart, float((spreads - trial.unconnected).sum()), camps[0])
    groups = _camps(given, trial.members(camps), same) if verdict == "camps" else None
    unclear = verdict == "none" and not same and len(votes) <= SHUFFLED
    return Structure(
        verdict,
        groups and groups.on(kept, statements),
        traits,
        connected=connected[0] / people,
        apart=apart[0] / people,
        error=apart[1] / people,
        sample=people,
        same=_named(same, kept),
        axes=number_of_axes(votes),
        line=one_axis(votes) if unclear else None,
    )


def _named(same: tuple[tuple[int, ...], ...], kept: Ints) -> tuple[tuple[int, ...], ...]:
    """The bundles of statements, numbered as in `kept`."""
    return tuple(sorted(tuple(sorted(kept[list(bundle)].tolist())) for bundle in same))


def _verdict(connected: tuple[float, float], apart: tuple[float, float], spread_gain: float, camps: int) -> str:
    if not _is_connected(connected):
        return "none"
    if apart[0] >= max(LEAST_GAIN, CERTAIN * apart[1], LEAST_SHARE * spread_gain) and camps < MOST_CAMPS:
        return "camps"
    return "undecided" if apart[0] > 0 else "spectrum"


def _is_connected(gain: tuple[float, float]) -> bool:
    return gain[0] >= max(LEAST_STRUCTURE, STRUCTURE_CERTAIN * gain[1])


def _once(given: VoteTable, same: tuple[tuple[int, ...], ...]) -> VoteTable:
    """The votes in which each bundle of statements is one statement: the mean of the votes cast on it. Statements on
    which fewer than FEWEST_OTHERS people vote otherwise than all others are left out."""
    kept = np.ones(given.cast.shape[1], np.bool_)
    agree, cast = given.agree.copy(), given.cast.copy()
    for bundle in same:
        first, *others = bundle
        kept[others] = False
        votes = given.cast[:, bundle].sum(1)
        agree[:, first] = given.agree[:, bundle].sum(1) / np.maximum(votes, 1)
        cast[:, first] = votes > 0
    of_all, voters = agree.sum(0), cast.sum(0)
    kept &= np.minimum(of_all, voters - of_all) >= FEWEST_OTHERS
    return VoteTable(agree[:, kept], cast[:, kept])


class _PredictionTrial:
    """Fits models to all folds of the people but one, and predicts the people of that one."""

    def __init__(self, given: VoteTable) -> None:
        people = np.arange(len(given.agree))
        fold = people % FOLDS
        self._given, self._folds = given, _padded([people[fold == number] for number in range(FOLDS)])
        self.seen = Selections(given, _padded([people[fold != number] for number in range(FOLDS)]))
        self._unseen = Selections(given, self._folds)
        self.start = alone(self.seen)
        # One camp has the same prior as several. Without it, several would predict better where nearly all vote alike.
        self.unconnected = max((self.predicted(fit) for fit in (self.start, classes(self.seen, 1))), key=np.sum)

    def predicted(self, fits: Fit) -> Floats:
        """(n,) log likelihood of each person, by the fit that has not seen him or her."""
        each = np.empty(len(self._given.agree))
        each[self._folds[self._folds >= 0]] = fits.of_each(self._unseen)[self._folds >= 0]
        return each

    def members(self, camps: tuple[int, int]) -> Floats:
        """(K, n) the probability that each person is in each camp, by the model of so many camps and traits that is
        fitted to all people."""
        everybody = Selections(self._given, np.arange(len(self._given.agree))[None])
        fit = classes(everybody, camps[0])
        of_all: Floats = (spread(everybody, camps[1], fit) if camps[1] else fit).members(everybody)[0]
        return of_all

    @staticmethod
    def difference(first: Floats, second: Floats) -> tuple[float, float]:
        """The sum of the differences, and its standard error."""
        each = first - second
        return float(each.sum()), float(each.std() * np.sqrt(len(each)))


def _padded(parts: list[Ints]) -> Ints:
    """The parts as rows of one length, filled with -1."""
    size = max(len(part) for part in parts)
    return np.array([np.pad(part, (0, size - len(part)), constant_values=-1) for part in parts])


def _best_spread(trial: _PredictionTrial, camps: Floats) -> tuple[int, Floats]:
    """The number of directions and the predictions of the best spread, 0 if none predicts better than votes without
    connection. A further direction is tried only while camps predict better, or nothing predicts well, and a third one
    only if the second predicted better."""
    traits, best = 0, trial.unconnected
    for more in range(1, MOST_TRAITS + 1):
        each = trial.predicted(spread(trial.seen, more, trial.start))
        if each.sum() > best.sum() + WORTH:
            traits, best = more, each
        elif more > 1:
            break
        if best.sum() > camps.sum() and _is_connected(trial.difference(best, trial.unconnected)):
            break
    return traits, best


def _best_camps(trial: _PredictionTrial) -> tuple[tuple[int, int], Floats]:
    """The numbers of camps and directions, and the predictions, of the best camps: first without a spread inside, then
    with one. The search ends when two more camps in a row predict no better."""
    fits: dict[int, Fit] = {}
    best, predicted = (0, 0), np.full(len(trial.unconnected), -np.inf)
    for camps in range(2, MOST_CAMPS + 1):
        fits[camps] = classes(trial.seen, camps)
        each = trial.predicted(fits[camps])
        if each.sum() > predicted.sum() + WORTH:
            best, predicted = (camps, 0), each
        elif camps - best[0] >= 2:
            break
    for camps in sorted({best[0], max(best[0] - 1, 2)}):
        each = trial.predicted(spread(trial.seen, 1, fits[camps]))
        if each.sum() > predicted.sum() + WORTH:
            best, predicted = (camps, 1), each
    return best, predicted


def _camps(given: VoteTable, members: Floats, same: tuple[tuple[int, ...], ...]) -> Camps:
    """The camps from the probabilities of membership (K, n); each statement of a bundle counts as its part of one."""
    everybody = (given.agree.sum(0) + 1) / (given.cast.sum(0) + 2)
    share = (members @ given.agree + SMOOTHING * everybody) / (members @ given.cast + SMOOTHING)
    part = np.ones(share.shape[1])
    for bundle in same:
        part[list(bundle)] = 1 / len(bundle)
    agree, disagree = np.log(share) * part, np.log1p(-share) * part
    votes = np.stack([disagree, (agree + disagree) / 2, agree], axis=2)
    sizes = np.log(members.sum(1) + 1) - np.log(members.shape[1] + len(share))
    rows = votes.transpose(1, 2, 0).reshape(-1, len(share))
    cast = members @ given.cast
    alike = (cast * np.maximum(share, 1 - share)).sum(1) / np.maximum(cast.sum(1), 1e-9)
    return Camps(np.round(rows / GRAIN) * GRAIN, np.round(sizes / GRAIN) * GRAIN, alike)

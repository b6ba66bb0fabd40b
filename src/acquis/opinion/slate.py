"""A slate: a few statements in which every group that agrees on something finds its share, and the audit that says who
does not.

Of n people who voted, a slate of k statements is *proportional* if there is no statement c outside it and no number l
such that more than l n / (k + 1) people agree with c and each of them with fewer than l statements of the slate. With
l = 1 this is justified representation: no group larger than n / (k + 1) agrees on something and has none of its
statements in the slate. With all l it is EJR+ (Brill and Peters 2023), here for the quota n / (k + 1) instead of the
larger n / k. A vote that was not cast counts as no agreement, so the property holds for the votes as they are and
rests on no guess.

`slate` finds one by local search on the score of proportional approval voting (Thiele 1895): a person who agrees with r
statements of the slate adds 1 + 1/2 + ... + 1/r, and statements are exchanged while the score grows (Aziz et al. 2018).
Why the result is proportional: add c, which raises the score by D >= people / l; of the k + 1 statements, taking one
out again costs at most (n - D) / k on average; so the exchange gains if D > n / (k + 1), and there was none that did.
The score is counted in whole numbers, so the result does not depend on people, their ids or their order; of exchanges
that gain the same the one that brings in the first statement is made.

People may have weights, so that all declared groups of a kind weigh the same (`even_weights`); everything above then
holds for weights in the place of numbers of people. `slate` asks that a slate be proportional by the number of people
and, if it can, by each of these weights as well: it looks for one by the sum of all weights first.

Justified representation alone would allow a slate that gives nine tenths of the people one statement of eight; a greedy
cover does so. EJR+ is the strongest such property that can be checked in a moment for any slate, whoever made it. The
audit of a slate against missing votes follows Halpern et al. 2023 and De et al. 2025 (arXiv 2511.04588).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.axes import Axes
from acquis.opinion.fast import fast_added, fast_agreements, fast_tally
from acquis.opinion.place import Positions, predicted
from acquis.opinion.votes import AGREE, DISAGREE, PASS, Votes

_SCALE = 1 << 16
"""The mean weight of a person: weights are whole numbers, so that scores are."""

FEWEST, MOST = 5, 8
"""The least and the greatest length of a slate."""
ENOUGH = 0.05
"""A slate is not made longer if no larger share of the people is without a voice in it."""
_ONE = 840
"""The score of a first statement: divisible by 1 to 8, so that the score is a whole number."""
Guess: TypeAlias = Callable[[int, int], Floats]
"""Gives for the people numbered first..last - 1 the probability (rows, m) that they would agree."""
_FINE = 2.0**16
"""Probabilities are rounded to multiples of 1 / _FINE, so that their sums do not depend on the order of people."""


@dataclass(frozen=True)
class Unheard:
    """The largest group without a voice: the number of people who agree with the statement (its number, outside the
    slate; -1 if there is nobody) and with none, or too few, of the slate."""

    statement: int
    people: float


@dataclass(frozen=True)
class Readings:
    """The largest group without a voice by three readings of the votes that were not cast. cast: as no agreement, with
    a statement of the slate or outside it. expected: by the probability that the person would agree. worst: as no
    agreement with the statements of the slate, but as agreement with the one outside; nobody can be without a voice
    who is not counted here."""

    cast: Unheard
    expected: Unheard
    worst: Unheard


@dataclass(frozen=True)
class Slate:
    """A slate and its audit. statements: their numbers, ascending. people: who cast a vote. heard: people who agree
    with at least one statement of the slate. silent: people who agreed with no statement at all, whom no slate can
    represent. unheard: the largest group without a voice."""

    statements: tuple[int, ...]
    people: int
    heard: int
    silent: int
    unheard: Readings


def slate(votes: Votes, guess: Guess | None = None, weights: Sequence[Ints] = ()) -> Slate:
    """The shortest proportional slate of FEWEST to MOST statements in which no group of more than a share of ENOUGH is
    without a voice, by the number of people and by each of the weights; else the same by the number of people, or that
    of MOST; all statements if there are no more than FEWEST.

    guess: for the audit of the missing votes, for example that of `model`; without it, the probability of agreement is
    the share of a statement's voters who agree, drawn towards one half by two votes. weights: (n,) for each kind of
    declared group, of `even_weights`."""
    alone = _shortest(votes, [])
    chosen = (_shortest(votes, weights) if weights else None) or alone or proportional(votes, MOST)
    return audited(votes, chosen, guess)


def _shortest(votes: Votes, weights: Sequence[Ints]) -> tuple[int, ...] | None:
    """The shortest slate that is good enough by the number of people and by these weights; None if none is found."""
    once = np.full(len(votes.people), _SCALE, np.int64)
    by = [once, *weights]
    for length in range(FEWEST, MOST + 1):
        for tried in [sum(by, np.zeros_like(once)), *by] if weights else by:
            chosen = proportional(votes, length, tried)
            if all(is_proportional(votes, chosen, each) and _is_enough(votes, chosen, each) for each in by):
                return chosen
    return None


def _is_enough(votes: Votes, chosen: Sequence[int], weight: Ints) -> bool:
    left = largest(without_voice(votes, chosen, weight=weight), chosen).people
    return left <= ENOUGH * _whole(votes, weight)


def even_weights(belongs: Mask, voted: Mask) -> Ints:
    """(n,) weights by which all groups of one kind weigh the same, _SCALE on average; whoever belongs to none, or did
    not vote, has the average. A person of several groups counts in each with an equal part.

    belongs: (n, groups); voted: (n,) who cast a vote."""
    inside = belongs & voted[:, None]
    several = inside.sum(1)
    sizes = np.zeros(belongs.shape[1])
    for number in range(1, int(several.max(initial=0)) + 1):
        sizes += inside[several == number].sum(0) / number
    present = sizes > 0
    each = np.zeros(len(sizes))
    each[present] = np.count_nonzero(several) / (np.count_nonzero(present) * sizes[present])
    weight = (inside * each).sum(1) / np.maximum(several, 1)
    scaled: Ints = np.where(several > 0, np.round(_SCALE * weight), _SCALE).astype(np.int64)
    return scaled


def is_proportional(votes: Votes, chosen: Sequence[int], weight: Ints | None = None) -> bool:
    """Whether a slate is proportional, whoever made it. weight: (n,) of people; by itself all weigh the same."""
    whole, parts = _whole(votes, weight), len(chosen) + 1
    return all(
        largest(without_voice(votes, chosen, least, weight), chosen).people * parts <= least * whole
        for least in range(1, parts)
    )


def _whole(votes: Votes, weight: Ints | None) -> int:
    """The weight of everybody who cast a vote."""
    return voters(votes) if weight is None else int(weight[np.diff(votes.start) > 0].sum())


def voters(votes: Votes) -> int:
    """The number of people who cast a vote."""
    return int(np.count_nonzero(np.diff(votes.start)))


def proportional(votes: Votes, length: int, weight: Ints | None = None) -> tuple[int, ...]:
    """The numbers of the statements of a slate that is proportional by the weight (n,) of people, ascending; all of
    them if there are no more than `length`, which is at most MOST. Raises ValueError for another length."""
    if not 0 <= length <= MOST:
        raise ValueError(f"a slate of {length} statements; at most {MOST}")
    search = _Search(votes, np.ones(len(votes.people), np.int64) if weight is None else weight)
    while len(search.chosen) < min(length, len(votes.statements)):
        search.add()
    while search.exchange():
        pass
    return tuple(search.chosen)


class _Search:
    """The agreements, and the statements chosen so far, ascending. People who agree with the same statements of the
    slate are counted together: `pattern` has bit b set if they agree with statement number b of `chosen`."""

    def __init__(self, votes: Votes, weight: Ints) -> None:
        self.votes, self.weight, self.wide = votes, weight, len(votes.statements)
        self.chosen: list[int] = []

    def _counts(self) -> Ints:
        """(2 ** k, m): the weight of the people of each pattern who agree with each statement."""
        pattern = _agreed(self.votes, self.chosen, [1 << bit for bit in range(len(self.chosen))])
        return fast_agreements(self.votes, pattern, 1 << len(self.chosen), self.weight)

    def add(self) -> None:
        """Add the statement that raises the score most."""
        gain = _worth(len(self.chosen)) @ self._counts()
        gain[self.chosen] = -1
        self.chosen = sorted([*self.chosen, int(gain.argmax())])

    def exchange(self) -> bool:
        """Make the exchange that raises the score most; whether there was one."""
        if not self.chosen or len(self.chosen) == self.wide:
            return False
        counts, places = self._counts(), range(len(self.chosen))
        # The score of each statement if one of the slate (the row) were not in it, less that of the one itself.
        gain = np.stack([_worth(len(self.chosen), without=bit) for bit in places]) @ counts
        gain -= gain[places, self.chosen][:, None]
        gain[:, self.chosen] = 0
        best = int(gain.max(0).argmax())
        if gain[:, best].max() <= 0:
            return False
        out = int(gain[:, best].argmax())
        self.chosen = sorted([*self.chosen[:out], *self.chosen[out + 1 :], best])
        return True


def _worth(length: int, without: int | None = None) -> Ints:
    """(2 ** length,) what one more statement adds to the score of a person of each pattern, who agrees with r
    statements apart from number `without`: _ONE / (r + 1)."""
    patterns = np.arange(1 << length)
    bits = [bit for bit in range(length) if bit != without]
    return _ONE // (1 + sum(((patterns >> bit) & 1 for bit in bits), np.zeros(len(patterns), np.int64)))


# --- Audit ------------------------------------------------------------------------------------------------------------


def without_voice(votes: Votes, chosen: Sequence[int], least: int = 1, weight: Ints | None = None) -> Ints:
    """(m,): the people who agree with each statement, and with fewer than `least` of those that are chosen, by the
    votes that were cast: their number, or the sum of their weights (n,). Read it for the statements outside the
    slate."""
    label = np.where(_agreed(votes, chosen) < least, 0, -1)
    sizes: Ints = fast_agreements(votes, label, 1, weight)[0]
    return sizes


def is_heard(votes: Votes, chosen: Sequence[int]) -> Mask:
    """(n,) who agrees with at least one of the chosen statements."""
    return np.asarray(_agreed(votes, chosen) > 0)


def _agreed(votes: Votes, chosen: Sequence[int], worth: Sequence[int] | int = 1) -> Ints:
    """(n,): of each person the sum of the `worth` of the chosen statements that he or she agrees with."""
    table = np.zeros((len(votes.statements), 3))
    table[list(chosen), AGREE + 1] = worth
    return fast_added(votes, table.reshape(-1, 1))[:, 0].astype(np.int64)


def largest(sizes: Ints | Floats, chosen: Sequence[int]) -> Unheard:
    """The largest group of a statement that is not chosen; of equal ones that of the first statement."""
    outside = sizes.astype(np.float64)
    outside[list(chosen)] = -1.0
    number = int(outside.argmax()) if len(outside) else -1
    return Unheard(number, float(outside[number])) if number >= 0 and outside[number] > 0 else Unheard(-1, 0.0)


def audited(votes: Votes, chosen: Sequence[int], guess: Guess | None = None) -> Slate:
    """Any choice of statements with its audit. guess: as in `slate`."""
    chosen, people = sorted(chosen), voters(votes)
    heard, agreed = (is_heard(votes, some) for some in (chosen, range(len(votes.statements))))
    cast = without_voice(votes, chosen)
    worst = _possible(votes, ~heard & (np.diff(votes.start) > 0))
    readings = Readings(
        largest(cast, chosen),
        largest(_expected(votes, chosen, guess or _means(votes)), chosen),
        largest(worst, chosen),
    )
    return Slate(tuple(chosen), people, int(heard.sum()), people - int(agreed.sum()), readings)


def _possible(votes: Votes, left: Mask) -> Ints:
    """(m,): of the people who are left, those who did not vote otherwise than to agree with each statement."""
    counts = fast_tally(votes, np.where(left, 0, -1), 1)[0]
    others: Ints = int(left.sum()) - counts[:, DISAGREE + 1] - counts[:, PASS + 1]
    return others


def _shares(votes: Votes) -> Floats:
    """(m,) the share of each statement's voters who agree, drawn towards one half by two votes."""
    counts = fast_tally(votes, np.zeros(len(votes.people), np.int64), 1)[0]
    shares: Floats = (counts[:, AGREE + 1] + 1) / (counts.sum(1) + 2)
    return shares


def _means(votes: Votes) -> Guess:
    shares = _shares(votes)
    return lambda first, last: np.broadcast_to(shares, (last - first, len(shares)))


def model(votes: Votes, axes: Axes, positions: Positions) -> Guess:
    """The probability of agreement by the model of the map: the share of the statement, moved by half the difference
    between the vote that is expected of the person (-1..1) and that of everybody."""
    shares = _shares(votes)

    def guess(first: int, last: int) -> Floats:
        rows = slice(first, last)
        of_rows = Positions(positions.places[rows], positions.lean[rows], positions.spread[rows])
        chances: Floats = np.clip(shares + (predicted(of_rows, axes) - axes.mean) / 2, 0.0, 1.0)
        return chances

    return guess


ROWS = 512
"""The expected reading takes so many people at a time, so that their tables stay in the cache of the processor."""


def _expected(votes: Votes, chosen: Sequence[int], guess: Guess) -> Floats:
    """(m,): the expected number of people who agree with each statement and with none of those chosen. The missing
    votes of a person count as independent, given what `guess` knows."""
    sizes, voted_any = np.zeros(len(votes.statements)), np.diff(votes.start) > 0
    for first in range(0, len(votes.people), ROWS):
        last = min(first + ROWS, len(votes.people))
        choice, voted = votes.dense(first, last)
        agree = _rounded(np.where(voted, choice == AGREE, guess(first, last)))
        none = np.ones(last - first)
        for statement in chosen:  # in a fixed order, so that the product is the same everywhere
            none *= 1.0 - agree[:, statement]
        sizes += _rounded(none * voted_any[first:last]) @ agree
    return sizes


def _rounded(chances: Floats) -> Floats:
    rounded: Floats = np.round(chances * _FINE) / _FINE
    return rounded

"""The attack on the figures of two moments of two statements together: whoever knows the groups of everybody, who had
voted by the first moment of each, all totals and all ballots, looks for one to four people whose votes follow from all
of it, by integer programming."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from scipy.optimize import LinearConstraint
from tests.opinion.whole_solutions import equations, is_fixed, solved

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.disclosure import SMALLEST, shown_codes
from acquis.opinion.moments import ClosedVote, is_publishable, is_publishable_beside, turned

STATES = np.array(list(product((0, 1), repeat=4)))
"""Agrees before and after with the first statement, before and after with the second."""


@dataclass(frozen=True)
class TwoStatements:
    """People who voted on two statements: the cell of their groups that are shown, and for each statement (2, n) who
    had voted by its first moment, who agreed then, and who agrees now."""

    cells: Ints
    early: Mask
    before: Mask
    after: Mask

    def published(self, *, jointly: bool) -> list[int]:
        """The statements of which the figures are published. jointly: by the rule for several statements, too."""
        voted = np.ones(len(self.cells), np.bool_)
        single = [
            place
            for place in (0, 1)
            if is_publishable(
                turned(self.early[place], self.before[place], self.after[place]),
                self.cells,
                self.early[place],
                self.after[place],
            )
        ]
        votes = [ClosedVote(self.early[place], voted, self.after[place]) for place in (0, 1)]
        beside = not jointly or len(single) < 2 or is_publishable_beside(votes[:1], votes[1])
        return single if beside else single[:1]


def random_statements(rng: np.random.Generator) -> TwoStatements:
    """A room of one to five groups that votes on two statements, often alike; few voted early on one of them alone."""
    people = int(rng.integers(24, 60))
    groups = rng.choice(4, people, p=rng.dirichlet(np.full(4, 1.5)))
    early = np.tile(rng.random(people) < rng.choice([0.6, 0.8]), (2, 1))
    other = rng.choice(people, int(rng.integers(0, 8)), replace=False)
    early[1, other] ^= True
    after = np.tile(rng.random(people) < rng.choice([0.4, 0.6]), (2, 1))
    after[1] ^= rng.random(people) < rng.choice([0.0, 0.05, 0.2, 0.5])
    turning = rng.random((2, people)) < rng.choice([0.0, 0.3])
    before = early & (after ^ turning)
    sizes, nobody = np.bincount(groups, minlength=4), np.zeros(4, np.int64)
    agree = np.array([np.bincount(groups[mask], minlength=4) for mask in after])
    counts = np.stack([np.stack([sizes - now, nobody, now], 1) for now in agree], 1)
    (shown,) = shown_codes([(np.arange(4), range(1, 4))], sizes, counts)
    cells = np.unique(np.where(np.isin(groups, shown), groups, 0), return_inverse=True)[1].reshape(-1)
    return TwoStatements(cells, early, before, after)


def followed(votes: TwoStatements, *, jointly: bool) -> bool:
    """Whether votes of one to four people follow from the figures, beside the totals and the ballots, and did not
    without the figures."""
    published = votes.published(jointly=jointly)
    if not published:
        return False
    parts, number = np.unique(np.vstack([votes.cells, votes.early]), axis=1, return_inverse=True)
    number = number.reshape(-1)
    alone, figures = (equations(list(of)) for of in (_known(votes, parts, number), _figures(votes, parts, published)))
    both = LinearConstraint(*(np.concatenate([a, b]) for a, b in zip(_of(alone), _of(figures), strict=True)))
    sizes = np.bincount(number)
    others = [solved(aim, both) for aim in np.random.default_rng(1).normal(size=(6, len(sizes) * 16))]
    for aim in _aims(sizes, parts):
        values = {int(np.rint(aim @ other)) for other in others}
        if len(values) == 1 and is_fixed(aim, both) and not is_fixed(aim, alone):
            return True
    return False


def _known(votes: TwoStatements, parts: Ints, number: Ints) -> Iterator[tuple[Floats, int]]:
    """What is known without the figures: the people of each part, who agrees of each cell, and the ballots."""
    everybody = np.ones(16)
    for part, size in enumerate(np.bincount(number).tolist()):
        yield _row(parts, np.arange(parts.shape[1]) == part, everybody), size
        for statement in (0, 1):
            if not parts[1 + statement, part]:  # who had not voted before is counted as not agreeing then
                yield _row(parts, np.arange(parts.shape[1]) == part, STATES[:, 2 * statement]), 0
    for statement, cell in product((0, 1), range(int(votes.cells.max()) + 1)):
        agree = int(votes.after[statement][votes.cells == cell].sum())
        yield _row(parts, parts[0] == cell, STATES[:, 2 * statement + 1]), agree
    for ballot in product((0, 1), repeat=2):
        agreed, other = (votes.after[statement] == ballot[statement] for statement in (0, 1))
        cast = int((agreed & other).sum())
        yield _row(parts, parts[0] >= 0, (STATES[:, [1, 3]] == ballot).all(1)), cast


def _figures(votes: TwoStatements, parts: Ints, published: list[int]) -> Iterator[tuple[Floats, int]]:
    for statement, both in product(published, product((0, 1), repeat=2)):
        early, before, after = (of[statement] for of in (votes.early, votes.before, votes.after))
        count = int((early & (before == both[0]) & (after == both[1])).sum())
        states = (STATES[:, [2 * statement, 2 * statement + 1]] == both).all(1)
        yield _row(parts, parts[1 + statement] == 1, states), count


def _aims(sizes: Ints, parts: Ints) -> Iterator[Floats]:
    """The votes of each set of one to four people that the attacker can tell apart: of a part, or of two together."""
    small = [(part,) for part in np.flatnonzero(sizes < SMALLEST).tolist()]
    pairs = [(first, last) for (first,), (last,) in combinations(small, 2) if sizes[[first, last]].sum() < SMALLEST]
    for several in [*small, *pairs]:
        for vote in range(4):
            if vote % 2 or parts[1 + vote // 2, list(several)].any():
                yield _row(parts, np.isin(np.arange(parts.shape[1]), several), STATES[:, vote])


def _row(parts: Ints, chosen: Mask, states: Ints | Floats | Mask) -> Floats:
    return np.outer(chosen, states).astype(np.float64).reshape(parts.shape[1] * 16)


def _of(equations: LinearConstraint) -> tuple[Floats, Floats, Floats]:
    return equations.A, equations.lb, equations.ub

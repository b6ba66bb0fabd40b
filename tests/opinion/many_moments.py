"""The attack on the figures of two moments of three statements or more: whoever knows the groups of everybody, who had
voted by the first moment of each, all totals and all ballots, looks for one to four people whose votes follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from tests.opinion.whole_solutions import equations, is_fixed, solved

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.disclosure import SMALLEST, shown_codes
from acquis.opinion.moments import ClosedVote, is_publishable, is_publishable_beside, turned


@dataclass(frozen=True)
class MovedStatements:
    """People who voted on several statements: the cell of their groups that are shown, and for each statement (s, n)
    who had voted by its first moment, who agreed then, and who agrees now."""

    cells: Ints
    early: Mask
    before: Mask
    after: Mask

    def published(self, *, pairs: bool = False) -> list[int]:
        """The statements of which the figures are published. pairs: only two statements at a time are compared."""
        everybody, listed = np.ones(len(self.cells), np.bool_), list[int]()
        votes = [ClosedVote(early, everybody, after) for early, after in zip(self.early, self.after)]
        for place, (early, before, after) in enumerate(zip(self.early, self.before, self.after)):
            others = [votes[one] for one in listed]
            steps = [[one] for one in others] if pairs else [others]
            if all(is_publishable_beside(step, votes[place]) for step in steps) and is_publishable(
                turned(early, before, after), self.cells, early, after
            ):
                listed.append(place)
        return listed


def random_several(rng: np.random.Generator) -> MovedStatements:
    """A room that votes nearly alike on three or four statements. Who had voted early are unions of the same parts of
    the people, of which one or two are small."""
    statements = int(rng.integers(3, 5))
    sizes = np.r_[rng.integers(1, 5, int(rng.integers(1, 3))), rng.integers(5, 12, statements)]
    large = len(sizes) - statements
    if rng.random() < 0.5:
        early = rng.random((statements, len(sizes))) < 0.6
    else:  # each large part is early on all statements but one, or on that one alone
        early = (np.arange(len(sizes)) - large == np.arange(statements)[:, None]) ^ (rng.random() < 0.7)
        early[:, :large] = False
    part = np.repeat(np.arange(len(sizes)), sizes)
    people, early = len(part), early[:, part]
    groups = rng.choice(4, people, p=rng.dirichlet(np.full(4, 1.5)))
    after = np.tile(rng.random(people) < rng.choice([0.4, 0.6]), (statements, 1))
    after ^= rng.random((statements, people)) < rng.choice([0.0, 0.02, 0.1, 0.4])
    before = early & (after ^ (rng.random((statements, people)) < rng.choice([0.0, 0.3])))
    agree = np.array([np.bincount(groups[mask], minlength=4) for mask in after])
    voters, nobody = np.bincount(groups, minlength=4), np.zeros(4, np.int64)
    counts = np.stack([np.stack([voters - now, nobody, now], 1) for now in agree], 1)
    (shown,) = shown_codes([(np.arange(4), range(1, 4))], voters, counts)
    cells = np.unique(np.where(np.isin(groups, shown), groups, 0), return_inverse=True)[1].reshape(-1)
    return MovedStatements(cells, early, before, after)


def several_follow(votes: MovedStatements, published: list[int]) -> bool:
    """Whether votes of one to four people follow from the figures of these statements, beside the totals and the
    ballots, and did not without them. The figures tell how many of the early voters agree at the close."""
    parts, number = np.unique(np.vstack([votes.cells, votes.early]), axis=1, return_inverse=True)
    number, ballots = number.reshape(-1), np.array([*product((0, 1), repeat=len(votes.after))])
    sizes, everybody = np.bincount(number), np.ones(len(ballots))
    known = [(np.outer(np.arange(len(sizes)) == part, everybody), int(size)) for part, size in enumerate(sizes)]
    for cell, statement in product(range(int(votes.cells.max()) + 1), range(len(votes.after))):
        agree = int(votes.after[statement][votes.cells == cell].sum())
        known.append((np.outer(parts[0] == cell, ballots[:, statement]), agree))
    for place, ballot in enumerate(ballots):
        cast = int((votes.after == ballot[:, None]).all(0).sum())
        known.append((np.outer(np.ones(len(sizes)), np.arange(len(ballots)) == place), cast))
    figures = [
        (np.outer(parts[1 + one] == 1, ballots[:, one]), int((votes.after[one] & votes.early[one]).sum()))
        for one in published
    ]
    alone, both = equations(known), equations([*known, *figures])
    others = [solved(aim, both) for aim in np.random.default_rng(1).normal(size=(6, sizes.size * len(ballots)))]
    return any(
        len({int(np.rint(aim @ other)) for other in others}) == 1 and is_fixed(aim, both) and not is_fixed(aim, alone)
        for aim in _aims(sizes, ballots)
    )


def _aims(sizes: Ints, ballots: Ints) -> Iterator[Floats]:
    """The votes of each set of one to four people that the attacker can tell apart: of a part, or of two together."""
    small = np.flatnonzero(sizes < SMALLEST).tolist()
    for several in [*((part,) for part in small), *combinations(small, 2)]:
        if sizes[list(several)].sum() < SMALLEST:
            for statement in range(ballots.shape[1]):
                yield np.outer(np.isin(np.arange(len(sizes)), several), ballots[:, statement]).astype(float).ravel()

"""The attack on the figures of two moments: whoever knows the groups of everybody, and who had voted by the first
moment, looks for one to four people whose votes follow from all that is published, by integer programming."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from acquis.opinion.arrays import Ints, Mask
from acquis.opinion.disclosure import SMALLEST, shown_codes
from acquis.opinion.moments import is_publishable, turned

STATES = ((0, 0), (0, 1), (1, 0), (1, 1))
"""Agrees before and after. Who had not voted before has only the second and is counted under (0, _)."""


@dataclass(frozen=True)
class SecondVote:
    """People who voted on one statement: the cell of their groups that are shown, who had voted by the first moment,
    who agreed then, and who agrees now."""

    cells: Ints
    early: Mask
    before: Mask
    after: Mask

    @property
    def is_published(self) -> bool:
        """Whether the rule publishes the figures of the two moments."""
        return is_publishable(turned(self.early, self.before, self.after), self.cells, self.early, self.after)


def random_moment(rng: np.random.Generator) -> SecondVote:
    """A room of one to five groups, of which some are shown, and in which a part voted late and a part moved."""
    people = int(rng.integers(12, 70))
    groups = rng.choice(5, people, p=rng.dirichlet(np.full(5, 1.5)))
    early = rng.random(people) < rng.choice([0.5, 0.8, 0.95, 1.0])
    before = early & (rng.random(people) < rng.choice([0.2, 0.5, 0.9]))
    to, away = rng.choice([0.0, 0.3, 0.6, 1.0]), rng.choice([0.0, 0.0, 0.3])
    after = np.where(before, rng.random(people) >= away, rng.random(people) < to)
    counts = np.stack([np.bincount(groups[mask], minlength=5) for mask in (~after, after & False, after)], 1)
    sizes = np.bincount(groups, minlength=5)
    (shown,) = shown_codes([(np.arange(5), range(1, 5))], sizes, counts[:, None, :])
    cells = np.unique(np.where(np.isin(groups, shown), groups, 0), return_inverse=True)[1].reshape(-1)
    return SecondVote(cells, early, before, after)


def attacked(moment: SecondVote) -> bool:
    """Whether the votes of one to four people, before or after, follow from the figures together and did not from the
    counts of the cells alone."""
    if not moment.is_published:
        return False
    read, number = turned(moment.early, moment.before, moment.after), int(moment.cells.max()) + 1
    sides = (moment.early, ~moment.early)
    sizes = np.array(
        [[np.bincount(moment.cells[side], minlength=number)[cell] for side in sides] for cell in range(number)]
    )
    agree = np.bincount(moment.cells[moment.after], minlength=number)
    known, equal = _of_cells(sizes, agree)
    joint = (read.voters - read.agree - read.came, read.came, read.left, read.agree - read.left)
    all_rows = np.vstack([known, *[_variable(number, [(c, 0, s) for c in range(number)]) for s in range(4)]])
    with_figures = LinearConstraint(all_rows, [*equal, *joint], [*equal, *joint])
    alone = LinearConstraint(known, equal, equal)
    small = [(cell, side) for cell in range(number) for side in (0, 1) if 0 < sizes[cell, side] < SMALLEST]
    for several in [*((part,) for part in small), *combinations(small, 2)]:
        if sum(int(sizes[part]) for part in several) < SMALLEST:
            for place in (0, 1):
                aim = _variable(number, [(c, d, s) for c, d in several for s in range(4) if STATES[s][place]])
                if (place or any(d == 0 for _, d in several)) and _fixed(with_figures, aim) and not _fixed(alone, aim):
                    return True
    return False


def _of_cells(sizes: Ints, agree: Ints) -> tuple[Ints, list[int]]:
    """What is known without the figures: the people of each cell and side, and who agrees of each cell. Who had not
    voted before is under (0, _)."""
    rows, equal, number = [], [], len(sizes)
    for cell in range(number):
        for side in (0, 1):
            rows.append(_variable(number, [(cell, side, s) for s in range(4)]))
            equal.append(int(sizes[cell, side]))
        rows.append(_variable(number, [(cell, 1, s) for s in (2, 3)]))
        equal.append(0)
        rows.append(_variable(number, [(cell, side, s) for side in (0, 1) for s in (1, 3)]))
        equal.append(int(agree[cell]))
    return np.array(rows), equal


def _variable(number: int, chosen: list[tuple[int, int, int]]) -> Ints:
    row = np.zeros((number, 2, 4), np.int64)
    for place in chosen:
        row[place] = 1
    return row.ravel()


def _fixed(constraint: LinearConstraint, aim: Ints) -> bool:
    """Whether a sum has one value only in all solutions in whole numbers."""
    ends = [
        milp(sign * aim, constraints=constraint, bounds=Bounds(0, np.inf), integrality=np.ones(len(aim))).fun
        for sign in (1.0, -1.0)
    ]
    return bool(round(ends[0]) == -round(ends[1]))

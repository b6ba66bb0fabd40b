"""The attack on published counts: whoever knows the groups of everybody, and who voted, looks for votes of one to four
people that follow from all published counts together, by integer programming. Whoever is in a group of ten or more that
is unanimous is known by the rule, and is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from acquis.opinion.arrays import Ints, Mask
from acquis.opinion.disclosure import SMALLEST, UNANIMOUS_BELOW, PublishableGroups, declared_groups


@dataclass(frozen=True)
class Room:
    """People who voted on one statement: the members (n, groups) of each kind, and the choice of each (0, 1 or 2)."""

    kinds: list[Mask]
    choice: Ints

    def published(self) -> list[PublishableGroups]:
        """What is published of the groups."""
        return declared_groups(self.kinds, np.ones(len(self.choice), np.bool_), self.tallied)

    def tallied(self, number: Ints, sets: int) -> Ints:
        """(sets, 1, 3): the votes of each set of people."""
        return np.bincount(3 * number + self.choice, minlength=3 * sets).reshape(sets, 1, 3)


def random_room(rng: np.random.Generator) -> Room:
    """A room of one or two kinds of groups, with people who did not say, people of two groups, and groups that lie
    within others."""
    people, kinds = int(rng.integers(8, 70)), []
    for groups in [int(rng.integers(2, 6)), int(rng.integers(2, 4))][: int(rng.integers(1, 3))]:
        own = rng.choice(groups + 1, people, p=rng.dirichlet(np.full(groups + 1, 1.5)))
        belongs = own[:, None] == np.arange(groups)
        if rng.random() < 0.5:  # some are in a second group too
            second = rng.integers(0, groups, people)
            belongs |= (rng.random(people) < 0.2)[:, None] & (second[:, None] == np.arange(groups))
        if rng.random() < 0.4:  # a part of the first group is a group
            belongs = np.column_stack([belongs, belongs[:, 0] & (rng.random(people) < 0.6)])
        kinds.append(belongs)
    agree = rng.choice([0.5, 0.8, 0.95])
    return Room(kinds, rng.choice(3, people, p=[(1 - agree) * 0.7, (1 - agree) * 0.3, agree]))


def recovered(room: Room) -> Iterator[Ints]:
    """Sets of one to four people, as the people's numbers, whose votes follow exactly from what is published."""
    sets, number = np.unique(np.column_stack(room.kinds), axis=0, return_inverse=True)
    number = number.reshape(-1)
    sizes, votes = np.bincount(number), room.tallied(number, len(sets))[:, 0]
    if votes.sum(0).max() == len(number):
        return  # the total of the room tells it, without any group
    rows = [np.ones(len(sets), np.int64)]
    start = 0
    for belongs, read in zip(room.kinds, room.published()):
        own = sets[:, start : start + belongs.shape[1]]
        start += belongs.shape[1]
        rows += [
            _counted(own, group, votes, read.counts[group, 0]) for group in range(own.shape[1]) if read.shown[group, 0]
        ]
    equal = np.concatenate([(np.array(rows) @ votes).ravel(), sizes])
    equations = LinearConstraint(
        np.vstack([np.kron(np.array(rows), np.eye(3)), np.kron(np.eye(len(sets)), np.ones((1, 3)))]),
        equal,
        equal,
    )
    open_secret = _unanimous(np.array(rows), votes)
    small = [place for place in range(len(sets)) if sizes[place] < SMALLEST and not open_secret[place]]
    others = _others(equations, votes, sizes)
    for several in [*((place,) for place in small), *combinations(small, 2)]:
        chosen = list(several)
        if (others[:, chosen].sum(1) != votes[chosen].sum(0)).any() or sizes[chosen].sum() >= SMALLEST:
            continue
        if _follows(equations, sets=several, votes=votes, sizes=sizes):
            yield np.flatnonzero(np.isin(number, several))


def _counted(own: Mask, group: int, votes: Ints, published: Ints) -> Ints:
    """Which sets count in a group: those of its combinations whose votes add up to what is published."""
    patterns, number = np.unique(own, axis=0, return_inverse=True)
    number, inside = number.reshape(-1), np.flatnonzero(patterns[:, group])
    for size in range(len(inside), 0, -1):
        for chosen in combinations(inside.tolist(), size):
            counted = np.isin(number, chosen)
            if (votes[counted].sum(0) == published).all():
                return counted.astype(np.int64)
    raise AssertionError("a published count is that of some people")


def _unanimous(rows: Ints, votes: Ints) -> Mask:
    """The sets in a cell of UNANIMOUS_BELOW people or more who all made the same choice, which the rule allows."""
    cell = np.unique(rows, axis=1, return_inverse=True)[1].reshape(-1)
    of_cell = np.array([votes[cell == number].sum(0) for number in cell])
    return np.asarray((of_cell.max(1) == of_cell.sum(1)) & (of_cell.sum(1) >= UNANIMOUS_BELOW))


def _others(equations: LinearConstraint, votes: Ints, sizes: Ints) -> Ints:
    """Some other solutions (n, sets, 3): what differs in one of them does not follow."""
    rng, upper = np.random.default_rng(1), np.repeat(sizes, 3).astype(np.float64)
    aims = [np.where(votes.ravel() > 0, 1.0, -1.0), *list(rng.normal(size=(3, votes.size)))]
    solved = [
        milp(aim, constraints=equations, bounds=Bounds(0, upper), integrality=np.ones(votes.size)) for aim in aims
    ]
    return np.array([np.rint(one.x).astype(np.int64).reshape(votes.shape) for one in solved])


def _follows(equations: LinearConstraint, *, sets: tuple[int, ...], votes: Ints, sizes: Ints) -> bool:
    """Whether these sets have the same votes in all solutions in whole numbers."""
    upper = np.repeat(sizes, 3).astype(np.float64)
    for choice in range(3):
        aim = np.zeros(votes.size)
        aim[[3 * place + choice for place in sets]] = 1.0
        true = float(votes[list(sets), choice].sum())
        for sign in (1.0, -1.0):
            best = milp(sign * aim, constraints=equations, bounds=Bounds(0, upper), integrality=np.ones(votes.size))
            if abs(sign * best.fun - true) > 0.5:
                return False
    return True

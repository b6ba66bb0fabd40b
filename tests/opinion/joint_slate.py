"""The attack on the short list and the figures of several statements together: whoever knows the groups of everybody
looks for one to four people whose votes follow from the totals, the figures of the groups on all statements, and the
audit of the list in each group, by integer programming."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

import numpy as np
from tests.opinion.recovery import random_room
from tests.opinion.whole_solutions import equations, is_fixed, solved

from acquis.figures import GroupSlate
from acquis.opinion import Votes
from acquis.opinion.arrays import Floats, Mask
from acquis.opinion.constituencies import published
from acquis.opinion.disclosure import SMALLEST, UNANIMOUS_BELOW, PublishableGroups
from acquis.opinion.votes import AGREE
from acquis.statistics.slate_words import DeclaredGroups, group_slate, group_slates

MOST_PARTS = 12


@dataclass(frozen=True)
class SeveralStatements:
    """People who voted on several statements: the members (n, groups) of each kind, who voted on which statement and
    who agreed (n, m). The list is all statements but the last one."""

    kinds: list[Mask]
    voted: Mask
    agree: Mask

    @cached_property
    def votes(self) -> Votes:
        """All that do not agree disagree."""
        number, statement = np.nonzero(self.voted)
        start = np.concatenate([[0], np.cumsum(self.voted.sum(1))]).astype(np.int64)
        choice = np.where(self.agree[number, statement], AGREE, -AGREE).astype(np.int8)
        return Votes(range(len(self.voted)), range(self.voted.shape[1]), start, statement.astype(np.uint16), choice)

    @cached_property
    def listed(self) -> range:
        return range(self.voted.shape[1] - 1)

    @cached_property
    def figures(self) -> list[PublishableGroups]:
        """What is published of the groups on each statement."""
        return published(self.votes, self.kinds)

    @cached_property
    def declared(self) -> list[DeclaredGroups]:
        return [
            DeclaredGroups([*map(str, range(own.belongs.shape[1]))], own.belongs, own.shown) for own in self.figures
        ]

    @cached_property
    def audits(self) -> list[list[GroupSlate]]:
        """What is published of the list in the groups of each kind."""
        return group_slates(self.votes, self.listed, self.declared, range(self.voted.shape[1]))

    @cached_property
    def every_audit(self) -> list[list[GroupSlate]]:
        """The audits in all groups that are shown, by no rule but that for each by itself."""
        result = []
        for kind in self.declared:
            own = [
                group_slate(self.votes.of_people(kind.belongs[:, group]), self.listed, name, range(self.voted.shape[1]))
                for group, name in enumerate(kind.names)
                if kind.shown[group].any()
            ]
            large = [audit for audit in own if not {audit.heard, audit.people - audit.heard} & {1, 2, 3, 4}]
            result.append(large)
        return result


def random_list(rng: np.random.Generator) -> SeveralStatements:
    """A random room with a list of two statements and one outside it, on each of which most vote, or few of a group.
    The groups have few crossings, so that the attack takes a moment."""
    kinds = random_room(rng).kinds
    while len(np.unique(np.column_stack(kinds), axis=0)) > MOST_PARTS:
        kinds = random_room(rng).kinds
    people = len(kinds[0])
    voted = rng.random((people, 3)) < rng.choice([0.5, 0.9, 1.0], 3)
    for statement in range(3):
        if rng.random() < 0.3:  # few of one group
            own = kinds[0][:, int(rng.integers(kinds[0].shape[1]))]
            voted[:, statement] &= ~own | (rng.random(people) < 0.25)
    voted[~voted.any(1), 0] = True
    agree = voted & (rng.random((people, 3)) < rng.choice([0.1, 0.5, 0.9], 3))
    return SeveralStatements(kinds, voted, agree)


def listed_follow(room: SeveralStatements, audits: list[list[GroupSlate]]) -> bool:
    """Whether the votes of one to four people on a statement follow from all that is published, with these audits."""
    attack = _Attack(room)
    rows = [*attack.known(), *attack.published(), *attack.audited(audits)]
    known = equations(rows)
    others = [solved(aim, known) for aim in np.random.default_rng(1).normal(size=(6, attack.width))]
    for aim in attack.aims():
        values = {int(np.rint(aim @ other)) for other in others}
        if len(values) == 1 and is_fixed(aim, known):
            return True
    return False


class _Attack:
    """The unknown numbers are the people of each part, which is everybody with the same groups, by their votes: to
    agree, not to agree, or none, on each statement."""

    def __init__(self, room: SeveralStatements) -> None:
        self.room = room
        number = np.unique(np.column_stack(room.kinds), axis=0, return_inverse=True)[1]
        self.number = number.reshape(-1)
        self.sizes = np.bincount(self.number)
        cast = np.array([*product(range(3), repeat=room.voted.shape[1])])[1:]
        self.patterns, self.cast = cast == 2, cast > 0
        self.width = len(self.sizes) * len(cast)

    def known(self) -> Iterator[tuple[Floats, int]]:
        """The size of each part."""
        for part, size in enumerate(self.sizes.tolist()):
            yield self._row(np.arange(len(self.sizes)) == part, np.ones(len(self.patterns), np.bool_)), size

    def published(self) -> Iterator[tuple[Floats, int]]:
        """The totals, the number of people represented, and the figures of the groups."""
        everybody = np.ones(len(self.room.voted), np.bool_)
        for statement in range(self.room.voted.shape[1]):
            yield from self._voting(everybody, statement)
        yield self._heard(everybody)
        for kind, own in zip(self.room.kinds, self.room.figures):
            for group, statement in np.argwhere(own.shown).tolist():
                yield from self._voting(self._counted(kind, group, statement, own), statement)

    def audited(self, audits: list[list[GroupSlate]]) -> Iterator[tuple[Floats, int]]:
        """The audit of the list in the groups."""
        last = self.room.voted.shape[1] - 1
        for kind, of_kind in zip(self.room.declared, audits):
            for audit in of_kind:
                own = kind.belongs[:, int(audit.group)]
                yield self._heard(own)
                if audit.cast:
                    left = self.patterns[:, last] & ~self.patterns[:, :last].any(1)
                    yield self._row(self._parts(own), left), audit.cast

    def aims(self) -> Iterator[Floats]:
        """The votes on a statement of one to four people whom the attacker can tell apart, unless they are in a group
        of UNANIMOUS_BELOW people who all vote the same, which the rule allows."""
        for statement in range(self.room.voted.shape[1]):
            small = [
                part for part in np.flatnonzero(self.sizes < SMALLEST).tolist() if not self._is_open(part, statement)
            ]
            for several in [*((part,) for part in small), *combinations(small, 2)]:
                if self.sizes[list(several)].sum() < SMALLEST:
                    yield self._row(np.isin(np.arange(len(self.sizes)), several), self.patterns[:, statement])

    def _is_open(self, part: int, statement: int) -> bool:
        """Whether a group, all others, or everybody voted the same, so many that it is shown."""
        person = int(np.flatnonzero(self.number == part)[0])
        crossed = [np.ones(len(self.number), np.bool_)]
        for kind, own in zip(self.room.kinds, self.room.figures):
            for group in np.flatnonzero(own.shown[:, statement]).tolist():
                inside = self._counted(kind, group, statement, own)
                crossed += [there & (inside == inside[person]) for there in crossed]
        agreed, voted = self.room.agree[:, statement], self.room.voted[:, statement]
        nobody = not agreed.any()  # the total of everybody tells it
        return nobody or any(
            (there & voted).sum() >= UNANIMOUS_BELOW and agreed[there & voted].sum() in (0, (there & voted).sum())
            for there in crossed
        )

    def _voting(self, people: Mask, statement: int) -> Iterator[tuple[Floats, int]]:
        """Who votes on a statement, and who agrees."""
        parts = self._parts(people)
        yield self._row(parts, self.cast[:, statement]), int(self.room.voted[people, statement].sum())
        yield self._row(parts, self.patterns[:, statement]), int(self.room.agree[people, statement].sum())

    def _heard(self, people: Mask) -> tuple[Floats, int]:
        listed = [*self.room.listed]
        heard = int(self.room.agree[people][:, listed].any(1).sum())
        return self._row(self._parts(people), self.patterns[:, listed].any(1)), heard

    def _counted(self, kind: Mask, group: int, statement: int, own: PublishableGroups) -> Mask:
        """Who counts in a figure: the combinations of groups whose votes add up to it."""
        number = np.unique(kind, axis=0, return_inverse=True)[1].reshape(-1)
        inside = np.unique(number[own.belongs[:, group]])
        voted, agree = self.room.voted[:, statement], self.room.agree[:, statement]
        wanted = (int(own.counts[group, statement].sum()), int(own.counts[group, statement, AGREE + 1]))
        for size in range(len(inside), 0, -1):
            for chosen in combinations(inside.tolist(), size):
                people = np.isin(number, chosen)
                if (int(voted[people].sum()), int(agree[people].sum())) == wanted:
                    return people
        raise AssertionError("a published count is that of some people")

    def _parts(self, people: Mask) -> Mask:
        """The parts of these people; a part is in them or not."""
        return np.asarray(np.bincount(self.number, people) > 0)

    def _row(self, parts: Mask, patterns: Mask) -> Floats:
        return np.outer(parts, patterns).astype(np.float64).reshape(self.width)

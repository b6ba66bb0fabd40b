"""Protection against manipulation: finds accounts that vote alike and computes the result without them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from acquis.opinion.arrays import Ints
from acquis.opinion.consensus import areas, tally
from acquis.opinion.sampling import ENOUGH_VOTES, mixed, signatures
from acquis.opinion.votes import Votes

LEAST_ALIKE = 3
"""The fewest people whose votes are reported as alike."""


@dataclass(frozen=True)
class Effect:
    """What changes if some accounts are left out. gained, lost: statements (numbers) that are areas of consensus only
    without them, or only with them."""

    gained: list[int]
    lost: list[int]


def alike(votes: Votes) -> list[tuple[int, ...]]:
    """Patterns of at least ENOUGH_VOTES votes that at least LEAST_ALIKE people share exactly: the people
    (numbers, ascending) of each, the most frequent first.

    With few statements, or if all agree, honest people vote alike too: a pattern is a reason to look, not a proof."""
    patterns: dict[bytes, list[int]] = {}
    signed = signatures(votes, mixed(np.arange(len(votes.statements), dtype=np.uint64)))
    many = np.flatnonzero(np.diff(votes.start) >= ENOUGH_VOTES)
    _, pattern_of, shared = np.unique(signed[many], return_inverse=True, return_counts=True)
    for person in many[shared[pattern_of] >= LEAST_ALIKE].tolist():
        row = slice(int(votes.start[person]), int(votes.start[person + 1]))
        pattern = votes.statement[row].tobytes() + votes.choice[row].tobytes()
        patterns.setdefault(hashlib.blake2b(pattern, digest_size=16).digest(), []).append(person)
    groups = [tuple(people) for people in patterns.values() if len(people) >= LEAST_ALIKE]
    return sorted(groups, key=lambda people: (-len(people), people))


def effect_without(votes: Votes, accounts: Ints, label: Ints, groups: int) -> Effect:
    """The effect of leaving out some accounts (numbers); their votes are subtracted from the counts. label: (n,)
    discovered groups, -1 for none; groups: their number, 0 to treat all people as one group."""
    out = votes.of_people(accounts)
    counts = tally(votes, label if groups else np.zeros_like(label), max(groups, 1))
    theirs = tally(out, label[accounts] if groups else np.zeros(len(accounts), np.int64), max(groups, 1))
    with_them, without = ({area.statement for area in areas(c).consensus} for c in (counts, counts - theirs))
    return Effect(sorted(without - with_them), sorted(with_them - without))


def removed(votes: Votes, accounts: Ints) -> Votes:
    """The votes without those of the `accounts`, which are indices into `votes.people`."""
    stays = np.ones(len(votes.people), np.bool_)
    stays[accounts] = False
    return votes.of_people(stays)

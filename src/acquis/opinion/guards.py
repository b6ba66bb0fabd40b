"""Protection against manipulation: finds accounts that vote alike and computes the result without them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from acquis.opinion.arrays import Floats, Ints
from acquis.opinion.axes import fit_axes
from acquis.opinion.consensus import areas, tally
from acquis.opinion.sampling import ENOUGH_VOTES, mixed, signatures
from acquis.opinion.sums import Sums, sums
from acquis.opinion.votes import Votes


@dataclass(frozen=True)
class Alike:
    """People (numbers, ascending) who cast the same votes on the same statements. votes: number of votes of each
    person."""

    people: tuple[int, ...]
    votes: int


@dataclass(frozen=True)
class Effect:
    """What changes if some accounts are left out. gained, lost: statements (numbers) that are areas of consensus only
    without them, or only with them. moved: change of the axes, 0 (none) to 1 (unrelated axes)."""

    accounts: int
    gained: list[int]
    lost: list[int]
    moved: float


def alike(votes: Votes, least: int = 3, enough: int = ENOUGH_VOTES) -> list[Alike]:
    """Patterns of at least `enough` votes that at least `least` people share exactly, the most frequent first.

    With few statements, or if all agree, honest people vote alike too: a pattern is a reason to look, not a proof."""
    patterns: dict[bytes, list[int]] = {}
    lengths = np.diff(votes.start)
    signed = signatures(votes, mixed(np.arange(len(votes.statements), dtype=np.uint64)))
    many = np.flatnonzero(lengths >= enough)
    _, pattern_of, shared = np.unique(signed[many], return_inverse=True, return_counts=True)
    for person in many[shared[pattern_of] >= least].tolist():
        row = slice(int(votes.start[person]), int(votes.start[person + 1]))
        pattern = votes.statement[row].tobytes() + votes.choice[row].tobytes()
        patterns.setdefault(hashlib.blake2b(pattern, digest_size=16).digest(), []).append(person)
    groups = [Alike(tuple(people), int(lengths[people[0]])) for people in patterns.values() if len(people) >= least]
    return sorted(groups, key=lambda group: (-len(group.people), group.people))


def effect_without(votes: Votes, accounts: Ints, label: Ints, groups: int, total: Sums | None = None) -> Effect:
    """The effect of leaving out some accounts (numbers). Their part is subtracted exactly from the sums, so no other
    vote is read. label: (n,) discovered groups, -1 for none; groups: their number, 0 to treat all people as one group.
    total: the sums of `votes`, if they are known already."""
    total = sums(votes) if total is None else total
    out = votes.of_people(accounts)
    before, after = fit_axes(total), fit_axes(total - sums(out))
    counts = tally(votes, label if groups else np.zeros_like(label), max(groups, 1))
    theirs = tally(out, label[accounts] if groups else np.zeros(len(accounts), np.int64), max(groups, 1))
    with_them, without = ({area.statement for area in areas(c).consensus} for c in (counts, counts - theirs))
    moved = _turned(before.loadings, after.loadings)
    return Effect(len(accounts), sorted(without - with_them), sorted(with_them - without), moved)


def _turned(first: Floats, second: Floats) -> float:
    """1 minus the mean squared cosine of the angles between the two planes (Bjoerck and Golub 1973)."""
    if not first.any() or not second.any():
        return 0.0 if first.any() == second.any() else 1.0
    bases = [np.linalg.qr(loadings)[0] for loadings in (first, second)]
    cosines = np.linalg.svd(bases[0].T @ bases[1], compute_uv=False)
    return float(max(1.0 - (cosines**2).mean(), 0.0))


def removed(votes: Votes, accounts: Ints) -> Votes:
    """The votes without those of the `accounts`, which are indices into `votes.people`."""
    stays = np.ones(len(votes.people), np.bool_)
    stays[accounts] = False
    return votes.of_people(stays)

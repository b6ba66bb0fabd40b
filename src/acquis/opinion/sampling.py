"""A sample of the people, and an order of people and statements, that follow from the votes alone.

A statement gets a key from the numbers of its votes, a person the sum of the keys of his or her votes; statements
with equal numbers are then distinguished by who voted on them (colour refinement, Weisfeiler and Leman 1968). All
keys are sums of whole numbers modulo 2^64, so parts of the people can be added in any order, and neither ids nor
the order of a file nor the engine have an effect. People with the same votes are numbered, so that each of them is
drawn by chance."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from itertools import pairwise
from operator import add
from typing import Any, TypeAlias

import numpy as np

from acquis.opinion.arrays import Ints, Mask
from acquis.opinion.votes import Votes

Keys: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]
LARGEST_SAMPLE = 1_000
"""Maximum number of people who are looked at."""
MOST_KEPT = 256
"""Maximum number of statements that are looked at: those with the most votes."""
ENOUGH_VOTES = 7
"""People with fewer votes get a position near the centre but are not counted in a camp (as in Polis)."""
REFINEMENTS = 2
CHUNK = 1 << 21
"""Number of votes that are looked at together."""


def enough(votes: Votes) -> Mask:
    """(n,) whether each person has cast enough votes to be counted in a camp."""
    mask: Mask = np.diff(votes.start) >= max(min(ENOUGH_VOTES, len(votes.statements)), 1)
    return mask


def mixed(values: Keys) -> Keys:
    """A permutation of 64-bit numbers without visible pattern (splitmix64, Steele, Lea and Flood 2014)."""
    values = values + np.uint64(0x9E3779B97F4A7C15)
    values = (values ^ values >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ values >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    mixture: Keys = values ^ values >> np.uint64(31)
    return mixture


def _of_choices(keys: Keys) -> Keys:
    """(3 m,) the key of each choice on each statement; the place is 3 * statement + choice + 1."""
    return mixed(np.repeat(keys, 3) * np.uint64(3) + np.tile(np.arange(3, dtype=np.uint64), len(keys)))


def signatures(votes: Votes, keys: Keys) -> Keys:
    """(n,) the key of each person: the sum of those of the votes. keys: (m,) of the statements."""
    of_choice, signed = _of_choices(keys), np.zeros(len(votes.people), np.uint64)
    for first, last in _chunks(votes):
        codes = _codes(votes, first, last)
        total = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum(of_choice[codes], out=total[1:])
        edges = votes.start[first : last + 1] - votes.start[first]
        signed[first:last] = np.diff(total[edges])
    return signed


def signatures_of_many(votes: Votes, keys: Keys) -> Keys:
    """The signatures of those with enough votes."""
    signed: Keys = signatures(votes, keys)[enough(votes)]
    return signed


def voters(votes: Votes, keys: Keys, tied: Mask) -> Keys:
    """(m,) the sum of the keys of those who voted on each of the statements `tied` (m,), with their choices."""
    signed, added = signatures(votes, keys), np.zeros(len(tied), np.uint64)
    for first, last in _chunks(votes):
        cells = slice(int(votes.start[first]), int(votes.start[last]))
        wanted = np.flatnonzero(tied[votes.statement[cells]])
        person = np.repeat(np.arange(first, last), np.diff(votes.start[first : last + 1]))[wanted]
        codes = (votes.choice[cells][wanted] + 1).astype(np.uint64)
        np.add.at(added, votes.statement[cells][wanted], mixed(signed[person] + codes))
    return added


def of_signature(votes: Votes, keys: Keys, wanted: Keys) -> tuple[Keys, Votes]:
    """For each of the signatures `wanted` (ascending) that occurs here: the signature and one person with it."""
    many = np.flatnonzero(enough(votes))
    here, first = np.unique(signatures(votes, keys)[many], return_index=True)
    kept = wanted.take(np.searchsorted(wanted, here), mode="clip") == here
    return here[kept], votes.of_people(many[first[kept]].astype(np.int64))


def _chunks(votes: Votes) -> list[tuple[int, int]]:
    """Ranges of people with about CHUNK votes each."""
    n = len(votes.people)
    edges = sorted({0, *np.searchsorted(votes.start, np.arange(CHUNK, len(votes), CHUNK)).tolist(), n})
    return list(pairwise(edges))


def _codes(votes: Votes, first: int, last: int) -> Ints:
    cells = slice(int(votes.start[first]), int(votes.start[last]))
    return 3 * votes.statement[cells].astype(np.int64) + votes.choice[cells] + 1


def choices(votes: Votes) -> Ints:
    """(m, 3) how many disagree, pass and agree."""
    total = np.zeros(3 * len(votes.statements), np.int64)
    for first, last in _chunks(votes):
        total += np.bincount(_codes(votes, first, last), minlength=len(total))
    return total.reshape(-1, 3)


def sample(each: Callable[..., list[Any]]) -> tuple[Votes, Ints, int]:
    """The votes of at most LARGEST_SAMPLE people with enough votes on at most MOST_KEPT statements, in an order that
    follows from the votes; the numbers of these statements; and the number of all statements. each: calls a function of
    this module on the votes of every part."""
    counts: Ints = reduce(add, each("choices"))
    keys = reduce(lambda key, column: mixed(key + column.astype(np.uint64)), counts.T, np.zeros(len(counts), np.uint64))
    for _ in range(REFINEMENTS):
        _, place, number = np.unique(keys, return_inverse=True, return_counts=True)
        if not (tied := (number[place] > 1) & (counts.sum(1) > 0)).any():
            break
        keys = keys + reduce(add, each("voters", keys, tied))
    kept = np.lexsort((keys, -counts.sum(1)))[:MOST_KEPT]
    signed, copies = np.unique(np.concatenate(each("signatures_of_many", keys)), return_counts=True)
    copy = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
    of_each = np.repeat(signed, copies)
    wanted = of_each[np.argsort(mixed(of_each + mixed(copy.astype(np.uint64))), kind="stable")[:LARGEST_SAMPLE]]
    rows = each("of_signature", keys, np.sort(wanted))
    here, first = np.unique(np.concatenate([signature for signature, _ in rows]), return_index=True)
    return _joined([votes for _, votes in rows], first[np.searchsorted(here, wanted)], kept), kept, len(counts)


def _joined(parts: list[Votes], people: Ints, kept: Ints) -> Votes:
    """The rows `people`, numbers over all parts, as votes on the statements `kept`, in that order."""
    starts = np.concatenate([[0], *(np.diff(part.start) for part in parts)]).cumsum()
    columns = [np.concatenate(column) for column in zip(*((part.statement, part.choice) for part in parts))]
    chosen = Votes(range(len(starts) - 1), parts[0].statements, starts, *columns).of_people(people)
    place = np.full(len(parts[0].statements), len(kept), np.int64)
    place[kept] = np.arange(len(kept))
    statement, person = place[chosen.statement], chosen.person
    order = np.lexsort((statement, person))
    order = order[statement[order] < len(kept)]
    start = np.concatenate([[0], np.bincount(person[order], minlength=len(people)).cumsum()]).astype(np.int64)
    return Votes(range(len(people)), kept.tolist(), start, statement[order].astype(np.uint16), chosen.choice[order])

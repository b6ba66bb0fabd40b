"""The same people at two moments: how many came to agree with a statement and how many ceased to, and whether that can
be published beside the totals of groups.

Whoever knows who had voted by the first moment, the groups of everybody, and all that is published, must not learn how
one to four people voted, nor that five to nine people all voted the same. Nobody knows who changed a vote, so of people
who came to agree, ceased to, agreed both times or neither time there are none or at least SMALLEST. The figures of two
statements must not tell more together, beside the ballots of everybody, than each does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from acquis.opinion.arrays import Ints, Mask
from acquis.opinion.disclosure import SMALLEST, UNANIMOUS_BELOW


@dataclass(frozen=True)
class Turned:
    """The people who voted on a statement at both moments: their number, how many agreed at the first one, how many
    came to agree, and how many ceased to."""

    voters: int
    agree: int
    came: int
    left: int


def turned(early: Mask, before: Mask, after: Mask) -> Turned:
    """The count of people (n,): who voted at both moments (`early`), who of them agreed before, and who agrees now."""
    first, last = before & early, after & early
    return Turned(int(early.sum()), int(first.sum()), came=int((last & ~first).sum()), left=int((first & ~last).sum()))


def is_publishable(read: Turned, cells: Ints, early: Mask, after: Mask) -> bool:
    """Whether the count can be published. cells: (n,) of everybody who votes on the statement now, the cell of the
    groups that are shown (see `disclosure`); early, after: (n,) as for `turned`."""
    joint = (read.came, read.left, read.agree - read.left, read.voters - read.agree - read.came)
    if any(0 < people < SMALLEST for people in joint) or read.agree in (0, read.voters):
        return False  # who had voted by the first moment may be known, so that all alike would tell of each
    return not _tells(cells, early, after) and not _tells(cells, ~early, after)


@dataclass(frozen=True, eq=False)
class ClosedVote:
    """The votes on a statement at the close, (n,) over everybody: who had voted by its first moment, who votes on it
    now, and who agrees now."""

    early: Mask
    voted: Mask
    after: Mask


def is_publishable_beside(listed: Sequence[ClosedVote], other: ClosedVote) -> bool:
    """Whether the counts of one more statement can be published together with those that are listed, beside the
    ballots.

    If people vote nearly alike on two statements, the difference of the counts is that of the few who had voted on one
    of them only. So those are none or at least SMALLEST on either side, or at least SMALLEST ballots have each of the
    four pairs of choices (agree, and not). Of three or more on which people vote nearly alike, sums of the counts tell
    of still other people, so that all who had voted on the same of them are none or at least SMALLEST."""
    if not all(_are_apart(shown, other) or _is_different(shown, other) for shown in listed):
        return False
    alike = [other]
    for _ in listed:
        alike += [shown for shown in listed if shown not in alike and not all(_is_different(shown, of) for of in alike)]
    if len(alike) < 3:
        return True
    parts = np.unique(np.stack([vote.early for vote in alike]), axis=1, return_counts=True)[1]
    return bool(parts.min() >= SMALLEST)


def _are_apart(first: ClosedVote, second: ClosedVote) -> bool:
    """Whether nobody, or SMALLEST people, had voted on either of two statements alone."""
    apart = ((first.early & ~second.early).sum(), (second.early & ~first.early).sum())
    return not any(0 < people < SMALLEST for people in apart)


def _is_different(first: ClosedVote, second: ClosedVote) -> bool:
    """Whether at least SMALLEST ballots have each of the four pairs of choices on two statements."""
    both = first.voted & second.voted
    pairs = 2 * first.after[both].astype(np.int64) + second.after[both]
    return bool(np.bincount(pairs, minlength=4).min() >= SMALLEST)


def _is_alike(agree: int, voters: int) -> bool:
    """Whether so few voters all made the same choice, or are too few altogether."""
    return 0 < voters < SMALLEST or (0 < voters < UNANIMOUS_BELOW and agree in (0, voters))


def _tells(cells: Ints, side: Mask, after: Mask) -> bool:
    """Whether the number of people on one side of the moment who agree, beside those of each cell, tells of few."""
    number = int(cells.max(initial=0)) + 1
    people, others = (np.bincount(cells[mask], minlength=number) for mask in (side, ~side))
    agree, whole = np.bincount(cells[after], minlength=number), int((after & side).sum())
    if _is_alike(whole, int(people.sum())):
        return True
    low, high = np.maximum(0, agree - others), np.minimum(agree, people)  # what the cells alone tell
    for chosen in _few(people):
        inside = np.isin(np.arange(number), chosen)
        least = max(int(low[inside].sum()), whole - int(high[~inside].sum()))
        most = min(int(high[inside].sum()), whole - int(low[~inside].sum()))
        known_before = int(low[inside].sum()) == int(high[inside].sum())
        size = int(people[inside].sum())
        if least == most and not known_before and (size < SMALLEST or least in (0, size)):
            return True
    return False


def _few(people: Ints) -> Iterator[tuple[int, ...]]:
    """Each cell of fewer than UNANIMOUS_BELOW people, and all sets of cells of fewer than SMALLEST people together."""
    yield from ((cell,) for cell in np.flatnonzero((people > 0) & (people < UNANIMOUS_BELOW)).tolist())
    small = np.flatnonzero((people > 0) & (people < SMALLEST)).tolist()
    for size in range(2, SMALLEST):
        for chosen in combinations(small, size):
            if people[list(chosen)].sum() < SMALLEST:
                yield chosen

"""Crowds: many accounts that vote nearly alike, with few people between them and the rest.

The votes that most accounts of a crowd cast are its plan. Honest people with similar opinions differ by degree: for any
plan, more people follow it in part than almost completely. A set of accounts is a crowd if almost nobody follows its
plan in part, and if most of the other people do not vote as closely alike in a way of their own. The room itself is
thus the measure, and neither one-sided rooms nor firm camps are taken for crowds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from acquis.opinion import sampling
from acquis.opinion.arrays import Floats, Ints, Mask, Singles
from acquis.opinion.blas import one_thread
from acquis.opinion.fast import fast_marked, fast_tally
from acquis.opinion.place import BOTH, SAME, Marks
from acquis.opinion.votes import Votes

FEWEST_ACCOUNTS, LEAST_PART, LARGEST_PART = 5, 0.01, 0.5
"""A crowd has at least so many accounts and this share of the people. More than half of the people are not a crowd."""
COMPARED = 15
"""The least number of votes of an account that must be compared with the plan."""
FOLLOWS = (0.85, 0.95)
"""The least share of the plan that each account of a crowd follows. Both values are tried."""
BETWEEN, MOST_BETWEEN = 0.15, 0.25
"""In the range of this width below that share there may be at most this number of people, relative to the accounts."""
LINKED, SHARED = 0.8, 8
"""A plan begins with people whose share of equal votes with one person is at least this, on at least so many common
statements."""
USUAL_PART, NEARLY = 0.05, 0.03
"""If most of the others follow some plan of at least this share of the people, less closely by no more than the second
number, the room as a whole votes like that."""
SEEDS, ROUNDS, TRIED = 500, 3, 10
"""The number of people with whom plans begin, of rounds that improve a plan, and of plans that are tried on all
people."""


@dataclass(frozen=True)
class Crowd:
    """people: numbers, ascending. equal: the mean share of votes of an account that most others in the crowd cast
    too."""

    people: tuple[int, ...]
    equal: float


def comparable(votes: Votes) -> int:
    """The number of people with enough votes to be compared."""
    return int((np.diff(votes.start) >= COMPARED).sum())


@one_thread()
def crowds(votes: Votes) -> list[Crowd]:
    """The crowds, the largest first. No account is in two of them. Time: one pass over the votes for each plan that is
    tried, and products of matrices of at most 1,000 people."""
    if comparable(votes) < FEWEST_ACCOUNTS:
        return []
    given, kept, statements = sampling.sample(lambda method, *arguments: [getattr(sampling, method)(votes, *arguments)])
    closed: list[Crowd] = []
    taken = np.zeros(len(votes.people), np.bool_)
    for plan in _plans(_one_hot(given)):
        full = np.zeros((statements, 3), np.float32)
        full[kept] = plan
        crowd = _crowd(votes, full, ~taken)
        if crowd:
            taken[list(crowd.people)] = True
            closed.append(crowd)
    return sorted(closed, key=lambda crowd: (-len(crowd.people), crowd.people))


def _one_hot(votes: Votes) -> Singles:
    """(n, m, 3): 1 for the choice of each person on each statement."""
    table = np.zeros((len(votes.people), len(votes.statements), 3), np.float32)
    table[votes.person, votes.statement, votes.choice + 1] = 1.0
    return table


def _plans(cast: Singles) -> list[Singles]:
    """Plans (m, 3) that a crowd in the sample `cast` (n, m, 3) may follow, the most followed first.

    A person with whom nobody is linked cannot begin a promising plan and is left out. Equal plans stay equal and are
    looked at once."""
    n = len(cast)
    linked = _followed(cast, cast[:SEEDS], SHARED) >= LINKED
    plans = _most_of(cast, linked[:, linked.sum(0) >= min(2.0, USUAL_PART * n)])
    for _ in range(1, ROUNDS):
        plans = _most_of(cast, _followed(cast, plans, SHARED) >= FOLLOWS[0])
    followed = _followed(cast, plans, COMPARED)
    promising = np.zeros(len(plans), np.bool_)
    for least in FOLLOWS:
        inside, within = ((followed >= share).sum(0) for share in (least, least - BETWEEN))
        promising |= (inside >= 3) & (within - inside <= 2 * MOST_BETWEEN * inside)
    size = (followed >= FOLLOWS[0]).sum(0)
    promising &= size <= 1.2 * LARGEST_PART * n
    large = followed[:, size >= USUAL_PART * n].max(1, initial=0.0)
    chosen: list[int] = []
    for seed in sorted(np.flatnonzero(promising).tolist(), key=lambda seed: (-size[seed], seed)):
        if any((plans[seed] * plans[other]).sum() >= LINKED * plans[seed].sum() for other in chosen):
            continue
        if not _is_usual(followed[:, seed], large):
            chosen.append(seed)
    return [plans[seed] for seed in chosen[:TRIED]]


def _is_usual(followed: Singles, large: Singles) -> bool:
    """Whether most of the other people follow some plan nearly as closely, so that the room as a whole votes like that.
    large: (n,) for each person, how closely he or she follows the closest of the plans that many follow."""
    inside = followed >= FOLLOWS[0]
    if not inside.any() or inside.all():
        return True
    return bool((large[~inside] >= followed[inside].mean() - NEARLY).mean() >= LARGEST_PART)


def _most_of(cast: Singles, members: Mask) -> Singles:
    """The different plans (.., m, 3) of the majority choices of the members (n, plans), in the order of first
    occurrence."""
    counts = members.astype(np.float32).T @ cast.reshape(len(cast), -1)
    plans = _most(counts.reshape(-1, *cast.shape[1:]))
    first = {plan.tobytes(): number for number, plan in reversed(list(enumerate(plans)))}
    return plans[sorted(first.values())]


def _followed(cast: Singles, plans: Singles, compared: int) -> Singles:
    """(n, plans): the share of the votes of each person that equal those of a plan; 0 if fewer than `compared` can be
    compared."""
    flat, planned = (table.reshape(len(table), 3 * table.shape[1]) for table in (cast, plans))
    share: Singles = flat @ planned.T
    both = _any_choice(cast) @ _any_choice(plans).T
    share /= np.maximum(both, 1.0)
    share *= both >= compared
    return share


def _any_choice(table: np.ndarray[Any, Any]) -> Any:
    """The sums over the last axis, the three choices. For so short an axis this is much faster than `sum`."""
    return table[..., 0] + table[..., 1] + table[..., 2]


def _most(counts: np.ndarray[Any, Any]) -> Singles:
    """(.., 3): 1 for the most frequent choice; all 0 if there is no single one."""
    largest = counts == np.maximum(np.maximum(counts[..., 0], counts[..., 1]), counts[..., 2])[..., None]
    most: Singles = (largest & (_any_choice(largest.view(np.int8)) == 1)[..., None]).astype(np.float32)
    return most


def _crowd(votes: Votes, plan: Singles, free: Mask) -> Crowd | None:
    """The people who follow a plan (m, 3), if they are a crowd. free: (n,) whether a person is in no other crowd."""
    voters = int((np.diff(votes.start) > 0).sum())
    begun = _shares(votes, _marks(plan)[None], np.zeros(len(votes.people), np.bool_))
    for least in FOLLOWS:
        inside, share = free & (begun >= least), begun
        for _ in range(ROUNDS):
            before, counts = inside, fast_tally(votes, np.where(inside, 0, -1), 1)[0]
            share = _shares(votes, np.stack([_marks(_most(counts)), _marks_of_others(counts)]), inside)
            inside = free & (share >= least)
            if (inside == before).all():
                break
        number, within = int(inside.sum()), int((free & (share >= least - BETWEEN)).sum())
        enough = max(FEWEST_ACCOUNTS, LEAST_PART * voters) <= number <= LARGEST_PART * voters
        if enough and within - number <= MOST_BETWEEN * number:
            return Crowd(tuple(np.flatnonzero(inside).tolist()), float(share[inside].mean()))
    return None


def _shares(votes: Votes, marks: Marks, inside: Mask) -> Floats:
    """(n,) the share of the votes of each person that equal those of a plan; 0 if fewer than `COMPARED` can be
    compared. marks: of the plan for people who are not inside, and for those who are."""
    same, both = fast_marked(votes, marks, inside.astype(np.int64)).T
    return np.where(both >= COMPARED, same / np.maximum(both, 1), 0.0)


def _marks(plan: Singles) -> Marks:
    """(3 m,) for each vote: `SAME` if a plan (m, 3) has this vote, `BOTH` if it has any vote on the statement."""
    return _coded(plan > 0, plan.sum(1, keepdims=True) > 0)


def _marks_of_others(counts: Ints) -> Marks:
    """(3 m,) as `_marks`, for the plan of the others: the majority without the vote itself, in a crowd with these
    counts (m, 3)."""
    most = _most(counts[:, None] - np.eye(3, dtype=np.int64))
    return _coded(most[:, [0, 1, 2], [0, 1, 2]] > 0, most.sum(2) > 0)


def _coded(same: Mask, both: Mask) -> Marks:
    """(3 m,) SAME where `same` (m, 3) holds, BOTH where `both` does."""
    marks: Marks = np.where(same, SAME, 0) + np.where(both, BOTH, 0)
    return marks.ravel().astype(np.uint8)

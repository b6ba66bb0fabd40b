"""Movement: how agreement changed between two moments or two conversations, statement by statement."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from acquis.opinion.arrays import Floats, Ints, Mask
from acquis.opinion.consensus import FEWEST
from acquis.opinion.differences import FALSE_SHARE, exact_chances
from acquis.opinion.shares import Z90, interval
from acquis.opinion.votes import AGREE, Votes


@dataclass(frozen=True)
class Movement:
    """before, after: (c,) ids of the statements that are compared, each in its conversation. first, last: (c,) the
    share that agrees, 0 to 1, of so many `voters` (c, 2). change, low, high: (c,) the difference with its 90 %
    interval, -1 to 1. firm: (c,) whether it is more than chance, corrected for the number of statements. chances: (c,)
    the p-values behind it. same: whether only people who voted on a statement both times are counted; then turned: (c,
    2) how many of them came to agree, and ceased to."""

    before: list[Hashable]
    after: list[Hashable]
    first: Floats
    last: Floats
    voters: Ints
    change: Floats
    low: Floats
    high: Floats
    firm: Mask
    chances: Floats
    same: bool
    turned: Ints | None = None

    def order(self) -> list[int]:
        """The comparisons: those that are more than chance first, the largest change first."""
        largest: list[int] = np.lexsort((-np.abs(self.change), ~self.firm)).tolist()
        return largest


def movement(before: Votes, after: Votes, carried: Mapping[Any, Hashable], *, same: bool = False) -> Movement:
    """Compare the agreement with the statements that both conversations have.

    carried: id of a statement before -> its id after. same: the ids of people mean the same people in both; then only
    those are compared who voted on a statement both times, and otherwise two independent crowds. Statements with fewer
    than FEWEST voters in either are left out.

    The interval for two crowds is the hybrid score interval (Newcombe 1998), for the same people that of Agresti and
    Min (2005), which adds one half to each cell. The tests are Fisher's and McNemar's, with the mid-p (Lancaster 1961),
    and of the statements that are firm at most a share of FALSE_SHARE is expected to be so by chance (Benjamini and
    Hochberg 1995)."""
    places = [{statement: j for j, statement in enumerate(votes.statements)} for votes in (before, after)]
    pairs = [(a, b) for a, b in carried.items() if a in places[0] and b in places[1]]
    columns = [np.array([at[pair[side]] for pair in pairs], np.int64) for side, at in enumerate(places)]
    return _moved(pairs, _same_people(before, after, columns) if same else _crowds(before, after, columns))


def movement_of_counts(
    carried: Sequence[tuple[Hashable, Hashable]], agree: Ints, voters: Ints, turned: Ints | None = None
) -> Movement:
    """The same where only the counts are known.

    carried: of each statement the id before and after. agree, voters: (c, 2) how many agree, of so many. turned: (c, 2)
    of the same people those who came to agree and those who ceased to; without it they are two crowds."""
    return _moved(carried, _Compared(agree, voters, turned))


def _moved(pairs: Sequence[tuple[Hashable, Hashable]], cells: _Compared) -> Movement:
    kept = np.flatnonzero((cells.voters >= FEWEST).all(1))
    agree, voters = cells.agree[kept], cells.voters[kept]
    first, last = agree[:, 0] / voters[:, 0], agree[:, 1] / voters[:, 1]
    if cells.turned is None:
        low, high = _hybrid(agree, voters)
        chances = exact_chances(agree[:, 0], voters[:, 0], agree[:, 1], voters[:, 1])
    else:
        low, high = _paired(cells.turned[kept], voters[:, 0])
        chances = turned_chances(cells.turned[kept])
    ids = [[pairs[place][side] for place in kept.tolist()] for side in (0, 1)]
    return Movement(
        before=ids[0],
        after=ids[1],
        first=first,
        last=last,
        voters=voters,
        change=last - first,
        low=low,
        high=high,
        firm=firm_of(chances),
        chances=chances,
        same=cells.turned is not None,
        turned=None if cells.turned is None else cells.turned[kept],
    )


@dataclass(frozen=True)
class _Compared:
    """agree, voters: (c, 2) before and after. turned: (c, 2) of the same people those who came to agree and those who
    ceased to; None for two crowds."""

    agree: Ints
    voters: Ints
    turned: Ints | None = None


def _crowds(before: Votes, after: Votes, columns: list[Ints]) -> _Compared:
    agree, voters = [], []
    for votes, column in zip((before, after), columns, strict=True):
        size = len(votes.statements)
        agree.append(np.bincount(votes.statement[votes.choice == AGREE], minlength=size)[column])
        voters.append(np.bincount(votes.statement, minlength=size)[column])
    return _Compared(np.stack(agree, 1), np.stack(voters, 1))


def _same_people(before: Votes, after: Votes, columns: list[Ints]) -> _Compared:
    row = {person: number for number, person in enumerate(after.people)}
    both = [(number, row[person]) for number, person in enumerate(before.people) if person in row]
    first, last = (votes.of_people(np.array([pair[side] for pair in both], np.int64)).dense()
                   for side, votes in enumerate((before, after)))  # fmt: skip
    voted = first[1][:, columns[0]] & last[1][:, columns[1]]
    agreed = voted & (first[0][:, columns[0]] == AGREE), voted & (last[0][:, columns[1]] == AGREE)
    turned = np.stack([(agreed[1] & ~agreed[0]).sum(0), (agreed[0] & ~agreed[1]).sum(0)], 1)
    return _Compared(np.stack([rows.sum(0) for rows in agreed], 1), np.stack([voted.sum(0)] * 2, 1), turned)


def _hybrid(agree: Ints, voters: Ints) -> tuple[Floats, Floats]:
    share = agree / voters
    low, high = interval(agree, voters)
    change = share[:, 1] - share[:, 0]
    down = np.hypot(share[:, 1] - low[:, 1], high[:, 0] - share[:, 0])
    up = np.hypot(high[:, 1] - share[:, 1], share[:, 0] - low[:, 0])
    return change - down, change + up


def _paired(turned: Ints, voters: Ints) -> tuple[Floats, Floats]:
    to, away = turned[:, 0] + 0.5, turned[:, 1] + 0.5
    people = voters + 2.0
    change = (to - away) / people
    reach = Z90 * np.sqrt(np.maximum(to + away - (to - away) ** 2 / people, 0.0)) / people
    return np.maximum(change - reach, -1.0), np.minimum(change + reach, 1.0)


def turned_chances(turned: Ints) -> Floats:
    """(c,) the p-value of McNemar's test with the mid-p: of those who turned, as many to one side or more."""
    chances = np.ones(len(turned))
    for place, (to, away) in enumerate(turned.tolist()):
        if (people := to + away) and to != away:
            logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, people + 1)))])
            few = np.arange(min(to, away) + 1)
            terms = np.exp(logs[people] - logs[few] - logs[people - few] - people * np.log(2))
            chances[place] = min(2 * float(terms.sum() - terms[-1] / 2), 1.0)
    return chances


def firm_of(chances: Floats) -> Mask:
    """(c,) which of these comparisons are more than chance, by their p-values: of those that are, at most a share of
    FALSE_SHARE is expected to be so by chance (Benjamini and Hochberg 1995)."""
    ordered = np.sort(chances)
    passed = np.flatnonzero(ordered <= FALSE_SHARE * np.arange(1, len(ordered) + 1) / max(len(ordered), 1))
    limit = ordered[passed[-1]] if len(passed) else -1.0
    firm: Mask = chances <= limit
    return firm

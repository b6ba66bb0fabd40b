"""Which counts of groups can be published beside the total, so that nobody finds out how a person voted.

A **cell** is a set of voters that the published groups distinguish: people with the same groups in all kinds, where
those whose groups are not shown are together the *rest*, which is never shown but follows by subtraction. Each cell has
no voters or at least SMALLEST. In a cell of fewer than UNANIMOUS_BELOW, on no statement have more than half of the cell
made the same choice while nobody made another. Everything that can be computed from the published counts is then a sum
or a difference of counts of such cells, whoever knows which person is in which group.

A person of several groups of one kind has a *combination*; combinations are treated as groups. People of a combination
that cannot be shown count in none of its groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from acquis.opinion.arrays import Ints, Mask

SMALLEST = 5
"""A group with fewer voters is not shown, because its votes could be linked to people in the room."""
UNANIMOUS_BELOW = 10
"""A group with fewer voters is not shown if it is unanimous on a statement."""

Tally: TypeAlias = Callable[[Ints, int], Ints]
"""The counts (sets, statements, 3) of so many sets of people; the first argument is the set of each."""


def shown_codes(kinds: Sequence[tuple[Ints, Sequence[int]]], sizes: Ints, counts: Ints) -> list[tuple[int, ...]]:
    """For each kind of groups the codes that can be shown, in ascending order. The first kind comes first; others are
    added only as far as the crossings allow.

    kinds: the code of each set of voters (sets,), 0 for those in no group, and the codes that may be shown. sizes:
    (sets,) voters; counts: (sets, statements, 3), the votes of each choice."""
    present = sizes > 0
    sizes, counts = sizes[present], counts[present]
    cells = np.zeros(len(sizes), np.int64)
    result = []
    for codes, listed in kinds:
        codes = codes[present]
        voters = np.bincount(codes, sizes, minlength=max(listed, default=0) + 1)
        shown = [code for code in listed if voters[code] >= SMALLEST]
        while shown and (bad := _first_bad(_crossed(cells, codes, shown), codes, sizes, counts)) is not None:
            # The group of the cell joins the rest; where the rest is not large enough, the smallest group does.
            shown.remove(bad if bad in shown else min(shown, key=lambda code: (voters[code], code)))
        result.append(tuple(shown))
        cells = _crossed(cells, codes, shown)
    return result


def _crossed(cells: Ints, codes: Ints, shown: Sequence[int]) -> Ints:
    """The cells, split by the groups that are shown: consecutive numbers from 0."""
    own = np.where(np.isin(codes, shown), codes, 0)
    return np.unique(cells * (int(codes.max(initial=0)) + 1) + own, return_inverse=True)[1].reshape(-1)


def _first_bad(crossed: Ints, codes: Ints, sizes: Ints, counts: Ints) -> int | None:
    """The code of the first cell that tells too much; None if there is no such cell."""
    voters = np.bincount(crossed, sizes)
    for cell in np.flatnonzero(voters < UNANIMOUS_BELOW).tolist():
        rows = np.flatnonzero(crossed == cell)
        if voters[cell] < SMALLEST or tells(counts[rows].sum(0), int(voters[cell])):
            return int(codes[rows[0]])
    return None


def tells(counts: Ints, voters: int) -> bool:
    """Whether on a statement more than half of these voters made the same choice, and nobody made another. counts:
    (statements, 3)."""
    voted = counts.sum(1)
    return bool(((counts.max(1, initial=0) == voted) & (2 * voted > voters)).any())


def shown_on_each(kinds: Sequence[tuple[Ints, Sequence[int]]], counts: Ints) -> list[Mask]:
    """For each kind (1 + codes, statements): the codes that can be shown on each statement. counts: (sets, statements,
    3)."""
    voters = counts.sum(2)
    easy = ((voters == 0) | (voters >= UNANIMOUS_BELOW)).all(0)
    masks = []
    for codes, listed in kinds:
        mask = np.zeros((1 + max(int(codes.max(initial=0)), *listed, 0), counts.shape[1]), np.bool_)
        for code in listed:
            mask[code] = easy & (voters[codes == code].sum(0) > 0)
        masks.append(mask)
    for j in np.flatnonzero(~easy).tolist():
        for mask, shown in zip(masks, shown_codes(kinds, voters[:, j], counts[:, j : j + 1])):
            mask[list(shown), j] = True
    return masks


def shown_camps(everybody: Ints, counts: Ints) -> Mask:
    """(camps, statements): where the counts of camps can be shown beside the total. Nobody knows who is in a camp, so
    camps are not crossed with declared groups; the rest are the people in none. everybody: (1, statements, 3)."""
    sets = np.concatenate([everybody - counts.sum(0, keepdims=True), counts])
    (mask,) = shown_on_each([(np.arange(len(sets)), range(1, len(sets)))], sets)
    return mask[1:]


@dataclass(frozen=True)
class PublishableGroups:
    """One kind of declared groups as it can be published. belongs: (n, groups) people who count in each group. counts:
    (groups, statements, 3), zero where they are not shown; shown: (groups, statements)."""

    belongs: Mask
    counts: Ints
    shown: Mask


def declared_groups(belongs: Sequence[Mask], voted: Mask, tallied: Tally) -> list[PublishableGroups]:
    """What can be published of several kinds of groups, the first kind first. belongs: (n, groups) of each kind; voted:
    (n,) the people who voted at all, nobody else belongs to a group."""
    if not belongs:
        return []
    patterns = [np.unique(np.vstack([np.zeros_like(own[:1]), own]), axis=0, return_inverse=True) for own in belongs]
    of_people = np.stack([codes.reshape(-1)[1:] for _, codes in patterns], 1)
    sets, number = np.unique(of_people, axis=0, return_inverse=True)
    counts = tallied(number.reshape(-1).astype(np.int64), len(sets))
    sizes = np.bincount(number.reshape(-1)[voted], minlength=len(sets))
    kinds = [(sets[:, kind], range(1, len(known))) for kind, (known, _) in enumerate(patterns)]
    session = shown_codes(kinds, sizes, counts[:, :0])
    allowed = [(codes, shown) for (codes, _), shown in zip(kinds, session)]
    result = []
    for (codes, shown), mask, (known, _), people in zip(allowed, shown_on_each(allowed, counts), patterns, of_people.T):
        of_pattern = np.zeros((len(known), *counts.shape[1:]), np.int64)
        np.add.at(of_pattern, codes, counts)
        member = known.T.astype(np.int64)
        whole = np.einsum("gp,pmc->gmc", member, of_pattern)
        part = np.einsum("gp,pmc->gmc", member, np.where(mask[: len(known), :, None], of_pattern, 0))
        visible = np.asarray((part.sum(2) >= SMALLEST) & (2 * part.sum(2) > whole.sum(2)))
        counted = known & np.isin(np.arange(len(known)), shown)[:, None]
        result.append(PublishableGroups(counted[people], np.where(visible[:, :, None], part, 0), visible))
    return result


def shown_beside(kinds: Sequence[Mask], there: Mask, part: Mask) -> list[Mask]:
    """For each kind (groups,): the groups of which it can be shown how many are in a part of everybody, as if that were
    a vote on one more statement. kinds: (n, groups) the people who count in each group; there: (n,) who voted; part:
    (n,)."""
    choice = np.where(part[there], 2, 0)

    def tallied(number: Ints, sets: int) -> Ints:
        return np.bincount(3 * number + choice, minlength=3 * sets).reshape(sets, 1, 3)

    read = declared_groups([own[there] for own in kinds], np.ones(len(choice), np.bool_), tallied)
    return [np.asarray(of.counts.sum((1, 2)) == own[there].sum(0)) & of.shown[:, 0] for own, of in zip(kinds, read)]

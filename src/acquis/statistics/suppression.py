"""Which totals of groups can be published beside the ballots.

The ballots are published without groups. But whoever knows the totals of a group can look for the ballots that add up
to them, and with twenty statements there is nearly always only one such set. So a published group tells *which ballots*
are those of its people. Two kinds of groups (attendance and stakeholder group) tell it of every crossing of them, and
what is left over is found by subtraction. What nobody can find out is which ballot of a set belongs to whom, and that
is what this rule keeps:

The rule is that of `opinion.disclosure`, where the computation is:

1. A **cell** is a set of voters that the published groups distinguish: a crossing of the groups of all kinds,
   where the people of a kind whose group is not shown are together the *rest* of this kind. People who did not say are
   always in the rest, which is never shown itself.
2. Each cell has no voters or at least five (`SMALLEST`).
3. In a cell of fewer than ten (`UNANIMOUS_BELOW`), on no statement have more than half of the cell made the same choice
   while nobody made another: that would tell how each of them voted.
4. Both hold for the session as a whole, with all of its statements, and again for the voters of each statement whose
   figures are shown.

Stakeholder groups come first. Attendance is added only as far as the crossings allow. A group that cannot be shown
joins the rest, and then the smallest groups do, until the rule holds. Which groups are shown follows from the votes
alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import msgspec
import numpy as np

from acquis.opinion.disclosure import SMALLEST, UNANIMOUS_BELOW, shown_codes
from acquis.state import AGREE, DISAGREE, PASS

__all__ = ["SMALLEST", "UNANIMOUS_BELOW", "Kind", "Table", "kind_of", "shown_groups", "shown_on"]

Codes: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Table: TypeAlias = np.ndarray[Any, np.dtype[np.uint8]]
"""One row for each voter and one column for each statement: NONE, AGREE, DISAGREE or PASS."""


class Kind(msgspec.Struct, frozen=True):
    """A kind of groups, such as attendance: the names of the groups, of which the first is "" (not said), and for each
    voter the index of its group."""

    names: tuple[str, ...]
    codes: Codes


def kind_of(labels: Sequence[str]) -> Kind:
    """The kind of groups in which each voter has one of these labels, "" for none."""
    names = ("", *sorted(set(labels) - {""}))
    number = {name: place for place, name in enumerate(names)}
    return Kind(names, np.array([number[label] for label in labels], np.int64))


def shown_groups(kinds: Sequence[Kind], table: Table) -> list[tuple[int, ...]]:
    """For each kind the indices of the groups that can be shown in a session, in ascending order. `table`: the votes of
    those who cast any, in the order of the `codes`."""
    return _shown([(kind.codes, range(1, len(kind.names))) for kind in kinds], table)


def shown_on(kinds: Sequence[Kind], session: Sequence[tuple[int, ...]], column: Table) -> list[tuple[int, ...]]:
    """As `shown_groups` for one statement, of the groups that can be shown in the `session`. `column`: the votes of all
    voters on the statement."""
    voted = column != 0
    table = column[voted][:, None]
    return _shown([(kind.codes[voted], shown) for kind, shown in zip(kinds, session, strict=True)], table)


def _shown(kinds: Sequence[tuple[Codes, Sequence[int]]], table: Table) -> list[tuple[int, ...]]:
    """`shown_codes` of voters one by one: those with the same groups are one set."""
    sets, number = np.unique(np.stack([codes for codes, _ in kinds], 1), axis=0, return_inverse=True)
    number = number.reshape(-1)
    counts = np.zeros((len(sets), table.shape[1], 3), np.int64)
    for choice in (AGREE, DISAGREE, PASS):
        np.add.at(counts[:, :, choice - 1], number, table == choice)
    listed = [(sets[:, place], shown) for place, (_, shown) in enumerate(kinds)]
    return shown_codes(listed, np.bincount(number, minlength=len(sets)), counts)

"""What the votes show: counts for each statement, areas of consensus and of concern, statements that divide.

The arithmetic is that of `opinion`; here the votes of a session become figures that nobody is given away by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypeAlias

import msgspec
import numpy as np

from acquis import opinion
from acquis.events import Figure
from acquis.state import AGREE, DISAGREE, PASS, State

SMALLEST = 5
"""A group with fewer voters on a statement is not shown: its votes could be told from the names in the room."""

Counts: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]


def figures(state: State) -> tuple[Figure, ...]:
    """For every statement that was voted on: everybody, then each lane and each stakeholder group that can be shown."""
    kinds = [_numbered([voice.attributes.lane for voice in state.voices]), _numbered(stakeholders(state))]
    found: list[Figure] = []
    for seq, votes in state.votes.items():
        if not any(votes):
            continue
        cast = np.frombuffer(votes, dtype=np.uint8)
        found.append(_figure(seq, "", np.bincount(cast, minlength=4)))
        for names, places in kinds:
            counts = np.bincount(places + cast, minlength=4 * len(names)).reshape(-1, 4)
            found.extend(_shown([_figure(seq, name, row) for name, row in zip(names, counts)]))
    return tuple(found)


def _numbered(labels: list[str]) -> tuple[list[str], Counts]:
    """The names there are, and for each voice where the counts of its name begin in a table of four columns."""
    names = sorted(set(labels))
    number = {name: 4 * place for place, name in enumerate(names)}
    return names, np.array([number[label] for label in labels], dtype=np.int64)


def _figure(seq: int, group: str, counts: Counts) -> Figure:
    return Figure(seq, int(counts[AGREE]), int(counts[DISAGREE]), int(counts[PASS]), group)


def total(figure: Figure) -> int:
    """How many voted."""
    return figure.agree + figure.disagree + figure.passes


def _shown(of_kind: list[Figure]) -> list[Figure]:
    shown = showable({figure.group: total(figure) for figure in of_kind})
    return [figure for figure in of_kind if figure.group in shown]


def showable(sizes: Mapping[str, int]) -> frozenset[str]:
    """The groups of one kind (all lanes, or all stakeholder groups) that can be shown beside the total without giving
    anybody away: those of five people or more. Those who did not say (group "") are never shown as one.

    What is left out can be had by subtraction, so it must itself be a crowd of five, or nobody: where it is not, the
    smallest of the others is left out with it (complementary suppression)."""
    shown = sorted((name for name, size in sizes.items() if name and size >= SMALLEST), key=lambda n: (sizes[n], n))
    left_out = sum(sizes.values()) - sum(sizes[name] for name in shown)
    while shown and 0 < left_out < SMALLEST:
        left_out += sizes[shown.pop(0)]
    return frozenset(shown)


def told_groups(state: State) -> frozenset[tuple[str, str]]:
    """The lanes and stakeholder groups whose people nobody can be told from: in each lane those groups that can be
    shown beside the lane as a whole."""
    people = [voice.attributes for voice in state.voices]
    lanes = {lane: Counter(p.stakeholder for p in people if p.lane == lane) for lane in ("", "room", "online")}
    return frozenset((lane, group) for lane, sizes in lanes.items() for group in showable(sizes))


def stakeholders(state: State) -> list[str]:
    """The stakeholder group of each voice, empty where it was not said. Under the Chatham House Rule only what can be
    told of one voice: what the public log has, so that whoever has that log computes the same figures."""
    if not state.settings.chatham:
        return [voice.attributes.stakeholder for voice in state.voices]
    told = told_groups(state)
    return [
        p.stakeholder if (p.lane, p.stakeholder) in told else "" for p in (voice.attributes for voice in state.voices)
    ]


class StatementArea(msgspec.Struct, frozen=True):
    """A statement and how far it goes. The group that decides is the one that agrees (disagrees, passes) least, empty
    for everybody: `share` of its `of` voters, and with 90 % probability between `low` and `high` (0..1) if they stand
    for more people than voted. A division names the group that agrees most too. `missing`: groups with too few votes to
    be told from."""

    statement: int
    share: float
    low: float
    high: float
    least: str
    of: int
    against: str = ""
    against_share: float = 0.0
    missing: tuple[str, ...] = ()


class StatementAreas(msgspec.Struct, frozen=True):
    """The firmest first. Consensus: more than half agree in every group that can be shown. Concern: the same for
    disagreeing; unclear: a third or more passes. Divided: the intervals of two groups do not meet, or, with one group,
    many are on both sides."""

    consensus: list[StatementArea]
    concern: list[StatementArea]
    unclear: list[StatementArea]
    divided: list[StatementArea]


def areas(state: State, listed: tuple[Figure, ...] | None = None, *, firm: bool = True) -> StatementAreas:
    """What the figures that can be shown add up to (`opinion.areas`)."""
    listed = figures(state) if listed is None else listed
    counts, statements, groups = _table(listed)
    shown = counts.sum(2) >= SMALLEST
    # Everybody is a group only where no other can be shown.
    shown[0] &= ~shown[1:].any(0)
    read = opinion.areas(counts, shown, of_shown=True, firm=firm)

    def named(area: opinion.Area) -> StatementArea:
        known = () if area.group == 0 and len(groups) == 1 else np.flatnonzero(~shown[1:, area.statement]) + 1
        against = counts[area.against, area.statement] if area.against >= 0 else np.zeros(3, np.int64)
        return StatementArea(
            statements[area.statement],
            area.share,
            low=area.low,
            high=area.high,
            least=groups[area.group],
            of=area.voters,
            against=groups[area.against] if area.against >= 0 else "",
            against_share=float(against[2] / max(against.sum(), 1)),
            missing=tuple(groups[number] for number in known),
        )

    lists = (read.consensus, read.concern, read.unclear, _divided(counts, read.divided))
    return StatementAreas(*(list(map(named, ranked)) for ranked in lists))


def _table(listed: tuple[Figure, ...]) -> tuple[opinion.Ints, list[int], list[str]]:
    """(groups, statements, 3): disagree, pass, agree; the first group is everybody."""
    statements = list(dict.fromkeys(figure.statement for figure in listed))
    groups = ["", *sorted({figure.group for figure in listed if figure.group})]
    row, column = ({name: number for number, name in enumerate(names)} for names in (groups, statements))
    counts = np.zeros((len(groups), len(statements), 3), np.int64)
    for figure in listed:
        counts[row[figure.group], column[figure.statement]] = (figure.disagree, figure.passes, figure.agree)
    return counts, statements, groups


def _divided(counts: opinion.Ints, apart: list[opinion.Area]) -> list[opinion.Area]:
    """Divisions between groups, then those inside everybody: where no groups can be shown, or where they do not differ
    and yet many are on both sides."""
    inside = opinion.areas(counts[:1]).divided
    known = {area.statement for area in apart}
    return apart + [area for area in inside if area.statement not in known]

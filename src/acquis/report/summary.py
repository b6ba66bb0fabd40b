"""What the votes show: counts for each statement, areas of consensus and of concern, statements that divide.

Simple counts for each group now; `areas` is the one function that an opinion engine replaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import msgspec
import numpy as np

from acquis.events import Figure
from acquis.state import AGREE, DISAGREE, PASS, State

SMALLEST = 5
"""A group with fewer voters on a statement is not shown: its votes could be told from the names in the room."""

Counts: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]


def figures(state: State) -> tuple[Figure, ...]:
    """For every statement that was voted on: everybody, then each lane and each stakeholder group that can be shown."""
    kinds = [_numbered([voice.lane for voice in state.voices]), _numbered([v.stakeholder for v in state.voices])]
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


class Area(msgspec.Struct, frozen=True):
    """A statement and how far it goes: `share` is the rank's number (0..1), `least` the group it comes from (empty:
    everybody), `of` the people it is a share of."""

    statement: int
    share: float
    least: str
    of: int


class Areas(msgspec.Struct, frozen=True):
    """Consensus: where the group that agrees least still agrees most. Concern: the same for disagreeing or passing.
    Divided: where groups, or people, lie furthest apart."""

    consensus: list[Area]
    concern: list[Area]
    divided: list[Area]


def areas(state: State, found: tuple[Figure, ...] | None = None) -> Areas:
    """The areas of consensus and of concern, and the statements that divide, each ranked; from the figures that can be
    shown."""
    by_statement: dict[int, list[Figure]] = {}
    for figure in figures(state) if found is None else found:
        by_statement.setdefault(figure.statement, []).append(figure)
    consensus, concern, divided = [], [], []
    for seq, all_figures in by_statement.items():
        whole, parts = all_figures[0], all_figures[1:] or all_figures[:1]
        if total(whole) < SMALLEST:
            continue
        agreeing = min(parts, key=_agree)
        opposing = min(parts, key=_oppose)
        if _agree(agreeing) > 0.5:
            consensus.append(Area(seq, _agree(agreeing), agreeing.group, total(agreeing)))
        if _oppose(opposing) > 0.5:
            concern.append(Area(seq, _oppose(opposing), opposing.group, total(opposing)))
        apart = max(_agree(part) for part in parts) - _agree(agreeing)
        divided.append(Area(seq, max(apart, _split(whole)), agreeing.group, total(whole)))
    return Areas(_ranked(consensus), _ranked(concern), _ranked(divided))


def _ranked(found: list[Area]) -> list[Area]:
    return sorted(found, key=lambda area: (-area.share, area.statement))


def _agree(figure: Figure) -> float:
    return figure.agree / total(figure)


def _oppose(figure: Figure) -> float:
    return (figure.disagree + figure.passes) / total(figure)


def _split(figure: Figure) -> float:
    """1 where as many agree as disagree, 0 where all are on one side; passing counts for neither."""
    decided = figure.agree + figure.disagree
    return 2 * min(figure.agree, figure.disagree) / decided if decided else 0.0

"""What the votes show: counts for each statement, areas of consensus and of concern, statements that divide.

Simple counts for each group now; `areas` is the one function that an opinion engine replaces.
"""

from __future__ import annotations

import msgspec
import numpy as np

from acquis.events import Figure
from acquis.state import AGREE, DISAGREE, PASS, State

SMALLEST = 5
"""A group with fewer voters on a statement is not shown: its votes could be told from the names in the room."""

LANES = ("room", "online")


def figures(state: State) -> tuple[Figure, ...]:
    """For every statement that was voted on: everybody, then each lane and each stakeholder group that is large enough.

    Where exactly one group of a kind would be left out, the smallest of the shown ones is left out with it, so that no
    count of fewer than five people can be found by subtraction."""
    lanes = np.array([voice.lane for voice in state.voices], dtype=object)
    groups = np.array([voice.stakeholder for voice in state.voices], dtype=object)
    found: list[Figure] = []
    for seq, votes in state.votes.items():
        if not any(votes):
            continue
        cast = np.frombuffer(votes, dtype=np.uint8)
        found.append(_count(seq, "", cast))
        for labels in (lanes, groups):
            found.extend(_shown([_count(seq, label, cast[labels == label]) for label in sorted(set(labels))]))
    return tuple(found)


def _count(seq: int, group: str, cast: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> Figure:
    counts = np.bincount(cast, minlength=4)
    return Figure(seq, int(counts[AGREE]), int(counts[DISAGREE]), int(counts[PASS]), group)


def total(figure: Figure) -> int:
    """How many voted."""
    return figure.agree + figure.disagree + figure.passes


def _shown(of_kind: list[Figure]) -> list[Figure]:
    """The groups of one kind (all lanes, or all stakeholder groups) that can be shown without giving anybody away. Those
    who did not say (group "") are never shown, and count as left out."""
    voted = [figure for figure in of_kind if total(figure)]
    shown = sorted((f for f in voted if total(f) >= SMALLEST and f.group), key=total)
    hidden = [figure for figure in voted if figure not in shown]
    # What is left out can be had by subtraction: it must itself be a crowd of five, or nobody.
    while hidden and sum(map(total, hidden)) < SMALLEST and shown:
        hidden.append(shown.pop(0))
    return sorted(shown, key=lambda figure: figure.group)


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

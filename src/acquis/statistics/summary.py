"""Counts of votes for each statement, areas of consensus and of concern, and statements that divide.

`acquis.opinion` does the arithmetic. This module leaves out the figures that would reveal the votes of a person.
"""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

import msgspec
import numpy as np

from acquis import opinion
from acquis.attributes import LANE, STAKEHOLDER
from acquis.events import Figure
from acquis.state import AGREE, DISAGREE, PASS, State
from acquis.state.counting import has_ballots
from acquis.state.reading import public_statement
from acquis.statistics.statement_area import StatementArea
from acquis.statistics.suppression import SMALLEST
from acquis.statistics.totals import cast_votes, live_figures, showable

Counts: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]


def figures(state: State) -> tuple[Figure, ...]:
    """For each public statement with votes: the counts of everybody, then of each publishable lane and stakeholder
    group. Once the totals are published these are their figures, and before that what they would be."""
    if not are_live(state):
        listed = _earlier_figures(state) if state.totals is None else state.totals.body.figures
    else:
        listed = live_figures(cast_votes(state))
    return tuple(figure for figure in listed if public_statement(state.statements[figure.statement]))


def are_live(state: State) -> bool:
    """Whether the figures have to be computed from the votes (`live_figures`), because none are published."""
    return state.totals is None and has_ballots(state)


def _earlier_figures(state: State) -> tuple[Figure, ...]:
    """The figures of a log of an earlier version, which published each vote under the number of its voice, and showed
    the groups of at least five people on each statement."""
    kinds = [_numbered([voice.attributes.lane for voice in state.voices]), _numbered(stakeholders(state))]
    listed: list[Figure] = []
    for seq, votes in state.votes.items():
        if not any(votes) or not public_statement(state.statements[seq]):
            continue
        cast = np.frombuffer(votes, dtype=np.uint8)
        listed.append(_figure(seq, "", np.bincount(cast, minlength=4)))
        for names, places in kinds:
            counts = np.bincount(places + cast, minlength=4 * len(names)).reshape(-1, 4)
            listed.extend(_shown([_figure(seq, name, row) for name, row in zip(names, counts)]))
    return tuple(listed)


def _numbered(labels: list[str]) -> tuple[list[str], Counts]:
    """The distinct labels, and for each voice the index of its label's first cell in a flat table of four columns."""
    names = sorted(set(labels))
    number = {name: 4 * place for place, name in enumerate(names)}
    return names, np.array([number[label] for label in labels], dtype=np.int64)


def _figure(seq: int, group: str, counts: Counts) -> Figure:
    return Figure(seq, int(counts[AGREE]), int(counts[DISAGREE]), int(counts[PASS]), group)


def total(figure: Figure) -> int:
    """The number of people who voted on a statement, passes included."""
    return figure.agree + figure.disagree + figure.passes


def _shown(of_kind: list[Figure]) -> list[Figure]:
    shown = showable({figure.group: total(figure) for figure in of_kind})
    return [figure for figure in of_kind if figure.group in shown]


def publishable_groups(state: State) -> frozenset[tuple[str, str]]:
    """The pairs of lane and stakeholder group that can be shown: in each lane the groups that can be shown with the
    total of the lane."""
    people = [voice.attributes for voice in state.voices]
    lanes = {lane: Counter(p.stakeholder for p in people if p.lane == lane) for lane in ("", "room", "online")}
    return frozenset((lane, group) for lane, sizes in lanes.items() for group in showable(sizes))


def stakeholders(state: State) -> list[str]:
    """The stakeholder group of each voice, "" where it was not given. Under the Chatham House Rule only publishable
    groups: those of the public log, so that anybody computes the same figures from that log."""
    if not state.settings.chatham:
        return [voice.attributes.stakeholder for voice in state.voices]
    shown = publishable_groups(state)
    people = (voice.attributes for voice in state.voices)
    return [person.stakeholder if (person.lane, person.stakeholder) in shown else "" for person in people]


class StatementAreas(msgspec.Struct, frozen=True):
    """Statements in order of firmness, each in one list at most. Consensus: more than half agree in every
    publishable group, and of everybody. Concern: more than half disagree. Unclear: at least a third passes.
    Divided: two groups of one kind (lanes or stakeholder groups) differ by more than chance and clearly, or many
    of everybody are on both sides."""

    consensus: list[StatementArea]
    concern: list[StatementArea]
    unclear: list[StatementArea]
    divided: list[StatementArea]


def areas(state: State, listed: tuple[Figure, ...] | None = None, *, firm: bool = True) -> StatementAreas:
    """The areas (`opinion.areas`) of the present figures, or of the figures `listed` in a report. `firm`: as there."""
    listed = figures(state) if listed is None else listed
    counts, statements, groups = _table(listed)
    kinds = [0 if not group else 1 if group in LANE.values else 2 for group in groups]
    shown = _tested(counts, kinds)
    people = _present(state)
    present = np.array([people.get(group, opinion.ENDLESS) for group in groups], np.int64)
    read = opinion.areas(counts, shown, of_shown=True, firm=firm, present=present, kinds=kinds)
    split = opinion.areas(counts[:1], present=present[:1]).divided
    divided = [*read.divided, *opinion.without({area.statement for area in read.divided}, split)]
    consensus, concern, unclear = (
        opinion.without({area.statement for area in divided}, listed)
        for listed in (read.consensus, read.concern, read.unclear)
    )

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
            present=area.present,
            others=area.others,
            wider=area.wider,
        )

    lists = (consensus, concern, unclear, divided)
    return StatementAreas(*(list(map(named, ranked)) for ranked in lists))


def _tested(counts: opinion.Ints, kinds: list[int]) -> opinion.Mask:
    """(groups, statements) the groups in which a statement has to be agreed. Everybody (the first) is one of them where
    the groups of no kind hold all voters, so that those who are in none count too."""
    voters = counts.sum(2)
    tested = np.asarray(voters >= SMALLEST)
    sizes = [np.where(tested, voters, 0)[np.asarray(kinds) == kind].sum(0) for kind in (1, 2)]
    tested[0] &= np.maximum(*sizes) < voters[0]
    return tested


def _present(state: State) -> dict[str, int]:
    """How many people joined, in all ("") and in each group whose number is shown."""
    if state.totals is not None:
        counted = {"", LANE.name, STAKEHOLDER.name}
        return {count.value: count.people for count in state.totals.body.people if count.attribute in counted}
    groups = Counter(stakeholders(state))
    lanes = Counter(voice.attributes.lane for voice in state.voices)
    return {name: groups[name] for name in showable(groups)} | lanes | {"": len(state.voices)}


def _table(listed: tuple[Figure, ...]) -> tuple[opinion.Ints, list[int], list[str]]:
    """Counts of shape (groups, statements, 3): disagree, pass, agree; then the statements and the groups, of which the
    first ("") is everybody."""
    statements = list(dict.fromkeys(figure.statement for figure in listed))
    groups = ["", *sorted({figure.group for figure in listed if figure.group})]
    row, column = ({name: number for number, name in enumerate(names)} for names in (groups, statements))
    counts = np.zeros((len(groups), len(statements), 3), np.int64)
    for figure in listed:
        counts[row[figure.group], column[figure.statement]] = (figure.disagree, figure.passes, figure.agree)
    return counts, statements, groups

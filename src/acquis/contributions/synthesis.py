"""The synthesis of a ledger: how many inputs of each kind and group had which outcome, and for each sentence of the
report how many it takes up, of which kinds and from which groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from acquis.attributes import STAKEHOLDER
from acquis.contributions.ledger import KINDS, OUTCOMES, InputKind, LedgerLine, OutcomeKind, ReportPlace
from acquis.state import State
from acquis.statistics.heard import account


class OutcomeCount(msgspec.Struct, frozen=True):
    """The inputs of a kind, or of a stakeholder group (all kinds), by their final outcome."""

    kind: InputKind | None
    stakeholder: str
    of: int
    outcomes: dict[OutcomeKind, int]


class TakenUp(msgspec.Struct, frozen=True):
    """What a sentence takes up: how many inputs, also those that were merged into one it cites; how many of each kind;
    and the stated groups that may be shown."""

    place: ReportPlace
    inputs: int
    kinds: dict[InputKind, int]
    groups: tuple[str, ...] = ()


class Synthesis(msgspec.Struct, frozen=True):
    """The counts by kind and by stakeholder group, and what each sentence takes up."""

    kinds: tuple[OutcomeCount, ...] = ()
    groups: tuple[OutcomeCount, ...] = ()
    sentences: tuple[TakenUp, ...] = ()


def final(line: LedgerLine, lines: Mapping[int, LedgerLine]) -> LedgerLine:
    """The line of the input of which an input is part in the end; of one that was not merged its own."""
    seen = {line.input.entry}
    while line.outcome.kind == "merged" and line.outcome.into in lines and line.outcome.into not in seen:
        line = lines[line.outcome.into]
        seen.add(line.input.entry)
    return line


def synthesis(state: State, lines: Sequence[LedgerLine]) -> Synthesis:
    """The synthesis of the ledger of a session: only groups that are large enough for the record (`heard.account`), and
    under the Chatham House Rule no group beside a sentence."""
    known = {line.input.entry: line for line in lines}
    ends = [(line, final(line, known)) for line in lines]
    kinds = tuple(
        _count(kind, "", [end for line, end in ends if line.input.kind == kind])
        for kind in KINDS
        if any(line.input.kind == kind for line in lines)
    )
    shown = _groups(state, lines)
    groups = tuple(
        _count(None, group, [end for line, end in ends if line.input.stakeholder == group]) for group in shown
    )
    group_names = () if state.settings.chatham else shown
    of: dict[ReportPlace, list[LedgerLine]] = {}
    for line, end in ends:
        for place in end.outcome.sentences:
            of.setdefault(place, []).append(line)
    return Synthesis(kinds, groups, tuple(_taken_up(place, of[place], group_names) for place in of))


def _groups(state: State, lines: Sequence[LedgerLine]) -> list[str]:
    """The groups with inputs that are large enough to be shown on the record."""
    stated = {line.input.stakeholder for line in lines}
    counted = account(state, state.at).dimensions
    rows = (row for dimension in counted if dimension.name == STAKEHOLDER.name for row in dimension.groups)
    return [row.group for row in rows if row.group in stated]


def _count(kind: InputKind | None, group: str, ends: list[LedgerLine]) -> OutcomeCount:
    outcomes = Counter(end.outcome.kind for end in ends)
    return OutcomeCount(kind, group, len(ends), {name: outcomes[name] for name in OUTCOMES if outcomes[name]})


def _taken_up(place: ReportPlace, lines: list[LedgerLine], shown: Iterable[str]) -> TakenUp:
    kinds, groups = Counter(line.input.kind for line in lines), {line.input.stakeholder for line in lines}
    listed = tuple(group for group in shown if group in groups)
    return TakenUp(place, len(lines), {kind: kinds[kind] for kind in KINDS if kinds[kind]}, listed)

"""The synthesis of a ledger: how many inputs of each kind, group and topic had which outcome, and for each sentence of
the report how many it takes up, of which kinds and from which groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from acquis import events as ev
from acquis.contributions.ledger import KINDS, OUTCOMES, InputKind, LedgerLine, OutcomeKind, ReportPlace
from acquis.state import State
from acquis.state.drafting import parts_of
from acquis.statistics.heard import shown_groups


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


class TopicCount(msgspec.Struct, frozen=True):
    """What was proposed on a topic, which is an item of the reference (`item`; empty: the inputs without one): how many
    inputs, of which kinds, with which final outcomes, and the stated groups that may be shown."""

    item: str
    inputs: int
    kinds: dict[InputKind, int]
    outcomes: dict[OutcomeKind, int]
    groups: tuple[str, ...] = ()


class Synthesis(msgspec.Struct, frozen=True):
    """The counts by kind, by stakeholder group and by topic, and what each sentence takes up, in the order of the
    report."""

    kinds: tuple[OutcomeCount, ...] = ()
    groups: tuple[OutcomeCount, ...] = ()
    sentences: tuple[TakenUp, ...] = ()
    topics: tuple[TopicCount, ...] = ()
    """The topics with the most inputs first, those without one last. An input with several topics is in each; no row if
    no input has one."""


def final(line: LedgerLine, lines: Mapping[int, LedgerLine]) -> LedgerLine:
    """The line of the input of which an input is part in the end; of one that was not merged its own."""
    seen = {line.input.entry}
    while line.outcome.kind == "merged" and line.outcome.into in lines and line.outcome.into not in seen:
        line = lines[line.outcome.into]
        seen.add(line.input.entry)
    return line


def synthesis(state: State, lines: Sequence[LedgerLine]) -> Synthesis:
    """The synthesis of the ledger of a session: only groups that are large enough for the record (`heard.account`), and
    under the Chatham House Rule no group beside a sentence or a topic."""
    known = {line.input.entry: line for line in lines}
    ends = [(line, final(line, known)) for line in lines]
    kinds = tuple(
        _count(kind, "", [end for line, end in ends if line.input.kind == kind])
        for kind in KINDS
        if any(line.input.kind == kind for line in lines)
    )
    shown = shown_groups(state, {line.input.stakeholder for line in lines})
    groups = tuple(
        _count(None, group, [end for line, end in ends if line.input.stakeholder == group]) for group in shown
    )
    group_names = () if state.settings.chatham else shown
    of: dict[ReportPlace, list[LedgerLine]] = {}
    for line, end in ends:
        for place in end.outcome.sentences:
            of.setdefault(place, []).append(line)
    sentences = tuple(_taken_up(place, of[place], group_names) for place in reported(state) if place in of)
    return Synthesis(kinds, groups, sentences, tuple(_topics(state, ends, group_names)))


def reported(state: State) -> dict[ReportPlace, ev.Sentence]:
    """The sentences of the newest report by their places, in its order."""
    report = parts_of(state.reports[-1].body) if state.reports else ()
    return {ReportPlace(part, n): sentence for part, listed in report for n, sentence in enumerate(listed, 1)}


def _topics(
    state: State, ends: Sequence[tuple[LedgerLine, LedgerLine]], shown: Collection[str]
) -> Iterator[TopicCount]:
    """The count of each topic: an input is about the items that were confirmed for it, and about those of the sentences
    that take it up."""
    said = reported(state)
    of: dict[str, list[tuple[LedgerLine, LedgerLine]]] = {}
    for line, end in ends:
        taken = (item for place in end.outcome.sentences for item in (said[place].about if place in said else ()))
        for item in dict.fromkeys((*state.about.get(line.input.entry, ()), *taken)) or ("",):
            of.setdefault(item, []).append((line, end))
    if of.keys() <= {""}:
        return
    for item in sorted(of, key=lambda item: (not item, -len(of[item]), item)):
        outcomes = Counter(end.outcome.kind for _, end in of[item])
        counts = {name: outcomes[name] for name in OUTCOMES if outcomes[name]}
        lines = [line for line, _ in of[item]]
        yield TopicCount(item, len(lines), _kinds(lines), counts, _stated(lines, shown))


def _count(kind: InputKind | None, group: str, ends: list[LedgerLine]) -> OutcomeCount:
    outcomes = Counter(end.outcome.kind for end in ends)
    return OutcomeCount(kind, group, len(ends), {name: outcomes[name] for name in OUTCOMES if outcomes[name]})


def _taken_up(place: ReportPlace, lines: list[LedgerLine], shown: Collection[str]) -> TakenUp:
    return TakenUp(place, len(lines), _kinds(lines), _stated(lines, shown))


def _kinds(lines: list[LedgerLine]) -> dict[InputKind, int]:
    kinds = Counter(line.input.kind for line in lines)
    return {kind: kinds[kind] for kind in KINDS if kinds[kind]}


def _stated(lines: list[LedgerLine], shown: Collection[str]) -> tuple[str, ...]:
    groups = {line.input.stakeholder for line in lines}
    return tuple(group for group in shown if group in groups)

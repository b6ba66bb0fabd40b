"""The ledger of inputs: every intervention, question, statement and written contribution with its outcome.

An input is taken up by the sentences of the report that cite it. Other outcomes are on the record or were stated by the
rapporteur, and a report gives one reason for all inputs that are left. Everything follows from the log, so it can be
computed again from the public one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from acquis import events as ev
from acquis.attributes import NOT_SAID, PublicAttributes
from acquis.state import Question, Report, State
from acquis.state.drafting import parts_of
from acquis.state.reading import (
    public_body,
    public_note,
    public_question,
    public_statement,
    public_text,
    seat_name,
    seat_of,
    speaker_of,
)
from acquis.text.caches import TextCache

InputKind = Literal["intervention", "question", "statement", "contribution"]
OutcomeKind = Literal[
    "taken_up", "merged", "answered", "answered_in_writing", "deferred", "not_used", "held_back", "withdrawn", "open"
]
KINDS: tuple[InputKind, ...] = ("intervention", "question", "statement", "contribution")
OUTCOMES: tuple[OutcomeKind, ...] = (
    "taken_up", "merged", "answered", "answered_in_writing", "deferred", "not_used", "held_back", "withdrawn", "open",
)  # fmt: skip


class Input(msgspec.Struct, frozen=True, gc=False):
    """A contribution: its main entry, all `entries` by which a sentence can cite it, its public text, its speaker or
    the organization for which it speaks, and the stated groups."""

    entry: int
    kind: InputKind
    entries: tuple[int, ...]
    text: str = ""
    who: str = ""
    stakeholder: str = ""
    region: str = ""
    lane: str = ""
    reviewed: bool = True
    """Whether it is public, or a moderator decided that it is not."""

    @property
    def has_only_captions(self) -> bool:
        """Whether its text would be a note or captions, and not words that somebody wrote."""
        return self.kind == "intervention"


class ReportPlace(msgspec.Struct, frozen=True, gc=False):
    """A sentence of a report: its part, and its number there, from 1."""

    part: str
    number: int


class InputOutcome(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The outcome of an input, and the `entry` that states it (0: the record itself). `sentences`: those that take it
    up. `into`: the input into which it was merged. `who`: who answered. `to`: where it was deferred. `reason`: why it
    was not used or was withheld, with the words of the rapporteur."""

    kind: OutcomeKind
    entry: int = 0
    sentences: tuple[ReportPlace, ...] = ()
    into: int = 0
    who: str = ""
    to: str = ""
    reason: str = ""
    words: str = ""


class LedgerLine(msgspec.Struct, frozen=True, gc=False):
    """An input with its outcome and earlier outcomes."""

    input: Input
    outcome: InputOutcome
    earlier: tuple[InputOutcome, ...] = ()


Citations: TypeAlias = Mapping[int, tuple[ReportPlace, ...]]


def ledger(state: State, coming: ev.ReportPublished | None = None) -> list[LedgerLine]:
    """The ledger of a session, in the order of the entries. `coming`: a report that is about to be published."""
    reports = list(state.reports)
    if coming is not None:
        reports.append(Report(state.seq + 1, state.at, len(reports) + 1, replace(coming, upto=state.seq)))
    cited = [(report, citations(report.body)) for report in reports]
    lines = [_line(state, made, cited) for made in inputs(state)]
    return sorted(lines, key=lambda line: line.input.entry)


def citations(report: ev.ReportPublished) -> Citations:
    """Entry -> the sentences of a report that cite it."""
    listed: dict[int, list[ReportPlace]] = {}
    for part, sentences in parts_of(report):
        for number, sentence in enumerate(sentences, 1):
            for entry in sentence.cites:
                listed.setdefault(entry, []).append(ReportPlace(part, number))
    return {entry: tuple(dict.fromkeys(places)) for entry, places in listed.items()}


def _line(state: State, made: Input, cited: list[tuple[Report, Citations]]) -> LedgerLine:
    """The line of an input: its outcomes in the order in which they were said, each once."""
    said: list[InputOutcome] = []
    own, stated = _on_record(state, made), None
    acts = dict(state.inputs.stated.get(made.entry, ()))
    reports = {report.seq: (report, of) for report, of in cited}
    places: tuple[ReportPlace, ...] = ()
    rest, version = "", 0
    for seq in sorted({*acts, *reports}):
        if seq in acts:
            stated = _stated(state.inputs.statements[seq], seq, acts[seq])
        else:
            (report, of), version = reports[seq], seq
            places = tuple(dict.fromkeys(place for entry in made.entries for place in of.get(entry, ())))
            rest = report.body.rest if made.entry <= report.body.upto else ""
        taken = InputOutcome("taken_up", version, sentences=places) if places else None
        reason = rest if made.reviewed else "not_reviewed"
        unused = InputOutcome("not_used", version, reason=reason) if rest else None
        now = taken or stated or own or unused or InputOutcome("open", seq)
        if not said or replace(said[-1], entry=0) != replace(now, entry=0):
            said.append(now)
    settled = own is not None and own.kind in ("held_back", "withdrawn")
    last = own if own is not None and (settled or not said) else said[-1] if said else InputOutcome("open")
    earlier = tuple(outcome for outcome in said if outcome is not last and outcome.kind != "open")
    return LedgerLine(made, last, earlier)


def _stated(event: ev.FatesStated, seq: int, into: int) -> InputOutcome:
    return InputOutcome(event.fate, seq, into=into, who=event.who, to=event.to, reason=event.reason, words=event.words)


def _on_record(state: State, made: Input) -> InputOutcome | None:
    """The outcome of an input on the record: withheld, withdrawn, merged or answered; None if there is none."""
    if (question := state.questions.get(made.entry)) is not None:
        return _of_question(state, question)
    thing = state.statements.get(made.entry) or state.contributions.get(made.entry)
    if thing is not None and thing.fate == "held_back":
        return InputOutcome("held_back", reason=thing.reason)
    return InputOutcome("withdrawn") if thing is not None and thing.fate == "withdrawn" else None


def _of_question(state: State, question: Question) -> InputOutcome | None:
    match question.fate:
        case "held_back":
            return InputOutcome("held_back", reason=question.reason)
        case "withdrawn":
            return InputOutcome("withdrawn")
        case "merged":
            return InputOutcome("merged", into=question.into)
        case "answered_live":
            return InputOutcome("answered", who=seat_name(state, question.to))
        case "answered_in_writing":
            return InputOutcome("answered_in_writing", entry=question.answer_entry)
    return None


def open_lines(lines: list[LedgerLine]) -> list[LedgerLine]:
    """The lines of inputs of which nothing is said yet."""
    return [line for line in lines if line.outcome.kind == "open"]


_counts: TextCache[object, int] = TextCache(16, None)
"""A state and the entries that a report cites -> how many inputs it leaves open."""


def open_inputs(state: State, coming: ev.ReportPublished) -> int:
    """How many inputs have no outcome when a report is published that gives no reason for the rest. In a large session
    the first call for a state has to be made in a thread, with a snapshot."""
    key = (state.order.identity, state.seq, frozenset(citations(coming)))
    return _counts.get(key, lambda: len(open_lines(ledger(state, coming))))


def input_entries(state: State) -> set[int]:
    """The main entries of the inputs."""
    return {made.entry for made in inputs(state)}


# --- the inputs --------------------------------------------------------------------------------------------------


def inputs(state: State) -> Iterator[Input]:
    """Every input, with what of it is public."""
    yield from _interventions(state)
    for question in state.questions.values():
        text = public_text(state, question.seq) if public_question(question) else ""
        reviewed = question.public or question.fate in ("held_back", "withdrawn")
        yield _input(state, question.seq, kind="question", text=text, groups=question.attributes, reviewed=reviewed)
    for seq, statement in state.statements.items():
        text = public_text(state, seq) if public_statement(statement) else ""
        yield _input(state, seq, kind="statement", text=text, reviewed=statement.fate != "proposed")
    for seq, written in state.contributions.items():
        text = public_text(state, seq)
        who, reviewed = public_body(state, seq), written.fate != "waiting"
        yield _input(state, seq, kind="contribution", text=text, who=who, groups=written.attributes, reviewed=reviewed)


def _interventions(state: State) -> Iterator[Input]:
    """Each turn with what was said in it, and what one speaker said in a row outside the turns."""
    within: dict[int, list[int]] = {}
    outside: list[int] = []
    for seq, line in state.speech.items():
        within.setdefault(line.turn, []).append(seq) if line.turn in state.turns else outside.append(seq)
    for turn in state.turns.values():
        if turn.was_taken:
            seqs = within.get(turn.seq, [])
            text = public_note(state, turn) or " ".join(filter(None, (state.speech[seq].text for seq in seqs)))
            seat = seat_of(state, turn.seat)
            who, groups = seat.name if seat else "", seat or turn.attributes
            yield _input(state, turn.seq, kind="intervention", text=text, more=tuple(seqs), who=who, groups=groups)
    for _, run in groupby(outside, key=lambda seq: (state.speech[seq].seat, state.speech[seq].speaker)):
        seqs = list(run)
        first = state.speech[seqs[0]]
        text = " ".join(filter(None, (state.speech[seq].text for seq in seqs)))
        seat = seat_of(state, first.seat)
        who, groups = speaker_of(state, first), seat or NOT_SAID
        yield _input(state, first.seq, kind="intervention", text=text, more=tuple(seqs[1:]), who=who, groups=groups)


def _input(
    state: State,
    entry: int,
    *,
    kind: InputKind,
    text: str,
    more: tuple[int, ...] = (),
    who: str = "",
    groups: PublicAttributes = NOT_SAID,
    reviewed: bool = True,
) -> Input:
    region = "" if state.settings.chatham else groups.region
    return Input(
        entry,
        kind,
        (entry, *more),
        text=text,
        who=who,
        stakeholder=groups.stakeholder,
        region=region,
        lane=groups.lane,
        reviewed=reviewed,
    )

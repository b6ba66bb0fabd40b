"""The messages of a session as data for pages, documents and `report.json`. Texts that are not public are empty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from acquis.i18n.dates import iso
from acquis.messages.standing import procedure_of, standing
from acquis.state import Message, Objection, ProposedAmendment, State
from acquis.state.counting import support, tally
from acquis.state.reading import shown_text
from acquis.statistics.summary import StatementAreas

Kinds: TypeAlias = dict[int, tuple[str, bool]]
"""Statement -> the area of agreement in which it is, and whether it is one of groups."""


class ProcedureLine(msgspec.Struct, frozen=True):
    """The procedure by which messages are agreed: its name, title and source, and the entry that chose it."""

    entry: int
    procedure: str
    title: str
    text: str
    source: str
    date: str
    status: str
    shared: bool = False
    """Whether it is that of the whole gathering."""

    @property
    def is_sourced(self) -> bool:
        """Whether it was read in its source."""
        return self.status == "sourced"


class WordingLine(msgspec.Struct, frozen=True):
    """A wording of a message: the entry and the time (ISO 8601, UTC) from which it was in force. `erratum`: its number;
    `amendment`: that of the amendment from which it comes; 0 for none."""

    entry: int
    since: str
    text: str
    why: str = ""
    erratum: int = 0
    amendment: int = 0


class ObjectionLine(msgspec.Struct, frozen=True):
    """An objection or a reservation. `name` and `party` only where the person wanted them to be shown."""

    entry: int
    reservation: bool
    withdrawn: bool
    text: str = ""
    name: str = ""
    party: str = ""


class AmendmentLine(msgspec.Struct, frozen=True):
    """An amendment: its number for the message, its outcome with the reason, and the number of its supporters."""

    entry: int
    number: int
    fate: str
    supporters: int
    text: str = ""
    why: str = ""
    settled: int = 0

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for its outcome."""
        return self.fate == "proposed"


class VoteLine(msgspec.Struct, frozen=True):
    """A vote on a message: the statement, the wording, the figures of everybody, and the area of agreement in which the
    statement is (`consensus`, `concern`, `divided`, `unclear`; empty: none). `by_group`: whether that is said of every
    group that is large enough to be shown."""

    statement: int
    open: bool
    text: str
    agree: int
    disagree: int
    passes: int
    area: str = ""
    by_group: bool = False


class MessageLine(msgspec.Struct, frozen=True):
    """A message: its state at the newest entry of the log (`fate`) with the reason, and its history. `until`: the end
    of the silence. `stated`: the entry in which the Chair stated the outcome; 0 if a rule decides or nothing is
    decided."""

    entry: int
    number: int
    part: str
    text: str
    fate: str
    why: str = ""
    stated: int = 0
    until: str = ""
    parties: tuple[str, ...] = ()
    wordings: tuple[WordingLine, ...] = ()
    objections: tuple[ObjectionLine, ...] = ()
    amendments: tuple[AmendmentLine, ...] = ()
    tests: tuple[VoteLine, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether no outcome and no silence was stated."""
        return self.fate == "open"

    @property
    def is_undecided(self) -> bool:
        """Whether an outcome can still be stated: it is open, or its silence was broken."""
        return self.fate in ("open", "broken")


def procedure_line(state: State) -> ProcedureLine | None:
    """The procedure of a session; None if none was chosen, or if it cannot be read."""
    procedure = procedure_of(state)
    if procedure is None or state.procedure is None:
        return None
    return ProcedureLine(
        state.procedure_entry,
        state.procedure.procedure,
        title=procedure.title,
        text=procedure.text,
        source=procedure.source,
        date=procedure.date,
        status=procedure.status,
        shared=state.procedure.shared,
    )


def message_lines(state: State, areas: StatementAreas | None, at: int = 0) -> list[MessageLine]:
    """All messages by number. `areas`: in which area each statement is; None: not known. `at`: the time at which they
    are looked at, by itself that of the newest entry."""
    named = ((kind, getattr(areas, kind)) for kind in areas.__struct_fields__) if areas else ()
    kinds = {area.statement: (kind, bool(area.least)) for kind, ranked in named for area in ranked}
    return [_line(state, message, kinds, at or state.at) for message in state.messages.values()]


def _line(state: State, message: Message, kinds: Kinds, at: int) -> MessageLine:
    now, silence = standing(state, message, at), message.silence
    outcome = message.outcome
    stated = outcome if outcome is not None and now.fate == outcome.outcome else None
    return MessageLine(
        message.seq,
        message.number,
        part=message.part,
        text=message.text,
        fate=now.fate,
        why=stated.why if stated else "",
        stated=stated.seq if stated else 0,
        until=iso(silence.ends_at) if silence else "",
        parties=silence.parties if silence else (),
        wordings=tuple(_wordings(state, message)),
        objections=objection_lines(state, message.seq),
        amendments=tuple(_amendment(state, amendment) for amendment in now.amendments),
        tests=tuple(_test(state, seq, kinds) for seq in message.tests if seq in state.statements),
    )


def _wordings(state: State, message: Message) -> Iterable[WordingLine]:
    for wording in message.wordings:
        amendment = state.amendments[wording.amendment].number if wording.amendment in state.amendments else 0
        yield WordingLine(
            wording.seq, iso(wording.at), wording.text, wording.why, erratum=wording.erratum, amendment=amendment
        )


def objection_lines(state: State, message: int) -> tuple[ObjectionLine, ...]:
    """The objections to a message and its reservations, also those that were withdrawn, in the order of the log."""
    made = (objection for objection in state.objections.values() if objection.message == message)
    return tuple(_objection(state, objection) for objection in made)


def _objection(state: State, objection: Objection) -> ObjectionLine:
    hidden = objection.seq in state.measures.withheld
    return ObjectionLine(
        objection.seq,
        objection.reservation,
        objection.withdrawn,
        text="" if hidden else objection.text,
        name="" if hidden else objection.name,
        party="" if hidden else objection.party,
    )


def _amendment(state: State, amendment: ProposedAmendment) -> AmendmentLine:
    return AmendmentLine(
        amendment.seq,
        amendment.number,
        amendment.fate,
        supporters=support(state, amendment.seq),
        text=shown_text(state, amendment),
        why=amendment.why,
        settled=amendment.settled,
    )


def _test(state: State, seq: int, kinds: Kinds) -> VoteLine:
    statement, votes = state.statements[seq], tally(state, seq)
    area, by_group = kinds.get(seq, ("", False))
    return VoteLine(
        seq,
        statement.is_open,
        statement.text,
        agree=votes.agree,
        disagree=votes.disagree,
        passes=votes.passes,
        area=area,
        by_group=by_group,
    )

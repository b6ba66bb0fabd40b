"""Effects of agreeing on messages."""

from __future__ import annotations

import msgspec

from acquis import events as ev
from acquis.attributes import attributes_of
from acquis.state.agreement import (
    HOUR_MS,
    Message,
    Objection,
    ProposedAmendment,
    Silence,
    StatedOutcome,
    Wording,
)
from acquis.state.amending import show
from acquis.state.model import State, effect


@effect(ev.ProcedureChosen)
def _(s: State, e: ev.ProcedureChosen, seq: int, at: int, by: str) -> None:
    s.procedure, s.procedure_entry, s.procedure_at = e, seq, at


@effect(ev.MessageProposed)
def _(s: State, e: ev.MessageProposed, seq: int, at: int, by: str) -> None:
    s.messages[seq] = Message(seq, at, len(s.messages) + 1, e.part, [Wording(seq, at, seq, e.text)])


@effect(ev.MessagePut)
def _(s: State, e: ev.MessagePut, seq: int, at: int, by: str) -> None:
    put(s, e.message, e.amendment, seq)


def put(s: State, message: int, amendment: int, seq: int) -> None:
    """Put a message before the room, from entry `seq` on, and let the stage show it; 0: none."""
    s.before_room = (message, amendment)
    if message and s.is_open:
        show(s, "message", seq)
    elif s.scene == "message":
        show(s, "questions", seq)


@effect(ev.MessageReworded)
def _(s: State, e: ev.MessageReworded, seq: int, at: int, by: str) -> None:
    _reword(s.messages.edit(e.message), Wording(seq, at, seq, e.text, why=e.why))


def _reword(message: Message, wording: Wording) -> None:
    """Bring a wording of a message, which may be changed, into force: after an outcome it is an erratum."""
    erratum = message.errata + 1 if message.outcomes else 0
    message.wordings.append(msgspec.structs.replace(wording, erratum=erratum))


@effect(ev.ObjectionMade)
def _(s: State, e: ev.ObjectionMade, seq: int, at: int, by: str) -> None:
    if e.replaces:
        s.objections.edit(e.replaces).withdrawn = True
    message = s.messages[e.message]
    s.objections[seq] = Objection(
        seq,
        at,
        message.seq,
        by,
        reservation=e.reservation,
        breaks=e.breaks,
        text=e.text,
        name=e.name,
        party=e.party,
        voice=e.voice,
    )
    if e.unread:
        s.measures.withheld[seq] = ""


@effect(ev.ObjectionWithdrawn)
def _(s: State, e: ev.ObjectionWithdrawn, seq: int, at: int, by: str) -> None:
    s.objections.edit(e.objection).withdrawn = True


@effect(ev.AmendmentProposed)
def _(s: State, e: ev.AmendmentProposed, seq: int, at: int, by: str) -> None:
    message = s.messages[e.message]
    number = sum(other.message == e.message for other in s.amendments.values()) + 1
    base = message.wordings[-1].seq
    s.amendments[seq] = ProposedAmendment(
        seq, at, message.seq, by, number=number, text=e.text, base=base, attributes=attributes_of(e)
    )
    if e.unread:
        s.measures.withheld[seq] = ""


@effect(ev.AmendmentWithdrawn)
def _(s: State, e: ev.AmendmentWithdrawn, seq: int, at: int, by: str) -> None:
    amendment = s.amendments.edit(e.amendment)
    amendment.fate = "withdrawn"
    _settle(s, amendment, seq)


@effect(ev.AmendmentSettled)
def _(s: State, e: ev.AmendmentSettled, seq: int, at: int, by: str) -> None:
    amendment = s.amendments.edit(e.amendment)
    amendment.fate, amendment.why = "incorporated" if e.accepted else "not_incorporated", e.why
    _settle(s, amendment, seq)
    if e.accepted:
        s.measures.withheld.pop(amendment.seq, None)  # what is in force is public
        wording = Wording(seq, at, amendment.seq, amendment.text, why=e.why, amendment=amendment.seq)
        _reword(s.messages.edit(amendment.message), wording)


def _settle(s: State, amendment: ProposedAmendment, seq: int) -> None:
    """Note the entry that settled an amendment, which may be changed; the message stays before the room without it."""
    amendment.settled = seq
    if s.before_room == (amendment.message, amendment.seq):
        s.before_room = (amendment.message, 0)


@effect(ev.OutcomeStated)
def _(s: State, e: ev.OutcomeStated, seq: int, at: int, by: str) -> None:
    s.messages.edit(e.message).outcomes.append(StatedOutcome(seq, at, e.outcome, e.why))


@effect(ev.SilenceBegun)
def _(s: State, e: ev.SilenceBegun, seq: int, at: int, by: str) -> None:
    parties = tuple(filter(None, map(str.strip, e.parties.split("\n"))))
    s.messages.edit(e.message).silences.append(Silence(seq, at, at + e.hours * HOUR_MS, parties))


def unmessage(s: State, entry: int) -> None:
    """Remove the texts of an erased entry from the messages."""
    if s.procedure is not None and s.procedure_entry == entry:
        s.procedure = ev.ProcedureChosen(s.procedure.procedure, shared=s.procedure.shared)
    if entry in s.objections:
        objection = s.objections.edit(entry)
        objection.text = objection.name = objection.party = ""
    if entry in s.amendments:
        s.amendments.edit(entry).text = ""
    for amendment in s.amendments.values():
        if amendment.settled == entry:
            s.amendments.edit(amendment.seq).why = ""
    for seq in s.messages:
        message = s.messages.edit(seq)
        message.wordings = [_without(wording, entry) for wording in message.wordings]
        message.outcomes = [
            StatedOutcome(of.seq, of.at, of.outcome) if of.seq == entry else of for of in message.outcomes
        ]
        message.silences = [
            Silence(of.seq, of.at, of.ends_at, ()) if of.seq == entry else of for of in message.silences
        ]


def _without(wording: Wording, entry: int) -> Wording:
    """A wording without the texts that an erased entry contained."""
    text = "" if wording.of == entry else wording.text
    why = "" if wording.seq == entry else wording.why
    return msgspec.structs.replace(wording, text=text, why=why)

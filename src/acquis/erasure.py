"""The command that erases personal text, and what belongs to a text or to a person in a log. The erasure is recorded,
and the chain remains valid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Self

import msgspec

from acquis import events as ev
from acquis.command import HOSTS, Actor, Command, Refused, Text
from acquis.state import State
from acquis.text.mention import masked_by_name, mentions_name

REASON_LIMIT = 200

Row = tuple[int, int, str, bytes]
"""seq, at, by, body."""


class EraseText(Command, frozen=True, gc=False):
    """Erase the texts of an entry (a question, a statement, an answer, a note), on somebody's request. What was asked,
    when, and what became of it stays. `rest` is filled in by the session: the digest of what is left of the entry."""

    roles: ClassVar = HOSTS
    refusals: ClassVar = ("no_such_entry", "nothing_to_erase")
    entry: int
    reason: Annotated[str, Text(REASON_LIMIT)]
    rest: str = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if not 1 <= self.entry <= state.seq:
            raise Refused("no_such_entry", entry=self.entry).at("entry")
        if self.entry in state.erased:
            return None
        if not self.rest:
            raise Refused("nothing_to_erase", entry=self.entry).at("entry")
        return ev.TextErased(self.entry, self.rest, self.reason)

    def erases(self) -> int:
        return self.entry

    def with_rest(self, digest: str) -> Self:
        return msgspec.structs.replace(self, rest=digest)


class WrittenText(msgspec.Struct, frozen=True, gc=False):
    """The texts of an entry, joined, and who wrote it (the id of a person, or empty)."""

    entry: int
    text: str
    by: str = ""


def wordings(rows: Iterable[Row], entry: int) -> list[WrittenText]:
    """The texts of an entry and of the entries that hold other wordings of the same: corrections of a line, versions of
    a sentence, a note, an answer or a statement. Empty if the entry has no text. Erased texts are left out."""
    subjects: dict[int, object] = {}
    written: dict[int, WrittenText] = {}
    for seq, event, text in _texts(rows):
        subjects[seq] = _subject(seq, event, subjects)
        written[seq] = text
    if entry not in written:
        return []
    return [text for seq, text in written.items() if subjects[seq] == subjects[entry] and text.text]


def _subject(seq: int, event: ev.Event, known: dict[int, object]) -> object:
    """What a text is a wording of."""
    match event:
        case ev.SpeechCorrected():
            return known.get(event.line, seq)
        case ev.StatementProposed() | ev.StatementSeeded():
            return known.get(getattr(event, "message", 0) or event.replaces, seq)
        case ev.MessageReworded():
            return known.get(event.message, seq)
        case ev.SentenceDrafted():
            return known.get(int(event.sentence), seq) if event.sentence.isdecimal() else seq
        case ev.TurnNoted():
            return "note", event.turn
        case ev.TurnCommented():
            return "comment", event.turn
        case ev.AnswerWritten():
            return "answer", event.question
    return seq


def _texts(rows: Iterable[Row]) -> Iterator[tuple[int, ev.Event, WrittenText]]:
    """The entries whose events have texts."""
    for seq, _, by, body in rows:
        event = ev.from_body(body)
        if event.texts and not isinstance(event, ev.TextMasked):
            text = " · ".join(getattr(event, name) for name in event.texts if getattr(event, name))
            yield seq, event, WrittenText(seq, text, by)


OWN = (
    *(ev.QuestionAsked, ev.ContributionWritten, ev.StatementProposed, ev.HandRaised),
    *(ev.TurnCommented, ev.SpeechCorrected, ev.AnswerWritten, ev.ObjectionMade, ev.AmendmentProposed),
)
"""The events by which participants write something themselves; a question with an origin and a contribution with a
source are another's."""


class Traces(msgspec.Struct, frozen=True):
    """What a log holds of a person: the texts that the person wrote, and those of others that mention the name."""

    own: tuple[WrittenText, ...] = ()
    mentions: tuple[WrittenText, ...] = ()


def traces(rows: Iterable[Row], person: str, name: str, ruled: bool) -> Traces:
    """What a log holds of a person, apart from texts that were erased. ruled: under the Chatham House Rule, in which
    every word of a name counts as the name, as it is masked. Otherwise the whole name counts, in either order."""
    own: list[WrittenText] = []
    mentions: list[WrittenText] = []
    mentioned = masked_by_name(name) if ruled else mentions_name(name)
    for _, event, text in _texts(rows):
        wrote = text.by == person and isinstance(event, OWN) and not _is_entered(event)
        signed = isinstance(event, ev.CallAnswered) and event.signer == person
        if text.text and (wrote or signed):
            own.append(text)
        elif text.text and mentioned(text.text):
            mentions.append(text)
    return Traces(tuple(own), tuple(mentions))


def _is_entered(event: ev.Event) -> bool:
    """Whether the text of an event is that of somebody who did not enter it."""
    return bool(getattr(event, "origin", "") or getattr(event, "source", ""))


COMMANDS = (EraseText,)

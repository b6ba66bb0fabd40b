"""What live screens show of messages: the message before the room, and the objections and reservations to each."""

from __future__ import annotations

import zlib

import msgspec

from acquis.documents.messages import FATES, standing_sentence
from acquis.i18n import say
from acquis.messages.lines import ObjectionLine, objection_lines
from acquis.messages.standing import MessageStanding, standing
from acquis.state import Message, ProposedAmendment, State
from acquis.state.reading import shown_text
from acquis.text.differences import Piece, word_by_word
from acquis.web.words.parts import parts_of

LISTED = 30
"""The most objections and reservations that a live screen lists, newest first."""


class BeforeRoom(msgspec.Struct, frozen=True):
    """The message before the room and its state, with the amendment that is discussed with it: its difference from the
    wording in force (empty without one), and the number of open amendments. `vote`: the statement of the open vote on
    the message; 0 if there is none."""

    message: Message
    amendment: ProposedAmendment | None
    pieces: tuple[Piece, ...]
    standing: MessageStanding
    open: int
    vote: int


def before_room(state: State, at: int) -> BeforeRoom | None:
    """The message that is before the room at a time; None if there is none, and after the session."""
    message, amendment = state.messages.get(state.before_room[0]), state.amendments.get(state.before_room[1])
    if message is None or state.is_over:
        return None
    now = standing(state, message, at)
    return BeforeRoom(
        message,
        amendment,
        difference(message, amendment, shown_text(state, amendment)) if amendment else (),
        now,
        open=sum(other.is_proposed for other in now.amendments),
        vote=0 if now.is_over else next((seq for seq in message.tests if state.statements[seq].is_open), 0),
    )


def difference(message: Message, amendment: ProposedAmendment, text: str) -> tuple[Piece, ...]:
    """The difference between the wording in force (for a settled amendment, the wording for which it was proposed) and
    the text of the amendment; empty if the reader may not see the text."""
    based = next((wording.text for wording in message.wordings if wording.seq == amendment.base), message.text)
    return word_by_word(message.text if amendment.is_proposed else based, text) if text else ()


def parts(put: BeforeRoom, erased: str) -> list[tuple[Piece, ...]]:
    """The text before the room, divided into parts for the room screen. `erased`: the words in place of an erased
    text."""
    return parts_of(put.pieces or (Piece(put.message.text or erased, "same"),))


def part_shown(state: State, count: int) -> int:
    """The number of the part that the room screen shows, from 1. `count`: the number of parts."""
    return min(max(state.scene_part, 1), count)


def outcome(put: BeforeRoom, language: str) -> str:
    """The outcome of the message before the room; empty while it is open."""
    return "" if put.standing.fate == "open" else say(language, FATES[put.standing.fate])


def listed(state: State, message: int) -> list[ObjectionLine]:
    """The objections and reservations to a message that are not withdrawn and have words or a name, at most
    `LISTED`."""
    made = objection_lines(state, message)
    return [line for line in made if not line.withdrawn and (line.text or line.name or line.party)][-LISTED:]


def counted(state: State, message: int, language: str) -> str:
    """The numbers of objections and reservations to a message that are not withdrawn; empty if there are none."""
    return standing_sentence(objection_lines(state, message), language)


def signature(state: State) -> str:
    """A short text that changes when the page of messages changes outside of its regions: with each amendment, each
    decision of a moderator on a text, and the beginning and end of a vote. Empty without messages."""
    if not state.messages:
        return ""
    withheld = state.measures.withheld
    amendments = [(made.seq, made.fate, withheld.get(made.seq)) for made in state.amendments.values()]
    reviewed = [
        (seq, withheld.get(seq)) for seq, made in state.objections.items() if made.text and withheld.get(seq) != ""
    ]
    votes = [(seq, state.statements[seq].is_open) for made in state.messages.values() for seq in made.tests]
    shown = (amendments, reviewed if state.settings.moderated else [], votes)
    return format(zlib.crc32(repr(shown).encode()), "x")

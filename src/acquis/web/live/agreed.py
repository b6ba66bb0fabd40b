"""What live screens show of messages: the one that is before the room, and what stands against each."""

from __future__ import annotations

import zlib

import msgspec

from acquis.documents.messages import FATES, standing_sentence
from acquis.i18n import say
from acquis.messages.lines import ObjectionLine, objection_lines
from acquis.messages.standing import StandingOf, standing
from acquis.state import Message, ProposedAmendment, State
from acquis.state.reading import shown_text
from acquis.text.differences import Piece, word_by_word
from acquis.web.words.parts import parts_of

LISTED = 30
"""The most objections and reservations with words or a name to list on a live screen, the newest of them."""


class BeforeRoom(msgspec.Struct, frozen=True):
    """The message before the room and how it stands, with the amendment that is put with it: the difference that it
    makes (empty without one), and how many amendments are open. `vote`: the statement by which the message is put to
    the vote now; 0: none."""

    message: Message
    amendment: ProposedAmendment | None
    pieces: tuple[Piece, ...]
    standing: StandingOf
    open: int
    vote: int


def before_room(state: State, at: int) -> BeforeRoom | None:
    """The message that is before the room at a time; None if there is none."""
    message, amendment = state.messages.get(state.before_room[0]), state.amendments.get(state.before_room[1])
    if message is None:
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
    """The difference between the wording in force, or for a settled amendment the one for which it was proposed, and
    the text of the amendment as it may be read; empty if it may not."""
    based = next((wording.text for wording in message.wordings if wording.seq == amendment.base), message.text)
    return word_by_word(message.text if amendment.is_proposed else based, text) if text else ()


def parts(put: BeforeRoom, erased: str) -> list[tuple[Piece, ...]]:
    """The text before the room in parts for the room screen; `erased` stands for one that was erased."""
    return parts_of(put.pieces or (Piece(put.message.text or erased, "same"),))


def part_shown(state: State, count: int) -> int:
    """The part of so many that the room screen shows, from 1."""
    return min(max(state.scene_part, 1), count)


def outcome(put: BeforeRoom, language: str) -> str:
    """What became of the message before the room; empty while it is open."""
    return "" if put.standing.fate == "open" else say(language, FATES[put.standing.fate])


def listed(state: State, message: int) -> list[ObjectionLine]:
    """The objections and reservations that stand and have words or a name, as many as a live screen lists."""
    made = objection_lines(state, message)
    return [line for line in made if not line.withdrawn and (line.text or line.name or line.party)][-LISTED:]


def counted(state: State, message: int, language: str) -> str:
    """How many objections and reservations stand against a message; empty if none does."""
    return standing_sentence(objection_lines(state, message), language)


def signature(state: State) -> str:
    """A short text that changes when the page of messages changes in more than its regions: with each amendment, with
    what a moderator decides on a text, and with the beginning and the end of a vote. Empty without messages."""
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

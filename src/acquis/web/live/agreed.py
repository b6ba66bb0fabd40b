"""What live screens show of the message that is before the room."""

from __future__ import annotations

import msgspec

from acquis.messages.standing import amendments_to, objections_to
from acquis.state import Message, ProposedAmendment, State
from acquis.state.reading import shown_text
from acquis.text.differences import Piece, word_by_word


class BeforeRoom(msgspec.Struct, frozen=True):
    """The message before the room, with the amendment that is put with it: its text, the difference between the two
    (empty without an amendment), and how many objections, reservations and open amendments there are."""

    message: Message
    amendment: ProposedAmendment | None
    pieces: tuple[Piece, ...]
    objections: int
    reservations: int
    open: int


def before_room(state: State) -> BeforeRoom | None:
    """The message that is before the room; None if there is none."""
    message, amendment = state.messages.get(state.before_room[0]), state.amendments.get(state.before_room[1])
    if message is None:
        return None
    standing = objections_to(state, message.seq)
    reservations = sum(objection.reservation for objection in standing)
    return BeforeRoom(
        message,
        amendment,
        difference(state, message, amendment) if amendment else (),
        objections=len(standing) - reservations,
        reservations=reservations,
        open=sum(other.is_proposed for other in amendments_to(state, message.seq)),
    )


def difference(state: State, message: Message, amendment: ProposedAmendment) -> tuple[Piece, ...]:
    """The difference between the wording in force, or for a settled amendment the one for which it was proposed, and
    the amendment; empty if its text is not public."""
    text = shown_text(state, amendment)
    based = next((wording.text for wording in message.wordings if wording.seq == amendment.base), message.text)
    return word_by_word(message.text if amendment.is_proposed else based, text) if text else ()

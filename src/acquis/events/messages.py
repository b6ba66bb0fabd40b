"""Events of agreeing on messages: the procedure, the wordings, objections, amendments, and what became of each."""

from __future__ import annotations

from typing import ClassVar

from acquis.attributes import Attributes
from acquis.events.base import TEAM, UNDO_S, UNLESS_HELD_BACK, Event, MessageOutcome, MessagePart, Refreshes, SeenBy


class ProcedureChosen(Event, frozen=True, gc=False, omit_defaults=True):
    """The procedure by which messages are agreed was chosen: its name, or "own", and the text of its file (YAML), so
    that the record says itself what was in force. `shared`: it is that of the whole gathering."""

    texts: ClassVar[tuple[str, ...]] = ("text",)
    procedure: str
    text: str = ""
    shared: bool = False


class MessageProposed(Event, frozen=True, gc=False, omit_defaults=True):
    """A message was proposed, in its first wording: a key takeaway or a call to action."""

    undo_s: ClassVar = UNDO_S
    texts: ClassVar[tuple[str, ...]] = ("text",)
    part: MessagePart
    text: str = ""


class MessagePut(Event, frozen=True, gc=False, omit_defaults=True):
    """A message was put before the room, with an amendment or without (0). `message` 0: none is before the room."""

    undo_s: ClassVar = UNDO_S
    message: int = 0
    amendment: int = 0


class MessageReworded(Event, frozen=True, gc=False, omit_defaults=True):
    """A message has another wording. After its outcome was stated, it is an erratum, with the next number."""

    undo_s: ClassVar = UNDO_S
    texts: ClassVar[tuple[str, ...]] = ("text", "why")
    message: int
    text: str = ""
    why: str = ""


class ObjectionMade(Event, frozen=True, gc=False, omit_defaults=True):
    """Somebody objected to a message or, with `reservation`, can live with it and has one. It may replace an own one:
    with a name one with a name, without a name one without. `name`: of whoever wants to be named. Without a name and a
    party the entry carries nobody's id, and `voice`, which the public log never shows, says whose it is. `breaks`:
    whether it was made for a party (`party`) to a silence procedure, so that it breaks the silence whatever becomes of
    its texts. `unread`: moderators read its text first."""

    refreshes: ClassVar[Refreshes] = TEAM
    seen_by: ClassVar[SeenBy] = UNLESS_HELD_BACK
    secret: ClassVar[tuple[str, ...]] = ("voice",)
    texts: ClassVar[tuple[str, ...]] = ("text", "name", "party")
    message: int
    reservation: bool = False
    breaks: bool = False
    unread: bool = False
    replaces: int = 0
    text: str = ""
    name: str = ""
    party: str = ""
    voice: str = ""


class ObjectionWithdrawn(Event, frozen=True, gc=False, omit_defaults=True):
    """An objection or a reservation was withdrawn by whoever made it. The entry carries nobody's id."""

    refreshes: ClassVar[Refreshes] = TEAM
    objection: int


class AmendmentProposed(Event, Attributes, frozen=True, gc=False, omit_defaults=True):
    """Somebody proposed another wording of a message; the amendments of a message are numbered from 1. `unread`:
    moderators read its text first."""

    refreshes: ClassVar[Refreshes] = TEAM
    seen_by: ClassVar[SeenBy] = UNLESS_HELD_BACK
    texts: ClassVar[tuple[str, ...]] = ("text",)
    message: int
    text: str = ""
    unread: bool = False


class AmendmentWithdrawn(Event, frozen=True, gc=False, omit_defaults=True):
    """An amendment was withdrawn by whoever proposed it."""

    refreshes: ClassVar[Refreshes] = TEAM
    amendment: int


class AmendmentSettled(Event, frozen=True, gc=False, omit_defaults=True):
    """An amendment was accepted, so that its text is the wording of the message, or not."""

    undo_s: ClassVar = UNDO_S
    texts: ClassVar[tuple[str, ...]] = ("why",)
    amendment: int
    accepted: bool
    why: str = ""


class OutcomeStated(Event, frozen=True, gc=False, omit_defaults=True):
    """The Chair stated what became of a message. A later outcome replaces it; both stay on the record."""

    undo_s: ClassVar = UNDO_S
    texts: ClassVar[tuple[str, ...]] = ("why",)
    message: int
    outcome: MessageOutcome
    why: str = ""


class SilenceBegun(Event, frozen=True, gc=False, omit_defaults=True):
    """A message was circulated under a silence procedure: it is adopted unless a party objects within so many hours.
    `parties`: their names, one a line."""

    undo_s: ClassVar = UNDO_S
    texts: ClassVar[tuple[str, ...]] = ("parties",)
    message: int
    hours: int
    parties: str = ""

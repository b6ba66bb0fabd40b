"""Statements and the votes on them."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import ONCE_APPROVED, Choice, Event, HeldBackReason, SeenBy


class StatementProposed(Event, frozen=True, gc=False, omit_defaults=True):
    """A participant proposed a short claim to vote on."""

    seen_by: ClassVar[SeenBy] = ONCE_APPROVED
    texts: ClassVar[tuple[str, ...]] = ("text",)
    text: str


class StatementSeeded(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator put a claim up; it is open for votes at once."""

    texts: ClassVar[tuple[str, ...]] = ("text",)
    text: str


class StatementOpened(Event, frozen=True, gc=False, omit_defaults=True):
    """A statement is open for votes (for the first time or again)."""

    statement: int


class StatementHeldBack(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator held a proposed statement back; the class of the reason is public."""

    statement: int
    reason: HeldBackReason


class StatementClosed(Event, frozen=True, gc=False, omit_defaults=True):
    """No more votes on this statement; what was cast stays."""

    statement: int


class VoteCast(Event, frozen=True, gc=False, omit_defaults=True):
    """A voice voted on a statement; its last vote counts."""

    statement: int
    choice: Choice

"""Events of statements and votes."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import ONCE_APPROVED, REGIONS, TEAM, UNDO_S, Choice, Event, HeldBackReason, Refreshes, SeenBy


class StatementProposed(Event, frozen=True, gc=False, omit_defaults=True):
    """A participant proposed a statement to vote on. It may replace an own one without votes, which is then withdrawn:
    so an author corrects a slip."""

    refreshes: ClassVar[Refreshes] = TEAM
    seen_by: ClassVar[SeenBy] = ONCE_APPROVED
    texts: ClassVar[tuple[str, ...]] = ("text",)
    text: str = ""
    replaces: int = 0


class StatementSeeded(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator added a statement; it is open for votes at once. It may replace one without votes. `message`: the one
    that is put to the vote with it, in its wording; 0: none."""

    refreshes: ClassVar[Refreshes] = TEAM
    seen_by: ClassVar[SeenBy] = ONCE_APPROVED
    texts: ClassVar[tuple[str, ...]] = ("text",)
    undo_s: ClassVar = UNDO_S
    text: str = ""
    replaces: int = 0
    message: int = 0


class StatementWithdrawn(Event, frozen=True, gc=False, omit_defaults=True):
    """The author withdrew a statement on which nobody had voted."""

    refreshes: ClassVar[Refreshes] = TEAM
    statement: int


class StatementOpened(Event, frozen=True, gc=False, omit_defaults=True):
    """A statement was opened for votes, for the first time or again. One that was held back after it was closed is
    public again, and stays closed."""

    undo_s: ClassVar = UNDO_S
    statement: int


class StatementHeldBack(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator held a statement back, whatever its state; the kind of the reason is public. Its votes do not count
    while it is held back."""

    undo_s: ClassVar = UNDO_S
    statement: int
    reason: HeldBackReason


class StatementClosed(Event, frozen=True, gc=False, omit_defaults=True):
    """A statement was closed for votes; the votes that were cast remain."""

    undo_s: ClassVar = UNDO_S
    statement: int


class VoteCast(Event, frozen=True, gc=False, omit_defaults=True):
    """A voice voted on a statement; its latest vote counts."""

    seals: ClassVar[bool] = True
    refreshes: ClassVar[Refreshes] = REGIONS
    statement: int
    choice: Choice


class VoteWithdrawn(Event, frozen=True, gc=False, omit_defaults=True):
    """A voice took its vote back: it has not voted on the statement."""

    seals: ClassVar[bool] = True
    refreshes: ClassVar[Refreshes] = REGIONS
    statement: int

"""Events of written contributions: texts that people or organizations send before, during or after a session."""

from __future__ import annotations

from typing import ClassVar

from acquis.attributes import Attributes
from acquis.events.base import ONCE_APPROVED, TEAM, Event, HeldBackReason, Refreshes, SeenBy


class ContributionsInvited(Event, frozen=True, gc=False, omit_defaults=True):
    """Written contributions are accepted until a moment (ms since 1970). 0: no more are accepted."""

    until: int = 0


class ContributionWritten(Event, Attributes, frozen=True, gc=False, omit_defaults=True):
    """A written contribution. With a `source` it came in another way and was entered by the team: its author is who
    entered it, and it is public at once."""

    refreshes: ClassVar[Refreshes] = TEAM
    seen_by: ClassVar[SeenBy] = ONCE_APPROVED
    texts: ClassVar[tuple[str, ...]] = ("text", "on_behalf_of")
    text: str = ""
    on_behalf_of: str = ""
    """The organization or the people for whom it speaks, as its author writes it; empty: the author."""
    language: str = ""
    """The language of the text (BCP 47); empty: not said."""
    source: str = ""
    """The file and the row in it from which it was entered; empty: it was written here."""


class ContributionApproved(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator let a written contribution through to everybody."""

    refreshes: ClassVar[Refreshes] = TEAM
    contribution: int


class ContributionHeldBack(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator held a written contribution back; the kind of the reason is public, the text is not."""

    refreshes: ClassVar[Refreshes] = TEAM
    contribution: int
    reason: HeldBackReason


class ContributionWithdrawn(Event, frozen=True, gc=False, omit_defaults=True):
    """The author withdrew a written contribution."""

    refreshes: ClassVar[Refreshes] = TEAM
    contribution: int

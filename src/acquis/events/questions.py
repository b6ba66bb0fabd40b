"""Events of written questions, their support and their answers."""

from __future__ import annotations

from typing import ClassVar

from acquis.attributes import Attributes
from acquis.events.base import (
    ONCE_APPROVED,
    REGIONS,
    TEAM,
    UNDO_S,
    UNLESS_HELD_BACK,
    Event,
    HeldBackReason,
    Refreshes,
    SeenBy,
)


class QuestionAsked(Event, Attributes, frozen=True, gc=False, omit_defaults=True):
    """A written question was asked, to the panel or to one speaker (numbered from 1). The entry of an anonymous
    question has no id, no lane and no group. With an `origin` it was asked in a meeting program, and its author is who
    entered it."""

    refreshes: ClassVar[Refreshes] = TEAM
    seen_by: ClassVar[SeenBy] = ONCE_APPROVED
    texts: ClassVar[tuple[str, ...]] = ("text",)
    identifies: ClassVar[tuple[str, ...]] = ("to",)
    text: str = ""
    to: int = 0
    origin: str = ""
    """The meeting program in which it was asked; empty: here."""
    votes: int = 0
    """How many people voted for it there."""
    answered: bool = False
    """Whether it was answered in the meeting."""


class QuestionApproved(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator approved the question, so that it is public. One that was held back is again what it was before."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    question: int


class QuestionHeldBack(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator held the question back, whatever had become of it; the kind of the reason is public, the text is
    not."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    question: int
    reason: HeldBackReason


class QuestionWithdrawn(Event, frozen=True, gc=False, omit_defaults=True):
    """The person who asked withdrew the question."""

    refreshes: ClassVar[Refreshes] = TEAM
    question: int


class QuestionSupported(Event, frozen=True, gc=False, omit_defaults=True):
    """A voice supported a question or an amendment of a message. Which voice is the author of the entry."""

    seals: ClassVar[bool] = True
    refreshes: ClassVar[Refreshes] = REGIONS
    question: int = 0
    amendment: int = 0


class SupportWithdrawn(Event, frozen=True, gc=False, omit_defaults=True):
    """A voice withdrew its support of a question, also where it had come with a merged question, or of an amendment."""

    seals: ClassVar[bool] = True
    refreshes: ClassVar[Refreshes] = REGIONS
    question: int = 0
    amendment: int = 0


class QuestionMerged(Event, frozen=True, gc=False, omit_defaults=True):
    """`question` was merged into `into`, which gets the supporters of both."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    question: int
    into: int


class QuestionSplit(Event, frozen=True, gc=False, omit_defaults=True):
    """A merged question became a question of its own again, with the supporters that it had."""

    undo_s: ClassVar = UNDO_S
    question: int


class QuestionAssigned(Event, frozen=True, gc=False, omit_defaults=True):
    """The question was assigned to a speaker (numbered from 1; 0 is the whole panel)."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    identifies: ClassVar[tuple[str, ...]] = ("seat",)
    question: int
    seat: int = 0


class QuestionPut(Event, frozen=True, gc=False, omit_defaults=True):
    """A question was put to the panel, which answers it now."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    question: int


class QuestionAnswered(Event, frozen=True, gc=False, omit_defaults=True):
    """A question was answered by the panel in the session."""

    refreshes: ClassVar[Refreshes] = TEAM
    undo_s: ClassVar = UNDO_S
    question: int


class QuestionReopened(Event, frozen=True, gc=False, omit_defaults=True):
    """A question that was put to the floor or answered waits for an answer again."""

    undo_s: ClassVar = UNDO_S
    question: int


class AnswerWritten(Event, frozen=True, gc=False, omit_defaults=True):
    """A written answer was given, during the session or after it. It is held back with its question."""

    refreshes: ClassVar[Refreshes] = TEAM
    seen_by: ClassVar[SeenBy] = UNLESS_HELD_BACK
    texts: ClassVar[tuple[str, ...]] = ("text",)
    question: int
    text: str = ""

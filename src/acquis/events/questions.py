"""Questions in writing, their support, and their answers."""

from __future__ import annotations

from typing import ClassVar

from acquis.attributes import Attributes
from acquis.events.base import ONCE_APPROVED, Event, HeldBackReason, SeenBy


class QuestionAsked(Event, Attributes, frozen=True, gc=False, omit_defaults=True):
    """A question in writing, to the panel or to one speaker (numbered from 1). Asked without a name, its entry carries
    nobody's id, no lane and no group."""

    seen_by: ClassVar[SeenBy] = ONCE_APPROVED
    texts: ClassVar[tuple[str, ...]] = ("text",)
    text: str
    to: int = 0


class QuestionApproved(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator let the question through to everybody."""

    question: int


class QuestionHeldBack(Event, frozen=True, gc=False, omit_defaults=True):
    """A moderator held the question back; the class of the reason is public, the text is not."""

    question: int
    reason: HeldBackReason


class QuestionWithdrawn(Event, frozen=True, gc=False, omit_defaults=True):
    """Whoever asked took the question back."""

    question: int


class QuestionSupported(Event, frozen=True, gc=False, omit_defaults=True):
    """A voice wants this question answered too."""

    question: int


class SupportWithdrawn(Event, frozen=True, gc=False, omit_defaults=True):
    """A voice took its support back."""

    question: int


class QuestionMerged(Event, frozen=True, gc=False, omit_defaults=True):
    """Two questions ask the same: `question` lives on in `into`, which gets the union of both supports."""

    question: int
    into: int


class QuestionAssigned(Event, frozen=True, gc=False, omit_defaults=True):
    """The question goes to a speaker (numbered from 1; 0 is the whole panel)."""

    question: int
    seat: int


class QuestionPut(Event, frozen=True, gc=False, omit_defaults=True):
    """The question was read out: it is on the floor."""

    question: int


class QuestionAnswered(Event, frozen=True, gc=False, omit_defaults=True):
    """The question was answered live."""

    question: int


class AnswerWritten(Event, frozen=True, gc=False, omit_defaults=True):
    """An answer in writing, during the session or after it."""

    texts: ClassVar[tuple[str, ...]] = ("text",)
    question: int
    text: str

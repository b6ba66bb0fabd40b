"""Events of reports of meeting programs (Zoom, Teams, Slido and others) that were taken in. A question that was asked
in such a program is a `QuestionAsked` with its origin."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import TEAM, Event, Refreshes


class PollResultEntered(Event, frozen=True, gc=False, omit_defaults=True):
    """The result of a poll that was held in a meeting program. It contains no ballots, and nothing here was voted on.
    A later result of the same question in the same program replaces it."""

    refreshes: ClassVar[Refreshes] = TEAM
    texts: ClassVar[tuple[str, ...]] = ("question", "options")
    origin: str
    people: int
    """How many people answered."""
    counts: tuple[int, ...]
    """How often each option was chosen, in the order of `options`."""
    question: str = ""
    options: str = ""
    """The options, one on each line."""


class MeetingReportImported(Event, frozen=True, gc=False, omit_defaults=True):
    """A report of a meeting program was taken in. It contains numbers only: the names of an attendance report are kept
    in the roster."""

    refreshes: ClassVar[Refreshes] = TEAM
    origin: str
    kind: str
    """attendance, questions, chat or polls."""
    digest: str
    """The SHA-256 (hex) of the file."""
    people: int = 0
    """For attendance: how many people were there."""
    minutes: int = 0
    """For attendance: how long all of them together were there."""
    most_at_once: int = 0
    """For attendance: the largest number of people at the same time; 0: unknown."""
    hands: int = 0
    """For a chat: how many lines read like a request to speak."""

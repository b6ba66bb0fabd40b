"""What a report of a meeting program says: who was there, which questions were asked, what stood in the chat, and what
a poll gave."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from acquis.i18n import N_
from acquis.i18n.refusals import Failure

MOST_CHOICES = 5_000
"""The most questions, lines of a chat or results of a report, each of which a person may select or not."""
LONGEST_QUESTION, LONGEST_ANSWER = 1_000, 4_000
"""The most characters of a question and of a written answer that are taken in."""

MeetingProgram = Literal["Zoom", "Teams", "Webex", "Meet", "Slido", "Mentimeter"]
"""The names of the programs whose reports are taken in."""
MeetingKind = Literal["attendance", "questions", "chat", "polls"]

KINDS: dict[str, str] = {
    "attendance": N_("Attendance"),
    "questions": N_("Questions and answers"),
    "chat": N_("Chat"),
    "polls": N_("Poll results"),
}


class MeetingReportError(Failure):
    """A file cannot be read as a report of a meeting program: a code (empty, not_text, unknown_encoding, not_a_table,
    too_large, too_many_rows, unknown_form, nobody, nothing_asked, no_answers, no_lines) and facts."""

    about: ClassVar[str] = "meeting_report"


class MeetingAttendee(msgspec.Struct, frozen=True):
    """A person of an attendance report. `joined` and `left` are the first and the last time as the file writes them;
    `minutes` is the time of all visits together. A program that takes notes is no person."""

    name: str
    joined: str = ""
    left: str = ""
    minutes: int = 0
    is_program: bool = False


class ReportedQuestion(msgspec.Struct, frozen=True):
    """A question that was asked in a meeting program. `row` is its number in the file, from 1; `votes` is how many
    people voted for it there; `answer` is a written answer."""

    row: int
    text: str
    votes: int = 0
    answered: bool = False
    answer: str = ""


class ChatLine(msgspec.Struct, frozen=True):
    """A line of a chat. `asks_floor`: whether it reads like a request to speak; `asks`: whether it ends like a
    question."""

    row: int
    at: str
    name: str
    text: str
    asks_floor: bool = False
    asks: bool = False


class PollResult(msgspec.Struct, frozen=True):
    """The result of a question of a poll: how many people answered, and the options with how often each was chosen."""

    row: int
    question: str
    people: int
    options: tuple[tuple[str, int], ...]


class LeftRow(msgspec.Struct, frozen=True):
    """A row of the file that gave nothing, with the reason (a message)."""

    row: int
    text: str
    why: str


class MeetingReport(msgspec.Struct, frozen=True):
    """A report as it was read. `origin` is the name of the program, `digest` the SHA-256 (hex) of the file.
    `most_at_once` is the largest number of people at the same time; 0: the file does not say when they were there."""

    origin: MeetingProgram
    kind: MeetingKind
    digest: str
    attendees: tuple[MeetingAttendee, ...] = ()
    most_at_once: int = 0
    questions: tuple[ReportedQuestion, ...] = ()
    chat: tuple[ChatLine, ...] = ()
    polls: tuple[PollResult, ...] = ()
    left: tuple[LeftRow, ...] = ()

    @property
    def people(self) -> tuple[MeetingAttendee, ...]:
        """The people of an attendance report, without programs that take notes."""
        return tuple(attendee for attendee in self.attendees if not attendee.is_program)

    @property
    def hands(self) -> int:
        """The number of lines of a chat that read like a request to speak."""
        return sum(line.asks_floor for line in self.chat)

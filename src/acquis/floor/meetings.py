"""Commands for what happened in a meeting program beside the session: questions, results of polls, and its reports."""

from __future__ import annotations

from typing import Annotated, ClassVar

from acquis import events as ev
from acquis.command import ONCE_OPENED, WRITERS, Actor, Command, Refused, Text, Word
from acquis.meetings.report import LONGEST_QUESTION, MeetingKind, MeetingProgram
from acquis.state import State
from acquis.state.meetings import polls_elsewhere

OPTIONS_LIMIT = 6_000
_DIGEST = r"[0-9a-f]{64}"


class EnterQuestion(Command, frozen=True, gc=False):
    """Enter a question that was asked in a meeting program, with the votes that it has there and whether it was
    answered in the meeting. It carries nobody's id, attendance or group, and is public at once. A question of the
    same program with the same words is there already."""

    roles: ClassVar = WRITERS
    phases: ClassVar = ONCE_OPENED
    not_repeated: ClassVar = frozenset({"votes"})  # never below 0
    origin: MeetingProgram
    text: Annotated[str, Text(LONGEST_QUESTION)]
    votes: int = 0
    answered: bool = False

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if any(q.origin == self.origin and q.text == self.text for q in state.questions.values()):
            return None
        votes = max(self.votes, 0)
        return ev.QuestionAsked(self.text, origin=self.origin, votes=votes, answered=self.answered)


class EnterPollResult(Command, frozen=True, gc=False):
    """Enter the result of a poll that was held in a meeting program: the question, the options (one on each line), how
    often each was chosen, and how many people answered. Nothing of it counts as a vote."""

    roles: ClassVar = WRITERS
    phases: ClassVar = ONCE_OPENED
    refusals: ClassVar = ("counts_not_options",)
    origin: MeetingProgram
    question: Annotated[str, Text(LONGEST_QUESTION)]
    options: Annotated[str, Text(OPTIONS_LIMIT)]
    counts: tuple[int, ...]
    people: int

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if len(self.options.split("\n")) != len(self.counts) or min(self.counts) < 0 or self.people < 0:
            raise Refused("counts_not_options").at("counts")
        result = ev.PollResultEntered(self.origin, self.people, self.counts, self.question, self.options)
        return None if polls_elsewhere(state).get((self.origin, self.question)) == result else result


class ImportMeetingReport(Command, frozen=True, gc=False):
    """Close the import of a report of a meeting program: the program, what the report is about, the SHA-256 of the file
    and, for attendance, how many people were there, for how many minutes together, and how many at most at the same
    time. `hands` is the number of requests to speak in a chat."""

    roles: ClassVar = WRITERS
    phases: ClassVar = ONCE_OPENED
    not_repeated: ClassVar = frozenset({"people", "minutes", "most_at_once", "hands"})  # never below 0
    origin: MeetingProgram
    kind: MeetingKind
    digest: Annotated[str, Word(_DIGEST, 64, "not_a_digest")]
    people: int = 0
    minutes: int = 0
    most_at_once: int = 0
    hands: int = 0

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if any(report.digest == self.digest for report in state.meeting_reports.values()):
            return None
        numbers = (max(number, 0) for number in (self.people, self.minutes, self.most_at_once, self.hands))
        return ev.MeetingReportImported(self.origin, self.kind, self.digest, *numbers)


COMMANDS = (EnterQuestion, EnterPollResult, ImportMeetingReport)

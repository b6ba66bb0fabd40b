"""Enters a report of a meeting program on the record of a session, for the page and the command line alike."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator
from typing import TypeAlias

from acquis.command import Command
from acquis.floor.meetings import EnterPollResult, EnterQuestion, ImportMeetingReport
from acquis.floor.questions import AnswerInWriting
from acquis.meetings import MeetingReport
from acquis.state import State

Do: TypeAlias = Callable[[Command, str], Awaitable[object]]
"""Carries out a command with an idempotency key."""


def rows_of(report: MeetingReport) -> tuple[int, ...]:
    """The rows that are entered if nobody chooses: all questions and results; of a chat none."""
    return (*(asked.row for asked in report.questions), *(poll.row for poll in report.polls))


async def enter_report(report: MeetingReport, picked: Collection[int], state: Callable[[], State], do: Do) -> None:
    """Enter the picked rows of a report, then the report itself. A file that was taken in before changes nothing,
    whatever was erased since; the keys come from the file, so that an import which was interrupted goes on. `state`
    gives the present state. Raises as `do`."""
    if was_taken_in(state(), report):
        return
    key = f"meeting-{report.digest[:24]}"
    for row, command in _commands(report, picked):
        await do(command, f"{key}-{row}")
    for asked in report.questions:
        seq = _entry(state(), report.origin, asked.text) if asked.answer and asked.row in picked else 0
        if seq:
            await do(AnswerInWriting(seq, asked.answer), f"{key}-{asked.row}-answer")
    await do(_closing(report), f"{key}-end")


def was_taken_in(state: State, report: MeetingReport) -> bool:
    """Whether the file of a report was taken in before."""
    return any(known.digest == report.digest for known in state.meeting_reports.values())


def _commands(report: MeetingReport, picked: Collection[int]) -> Iterator[tuple[int, Command]]:
    for asked in report.questions:
        if asked.row in picked:
            yield asked.row, EnterQuestion(report.origin, asked.text, asked.votes, asked.answered)
    for line in report.chat:
        if line.row in picked:
            yield line.row, EnterQuestion(report.origin, line.text)
    for poll in report.polls:
        if poll.row in picked:
            options = "\n".join(option for option, _ in poll.options)
            counts = tuple(count for _, count in poll.options)
            yield poll.row, EnterPollResult(report.origin, poll.question, options, counts, poll.people)


def _entry(state: State, origin: str, text: str) -> int:
    """The question of a program with these words; 0 if there is none, because its text was erased."""
    return next((q.seq for q in state.questions.values() if q.origin == origin and q.text == text), 0)


def _closing(report: MeetingReport) -> ImportMeetingReport:
    return ImportMeetingReport(
        report.origin,
        report.kind,
        report.digest,
        people=len(report.people),
        minutes=sum(person.minutes for person in report.people),
        most_at_once=report.most_at_once,
        hands=report.hands,
    )

"""Effects of reports of meeting programs: results of polls, and the reports themselves."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.model import State, effect


@effect(ev.PollResultEntered)
def _(s: State, e: ev.PollResultEntered, seq: int, at: int, by: str) -> None:
    s.poll_results[seq] = e


@effect(ev.MeetingReportImported)
def _(s: State, e: ev.MeetingReportImported, seq: int, at: int, by: str) -> None:
    s.meeting_reports[seq] = e


def polls_elsewhere(state: State) -> dict[tuple[str, str], ev.PollResultEntered]:
    """Program and question -> its latest result, without those whose texts were erased."""
    results = state.poll_results.values()
    return {(result.origin, result.question): result for result in results if result.question}


def attendance_elsewhere(state: State) -> dict[str, ev.MeetingReportImported]:
    """Program -> its latest attendance report. Earlier ones were of the same meeting while it still ran."""
    reports = state.meeting_reports.values()
    return {report.origin: report for report in reports if report.kind == "attendance"}

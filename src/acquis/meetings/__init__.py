"""Reads reports of meeting programs (Zoom, Teams, Webex, Google Meet, Slido, Mentimeter): attendance, questions and
answers, chats, results of polls. Rows that give nothing are kept with the reason."""

from __future__ import annotations

import hashlib

from acquis.meetings.chat import chat_of
from acquis.meetings.forms import CHATS, FORMS, MeetingForm, table
from acquis.meetings.reading import READINGS, lines_of
from acquis.meetings.report import (
    KINDS,
    MOST_CHOICES,
    ChatLine,
    LeftRow,
    MeetingAttendee,
    MeetingKind,
    MeetingProgram,
    MeetingReport,
    MeetingReportError,
    PollResult,
    ReportedQuestion,
)
from acquis.meetings.sheets import Row, is_workbook, tables_of, text_of, workbook_rows

_NOTHING = {"attendance": "nobody", "questions": "nothing_asked", "polls": "no_answers"}


def read_meeting_report(data: bytes) -> MeetingReport:
    """A report as a meeting program writes it: CSV, XLSX or a text file, in any encoding that can be told.

    Raises MeetingReportError: empty, too_large (limit), too_many_rows (limit), not_text, unknown_encoding (guesses),
    not_a_table, unknown_form (columns), nobody, nothing_asked, no_answers, no_lines."""
    report = _report(data, hashlib.sha256(data).hexdigest())
    if len(report.questions) + len(report.chat) + len(report.polls) > MOST_CHOICES:
        raise MeetingReportError("too_many_rows", limit=MOST_CHOICES)
    return report


def _report(data: bytes, digest: str) -> MeetingReport:
    if is_workbook(data):
        return _of_tables([workbook_rows(data)], digest)
    text = text_of(data)
    origin, chat = chat_of(text)
    if origin is not None and not chat:
        raise MeetingReportError("no_lines")
    if origin is not None:
        return MeetingReport(origin, "chat", digest, chat=chat)
    return _of_tables(list(tables_of(text)), digest)


def _of_tables(tables: list[list[Row]], digest: str) -> MeetingReport:
    """The report in the first table that is of a known form."""
    for rows in tables:
        form = next((form for form in FORMS if any(form.places(row) is not None for row in rows)), None)
        if form is not None:
            return _read(form, rows, digest)
    columns = max((row for rows in tables for row in rows[:50]), key=len, default=())
    raise MeetingReportError("unknown_form", columns=", ".join(filter(None, columns))[:200] or "-")


def _read(form: MeetingForm, rows: list[Row], digest: str) -> MeetingReport:
    read = READINGS[form.kind](lines_of(form, rows))
    if not (read.attendees or read.questions or read.polls or read.left):
        raise MeetingReportError(_NOTHING[form.kind])
    return MeetingReport(
        form.origin,
        form.kind,
        digest,
        attendees=read.attendees,
        most_at_once=read.most_at_once,
        questions=read.questions,
        polls=read.polls,
        left=read.left,
    )


__all__ = [
    "CHATS", "FORMS", "KINDS", "MOST_CHOICES", "MeetingAttendee", "ChatLine", "LeftRow", "MeetingForm", "MeetingKind",
    "MeetingProgram", "MeetingReport", "MeetingReportError", "PollResult", "ReportedQuestion", "read_meeting_report",
    "table",
]  # fmt: skip

"""What every command does, case by case: what happened in a meeting program."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.meetings import OPTIONS_LIMIT, EnterPollResult, EnterQuestion, ImportMeetingReport
from acquis.meetings.report import LONGEST_QUESTION

from .scenarios import CLOSED, DRAFT, PUBLISHED, Cases, no
from .story import OPEN

case = Cases()

DIGEST = "0" * 64

# --- questions --------------------------------------------------------------------------------------------------

ASKED = ev.QuestionAsked("Who pays?", origin="Slido", votes=14)
case(OPEN, EnterQuestion("Slido", " Who pays? ", 14), ASKED)
case(CLOSED, EnterQuestion("Slido", "Who pays?", -1), ev.QuestionAsked("Who pays?", origin="Slido"))
case(CLOSED, EnterQuestion("Zoom", "Who?", answered=True), ev.QuestionAsked("Who?", origin="Zoom", answered=True))
case((*OPEN, ASKED), EnterQuestion("Slido", "Who pays?", 15), None)
case((*OPEN, ASKED), EnterQuestion("Zoom", "Who pays?"), ev.QuestionAsked("Who pays?", origin="Zoom"))
case(PUBLISHED, EnterQuestion("Zoom", "Who pays?"), no("not_open"))
case(OPEN, EnterQuestion("Zoom", " "), no("text_empty"))
LONG = LONGEST_QUESTION + 1
case(OPEN, EnterQuestion("Zoom", "x" * LONG), no("text_too_long", limit=LONGEST_QUESTION, length=LONG))

# --- results of polls -------------------------------------------------------------------------------------------

RESULT = ev.PollResultEntered("Zoom", 3, (2, 1), "Keep it?", "Yes\nNo")
KEEP = EnterPollResult("Zoom", "Keep it?", "Yes\nNo", (2, 1), 3)
case(OPEN, KEEP, RESULT)
case((*CLOSED, RESULT), KEEP, None)
LATER = ev.PollResultEntered("Zoom", 4, (3, 1), "Keep it?", "Yes\nNo")
case((*CLOSED, RESULT, LATER), KEEP, RESULT)
case(DRAFT, KEEP, no("not_open"))
case(OPEN, EnterPollResult("Zoom", "Keep it?", "Yes\nNo", (2,), 3), no("counts_not_options"))
case(OPEN, EnterPollResult("Zoom", "Keep it?", "Yes", (-1,), 3), no("counts_not_options"))
case(OPEN, EnterPollResult("Zoom", "", "Yes", (1,), 3), no("text_empty"))
LONG_LIST = OPTIONS_LIMIT + 1
case(
    OPEN,
    EnterPollResult("Zoom", "Keep it?", "x" * LONG_LIST, (1,), 3),
    no("text_too_long", limit=OPTIONS_LIMIT, length=LONG_LIST),
)

# --- reports ----------------------------------------------------------------------------------------------------

THERE = ev.MeetingReportImported("Zoom", "attendance", DIGEST, 2, 158, 2)
case(CLOSED, ImportMeetingReport("Zoom", "attendance", DIGEST, 2, 158, 2), THERE)
case((*CLOSED, THERE), ImportMeetingReport("Zoom", "attendance", DIGEST, 9), None)
case(PUBLISHED, ImportMeetingReport("Zoom", "attendance", DIGEST), no("not_open"))
case(CLOSED, ImportMeetingReport("Zoom", "attendance", "0"), no("not_a_digest"))

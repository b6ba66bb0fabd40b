"""The forms of the reports of meeting programs, each with one declaration: the program, what the report is about, and
the columns by which it is recognized and read. The names of the columns are the English ones."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from acquis.i18n import N_
from acquis.meetings.report import KINDS, MeetingKind, MeetingProgram
from acquis.meetings.sheets import Row
from acquis.text.folding import folded


class MeetingForm(msgspec.Struct, frozen=True):
    """A form of a report. `columns`: field -> the names that its column can have; `required`: the fields whose columns
    must be there. `accepts` is a message."""

    name: str
    origin: MeetingProgram
    kind: MeetingKind
    accepts: str
    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]

    def places(self, row: Row) -> dict[str, int] | None:
        """Field -> the place of its column, if the row is the head of a table of this form."""
        cells = [_plain(cell) for cell in row]
        places = {
            field: next((cells.index(_plain(name)) for name in names if _plain(name) in cells), -1)
            for field, names in self.columns.items()
        }
        if any(places[field] < 0 for field in self.required):
            return None
        return {field: place for field, place in places.items() if place >= 0}


def _plain(cell: str) -> str:
    return " ".join(folded(cell).strip("\ufeff:*").split())


ZOOM_ATTENDANCE = MeetingForm(
    "zoom-attendance", "Zoom", "attendance", N_("attendance report of Zoom"),
    {
        "name": ("Name (Original Name)", "User Name (Original Name)", "Name (original name)", "User Name"),
        "email": ("User Email", "Email"),
        "joined": ("Join Time",),
        "left": ("Leave Time",),
        "minutes": ("Duration (Minutes)", "Total Duration (Minutes)", "Time in Session (minutes)"),
        "attended": ("Attended",),
    },
    ("name", "minutes"),
)  # fmt: skip
TEAMS_ATTENDANCE = MeetingForm(
    "teams-attendance", "Teams", "attendance", N_("attendance report of Teams"),
    {
        "name": ("Name",),
        "email": ("Participant ID (UPN)", "Email"),
        "joined": ("First Join",),
        "left": ("Last Leave",),
        "minutes": ("In-Meeting Duration",),
    },
    ("name", "joined", "minutes"),
)  # fmt: skip
TEAMS_ATTENDANCE_2021 = MeetingForm(
    "teams-attendance-2021", "Teams", "attendance", N_("attendance report of Teams, as it was until 2022"),
    {
        "name": ("Full Name",),
        "email": ("Participant ID (UPN)", "Email"),
        "joined": ("Join Time",),
        "left": ("Leave Time",),
        "minutes": ("Duration",),
    },
    ("name", "joined", "minutes"),
)  # fmt: skip
WEBEX_ATTENDANCE = MeetingForm(
    "webex-attendance", "Webex", "attendance", N_("attendance report of Webex"),
    {
        "name": ("Display Name", "Name"),
        "email": ("Attendee Email",),
        "joined": ("Join Time",),
        "left": ("Leave Time",),
        "minutes": ("Attendance Duration",),
    },
    ("name", "email", "minutes"),
)  # fmt: skip
MEET_ATTENDANCE = MeetingForm(
    "meet-attendance", "Meet", "attendance", N_("attendance report of Google Meet"),
    {
        "name": ("First name",),
        "family": ("Last name",),
        "email": ("Email",),
        "joined": ("Time joined",),
        "left": ("Time exited",),
        "minutes": ("Duration",),
    },
    ("name", "family", "joined", "minutes"),
)  # fmt: skip
ZOOM_QUESTIONS = MeetingForm(
    "zoom-questions", "Zoom", "questions", N_("questions and answers of Zoom"),
    {
        "text": ("Question",),
        "asker": ("Asker Name",),
        "answer": ("Answer(s)", "Answer", "Answers"),
        "votes": ("Upvotes", "Upvote", "Upvote Count", "Likes"),
    },
    ("text", "asker"),
)  # fmt: skip
TEAMS_QUESTIONS = MeetingForm(
    "teams-questions", "Teams", "questions", N_("questions and answers of Teams"),
    {
        "text": ("Content",),
        "type": ("Type",),
        "thread": ("Conversation Id", "Conversation ID", "Post #"),
        "votes": ("Upvotes", "Votes", "Vote count", "Likes"),
    },
    ("text", "type", "thread"),
)  # fmt: skip
SLIDO_QUESTIONS = MeetingForm(
    "slido-questions", "Slido", "questions", N_("questions of Slido"),
    {
        "text": ("Question", "Question text"),
        "asker": ("Author", "Author name"),
        "votes": ("Score", "Upvotes"),
        "answered": ("Answered", "Is answered"),
        "highlighted": ("Highlighted", "Is highlighted"),
        "answer": ("Reply", "Replies"),
    },
    ("text", "asker", "votes"),
)  # fmt: skip
MENTIMETER_QUESTIONS = MeetingForm(
    "mentimeter-questions", "Mentimeter", "questions", N_("questions of Mentimeter"),
    {
        "text": ("Question", "Questions"),
        "votes": ("Upvotes", "Votes", "Likes"),
        "answered": ("Answered", "Is answered"),
    },
    ("text", "votes", "answered"),
)  # fmt: skip
ZOOM_POLLS = MeetingForm(
    "zoom-polls", "Zoom", "polls", N_("poll report of Zoom"),
    {
        "name": ("User Name",),
        "email": ("User Email", "Email Address"),
        "begin": ("Submitted Date/Time", "Submitted Date and Time"),
    },
    ("name", "begin"),
)  # fmt: skip
SLIDO_POLLS = MeetingForm(
    "slido-polls", "Slido", "polls", N_("poll results of Slido"),
    {
        "question": ("Poll", "Poll question", "Poll name"),
        "option": ("Option", "Answer"),
        "votes": ("Votes", "Vote count", "Number of votes"),
        "people": ("Total votes", "Voters"),
    },
    ("question", "option", "votes"),
)  # fmt: skip

FORMS: tuple[MeetingForm, ...] = (
    ZOOM_ATTENDANCE, WEBEX_ATTENDANCE, TEAMS_ATTENDANCE, TEAMS_ATTENDANCE_2021, MEET_ATTENDANCE,
    ZOOM_QUESTIONS, TEAMS_QUESTIONS, SLIDO_QUESTIONS, MENTIMETER_QUESTIONS, ZOOM_POLLS, SLIDO_POLLS,
)  # fmt: skip
"""The forms in the order in which they are tried."""

CHATS: tuple[tuple[str, MeetingProgram, str], ...] = (
    ("zoom-chat", "Zoom", N_("saved chat of Zoom")),
    ("meet-chat", "Meet", N_("chat of Google Meet")),
)
"""The forms of chats, which are no tables: name, program and what is accepted."""


def table() -> str:
    """The table of forms in docs/meeting-programs.md, as Markdown."""
    head = ["| form | program | about | recognized by |", "| --- | --- | --- | --- |"]
    rows = [f"| `{form.name}` | {form.origin} | {KINDS[form.kind].lower()} | {_columns(form)} |" for form in FORMS]
    chats = [f"| `{name}` | {origin} | chat | the time and the name before each text |" for name, origin, _ in CHATS]
    return "\n".join([*head, *rows, *chats])


def _columns(form: MeetingForm) -> str:
    return ", ".join(f"`{form.columns[field][0]}`" for field in form.required)

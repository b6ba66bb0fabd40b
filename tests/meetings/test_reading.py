"""Reports of meeting programs: every form is recognized, its people, questions, lines and results are read, and nothing
is dropped without a word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from string import ascii_uppercase
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acquis.meetings import (
    CHATS,
    FORMS,
    MOST_CHOICES,
    MeetingForm,
    MeetingReport,
    MeetingReportError,
    read_meeting_report,
    table,
)
from acquis.meetings.sheets import MAX_COLUMNS, MAX_ROWS, tables_of, workbook_rows
from acquis.meetings.times import minutes_of

from .samples import (
    MEET_CHAT,
    SAMPLES,
    SLIDO,
    SLIDO_POLLS,
    TEAMS,
    TEAMS_QUESTIONS,
    ZOOM_ATTENDANCE,
    ZOOM_CHAT,
    ZOOM_POLLS,
    ZOOM_QUESTIONS,
    ZOOM_WEBINAR,
)


def read(text: str, encoding: str = "utf-8") -> MeetingReport:
    return read_meeting_report(text.encode(encoding))


def workbook(rows: Sequence[Sequence[str | float]], last: str = "") -> bytes:
    """A workbook with one sheet. `last`: the place of one more cell, such as B9."""

    def cell(value: str | float) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    table = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    table += f'<row r="{last.lstrip(ascii_uppercase)}"><c r="{last}"><v>1</v></c></row>' if last else ""
    rels = f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}'
    types = f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    sheets = '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets>'
    parts = {
        "[Content_Types].xml": f"{types}</Types>",
        "_rels/.rels": f'{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": f'{rels}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{table}</sheetData></worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return file.getvalue()


def test_every_form_has_a_sample() -> None:
    assert set(SAMPLES) == {form.name for form in FORMS}
    assert {name for name, _, _ in CHATS} == {"zoom-chat", "meet-chat"}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_sample_is_recognized_and_read(form: MeetingForm) -> None:
    report = read(SAMPLES[form.name])
    assert (report.origin, report.kind) == (form.origin, form.kind)
    assert report.people or report.questions or report.polls


def test_visits_of_one_person_are_one_and_a_note_taker_is_nobody() -> None:
    report = read(ZOOM_ATTENDANCE)
    assert [(one.name, one.minutes) for one in report.people] == [("Ama Example", 89), ("Ben Muster", 68)]
    assert report.most_at_once == 2
    assert [one.name for one in report.attendees if one.is_program] == ["Otter Notetaker"]


def test_who_registered_and_was_not_there_is_not_counted() -> None:
    report = read(ZOOM_WEBINAR)
    assert [one.name for one in report.people] == ["Ama Example"]
    assert [(row.row, row.text) for row in report.left] == [(4, "Ben Muster")]


def test_a_report_of_teams_in_utf_16_counts_nobody_twice() -> None:
    report = read(TEAMS, "utf-16")
    assert [(one.name, one.minutes) for one in report.people] == [("Ama Example", 90), ("Zoë Muster", 68)]
    assert report.most_at_once == 2


def test_questions_have_their_votes_answers_and_fate() -> None:
    asked = [(one.text, one.answered, one.answer) for one in read(ZOOM_QUESTIONS).questions]
    assert asked == [
        ("Who pays for lamps?", True, ""),
        ("Is the norm binding?", False, "No, it is voluntary.\nSee the report of 2015."),
        ("What comes next?", False, ""),
    ]
    (slido,) = read(SLIDO).questions
    assert (slido.votes, slido.answered) == (14, True)
    (teams,) = read(TEAMS_QUESTIONS).questions
    assert (teams.votes, teams.answer) == (4, "The harbour does.")


def test_a_question_that_is_too_long_is_left_out_with_a_reason() -> None:
    report = read(SLIDO + f"{'x' * 1001},Anonymous,1,No,No,\n")
    assert len(report.questions) == 1
    assert report.left[0].why.startswith("too long")


def test_answers_to_a_poll_are_counted_and_not_attributed() -> None:
    polls = read(ZOOM_POLLS).polls
    assert [(poll.question, poll.people, sorted(poll.options)) for poll in polls] == [
        ("Keep norm J?", 2, [("Agree", 1), ("Disagree", 1)]),
        ("Which parts?", 1, [("First", 1), ("Second", 1)]),
    ]
    assert read(SLIDO_POLLS).polls[0].people == 15


def test_free_text_is_no_result() -> None:
    rows = "".join(f"{n},Ann,,06/01/2025 10:20,What do you think?,Thought {n}\n" for n in range(31))
    report = read("#,User Name,User Email,Submitted Date/Time,Question,Answer\n" + rows)
    assert report.polls == ()
    assert [row.text for row in report.left] == ["What do you think?"]


def test_the_public_lines_of_a_chat_are_read() -> None:
    chat = read(ZOOM_CHAT).chat
    assert [(line.name, line.text) for line in chat] == [
        ("Ama Example", "Who pays for lamps?"),
        ("Ben Muster", "Hand up"),
        ("Zoë", "Thank you: very clear."),
    ]
    assert [(line.asks, line.asks_floor) for line in chat] == [(True, False), (False, True), (False, False)]
    meet = read(MEET_CHAT)
    assert (meet.origin, meet.hands, [line.text for line in meet.chat]) == ("Meet", 1, ["Who pays for lamps?", "q+"])


def test_a_workbook_is_read_as_its_table() -> None:
    report = read_meeting_report(workbook([["Question", "Author", "Score", "Answered"], ["Who pays?", "", 14.0, "No"]]))
    assert [(one.text, one.votes) for one in report.questions] == [("Who pays?", 14)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\0\1\2" * 50, "not_text"),
        (b"x" * (10 * 1024 * 1024 + 1), "too_large"),
        (b"Question,Author,Score\n" + b"Why?,,1\n" * (MOST_CHOICES + 1), "too_many_rows"),
        (b"Question,Author,Score\n" + b"\n" * MAX_ROWS, "too_many_rows"),
        (b"PK\x03\x04 no workbook", "not_a_table"),
        (b"Fruit,Price\nApple,3\n", "unknown_form"),
        (b"Just some words.", "unknown_form"),
        (b"First name,Last name,Duration,Time joined\n", "nobody"),
        (b"Question,Author,Score\n", "nothing_asked"),
        (b"Poll,Option,Votes\n", "no_answers"),
        (b"10:22:00 From Ben to Ama (direct message):\n\tPrivate.\n", "no_lines"),
    ],
)
def test_what_is_no_report_is_refused_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(MeetingReportError) as refused:
        read_meeting_report(data)
    assert refused.value.code == code
    assert "{" not in refused.value.sentence("en")


@pytest.mark.parametrize(
    ("last", "code"),
    [("XFD200", "too_large"), ("XFD50000", "not_a_table"), ("XFD1048576", "not_a_table"), ("A60000", "too_many_rows")],
)
def test_a_small_workbook_cannot_take_the_memory_of_the_server(last: str, code: str) -> None:
    """The reader makes room for all cells up to the last one; it runs in a process of its own with a limit."""
    with pytest.raises(MeetingReportError) as refused:
        workbook_rows(workbook([["text"]], last))
    assert refused.value.code == code
    assert workbook_rows(workbook([["text"]], "B3")) == [("text", ""), ("", ""), ("", "1"), ()]


def test_of_a_text_with_columns_without_end_some_are_read() -> None:
    assert [[len(row) for row in rows] for rows in tables_of("," * 100_000)] == [[MAX_COLUMNS]]


def test_a_limit_of_size_is_said_in_megabytes() -> None:
    assert MeetingReportError("too_large", limit=10 * 1024 * 1024).sentence("en").endswith("The limit is 10 MB.")
    assert MeetingReportError("too_large", limit=64 * 1024).sentence("en").endswith("The limit is 65 kB.")


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("68", 68), ("1h 2m 3s", 63), ("1 hr 20 min", 80), ("01:02:03", 63), ("45 mins", 45), ("30 s", 1), ("--", None)],
)
def test_durations_are_whole_minutes(written: str, minutes: int | None) -> None:
    assert minutes_of(written) == minutes


NAMES = st.text("abcdeéßЖ日", min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(NAMES, st.integers(0, 500)), min_size=1, max_size=20), st.sampled_from(["utf-8", "utf-16"]))
def test_every_row_is_a_person_or_left_out(rows: list[tuple[str, int]], encoding: str) -> None:
    table = "First name,Last name,Email,Duration,Time joined,Time exited\n"
    table += "".join(f"{name},Z,p{n}@example.org,{minutes} min,,\n" for n, (name, minutes) in enumerate(rows))
    report = read(table, encoding)
    assert [(one.name, one.minutes) for one in report.attendees] == [(f"{name} Z", minutes) for name, minutes in rows]


def test_the_table_of_forms_in_the_docs_is_that_of_the_code() -> None:
    page = (Path(__file__).parents[2] / "docs" / "meeting-programs.md").read_text("utf-8")
    assert table() in page


def test_the_parts_of_a_report_of_a_webinar_are_no_people() -> None:
    """Titles and heads of its parts, also of the last one, which names its columns in another way."""
    head = "Attended,User Name (Original Name),Join Time,Leave Time,Time in Session (minutes)"
    times = "06/01/2025 10:00 AM,06/01/2025 10:30 AM,30"
    report = (
        f"Host Details\n{head}\nYes,Ama Example,{times}\nAttendee Details\n{head}\nYes,Ben Muster,{times}\n"
        f"Other Attended\nUser Name,Join Time,Leave Time,Time in Session (minutes)\n41791234567,{times}\n"
    )
    found = read_meeting_report(report.encode())
    assert [person.name for person in found.attendees] == ["Ama Example", "Ben Muster", "41791234567"]
    assert (found.most_at_once, found.left) == (3, ())


def test_a_chat_gives_nobody_the_words_of_somebody_else() -> None:
    zoom = (
        '15:01:39 From Ama to Everyone:\n\tWho pays?\n15:01:47 From Ben to Everyone:\n\tReplying to "Who pays?"\n\n'
        '\tThe harbour.\n15:01:53 From Ama to Everyone:\n\tReacted to "The harbour." with 😂\n'
    )
    assert [(line.name, line.text) for line in read_meeting_report(zoom.encode()).chat] == [
        ("Ama", "Who pays?"), ("Ben", "The harbour."),
    ]  # fmt: skip
    meet = "00:05:14.000,00:05:17.000\nAma: one\ntwo: three\n\n00:06:14.000,00:06:17.000\nBen: who?\n"
    assert [(line.name, line.text) for line in read_meeting_report(meet.encode()).chat] == [
        ("Ama", "one two: three"), ("Ben", "who?"),
    ]  # fmt: skip


def test_a_message_to_one_person_in_a_chat_of_another_language_is_not_taken_for_a_public_one() -> None:
    with pytest.raises(MeetingReportError) as refused:
        read_meeting_report("15:01:39 De Ama à Ben (message direct):\n\tQuand ?\n".encode())
    assert refused.value.code == "unknown_form"


def test_a_question_of_a_poll_may_be_the_title_of_its_column() -> None:
    """Zoom writes one column for each question, with the question above it; each row has one person's answers."""
    report = read_meeting_report(
        b"Poll Report\n#,User Name,Email Address,Submitted Date and Time,Keep the lamp?,Which ports?\n"
        b"1,Ama,a@example.org,03/05/2026 10:20:00,Yes,Oslo;Mombasa\n2,Ben,,03/05/2026 10:21:00,No,\n"
        b"3,Chi,,03/05/2026 10:22:00,Yes,Oslo\n"
    )
    assert [(poll.question, poll.people, dict(poll.options)) for poll in report.polls] == [
        ("Keep the lamp?", 3, {"Yes": 2, "No": 1}),
        ("Which ports?", 2, {"Oslo": 2, "Mombasa": 1}),
    ]

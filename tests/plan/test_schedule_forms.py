"""Each form of a schedule gives its sessions with times, rooms and people, and what is doubtful is marked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from tests.plan import schedules
from tests.plan.test_igf_faults import marks

from acquis.plan.check import WRONG_WEEKDAY
from acquis.plan.document import Person, PlannedSegment, Programme
from acquis.plan.importers import IMPORTERS, ImportFailed, read_programme, read_sessions, table
from acquis.plan.importers.lines import MAX_BYTES
from acquis.reference import profile

PANEL = profile("panel")


def sessions(text: str | bytes) -> tuple[Programme, ...]:
    return read_sessions(text, PANEL).sessions


def people(persons: tuple[Person, ...]) -> list[tuple[str, str]]:
    return [(person.name, person.organization) for person in persons]


@pytest.mark.parametrize("text", [schedules.FRAB, schedules.PRETALX], ids=["XML", "JSON"])
def test_frab_and_pretalx(text: str) -> None:
    bells, ropes = sessions(text)
    assert bells == Programme(
        title="Bells & boats",
        number="11",
        gathering="Ferry Days",
        starts="2025-06-01T10:00:00+02:00",
        ends="2025-06-01T11:30:00+02:00",
        zone="Europe/Oslo",
        room="Pier",
        format="Panel",
        theme="Sound",
        description="A start\n\nWhy ring.\n\nTwo speak.",
        speakers=(Person("Ole Dahl"),),
        source="frab:ferry25:g-1",
    )
    assert (ropes.starts, ropes.ends, ropes.room) == ("2025-06-01T10:30:00+02:00", "2025-06-01T11:00:00+02:00", "Quay")


def test_the_rest_api_of_pretalx() -> None:
    bells, ropes = sessions(schedules.REST)
    assert (bells.title, bells.number, bells.gathering) == ("Bells & boats", "ABCDE", "ferry25")
    assert (bells.starts, bells.ends) == ("2025-06-01T10:00:00+02:00", "2025-06-01T11:30:00+02:00")
    assert (bells.room, bells.format, bells.theme) == ("Pier", "Panel", "Sound")
    assert bells.description == "Why ring.\n\nTwo speak."
    assert people(bells.speakers) == [("Ole Dahl", "")]
    assert bells.source == "pretalx:ferry25:ABCDE"
    assert (ropes.starts, ropes.ends, ropes.room) == ("2025-06-01T08:30:00+00:00", "2025-06-01T09:00:00+00:00", "Quay")
    assert (ropes.format, ropes.theme, people(ropes.speakers)) == ("Talk", "", [])
    assert {"speakers", "page"} <= set(marks(ropes))
    with pytest.raises(ImportFailed) as refused:
        sessions('{"results": [{"submission_type": 3, "state": "rejected", "title": "No"}]}')
    assert refused.value.code == "no_sessions"


def test_indico_contributions_are_segments() -> None:
    programme = read_programme(schedules.INDICO, PANEL)
    assert (programme.starts, programme.zone, programme.room) == (
        "2025-06-01T10:00:00+02:00",
        "Europe/Oslo",
        "Pier, Bergen",
    )
    assert people(programme.speakers) == [("Ole Dahl", "")]
    assert people(programme.onsite_moderators) == [("Pia Roth", "Port Office")]
    assert [(part.kind, part.minutes) for part in programme.segments] == [("opening", 20), ("questions", 70)]
    assert programme.description == "On bells."
    assert {"segments", "onsite_moderators[0]"} <= set(marks(programme))


def test_indico_contributions_in_several_rooms_are_sessions() -> None:
    when = '"startDate": {"date": "2025-06-01", "time": "10:00:00", "tz": "Europe/Oslo"}'
    text = schedules.INDICO
    for number, (title, room) in enumerate((("Opening", "A"), ("Questions", "B")), 1):
        text = text.replace(f'"title": "{title}"', f'"title": "{title}", "id": "{number}", "room": "{room}", {when}')
    first, second = sessions(text)
    assert (first.title, first.room, first.gathering, first.source) == ("Opening", "A", "Ferry seminar", "indico:7:1")
    assert (second.ends, second.room) == ("2025-06-01T11:10:00+02:00", "B")


def test_linked_data() -> None:
    programme = read_programme(schedules.LINKED, PANEL)
    assert (programme.title, programme.number, programme.gathering) == ("Bells", "7", "Ferry Days")
    assert (programme.starts, programme.zone) == ("2025-06-01T10:00:00+02:00", "UTC+02:00")
    assert programme.room == "Pier, online"
    assert people(programme.organizers) == [("", "Port Office")]
    assert people(programme.speakers) == [("Ole Dahl", "Ferry Union")]
    assert "zone" in marks(programme)


def test_a_page_with_linked_data_adds_its_lists_of_people_and_loses_no_line() -> None:
    programme = read_programme(schedules.PAGE, PANEL)
    assert people(programme.speakers) == [("Ole Dahl", "Ferry Union"), ("Pia Roth", "Port Office")]
    assert people(programme.onsite_moderators) == [("Uma Beck", "")]
    assert "speakers[1]" in marks(programme)
    assert [line.text for line in programme.unparsed] == ["Tea is served at noon."]


def test_parts_of_an_event_are_sessions() -> None:
    part = '{"@type": "Event", "name": "Ropes", "startDate": "2025-06-01T12:00:00Z"}'
    text = schedules.LINKED.replace(
        '"description"', f'"subEvent": [{part}, {part.replace("Ropes", "Oars")}], "description"'
    )
    assert [(session.title, session.gathering) for session in sessions(text)] == [("Ropes", "Bells"), ("Oars", "Bells")]


def test_a_calendar() -> None:
    bells, ropes = sessions(schedules.CALENDAR)
    assert (bells.title, bells.room, bells.gathering) == ("Bells, and boats", "Pier", "Ferry Days")
    assert (bells.starts, bells.ends, bells.zone) == ("2025-06-01T08:00:00+00:00", "2025-06-01T09:30:00+00:00", "UTC")
    assert (bells.description, bells.theme, bells.source) == ("Two speak.\nOne rings.", "Sound", "ics:1@ferry.example")
    assert people(bells.organizers) == [("Port Office", "")]
    assert (ropes.starts, ropes.ends) == ("2025-06-02T10:00:00+02:00", "2025-06-02T10:45:00+02:00")
    assert {"starts", "page"} <= set(marks(ropes))


def test_a_table_of_sched() -> None:
    bells, ropes = sessions(schedules.TABLE)
    assert people(bells.speakers) == [("Ole Dahl", ""), ("Pia Roth", "Port Office")]
    assert people(bells.onsite_moderators) == [("Uma Beck", "")]
    assert (bells.starts, ropes.starts, ropes.ends) == (
        "2025-06-01T10:00:00",
        "2025-06-01T12:15:00",
        "2025-06-01T13:00:00",
    )
    assert "zone" in marks(bells)
    assert "page" in marks(ropes)


def test_a_programme_of_work_gives_its_meetings() -> None:
    first, stakeholders, last = sessions(schedules.WORK)
    assert (first.title, first.gathering) == (
        "Third substantive session, Monday morning",
        "Working group on ferries and bells, Third substantive session",
    )
    assert (first.starts, first.ends, first.zone) == (
        "2024-12-02T10:00:00-05:00",
        "2024-12-02T13:00:00-05:00",
        "America/New_York",
    )
    assert [part.title for part in first.segments] == ["Bells", "Ropes (continued)"]
    assert "Agenda item 2: General exchange" in first.interaction
    assert (stakeholders.title, stakeholders.segments) == (
        "Dedicated stakeholder session",
        (PlannedSegment("Dedicated stakeholder session", "other", 180),),
    )
    assert marks(last)["starts"] == WRONG_WEEKDAY


def test_an_agenda_with_times() -> None:
    programme = read_programme(schedules.AGENDA, PANEL)
    assert (programme.title, programme.room) == ("Ferry workshop: bells for small boats", "Main Hall, Geneva")
    assert (programme.starts, programme.ends) == ("2025-06-01T10:00:00+02:00", "2025-06-01T11:30:00+02:00")
    assert [(part.title, part.kind, part.minutes) for part in programme.segments] == [
        ("Welcome", "opening", 10),
        ("Opening remarks", "opening", 20),
        ("Panel: what rings", "panel", 40),
        ("Questions from the floor", "questions", 15),
        ("Conclusions", "closing", 5),
    ]
    assert people(programme.speakers) == [
        ("Pia Roth", ""),
        ("Ole Dahl", "Ferry Union"),
        ("Uma Beck", "Coast University"),
    ]
    assert people(programme.onsite_moderators) == [("Pia Roth", "Port Office")]
    assert "and one bell" in programme.interaction
    assert {"zone", "rapporteurs", "speakers[1]", "segments[4].minutes"} <= set(marks(programme))


def test_an_agenda_with_minutes() -> None:
    programme = read_programme(schedules.MINUTES, PANEL)
    assert [(part.title, part.minutes) for part in programme.segments] == [("Administrivia", 5), ("draft-bells-03", 20)]
    assert people(programme.onsite_moderators) == [("Ole Dahl", ""), ("Pia Roth", "")]
    assert people(programme.speakers) == [("Uma Beck", "")]
    assert (programme.starts, programme.room) == ("2025-03-18T09:30:00+00:00", "Session I, Room B")


def test_an_agenda_in_docx_says_the_same() -> None:
    document, file = docx.Document(), io.BytesIO()
    for line in schedules.AGENDA.splitlines():
        document.add_paragraph(line)
    document.save(file)
    assert read_programme(file.getvalue(), PANEL) == read_programme(schedules.AGENDA, PANEL)


def test_an_agenda_in_pdf_says_the_same() -> None:
    assert read_programme(pdf(schedules.AGENDA), PANEL).segments == read_programme(schedules.AGENDA, PANEL).segments


def pdf(text: str) -> bytes:
    """A PDF of one page with the lines of the text, written by hand."""
    escaped = text.replace("(", r"\(").replace(")", r"\)")
    lines = "".join(f"({line.strip()}) ' " for line in escaped.splitlines())
    stream = f"BT /F1 10 Tf 14 TL 40 800 Td {lines}ET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        rows,
        len(body),
    )


def zipped(size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a>" + b" " * size + b"</a>")
    return file.getvalue()


ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><schedule>&b;</schedule>'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ENTITIES, "bad_schedule"),
        ("<schedule><day></schedule>", "bad_schedule"),
        ("<schedule></schedule>", "no_sessions"),
        ('{"schedule": {"conference": {"days": [', "bad_schedule"),
        ('{"schedule": {"conference": {}}}', "no_sessions"),
        ('{"schedule": {"conference": {"days": [7, {"rooms": {"A": [null]}}]}}}', None),
        ('{"_type": "HTTPAPIResult", "results": []}', "no_sessions"),
        ('{"@context": "x", "@type": "Event", "name": 7, "location": [[]], "performer": [1, {}]}', None),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "no_sessions"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:yesterday\nEND:VEVENT\nEND:VCALENDAR", None),
        ("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nEND:VEVENT\n" * 2001, "too_many_sessions"),
        ("Title,Session start,Session end\n", "no_sessions"),
        (b"PK\x03\x04 broken", "not_text"),
        (zipped(20_000_001), "not_text"),
        (b"%PDF-1.4 broken", "not_text"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
    ],
)
def test_what_is_no_schedule_is_refused_with_a_reason(text: str | bytes, code: str | None) -> None:
    if code is None:
        assert sessions(text)
        return
    with pytest.raises(ImportFailed) as failed:
        read_sessions(text, PANEL)
    assert failed.value.code == code
    assert "{" not in failed.value.sentence("en")


def test_one_programme_is_not_taken_from_a_schedule_of_many() -> None:
    with pytest.raises(ImportFailed) as failed:
        read_programme(schedules.FRAB, PANEL)
    assert (failed.value.code, failed.value.facts) == ("many_sessions", {"sessions": 2})


def test_the_table_of_importers_in_the_guide_is_that_of_the_declarations() -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "add-an-importer.md"
    assert table() in guide.read_text("utf-8")
    assert all(importer.recognized_by and importer.endings for importer in IMPORTERS)


CASES = {
    "agenda_plain.txt": ("agenda", 1), "frab_schedule.xml": ("frab", 1), "generic_event.html": ("event", 1),
    "ietf_agenda.txt": ("agenda", 1), "indico_event.json": ("indico", 1), "oewg_programme.txt": ("work", 4),
    "pretalx_schedule.json": ("pretalx", 1), "sched.csv": ("sched", 1), "igf2025_open_forum.txt": ("igf", 1),
}  # fmt: skip


def test_the_cases_of_others_are_told_apart_and_timed(shared: Path) -> None:
    cases = shared.parent / "cases" / "igf"
    if not cases.is_dir():
        pytest.skip("the cases are not on this machine")
    for name, (form, number) in CASES.items():
        text = (cases / name).read_text("utf-8")
        assert next(importer.name for importer in IMPORTERS if importer.recognises(text)) == form
        read = sessions(text)
        assert len(read) == number
        assert form == "igf" or all(session.starts and session.ends and session.title for session in read)

"""Agendas, tables and data of sessions as organizers of many countries write them. All people are invented."""

from __future__ import annotations

import json

import pytest

from acquis.plan.document import Programme
from acquis.plan.importers import read_sessions
from acquis.plan.schedule import Schedule
from acquis.reference import profile

PROFILE = profile("igf-2025")
ITEMS = "\n\n10:00 One\n10:10 Two\n10:30 Three\n"
DAYS = {
    "French": ("Jeudi 5 mars 2026, 10h00-11h30, Salle XX, Genève", "2026-03-05T10:00:00+01:00", "Salle XX, Genève"),
    "Spanish": ("5 de marzo de 2026, 10:00-11:30, Sala 3, Santiago", "2026-03-05T10:00:00-03:00", "Sala 3, Santiago"),
    "German": ("Donnerstag, 5. März 2026, 10:00–11:30 Uhr MEZ, Saal 1", "2026-03-05T10:00:00+01:00", "Saal 1"),
    "German in figures": ("05.03.2026, 10:00–11:30 Uhr MEZ, Saal 1", "2026-03-05T10:00:00+01:00", "Saal 1"),
    "Arabic": ("5 مارس 2026، 10:00-11:30، بيروت", "2026-03-05T10:00:00+02:00", "بيروت"),
    "Arabic of the Levant": ("5 آذار 2026، 10:00-11:30، بيروت", "2026-03-05T10:00:00+02:00", "بيروت"),
    "Chinese": ("2026年3月5日 10:00-11:30 北京", "2026-03-05T10:00:00+08:00", "北京"),
    "Russian": ("5 марта 2026 г., 10:00–11:30 (МСК), Москва", "2026-03-05T10:00:00+03:00", "Москва"),  # noqa: RUF001  # Russian
    "Portuguese": ("quinta-feira, 5 de março de 2026, 10:00-11:30 BRT, Sala 1", "2026-03-05T10:00:00-03:00", "Sala 1"),
}


def _sessions(text: str | bytes) -> tuple[Programme, ...]:
    read: Schedule = read_sessions(text, PROFILE)
    return read.sessions


@pytest.mark.parametrize(("line", "starts", "room"), DAYS.values(), ids=list(DAYS))
def test_a_day_is_read_in_the_languages_of_organizers(line: str, starts: str, room: str) -> None:
    (session,) = _sessions(f"Lamps\n{line}{ITEMS}")
    assert (session.title, session.starts, session.room, session.unparsed) == ("Lamps", starts, room, ())
    assert session.ends.startswith("2026-03-05T11:30")


def test_a_text_in_other_letters_is_not_read_as_one_of_western_europe() -> None:
    text = f"Семинар: фонари для малых портов и маяков\n5 марта 2026, 10:00-11:30, Москва{ITEMS}"  # Russian
    (session,) = _sessions(text.encode("cp1251"))
    assert (session.title, session.starts) == ("Семинар: фонари для малых портов и маяков", "2026-03-05T10:00:00+03:00")
    (session,) = _sessions(f"Café\n5 mars 2026, 10h00-11h30, Genève{ITEMS}".encode("cp1252"))
    assert (session.title, session.room) == ("Café", "Genève")


def test_an_agenda_in_a_message_has_its_subject_as_title() -> None:
    (session,) = _sessions(
        "From: Ama <ama@example.org>\nSubject: Re: Agenda for Thursday\nDate: Mon, 2 Mar 2026 10:12:00 +0100\n\n"
        "our call is on Thursday, 5 March 2026, 15:00-16:30 CET.\n\n> 15:00 Welcome\n> 15:05 Lamps (Ben Muster)\n"
    )
    assert (session.title, session.starts) == ("Agenda for Thursday", "2026-03-05T15:00:00+01:00")
    assert [(part.title, part.minutes) for part in session.segments] == [("Welcome", 5), ("Lamps", 85)]
    assert [person.name for person in session.speakers] == ["Ben Muster"]


def test_an_agenda_in_markdown_has_no_signs_of_it() -> None:
    (session,) = _sessions(
        "# Harbour day\nDate: 5 March 2026 (Nairobi, EAT)\n\n| Time | Item | Speaker |\n| --- | --- | --- |\n"
        "| 09:00–09:15 | Welcome | Ama Example |\n| 09:15–10:00 | Ropes | |\n"
    )
    assert (session.title, session.starts) == ("Harbour day", "2026-03-05T09:00:00+03:00")
    assert [(part.title, part.minutes) for part in session.segments] == [("Welcome", 15), ("Ropes", 45)]
    assert [person.name for person in session.speakers] == ["Ama Example"]
    (session,) = _sessions(
        "# HARBOUR WG\n* Tuesday, 17 March 2026, 09:30-11:30 (UTC+8)\n\n1. Lamps (5 min)\n2. Open mic (15m)\n"
    )
    assert (session.title, session.room) == ("HARBOUR WG", "")
    assert [(part.title, part.minutes) for part in session.segments] == [("Lamps", 5), ("Open mic", 15)]


def test_the_unit_behind_a_clock_time_is_no_part_of_the_title() -> None:
    (session,) = _sessions("Werkstatt\n5. März 2026\n\n10:00 Uhr Begrüßung\n10:10 Uhr Schluss\n")
    assert [part.title for part in session.segments] == ["Begrüßung", "Schluss"]


def test_a_programme_of_work_may_be_a_table() -> None:
    sessions = _sessions(
        "Provisional programme of work\nGeneva, 2-3 March 2026\n\nDate\tTime\tProgramme\n"
        "Monday, 2 March\t10 a.m.–1 p.m.\tOpening\n\t3–6 p.m.\tExchange of views\n"
        "Tuesday, 3 March\t10 a.m.–1 p.m.\tClosing\n"
    )
    assert [(session.starts, session.segments[0].title) for session in sessions] == [
        ("2026-03-02T10:00:00+01:00", "Opening"),
        ("2026-03-02T15:00:00+01:00", "Exchange of views"),
        ("2026-03-03T10:00:00+01:00", "Closing"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Date,Start,End,Title,Room,Speakers\n2026-03-05,09:00,09:15,Welcome,Hall A,Ama Example; Ben Muster\n",
        "Session Name;Start Date;Start Time;End Date;End Time;Stage;Speakers\n"
        "Welcome;2026-03-05;09:00;2026-03-05;09:15;Hall A;Ama Example, Ben Muster\n",
        'Title,Session start,Session end,Venue,Speakers\nWelcome,"March 5, 2026 9:00 AM","March 5, 2026 9:15 AM",'
        "Hall A,Ama Example; Ben Muster\n",
    ],
)
def test_a_table_of_sessions_may_have_other_titles(table: str) -> None:
    (session,) = _sessions(table)
    assert (session.title, session.room) == ("Welcome", "Hall A")
    assert (session.starts, session.ends) == ("2026-03-05T09:00:00", "2026-03-05T09:15:00")
    assert [person.name for person in session.speakers] == ["Ama Example", "Ben Muster"]


def test_the_data_of_sessionize_name_rooms_and_people_by_their_ids() -> None:
    session = {"id": "1", "title": "Lamps", "startsAt": "2026-06-01T09:30:00Z", "endsAt": "2026-06-01T10:15:00Z"}
    inside = session | {"isServiceSession": False, "speakers": [{"id": "s", "name": "Ama Example"}], "room": "Hall A"}
    apart = session | {"isServiceSession": False, "speakers": ["s"], "roomId": 7}
    pause = session | {"isServiceSession": True, "title": "Lunch"}
    everything = {
        "sessions": [apart, pause],
        "speakers": [{"id": "s", "fullName": "Ama Example"}],
        "rooms": [{"id": 7, "name": "Hall A"}],
    }
    for data in ([{"groupName": "All", "sessions": [inside, pause]}], everything):
        (read,) = _sessions(json.dumps(data))
        assert (read.title, read.room, read.starts) == ("Lamps", "Hall A", "2026-06-01T09:30:00+00:00")
        assert [person.name for person in read.speakers] == ["Ama Example"]


def test_a_page_that_only_a_script_fills_is_read_by_its_data() -> None:
    event = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Lamps &amp; ropes",
        "startDate": "2026-06-01",
        "performer": {"@type": "Person", "name": "Ama Example"},
        "subEvent": [{"@type": "Event", "name": "Opening"}],
    }
    page = f'<html><head><script type="application/ld+json">{json.dumps(event)}</script></head><body></body></html>'
    (session,) = _sessions(page)
    assert (session.title, session.starts, session.inferred[0].field) == ("Lamps & ropes", "", "starts")
    assert [person.name for person in session.speakers] == ["Ama Example"]
    assert [part.title for part in session.segments] == ["Opening"]

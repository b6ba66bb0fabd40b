"""Programmes as organizers and programs write them, each with what was once read wrongly. All names are invented."""

from __future__ import annotations

import json

from acquis.plan.document import Programme
from acquis.plan.importers import read_sessions
from acquis.reference import profile

PROFILE = profile("igf-2021")


def session(text: str) -> Programme:
    return read_sessions(text, PROFILE).sessions[0]


def people(programme: Programme) -> list[tuple[str, str]]:
    return [(person.name, person.organization) for person in programme.speakers]


def test_people_after_semicolons_and_commas_are_people_and_nobody_is_left_out() -> None:
    read = session(
        "Workshop\n2 June 2025, 10:00-12:00 CEST, Room A\nSpeakers: Ben Muster, Carla Probe; TBD; Dina Test, Org\n"
        "10:00 Opening\n11:00 Closing\n"
    )
    assert people(read) == [("Ben Muster", ""), ("Carla Probe", ""), ("Dina Test", "Org")]


def test_clock_times_are_read_in_every_way_in_which_agendas_write_them() -> None:
    read = session(
        "Workshop\n2 June 2025, 9:00-13:00 CEST, Room A\n9h00 Coffee\n10 AM Welcome\n11:00 am: Panel\n12.30 Q&A\n"
    )
    assert [(part.title, part.minutes) for part in read.segments] == [
        ("Coffee", 60), ("Welcome", 60), ("Panel", 90), ("Q&A", 30),
    ]  # fmt: skip


def test_headings_of_a_page_below_a_list_of_people_are_nobody() -> None:
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Forum",
        "performer": {"name": "Cher"},
    }
    data |= {"startDate": "2025-06-01T10:00+02:00", "eventStatus": "https://schema.org/EventPostponed"}
    read = session(
        f"<html><head><script type='application/ld+json'>{json.dumps(data)}</script></head><body><h2>Speakers</h2>"
        "<ul><li>Ama Example, Org</li><li>Cher</li></ul><h2>Sponsors</h2><p>Big Company</p></body></html>"
    )
    assert people(read) == [("Cher", ""), ("Ama Example", "Org")]
    assert [line.text for line in read.unparsed] == ["Sponsors", "Big Company"]
    assert "postponed" in " ".join(mark.how for mark in read.inferred)


def test_a_title_stays_before_the_name_of_a_chair() -> None:
    moment = {"date": "2025-06-01", "time": "09:00:00", "tz": "Europe/Zurich"}
    event: dict[str, object] = {"_type": "Conference", "id": "1", "title": "Forum", "startDate": moment}
    event |= {
        "endDate": moment,
        "room": "",
        "roomFullname": "5-1-001",
        "location": "Harbour",
        "chairs": [{"fullName": "Dr. Example, Ama"}],
    }
    read = session(json.dumps({"results": [event]}))
    assert [person.name for person in read.onsite_moderators] == ["Dr. Ama Example"]
    assert read.room == "5-1-001, Harbour"


def test_the_name_of_a_calendar_has_no_signs_of_the_format() -> None:
    event = "BEGIN:VEVENT\nUID:1\nDTSTART:20250601T100000Z\nSUMMARY:Ports\\, lamps\nEND:VEVENT"
    read = session(f"BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Forum\\, 2025\n{event}\nEND:VCALENDAR\n")
    assert (read.gathering, read.title) == ("Forum, 2025", "Ports, lamps")

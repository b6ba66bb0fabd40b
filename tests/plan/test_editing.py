"""The fields of the form, laid over a programme."""

from __future__ import annotations

import pytest

from acquis.plan.document import Inferred, Part, Person, Programme, ProgrammeError, to_data
from acquis.plan.editing import edited, on_the_clock, overlaid, slug, zone_of
from acquis.reference import profile

PROGRAMME = Programme(
    title="A",
    room="Hall 1",
    description="Kept as it is.",
    speakers=(Person("Ada", "Ministry", "Government", gender="woman"), Person("Ben")),
    segments=(Part("Opening", "opening", 15, turn_limit_s=60), Part("Floor", "questions", 45)),
    inferred=(Inferred("room", "the line after the time"), Inferred("segments[0].kind", "opening, by its words")),
)
ROWS = {
    "segments.0.title": "Opening",
    "segments.0.kind": "opening",
    "segments.0.minutes": "20",
    "segments.1.title": "",
    "segments.1.kind": "questions",
    "segments.1.minutes": "45",
    "segments.2.title": "Closing",
    "segments.2.kind": "closing",
    "segments.2.minutes": "5",
}


def test_what_the_form_does_not_name_stays() -> None:
    assert edited(PROGRAMME, {}) == PROGRAMME
    assert edited(PROGRAMME, {"title": " B "}).description == "Kept as it is."


def test_rows_are_changed_taken_out_and_added() -> None:
    opening, closing = edited(PROGRAMME, ROWS).segments
    assert (opening.minutes, opening.turn_limit_s) == (20, 60)
    assert (closing.title, closing.kind, closing.minutes) == ("Closing", "closing", 5)


def test_a_person_keeps_what_the_form_does_not_show() -> None:
    fields = {"speakers.0.name": "Ada B.", "speakers.0.stakeholder_group": "Civil Society", "speakers.1.name": ""}
    (ada,) = edited(PROGRAMME, fields).speakers
    assert ada == Person("Ada B.", "Ministry", "Civil Society", gender="woman")


def test_minutes_that_are_no_number_are_named() -> None:
    with pytest.raises(ProgrammeError) as error:
        edited(PROGRAMME, {**ROWS, "segments.0.minutes": "a quarter"})
    assert error.value.facts["where"] == "segments[0].minutes"


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("UTC", "2026-12-07T15:30:00+00:00"),
        ("UTC+1", "2026-12-07T15:30:00+01:00"),
        ("GMT-4:30", "2026-12-07T15:30:00-04:30"),
        ("Europe/Warsaw", "2026-12-07T15:30:00+01:00"),
    ],
)
def test_times_are_those_of_the_venue(zone: str, instant: str) -> None:
    programme = edited(PROGRAMME, {"zone": zone, "starts": "2026-12-07T15:30", "ends": ""})
    assert (programme.starts, programme.ends, programme.zone) == (instant, "", zone)
    assert on_the_clock(programme.starts, zone) == "2026-12-07T15:30"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"zone": "Nowhere/City"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"zone": "UTC+99"}, "zone"),
        ({"zone": "UTC", "starts": "soon"}, "starts"),
    ],
)
def test_times_that_cannot_be_read_are_named(fields: dict[str, str], where: str) -> None:
    with pytest.raises(ProgrammeError) as error:
        overlaid(to_data(PROGRAMME), fields)
    assert error.value.facts["where"] == where


def test_what_was_changed_by_hand_is_inferred_no_more() -> None:
    assert [mark.field for mark in edited(PROGRAMME, {"room": "Hall 2"}).inferred] == ["segments[0].kind"]
    assert [mark.field for mark in edited(PROGRAMME, ROWS).inferred] == ["room"]


def test_the_switches_of_the_floor() -> None:
    settings = edited(PROGRAMME, {"balance": "region", "moderated": "on"}).settings
    assert (settings.balance, settings.moderated, settings.anonymous_questions) == ("region", True, False)


@pytest.mark.parametrize(
    ("programme", "id"),
    [
        (Programme("x", "119", "IGF 2021", "Workshop"), "igf2021-ws119"),
        (Programme("x", "7", "IGF 2022", "Networking Session"), "igf2022-7"),
        (Programme("Café & code: 3rd round"), "cafe-code-3rd-round"),
        (Programme("对话"), "session"),
        (Programme("a" * 200), "a" * 32),
    ],
)
def test_the_id_tells_the_gathering_and_the_number(programme: Programme, id: str) -> None:
    assert slug(programme, profile("igf-2021")) == id


def test_a_zone_is_a_name_or_an_offset() -> None:
    with pytest.raises(ValueError, match="home"):
        zone_of("at home")

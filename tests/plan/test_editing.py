"""The fields of the form, laid over a programme."""

from __future__ import annotations

import pytest

from acquis.plan import editing
from acquis.plan.document import Goal, Inferred, Part, Person, PolicyQuestion, Programme, Unparsed
from acquis.plan.editing import form_values, on_the_clock, slug
from acquis.plan.zones import zone_of
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


def edited(before: Programme, fields: dict[str, str]) -> Programme:
    programme, problems = editing.edited(before, fields, "en")
    assert problems == []
    return programme


def told(fields: dict[str, str], before: Programme = PROGRAMME) -> dict[str, str]:
    """Field -> sentence of what cannot be used."""
    return {one.field: one.sentence("en") for one in editing.edited(before, fields, "en")[1]}


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


def test_every_field_that_is_wrong_is_told_at_once_and_in_words() -> None:
    """W M10: only the first error was told, as `segments[0].minutes: Expected int`."""
    fields = {"zone": "Atlantis", "starts": "soon", "ends": "", "minutes": "long", "speakers.0.name": "Ada"}
    fields |= {**ROWS, "segments.0.minutes": "a quarter", "segments.0.limit": "short", "segments.2.limit": "1:75"}
    fields |= {"speakers.1.name": "", "speakers.2.name": "", "speakers.2.organization": "Ministry"}
    assert told(fields) == {
        "zone": "“Atlantis” is not a time zone. Write UTC, UTC+1 or a name such as Europe/Warsaw.",
        "starts": "“soon” is not a date and a time. Write it like 31 July 2027, 14:00. "
        "A weekday in it has to fit the date.",
        "minutes": "The length “long” is not a whole number of minutes. Write it like 90.",
        "segments.0.minutes": "“a quarter” is not a whole number of minutes for segment 1. Write it like 15.",
        "segments.0.limit": "“short” is not a time per speaker for segment 1. Write minutes like 2 or 1:30.",
        "segments.2.limit": "“1:75” is not a time per speaker for segment 3. Write minutes like 2 or 1:30.",
        "speakers.2.name": "Row 3 has no name. Write the name of the person, or clear the row.",
    }


WHOLE = Programme(
    title="A", number="7", gathering="IGF 2026", type="Workshop", profile="igf-2025", theme="Trust",
    zone="Europe/Warsaw",
    starts="2026-12-07T09:30:00+01:00", ends="2026-12-07T11:00:00+01:00", room="Hall 1", format="Panel",
    seating="Round", minutes=90, organizers=(Person("Ono", "Society"),),
    speakers=(Person("Ada", "Ministry", "Government", gender="woman"),),
    policy_questions=(PolicyQuestion("Who pays?", "Money"), PolicyQuestion("Who keeps it?")), issue="It matters.",
    description="First.\n\nSecond.", expected_outcomes="A list.", interaction="By hand.", sdgs=(Goal(9),),
    segments=(Part("Panel", "panel", 60, turn_limit_s=90),
        Part("Floor", "questions", 30, turn_limit_s=120, fair=False)),
    unparsed=(Unparsed(3, "?"),), online_participation="By link.", official_tool="Yes.",
)  # fmt: skip


def test_the_form_holds_the_whole_programme() -> None:
    """W M9: it covered a third. B row 34: what is saved unchanged is the same programme."""
    values = form_values(WHOLE, "en")
    assert edited(WHOLE, values) == WHOLE
    assert form_values(edited(Programme(title="", profile="panel"), values), "en") == values
    assert values["segments.0.limit"] == "1:30"


@pytest.mark.parametrize(
    "typed",
    [
        "7 December 2026, 15:30", "Monday, 7 December 2026, 15:30", "2026-12-07 15:30",
        "Monday, 7 December 2026, 15:30\N{EN DASH}16:30 (UTC)",
        "7 Dec 2026 15:30", "7th December 2026, 15:30", "2026-12-07T15:30", "December 7, 2026, 15:30",
    ],
)  # fmt: skip
def test_times_are_read_as_pages_show_them(typed: str) -> None:
    """W M10: "31 July 2027", as pages show it, was refused."""
    assert edited(PROGRAMME, {"zone": "UTC", "starts": typed}).starts == "2026-12-07T15:30:00+00:00"


@pytest.mark.parametrize(
    "typed", ["7 December 2026", "Tuesday, 7 December 2026, 15:30", "31 June 2026, 15:30", "7.12. 9"]
)
def test_a_time_that_is_none_or_whose_weekday_differs_is_told(typed: str) -> None:
    assert list(told({"zone": "UTC", "starts": typed})) == ["starts"]


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
    assert on_the_clock(programme.starts, zone, "en") == "7 December 2026, 15:30"


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
    assert list(told(fields)) == [where]


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

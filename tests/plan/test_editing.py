"""The fields of the form, laid over a programme."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.effort import times

from acquis.attributes import AskedAttributes
from acquis.plan import editing
from acquis.plan.document import (
    FloorSettings,
    Goal,
    Inferred,
    Person,
    PlannedSegment,
    PolicyQuestion,
    Programme,
    Unparsed,
)
from acquis.plan.editing import form_values, on_the_clock, slug
from acquis.plan.zones import zone_of
from acquis.reference import profile

PROGRAMME = Programme(
    title="A",
    room="Hall 1",
    description="Kept as it is.",
    speakers=(Person("Ada", "Ministry", "Government", gender="woman"), Person("Ben")),
    segments=(PlannedSegment("Opening", "opening", 15, turn_limit_s=60), PlannedSegment("Floor", "questions", 45)),
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
        "zone": "“Atlantis” is not a time zone. Enter UTC, UTC+1 or a name such as Europe/Warsaw.",
        "starts": "“soon” is not a date and time. Enter it like 31 July 2027, 14:00. A weekday must match the date.",
        "minutes": "The length “long” is not a whole number of minutes. Enter it like 90.",
        "segments.0.minutes": "“a quarter” is not a whole number of minutes for segment 1. Enter it like 15.",
        "segments.0.limit": "“short” is not a time limit for segment 1. Enter minutes like 2 or 1:30.",
        "segments.2.limit": "“1:75” is not a time limit for segment 3. Enter minutes like 2 or 1:30.",
        "speakers.2.name": "Row 3 has no name. Enter the name of the person, or clear the row.",
    }


WHOLE = Programme(
    title="A", number="7", gathering="IGF 2026", type="Workshop", profile="igf-2025", theme="Trust",
    zone="Europe/Warsaw",
    starts="2026-12-07T09:30:00+01:00", ends="2026-12-07T11:00:00+01:00", room="Hall 1", format="Panel",
    seating="Round", minutes=90, organizers=(Person("Ono", "Society"),),
    speakers=(Person("Ada", "Ministry", "Government", gender="woman"),),
    policy_questions=(PolicyQuestion("Who pays?", "Money"), PolicyQuestion("Who keeps it?")), issue="It matters.",
    description="First.\n\nSecond.", expected_outcomes="A list.", interaction="By hand.", sdgs=(Goal(9),),
    segments=(PlannedSegment("Panel", "panel", 60, turn_limit_s=90),
        PlannedSegment("Floor", "questions", 30, turn_limit_s=120, fair=False)),
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
        (Programme("x", "119", "IGF 2021", type="Workshop"), "igf2021-ws119"),
        (Programme("x", "7", "IGF 2022", type="Networking Session"), "igf2022-7"),
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


# --- the form holds everything -----------------------------------------------------------------------------------

NOT_IN_THE_FORM = {
    "Programme.rehearsal": "a rehearsal is a copy, which is made and not typed",
    "Programme.practice": "the same",
    "Programme.page_report": "what the imported page reported; its session is over",
    "Programme.source": "the page that it was imported from",
    "Programme.inferred": "marks of the import, which a change in the form removes",
    "Programme.unparsed": "lines of the page, to look up and not to change",
    "Programme.carried": "what was taken over from an earlier session, ticked on a page of its own",
    "Programme.version": "of the shape of the data",
    "Person.gender": "only of speakers, whose floor time is counted by it",
}
"""Fields of a programme without a place in the form, each with the reason."""
LISTS = {
    **dict.fromkeys(editing.PEOPLE, Person),
    "segments": PlannedSegment,
    "policy_questions": PolicyQuestion,
    "sdgs": Goal,
}
COLUMN_OF = {"turn_limit_s": "limit"}


def test_every_field_of_a_programme_is_in_the_form() -> None:
    """W M9: a field that is added to the programme has to get its place, or a reason why it has none."""
    values = form_values(FULL, "en")
    missing = {
        f"Programme.{field}"
        for field in Programme.__struct_fields__
        if field not in values and field not in LISTS and field != "settings"
    }
    missing |= {f"FloorSettings.{field}" for field in FloorSettings.__struct_fields__ if field not in values}
    for name, kind in LISTS.items():
        for field in kind.__struct_fields__:
            column = re.compile(rf"{name}\.\d+\.{COLUMN_OF.get(field, field)}\b")
            if not any(map(column.match, values)):
                missing.add(f"{kind.__name__}.{field}")
    assert missing == NOT_IN_THE_FORM.keys()


FULL = replace(
    WHOLE,
    **dict.fromkeys(editing.PEOPLE, (Person("Ono", "Society", "Civil Society", "African Group"),)),
    segments=(
        PlannedSegment("Panel", "panel", 60, turn_limit_s=90, fair=True, open_floor=False),
        PlannedSegment("Floor", "questions", 30, stakeholders=("Private Sector", "Government"), registered=True),
    ),
    sdgs=(Goal(16, ("16.6", "16.10")), Goal(9)),
    sdg_text="Institutions.",
    settings=FloorSettings("region", chatham_house_rule=True, **dict.fromkeys(AskedAttributes.__struct_fields__, True)),
)

WORD = st.text("abcÄ (),.;:#'\"\N{EN DASH}", min_size=1, max_size=8).map(str.strip).filter(bool)
LINES = st.text("ab \n", max_size=20).map(str.strip)
TARGET = st.from_regex(r"[1-9]{1,2}\.[0-9a-c]{1,2}", fullmatch=True)
PEOPLE = st.lists(st.builds(Person, WORD, WORD | st.just(""), WORD | st.just(""), WORD | st.just("")), max_size=3)
SPEAKERS = st.lists(
    st.builds(Person, WORD, WORD | st.just(""), WORD | st.just(""), WORD | st.just(""), WORD | st.just("")), max_size=3
)
SWITCH = st.none() | st.booleans()
PARTS = st.builds(
    PlannedSegment,
    title=WORD,
    kind=st.sampled_from(["opening", "panel", "questions", "closing", "other"]),
    minutes=st.integers(0, 600),
    turn_limit_s=st.none() | st.integers(0, 3600),
    fair=SWITCH,
    open_floor=SWITCH,
    stakeholders=st.lists(WORD, max_size=3, unique=True).map(tuple),
    registered=st.booleans(),
)
PROGRAMMES = st.builds(
    Programme,
    title=WORD,
    number=WORD | st.just(""),
    theme=WORD | st.just(""),
    profile=st.sampled_from(["panel", "igf-2021", "unknown"]),
    minutes=st.integers(0, 600),
    description=LINES,
    sdg_text=LINES,
    **{name: PEOPLE.map(tuple) for name in editing.PEOPLE if name != "speakers"},
    speakers=SPEAKERS.map(tuple),
    segments=st.lists(PARTS, max_size=3).map(tuple),
    policy_questions=st.lists(st.builds(PolicyQuestion, WORD, WORD | st.just("")), max_size=2).map(tuple),
    sdgs=st.lists(st.builds(Goal, st.integers(1, 17), st.lists(TARGET, max_size=2).map(tuple)), max_size=2).map(tuple),
    settings=st.builds(
        FloorSettings,
        balance=st.sampled_from(["lane", "stakeholder", "region"]),
        moderated=st.booleans(),
        anonymous_questions=st.booleans(),
        chatham_house_rule=st.booleans(),
    ),
)


@settings(max_examples=times(150))
@given(PROGRAMMES)
@example(FULL)
def test_what_is_saved_unchanged_is_the_same_programme(programme: Programme) -> None:
    values = form_values(programme, "en")
    assert edited(programme, values) == programme
    blank = replace(programme, segments=(), sdgs=(), speakers=(), settings=FloorSettings(), sdg_text="", minutes=0)
    assert edited(blank, values) == replace(programme, inferred=())


def test_a_goal_that_is_none_is_told_in_words() -> None:
    fields = {"sdgs.0.number": "18", "sdgs.0.targets": "", "sdgs.1.number": "", "sdgs.1.targets": "16.6"}
    assert told(fields) == {
        "sdgs.0.number": "“18” is not a Sustainable Development Goal. Write its number, from 1 to 17.",
        "sdgs.1.number": "Row 2 has targets and no goal. Choose the goal, or clear the row.",
    }


def test_groups_stay_where_the_form_does_not_show_them() -> None:
    (part,) = edited(replace(FULL, segments=FULL.segments[1:]), {"segments.0.title": "Floor"}).segments
    assert (part.stakeholders, part.registered) == (("Private Sector", "Government"), True)
    (part,) = edited(
        replace(FULL, segments=FULL.segments[1:]), {"segments.0.title": "F", "segments.0.more": "on"}
    ).segments
    assert (part.stakeholders, part.registered) == ((), False)

"""A schedule of many sessions: clashes, a later version of it, and the way out and back in every form."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from msgspec.structs import replace
from tests.plan import schedules

from acquis.documents.schedules import SCHEDULE_FORMS, ListedSession, frab_json, frab_xml, schedule_csv
from acquis.plan.document import Person, PlannedSegment, Programme, from_yaml, to_yaml
from acquis.plan.importers import read_sessions
from acquis.plan.schedule import Clash, Schedule, clashes, compare
from acquis.reference import profile

PANEL = profile("panel")
NOW = datetime.datetime(2025, 5, 1, tzinfo=datetime.UTC)
MANY = 300


def pretalx(sessions: int, changed: int = 0) -> str:
    """An export of an invented conference with ten rooms; of the first `changed` sessions the title is another."""
    days: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for number in range(sessions):
        day, slot, room = number // 75, number % 75 // 10, f"Room {number % 10}"
        start = datetime.datetime(2025, 6, 1 + day, 9 + slot, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
        event = {
            "guid": f"g-{number}", "id": number + 1, "date": start.isoformat(), "start": f"{start:%H:%M}",
            "duration": "00:50", "room": room, "title": f"Bell {number}{' (moved)' if number < changed else ''}",
            "type": {"en": "Talk"}, "track": {"en": "Ports"}, "abstract": "On bells <b>& boats</b>.",
            "description": "One.\n\nTwo. " + "A text. " * 100,
            "persons": [{"id": place, "public_name": f"Ole {'ABCDEFGHIJ'[number % 10]}. Dahl"} for place in (1,)],
        }  # fmt: skip
        days.setdefault(f"{start:%Y-%m-%d}", {}).setdefault(room, []).append(event)
    listed = [{"index": place, "date": day, "rooms": rooms} for place, (day, rooms) in enumerate(days.items(), 1)]
    conference = {"acronym": "bells25", "title": "Bell Days", "time_zone_name": "Europe/Oslo", "days": listed}
    return json.dumps({"schedule": {"conference": conference}})


def read(text: str | bytes) -> tuple[Programme, ...]:
    return read_sessions(text, PANEL).sessions


def listed(sessions: tuple[Programme, ...]) -> list[ListedSession]:
    return [ListedSession(f"s-{number}", programme) for number, programme in enumerate(sessions)]


def by_source(sessions: tuple[Programme, ...]) -> dict[str, Programme]:
    return {programme.source: programme for programme in sessions}


def test_three_hundred_sessions_come_in_again_with_ten_changes_and_go_out_and_read_back_equal() -> None:
    sessions = read(pretalx(MANY))
    assert len(by_source(sessions)) == MANY
    here = [(f"s-{number}", from_yaml(to_yaml(programme))) for number, programme in enumerate(sessions)]
    again = compare(here, Schedule(read(pretalx(MANY, 10))))
    assert (again.new, len(again.known), len(again.changed), again.gone) == ((), MANY, 10, ())
    assert {known.fields for known in again.changed} == {("title",)}
    for written in (frab_xml("Bell Days", listed(sessions)), frab_json("Bell Days", listed(sessions))):
        assert by_source(read(written)) == by_source(sessions)


def test_another_export_of_the_event_makes_no_doubles_and_blanks_nothing() -> None:
    here = [(f"s-{number}", programme) for number, programme in enumerate(read(schedules.PRETALX))]
    again = compare(here, Schedule(read(schedules.REST)))
    assert (again.new, [known.session for known in again.known], again.gone) == ((), ["s-0", "s-1"], ())
    bells, ropes = again.known
    assert (bells.fields, bells.programme.description) == (("description",), "Why ring.\n\nTwo speak.")
    assert (ropes.fields, ropes.programme.speakers) == (("format",), here[1][1].speakers)
    assert bells.programme.source == "frab:ferry25:g-1"
    moved = schedules.REST.replace("T10:00:00+02:00", "T12:00:00+02:00")
    assert [programme.title for programme in compare(here, Schedule(read(moved))).new] == ["Bells & boats"]


def test_the_way_out_and_back_keeps_what_the_form_has_room_for() -> None:
    sessions = tuple(replace(programme, inferred=()) for programme in read(schedules.FRAB))
    assert by_source(read(frab_xml("Ferry Days", listed(sessions)))) == by_source(sessions)
    table = read(schedule_csv("Ferry Days", listed(sessions)))
    assert [(s.title, s.starts, s.ends, s.room, s.zone, s.speakers) for s in table] == [
        (s.title, s.starts, s.ends, s.room, s.zone, s.speakers) for s in sessions
    ]


@pytest.mark.parametrize("form", SCHEDULE_FORMS, ids=lambda form: form.ending)
def test_each_form_is_read_back_with_titles_rooms_and_instants(form: Any) -> None:
    sessions = read(schedules.FRAB)
    back = read(form.write("Ferry Days", listed(sessions), NOW))

    def seen(programme: Programme) -> tuple[str, str, datetime.datetime]:
        return programme.title, programme.room, datetime.datetime.fromisoformat(programme.starts)

    assert sorted(map(seen, back)) == sorted(map(seen, sessions))


def test_cancelled_and_untimed_sessions_and_control_characters_are_left_out() -> None:
    fine = Programme(title="=Bells\x07 & <boats>", starts="2025-06-01T10:00:00+02:00", ends="2025-06-01T11:00:00+02:00")
    sessions = [ListedSession("a", fine), ListedSession("b", fine, "", True), ListedSession("c", Programme(title="x"))]
    for form in SCHEDULE_FORMS:
        (back,) = read(form.write("Ferry Days", sessions, NOW))
        assert back.title == "=Bells & <boats>"


def slot(title: str, room: str, start: int, end: int, *names: str) -> Programme:
    return Programme(
        title=title,
        room=room,
        starts=f"2025-06-01T{start:02}:00:00+02:00",
        ends=f"2025-06-01T{end:02}:00:00+02:00",
        speakers=tuple(map(Person, names)),
    )


def test_a_room_or_a_person_needed_twice_at_a_time_is_a_clash() -> None:
    sessions = [
        slot("A", "Pier", 10, 12, "Ole Dahl"),
        slot("B", "pier", 11, 13),
        slot("C", "Quay", 11, 12, "OLE  DAHL"),
        slot("D", "Pier", 13, 14, "Ole Dahl"),
        Programme(title="E", room="Pier"),
    ]
    assert clashes(sessions) == [Clash("room", "pier", 0, 1), Clash("person", "OLE  DAHL", 0, 2)]


def test_a_long_session_clashes_with_one_after_a_short_one() -> None:
    sessions = [slot("A", "Pier", 9, 15), slot("B", "Pier", 10, 11), slot("C", "Pier", 14, 16)]
    assert [(clash.first, clash.second) for clash in clashes(sessions)] == [(0, 1), (0, 2)]


def test_a_later_schedule_keeps_what_was_added_here() -> None:
    (bells, ropes) = read(schedules.FRAB)
    mine = replace(
        bells,
        speakers=(Person("Ole Dahl", "Ferry Union", "Civil Society"),),
        segments=(PlannedSegment("Floor", "questions", 90),),
    )
    moved = replace(bells, room="Quay", speakers=(Person("OLE DAHL"), Person("Pia Roth")))
    comparison = compare([("mine", mine), ("other", ropes), ("own", Programme(title="Own"))], Schedule((moved,)))
    (known,) = comparison.known
    assert (known.session, known.fields, comparison.new, comparison.gone) == (
        "mine",
        ("room", "speakers"),
        (),
        ("other",),
    )
    assert known.programme == replace(
        mine, room="Quay", speakers=(Person("OLE DAHL", "Ferry Union", "Civil Society"), Person("Pia Roth"))
    )


def test_the_same_schedule_changes_nothing_and_a_schedule_of_others_leaves_all_alone() -> None:
    sessions = read(schedules.FRAB)
    here = [(f"s-{number}", programme) for number, programme in enumerate(sessions)]
    assert compare(here, Schedule(sessions)).changed == []
    other = compare(here, Schedule(read(schedules.FRAB.replace("ferry25", "ferry26"))))
    assert (len(other.new), other.known, other.gone) == (2, (), ())

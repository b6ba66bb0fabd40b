"""The dry run says what a good secretary would say, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.effort import times
from tests.plan import pages

from acquis.i18n import PSEUDO
from acquis.i18n.refusals import SENTENCES
from acquis.plan.check import Finding, check_programme, slot_minutes
from acquis.plan.document import Person, PlannedSegment, Programme, ProgrammeError
from acquis.plan.findings import FINDINGS, finding_sentence
from acquis.plan.importers import read_programme
from acquis.plan.importers.igf import import_igf
from acquis.reference import profile, profile_of

IGF = profile("igf-2021")
AFRICA, ASIA, EAST = "African Group", "Asia-Pacific Group", "Eastern European Group"
WEOG, GRULAC = "Western European and Others Group", "Latin American and Caribbean Group"

SOUND = Programme(
    title="Rivers Between Networks",
    starts="2021-12-06T09:30:00+00:00",
    ends="2021-12-06T11:00:00+00:00",
    format="Panel",
    seating="Auditorium",
    minutes=90,
    speakers=(
        Person("Aldo Brennick", "", "Government", WEOG),
        Person("Mirela Osk", "", "Intergovernmental Organization"),
        Person("Rui Tannenholm", "", "Civil Society", GRULAC),
        Person("Sefa Quill", "", "Technical Community", AFRICA),
        Person("Wanda Foss", "", "Private Sector", EAST),
        Person("Olu Marsh", "", "Government", ASIA),
    ),
    onsite_moderators=(Person("Nadir Pell", "", "Private Sector", AFRICA),),
    online_moderators=(Person("Ines Varga", "", "Civil Society", ASIA),),
    rapporteurs=(Person("Tomo Ilves", "", "Civil Society", ASIA),),
    segments=(
        PlannedSegment("Opening", "opening", 10),
        PlannedSegment("Panel", "panel", 30),
        PlannedSegment("Questions", "questions", 50),
    ),
)
TWO = SOUND.segments[:2]
FIVE_MORE = (*SOUND.segments, PlannedSegment("More", "other", 5))
NO_MORE = (*SOUND.segments, PlannedSegment("More", "other", 0))
DUTIES = ["form_asks", "report_due_at", "long_report_due_unverified", "earlier_report"]


def codes(programme: Programme) -> list[str]:
    return [finding.code for finding in check_programme(programme, IGF)]


def the(code: str, programme: Programme) -> Finding:
    (finding,) = [finding for finding in check_programme(programme, IGF) if finding.code == code]
    return finding


def speakers(*people: Person) -> Programme:
    return replace(SOUND, speakers=people)


def test_a_sound_programme_gets_its_duties_and_nothing_else() -> None:
    assert codes(SOUND) == DUTIES
    assert the("form_asks", SOUND).facts["fields"][:2] == ["organizers", "theme"]
    assert "organizers" not in the("form_asks", replace(SOUND, organizers=SOUND.speakers)).facts["fields"]


def test_the_duties_have_their_hours() -> None:
    assert the("report_due_at", SOUND).facts == {
        "sections": ["Key takeaways", "Call to action"],
        "minutes": 120,
        "due": "2021-12-06T13:00+00:00",
        "zone": SOUND.zone,
    }
    later = replace(SOUND, starts="2021-12-06T22:30:00+01:00", ends="2021-12-07T00:00:00+01:00", zone="Europe/Warsaw")
    found = the("report_due_at", later)
    assert found.facts["due"] == "2021-12-07T02:00+01:00"
    assert "due at 7 December 2021, 02:00 (Europe/Warsaw), 2 hours" in finding_sentence("en", found)
    assert "report_due_after" in codes(replace(SOUND, ends=""))


@pytest.mark.parametrize(
    ("changes", "code", "severity", "where", "facts"),
    [
        (
            {"segments": TWO},
            "segments_do_not_add_up",
            "warning",
            "segments",
            {"planned": 40, "slot": 90},
        ),
        (
            {"segments": FIVE_MORE},
            "segments_do_not_add_up",
            "error",
            "segments",
            {"planned": 95},
        ),
        ({"segments": ()}, "no_segments", "error", "segments", {}),
        (
            {"segments": NO_MORE},
            "segment_without_time",
            "error",
            "segments[3]",
            {"title": "More"},
        ),
        ({"segments": (PlannedSegment("Panel", "panel", 90),)}, "no_questions_segment", "note", "segments", {}),
        ({"minutes": 60}, "format_differs", "warning", "minutes", {"minutes": 60, "slot": 90}),
        ({"minutes": 75}, "unusual_length", "note", "minutes", {"usual": [30, 60, 90]}),
        ({"format": "Hackathon"}, "unknown_value", "note", "format", {"value": "Hackathon"}),
        ({"seating": "Floor"}, "unknown_value", "note", "seating", {"value": "Floor"}),
        (
            {"gathering": "IGF 2099", "profile": profile_of("IGF 2099")},
            "rules_of_another_edition",
            "note",
            "profile",
            {"gathering": "IGF 2099"},
        ),
        ({"starts": ""}, "no_time", "warning", "starts", {}),
        ({"ends": "2021-12-06T09:30:00+00:00"}, "ends_before_start", "error", "ends", {}),
        ({"starts": "next Monday"}, "time_unreadable", "error", "starts", {"time": "next Monday"}),
        ({"ends": "2021-12-06T11:00:00"}, "time_without_zone", "warning", "ends", {}),
        ({"speakers": SOUND.speakers[:2]}, "too_few_speakers", "warning", "speakers", {"speakers": 2, "minimum": 3}),
        ({"onsite_moderators": ()}, "no_onsite_moderator", "warning", "onsite_moderators", {}),
        ({"online_moderators": ()}, "no_online_moderator", "warning", "online_moderators", {}),
        ({"rapporteurs": ()}, "no_rapporteur", "warning", "rapporteurs", {}),
        ({"title": "x" * 61}, "title_long", "note", "title", {"length": 61, "limit": 60}),
        ({"description": "word " * 251}, "description_long", "note", "description", {"length": 251, "limit": 250}),
    ],
)
def test_each_finding(changes: dict[str, Any], code: str, severity: str, where: str, facts: dict[str, Any]) -> None:
    finding = the(code, replace(SOUND, **changes))
    assert (finding.severity, finding.where) == (severity, where)
    assert {name: finding.facts[name] for name in facts} == facts


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("a majority of the workshop will be a structured Q&A", True),
        ("The majority of the session then seeks to include participants via an open Q&A format", True),
        ("Most of the time is for questions from the room", True),
        ("Q&A will take more than half of the session", True),
        ("Speakers name the most important questions of the session", False),
        ("A majority of states supports it. The session ends with Q&A", False),
        ("There will be a Q&A", False),
    ],
)
def test_a_promise_of_mostly_questions(text: str, promised: bool) -> None:
    half = (PlannedSegment("Panel", "panel", 45), PlannedSegment("Questions", "questions", 45))
    more = (PlannedSegment("Panel", "panel", 44), PlannedSegment("Questions", "questions", 46))
    for field in ("description", "expected_outcomes", "interaction"):
        assert ("majority_promised" in codes(replace(SOUND, segments=half, **{field: text}))) is promised
        assert "majority_promised" not in codes(replace(SOUND, segments=more, **{field: text}))


def test_half_is_not_a_majority() -> None:
    half = (PlannedSegment("Panel", "panel", 45), PlannedSegment("Questions", "questions", 45))
    programme = replace(SOUND, segments=half, description="Most of the session is Q&A.")
    assert the("majority_promised", programme).facts == {"given": 45, "total": 90}


def test_voices_are_those_of_the_panel_not_of_the_moderators() -> None:
    programme = speakers(
        *(Person(f"Speaker {n}", "", "Government", region) for n, region in enumerate(IGF.regional_groups))
    )
    assert the("voices_missing", programme).facts == {
        "groups": ["Civil Society", "Technical Community", "Private Sector"],
        "speakers": 5,
        "present": ["Government"],
    }
    one = speakers(*SOUND.speakers[:4])
    assert the("voices_missing", one).facts["groups"] == ["Private Sector"]


def test_a_panel_without_groups_says_so() -> None:
    found = codes(speakers(*(Person(name) for name in ("Ann", "Ben", "Cem"))))
    assert "no_voice_known" in found
    assert found.count("no_stakeholder_group") == 3


def test_one_person_with_many_roles_is_found_in_capitals_too() -> None:
    programme = replace(
        SOUND,
        organizers=(Person("Ines  Varga", "Lantern"),),
        rapporteurs=(Person("INES VARGA", "", "Civil Society", ASIA),),
    )
    assert the("three_roles", programme).facts == {
        "name": "Ines  Varga",
        "roles": ["organizer", "online moderator", "rapporteur"],
    }
    assert the("rapporteur_busy", programme).facts["roles"] == ["online moderator"]


def test_two_roles_are_one_persons_business_unless_one_is_to_write() -> None:
    assert codes(replace(SOUND, organizers=SOUND.onsite_moderators)) == DUTIES
    assert codes(replace(SOUND, organizers=SOUND.rapporteurs)) == DUTIES
    assert "rapporteur_busy" in codes(replace(SOUND, rapporteurs=SOUND.speakers[:1]))


@pytest.mark.parametrize(
    ("group", "region", "code"),
    [
        ("Government", "Intergovernmental Organization", "region_is_a_stakeholder_group"),
        ("Civil Society", "Civil Society", "region_is_a_stakeholder_group"),
        ("African Group", "Civil Society", "group_is_a_region"),
        ("African Group", "", "group_is_a_region"),
        ("Academia", "African Group", "unknown_group"),
        ("Government", "Ministry of Rivers", "unknown_region"),
        ("", "African Group", "no_stakeholder_group"),
        ("Intergovernmental Organization", "Intergovernmental Organization", "region_of_an_organization"),
        ("Intergovernmental Organization", "", None),
        ("Government", "African Group", None),
        ("Government", "", None),
    ],
)
def test_groups_in_the_wrong_place(group: str, region: str, code: str | None) -> None:
    """W m20: also the regional group of an intergovernmental organization."""
    about = [
        f
        for f in check_programme(speakers(*SOUND.speakers, Person("Ann", "", group, region)), IGF)
        if f.where == "speakers[6]"
    ]
    assert (code in [finding.code for finding in about]) if code else not about


@pytest.mark.parametrize(
    ("genders", "found"),
    [((), False), (("woman",), False), (("man", "Man"), True), (("man", "woman"), False), (("man", "man", ""), True)],
)
def test_gender_counts_only_where_people_said_so(genders: tuple[str, ...], found: bool) -> None:
    said = [replace(person, gender=gender) for person, gender in zip(SOUND.speakers, genders)]
    assert ("one_gender" in codes(speakers(*said, *SOUND.speakers[len(said) :]))) is found


def test_the_gravest_comes_first() -> None:
    found = [finding.severity for finding in check_programme(replace(SOUND, segments=(), rapporteurs=()), IGF)]
    assert found == sorted(found, key=["error", "warning", "note"].index)
    assert found[0] == "error"


FIVE = {"majority_promised", "voices_missing", "three_roles", "region_is_a_stakeholder_group", "regions_missing"}


def test_an_invented_twin_of_the_model_case_has_its_five_faults() -> None:
    assert set(codes(import_igf(pages.HALF_LABELLED, IGF))) >= FIVE


def test_the_model_case_has_its_five_faults(shared: Path) -> None:
    programme = import_igf((shared / "igf" / "ws119.txt").read_bytes(), IGF)
    assert set(codes(programme)) >= FIVE
    assert the("majority_promised", programme).facts == {"given": 45, "total": 90}
    assert the("voices_missing", programme).facts["groups"] == IGF.panel_voices
    assert the("three_roles", programme).facts["name"] == "John Hering"
    assert the("region_is_a_stakeholder_group", programme).where == "speakers[4]"
    assert the("regions_missing", programme).facts["groups"] == [AFRICA, ASIA, EAST]
    assert the("report_due_at", programme).facts["due"] == "2021-12-10T13:45+00:00"
    assert not {"segments_do_not_add_up", "format_differs", "lines_not_understood"} & set(codes(programme))


TEXT = st.sampled_from(
    ["", "Government", "African Group", "Civil Society", "x", "2021-12-06T09:30:00", "2021-12-06T11:00:00+00:00"]
)
PERSONS = st.lists(
    st.builds(Person, name=TEXT, stakeholder_group=TEXT, regional_group=TEXT, gender=TEXT), max_size=4
).map(tuple)
PARTS = st.lists(
    st.builds(PlannedSegment, title=TEXT, kind=st.sampled_from(["panel", "questions"]), minutes=st.integers(-9, 90)),
    max_size=4,
)
ANY = st.builds(
    Programme,
    title=TEXT,
    starts=TEXT,
    ends=TEXT,
    minutes=st.integers(-9, 90),
    format=TEXT,
    organizers=PERSONS,
    speakers=PERSONS,
    rapporteurs=PERSONS,
    segments=PARTS.map(tuple),
)


@settings(max_examples=times(40))
@given(ANY)
def test_every_finding_of_any_programme_can_be_said(programme: Programme) -> None:
    for finding in check_programme(programme, IGF):
        sentence = finding_sentence("en", finding)
        assert sentence
        assert "{" not in sentence


def test_findings_and_failures_are_said_in_the_readers_language() -> None:
    finding = Finding("three_roles", "warning", "rapporteurs", {"name": "Ann", "roles": ["organizer", "rapporteur"]})
    assert finding_sentence("en", finding).startswith("Ann has several roles: organizer, rapporteur.")
    assert "organizer" not in finding_sentence(PSEUDO, finding)
    assert ProgrammeError("bad_programme", where="title", reason="none").sentence("en") == "In title: none."
    assert not set(SENTENCES["programme"]) & set(FINDINGS)


@pytest.mark.parametrize(
    ("starts", "ends", "minutes"),
    [
        ("2021-12-06T23:30:00+00:00", "2021-12-07T01:00:00+00:00", 90),
        ("2021-12-06T09:30:00+00:00", "2021-12-06T12:00:00+01:00", 90),
        ("", "2021-12-06T12:00:00+01:00", 0),
        ("2021-12-06T09:30:00", "2021-12-06T12:00:00+01:00", 0),
    ],
)
def test_minutes_of_the_slot(starts: str, ends: str, minutes: int) -> None:
    assert slot_minutes(replace(SOUND, starts=starts, ends=ends)) == minutes


NOON = 1_638_792_000_000
"""6 December 2021, 12:00 UTC, in milliseconds since 1970."""


def days(starts: str, ends: str, zone: str = "UTC", at: int | None = None) -> dict[str, str]:
    """Code -> sentence of what is found about the days of a programme."""
    programme = replace(SOUND, starts=starts, ends=ends, zone=zone)
    wanted = ("two_days", "in_the_past", "clock_changes", "weekday_differs", "time_without_zone", "ends_before_start")
    found = check_programme(programme, IGF, at)
    return {finding.code: finding_sentence("en", finding) for finding in found if finding.code in wanted}


@pytest.mark.parametrize(("minutes", "past"), [(-1, True), (0, False), (60, False)])
def test_a_session_that_is_over_before_it_is_published_is_remarked_on(minutes: int, past: bool) -> None:
    """W M1: a date of 2021 was not remarked on."""
    ends = f"2021-12-06T{12 + minutes // 60:02d}:{minutes % 60:02d}:00+00:00"
    found = days("2021-12-06T10:00:00+00:00", ends, at=NOON)
    assert ("in_the_past" in found) is past
    if past:
        assert "Monday, 6 December 2021" in found["in_the_past"] or "Monday 6 December 2021" in found["in_the_past"]
    assert "in_the_past" not in days("2021-12-06T10:00:00+00:00", ends), "where the present does not matter"


def test_days_that_are_unusual_are_remarked_on() -> None:
    """B F10: two days, no offset, and a change of the clocks."""
    assert list(days("2026-12-10T23:30:00+01:00", "2026-12-11T01:30:00+01:00", "Europe/Berlin")) == ["two_days"]
    assert list(days("2026-10-25T02:30:00+02:00", "2026-10-25T04:30:00+01:00", "Europe/Berlin")) == ["clock_changes"]
    found = days("2026-12-10T12:00:00", "2026-12-10T13:00:00", "Asia/Riyadh")
    assert "Asia/Riyadh" in found["time_without_zone"]
    assert list(days("2026-12-10T12:00:00+00:00", "2026-12-10T11:00:00+00:00")) == ["ends_before_start"]
    assert days("2026-12-10T12:00:00+03:00", "2026-12-10T13:00:00+03:00", "Asia/Riyadh") == {}


@pytest.mark.parametrize(("weekday", "found"), [("Friday", False), ("Thursday", True)])
def test_a_weekday_that_does_not_fit_the_date_is_remarked_on(weekday: str, found: bool) -> None:
    page = (
        "IGF 2021 WS #7 An Invented Dialogue\n"
        f"{weekday}, 10th December, 2021 (10:15 UTC) - Friday, 10th December, 2021 (11:45 UTC)\n"
        "Organizer 1: Ada Example, Invented Society\nSpeaker 1: Ben Sample, Government, African Group\n"
    )
    programme = read_programme(page, IGF)
    assert programme.starts == "2021-12-10T10:15:00+00:00"
    assert ("weekday_differs" in codes(programme)) is found


def test_a_profile_without_a_list_of_formats_has_no_finding_about_them() -> None:
    """The sentence would name what it compares with, and there is nothing: “Panel” is not one of: ."""
    listless = replace(SOUND, profile="panel", minutes=75)
    found = {finding.code for finding in check_programme(listless, profile("panel"))}
    assert not {"unknown_value", "unusual_length"} & found

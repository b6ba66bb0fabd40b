"""What pages of sessions have in places where a person, a question or a goal is expected, and is none or several."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from acquis.plan.document import Goal, Person, Programme
from acquis.plan.doubts import ImportDoubt, doubts
from acquis.plan.importers import names
from acquis.plan.importers.igf import import_igf
from acquis.reference import profile

IGF = profile("igf-2023")
HEAD = "IGF 2023 WS #12 Ferries\n\n"
TAIL = "\n\nFormat\n\nPanel - Auditorium - 60 Min\n\nDescription\n\nA ferry a day."
TBC = "nobody was entered"


def read(body: str, tail: str = TAIL) -> Programme:
    return import_igf(HEAD + body + tail, IGF)


def speakers(*lines: str) -> list[tuple[str, str]]:
    programme = read("Speakers\n\n" + "\n".join(lines) + "\n\nRapporteur\n\nUma Beck")
    return [(person.name, person.organization) for person in programme.speakers]


def marks(programme: Programme) -> dict[str, str]:
    return {mark.field: mark.how for mark in programme.inferred}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ole Dahl, Ferry Union; Pia Roth, Port Office", [("Ole Dahl", "Ferry Union"), ("Pia Roth", "Port Office")]),
        ("Ole Dahl / Pia Roth", [("Ole Dahl", ""), ("Pia Roth", "")]),
        ("Ole Dahl and Pia Roth", [("Ole Dahl", ""), ("Pia Roth", "")]),
        ("• Ole Dahl, Ferry Union • Pia Roth, Port Office", [("Ole Dahl", "Ferry Union"), ("Pia Roth", "Port Office")]),
        ("Ole Dahl, Ferry Union. Pia Roth, Port Office", [("Ole Dahl", "Ferry Union"), ("Pia Roth", "Port Office")]),
        ("• Ole Dahl, Ferry Union", [("Ole Dahl", "Ferry Union")]),
        ("4. Ole Dahl, Ferry Union", [("Ole Dahl", "Ferry Union")]),
        ("Ole Dahl - Ferry Union", [("Ole Dahl", "Ferry Union")]),
        ("Ole Dahl (Ferry Union)", [("Ole Dahl", "Ferry Union")]),
        ("Ole Dahl, Ferries and Boats/Piers", [("Ole Dahl", "Ferries and Boats/Piers")]),
        ("Dr. Ole Dahl, Ferry Union", [("Dr. Ole Dahl", "Ferry Union")]),
        ("Anne-Marie van der Berg, Ferry Union", [("Anne-Marie van der Berg", "Ferry Union")]),
        ("N/A", []),
        ("TBD", []),
        ("(tbc)", []),
        ("To be confirmed", []),
    ],
)
def test_a_line_gives_the_people_that_stand_on_it(line: str, expected: list[tuple[str, str]]) -> None:
    assert speakers(line) == expected


@pytest.mark.parametrize("line", ["Ole Dahl / Pia Roth", "Ole Dahl and Pia Roth"])
def test_people_parted_by_a_weak_sign_are_marked(line: str) -> None:
    assert marks(read(f"Speakers\n\n{line}"))["speakers[0]"] == names.SEVERAL


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("Speakers\n\nOle Dahl, Union\nTBC", "speakers"),
        ("Speaker 1: TBD, Government, African Group", "speakers"),
        ("Rapporteur\n\nN/A", "rapporteurs"),
    ],
)
def test_an_open_place_is_marked_and_nobody_is_entered(body: str, field: str) -> None:
    programme = read(body)
    assert marks(programme)[field].endswith(TBC)
    assert all(not names.is_nobody(person.name) for person in getattr(programme, field))


def test_a_wrapped_line_is_joined_and_marked() -> None:
    lines = ("Ole Dahl, Head of the Ferries of the North,", "South and West, Ferry Union", "Pia Roth, Port Office")
    assert speakers(*lines) == [
        ("Ole Dahl", "Head of the Ferries of the North, South and West, Ferry Union"),
        ("Pia Roth", "Port Office"),
    ]
    assert "joined" in marks(read("Speakers\n\n" + "\n".join(lines)))["speakers[0]"]


def test_the_groups_of_a_wrapped_line_are_groups() -> None:
    programme = read("Speaker 1: Ole Dahl,\nCivil Society, African Group\nSpeaker 2: Pia Roth, Government")
    assert programme.speakers == (
        Person("Ole Dahl", "", "Civil Society", "African Group"),
        Person("Pia Roth", "", "Government"),
    )


def test_prose_under_a_label_of_people_is_the_description_and_marked() -> None:
    programme = read("Organizer: Ole Dahl\n\nThree piers, one boat.\n\nAnd a bell.", "\n\nPanel - Auditorium - 60 Min")
    assert [person.name for person in programme.organizers] == ["Ole Dahl"]
    assert programme.description == "Three piers, one boat.\n\nAnd a bell."
    assert "description" in marks(programme)


def test_prose_is_not_moved_where_the_description_has_its_label() -> None:
    programme = read("Organizer: Ole Dahl\n\nThree piers, one boat.")
    assert (programme.description, [line.text for line in programme.unparsed]) == (
        "A ferry a day.",
        ["Three piers, one boat."],
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. What floats? 2. Who rows? 3. Who pays?", ["What floats?", "Who rows?", "Who pays?"]),
        ("• What floats? • Who rows?", ["What floats?", "Who rows?"]),
        ("A. What floats? B. Who rows?", ["What floats?", "Who rows?"]),
        ("A.) What floats? B.) Who rows?", ["What floats?", "Who rows?"]),
        ("What floats? Who rows?", ["What floats? Who rows?"]),
        ("What of phase 2) and phase 3) of the plan?", ["What of phase 2) and phase 3) of the plan?"]),
    ],
)
def test_questions_of_a_line_are_parted_where_the_page_parts_them(line: str, expected: list[str]) -> None:
    programme = read("Speaker 1: Ole Dahl, Government\n\nPolicy Question(s)\n\n" + line)
    assert [question.text for question in programme.policy_questions] == expected


def test_a_theme_before_numbered_questions_is_that_of_each() -> None:
    programme = read("Speaker 1: A B, Government\n\nPolicy Question(s)\n\nPiers: 1. What floats? 2. Who rows?")
    assert [(question.theme, question.text) for question in programme.policy_questions] == [
        ("Piers", "What floats?"),
        ("Piers", "Who rows?"),
    ]


@pytest.mark.parametrize(
    "goal", ["GOAL 9: Industry, Innovation and Infrastructure", "SDGs\n\n9", "Targets: Piers last."]
)
def test_the_text_after_the_goals_is_the_description(goal: str) -> None:
    programme = read(f"Speaker 1: Ole Dahl, Government\n\nPanel - Auditorium - 60 Min\n\n{goal}\n\nA ferry.", "")
    assert programme.description == "A ferry."
    assert "description" in marks(programme)
    assert "A ferry." not in programme.sdg_text


def test_numbers_alone_under_the_label_are_goals() -> None:
    programme = read("Speaker 1: Ole Dahl, Government\n\nSDGs\n\n9, 17\n4.7")
    assert programme.sdgs == (Goal(4, ("4.7",)), Goal(9), Goal(17))


def test_two_hidden_organizers_of_one_group_are_two() -> None:
    programme = read("Organizer 1: Government, African Group\nOrganizer 2: Government, African Group")
    assert programme.organizers == (Person("", "", "Government", "African Group"),) * 2


def test_labels_inside_a_line_part_it() -> None:
    programme = read(
        "Title: Ferries at Night Description: We row at night. Speakers: Ole Dahl, Union Moderator: Pia Roth\n"
        "Rapporteur: Uma Beck",
        "\n\nPanel - Auditorium - 60 Min",
    )
    assert programme.description == "We row at night."
    assert [person.name for person in programme.speakers] == ["Ole Dahl"]
    assert [person.name for person in programme.onsite_moderators] == ["Pia Roth"]
    assert "page" in marks(programme)


def test_the_form_of_2025_gives_people_with_their_groups() -> None:
    entry = (
        "Organizational Affiliation: Port Office Name: Pia Roth Stakeholder: Government Regional Group: Asia-Pacific"
    )
    asked = "1) How will you facilitate interaction? By bell. 2) How will you design the session? By boat."
    programme = read(f"Description\n\nA ferry.\n\n{asked}\n\nSpeakers\n\n{entry}\n\nRapporteur\n\nUma Beck", "")
    assert programme.speakers == (Person("Pia Roth", "Port Office", "Government", "Asia-Pacific Group"),)
    assert (programme.description, programme.interaction) == ("A ferry.", asked)
    assert programme.unparsed == ()


def test_a_form_that_names_two_organizers_and_moderators_says_so() -> None:
    entry = "Organizational Affiliation: Port Office Moderator and Organizer: Pia Roth (main), Ole Dahl (sub)"
    programme = read(f"Organizers\n\nMinistry of Piers\n{entry}")
    assert [(person.name, person.organization) for person in programme.organizers] == [
        ("", "Ministry of Piers"),
        ("Pia Roth", "Port Office"),
        ("Ole Dahl", "Port Office"),
    ]
    assert "main" in marks(programme)["organizers[1]"]
    assert "moderator" in marks(programme)["organizers[2]"]


def test_a_label_without_its_minutes_keeps_what_follows() -> None:
    programme = read("Speaker 1: Ole Dahl, Government\n\nRoundtable\n\nDuration (minutes)\n\nA ferry a day.", "")
    assert (programme.minutes, programme.description, programme.unparsed) == (0, "A ferry a day.", ())


def test_a_slot_that_differs_from_the_format_is_marked() -> None:
    time = "Sunday, 8th October, 2023 (08:30 UTC) - Sunday, 8th October, 2023 (09:00 UTC)"
    assert "30" in marks(read(f"Time\n\n{time}\n\nSpeaker 1: Ole Dahl, Government"))["minutes"]


def test_the_key_of_a_page_has_no_slash() -> None:
    page = "IGF 2023 Launch / Award Event #197 Ferries\n\nSpeaker 1: Ole Dahl, Government" + TAIL
    assert import_igf(page, IGF).source == "igf:2023:launch-award-event:197"


def test_a_title_as_long_as_a_copy_allows_is_marked() -> None:
    title = "Ferries and their bells in the long nights of the north Agen"
    page = f"IGF 2023 WS #12 {title}\n\nSpeaker 1: Ole Dahl, Government{TAIL}"
    assert len(title) == 60
    assert "60" in marks(import_igf(page, IGF))["title"]


def test_doubts_are_ranked_and_alike_ones_are_said_once() -> None:
    programme = read(
        "Speakers\n\nOle Dahl, Union\nPia Roth, Office\n\nTheme\n\nX\n\nTargets: Y.\n\nZ.\n", "\n\nRapporteur\n\nTBC"
    )
    listed = doubts(programme)
    assert [doubt.fields for doubt in listed] == [
        ("speakers[0]", "speakers[1]"),
        ("rapporteurs",),
        ("description",),
    ]
    assert doubts(Programme(title="")) == []
    assert isinstance(listed[0], ImportDoubt)


@pytest.mark.parametrize("text", ["Ole Dahl", "OLE DAHL", "Al-Amin bin Said", "李 明", "H.E. Ole Dahl (remotely)"])
def test_names(text: str) -> None:
    assert names.is_name(text)


@pytest.mark.parametrize("text", ["Four coasts", "we row", "Who rows?", "N/A", "9 Piers", "Speakers: Ole", ""])
def test_no_names(text: str) -> None:
    assert not names.is_name(text)


def test_the_cases_of_others_come_out_right(shared: Path) -> None:
    cases = shared.parent / "cases" / "igf"
    if not cases.is_dir():
        pytest.skip("the cases are not on this machine")
    programmes = {
        path.stem: import_igf(path.read_bytes(), IGF) for path in sorted(cases.glob("*.txt")) if path.stem in RIGHT
    }
    assert {name: RIGHT[name](programme) for name, programme in programmes.items()} == dict.fromkeys(RIGHT, True)


RIGHT: dict[str, Callable[[Programme], bool]] = {
    "sdg_swallows_description": lambda read: (
        read.description == "Rumours come in spring." and "Rumours" not in read.sdg_text
    ),
    "unlabelled_description_into_organizers": lambda read: (
        [person.name for person in read.organizers] == ["Ben Muster"]
        and read.description == "Four coasts, four keepers."
    ),
    "wrapped_speaker_and_na": lambda read: (
        [person.name for person in read.speakers]
        == ["Ama Example", "Ben Muster", "Carla Probe", "Dora Beispiel", "Emil Prueba"]
        and (read.rapporteurs, len(read.policy_questions), len(read.sdgs)) == ((), 3, 2)
    ),
    "igf2025_open_forum": lambda read: (
        [(person.name, person.organization) for person in read.speakers]
        == [("Ama Example", "Ministry of Tides, Norland"), ("Carla Probe", "Coast University")]
        and read.unparsed == ()
    ),
}

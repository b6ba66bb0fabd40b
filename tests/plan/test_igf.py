"""Pages of IGF sessions become programmes, in every flavour in which they come."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from tests.plan import pages

from acquis.plan.document import Goal, Person, PlannedSegment, PolicyQuestion, Programme, from_yaml, to_yaml
from acquis.plan.doubts import doubts
from acquis.plan.importers import ImportFailed
from acquis.plan.importers.igf import import_igf
from acquis.plan.importers.lines import MAX_BYTES, MAX_LINES, MAX_TEXT, to_lines
from acquis.reference import profile

IGF = profile("igf-2021")
WEOG = "Western European and Others Group"
GRULAC = "Latin American and Caribbean Group"
ORGANIZATION = "Intergovernmental Organization"

FLAVOURS = [
    name for name in vars(pages) if name in {"LABELLED", "HALF_LABELLED", "INDENTED", "STRIPPED", "FLAT", "HTML"}
]


def read(page: str | bytes) -> Programme:
    return import_igf(page, IGF)


def marked(programme: Programme) -> set[str]:
    return {mark.field for mark in programme.inferred}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_people_come_out_of_every_flavour(flavour: str) -> None:
    programme = read(getattr(pages, flavour))
    assert programme.organizers == (
        Person("Ines Varga", "Lantern Collective"),
        Person("Tomo Ilves", "Institute of Tides, Weather and Ports"),
    )
    assert programme.speakers[:4] == (
        Person("Aldo Brennick", "", "Government", WEOG),
        Person("Mirela Osk", "", ORGANIZATION, ORGANIZATION),
        Person("RUI TANNENHOLM", "", "Government", GRULAC),
        Person("Sefa Quill", "", "Government", ORGANIZATION),
    )
    assert programme.onsite_moderators[0] == Person("Nadir Pell", "", "Private Sector", "African Group")
    assert programme.online_moderators == (Person("Ines Varga", "", "Civil Society", "Asia-Pacific Group"),)
    assert programme.rapporteurs == (Person("INES VARGA", "", "Civil Society", "Asia-Pacific Group"),)
    assert (programme.format, programme.seating, programme.minutes) == ("Panel", "Auditorium", 90)


@pytest.mark.parametrize("flavour", ["LABELLED", "HALF_LABELLED", "HTML", "FLAT"])
def test_the_head_comes_out(flavour: str) -> None:
    programme = read(getattr(pages, flavour))
    assert (programme.title, programme.number, programme.gathering, programme.type) == (
        "Rivers Between Networks",
        "907",
        "IGF 2021",
        "Workshop",
    )
    assert (programme.starts, programme.ends) == ("2021-12-06T09:30:00+00:00", "2021-12-06T11:00:00+00:00")
    assert (programme.zone, programme.room, programme.source) == ("UTC", "Hall 7", "igf:2021:ws:907")


@pytest.mark.parametrize("flavour", ["LABELLED", "HALF_LABELLED", "INDENTED", "HTML"])
def test_the_texts_come_out(flavour: str) -> None:
    programme = read(getattr(pages, flavour))
    assert programme.policy_questions == (
        PolicyQuestion("Who repairs a cable that crosses three rivers?", "Shared water"),
        PolicyQuestion("How is a repair announced? Who pays for it?", "Trust across borders"),
    )
    assert programme.issue.endswith(pages.ISSUE)
    assert programme.sdg_text.endswith(pages.TARGETS)
    assert programme.description == pages.DESCRIPTION
    assert programme.expected_outcomes == pages.OUTCOMES
    assert programme.interaction == pages.PLAN
    assert programme.page_report.takeaways == ("Repairs are announced too late.", "Three ministries keep three lists.")
    assert programme.page_report.calls_to_action == ("The ministries should merge the lists before the spring flood.",)
    assert programme.unparsed == ()


@pytest.mark.parametrize("flavour", ["LABELLED", "HALF_LABELLED", "INDENTED", "HTML", "FLAT"])
def test_the_timing_plan_becomes_segments(flavour: str) -> None:
    assert read(getattr(pages, flavour)).segments == (
        PlannedSegment("Introductions and opening remarks", "opening", 15),
        PlannedSegment("Moderated panel about one repair", "panel", 25),
        PlannedSegment("Open Q&A with those in the room and online", "questions", 45),
        PlannedSegment("Closing and summary", "closing", 5),
    )


def test_labels_say_who_is_who() -> None:
    programme = read(pages.LABELLED)
    assert [person.name for person in programme.onsite_moderators] == ["Nadir Pell", "Olu Marsh"]
    assert programme.speakers[4].name == "Wanda Foss"
    assert marked(programme) == {"interaction"} | {f"segments[{n}].kind" for n in range(4)}
    assert programme.sdgs == (Goal(9, ("9.c",)), Goal(16, ("16.10",)))


def test_what_was_found_by_position_is_marked() -> None:
    assert marked(read(pages.HALF_LABELLED)) == {
        "room",
        "onsite_moderators[0]",
        "rapporteurs[0]",
        "issue",
        "sdgs",
        "description",
        "interaction",
        *(f"segments[{n}].kind" for n in range(4)),
    }


def test_a_stripped_page_says_that_it_has_no_title() -> None:
    programme = read(pages.STRIPPED)
    assert {"title", "onsite_moderators[0]", "online_moderators[0]", "rapporteurs[0]", "issue"} <= marked(programme)
    assert [(line.line, line.text) for line in programme.unparsed] == [(1, "Session")]
    assert (programme.number, programme.gathering, programme.source) == ("", "", "")


def test_a_flat_page_says_that_it_was_broken_again() -> None:
    assert doubts(read(pages.FLAT))[0].fields == ("page",)


def test_a_fragment_gives_what_it_has() -> None:
    programme = read(pages.FRAGMENT)
    assert programme.description == pages.DESCRIPTION
    assert programme.expected_outcomes == pages.OUTCOMES
    assert programme.onsite_moderators == (Person("Nadir Pell"),)
    assert programme.online_moderators == (Person("Ines Varga"),)
    assert programme.rapporteurs == (Person("Olu Marsh"),)
    assert "title" in marked(programme)


def test_html_brings_no_scripts_comments_and_menus() -> None:
    text = to_yaml(read(pages.HTML))
    assert not [word for word in ("Nobody", "margin", "Contact", "Terms of Use") if word in text]


def test_2018_names_without_groups() -> None:
    programme = read(pages.PAGE_2018)
    assert (programme.room, programme.theme, programme.minutes) == ("Salle II", "Infrastructure", 60)
    assert [person.name for person in programme.onsite_moderators] == ["Nadir Pell"]
    assert [person.name for person in programme.online_moderators] == ["Olu Marsh"]
    assert [person.name for person in programme.rapporteurs] == ["Tomo Ilves"]
    assert programme.interaction == "Interventions: Each speaker has four minutes."
    assert programme.description.startswith("Diversity: ")


def test_2019_relevance_goals_and_numbered_questions() -> None:
    programme = read(pages.PAGE_2019)
    assert (programme.format, programme.seating) == ("Break-out Group Discussions", "Round Tables")
    assert [question.text for question in programme.policy_questions] == ["Who repairs?", "Who pays?"]
    assert programme.issue.split("\n\n")[1] == "Relevance to Internet Governance: Nobody governs repair."
    assert programme.sdgs == (Goal(9),)
    assert programme.expected_outcomes == "A list of crews."


def test_2024_three_format_lines_hidden_names_and_a_banner() -> None:
    programme = read(pages.PAGE_2024)
    assert (programme.format, programme.seating, programme.minutes) == ("Roundtable", "", 60)
    assert programme.interaction == "Everybody sits in one ring."
    assert programme.organizers == (
        Person("Ines Varga", "Lantern Collective"),
        Person("", "", "Technical Community", GRULAC),
    )
    assert programme.speakers[1] == Person("Mirela Osk", "Head of Works, Harbour Office")
    assert {"organizers[0]", "organizers[1]", "speakers[1]"} <= marked(programme)
    assert programme.expected_outcomes == "A map of ports."
    assert [line.text for line in programme.unparsed] == ["Check-in and access this session from the IGF Schedule."]


def test_an_open_forum_has_themes_and_a_format_without_label() -> None:
    programme = read(pages.OPEN_FORUM)
    assert (programme.type, programme.format, programme.source) == (
        "Open Forum",
        "Theater",
        "igf:2023:of:31",
    )
    assert programme.room == "WS 4 – Room B-1"
    assert programme.theme == "Resilience\n\nPorts"
    assert programme.description == pages.DESCRIPTION


@pytest.mark.parametrize(
    ("written", "group", "region"),
    [
        ("Government, African Group", "Government", "African Group"),
        ("civil society, Asia Pacific Group", "Civil Society", "Asia-Pacific Group"),
        ("Technical Community, Latin, American and Caribbean Group (GRULAC)", "Technical Community", GRULAC),
        ("Private Sector, Western European and Others Group (WEOG", "Private Sector", WEOG),
        ("IGO", ORGANIZATION, ""),
        ("GRULAC", "", GRULAC),
        ("African Group, Civil Society", "African Group", "Civil Society"),
        ("Academia, WEOG", "Academia", WEOG),
        ("Government, Ministry of Rivers", "Government", "Ministry of Rivers"),
    ],
)
def test_groups_are_normalised_by_spelling_only(written: str, group: str, region: str) -> None:
    page = pages.LABELLED.replace("Government, Western European and Others Group (WEOG)", written)
    assert read(page).speakers[0] == Person("Aldo Brennick", "", group, region)


@pytest.mark.parametrize(
    ("line", "starts", "ends", "zone"),
    [
        (
            "Friday, 10th December, 2021 (23:30 UTC) - Saturday, 11th December, 2021 (01:00 UTC)",
            "2021-12-10T23:30:00+00:00",
            "2021-12-11T01:00:00+00:00",
            "UTC",
        ),
        ("Friday, 10th December, 2021 (10:15 UTC)", "2021-12-10T10:15:00+00:00", "", "UTC"),
        (
            "Friday, 1st December, 2023 (09:30 GMT+03) - Friday, 1st December, 2023 (10:30 GMT+03)",
            "2023-12-01T09:30:00+03:00",
            "2023-12-01T10:30:00+03:00",
            "GMT+03",
        ),
    ],
)
def test_times(line: str, starts: str, ends: str, zone: str) -> None:
    programme = read(pages.LABELLED.replace(pages.TIME, line))
    assert (programme.starts, programme.ends, programme.zone) == (starts, ends, zone)


def test_a_day_that_is_none_is_not_understood() -> None:
    programme = read(pages.HALF_LABELLED.replace("6th December", "36th December"))
    assert programme.starts == ""
    assert any("36th December" in line.text for line in programme.unparsed)


@pytest.mark.parametrize(
    "title", ["IGF 2021 WS #907\nRivers Between Networks", "IGF 2021 WS WS #907 Rivers Between Networks"]
)
def test_titles_in_two_lines_and_types_said_twice(title: str) -> None:
    programme = read(pages.LABELLED.replace(pages.TITLE, title))
    assert (programme.title, programme.number) == ("Rivers Between Networks", "907")


def test_a_second_session_on_the_page_is_not_mixed_in() -> None:
    alone, programme = read(pages.HALF_LABELLED), read(pages.HALF_LABELLED + "\n" + pages.PAGE_2018)
    assert msgspec.structs.replace(programme, inferred=(), unparsed=()) == msgspec.structs.replace(alone, inferred=())
    assert programme.unparsed[0].text == "IGF 2018 WS #81 The Slow Cable"
    assert "page" in marked(programme)


def test_a_page_whose_blocks_stand_twice_is_read_once() -> None:
    programme = read(pages.LABELLED + pages.LABELLED)
    assert programme.speakers == read(pages.LABELLED).speakers
    assert programme.description == pages.DESCRIPTION
    assert programme.segments == read(pages.LABELLED).segments


def test_minutes_of_an_agenda_in_lines() -> None:
    page = (
        pages.PAGE_2019
        + "\nAgenda:\n\nWelcome (5 min)\nThree short talks - 25 minutes\nQuestions from the floor: 30 min\n"
    )
    assert [(part.title, part.kind, part.minutes) for part in read(page).segments] == [
        ("Welcome", "opening", 5),
        ("Three short talks", "other", 25),
        ("Questions from the floor", "questions", 30),
    ]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (b"", "empty"),
        ("  \n\t\n", "empty"),
        ("<html><script>let a = 1</script></html>", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "not_text"),
        (b"%PDF-1.7\n" + bytes(range(128, 160)) * 100 + b"\x00" * 500, "not_text"),
        (b"a" * (MAX_BYTES + 1), "too_large"),
        ("word " * (MAX_TEXT // 4), "too_large"),
        ("a\n" * (MAX_LINES + 1), "too_large"),
        (pages.ANOTHER_SITE, "not_igf"),
        ("<html><body><p>Speakers<p>Ann<p>Description<p>A talk.</body></html>", "not_igf"),
        (pages.TRANSCRIPT, "transcript"),
    ],
)
def test_what_is_no_page_of_a_session_is_refused(page: str | bytes, code: str) -> None:
    with pytest.raises(ImportFailed) as caught:
        read(page)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "page",
    [pages.LABELLED.encode("utf-16"), b"\xef\xbb\xbf" + pages.LABELLED.encode(), pages.LABELLED.replace("\n", "\r\n")],
)
def test_encodings_and_line_ends_make_no_difference(page: str | bytes) -> None:
    assert read(page) == read(pages.LABELLED)


def test_windows_text_is_read() -> None:
    assert to_lines("Café – “déjà vu”".encode("cp1252")) == ["Café – “déjà vu”"]


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", "<![", "<!", "</", "<a b='", "&", "<script>", "<nav>", "a", "Friday", "1 - ", "00:00"]
)
def test_no_markup_takes_more_than_linear_time(piece: str) -> None:
    """Each of these took minutes with a quadratic reader; here it is over before one would notice."""
    with pytest.raises(ImportFailed):
        read("<p>" + piece * (190_000 // len(piece)))


def test_the_model_case_comes_out_whole(shared: Path) -> None:
    programme = read((shared / "igf" / "ws119.txt").read_bytes())
    assert (programme.number, programme.title) == ("119", "The Next Chapter of UN Cyber Dialogues")
    assert (programme.gathering, programme.type, programme.source) == ("IGF 2021", "Workshop", "igf:2021:ws:119")
    assert (programme.starts, programme.ends) == ("2021-12-10T10:15:00+00:00", "2021-12-10T11:45:00+00:00")
    assert (programme.zone, programme.room) == ("UTC", "Conference Room 6")
    assert (programme.format, programme.seating, programme.minutes) == ("Panel", "Auditorium", 90)
    assert [(p.name, p.organization) for p in programme.organizers] == [
        ("John Hering", "Microsoft"),
        ("Samir Saran", "Observer Research Foundation"),
    ]
    assert programme.speakers == (
        Person("Henri Verdier", "", "Government", WEOG),
        Person("Giacomo Persi Paoli", "", ORGANIZATION, ORGANIZATION),
        Person("Gerardo Isaac Morales Tenorio", "", "Government", GRULAC),
        Person("PABLO CASTRO", "", "Government", GRULAC),
        Person("Nathalie Jaarsma", "", "Government", ORGANIZATION),
    )
    assert programme.onsite_moderators == (Person("Kaja Ciglic", "", "Private Sector", "Eastern European Group"),)
    assert programme.online_moderators == programme.rapporteurs == (Person("John Hering", "", "Private Sector", WEOG),)
    assert {"onsite_moderators[0]", "rapporteurs[0]"} <= marked(programme)
    assert "online_moderators[0]" not in marked(programme)


def test_the_texts_of_the_model_case(shared: Path) -> None:
    programme = read((shared / "igf" / "ws119.txt").read_bytes())
    assert [question.theme for question in programme.policy_questions] == [
        "Roles and responsibilities in protecting against cyber-attacks",
        "International rules and state accountability",
    ]
    assert [question.text.count("?") for question in programme.policy_questions] == [1, 2]
    assert programme.issue.startswith("Matters of peace and security")
    assert programme.sdgs == (Goal(16),)
    assert programme.sdg_text.startswith("Truly, ")
    assert programme.description.startswith("Since 2004, ")
    assert programme.expected_outcomes.startswith("The workshop will seek to raise")
    assert programme.interaction.startswith("The 90-minute panel will allow")
    assert [(part.kind, part.minutes) for part in programme.segments] == [
        ("opening", 15),
        ("panel", 25),
        ("questions", 45),
        ("closing", 5),
    ]
    assert [len(text) for text in programme.page_report.takeaways] == [394, 440]
    assert [len(text) for text in programme.page_report.calls_to_action] == [210]
    assert programme.unparsed == ()
    assert from_yaml(to_yaml(programme)) == programme

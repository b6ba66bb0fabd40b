from __future__ import annotations

import xml.etree.ElementTree as ET

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acquis import events as ev
from acquis.i18n import PSEUDO
from acquis.report import concentration
from acquis.report.balance import balance
from acquis.report.concentration import (
    chosen_said,
    dimension_said,
    entropy_said,
    gini,
    gini_said,
    live_said,
    row_name,
    row_said,
)
from acquis.report.heard import COUNTED, MERGED, Account, Dimension, Live, Ranked, Row, account, chosen, live
from acquis.report.heard_picture import heard_picture
from acquis.state import State

T0 = 1_700_000_000_000
SECOND = 1000
GROUPS = ("Civil Society", "Government", "Technical Community")
PROGRAMME = ev.ProgrammePublished(
    "A dialogue",
    (ev.Segment("Questions", "questions", 30),),
    seats=(ev.Seat("A speaker", stakeholder="Government"), ev.Seat("Another speaker")),
    stakeholder_groups=GROUPS,
)


class Telling:
    """A session that is told: every entry at a second that is given, by whom."""

    def __init__(self, programme: ev.ProgrammePublished = PROGRAMME) -> None:
        self.state, self.second = State(), 0
        self.tell(programme)
        self.tell(ev.SessionOpened())
        self.tell(ev.SegmentStarted(0, ("room", "online", "other")))

    def tell(self, event: ev.Event, by: str = "p-host") -> int:
        self.state.apply(self.state.seq + 1, T0 + self.second * SECOND, by, event)
        return self.state.seq

    def join(self, n: int, lane: ev.Lane, stakeholder: str, region: str = "") -> None:
        for _ in range(n):
            self.tell(ev.ParticipantJoined(lane, stakeholder, region), f"v{len(self.state.voices)}")

    def speak(self, person: str, seconds: int, lane: ev.Lane, stakeholder: str = "", region: str = "") -> None:
        hand = self.tell(ev.HandRaised("turn", lane, stakeholder, region), person)
        turn = self.tell(ev.FloorGiven(hand))
        self.second += seconds
        self.tell(ev.TurnEnded(turn))

    @property
    def at(self) -> int:
        return T0 + self.second * SECOND


def rows(found: Account, name: str) -> dict[str, Row]:
    (dimension,) = [one for one in found.dimensions if one.name == name]
    return {row.group: row for row in dimension.rows}


@pytest.fixture(name="told")
def story() -> Telling:
    """Twenty joined: of governments 6 in the room, of civil society 8 online, of the technical community 2 online; 4 in
    the room did not say. The technical community is too small, and with those who did not say they are a row of 6."""
    told = Telling()
    told.join(6, "room", "Government")
    told.join(8, "online", "Civil Society")
    told.join(2, "online", "Technical Community")
    told.join(4, "room", "")
    told.speak("p-a", 90, "room", "Government")
    told.speak("p-a", 60, "room", "Government")
    told.speak("p-b", 30, "online", "Civil Society")
    told.speak("p-c", 20, "online", "Technical Community")
    told.tell(ev.HandRaised("turn", "online", "Civil Society"), "p-d")  # still up
    turn = told.tell(ev.SpeakerGivenFloor(1))
    told.second += 300
    told.tell(ev.TurnEnded(turn))
    return told


def test_floor_time_and_turns_equal_a_count_by_hand(told: Telling) -> None:
    by_lane = rows(account(told.state, told.at), "lane")
    # In the room 6 + 4 = 10 joined, and p-a spoke twice: 90 + 60 = 150 s.
    assert by_lane["room"] == Row("room", 10, 10, hands=2, floor_ms=150_000, turns=2, first_time=1)
    # Online 8 + 2 = 10 joined; p-b and p-c spoke: 30 + 20 = 50 s; the hand of p-d is the third.
    assert by_lane["online"] == Row("online", 10, 10, hands=3, floor_ms=50_000, turns=2, first_time=2)
    assert set(by_lane) == {"room", "online"}


def test_groups_under_five_are_one_row_with_those_who_did_not_say(told: Telling) -> None:
    by_group = rows(account(told.state, told.at), "stakeholder")
    assert list(by_group) == ["Civil Society", "Government", MERGED]
    assert by_group["Government"] == Row(
        "Government", 6, 6, hands=2, floor_ms=150_000, turns=2, first_time=1, panel_ms=300_000
    )
    # 2 of the technical community and 4 who did not say; the 20 s are those of p-c.
    assert by_group[MERGED] == Row(MERGED, 6, 6, hands=1, floor_ms=20_000, turns=1, first_time=1)


def test_a_row_of_fewer_than_five_takes_the_smallest_group_with_it() -> None:
    told = Telling()
    told.join(9, "room", "Government")
    told.join(5, "room", "Civil Society")
    told.join(2, "room", "Technical Community")
    # 2 alone could be had by subtraction: civil society, the smallest that could be shown, goes with them: 2 + 5 = 7.
    by_group = rows(account(told.state, told.at), "stakeholder")
    assert {name: row.people for name, row in by_group.items()} == {"Government": 9, MERGED: 7}


def test_those_who_did_not_say_are_a_row_of_their_own_where_nothing_is_merged() -> None:
    told = Telling()
    told.join(5, "room", "Government")
    told.join(5, "room", "")
    by_group = rows(account(told.state, told.at), "stakeholder")
    assert {name: row.people for name, row in by_group.items()} == {"Government": 5, "": 5}


def test_people_without_a_device_are_counted_by_what_they_did() -> None:
    told = Telling()
    for number in range(5):
        hand = told.tell(ev.HandEntered(f"p-{number}", "turn", "room", "Government"))
        turn = told.tell(ev.FloorGiven(hand))
        told.second += 10
        told.tell(ev.TurnEnded(turn))
    # Nobody joined, five persons spoke for 10 s each.
    assert rows(account(told.state, told.at), "lane") == {
        "room": Row("room", 5, 0, hands=5, floor_ms=50_000, turns=5, first_time=5)
    }


def test_a_turn_that_runs_counts_up_to_now_and_a_call_that_nobody_answered_not_at_all(told: Telling) -> None:
    before = account(told.state, told.at).everybody
    nobody = told.tell(ev.FloorGiven(told.tell(ev.HandRaised("turn", "room", "Government"), "p-e")))
    told.tell(ev.NotResponding(nobody))
    assert account(told.state, told.at).everybody.floor_ms == before.floor_ms
    hand = told.tell(ev.HandRaised("turn", "room", "Government"), "p-f")
    told.tell(ev.FloorGiven(hand))
    assert account(told.state, told.at + 7 * SECOND).everybody.floor_ms == before.floor_ms + 7 * SECOND


def test_questions_statements_and_votes_equal_a_count_by_hand(told: Telling) -> None:
    tell = told.tell
    one = tell(ev.QuestionAsked("One?", 0, "room", "Government"), "p-a")
    two = tell(ev.QuestionAsked("Two?", 0, "online", "Civil Society"), "p-b")
    three = tell(ev.QuestionAsked("Three?", 0, "online", "Civil Society"), "p-d")
    tell(ev.QuestionAsked("Four, without a name?"))
    for question in (one, two, three):
        tell(ev.QuestionApproved(question))
    tell(ev.QuestionMerged(three, into=two))
    tell(ev.QuestionPut(one))
    tell(ev.QuestionPut(two))
    tell(ev.QuestionAnswered(two))
    mine = tell(ev.StatementProposed("A claim."), "p-b")
    tell(ev.StatementProposed("A claim of somebody never seen on the floor."), "p-z")
    seeded = tell(ev.StatementSeeded("A claim of the moderators."))
    for statement, voices in ((mine, (0, 1, 6)), (seeded, (0, 6, 7))):
        for voice in voices:
            tell(ev.VoteCast(statement, "agree"), f"v{voice}")
    by_group = rows(account(told.state, told.at), "stakeholder")
    counted = ("asked", "put", "answered", "proposed", "votes", "voters")
    # Government: question one, put and not answered; v0 voted twice and v1 once.
    assert [getattr(by_group["Government"], name) for name in counted] == [1, 1, 0, 0, 3, 2]
    # Civil society: two and three, merged into two, which was put and answered; p-b's statement; v6 twice, v7 once.
    assert [getattr(by_group["Civil Society"], name) for name in counted] == [2, 2, 2, 1, 3, 2]
    # The question without a name and the statement of p-z.
    assert [getattr(by_group[MERGED], name) for name in counted] == [1, 0, 0, 1, 0, 0]


def test_every_dimension_adds_up_to_everybody_and_agrees_with_the_balance(told: Telling) -> None:
    found = account(told.state, told.at)
    known = balance(told.state, told.at)
    assert found.everybody.floor_ms == sum(known.lane_ms.values()) == 200_000
    assert found.everybody.panel_ms == known.other_ms["speaker"] == 300_000
    assert found.everybody.hands == sum(known.lane_hands.values()) == 5
    for dimension in found.dimensions[:2]:
        for field in COUNTED:
            if (dimension.name, field) != ("lane", "panel_ms"):
                assert sum(getattr(row, field) for row in dimension.rows) == getattr(found.everybody, field), field


def test_what_nobody_was_asked_is_said_so(told: Telling) -> None:
    found = {one.name: one for one in account(told.state, told.at).dimensions}
    assert found["gender"] == Dimension("gender", asked=False)
    assert found["region"] == Dimension("region", asked=False)  # the programme lists no regions
    assert dimension_said("en", found["gender"]) == ["Nobody was asked, so nothing is said of it."]


@pytest.mark.parametrize("state", [State(), Telling().state], ids=["nothing", "just opened"])
def test_an_empty_session_has_nothing_to_tell(state: State) -> None:
    found = account(state, T0)
    assert found.everybody == Row("")
    assert [row for dimension in found.dimensions for row in dimension.rows] == []
    assert [dimension_said("en", one) for one in found.dimensions if one.asked and dimension_said("en", one)] == []
    assert chosen_said("en", found.chosen) == live_said("en", live(state, T0)) == heard_picture(found, "en") == ""


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["room", "online", ""]), st.sampled_from([*GROUPS, ""]), st.integers(0, 400)),
        max_size=30,
    )
)
def test_whoever_speaks_no_small_group_is_ever_shown(acts: list[tuple[ev.Lane, str, int]]) -> None:
    told = Telling()
    for number, (lane, group, seconds) in enumerate(acts):
        told.join(1, lane, group)
        told.speak(f"p-{number}", seconds, lane, group)
    found = account(told.state, told.at)
    for dimension in found.dimensions[:2]:
        assert [row for row in dimension.groups if row.people < 5] == []
        if dimension.groups:
            rest = sum(row.people for row in dimension.rows if row not in dimension.groups)
            assert rest == 0 or rest >= 5
        assert sum(row.floor_ms for row in dimension.rows) == sum(seconds for *_, seconds in acts) * SECOND
        assert sum(row.people for row in dimension.rows) in (len(acts), 0)


def test_no_row_and_no_sentence_names_a_person(told: Telling) -> None:
    found = account(told.state, told.at)
    written = msgspec.json.encode(found).decode() + heard_picture(found, "en")
    ids = {voice.id for voice in told.state.voices} | {turn.person for turn in told.state.turns.values() if turn.person}
    assert [id for id in sorted(ids) if f'"{id}"' in written] == []


# -- the words ---------------------------------------------------------------------------------------------------------


def test_the_figures_are_said_in_a_sentence(told: Telling) -> None:
    by_group = account(told.state, told.at).dimensions[1]
    # Two groups can be shown, with 150 and 30 s: 120 s = 2 minutes apart; gini 120 / (2 * 180) = 0.33 of at most 0.50.
    assert gini_said("en", by_group) == (
        "On average, two of the 2 groups differ by 2.0 minutes of floor time (Gini coefficient 0.33: 0 would be the "
        "same time for each group, 0.50 all of it for one)."
    )
    # 5/6 and 1/6: 0.1519 + 0.2986 = 0.4506 nats; e^0.4506 = 1.57 groups; 0.4506 / ln 2 = 0.65.
    assert entropy_said("en", by_group) == (
        "Floor time was as mixed as if 1.6 of the 2 groups had shared it equally (normalised entropy 0.65: 1 would be "
        "the same time for each group, 0 all of it for one)."
    )
    assert dimension_said("en", by_group) == [gini_said("en", by_group), entropy_said("en", by_group)]


def test_a_group_that_was_there_and_silent_counts(told: Telling) -> None:
    told.join(5, "online", "Technical Community")
    told.join(1, "room", "")  # five who did not say, so that nobody is merged with them
    times = concentration.spoken_times(account(told.state, told.at).dimensions[1])
    assert sorted(times) == [20_000, 30_000, 150_000]  # 2 + 5 = 7 people: it can be shown now
    silent = Telling()
    silent.join(5, "room", "Government")
    silent.join(5, "online", "Civil Society")
    silent.speak("p-a", 60, "room", "Government")
    assert gini(concentration.spoken_times(account(silent.state, silent.at).dimensions[1])) == 0.5


def test_share_against_presence_is_said(told: Telling) -> None:
    found = account(told.state, told.at)
    # 150 of 200 s, 6 of 20 people.
    assert row_said("en", rows(found, "stakeholder")["Government"], found.everybody) == (
        "Government: 75 % of floor time, 30 % of those who joined"
    )
    assert row_name("en", rows(found, "stakeholder")[MERGED]) == "not said, or fewer than five people"


def test_the_line_for_the_chair(told: Telling) -> None:
    # Three of five hands and 50 of 200 s.
    assert live(told.state, told.at) == Live("online", 3, 5, 50_000, 200_000)
    assert live_said("en", live(told.state, told.at)) == "Online: 60 % of hands, 25 % of floor time"
    assert live_said("en", live(told.state, told.at, "room")) == "The room: 40 % of hands, 75 % of floor time"


def test_the_line_for_the_chair_before_anybody_spoke_and_with_few_people() -> None:
    told = Telling()
    told.join(5, "online", "")
    told.join(4, "room", "")
    told.tell(ev.HandRaised("turn", "online"), "p-a")
    assert live(told.state, told.at) is None  # four in the room could be told apart
    told.join(1, "room", "")
    assert live_said("en", live(told.state, told.at)) == "Online: 100 % of hands; nobody has had the floor yet"


def supported(told: Telling, *counts: int) -> list[int]:
    """Questions with so many supporters each, let through."""
    told.join(max(counts), "room", "")
    asked: list[int] = []
    for count in counts:
        asked.append(told.tell(ev.QuestionAsked(f"Question {len(asked)}?", 0, "room"), f"p-{len(asked)}"))
        told.tell(ev.QuestionApproved(asked[-1]))
        for voice in range(count):
            told.tell(ev.QuestionSupported(asked[-1]), f"v{voice}")
    return asked


def test_supported_questions_against_chosen_ones() -> None:
    told = Telling()
    asked = supported(told, *range(12, 0, -1))  # twelve questions; the first has the support of 12, the last of 1
    for chosen_one in (asked[0], asked[4], asked[11]):
        told.tell(ev.QuestionPut(chosen_one))
    found = chosen(told.state)
    # Of the ten best (support 12 to 3) the first and the fifth were put; the last is twelfth.
    assert found.ranked == (Ranked(asked[0], 1, 12), Ranked(asked[4], 5, 8), Ranked(asked[11], 12, 1))
    assert (found.of, found.put) == (10, 2)
    assert chosen_said("en", found) == "Of the 10 most supported questions, 2 were put to the floor."


def test_ties_share_a_rank_and_questions_without_support_are_not_the_most_supported() -> None:
    told = Telling()
    asked = supported(told, 3, 3, 1, 0)
    told.tell(ev.QuestionPut(asked[1]))
    told.tell(ev.SpeakerGivenFloor(1, asked[2]))
    told.tell(ev.QuestionPut(asked[3]))
    found = chosen(told.state)
    assert found.ranked == (Ranked(asked[1], 1, 3), Ranked(asked[2], 3, 1), Ranked(asked[3], 4, 0))
    assert (found.of, found.put) == (3, 2)
    told.tell(ev.SessionClosed())  # a question that a speaker was given the floor for was on the floor all the same
    assert Ranked(asked[2], 3, 1) in chosen(told.state).ranked


def test_a_question_that_was_read_out_and_not_answered_before_the_close_was_put() -> None:
    told = Telling()
    asked = supported(told, 3, 2, 1)
    told.tell(ev.QuestionPut(asked[0]))
    told.tell(ev.QuestionPut(asked[1]))
    told.tell(ev.QuestionMerged(asked[1], into=asked[2]))
    told.tell(ev.SessionClosed())
    assert [one.question for one in chosen(told.state).ranked] == [asked[0], asked[2]]
    assert (told.state.questions[asked[0]].fate, account(told.state, told.at).everybody.put) == ("not_reached", 3)


def test_what_nobody_could_support_is_not_ranked() -> None:
    told = Telling()
    asked = supported(told, 4, 2, 1)
    told.tell(ev.QuestionMerged(asked[0], into=asked[1]))
    told.tell(ev.QuestionHeldBack(asked[2], "off_topic"))
    told.tell(ev.QuestionAsked("Never let through?", 0, "room"), "p-9")
    told.tell(ev.QuestionPut(asked[1]))
    assert chosen(told.state).ranked == (Ranked(asked[1], 1, 4),)
    assert chosen_said("en", chosen(told.state)) == "The most supported question: 1 of 1 was put to the floor."


# -- the picture -------------------------------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("rtl", [False, True])
def test_the_picture_shows_both_shares_of_every_row(told: Telling, rtl: bool) -> None:
    found = account(told.state, told.at)
    picture = ET.fromstring(heard_picture(found, "en", rtl=rtl, alone=True))
    wide = [float(bar.get("width", "")) for bar in picture.iter(f"{SVG}rect")]
    # 624 pixels are the whole; room 75 and 50 %, online 25 and 50 % are in the order of their names.
    assert wide[:4] == pytest.approx([156, 312, 468, 312], abs=0.1)
    assert len(wide) == 2 * sum(len(one.rows) for one in found.dimensions)
    for bar in picture.iter(f"{SVG}rect"):
        assert float(bar.get("x", "")) >= 8
        assert float(bar.get("x", "")) + float(bar.get("width", "")) <= 632.1
    written = " ".join(text.text or "" for text in picture.iter(f"{SVG}text"))
    assert "Government: 75 % of floor time, 30 % of those who joined" in written
    assert float(picture.get("height", "")) > max(float(text.get("y", "")) for text in picture.iter(f"{SVG}text"))


def test_the_picture_has_a_title_and_is_read_aloud_and_told_apart_without_colour(told: Telling) -> None:
    picture = ET.fromstring(heard_picture(account(told.state, told.at), "en"))
    assert picture.findtext(f"{SVG}title") == "Who was heard: floor time against presence"
    aloud = picture.findtext(f"{SVG}desc") or ""
    assert "room: 75 % of floor time, 50 % of those who joined" in aloud
    assert "Civil Society: 15 % of floor time, 40 % of those who joined" in aloud
    striped = [path for path in picture.iter(f"{SVG}path") if path.get("class") == "om-hatch"]
    assert len(striped) == 5  # every lower bar, and no upper one


def test_a_group_named_with_signs_of_xml_does_not_break_the_picture() -> None:
    told = Telling()
    told.join(5, "room", "R&D <labs>")
    told.speak("p-a", 10, "room", "R&D <labs>")
    assert "R&amp;D &lt;labs&gt;" in heard_picture(account(told.state, told.at), "en")


def test_every_word_can_be_translated(told: Telling) -> None:
    found = account(told.state, told.at)
    said = [
        gini_said(PSEUDO, found.dimensions[1]),
        entropy_said(PSEUDO, found.dimensions[1]),
        *dimension_said(PSEUDO, found.dimensions[3]),
        live_said(PSEUDO, live(told.state, told.at)),
        row_said(PSEUDO, rows(found, "stakeholder")["Government"], found.everybody),
        row_name(PSEUDO, rows(found, "stakeholder")[MERGED]),
    ]
    assert [line for line in said if not line.startswith("[")] == []

"""Who was heard: figures that equal a count by hand."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acquis import events as ev
from acquis.documents.heard_chart import heard_picture
from acquis.state import State
from acquis.statistics.balance import balance
from acquis.statistics.concentration import chosen_said, dimension_said, live_said
from acquis.statistics.heard import COUNTED, MERGED, Dimension, Live, Ranked, Row, account, chosen, live

from .telling import GROUPS, SECOND, T0, Telling, rows, story


@pytest.fixture(name="told")
def a_told_session() -> Telling:
    return story()


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


def test_who_changed_the_group_is_not_counted_in_both() -> None:
    told = Telling()
    told.join(9, "room", "Government")
    told.join(2, "room", "Civil Society")
    for person in ("p-a", "p-b"):  # the same two, before they said civil society
        told.tell(ev.HandRaised("turn", "room", "Technical Community"), person)
    told.tell(ev.HandEntered("p-c", "turn", "room", "Technical Community"))
    # Two joined and three acted: five if they were all different people, and three if not.
    by_group = rows(account(told.state, told.at), "stakeholder")
    assert {name: row.people for name, row in by_group.items()} == {MERGED: 11}
    assert live(told.state, told.at) == Live("lane", "room", 3, 3, 0, 0)


def test_time_of_the_panel_of_a_group_that_nobody_joined_is_not_time_of_those_who_did_not_say() -> None:
    told = Telling()
    told.join(5, "room", "Civil Society")
    turn = told.tell(ev.SpeakerGivenFloor(1))  # of a government
    told.second += 30
    told.tell(ev.TurnEnded(turn))
    by_group = rows(account(told.state, told.at), "stakeholder")
    assert (set(by_group), by_group[MERGED].panel_ms) == ({"Civil Society", MERGED}, 30_000)


def test_where_no_group_has_five_it_is_said_and_where_nobody_said_one_too() -> None:
    few, none = Telling(), Telling()
    few.join(3, "room", "Government")
    none.join(8, "room", "")
    assert dimension_said("en", account(few.state, few.at).dimensions[1]) == [
        "No group has five people or more, so none is told apart."
    ]
    assert dimension_said("en", account(none.state, none.at).dimensions[1]) == ["Nobody said."]


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

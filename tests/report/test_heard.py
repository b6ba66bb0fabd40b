"""Who was heard: figures that equal a count by hand."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis import events as ev
from acquis.documents.heard_chart import heard_picture
from acquis.state import State
from acquis.statistics.balance import balance
from acquis.statistics.concentration import chosen_sentence, dimension_sentences, live_sentence
from acquis.statistics.heard import COUNTED, MERGED, Chosen, Dimension, Live, Row, account, chosen, live

from .builder import GROUPS, SECOND, T0, SessionBuilder, rows, story


@pytest.fixture(name="builder")
def a_built_session() -> SessionBuilder:
    return story()


def test_floor_time_and_turns_equal_a_count_by_hand(builder: SessionBuilder) -> None:
    by_lane = rows(account(builder.state, builder.at), "lane")
    # In the room 6 + 4 = 10 joined, and p-a spoke twice: 90 + 60 = 150 s.
    assert by_lane["room"] == Row("room", 10, 10, hands=2, floor_ms=150_000, turns=2, first_time=1)
    # Online 8 + 2 = 10 joined; p-b and p-c spoke: 30 + 20 = 50 s; the hand of p-d is the third.
    assert by_lane["online"] == Row("online", 10, 10, hands=3, floor_ms=50_000, turns=2, first_time=2)
    assert set(by_lane) == {"room", "online"}


def test_groups_under_five_are_one_row_with_those_who_did_not_say(builder: SessionBuilder) -> None:
    by_group = rows(account(builder.state, builder.at), "stakeholder")
    assert list(by_group) == ["Civil Society", "Government", MERGED]
    assert by_group["Government"] == Row(
        "Government", 6, 6, hands=2, floor_ms=150_000, turns=2, first_time=1, panel_ms=300_000
    )
    # 2 of the technical community and 4 who did not say; the 20 s are those of p-c.
    assert by_group[MERGED] == Row(MERGED, 6, 6, hands=1, floor_ms=20_000, turns=1, first_time=1)


def test_a_row_of_fewer_than_five_takes_the_smallest_group_with_it() -> None:
    builder = SessionBuilder()
    builder.join(9, "room", "Government")
    builder.join(5, "room", "Civil Society")
    builder.join(2, "room", "Technical Community")
    # 2 alone could be had by subtraction: civil society, the smallest that could be shown, goes with them: 2 + 5 = 7.
    by_group = rows(account(builder.state, builder.at), "stakeholder")
    assert {name: row.people for name, row in by_group.items()} == {"Government": 9, MERGED: 7}


def test_those_who_did_not_say_are_a_row_of_their_own_where_nothing_is_merged() -> None:
    builder = SessionBuilder()
    builder.join(5, "room", "Government")
    builder.join(5, "room", "")
    by_group = rows(account(builder.state, builder.at), "stakeholder")
    assert {name: row.people for name, row in by_group.items()} == {"Government": 5, "": 5}


def test_people_without_a_device_are_counted_by_what_they_did() -> None:
    builder = SessionBuilder()
    for number in range(5):
        hand = builder.add(ev.HandEntered(person=f"p-{number}", kind="turn", lane="room", stakeholder="Government"))
        turn = builder.add(ev.FloorGiven(hand))
        builder.second += 10
        builder.add(ev.TurnEnded(turn))
    # Nobody joined, five persons spoke for 10 s each.
    assert rows(account(builder.state, builder.at), "lane") == {
        "room": Row("room", 5, 0, hands=5, floor_ms=50_000, turns=5, first_time=5)
    }


def test_a_turn_that_runs_counts_up_to_now_and_a_call_that_nobody_answered_not_at_all(builder: SessionBuilder) -> None:
    before = account(builder.state, builder.at).everybody
    nobody = builder.add(
        ev.FloorGiven(builder.add(ev.HandRaised("turn", lane="room", stakeholder="Government"), "p-e"))
    )
    builder.add(ev.NotResponding(nobody))
    assert account(builder.state, builder.at).everybody.floor_ms == before.floor_ms
    hand = builder.add(ev.HandRaised("turn", lane="room", stakeholder="Government"), "p-f")
    builder.add(ev.FloorGiven(hand))
    assert account(builder.state, builder.at + 7 * SECOND).everybody.floor_ms == before.floor_ms + 7 * SECOND


def test_questions_statements_and_votes_equal_a_count_by_hand(builder: SessionBuilder) -> None:
    add = builder.add
    one = add(ev.QuestionAsked("One?", 0, lane="room", stakeholder="Government"), "p-a")
    two = add(ev.QuestionAsked("Two?", 0, lane="online", stakeholder="Civil Society"), "p-b")
    three = add(ev.QuestionAsked("Three?", 0, lane="online", stakeholder="Civil Society"), "p-d")
    add(ev.QuestionAsked("Four, without a name?"))
    for question in (one, two, three):
        add(ev.QuestionApproved(question))
    add(ev.QuestionMerged(three, into=two))
    add(ev.QuestionPut(one))
    add(ev.QuestionPut(two))
    add(ev.QuestionAnswered(two))
    mine = add(ev.StatementProposed("A claim."), "p-b")
    add(ev.StatementProposed("A claim of somebody never seen on the floor."), "p-z")
    seeded = add(ev.StatementSeeded("A claim of the moderators."))
    for statement, voices in ((mine, (0, 1, 6)), (seeded, (0, 6, 7))):
        for voice in voices:
            add(ev.VoteCast(statement, "agree"), f"v{voice}")
    by_group = rows(account(builder.state, builder.at), "stakeholder")
    counted = ("asked", "put", "answered", "proposed", "votes", "voters")
    # Government: question one, put and not answered; v0 voted twice and v1 once.
    assert [getattr(by_group["Government"], name) for name in counted] == [1, 1, 0, 0, 3, 2]
    # Civil society: two and three, merged into two, which was put and answered; p-b's statement; v6 twice, v7 once.
    assert [getattr(by_group["Civil Society"], name) for name in counted] == [2, 2, 2, 1, 3, 2]
    # The question without a name and the statement of p-z.
    assert [getattr(by_group[MERGED], name) for name in counted] == [1, 0, 0, 1, 0, 0]


def test_every_dimension_adds_up_to_everybody_and_agrees_with_the_balance(builder: SessionBuilder) -> None:
    found = account(builder.state, builder.at)
    known = balance(builder.state, builder.at)
    assert found.everybody.floor_ms == sum(known.lane_ms.values()) == 200_000
    assert found.everybody.panel_ms == known.other_ms["speaker"] == 300_000
    assert found.everybody.hands == 5
    for dimension in found.dimensions[:2]:
        for field in COUNTED:
            if (dimension.name, field) != ("lane", "panel_ms"):
                assert sum(getattr(row, field) for row in dimension.rows) == getattr(found.everybody, field), field


def test_what_nobody_was_asked_is_said_so(builder: SessionBuilder) -> None:
    found = {one.name: one for one in account(builder.state, builder.at).dimensions}
    assert found["gender"] == Dimension("gender", asked=False)
    assert found["region"] == Dimension("region", asked=False)  # the programme lists no regions
    assert dimension_sentences("en", found["gender"]) == ["This was not asked when people joined."]


@pytest.mark.parametrize("state", [State(), SessionBuilder().state], ids=["nothing", "just opened"])
def test_an_empty_session_has_nothing_to_tell(state: State) -> None:
    found = account(state, T0)
    assert found.everybody == Row("")
    assert [row for dimension in found.dimensions for row in dimension.rows] == []
    assert [
        dimension_sentences("en", one) for one in found.dimensions if one.asked and dimension_sentences("en", one)
    ] == []
    assert (
        chosen_sentence("en", found.chosen) == live_sentence("en", live(state, T0)) == heard_picture(found, "en") == ""
    )


def test_who_changed_the_group_is_not_counted_in_both() -> None:
    builder = SessionBuilder()
    builder.join(9, "room", "Government")
    builder.join(2, "room", "Civil Society")
    for person in ("p-a", "p-b"):  # the same two, before they said civil society
        builder.add(ev.HandRaised("turn", lane="room", stakeholder="Technical Community"), person)
    builder.add(ev.HandEntered(person="p-c", kind="turn", lane="room", stakeholder="Technical Community"))
    # Two joined and three acted: five if they were all different people, and three if not.
    by_group = rows(account(builder.state, builder.at), "stakeholder")
    assert {name: row.people for name, row in by_group.items()} == {MERGED: 11}
    assert live(builder.state, builder.at) == Live("lane", "room", 3, 3, 0, 0)


def test_time_of_the_panel_of_a_group_that_nobody_joined_is_not_time_of_those_who_did_not_say() -> None:
    builder = SessionBuilder()
    builder.join(5, "room", "Civil Society")
    turn = builder.add(ev.SpeakerGivenFloor(1))  # of a government
    builder.second += 30
    builder.add(ev.TurnEnded(turn))
    by_group = rows(account(builder.state, builder.at), "stakeholder")
    assert (set(by_group), by_group[MERGED].panel_ms) == ({"Civil Society", MERGED}, 30_000)


def test_where_no_group_has_five_it_is_said_and_where_nobody_said_one_too() -> None:
    few, none = SessionBuilder(), SessionBuilder()
    few.join(3, "room", "Government")
    none.join(8, "room", "")
    assert dimension_sentences("en", account(few.state, few.at).dimensions[1]) == [
        "No one stated a group, or no group is large enough to be shown."
    ]
    assert dimension_sentences("en", account(none.state, none.at).dimensions[1]) == ["No information."]


@settings(max_examples=times(25))
@given(
    st.lists(
        st.tuples(st.sampled_from(["room", "online", ""]), st.sampled_from([*GROUPS, ""]), st.integers(0, 400)),
        max_size=30,
    )
)
def test_whoever_speaks_no_small_group_is_ever_shown(acts: list[tuple[ev.Lane, str, int]]) -> None:
    builder = SessionBuilder()
    for number, (lane, group, seconds) in enumerate(acts):
        builder.join(1, lane, group)
        builder.speak(f"p-{number}", seconds, lane, group)
    found = account(builder.state, builder.at)
    for dimension in found.dimensions[:2]:
        assert [row for row in dimension.groups if row.people < 5] == []
        if dimension.groups:
            rest = sum(row.people for row in dimension.rows if row not in dimension.groups)
            assert rest == 0 or rest >= 5
        assert sum(row.floor_ms for row in dimension.rows) == sum(seconds for *_, seconds in acts) * SECOND
        assert sum(row.people for row in dimension.rows) in (len(acts), 0)


def test_no_row_and_no_sentence_names_a_person(builder: SessionBuilder) -> None:
    found = account(builder.state, builder.at)
    written = msgspec.json.encode(found).decode() + heard_picture(found, "en")
    ids = {voice.id for voice in builder.state.voices} | {
        turn.person for turn in builder.state.turns.values() if turn.person
    }
    assert [id for id in sorted(ids) if f'"{id}"' in written] == []


# -- the words ---------------------------------------------------------------------------------------------------------


def supported(builder: SessionBuilder, *counts: int) -> list[int]:
    """Questions with so many supporters each, let through."""
    builder.join(max(counts), "room", "")
    asked: list[int] = []
    for count in counts:
        asked.append(builder.add(ev.QuestionAsked(f"Question {len(asked)}?", 0, lane="room"), f"p-{len(asked)}"))
        builder.add(ev.QuestionApproved(asked[-1]))
        for voice in range(count):
            builder.add(ev.QuestionSupported(asked[-1]), f"v{voice}")
    return asked


def test_supported_questions_against_chosen_ones() -> None:
    builder = SessionBuilder()
    asked = supported(builder, *range(12, 0, -1))  # twelve questions; the first has the support of 12, the last of 1
    for chosen_one in (asked[0], asked[4], asked[11]):
        builder.add(ev.QuestionPut(chosen_one))
    found = chosen(builder.state)
    # Of the ten best (support 12 to 3) the first and the fifth were put; the last is twelfth.
    assert (found.of, found.put) == (10, 2)
    assert chosen_sentence("en", found) == "Of the 10 most supported questions, 2 were put to the panel."


def test_ties_share_a_rank_and_questions_without_support_are_not_the_most_supported() -> None:
    builder = SessionBuilder()
    asked = supported(builder, 3, 3, 1, 0)
    builder.add(ev.QuestionPut(asked[1]))
    builder.add(ev.SpeakerGivenFloor(1, asked[2]))
    builder.add(ev.QuestionPut(asked[3]))
    found = chosen(builder.state)
    assert found == Chosen(of=3, put=2)
    builder.add(ev.SessionClosed())  # a question that a speaker was given the floor for was on the floor all the same
    assert chosen(builder.state) == found
    several = SessionBuilder()
    supported(several, 3, *[1] * 12)
    assert chosen(several.state).of == 13


def test_a_question_that_was_read_out_and_not_answered_before_the_close_was_put() -> None:
    builder = SessionBuilder()
    asked = supported(builder, 3, 2, 1)
    builder.add(ev.QuestionPut(asked[0]))
    builder.add(ev.QuestionPut(asked[1]))
    builder.add(ev.QuestionMerged(asked[1], into=asked[2]))
    builder.add(ev.SessionClosed())
    assert chosen(builder.state) == Chosen(2, 2)
    assert (builder.state.questions[asked[0]].fate, account(builder.state, builder.at).everybody.put) == (
        "not_reached",
        3,
    )


def test_what_nobody_could_support_is_not_ranked() -> None:
    builder = SessionBuilder()
    asked = supported(builder, 4, 2, 1)
    builder.add(ev.QuestionMerged(asked[0], into=asked[1]))
    builder.add(ev.QuestionHeldBack(asked[2], "off_topic"))
    builder.add(ev.QuestionAsked("Never let through?", 0, lane="room"), "p-9")
    builder.add(ev.QuestionPut(asked[1]))
    assert chosen_sentence("en", chosen(builder.state)) == "The most supported question: 1 of 1 was put to the panel."


# -- the picture -------------------------------------------------------------------------------------------------------

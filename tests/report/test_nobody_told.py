"""No figure of who was heard is of fewer than five people, neither as it stands nor by subtraction."""

from __future__ import annotations

import msgspec
from hypothesis import event, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict, replace
from tests.effort import times

from acquis import events as ev
from acquis.attributes import ATTRIBUTES, Attribute, Attributes
from acquis.state import State
from acquis.statistics.heard import COUNTED, Account, Dimension, account, live

from .builder import GROUPS, PROGRAMME, SessionBuilder

REGIONS = ("Africa", "Asia-Pacific")
BY_NAME = {attribute.name: attribute for attribute in ATTRIBUTES}

LANES: list[ev.Lane] = ["room", "online", ""]
GENDERS: list[ev.Gender] = ["woman", "man", "another", ""]
said = st.builds(
    Attributes,
    lane=st.sampled_from(LANES),
    stakeholder=st.sampled_from([*GROUPS, ""]),
    region=st.sampled_from([*REGIONS, ""]),
    gender=st.sampled_from(GENDERS),
)
acts = st.sampled_from(["join", "join", "hand", "turn", "unanswered", "question", "anonymous", "entered", "statement"])


class Crowd(msgspec.Struct):
    """Who is really there: what each person said the last time they joined, and the last time they acted."""

    builder: SessionBuilder
    joined: dict[int, Attributes]
    acted: dict[int, Attributes]

    def of(self, attribute: Attribute, group: str) -> set[int]:
        """The people who are in a group by either."""
        return {who for known in (self.joined, self.acted) for who, one in known.items() if attribute.of(one) == group}


@st.composite
def crowds(draw: st.DrawFn) -> Crowd:
    """A session with crowds and with stragglers; some change what they say of themselves, some never join."""
    chatham, genders = draw(st.booleans()), draw(st.lists(st.sampled_from(GENDERS), max_size=12))
    seats = tuple(ev.Seat(f"Speaker {n}", stakeholder="Government", gender=one) for n, one in enumerate(genders))
    builder = SessionBuilder(
        msgspec.structs.replace(
            PROGRAMME, seats=seats, regional_groups=REGIONS, settings=ev.Settings(ask_gender=True, chatham=chatham)
        )
    )
    crowd, who = Crowd(builder, {}, {}), 0
    for one, size in draw(st.lists(st.tuples(said, st.integers(1, 9)), max_size=5)):
        for _ in range(size):
            crowd.joined[who] = one
            builder.add(ev.ParticipantJoined(**asdict(one)), f"v{who}")
            who += 1
    for person, act, one in draw(st.lists(st.tuples(st.integers(0, 24), acts, said), max_size=25)):
        _act(crowd, person, act, one)
    for number in range(len(seats)):
        turn = builder.add(ev.SpeakerGivenFloor(number + 1))
        builder.second += 10 + number
        builder.add(ev.TurnEnded(turn))
    return crowd


def _act(crowd: Crowd, who: int, act: str, one: Attributes) -> None:
    add, person = crowd.builder.add, f"p{who}"
    if act == "join":
        crowd.joined[who] = one
        add(ev.ParticipantJoined(**asdict(one)), f"v{who}")
        return
    if act == "anonymous":
        add(ev.QuestionAsked("Why?"), "")
        return
    if act == "statement":
        add(ev.StatementProposed("A claim."), person)
        return
    if act == "entered":
        one = replace(one, gender="")  # nobody says the gender of somebody else
        add(ev.HandEntered(person=person, lane=one.lane, stakeholder=one.stakeholder, region=one.region))
    elif act == "question":
        add(ev.QuestionAsked("Why?", **asdict(one)), person)
    else:
        hand = add(ev.HandRaised(**asdict(one)), person)
        if act != "hand":
            turn = add(ev.FloorGiven(hand))
            crowd.builder.second += 10
            add(ev.NotResponding(turn) if act == "unanswered" else ev.TurnEnded(turn))
    crowd.acted[who] = one


def found_in(crowd: Crowd) -> Account:
    return account(crowd.builder.state, crowd.builder.at)


@settings(max_examples=times(300))
@given(crowds())
def test_no_row_stands_for_fewer_than_five_and_none_can_be_had_by_subtraction(crowd: Crowd) -> None:
    for dimension in found_in(crowd).dimensions:
        attribute = BY_NAME[dimension.name]
        shown = {row.group for row in dimension.groups}
        for row in dimension.groups:
            assert 5 <= row.people <= len(crowd.of(attribute, row.group)), (dimension.name, row)
        left = [one for one in (*crowd.joined.values(), *crowd.acted.values()) if attribute.of(one) not in shown]
        rest = {who for one in left for who in crowd.of(attribute, attribute.of(one))}
        event(f"{dimension.name}: {len(shown)} shown, the rest {'is nobody' if not rest else 'is somebody'}")
        assert not shown or not rest or len(rest) >= 5, dimension


@settings(max_examples=times(150))
@given(crowds())
def test_what_is_left_out_is_in_the_rest_and_nowhere_else(crowd: Crowd) -> None:
    found = found_in(crowd)
    for dimension in found.dimensions:
        assert len(dimension.rows) - len(dimension.groups) <= 1
        for field in COUNTED:
            whole = sum(getattr(row, field) for row in dimension.rows)
            if field != "panel_ms" or dimension.name in ("stakeholder", "region"):
                assert whole == getattr(found.everybody, field) or not dimension.asked, (dimension.name, field)


@settings(max_examples=times(150))
@given(crowds())
def test_time_of_the_panel_by_gender_is_of_five_panellists_or_nobody(crowd: Crowd) -> None:
    programme = crowd.builder.state.programme
    for dimension in found_in(crowd).dimensions:
        if dimension.name in ("lane", "gender"):
            genders = [seat.gender for seat in programme.seats]
            few = any(0 < genders.count(one) < 5 for one in GENDERS if one) or dimension.name == "lane"
            assert not few or all(row.panel_ms == 0 for row in dimension.rows)


@settings(max_examples=times(300))
@given(crowds())
def test_the_line_for_the_chair_is_of_five_people_or_more_and_of_the_widest_gap(crowd: Crowd) -> None:
    one = live(crowd.builder.state, crowd.builder.at)
    tables: list[Dimension] = [
        dimension
        for dimension in found_in(crowd).dimensions
        if dimension.name in (("lane",) if crowd.builder.state.settings.chatham else ("lane", "stakeholder"))
    ]
    rows = [(dimension.name, row) for dimension in tables for row in dimension.groups]
    event("a line" if one else "no line")
    if one is None:
        assert not rows or not found_in(crowd).everybody.hands
        return
    assert len(crowd.of(BY_NAME[one.dimension], one.group)) >= 5
    builder = {(name, row.group): (row.hands, row.floor_ms) for name, row in rows}
    assert builder[one.dimension, one.group] == (one.hands, one.floor_ms)

    def gap(hands: int, ms: int) -> float:
        return abs(hands / one.of_hands - (ms / one.of_floor_ms if one.of_floor_ms else 0)) if one.of_floor_ms else 0

    assert gap(one.hands, one.floor_ms) >= max(gap(*of) for of in builder.values()) - 1e-9


def test_an_empty_room_tells_of_nobody() -> None:
    assert live(State(), 0) is None
    assert [row for dimension in account(State(), 0).dimensions for row in dimension.rows] == []

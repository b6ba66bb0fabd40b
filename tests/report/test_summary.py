"""Figures, what is left out of them, and the areas of consensus and concern."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis import events as ev
from acquis.events import Figure
from acquis.opinion import interval_of_all
from acquis.state import State
from acquis.statistics.statement_area import StatementArea
from acquis.statistics.summary import areas, figures, total
from acquis.statistics.suppression import SMALLEST
from acquis.statistics.totals import showable

from .story import AGREED, CONTESTED, earlier, recorded, votes

NAMES = ("", "a", "b", "c", "d")


def test_figures_are_those_counted_by_hand() -> None:
    assert figures(earlier().state) == (
        Figure(AGREED, 10, 2, 0),
        Figure(AGREED, 3, 2, 0, "online"),
        Figure(AGREED, 7, 0, 0, "room"),
        Figure(AGREED, 5, 2, 0, "Civil Society"),
        Figure(AGREED, 5, 0, 0, "Government"),
        # Two of online and four of civil society voted: they are left out, and with them the group beside each, which
        # would give them away.
        Figure(CONTESTED, 2, 5, 2),
    )


def test_an_area_is_what_the_group_that_agrees_least_says() -> None:
    found = areas(earlier().state, firm=False)
    (area,) = found.consensus
    # All five of online voted, so their share is exact.
    assert area == StatementArea(AGREED, 3 / 5, 3 / 5, 3 / 5, "online", 5, present=5, others=area.others)
    assert area.others < 0.5
    # Two agree, five disagree and two pass, and no group can be shown: everybody is the group, and the rest is missing.
    assert [(area.statement, area.least, area.of) for area in found.concern] == [(CONTESTED, "", 9)]
    assert found.concern[0].missing == ("Civil Society", "Government", "online", "room")


def test_three_of_five_are_a_fact_of_the_room_that_may_be_chance_elsewhere() -> None:
    (area,) = areas(earlier().state).consensus
    assert (area.least, area.wider) == ("online", False)


def test_groups_that_differ_by_more_than_chance_divide_a_statement() -> None:
    lanes: tuple[ev.Lane, ...] = ("room", "online")
    who = [(lane, "a") for lane in lanes for _ in range(8)]
    found = areas(recorded([*voters(who), ev.StatementSeeded("x"), *votes(17, "+" * 8 + "-" * 8)]).state)
    assert [(area.least, area.against, area.share, area.against_share) for area in found.divided] == [
        ("online", "room", 0.0, 1.0)
    ]


def test_what_the_stated_groups_agree_on_the_whole_room_has_to_agree_on() -> None:
    state = recorded([*voters([("room", "a")] * 22), ev.StatementSeeded("x")]).state
    groups = Figure(23, 5, 0, 0, "Civil Society"), Figure(23, 5, 0, 0, "Government")
    (agreed,) = areas(state, (Figure(23, 10, 0, 0), *groups)).consensus
    assert agreed.least in ("Civil Society", "Government")
    assert len(areas(state, (Figure(23, 19, 3, 0), *groups)).consensus) == 1
    assert areas(state, (Figure(23, 10, 0, 12), *groups)).consensus == [], "twelve stated no group, and passed"


def test_a_statement_with_fewer_than_five_votes_is_no_area() -> None:
    state = recorded([*voters([("room", "a")] * 4), ev.StatementSeeded("x"), *votes(5, "++++")]).state
    assert figures(state) == (Figure(5, 4, 0, 0),)
    assert areas(state).consensus == areas(state).divided == []


def voters(who: list[tuple[ev.Lane, str]]) -> list[tuple[str, ev.Event]]:
    return [(f"v{n}", ev.ParticipantJoined(lane=lane, stakeholder=group)) for n, (lane, group) in enumerate(who)]


@given(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 30)))
def test_what_is_left_out_is_a_crowd_or_nobody(sizes: dict[str, int]) -> None:
    shown = showable(sizes)
    assert all(sizes[name] >= SMALLEST for name in shown)
    assert "" not in shown
    left_out = sum(sizes.values()) - sum(sizes[name] for name in shown)
    # With nothing shown there is nothing to subtract.
    assert left_out == 0 or left_out >= SMALLEST or not shown
    if all(size >= SMALLEST for size in sizes.values()) and "" not in sizes:
        assert shown == set(sizes), "nothing had to be left out"


people = st.lists(
    st.tuples(st.sampled_from(["room", "online", ""]), st.sampled_from(NAMES), st.sampled_from("+-0 ")), max_size=60
)


def voted(who: list[tuple[ev.Lane, str, str]]) -> State:
    joined = voters([(lane, group) for lane, group, _ in who])
    seq = len(joined) + 1
    named: dict[str, ev.Choice] = {"+": "agree", "-": "disagree", "0": "pass"}
    cast = [(f"v{n}", ev.VoteCast(seq, named[c])) for n, (_, _, c) in enumerate(who) if c != " "]
    return recorded([*joined, ev.StatementSeeded("x"), *cast]).state


@given(people)
@settings(max_examples=times(200))
def test_figures_are_a_plain_recount(who: list[tuple[ev.Lane, str, str]]) -> None:
    found = figures(voted(who))

    def counted(group: str) -> tuple[int, int, int]:
        chosen = [c for lane, g, c in who if group in ("", lane, g)]
        return chosen.count("+"), chosen.count("-"), chosen.count("0")

    assert bool(found) == any(choice != " " for _, _, choice in who)
    for figure in found:
        assert (figure.agree, figure.disagree, figure.passes) == counted(figure.group)


@given(people)
@settings(max_examples=times(200))
def test_no_count_of_one_to_four_people_can_be_had_by_subtraction(who: list[tuple[ev.Lane, str, str]]) -> None:
    found = figures(voted(who))
    if not found:
        return
    whole, parts = found[0], found[1:]
    for kind in ({"room", "online"}, set(NAMES)):
        shown = [part for part in parts if part.group in kind]
        rest = total(whole) - sum(map(total, shown))
        assert not shown or rest == 0 or rest >= SMALLEST
        assert all(total(part) >= SMALLEST for part in shown)


@given(people)
@settings(max_examples=times(100))
def test_every_group_shown_agrees_at_least_as_much_as_the_area_says(who: list[tuple[ev.Lane, str, str]]) -> None:
    state = voted(who)
    for area in areas(state, firm=False).consensus:
        shares = {figure.group: figure.agree / total(figure) for figure in figures(state)}
        parts = {group: share for group, share in shares.items() if group} or shares
        assert shares[area.least] == area.share
        present = {group: sum(group in ("", lane, stakeholder) for lane, stakeholder, _ in who) for group in shares}
        counted = [(f.agree, total(f), present[f.group]) for f in figures(state) if f.group in parts]
        lows = interval_of_all(*np.array([row for row in counted if row[2]]).T)[0]
        assert area.low <= min(lows) + 1e-9

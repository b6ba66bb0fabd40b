"""Nobody finds out how a person voted from what is published: the attack, with all that somebody in the room knows.

The attacker knows every ballot, every published total, and of each person the groups and whether the person voted. The
worst case is assumed: that all ballots that add up to a total are found. What is left is which ballot of a cell is
whose, so each cell has to keep that open."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from acquis import events as ev
from acquis.attributes import LANE, STAKEHOLDER
from acquis.command import THE_SERVER
from acquis.opinion.disclosure import tells
from acquis.publication.totals import publication
from acquis.state import State, Voice
from acquis.statistics.heard import private_counts
from acquis.statistics.suppression import SMALLEST, UNANIMOUS_BELOW, kind_of, shown_groups
from acquis.statistics.totals import ballots_of, totals_of

GROUPS = ("Government", "Civil Society", "Private Sector", "Technical Community", "")
CHOICES: tuple[ev.Choice, ...] = ("agree", "disagree", "pass")


def held(people: int, seed: int, statements: int = 12, groups: Sequence[str] = GROUPS) -> State:
    """A closed session of people whose votes depend on their groups, on statements that divide and that do not."""
    dice, state = random.Random(seed), State()
    happened: list[tuple[str, ev.Event]] = [("", ev.StatementSeeded(f"Claim {n}.")) for n in range(statements)]
    lanes: tuple[ev.Lane, ...] = ("room", "online")
    for number in range(people):
        voice, group = f"v{number}", dice.choice(groups)
        lane = dice.choices(lanes, (3, 2))[0]
        ballot = f"{dice.getrandbits(128):032x}"
        happened.append((voice, ev.ParticipantJoined(lane=lane, stakeholder=group, ballot=ballot)))
        eager = dice.random() ** 0.3
        for statement in range(1, statements + 1):
            if dice.random() < eager:
                pull = (statement % 4) - 1 + (groups.index(group) - 2) * (statement % 3) / 2 + dice.gauss(0, 1)
                happened.append((voice, ev.VoteCast(statement, CHOICES[0 if pull > 0.4 else 1 if pull < -0.4 else 2])))
    happened.append(("", ev.SessionClosed()))
    for seq, (by, event) in enumerate(happened, 1):
        state.apply(seq, seq * 1000, by, event)
    return state


class Attacker:
    """Knows the published totals and ballots, and each person's groups. `published`: the state of the public log, if
    there is one."""

    def __init__(self, state: State, published: State | None = None) -> None:
        self.totals, self.ballots = totals_of(state), ballots_of(state)
        if published is not None and published.totals is not None and published.ballots is not None:
            self.totals, self.ballots = published.totals.body, published.ballots
        rows = {ballot[:32]: ballot[32:] for ballot in self.ballots.ballots}
        self.votes = {voice.ballot: rows[voice.ballot] for voice in state.voices if voice.ballot in rows}
        self.people = [voice for voice in state.voices if voice.ballot in rows]

    def cells(self, shown: set[str]) -> list[list[Voice]]:
        """The people by what the published groups tell of them."""
        cells = defaultdict(list)
        for voice in self.people:
            own = (STAKEHOLDER.of(voice.attributes), LANE.of(voice.attributes))
            cells[tuple(group if group in shown else "" for group in own)].append(voice)
        return list(cells.values())

    def resolved(self) -> Iterator[str]:
        """The people of whom a vote is known, or of whom it is known which of fewer than five ballots is theirs."""
        named = {figure.group for figure in self.totals.figures if figure.group}
        named |= {count.value for count in self.totals.people if count.voters and count.value}
        for cell in self.cells(named):
            yield from self._of(cell, [self.votes[voice.ballot] for voice in cell])
        for place, statement in enumerate(self.ballots.statements):
            on = {f.group for f in self.totals.figures if f.statement == statement and f.group}
            if on:
                for cell in self.cells(on):
                    voted = [voice for voice in cell if self.votes[voice.ballot][place] != "."]
                    yield from self._of(voted, [self.votes[voice.ballot][place] for voice in voted])

    @staticmethod
    def _of(cell: list[Voice], rows: list[str]) -> Iterator[str]:
        known = 0 < len(cell) < SMALLEST
        if len(cell) < UNANIMOUS_BELOW:
            for column in zip(*rows):
                choices = set(column) - {"."}
                known = known or (len(choices) == 1 and 2 * sum(mark != "." for mark in column) > len(cell))
        if known:
            yield from (voice.id for voice in cell)


def test_nobody_of_a_thousand_people_is_resolved() -> None:
    people, shown = 0, 0
    for seed, size in enumerate([12, 18, 25, 33, 40, 60, 90, 120, 150, 200, 252]):
        state = held(size, seed)
        attacker = Attacker(state)
        everybody = len(attacker.people) < UNANIMOUS_BELOW or tells_all(attacker)
        if not everybody:
            assert list(attacker.resolved()) == [], f"session {seed}"
        people += size
        shown += any(figure.group for figure in attacker.totals.figures)
    assert people == 1000
    assert shown >= 5, "groups are shown where there are enough people"


def tells_all(attacker: Attacker) -> bool:
    """Whether the whole-room totals alone tell how everybody voted."""
    return any(len(set(column)) == 1 for column in zip(*attacker.votes.values()))


def test_in_a_room_where_every_combination_of_groups_is_unique_no_group_tells_of_anybody() -> None:
    groups = [f"Group {n}" for n in range(13)]
    for seed in range(5):
        attacker = Attacker(held(25, seed, groups=groups))
        assert list(attacker.resolved()) == []


def test_two_kinds_never_single_out_the_only_person_of_a_crossing() -> None:
    """Twelve of each group; only one person of the governments is online."""
    lanes = ["room"] * 11 + ["online"] + ["room", "online"] * 6
    groups = ["Government"] * 12 + ["Civil Society"] * 12
    table = np.random.default_rng(1).integers(1, 4, (24, 9)).astype(np.uint8)
    stakeholder, lane = kind_of(groups), kind_of(lanes)
    both = shown_groups([stakeholder, lane], table)
    assert both == [(1, 2), ()], "attendance is not added"
    assert shown_groups([lane], table) == [(1, 2)]


def test_a_unanimous_group_of_fewer_than_ten_joins_the_rest() -> None:
    groups = ["Government"] * 8 + ["Civil Society"] * 9 + [""] * 7
    table = np.random.default_rng(2).integers(1, 4, (24, 6)).astype(np.uint8)
    table[:8, 3] = 1
    kind = kind_of(groups)
    assert [kind.names[code] for code in shown_groups([kind], table)[0]] == ["Civil Society"]
    larger = kind_of(["Government"] * 10 + ["Civil Society"] * 7 + [""] * 7)
    table[:10, 3] = 1
    assert "Government" in [larger.names[code] for code in shown_groups([larger], table)[0]]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["1", "1", "1", "1", "1"], True),
        (["1", "1", "1", "0", "0"], True),
        (["1", "1", "0", "0", "0"], False),
        (["1", "1", "1", "1", "2"], False),
        (["0", "0", "0", "0", "0"], False),
    ],
)
def test_what_a_small_group_tells(rows: list[str], told: bool) -> None:
    votes = np.array([[int(mark) for mark in row] for row in rows])
    assert tells(np.stack([(votes == choice).sum(0) for choice in (1, 2, 3)], 1), len(rows)) is told


def solutions(rows: list[str], size: int, sums: list[tuple[int, int, int]], most: int = 2) -> list[tuple[int, ...]]:
    """The sets of ballots that add up to the totals of a group: an exact search, at most `most` of them."""
    marks = [[(row[j] == "+", row[j] == "-", row[j] == "0") for j in range(len(sums))] for row in rows]
    table = np.array(marks, np.int64).reshape(len(rows), -1)
    wanted = np.array(sums, np.int64).reshape(-1)
    left = np.vstack([np.cumsum(table[::-1], 0)[::-1], np.zeros_like(wanted)])
    listed: list[tuple[int, ...]] = []

    def search(place: int, chosen: tuple[int, ...], missing: Any) -> None:
        if len(listed) >= most or (missing < 0).any() or (missing > left[place]).any():
            return
        if place == len(rows) or len(chosen) == size:
            if len(chosen) == size and not missing.any():
                listed.append(chosen)
            return
        if len(chosen) + len(rows) - place >= size:
            search(place + 1, (*chosen, place), missing - table[place])
            search(place + 1, chosen, missing)

    search(0, (), wanted)
    return listed


def test_the_attack_works_on_totals_without_the_rule() -> None:
    """Lane and stakeholder group published as they were before: the ballots of each are found, and the crossing names
    people."""
    state = held(25, 3, statements=20)
    attacker = Attacker(state)
    rows = list(attacker.votes.values())
    ids = list(attacker.votes)
    found: dict[str, set[str]] = {}
    for attribute, group in ((LANE, "online"), (STAKEHOLDER, "Private Sector")):
        own = [voice for voice in attacker.people if attribute.of(voice.attributes) == group]
        column = list(zip(*(attacker.votes[voice.ballot] for voice in own)))
        sums = [(marks.count("+"), marks.count("-"), marks.count("0")) for marks in column]
        (only,) = solutions(rows, len(own), sums)
        found[group] = {ids[place] for place in only}
        assert found[group] == {voice.ballot for voice in own}, "exactly one set of ballots adds up"
    crossing = found["online"] & found["Private Sector"]
    assert 0 < len(crossing) < SMALLEST, "and the crossing is a few people whom everybody in the room can name"


def test_the_command_publishes_what_was_attacked_here() -> None:
    state = held(40, 5)
    ballots, totals = publication(state)
    first = ballots.decide(state, THE_SERVER, state.at)
    assert first == ballots_of(state)
    state.apply(state.seq + 1, state.at, "", first)
    second = totals.decide(state, THE_SERVER, state.at)
    assert isinstance(second, ev.TotalsPublished)
    assert second == totals_of(state, private_counts(state))
    assert second.figures == totals_of(state).figures

"""Who was heard, in full: what each group had of the floor and did with it, beside who was there. By room and online,
stakeholder group, regional group and gender, as people said of themselves; never of one person, and no score
of anybody.

Everything is counted in integers; shares and the two figures of concentration are divided last (`concentration`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

import msgspec
import numpy as np

from acquis.state import NONE, Hand, Question, State, Turn, Voice
from acquis.state.reading import public_question, seat_of
from acquis.statistics.summary import SMALLEST, showable

LANE, STAKEHOLDER, REGION, GENDER = "lane", "stakeholder", "region", "gender"
MERGED = "smaller"
"""The row of all groups of fewer than five people, together with those who did not say; "" where there are only these.
"""
TOP = 10
"""How many of the most supported questions are looked at."""

Said: TypeAlias = tuple[str, str, str, str]
"""What somebody said of themselves: lane, stakeholder group, regional group, gender; empty is not said."""


class Row(msgspec.Struct, frozen=True):
    """What a group had and did. `people`: those who joined, or those who acted on the floor where these are more
    (somebody without a device is entered by hand). `floor_ms` and `turns` are of the queue, as in `Balance`;
    `panel_ms` of the speakers of the programme, by the groups it prints beside their names (nothing by lane; by gender,
    which is printed nowhere, only where five of the panel said each). A question that was
    merged counts as put or answered where the one it lives on in was. `proposed`: statements, where their author is
    known from the floor. `votes`: how many were cast, by `voters` people."""

    group: str
    people: int = 0
    joined: int = 0
    hands: int = 0
    floor_ms: int = 0
    turns: int = 0
    first_time: int = 0
    panel_ms: int = 0
    asked: int = 0
    put: int = 0
    answered: int = 0
    proposed: int = 0
    votes: int = 0
    voters: int = 0


COUNTED = tuple(name for name in Row.__struct_fields__ if name not in ("group", "people"))


class Dimension(msgspec.Struct, frozen=True):
    """The rows of one way to look at the room: the groups that can be shown, by name, then the rest in one row. Where
    people were never asked (`asked` false) there are none."""

    name: str
    asked: bool = True
    rows: tuple[Row, ...] = ()

    @property
    def groups(self) -> tuple[Row, ...]:
        """The rows that are groups: all but the rest."""
        return tuple(row for row in self.rows if row.group not in ("", MERGED))


class Ranked(msgspec.Struct, frozen=True):
    """A question that was put to the floor, with its support and its rank by support (1: none had more; ties share)."""

    question: int
    rank: int
    support: int


class Chosen(msgspec.Struct, frozen=True):
    """Of the `of` most supported questions (`TOP`, more where support ties, fewer where fewer had any) how many were
    put to the floor; and every question that was put, by rank. Only questions that everybody could support count."""

    of: int
    put: int
    ranked: tuple[Ranked, ...]


class Account(msgspec.Struct, frozen=True):
    """The whole account: everybody in one row (`people` is how many joined), the dimensions, the questions chosen."""

    everybody: Row
    dimensions: tuple[Dimension, ...]
    chosen: Chosen


class Live(msgspec.Struct, frozen=True):
    """How a lane or a stakeholder group (`dimension`) fares just now: hands raised so far and floor time of the queue
    (ms), each of how many in all."""

    dimension: str
    group: str
    hands: int
    of_hands: int
    floor_ms: int
    of_floor_ms: int


def account(state: State, at: int) -> Account:
    """The account as of `at` (ms since 1970)."""
    facts = list(_facts(state, at))
    totals = Counter[str]()
    for _, field, amount in facts:
        totals[field] += amount
    programme = state.programme
    groups = (bool(programme and programme.stakeholder_groups), bool(programme and programme.regional_groups))
    listed = (True, *groups, state.settings.ask_gender)
    dimensions = [
        _dimension(state, facts, place, name, asked)
        for place, (name, asked) in enumerate(zip((LANE, STAKEHOLDER, REGION, GENDER), listed))
        if place < 2 or not state.settings.chatham  # under the rule nobody outside could count these again
    ]
    everybody = Row("", people=totals["joined"], **{name: totals[name] for name in COUNTED})
    return Account(everybody, tuple(dimensions), chosen(state))


def live(state: State, at: int) -> Live | None:
    """The lane or stakeholder group whose share of floor time at `at` is furthest from its share of the hands, either
    way; of two as far, people online first, then the room. Only what a table could show (`_told`); None where there is
    no such group, or while no hand was raised. Under the Chatham House Rule lanes only."""
    hands = [hand for hand in state.hands.values() if hand.kind == "turn"]
    turns = [turn for turn in state.turns.values() if turn.kind == "turn" and turn.fate != "not_responding"]
    if not hands:
        return None
    raised, people = [_said(hand) for hand in hands], _people(state)
    spent = [(_said(turn), turn.used(at)) for turn in turns]
    whole = sum(ms for _, ms in spent)
    found: list[Live] = []
    for place, dimension in enumerate((LANE,) if state.settings.chatham else (LANE, STAKEHOLDER)):
        up, had = Counter(said[place] for said in raised), Counter[str]()
        for said, ms in spent:
            had[said[place]] += ms
        told = _told(*_sizes(people, place))
        found += [Live(dimension, group, up[group], len(hands), had[group], whole) for group in sorted(told)]
    # max() takes the first of equals: "online" stands before "room", and lanes before groups. Products, not quotients.
    return max(found, key=lambda one: abs(one.hands * whole - one.floor_ms * len(hands)), default=None)


def chosen(state: State) -> Chosen:
    """How the questions that were put to the floor stand among all, by support."""
    support = {
        seq: len(question.supporters)
        for seq, question in state.questions.items()
        if public_question(question) and question.fate not in ("merged", "held_back", "withdrawn")
    }
    having = Counter(support.values())
    rank = {seq: 1 + sum(n for more, n in having.items() if more > own) for seq, own in support.items()}
    top = {seq for seq in support if support[seq] and rank[seq] <= TOP}
    put = sorted(_put(state) & support.keys(), key=lambda seq: (rank[seq], seq))
    return Chosen(len(top), len(top.intersection(put)), tuple(Ranked(seq, rank[seq], support[seq]) for seq in put))


def _put(state: State) -> set[int]:
    """The questions that were on the floor: read out, given a speaker, or answered there at once."""
    return {seq for seq, one in state.questions.items() if one.put_at or one.fate == "answered_live"}


def _facts(state: State, at: int) -> Iterator[tuple[Said, str, int]]:
    """Everything that is counted: of whom, the field of `Row`, how much."""
    yield from _of_voices(state)
    for hand in state.hands.values():
        if hand.kind == "turn":
            yield _said(hand), "hands", 1
    yield from _of_turns(state, at)
    put = _put(state)
    for question in state.questions.values():
        said, living = _said(question), _living(state, question)
        yield said, "asked", 1
        yield said, "put", int(living.seq in put)
        yield said, "answered", int(living.fate.startswith("answered"))
    known = _persons(state)
    for statement in state.statements.values():
        if not statement.seeded:
            yield known.get(statement.person, ("", "", "", "")), "proposed", 1


def _said(one: Voice | Hand | Turn | Question) -> Said:
    return one.lane, one.stakeholder, one.region, one.gender


def _living(state: State, question: Question) -> Question:
    return state.questions[question.into] if question.into else question


def _of_voices(state: State) -> Iterator[tuple[Said, str, int]]:
    cast = np.zeros(len(state.voices), np.int64)
    for votes in state.votes.values():
        cast += np.frombuffer(votes, np.uint8) != NONE
    for voice, votes_cast in zip(state.voices, cast.tolist()):
        said = _said(voice)
        yield said, "joined", 1
        yield said, "votes", votes_cast
        yield said, "voters", int(votes_cast > 0)


def _of_turns(state: State, at: int) -> Iterator[tuple[Said, str, int]]:
    for turn in state.turns.values():
        if turn.fate == "not_responding":
            continue
        said = _said(turn)
        if turn.kind == "turn":
            yield said, "floor_ms", turn.used(at)
            yield said, "turns", 1
            yield said, "first_time", int(turn.first)
        elif turn.kind == "speaker":
            seat = seat_of(state, turn.seat)
            of = ("", seat.stakeholder, seat.region, seat.gender) if seat else ("", "", "", "")
            yield of, "panel_ms", turn.used(at)


def _persons(state: State) -> dict[str, Said]:
    """Who acted on the floor, with what they said of themselves the last time."""
    acts: list[Hand | Question] = [
        *state.hands.values(),
        *(question for question in state.questions.values() if question.person),
    ]
    return {act.person: _said(act) for act in sorted(acts, key=lambda act: act.seq)}


def _people(state: State) -> tuple[list[Said], list[Said]]:
    """What those who joined said of themselves, and those who acted on the floor."""
    return [_said(voice) for voice in state.voices], list(_persons(state).values())


def _sizes(people: tuple[list[Said], list[Said]], place: int) -> tuple[Counter[str], Counter[str]]:
    """How many people each group has: of those who joined, and of those who acted on the floor."""
    joined, acted = people
    return Counter(said[place] for said in joined), Counter(said[place] for said in acted)


def _crowd(groups: Collection[str], joined: Mapping[str, int], acted: Mapping[str, int]) -> int:
    """At least so many people are in these groups. Nobody is known in both lists, and who joined again with another
    group is in one group there and in another here: so the lists are never added up."""
    return max(sum(joined.get(group, 0) for group in groups), sum(acted.get(group, 0) for group in groups))


def _told(joined: Mapping[str, int], acted: Mapping[str, int]) -> frozenset[str]:
    """The groups that can be shown: `showable` where two lists count the people. Those of five or more; and what is
    left, which is shown as one row and could be had by subtraction, is five or more or nobody: else the smallest of
    the others goes with it."""
    groups = {*joined, *acted}
    sizes = {group: _crowd((group,), joined, acted) for group in groups}
    shown = sorted((group for group in groups if group and sizes[group] >= SMALLEST), key=lambda g: (sizes[g], g))
    while shown and 0 < _crowd(groups.difference(shown), joined, acted) < SMALLEST:
        shown.pop(0)
    return frozenset(shown)


def _panel_told(state: State, place: int) -> bool:
    """Whether the time of the panel can be told by these groups: it sits in no lane, its stakeholder groups and regions
    stand beside its names, and genders stand nowhere, so that each must be said by five of it."""
    if place != 3:
        return place > 0
    genders = Counter[str](seat.gender for seat in (state.programme.seats if state.programme else ()))
    return all(gender in showable(genders) for gender in genders if gender)


def _dimension(state: State, facts: list[tuple[Said, str, int]], place: int, name: str, asked: bool) -> Dimension:
    joined, acted = _sizes(_people(state), place)
    groups = {*joined, *acted}
    # Whoever gave a group was asked for it, whatever the programme lists.
    if not asked and not any(groups):
        return Dimension(name, asked=False)
    shown, panel_told = _told(joined, acted), _panel_told(state, place)
    counts: dict[str, Counter[str]] = {group: Counter() for group in sorted(shown)}
    merged = state.settings.chatham or bool(groups - shown - {""})
    left = Counter[str]()
    for said, field, amount in facts:
        if not amount or (field == "panel_ms" and not panel_told):
            continue
        counts.get(said[place], left)[field] += amount
        merged = merged or bool(said[place] and said[place] not in shown)
    rows = [Row(group, _crowd((group,), joined, acted), **_fields(of)) for group, of in counts.items()]
    if left or groups - shown:
        rows.append(Row(MERGED if merged else "", _crowd(groups - shown, joined, acted), **_fields(left)))
    return Dimension(name, True, tuple(rows))


def _fields(of: Counter[str]) -> dict[str, int]:
    return {field: of[field] for field in COUNTED}

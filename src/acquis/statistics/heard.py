"""Who was heard, in full: what each group had of the floor and did with it, beside who was there. By room and online,
stakeholder group, regional group and gender, as people said of themselves; never of one person, and no score
of anybody.

Everything is counted in integers; shares and the two figures of concentration are divided last (`concentration`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

import msgspec
import numpy as np

from acquis.attributes import ATTRIBUTES, LANE, NOT_SAID, STAKEHOLDER, Attribute, Attributes, attributes_of
from acquis.state import NONE, Hand, Question, State
from acquis.state.people import is_asked
from acquis.state.reading import public_question, seat_of
from acquis.statistics.summary import SMALLEST, showable

MERGED = "smaller"
"""The row of all groups of fewer than five people, together with those who did not say; "" where there are only these.
"""
TOP = 10
"""How many of the most supported questions are looked at."""


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
    dimensions = [
        _dimension(state, facts, attribute)
        for attribute in ATTRIBUTES
        if attribute.chatham or not state.settings.chatham  # under the rule nobody outside could count these again
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
    people = _people(state)
    spent = [(turn.attributes, turn.used(at)) for turn in turns]
    whole = sum(ms for _, ms in spent)
    found: list[Live] = []
    for attribute in (LANE,) if state.settings.chatham else (LANE, STAKEHOLDER):
        up, had = Counter(attribute.of(hand.attributes) for hand in hands), Counter[str]()
        for attributes, ms in spent:
            had[attribute.of(attributes)] += ms
        told = _told(*_sizes(people, attribute))
        found += [Live(attribute.name, group, up[group], len(hands), had[group], whole) for group in sorted(told)]
    # max() takes the first of equals: "online" stands before "room", and lanes before groups. Products, not quotients.
    return max(found, key=lambda live: abs(live.hands * whole - live.floor_ms * len(hands)), default=None)


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


def _facts(state: State, at: int) -> Iterator[tuple[Attributes, str, int]]:
    """Everything that is counted: of whom, the field of `Row`, how much."""
    yield from _of_voices(state)
    for hand in state.hands.values():
        if hand.kind == "turn":
            yield hand.attributes, "hands", 1
    yield from _of_turns(state, at)
    put = _put(state)
    for question in state.questions.values():
        said, living = question.attributes, _living(state, question)
        yield said, "asked", 1
        yield said, "put", int(living.seq in put)
        yield said, "answered", int(living.fate.startswith("answered"))
    known = _persons(state)
    for statement in state.statements.values():
        if not statement.seeded:
            yield known.get(statement.person, NOT_SAID), "proposed", 1


def _living(state: State, question: Question) -> Question:
    return state.questions[question.into] if question.into else question


def _of_voices(state: State) -> Iterator[tuple[Attributes, str, int]]:
    cast = np.zeros(len(state.voices), np.int64)
    for votes in state.votes.values():
        cast += np.frombuffer(votes, np.uint8) != NONE
    for voice, votes_cast in zip(state.voices, cast.tolist()):
        said = voice.attributes
        yield said, "joined", 1
        yield said, "votes", votes_cast
        yield said, "voters", int(votes_cast > 0)


def _of_turns(state: State, at: int) -> Iterator[tuple[Attributes, str, int]]:
    for turn in state.turns.values():
        if turn.fate == "not_responding":
            continue
        said = turn.attributes
        if turn.kind == "turn":
            yield said, "floor_ms", turn.used(at)
            yield said, "turns", 1
            yield said, "first_time", int(turn.first)
        elif turn.kind == "speaker":
            seat = seat_of(state, turn.seat)
            yield attributes_of(seat) if seat else NOT_SAID, "panel_ms", turn.used(at)


def _persons(state: State) -> dict[str, Attributes]:
    """Who acted on the floor, with what they said of themselves the last time."""
    acts: list[Hand | Question] = [
        *state.hands.values(),
        *(question for question in state.questions.values() if question.person),
    ]
    return {act.person: act.attributes for act in sorted(acts, key=lambda act: act.seq)}


def _people(state: State) -> tuple[list[Attributes], list[Attributes]]:
    """What those who joined said of themselves, and those who acted on the floor."""
    return [voice.attributes for voice in state.voices], list(_persons(state).values())


def _sizes(
    people: tuple[list[Attributes], list[Attributes]], attribute: Attribute
) -> tuple[Counter[str], Counter[str]]:
    """How many people each group has: of those who joined, and of those who acted on the floor."""
    joined, acted = people
    return Counter(map(attribute.of, joined)), Counter(map(attribute.of, acted))


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


def _panel_told(state: State, attribute: Attribute) -> bool:
    """Whether the time of the panel can be told by these groups: it sits in no lane, its public attributes stand beside
    its names, and the others stand nowhere, so that each value must be said by five of it."""
    if not attribute.of_speakers or attribute.public:
        return attribute.of_speakers
    sizes = Counter(attribute.of(seat) for seat in (state.programme.seats if state.programme else ()))
    return all(value in showable(sizes) for value in sizes if value)


def _dimension(state: State, facts: list[tuple[Attributes, str, int]], attribute: Attribute) -> Dimension:
    joined, acted = _sizes(_people(state), attribute)
    groups = {*joined, *acted}
    # Whoever gave a group was asked for it, whatever the programme lists.
    if not is_asked(state, attribute) and not any(groups):
        return Dimension(attribute.name, asked=False)
    shown, panel_told = _told(joined, acted), _panel_told(state, attribute)
    counts: dict[str, Counter[str]] = {group: Counter() for group in sorted(shown)}
    merged = state.settings.chatham or bool(groups - shown - {""})
    left = Counter[str]()
    for said, field, amount in facts:
        if not amount or (field == "panel_ms" and not panel_told):
            continue
        group = attribute.of(said)
        counts.get(group, left)[field] += amount
        merged = merged or bool(group and group not in shown)
    rows = [Row(group, _crowd((group,), joined, acted), **_fields(of)) for group, of in counts.items()]
    if left or groups - shown:
        rows.append(Row(MERGED if merged else "", _crowd(groups - shown, joined, acted), **_fields(left)))
    return Dimension(attribute.name, True, tuple(rows))


def _fields(of: Counter[str]) -> dict[str, int]:
    return {field: of[field] for field in COUNTED}

"""Who was heard: floor time, questions and votes of each group, with the number of its people. Groups are those of
lane, stakeholder group, regional group and gender, as people gave them. No figure is about one person.

All counts are integers; `concentration` divides them.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

import msgspec
import numpy as np

from acquis.attributes import ATTRIBUTES, LANE, NOT_SAID, STAKEHOLDER, Attribute, Attributes, attributes_of
from acquis.events import PeopleCount
from acquis.state import NONE, Hand, Question, State
from acquis.state.counting import final_totals, joined_by
from acquis.state.counting import joined as joined_of
from acquis.state.counting import support as support_of
from acquis.state.people import is_asked
from acquis.state.reading import public_question, seat_of
from acquis.statistics.suppression import SMALLEST
from acquis.statistics.totals import showable, shows_votes

MERGED = "smaller"
"""The name of the row of all groups that are too small, with the people who did not say. Where there are only the
latter, the name is ""."""
_STATED = operator.attrgetter(*(attribute.name for attribute in ATTRIBUTES))
TOP = 10
"""The number of most supported questions that `Chosen` counts."""


class Row(msgspec.Struct, frozen=True):
    """The counts of a group. `people`: the people who joined, or those who acted on the floor where these are more
    (people without a device are entered by hand). `floor_ms` and `turns` are of the queue, as in `Balance`; `panel_ms`
    is of the speakers of the programme (`_panel_publishable`). A merged question counts as put or answered if the
    question it was merged into was. `proposed`: statements whose author is known from the floor. `votes`: the number of
    votes cast, by `voters` people."""

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
_OF_FLOOR = tuple(name for name in COUNTED if name not in ("joined", "votes", "voters"))


class Dimension(msgspec.Struct, frozen=True):
    """The rows of one attribute: the publishable groups in the order of their names, then one row for all others. No
    rows if people were not asked for the attribute (`asked` false)."""

    name: str
    asked: bool = True
    rows: tuple[Row, ...] = ()
    votes: bool = True
    """Whether votes are shown by the attribute; otherwise `votes` and `voters` of all rows are 0."""

    @property
    def groups(self) -> tuple[Row, ...]:
        """The rows of single groups, without the row of all others."""
        return tuple(row for row in self.rows if row.group not in ("", MERGED))


class Chosen(msgspec.Struct, frozen=True):
    """How many (`put`) of the `of` most supported questions were put to the floor. `of` is `TOP`, or more with equal
    support, or fewer if fewer had support. Only public questions count."""

    of: int
    put: int


class Account(msgspec.Struct, frozen=True):
    """The whole account: one row for everybody (its `people` is the number who joined), the rows by attribute, and the
    questions chosen."""

    everybody: Row
    dimensions: tuple[Dimension, ...]
    chosen: Chosen


class Live(msgspec.Struct, frozen=True):
    """Hands raised so far and floor time of the queue (ms) of one lane or stakeholder group (`dimension`), each with
    the total of everybody."""

    dimension: str
    group: str
    hands: int
    of_hands: int
    floor_ms: int
    of_floor_ms: int


def account(state: State, at: int) -> Account:
    """Counts a session for `Account`; a running turn counts until `at` (ms since 1970)."""
    facts = _facts(state, at)
    totals = _of_everybody(state)
    for _, field, amount in facts:
        totals[field] += amount
    dimensions = [
        _dimension(state, facts, attribute)
        for attribute in ATTRIBUTES
        if attribute.chatham or not state.settings.chatham  # the public log does not have the others
    ]
    everybody = Row("", people=totals["joined"], **{name: totals[name] for name in COUNTED})
    return Account(everybody, tuple(dimensions), chosen(state))


def shown_groups(state: State, stated: Collection[str]) -> list[str]:
    """Those of the stated stakeholder groups that are large enough to be shown on the record."""
    counted = account(state, state.at).dimensions
    rows = (row for dimension in counted if dimension.name == STAKEHOLDER.name for row in dimension.groups)
    return [row.group for row in rows if row.group in stated]


def live(state: State, at: int) -> Live | None:
    """The lane or stakeholder group whose share of floor time at `at` (ms since 1970) differs most from its share of
    the hands. Of equal ones, "online" comes first, then "room". Only publishable groups; under the Chatham House Rule
    only lanes. None without such a group or without a hand."""
    hands = [hand for hand in state.hands.values() if hand.kind == "turn"]
    turns = [turn for turn in state.turns.values() if turn.kind == "turn" and turn.fate != "not_responding"]
    if not hands:
        return None
    persons = _persons(state)
    spent = [(turn.attributes, turn.used(at)) for turn in turns]
    whole = sum(ms for _, ms in spent)
    rows: list[Live] = []
    for attribute in (LANE,) if state.settings.chatham else (LANE, STAKEHOLDER):
        stated = operator.attrgetter(attribute.name)
        up, had = Counter(map(stated, [hand.attributes for hand in hands])), Counter[str]()
        for attributes, ms in spent:
            had[stated(attributes)] += ms
        groups = sorted(_publishable(*_sizes(state, persons, attribute)))
        rows += [Live(attribute.name, group, up[group], len(hands), had[group], whole) for group in groups]
    # max() takes the first of equals: "online" precedes "room", and lanes precede groups. Products are exact.
    return max(rows, key=lambda live: abs(live.hands * whole - live.floor_ms * len(hands)), default=None)


def chosen(state: State) -> Chosen:
    """How many of the most supported questions were put to the floor, among all public questions."""
    support = {
        seq: support_of(state, seq)
        for seq, question in state.questions.items()
        if public_question(question) and question.fate not in ("merged", "held_back", "withdrawn")
    }
    best = sorted(support.values(), reverse=True)[:TOP]
    top = {seq for seq, own in support.items() if own and own >= best[-1]}
    return Chosen(len(top), len(top & _put(state)))


def _put(state: State) -> set[int]:
    """The questions that were on the floor: put to it, or answered live."""
    return {seq for seq, question in state.questions.items() if question.put_at or question.fate == "answered_live"}


def _facts(state: State, at: int) -> list[tuple[Attributes, str, int]]:
    """The amounts that are counted, as (attributes, field of `Row`, amount): one for all people who state the same."""
    sums: Counter[tuple[tuple[str, ...], str]] = Counter()
    known: dict[tuple[str, ...], Attributes] = {}
    for attributes, field, amount in _each_fact(state, at):
        stated = _STATED(attributes)
        known[stated] = attributes
        sums[stated, field] += amount
    return [(known[stated], field, amount) for (stated, field), amount in sums.items()]


def _each_fact(state: State, at: int) -> Iterator[tuple[Attributes, str, int]]:
    """The same, one for each hand, turn and statement, and for all people and questions of which the same is known."""
    if state.totals is None:
        yield from _of_voices(state)
    for hand in state.hands.values():
        if hand.kind == "turn":
            yield hand.attributes, "hands", 1
    yield from _of_turns(state, at)
    put = _put(state)
    pairs = ((question.attributes, _merge_target(state, question)) for question in state.questions.values())
    asked = Counter((stated, whole.seq in put, whole.fate.startswith("answered")) for stated, whole in pairs)
    for (attributes, was_put, was_answered), n in asked.items():
        yield attributes, "asked", n
        yield attributes, "put", n * was_put
        yield attributes, "answered", n * was_answered
    known = _persons(state)
    for statement in state.statements.values():
        if not statement.seeded:
            yield known.get(statement.person, NOT_SAID), "proposed", 1


def _merge_target(state: State, question: Question) -> Question:
    return state.questions[question.into] if question.into else question


def _of_voices(state: State) -> Iterator[tuple[Attributes, str, int]]:
    cast = np.zeros(len(state.voices), np.int64)
    for votes in state.votes.values():
        cast += np.frombuffer(votes, np.uint8) != NONE
    for (attributes, votes_cast), n in Counter(zip((v.attributes for v in state.voices), cast.tolist())).items():
        yield attributes, "joined", n
        yield attributes, "votes", n * votes_cast
        yield attributes, "voters", n * (votes_cast > 0)


def _of_everybody(state: State) -> Counter[str]:
    """The published counts of all people who joined; nothing before the publication, when voices are counted."""
    listed = state.totals.body.people if state.totals else ()
    return sum((_counted(count) for count in listed if not count.attribute), Counter[str]())


def _counted(count: PeopleCount) -> Counter[str]:
    return Counter({"joined": count.people, "votes": count.votes, "voters": count.voters})


def _of_turns(state: State, at: int) -> Iterator[tuple[Attributes, str, int]]:
    for turn in state.turns.values():
        if turn.fate == "not_responding":
            continue
        if turn.kind == "turn":
            yield turn.attributes, "floor_ms", turn.used(at)
            yield turn.attributes, "turns", 1
            yield turn.attributes, "first_time", int(turn.first)
        elif turn.kind == "speaker":
            seat = seat_of(state, turn.seat)
            yield attributes_of(seat) if seat else NOT_SAID, "panel_ms", turn.used(at)


def _persons(state: State) -> dict[str, Attributes]:
    """The people who acted on the floor, each with the attributes of their last act. None if the log does not show who
    acted."""
    asked = [state.questions[seqs[-1]] for seqs in state.asked_by.values()]
    acts: list[Hand | Question] = [*state.hands.values(), *asked]
    return {act.person: act.attributes for act in sorted(acts, key=operator.attrgetter("seq")) if act.person}


def _sizes(state: State, persons: Mapping[str, Attributes], attribute: Attribute) -> tuple[Counter[str], Counter[str]]:
    """Group -> number of people: of those who joined, and of those who acted on the floor (`persons`)."""
    return joined_by(state, attribute), Counter(map(operator.attrgetter(attribute.name), persons.values()))


def _crowd(groups: Collection[str], joined: Mapping[str, int], acted: Mapping[str, int]) -> int:
    """A lower bound of the number of people in these groups. The two counts are never added: nobody can be recognized
    in both, and a person may have joined again with another group."""
    return max(sum(joined.get(group, 0) for group in groups), sum(acted.get(group, 0) for group in groups))


def _publishable(joined: Mapping[str, int], acted: Mapping[str, int]) -> frozenset[str]:
    """The groups that can be shown, as in `showable`, where two lists count the people: those of at least five. All
    others share one row, so they too must be at least five or nobody; otherwise the smallest groups join that row."""
    groups = {*joined, *acted}
    sizes = {group: _crowd((group,), joined, acted) for group in groups}
    shown = sorted((group for group in groups if group and sizes[group] >= SMALLEST), key=lambda g: (sizes[g], g))
    while shown and 0 < _crowd(groups.difference(shown), joined, acted) < SMALLEST:
        shown.pop(0)
    return frozenset(shown)


def _panel_publishable(state: State, attribute: Attribute) -> bool:
    """Whether the floor time of the speakers of the programme can be shown by this attribute. They have no lane. A
    public attribute is printed with their names; of any other, each value must be that of at least five of them."""
    if not attribute.of_speakers or attribute.public:
        return attribute.of_speakers
    sizes = Counter(attribute.of(seat) for seat in state.seats)
    return all(value in showable(sizes) for value in sizes if value)


def _dimension(state: State, facts: list[tuple[Attributes, str, int]], attribute: Attribute) -> Dimension:
    if final_totals(state) is not None and not attribute.public:
        return _published_dimension(state, facts, attribute)
    joined, acted = _sizes(state, _persons(state), attribute)
    groups = {*joined, *acted}
    # A given group shows that people were asked, even if the programme lists no groups.
    if not is_asked(state, attribute) and not any(groups):
        return Dimension(attribute.name, asked=False)
    shown, panel_shown = _publishable(joined, acted), _panel_publishable(state, attribute)
    counts, voted = _of_joined(state, attribute, shown, joined)
    merged = state.settings.chatham or bool(groups - shown - {""}) or bool(final_totals(state) and joined[""])
    left = counts.pop("")
    for attributes, field, amount in facts:
        if not amount or (field == "panel_ms" and not panel_shown):
            continue
        group = attribute.of(attributes)
        counts.get(group, left)[field] += amount
        merged = merged or bool(group and group not in shown)
    rows = [Row(group, _crowd((group,), joined, acted), **_fields(sums)) for group, sums in counts.items()]
    if left or groups - shown:
        rows.append(Row(MERGED if merged else "", _crowd(groups - shown, joined, acted), **_fields(left)))
    return Dimension(attribute.name, True, tuple(rows), voted)


def _of_joined(
    state: State, attribute: Attribute, shown: frozenset[str], joined: Mapping[str, int]
) -> tuple[dict[str, Counter[str]], bool]:
    """For each group that is shown, and for all others (""), the counts of those who joined as the totals have them;
    and whether votes are among them. Where there are no totals nothing, because voices are counted."""
    counts: dict[str, Counter[str]] = {group: Counter() for group in (*sorted(shown), "")}
    if state.totals is None:
        return counts, True
    for group, people in joined.items():
        counts[group if group in shown else ""]["joined"] += people
    if voted := shows_votes(state, attribute):
        left = _of_everybody(state)
        for count in state.totals.body.people:
            if count.attribute == attribute.name and count.value in shown:
                counts[count.value] = _counted(count)
                left -= counts[count.value]
        counts[""] = left
    return counts, voted


def _published_dimension(state: State, facts: list[tuple[Attributes, str, int]], attribute: Attribute) -> Dimension:
    """The rows of an attribute that is never shown beside a person, as the totals have them."""
    final = final_totals(state)
    listed = [count for count in (final.people if final else ()) if count.attribute == attribute.name]
    if not is_asked(state, attribute) and not listed:
        return Dimension(attribute.name, asked=False)
    rows = [
        Row(count.value, count.people, count.people, **{name: getattr(count, name) for name in _OF_FLOOR})
        for count in listed
    ]
    everybody = Counter[str]()
    for _, field, amount in facts:
        everybody[field] += amount
    people = joined_of(state) - sum(row.people for row in rows)
    left = {name: max(0, everybody[name] - sum(getattr(row, name) for row in rows)) for name in _OF_FLOOR}
    if not _panel_publishable(state, attribute):
        left["panel_ms"] = 0
    if people or any(left.values()):
        rows.append(Row(MERGED, people, people, **left))
    return Dimension(attribute.name, True, tuple(rows), votes=False)


def private_counts(state: State) -> dict[str, tuple[PeopleCount, ...]]:
    """For each attribute that is never shown beside a person, the counts of its publishable groups among those of whom
    at least five joined. The public log has no other source of them."""
    facts = _facts(state, state.at)
    rows = {}
    for attribute in ATTRIBUTES:
        if not attribute.public and (attribute.chatham or not state.settings.chatham):
            groups = [row for row in _dimension(state, facts, attribute).groups if row.joined >= SMALLEST]
            rows[attribute.name] = tuple(
                PeopleCount(attribute.name, row.group, row.joined, **{name: getattr(row, name) for name in _OF_FLOOR})
                for row in groups
            )
    return rows


def _fields(sums: Counter[str]) -> dict[str, int]:
    return {field: sums[field] for field in COUNTED}

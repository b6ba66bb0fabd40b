"""What the server publishes of the votes after the close: the ballots and the totals, as pure functions of the state.

The figures of groups follow the rule of `suppression`. How many people joined is attendance and tells nothing of a
ballot: the people in the room and online are always shown, those of other groups if they are at least five
(`showable`), and how many of them voted only where the figures of their group are shown."""

from __future__ import annotations

import hashlib
import operator
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import numpy as np

from acquis.attributes import ATTRIBUTES, LANE, STAKEHOLDER, Attribute
from acquis.events import BallotsPublished, Figure, MovedFigure, PeopleCount, TotalsPublished
from acquis.state import AGREE, DISAGREE, PASS, State, Voice
from acquis.state.counting import left_out, supporter_counts, written_ballot
from acquis.statistics.moved import FirstVotes, first_votes, moved_figures
from acquis.statistics.suppression import SMALLEST, Kind, Table, kind_of, shown_groups, shown_on
from acquis.text.caches import TextCache

KINDS = (STAKEHOLDER, LANE)
"""The attributes by whose groups votes are shown, in the order of precedence."""


class CastVotes(msgspec.Struct, frozen=True):
    """The votes of a session: the statements that have any, the voices that cast any, and one row for each of these."""

    statements: tuple[int, ...]
    voters: tuple[Voice, ...]
    table: Table


def cast_votes(state: State) -> CastVotes:
    """The votes of the voices of a state that count, on all statements."""
    struck = [state.voice_numbers[voice] for voice in left_out(state) & state.voice_numbers.keys()]
    table = np.frombuffer(b"".join(state.votes.values()), np.uint8).reshape(len(state.votes), len(state.voices)).T
    rows = np.setdiff1d(np.flatnonzero(table.any(1)), struck)
    columns, statements = np.flatnonzero(table[rows].any(0)), [*state.votes]
    voters = tuple(state.voices[row] for row in rows.tolist())
    return CastVotes(tuple(statements[place] for place in columns.tolist()), voters, table[np.ix_(rows, columns)])


def ballots_of(state: State) -> BallotsPublished:
    """The ballots of all who voted, sorted by their ids."""
    cast = cast_votes(state)
    rows = (written_ballot(ballot_id(voice), votes.tobytes()) for voice, votes in zip(cast.voters, cast.table))
    return BallotsPublished(cast.statements, tuple(sorted(rows)))


def ballot_id(voice: Voice) -> str:
    """The id of the ballot of a voice. In logs of earlier versions, where voices have none, it is made of the id of the
    voice."""
    return voice.ballot or hashlib.sha256(f"ballot {voice.id}".encode()).hexdigest()[:32]


def totals_of(state: State, rows: Mapping[str, tuple[PeopleCount, ...]] | None = None) -> TotalsPublished:
    """The totals of a state. `rows`: attribute that is never shown beside a person -> the counts of its groups."""
    cast = cast_votes(state)
    counted = counted_votes(cast)
    return TotalsPublished(
        state.seq,
        state.sealed,
        figures=counted.figures,
        people=tuple(_people(state, cast, counted.kinds, counted.shown, rows or {})),
        supporters=supporter_counts(state),
        moved=counted_moments(cast, first_votes(state, cast.voters)),
    )


class CountedVotes(msgspec.Struct, frozen=True):
    """The figures of votes as they would be published now, the kinds of groups, and the groups of each that are
    shown."""

    kinds: list[Kind]
    shown: list[tuple[int, ...]]
    figures: tuple[Figure, ...]


_counted: TextCache[object, CountedVotes] = TextCache(2, None)
"""The latest votes that were counted: hundreds of statements take longer than the event loop may be held, so that a
thread counts first."""


def counted_votes(cast: CastVotes) -> CountedVotes:
    """The count of votes."""
    labels = _labels(cast)
    return _counted.get((cast.statements, labels, cast.table.tobytes()), lambda: _count(cast, labels))


_moved: TextCache[object, tuple[MovedFigure, ...]] = TextCache(2, None)
"""The same of two moments."""


def counted_moments(cast: CastVotes, moments: tuple[FirstVotes, ...]) -> tuple[MovedFigure, ...]:
    """The figures of two moments that can be shown beside the groups."""
    counted = counted_votes(cast)
    groups = counted.kinds, counted.shown
    columns = dict(zip(cast.statements, cast.table.T))
    key = cast.statements, _labels(cast), cast.table.tobytes(), moments
    return _moved.get(key, lambda: tuple(moved_figures(moments, columns, groups)))


def _labels(cast: CastVotes) -> tuple[tuple[str, ...], ...]:
    """Of each kind of groups the group of each voter."""
    people = [voice.attributes for voice in cast.voters]
    return tuple(tuple(map(operator.attrgetter(attribute.name), people)) for attribute in KINDS)


def _count(cast: CastVotes, labels: tuple[tuple[str, ...], ...]) -> CountedVotes:
    kinds = list(map(kind_of, labels))
    shown = shown_groups(kinds, cast.table)
    return CountedVotes(kinds, shown, tuple(_figures(cast, kinds, shown)))


def live_figures(cast: CastVotes) -> tuple[Figure, ...]:
    """The figures of votes as they would be published now."""
    return counted_votes(cast).figures


def _figures(cast: CastVotes, kinds: list[Kind], session: list[tuple[int, ...]]) -> Iterator[Figure]:
    """For each statement the figure of everybody, then those of attendances and of stakeholder groups."""
    for place, seq in enumerate(cast.statements):
        column = cast.table[:, place]
        yield _figure(seq, "", np.bincount(column, minlength=4))
        on = shown_on(kinds, session, column)
        for kind, shown in reversed(list(zip(kinds, on))):
            counts = np.bincount(4 * kind.codes + column, minlength=4 * len(kind.names)).reshape(-1, 4)
            yield from (_figure(seq, kind.names[code], counts[code]) for code in shown)


def _figure(seq: int, group: str, counts: Any) -> Figure:
    return Figure(seq, int(counts[AGREE]), int(counts[DISAGREE]), int(counts[PASS]), group)


def _people(
    state: State,
    cast: CastVotes,
    kinds: list[Kind],
    session: list[tuple[int, ...]],
    rows: Mapping[str, tuple[PeopleCount, ...]],
) -> Iterator[PeopleCount]:
    yield PeopleCount("", "", len(state.voices), len(cast.voters), int(np.count_nonzero(cast.table)))
    voting = {}
    for attribute, kind, shown in zip(KINDS, kinds, session, strict=True):
        each = np.bincount(kind.codes, (cast.table != 0).sum(1), len(kind.names))
        sizes = np.bincount(kind.codes, minlength=len(kind.names))
        voting[attribute.name] = {kind.names[code]: (int(sizes[code]), int(each[code])) for code in shown}
    for attribute in ATTRIBUTES:
        if attribute.public and not (state.settings.chatham and not attribute.chatham):
            people = Counter(attribute.of(voice.attributes) for voice in state.voices)
            for name in sorted(people.keys() - {""} if attribute is LANE else showable(people)):
                voters, votes = voting.get(attribute.name, {}).get(name, (0, 0))
                yield PeopleCount(attribute.name, name, people[name], voters, votes)
        yield from rows.get(attribute.name, ())


def showable(sizes: Mapping[str, int]) -> frozenset[str]:
    """The groups of one kind (all lanes, or all stakeholder groups) that can be shown with the total: those of at least
    five people. The people who did not say (group "") are never shown as a group.

    The size of what is left out can be computed by subtraction, so it must be at least five or 0; otherwise the
    smallest shown groups are left out too (complementary suppression)."""
    shown = sorted((name for name, size in sizes.items() if name and size >= SMALLEST), key=lambda n: (sizes[n], n))
    left_out = sum(sizes.values()) - sum(sizes[name] for name in shown)
    while shown and 0 < left_out < SMALLEST:
        left_out += sizes[shown.pop(0)]
    return frozenset(shown)


def shows_votes(state: State, attribute: Attribute) -> bool:
    """Whether votes are counted by an attribute: after the publication, whether a group of it is shown with votes."""
    if state.totals is None:
        return True
    return any(count.attribute == attribute.name and count.voters for count in state.totals.body.people)

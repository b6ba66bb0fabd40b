"""The opinion map of a session, computed by `acquis.opinion` from its votes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache

import msgspec
import numpy as np

from acquis.events import OpinionFigure
from acquis.opinion import OpinionMap, Votes, opinion_map
from acquis.opinion.structure import METHOD
from acquis.state import AGREE, DISAGREE, NONE, PASS, State
from acquis.state.counting import cast, has_ballots, shown_cast
from acquis.state.reading import public_statement
from acquis.statistics.summary import stakeholders

CONSTITUENCIES = ("stakeholder_group", "regional_group", "lane")
"""Kinds of constituency, in the order of `Ballots.declared`."""
_CHOICE = np.zeros(256, np.int8)
_CHOICE[[AGREE, DISAGREE, PASS]] = (1, -1, 0)


class Ballots(msgspec.Struct, frozen=True):
    """An immutable copy of the votes of a session, which a thread can read while the state changes. `cast`: for each of
    `statements` one byte per voice; `declared`: for each voice its groups, by `CONSTITUENCIES`; `upto`: the number of
    the newest entry."""

    statements: tuple[int, ...]
    cast: tuple[bytes, ...]
    declared: tuple[tuple[str, str, str], ...]
    upto: int

    @property
    def voters(self) -> int:
        """The people who cast at least one vote; those who joined and did not vote are left out."""
        return sum(map(any, zip(*self.cast)))


def ballots(state: State) -> Ballots:
    """Copies the votes on all public statements that have any: one byte per statement and voice, or published ballot.
    Ballots have no groups."""
    return _copied(state, cast(state))


def shown_ballots(state: State) -> Ballots:
    """As `ballots`, of the votes that everybody may know of. Before the close, the map changes with their tallies."""
    before = state.totals is None and has_ballots(state)
    return _copied(state, shown_cast(state) if before else cast(state), groups=not before)


def _copied(state: State, votes: Mapping[int, bytes], groups: bool = True) -> Ballots:
    voted = {seq: column for seq, column in votes.items() if public_statement(state.statements[seq])}
    if state.totals is not None or not groups:
        nothing: tuple[tuple[str, str, str], ...] = (("", "", ""),) * len(next(iter(voted.values()), b""))
        return Ballots(tuple(voted), tuple(voted.values()), nothing, state.seq)
    regions = ("" if state.settings.chatham else voice.attributes.region for voice in state.voices)
    declared = tuple(zip(stakeholders(state), regions, (voice.attributes.lane for voice in state.voices), strict=True))
    return Ballots(tuple(voted), tuple(voted.values()), declared, state.seq)


def votes_of(ballots: Ballots) -> Votes:
    """The ballots as input of `acquis.opinion`: people are indices of voices, statements are numbers of entries."""
    table = np.frombuffer(b"".join(ballots.cast), np.uint8).reshape(len(ballots.cast), len(ballots.declared)).T
    person, statement = np.nonzero(table != NONE)
    start = np.concatenate([[0], np.cumsum((table != NONE).sum(1))]).astype(np.int64)
    choice = _CHOICE[table[person, statement]]
    return Votes(range(len(ballots.declared)), ballots.statements, start, statement.astype(np.uint16), choice)


def declared_groups(ballots: Ballots) -> dict[str, dict[Hashable, tuple[str, ...]]]:
    """Kind of constituency -> index of a voice -> its group. Voices that declared none are left out."""
    return {
        kind: {number: (groups[place],) for number, groups in enumerate(ballots.declared) if groups[place]}
        for place, kind in enumerate(CONSTITUENCIES)
    }


def session_map(ballots: Ballots, previous: OpinionMap | None = None) -> OpinionMap:
    """The opinion map of these ballots, its axes aligned with those of the `previous` map."""
    axes = previous.axes if previous is not None else None
    return opinion_map(votes_of(ballots), memberships=declared_groups(ballots), previous=axes)


@lru_cache(maxsize=16)
def _read(
    statements: tuple[int, ...], cast: tuple[bytes, ...], declared: tuple[tuple[str, str, str], ...]
) -> OpinionMap:
    return session_map(Ballots(statements, cast, declared, 0))


def recorded_map(ballots: Ballots) -> OpinionMap:
    """The map from the votes alone, without alignment to an earlier one, so that anybody can compute it again. The last
    16 results are kept."""
    return _read(ballots.statements, ballots.cast, ballots.declared)


def opinion_figure(state: State) -> OpinionFigure | None:
    """The figures of the map for a published report; None without votes. `acquis verify` computes them again."""
    if not (copied := ballots(state)).cast:
        return None
    mapped = recorded_map(copied)
    assert mapped.structure is not None, "camps are always looked for in a map on the record"
    sizes = tuple(int((mapped.label == group).sum()) for group in range(mapped.k))
    voted = int(np.count_nonzero(np.diff(votes_of(copied).start)))
    return OpinionFigure(mapped.k, sizes, mapped.structure.verdict, voted, mapped.digest, METHOD)

"""The opinion map of a session: its votes as the opinion library takes them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from acquis.events import OpinionFigure
from acquis.opinion import OpinionMap, Votes, opinion_map
from acquis.state import AGREE, DISAGREE, NONE, PASS, State
from acquis.statistics.summary import stakeholders

KINDS = ("stakeholder_group", "regional_group", "lane")
_CHOICE = np.zeros(256, np.int8)
_CHOICE[[AGREE, DISAGREE, PASS]] = (1, -1, 0)


class Ballots(msgspec.Struct, frozen=True):
    """The votes of a session at one moment, apart from its state: a thread can read them while the session goes on.
    `cast` holds for each statement one byte a voice; `declared` for each voice lane, stakeholder and regional group."""

    statements: tuple[int, ...]
    cast: tuple[bytes, ...]
    declared: tuple[tuple[str, str, str], ...]
    upto: int


def ballots(state: State) -> Ballots:
    """A copy of the votes on all statements that have any. Costs a copy of one byte for each vote that could be."""
    voted = {seq: bytes(cast) for seq, cast in state.votes.items() if any(cast)}
    regions = ("" if state.settings.chatham else voice.attributes.region for voice in state.voices)
    declared = tuple(zip(stakeholders(state), regions, (voice.attributes.lane for voice in state.voices), strict=True))
    return Ballots(tuple(voted), tuple(voted.values()), declared, state.seq)


def votes_of(ballots: Ballots) -> Votes:
    """The ballots as `opinion` takes them: people are numbers of voices, statements numbers of entries."""
    table = np.frombuffer(b"".join(ballots.cast), np.uint8).reshape(len(ballots.cast), len(ballots.declared)).T
    person, statement = np.nonzero(table != NONE)
    start = np.concatenate([[0], np.cumsum((table != NONE).sum(1))]).astype(np.int64)
    choice = _CHOICE[table[person, statement]]
    return Votes(range(len(ballots.declared)), ballots.statements, start, statement.astype(np.uint16), choice)


def declared_groups(ballots: Ballots) -> Mapping[str, Mapping[Any, tuple[str, ...]]]:
    """Kind of constituency -> voice -> what was declared; who did not say is not in it."""
    return {
        kind: {number: (groups[place],) for number, groups in enumerate(ballots.declared) if groups[place]}
        for place, kind in enumerate(KINDS)
    }


def session_map(ballots: Ballots, previous: OpinionMap | None = None) -> OpinionMap:
    """The opinion map of these ballots; `previous`: the map shown before, so that this one is turned like it."""
    axes = previous.axes if previous is not None else None
    return opinion_map(votes_of(ballots), memberships=declared_groups(ballots), previous=axes)


@lru_cache(maxsize=16)
def _read(
    statements: tuple[int, ...], cast: tuple[bytes, ...], declared: tuple[tuple[str, str, str], ...]
) -> OpinionMap:
    return session_map(Ballots(statements, cast, declared, 0))


def recorded_map(ballots: Ballots) -> OpinionMap:
    """The map as the record has it: from the votes alone, whatever was shown before. The same votes are read once."""
    return _read(ballots.statements, ballots.cast, ballots.declared)


def opinion_figure(state: State) -> OpinionFigure | None:
    """What a report says of the map; None without votes. `acquis verify` computes it again."""
    if not (cast := ballots(state)).cast:
        return None
    found = recorded_map(cast)
    assert found.firmness is not None, "a map on the record is always tested"
    sizes = tuple(int((found.label == g).sum()) for g in range(found.k))
    voted = int(np.count_nonzero(np.diff(votes_of(cast).start)))
    return OpinionFigure(found.k, sizes, found.firmness.verdict, voted, found.digest)

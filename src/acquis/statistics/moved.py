"""How the same people voted at two moments of a session, as it is published with the totals.

The first moment of a statement is when voting on it was closed, or the next segment began, for the first
time after five people had voted on it (`state.statements`). The second one is the close of the session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np

from acquis.events import MovedFigure
from acquis.opinion.moments import ClosedVote, is_publishable, is_publishable_beside, turned
from acquis.state import AGREE, NONE, State, Voice
from acquis.state.reading import public_statement
from acquis.statistics.suppression import Kind, Table, shown_on

_NOBODY = bytes([NONE])


class FirstVotes(msgspec.Struct, frozen=True):
    """The votes on a statement at its first moment, entry `entry`: one byte for each of the voters."""

    statement: int
    entry: int
    votes: bytes


def first_votes(state: State, voters: Sequence[Voice]) -> tuple[FirstVotes, ...]:
    """The votes of these voters at the first moment of each public statement that has one."""
    rows = np.array([state.voice_numbers[voice.id] for voice in voters], np.int64)
    everybody = len(state.voices)
    return tuple(
        FirstVotes(seq, moment.seq, np.frombuffer(moment.votes.ljust(everybody, _NOBODY), np.uint8)[rows].tobytes())
        for seq, moment in state.moments.items()
        if public_statement(state.statements[seq])
    )


def moved_figures(
    moments: Sequence[FirstVotes],
    columns: Mapping[int, Table],
    groups: tuple[Sequence[Kind], Sequence[tuple[int, ...]]],
) -> Iterator[MovedFigure]:
    """The figures of the statements that can be shown; of two that cannot be shown together, those of the first.
    columns: of each statement the votes at the close, in the same order of voters; groups: the kinds of groups, and
    those of each that are shown in the session."""
    shown: list[ClosedVote] = []
    for moment in moments:
        if (column := columns.get(moment.statement)) is None:
            continue
        voted, first = column != NONE, np.frombuffer(moment.votes, np.uint8)
        cast = ClosedVote((first != NONE) & voted, voted, column == AGREE)
        early, after = cast.early[voted], cast.after[voted]
        read = turned(early, first[voted] == AGREE, after)
        if not read.voters or not is_publishable_beside(shown, cast):
            continue
        if is_publishable(read, _cells(*groups, column, voted), early, after):
            shown.append(cast)
            yield MovedFigure(moment.statement, moment.entry, read.voters, read.agree, read.came, read.left)


def _cells(
    kinds: Sequence[Kind], session: Sequence[tuple[int, ...]], column: Table, voted: Table
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The cell of each voter on a statement: the crossing of the groups that are shown on it."""
    cells = np.zeros(int(voted.sum()), np.int64)
    for kind, shown in zip(kinds, shown_on(kinds, session, column), strict=True):
        own = np.where(np.isin(kind.codes[voted], shown), kind.codes[voted], 0)
        cells = np.unique(cells * len(kind.names) + own, return_inverse=True)[1].reshape(-1)
    return cells

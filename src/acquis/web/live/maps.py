"""The opinion map on live screens and pages, as data and as SVG."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace

from acquis.board.maps import CurrentMap
from acquis.documents import opinion as written
from acquis.documents.opinion_result import Result
from acquis.opinion import place, reasons
from acquis.opinion.files import Conversation
from acquis.state import State
from acquis.state.reading import public_statement
from acquis.statistics.opinion_map import Ballots, ballots, declared_groups, recorded_map, votes_of
from acquis.text.caches import MB, text_cache


@lru_cache(maxsize=16)
def _recorded(cast: Ballots) -> CurrentMap:
    return CurrentMap(recorded_map(cast), cast)


async def recorded(state: State, language: str) -> tuple[Result, str] | None:
    """The map of the record as data and as SVG; None without votes."""
    cast = ballots(state)
    if not cast.cast:
        return None
    texts = texts_of(state)
    return await asyncio.to_thread(lambda: drawn(_recorded(cast), texts, language))


def texts_of(state: State) -> dict[int, str]:
    """Entry -> text of the public statements."""
    return {seq: statement.text for seq, statement in state.statements.items() if public_statement(statement)}


@text_cache(32, 16 * MB)
def _drawn(current: CurrentMap, texts: tuple[tuple[int, str], ...], language: str) -> tuple[Result, str]:
    source = Conversation(votes_of(current.cast), dict(texts), memberships=declared_groups(current.cast))
    read = written.result(current.map, source, None, language)
    read = replace(read, people=current.cast.voters)
    return read, written.picture(
        current.map, read, language, alone=False
    ) if read.people >= written.FEWEST_DRAWN else ""


def drawn(current: CurrentMap, texts: Mapping[int, str], language: str) -> tuple[Result, str]:
    """The map as data and as SVG, computed once for all screens. The SVG is empty if too few people voted: their places
    would say little about groups and much about single people. `texts`: as from `texts_of`."""
    return _drawn(current, tuple(texts.items()), language)


def own_place(current: CurrentMap, state: State, voice: str, language: str, most: int = 3) -> tuple[str, list[int]]:
    """The map with the present place of one voice, and the statements (entries) that determine the place most; empty
    for a voice without votes."""
    number = state.voice_numbers.get(voice, -1)
    cast = {seq: state.votes[seq][number] for seq in current.cast.statements} if number >= 0 else {}
    if not any(cast.values()):
        return "", []
    mine = votes_of(
        Ballots(current.cast.statements, tuple(bytes([choice]) for choice in cast.values()), (("", "", ""),), 0)
    )
    axes = current.map.axes
    placed = place(mine, axes)
    read, whole = drawn(current, texts_of(state), language)
    if not whole:
        return "", []
    svg = written.picture(current.map, read, language, alone=False, me=placed)
    statements, _ = reasons(mine, 0, placed, axes)
    return svg, [current.cast.statements[j] for j in statements.tolist()[:most]]

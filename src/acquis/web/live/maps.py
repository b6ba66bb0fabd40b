"""The opinion map on live screens: read in a thread, so that the floor never waits for it."""

from __future__ import annotations

import asyncio
import time
import traceback
from dataclasses import dataclass
from functools import lru_cache

from acquis.documents import opinion as written
from acquis.documents.opinion_result import Result
from acquis.opinion import OpinionMap, place, reasons
from acquis.opinion.files import Conversation
from acquis.session import Session
from acquis.state import State
from acquis.state.reading import public_statement
from acquis.statistics.opinion_map import Ballots, ballots, recorded_map, session_map, votes_of

PAUSE_S, SHARE = 2.0, 10
"""Between two readings pass two seconds, and ten times as long as the last one took: a tenth of a core at most."""


@dataclass(frozen=True, eq=False)
class ShownMap:
    """A reading and the votes it was read from, of entry `upto` and before."""

    found: OpinionMap
    cast: Ballots


class Maps:
    """The newest map of each session. Reading begins when somebody looks and votes have changed."""

    def __init__(self) -> None:
        self._shown: dict[str, ShownMap] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._due: dict[str, float] = {}

    def latest(self, session: Session) -> ShownMap | None:
        """The newest reading, which may lag behind; a new one is begun if it is due."""
        loop = asyncio.get_running_loop()
        shown = self._shown.get(session.log)
        if session.log not in self._running and loop.time() >= self._due.get(session.log, 0.0):
            cast = ballots(session.state)
            if cast.cast and (shown is None or (cast.cast, cast.declared) != (shown.cast.cast, shown.cast.declared)):
                self._running[session.log] = loop.create_task(self._read(session.log, cast))
        return shown

    async def first(self, session: Session) -> ShownMap | None:
        """The newest reading, waiting for it where there is none yet; None without votes."""
        if (shown := self.latest(session)) is None and session.log in self._running:
            await self._running[session.log]
            shown = self._shown.get(session.log)
        return shown

    async def _read(self, log: str, cast: Ballots) -> None:
        began, before = time.monotonic(), self._shown.get(log)
        try:
            found = await asyncio.to_thread(session_map, cast, before.found if before else None)
            self._shown[log] = ShownMap(found, cast)
        except Exception as error:  # a defect of ours; the floor goes on without a map
            traceback.print_exception(error)
        finally:
            took = time.monotonic() - began
            self._due[log] = asyncio.get_running_loop().time() + max(PAUSE_S, SHARE * took)
            del self._running[log]


@lru_cache(maxsize=16)
def _recorded(cast: Ballots) -> ShownMap:
    return ShownMap(recorded_map(cast), cast)


async def recorded(state: State, language: str) -> tuple[Result, str] | None:
    """The reading that stands on the record, in words and as a picture; None without votes."""
    cast = ballots(state)
    if not cast.cast:
        return None
    return await asyncio.to_thread(lambda: drawn(_recorded(cast), state, language))


def texts_of(state: State) -> dict[int, str]:
    """Entry -> text of the statements that were let through."""
    return {seq: one.text for seq, one in state.statements.items() if public_statement(one)}


@lru_cache(maxsize=32)
def _drawn(shown: ShownMap, texts: tuple[tuple[int, str], ...], language: str) -> tuple[Result, str]:
    source = Conversation(votes_of(shown.cast), dict(texts))
    read = written.result(shown.found, source, None, language)
    return read, written.picture(shown.found, read, language, alone=False)


def drawn(shown: ShownMap, state: State, language: str) -> tuple[Result, str]:
    """The reading in words, and the map as SVG; made once for all screens."""
    return _drawn(shown, tuple(texts_of(state).items()), language)


def own_place(shown: ShownMap, state: State, voice: str, language: str, most: int = 3) -> tuple[str, list[int]]:
    """The map with one voice marked where its votes of this moment put it, and the statements (entries) that count most
    in that; empty for a voice without votes."""
    number = state.voice_numbers.get(voice, -1)
    cast = {seq: state.votes[seq][number] for seq in shown.cast.statements} if number >= 0 else {}
    if not any(cast.values()):
        return "", []
    mine = votes_of(Ballots(shown.cast.statements, tuple(bytes([one]) for one in cast.values()), (("", "", ""),), 0))
    axes = shown.found.axes
    placed = place(mine, axes)
    read, _ = drawn(shown, state, language)
    svg = written.picture(shown.found, read, language, alone=False, me=placed)
    statements, _ = reasons(mine, 0, placed, axes)
    return svg, [shown.cast.statements[j] for j in statements.tolist()[:most]]

"""The newest opinion map of each session, computed in a thread, so that the floor never waits for it."""

from __future__ import annotations

import asyncio
import traceback
from dataclasses import dataclass

from acquis.opinion import OpinionMap
from acquis.session import Session
from acquis.statistics.opinion_map import Ballots, session_map, shown_ballots

PAUSE_S, SHARE = 2.0, 10
"""Between two computations pass two seconds, and ten times as long as the last one took: a tenth of a core at most."""


@dataclass(frozen=True, eq=False)
class CurrentMap:
    """An opinion map and the votes that it was computed from, of entry `upto` and before."""

    map: OpinionMap
    cast: Ballots


class Maps:
    """The newest map of each session. Computing begins when somebody looks and votes have changed."""

    def __init__(self) -> None:
        self._current: dict[str, CurrentMap] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._due: dict[str, float] = {}

    def latest(self, session: Session) -> CurrentMap | None:
        """The newest map, which may lag behind; a new one is begun if it is due."""
        loop = asyncio.get_running_loop()
        current = self._current.get(session.log)
        if session.log not in self._running and loop.time() >= self._due.get(session.log, 0.0):
            cast = shown_ballots(session.state)
            known = (current.cast.cast, current.cast.declared) if current else None
            if cast.cast and (cast.cast, cast.declared) != known:
                self._running[session.log] = loop.create_task(self._read(session.log, cast))
        return current

    async def first(self, session: Session) -> CurrentMap | None:
        """The newest map, waiting for it where there is none yet; None without votes."""
        if (current := self.latest(session)) is None and session.log in self._running:
            await self._running[session.log]
            current = self._current.get(session.log)
        return current

    async def _read(self, log: str, cast: Ballots) -> None:
        began, before = asyncio.get_running_loop().time(), self._current.get(log)
        try:
            computed = await asyncio.to_thread(session_map, cast, before.map if before else None)
            self._current[log] = CurrentMap(computed, cast)
        except Exception as error:  # a defect of ours; the floor goes on without a map
            traceback.print_exception(error)
        finally:
            took = asyncio.get_running_loop().time() - began
            self._due[log] = asyncio.get_running_loop().time() + max(PAUSE_S, SHARE * took)
            del self._running[log]

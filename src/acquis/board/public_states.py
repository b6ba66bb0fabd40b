"""The public states of the sessions under the Chatham House Rule, which a thread continues as the logs grow."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial

from acquis.publication.public_fold import PublicEntry, PublicFold
from acquis.record import Record
from acquis.roster import Roster
from acquis.session import Session
from acquis.state import State
from acquis.state.snapshots import snapshot
from acquis.text.caches import TextCache

KEPT = 16
"""The most sessions whose public state is kept."""


class _KeptState:
    """The public state of a session as it is shown, and what it was computed from."""

    def __init__(self, record: Record, log: str) -> None:
        self.fold = PublicFold(record, log)
        self.work: asyncio.Task[None] | None = None
        """What continues it in a thread."""
        self.people: tuple[str, ...] = ()
        self.shown = State()
        self.unsealed = -1
        """How many entries that are not sealed the log had."""

    def holds(self, state: State, people: tuple[str, ...]) -> bool:
        """Whether this is the public state after `state` too, but for the number of the last entry: what was added
        since is sealed."""
        only_sealed = self.unsealed == state.seq - state.sealed and not state.closed_at
        return self.people == people and (self.shown.seq == state.seq or only_sealed)

    async def go_on(self, state: State, people: tuple[str, ...]) -> None:
        """Continue it up to a snapshot of the session."""
        try:
            self.shown = await asyncio.to_thread(self.fold.upto, state, people)
            self.people, self.unsealed = people, state.seq - state.sealed
        finally:
            self.work = None


class PublicStates:
    """What everybody may see of sessions under the Chatham House Rule."""

    def __init__(self, record: Record, roster: Roster) -> None:
        self._record, self._roster = record, roster
        self._kept: TextCache[str, _KeptState] = TextCache(KEPT, None)

    async def state(self, session: Session) -> State:
        """The public state of a session as it is now, or became meanwhile. Raises RecordBroken."""
        return (await self._upto_now(session)).shown

    async def entries(self, session: Session) -> list[PublicEntry]:
        """The entries of a session of which something is public, likewise. Raises RecordBroken."""
        return (await self._upto_now(session)).fold.entries

    async def _upto_now(self, session: Session) -> _KeptState:
        """What is kept of a session. Those who ask while a thread continues it wait for it, and then share what begins
        after they asked."""
        kept = self._kept.get(session.log, partial(_KeptState, self._record, session.log))
        state, people = await self._now(session)
        if not kept.holds(state, people) and kept.work is not None:
            with suppress(Exception):  # which is told to whoever began it
                await asyncio.shield(kept.work)
            state, people = await self._now(session)
        if kept.holds(state, people):
            kept.shown.seq = state.seq
            return kept
        if kept.work is None:
            kept.work = asyncio.create_task(kept.go_on(snapshot(state), people))
        await asyncio.shield(kept.work)  # whoever asked may leave; the thread does not
        return kept

    async def _now(self, session: Session) -> tuple[State, tuple[str, ...]]:
        """The settled state of a session, and the names that people gave."""
        state = await session.settled()
        return state, tuple(self._roster.names(session.log).values())

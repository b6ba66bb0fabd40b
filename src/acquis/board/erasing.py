"""Erases texts from every file and from the memory of the server.

What is to be erased is first noted in the roster. It is crossed out when every file has been rewritten and every
write-ahead log is empty, so an erasure that a crash or a reader of a file interrupted is completed later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import apsw

from acquis.board import Board
from acquis.command import ORGANIZER, PARTICIPANT, Actor, Command, Refused
from acquis.erasure import EraseText, Traces, WrittenText, traces, wordings
from acquis.floor.queue import LowerHand
from acquis.record import Entry, LogUnreadable, RecordFull, RecordInUse
from acquis.roster import Erasure
from acquis.session import Session
from acquis.text.caches import clear_texts

AGAIN_S = 5
"""After how many seconds an erasure is tried again that something was in the way of."""


class Erasing:
    """Carries out erasures. `forget` removes from memory what the application keeps of the pages of a session; `tell`
    is called with each erasure that is carried out in all files."""

    def __init__(
        self, board: Board, forget: Callable[[str], None], tell: Callable[[Erasure], None] = lambda _: None
    ) -> None:
        self._board, self._forget, self._tell = board, forget, tell
        self._working = asyncio.Lock()
        self._again_at = 0.0

    def is_under_way(self, session: str) -> bool:
        """Whether an erasure in a session is not finished: what it erases is shown nowhere, and may be in a file."""
        return any(erasure.session == session for erasure in self._board.roster.erasures())

    async def text(self, session: Session, command: Command, by: Actor, at: int, key: str) -> Entry | None:
        """Decide the command that erases the texts of an entry, and erase them. Afterwards `is_under_way` says whether
        a reader of a file was in the way. Raises as `Session.do`."""
        reason = command.reason if isinstance(command, EraseText) else ""
        noted = self._board.roster.note(Erasure(session.log, (command.erases(),), reason=reason, by=by.person))
        try:
            entry = await session.do(command, by, at, key)
        except Refused:
            self._board.roster.strike(noted)
            raise
        self._board.withhold(session)
        await self.carry_out(noted, at)
        return entry

    async def person(self, erasure: Erasure, name: str, at: int) -> bool:
        """Erase a person: the passes and the name at once, then the texts of the erasure. `name`: see `Roster.forget`.
        Whether everything is done; otherwise it is completed later. Raises RecordBroken."""
        return await self.carry_out(self._board.roster.forget(erasure, name), at)

    async def traces(self, session: Session, person: str) -> Traces:
        """What the log of a session holds of a person."""
        name = self._board.roster.names(session.log).get(person, "")
        rows, ruled = self._board.record.scan(session.log), session.state.settings.chatham
        return await asyncio.to_thread(traces, rows, person, name, ruled)

    async def wordings(self, session: Session, entry: int) -> list[WrittenText]:
        """The texts of an entry, and those of other entries that are wordings of the same."""
        return await asyncio.to_thread(wordings, self._board.record.scan(session.log), entry)

    async def finish(self, at: int) -> None:
        """Carry out the erasures that are noted, unless it was tried in vain shortly before. Raises RecordBroken."""
        now = asyncio.get_running_loop().time()
        if now < self._again_at:
            return
        for erasure in self._board.roster.erasures():
            if not await self.carry_out(erasure, at):
                self._again_at = now + AGAIN_S

    async def carry_out(self, erasure: Erasure, at: int) -> bool:
        """Carry out one erasure. False if a file is being read, the log cannot be, or the disk is full: then it
        stays noted. Raises RecordBroken."""
        async with self._working:
            try:
                await self._erase(erasure, at)
                await self._board.index.purge()
                self._board.roster.purge()
                self._board.roster.strike(erasure)
                self._tell(erasure)
            except (LogUnreadable, RecordInUse, RecordFull, apsw.FullError, apsw.BusyError):
                return False
        return True

    async def _erase(self, erasure: Erasure, at: int) -> None:
        session = await self._board.session(erasure.session)
        if session is None:
            return
        by = Actor(erasure.by, roles=frozenset({ORGANIZER}))
        if erasure.person:
            await self._lower(session, erasure, at)
        for entry in erasure.texts:
            with suppress(Refused):  # nothing to erase
                await session.do(EraseText(entry, erasure.reason), by, at, f"erasure-{erasure.id}-{entry}")
            self._board.withhold(session)
            await session.blank(entry)
        await self._board.reindex(session)
        self._forget(session.log)
        clear_texts()

    async def _lower(self, session: Session, erasure: Erasure, at: int) -> None:
        """Withdraw the requests to speak of a person who was erased."""
        person = Actor(erasure.person, roles=frozenset({PARTICIPANT}))
        for hand in tuple(session.state.hands.values()):
            if hand.person == erasure.person:
                with suppress(Refused):
                    await session.do(LowerHand(hand.seq), person, at, f"erasure-{erasure.id}-hand-{hand.seq}")

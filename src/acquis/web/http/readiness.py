"""Whether the server can do its work: its files can be read, and the record is being written."""

from __future__ import annotations

import asyncio
import math

import apsw

from acquis.board import Board
from acquis.i18n import N_
from acquis.record import RecordBroken, RecordFull, RecordInUse
from acquis.web.http.notices import warn

KEPT_MS = 5_000
"""For how long an answer holds: the question costs a commit, and everybody may ask it."""
ANSWER_S = 5
"""How long a commit may take."""


class Readiness:
    """Why the server is not ready, if it is not. It is asked anew when the last answer is older than `KEPT_MS`."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._since = -math.inf
        self._asking: asyncio.Task[str] | None = None
        self._told = ""

    async def reason(self, now: int) -> str:
        """Why the server is not ready at `now` (ms), as a message in English; empty if it is. A new reason is told on
        stderr."""
        if self._asking is None or now - self._since >= KEPT_MS:
            self._since, self._asking = now, asyncio.create_task(self._ask())
        return await asyncio.shield(self._asking)

    async def _ask(self) -> str:
        reason = await self._unreadable() or await self._unwritable()
        if reason and reason != self._told:
            warn(f"not ready: {reason}")
        self._told = reason
        return reason

    async def _unreadable(self) -> str:
        board = self._board
        try:
            board.record.logs()
        except RecordBroken:
            return N_("The record cannot be read.")
        try:
            board.roster.ids()
        except apsw.Error:
            return N_("The roster cannot be read.")
        try:
            await board.index.require_readable()
        except apsw.Error:
            return N_("The index cannot be read.")
        return ""

    async def _unwritable(self) -> str:
        record = self._board.record
        record.require_place()
        try:
            await asyncio.wait_for(record.require_writable(), ANSWER_S)
        except RecordFull:
            return N_("The disk is full: the record cannot be written.")
        except RecordInUse:
            return N_("Another program locks the record.")
        except RecordBroken:
            return N_("Writing of the record has ended.")
        except TimeoutError:
            return N_("The record does not answer in time.")
        return ""

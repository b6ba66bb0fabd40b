"""Many sessions at once: which there are, which are running, and the door to each."""

from __future__ import annotations

import asyncio

import msgspec

from acquis.plan.roster import Roster, SessionRow
from acquis.record import Record
from acquis.session import Session

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code read out or copied by hand is not misread."""
CODE_LENGTH = 8

_LOOKALIKES = str.maketrans("OIL", "011")


class Listing(msgspec.Struct, frozen=True, gc=False):
    """A session in the list of sessions. Times are ISO 8601 as in the programme; empty if there is none yet."""

    id: str
    title: str
    starts: str
    phase: str


def code_of(typed: str) -> str:
    """A join code as it is kept, from what a person typed: case, blanks, dashes and look-alikes do not matter, nor
    which script's digits were used."""
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in typed.upper() if c.isalnum())
    return digits.translate(_LOOKALIKES)[:32]


class Board:
    """The sessions of one house. Each is folded when it is first asked for."""

    def __init__(self, record: Record, roster: Roster) -> None:
        self.record, self.roster = record, roster
        self._open: dict[str, Session] = {}
        self._opening = asyncio.Lock()

    async def session(self, id: str) -> Session | None:
        """The door of a session; None if there is no such session."""
        if (session := self._open.get(id)) is not None:
            return session
        async with self._opening:
            if id not in self._open:
                if self.roster.session(id) is None:
                    return None
                self._open[id] = await Session.open(self.record, id)
        return self._open[id]

    async def listing(self) -> list[Listing]:
        """Every session that is published, the latest start first."""
        rows = [await self._list(row) for row in self.roster.sessions()]
        published = [row for row in rows if row.phase != "draft"]
        return sorted(published, key=lambda row: row.starts, reverse=True)

    async def drafts(self) -> list[SessionRow]:
        """The sessions that are not published yet, the newest first."""
        return [row for row in self.roster.sessions() if (await self._list(row)).phase == "draft"]

    async def _list(self, row: SessionRow) -> Listing:
        session = await self.session(row.id)
        assert session is not None  # it is in the roster
        programme = session.state.programme
        if programme is None:
            return Listing(row.id, "", "", "draft")
        return Listing(row.id, programme.title, programme.starts, session.state.phase)

"""The mail addresses of people who want one note when the report is published. They stand in the roster only, never in
a log, and are deleted after the note."""

from __future__ import annotations

import apsw
import msgspec


class NoteAddress(msgspec.Struct, frozen=True, gc=False):
    """An address that a person of a session left, the language of the note, and when it was left (ms since 1970)."""

    session: str
    person: str
    address: str
    language: str
    left: int


class AddressTable:
    """The table of addresses of a roster."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def keep(self, given: NoteAddress) -> None:
        """Store an address in place of an earlier one of the person."""
        self._db.execute("insert or replace into addresses values(?,?,?,?,?)", msgspec.structs.astuple(given))

    def has(self, session: str, person: str) -> bool:
        """Whether a person left an address."""
        query = "select 1 from addresses where session=? and person=?"
        return bool(self._db.execute(query, (session, person)).fetchall())

    def all(self) -> list[NoteAddress]:
        """All addresses, by session."""
        rows = self._db.execute("select session, person, address, language, left from addresses order by session, left")
        return [
            NoteAddress(str(session), str(person), str(address), str(language), int(str(left)))
            for session, person, address, language, left in rows
        ]

    def forget(self, session: str, person: str = "") -> None:
        """Delete the address of a person; without one, all of the session."""
        self._db.execute("delete from addresses where session=? and ? in ('', person)", (session, person))

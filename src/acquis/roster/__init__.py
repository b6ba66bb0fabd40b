"""Names, passes and drafts: data about people that is kept outside of the log and can be erased.

A *pass* is a random capability (256 bits), stored only as its SHA-256, that gives its holder roles in one session, or
in all sessions (an organizer's pass, with an empty session). The row of a pass is the only link between the name of a
person, the id used on the floor and the id used for votes; erasing it removes this link permanently."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import msgspec

from acquis.attributes import Attributes
from acquis.command import ORGANIZER, PARTICIPANT, PEOPLE
from acquis.record.purge import empty_log, rewrite
from acquis.roster.action_lists import ActionTable
from acquis.roster.addresses import AddressTable
from acquis.roster.attendees import AttendeeTable
from acquis.roster.group_sync import GroupSync
from acquis.roster.rows import Erasure as Erasure
from acquis.roster.rows import Pass as Pass
from acquis.roster.rows import SessionRow as SessionRow
from acquis.roster.tables import prepare
from acquis.text.caches import clear_texts
from acquis.text.mention import mentions_name, without_name

ERASED = "(erased)"
"""What stands in a draft instead of a name that was erased. YAML reads it as a text."""
BUSY_MS = 2000
"""For how many milliseconds another process is waited for."""
_PRAGMAS = ("journal_mode = wal", "synchronous = full", "secure_delete = on", "foreign_keys = on")


def hashed(secret: str) -> bytes:
    """The SHA-256 of the secret of a pass, which is stored instead of the secret."""
    return hashlib.sha256(secret.encode()).digest()


class Roster:
    """The roster in a SQLite file, or in memory (":memory:"). It is written with full durability. Raises
    apsw.MismatchError if the file belongs to another program or has a newer format."""

    def __init__(self, path: str | Path) -> None:
        self._db = apsw.Connection(str(path))
        self._names: dict[str, dict[str, str]] = {}
        self._sync = GroupSync(path)
        self._db.set_busy_timeout(BUSY_MS)  # `acquis pass` writes while the server runs
        for pragma in _PRAGMAS:
            self._db.execute(f"pragma {pragma}").fetchall()
        self.former_format = prepare(self._db)
        """The format of the file when it was opened."""
        self._version = self._db.pragma("data_version")
        self.attendees = AttendeeTable(self._db)
        """The people of attendance reports of meeting programs."""
        self.addresses = AddressTable(self._db)
        """The addresses for notes at publication."""
        self.actions = ActionTable(self._db)
        """The rows of public action lists."""

    def close(self) -> None:
        """Close the database file. The roster cannot be used after it."""
        self._db.close()

    def changed_elsewhere(self) -> bool:
        """Whether another process has written to the file since the last call. What was kept of it is then stale."""
        before, self._version = self._version, self._db.pragma("data_version")
        if before == self._version:
            return False
        self._names.clear()
        return True

    # --- sessions ---

    def add_session(self, row: SessionRow) -> None:
        """Add a session. Raises apsw.ConstraintError if its id or its code exists already."""
        self._db.execute("insert into sessions values(?,?,?,?,?)", msgspec.structs.astuple(row))

    def session(self, id: str) -> SessionRow | None:
        """The session with this id; None if there is none."""
        return self._session("id", id)

    def session_of_code(self, code: str) -> SessionRow | None:
        """The session with this session code; None if there is none."""
        return self._session("code", code)

    def _session(self, column: str, value: str) -> SessionRow | None:
        query = {"id": "select * from sessions where id=?", "code": "select * from sessions where code=?"}[column]
        rows: list[Any] = self._db.execute(query, (value,)).fetchall()
        return SessionRow(*rows[0]) if rows else None

    def sessions(self) -> list[SessionRow]:
        """All sessions that were made on this server, the newest first; drafts too."""
        rows: list[Any] = self._db.execute("select * from sessions order by created desc, id").fetchall()
        return [SessionRow(*row) for row in rows]

    def ids(self) -> list[str]:
        """The ids of all sessions, the newest first."""
        return [str(id) for (id,) in self._db.execute("select id from sessions order by created desc, id")]

    def new_code(self, id: str, code: str) -> None:
        """Replace the session code of a session. Raises apsw.ConstraintError if another session has it."""
        self._db.execute("update sessions set code=? where id=?", (code, id))

    def save_draft(self, id: str, draft: str) -> None:
        """Store the draft of the programme of a session."""
        self._db.execute("update sessions set draft=? where id=?", (draft, id))

    def remove_session(self, id: str) -> None:
        """Remove a session with its draft, its passes and the names of its people."""
        self._names.pop(id, None)
        clear_texts()
        with self._db:
            self._db.execute("delete from passes where session=?", (id,))
            self._db.execute("delete from subjects where session=?", (id,))
            self.attendees.forget(id, 0)
            self.addresses.forget(id)
            self._db.execute("delete from sessions where id=?", (id,))

    # --- what does not wait for the disk ---

    @contextmanager
    def written_soon(self) -> Iterator[None]:
        """What is written inside is not on the disk before `synced` returns, so that many people can wait for it
        together."""
        waiting = self._db.pragma("synchronous")
        self._db.pragma("synchronous", "normal")
        try:
            yield
        finally:
            self._db.pragma("synchronous", waiting)

    async def synced(self) -> None:
        """Waits, beside the event loop, until everything that was written is on the disk. Raises apsw.IOError."""
        await self._sync.wait()

    def mark(self, log: str, seq: int, head: bytes) -> None:
        """Remember the number and the link of the last entry of a log. It does not wait for the disk: after a power cut
        an earlier mark may be there. Another process that writes is not waited for. Raises apsw.BusyError or
        apsw.FullError: to be repeated later."""
        self._db.set_busy_timeout(0)
        try:
            with self.written_soon():
                self._db.execute("insert or replace into marks values(?,?,?)", (log, seq, head))
        finally:
            self._db.set_busy_timeout(BUSY_MS)

    def marks(self) -> dict[str, tuple[int, bytes]]:
        """Log -> the number and the link of the last entry that is remembered, also of sessions that were removed."""
        rows: list[Any] = self._db.execute("select log, seq, head from marks").fetchall()
        return {log: (seq, head) for log, seq, head in rows}

    # --- passes ---

    def issue(self, secret: str, given: Pass) -> None:
        """Store a new pass with the hash of its secret."""
        if given.seat:
            self._names.pop(given.session, None)
        elif given.name and (known := self._names.get(given.session)) is not None:
            self._names[given.session] = {**known, given.person: given.name}  # a new one: pages keep the former
        self._db.execute(
            "insert into passes(hash,session,roles,person,voice,seat,name,attributes,issued,until,used)"
            " values(?,?,?,?,?,?,?,?,?,?,?)",
            (
                hashed(secret),
                given.session,
                " ".join(sorted(given.roles)),
                given.person,
                given.voice,
                given.seat,
                given.name,
                msgspec.json.encode(given.attributes).decode(),
                given.issued,
                given.until,
                given.used,
            ),
        )

    def holder(self, secret: str) -> Pass | None:
        """The pass with this secret; None if there is none or it was revoked."""
        rows = self._db.execute(_SELECT + "where hash=? and revoked=0", (hashed(secret),)).fetchall()
        return _pass(rows[0]) if rows else None

    def has_organizer(self) -> bool:
        """Whether there is a valid organizer's pass."""
        return any(ORGANIZER in given.roles for given in self.passes(""))

    def passes(self, session: str) -> Iterator[Pass]:
        """The valid passes of a session, in the order in which they were issued; of a person who signed in on several
        devices the last one."""
        last = (
            "(roles=? or not exists (select 1 from passes as later where later.session=passes.session"
            " and later.person=passes.person and later.revoked=0 and later.rowid>passes.rowid))"
        )
        query = f"{_SELECT}where session=? and revoked=0 and {last} order by issued, person"
        for row in self._db.execute(query, (session, PARTICIPANT)):
            yield _pass(row)

    def authors(self, session: str) -> dict[str, frozenset[str]]:
        """Person -> roles, for all people who have ever held a pass to this session or to all sessions."""
        rows = self._db.execute("select person, roles from passes where session in (?, '')", (session,))
        return {str(person): frozenset(str(roles).split()) for person, roles in rows}

    def team(self, session: str) -> dict[str, int]:
        """Person -> seat (0: none), for all people who have ever held a pass with a role beyond a participant's."""
        query = "select person, roles, seat from passes where session=? and roles<>?"
        rows = self._db.execute(query, (session, PARTICIPANT))
        return {str(person): int(str(seat)) for person, roles, seat in rows if roles}

    def participants(self, session: str) -> set[str]:
        """The people with a valid pass to this session who take part or speak, and are no part of its team."""
        return {given.person for given in self.passes(session) if given.roles and given.roles <= PEOPLE}

    def revoke(self, session: str, person: str) -> int:
        """Revoke the passes of a person. Returns their number."""
        self._db.execute("update passes set revoked=1 where session=? and person=? and revoked=0", (session, person))
        return self._db.changes()

    def sign_in(self, secret: str, given: Pass, subject: str) -> bool:
        """Store the pass of a person who signed in. Passes of the person that ended or have other roles are removed;
        returns whether there were any. `subject`: of the provider; its hash is stored."""
        with self._db:
            self._db.execute(
                "delete from passes where session=? and person=? and revoked=0"
                " and (roles<>? or (until<>0 and until<=?))",
                (given.session, given.person, " ".join(sorted(given.roles)), given.issued),
            )
            removed = self._db.changes()
            of = (hashed(subject), given.session, given.person)
            self._db.execute("insert or replace into subjects values(?,?,?)", of)
            self.issue(secret, given)
        return bool(removed)

    def sign_out(self, secret: str, now: int) -> None:
        """End the pass of a person who signed in; a link goes on, because it may be used elsewhere."""
        query = "update passes set until=? where hash=? and (session, person) in (select session, person from subjects)"
        self._db.execute(query, (now, hashed(secret)))

    def person_of_subject(self, session: str, subject: str) -> str:
        """The person who signed in to a session, or to all ("" as session), as this subject; empty if there is none."""
        query = "select person from subjects where subject=? and session=?"
        return next((str(person) for (person,) in self._db.execute(query, (hashed(subject), session))), "")

    def is_revoked(self, session: str, person: str) -> bool:
        """Whether a person had passes to a session, and all of them were revoked."""
        query = "select min(revoked) from passes where session=? and person=?"
        return any(bool(revoked) for (revoked,) in self._db.execute(query, (session, person)))

    def rotate(self, session: str, person: str, secret: str, now: int) -> Pass | None:
        """Replace the passes of a person by one with a new secret and the same ids, role, name and last day. None if
        the person has no valid pass; nothing changes then."""
        earlier = next((given for given in self.passes(session) if given.person == person), None)
        if earlier is None:
            return None
        given = msgspec.structs.replace(earlier, issued=now, used=0)
        with self._db:
            self.revoke(session, person)
            self.issue(secret, given)
        return given

    def use(self, secret: str, now: int) -> bool:
        """Note the first use of a pass. Returns whether it was the first."""
        self._db.execute("update passes set used=? where hash=? and used=0", (now, hashed(secret)))
        return bool(self._db.changes())

    def is_last_organizer(self, person: str) -> bool:
        """Whether nobody but this person has an organizer's pass to all sessions that has no last day."""
        others = (given for given in self.passes("") if given.person != person and ORGANIZER in given.roles)
        return all(given.until for given in others)

    def end(self, session: str, person: str, until: int) -> None:
        """Set the time from which the passes of a person are no longer valid (ms since 1970); 0 for no end."""
        self._db.execute("update passes set until=? where session=? and person=?", (until, session, person))

    def describe(self, secret: str, name: str, attributes: Attributes) -> None:
        """Store the name and the attributes that the holder of a pass stated."""
        self._names.clear()
        self._db.execute(
            "update passes set name=?, attributes=? where hash=?",
            (name, msgspec.json.encode(attributes).decode(), hashed(secret)),
        )

    def knows(self, session: str, person: str) -> bool:
        """Whether a person has ever held a pass to a session."""
        query = "select 1 from passes where session=? and person=? limit 1"
        return bool(self._db.execute(query, (session, person)).fetchall())

    def voice(self, session: str, person: str) -> str:
        """The id that a person has for votes; empty if the person never held a pass to vote with."""
        query = "select voice from passes where session=? and person=? and voice<>'' order by rowid limit 1"
        return next((str(voice) for (voice,) in self._db.execute(query, (session, person))), "")

    def rename(self, session: str, person: str, name: str) -> None:
        """Change the name of a person in all their passes; empty: remove it."""
        self._names.clear()
        clear_texts()
        self._db.execute("update passes set name=? where session=? and person=?", (name, session, person))

    def names(self, session: str) -> dict[str, str]:
        """Person -> name, for all people who gave one, in the order in which they came. The dictionary is cached and
        must not be changed by the caller."""
        if session not in self._names:
            query = "select person, name from passes where session=? and name<>'' order by rowid"
            rows = self._db.execute(query, (session,))
            self._names[session] = {str(person): str(name) for person, name in rows}
        return self._names[session]

    # --- erasures ---

    def note(self, erasure: Erasure) -> Erasure:
        """Store an erasure that is to be carried out. Returns it with its id."""
        self._db.execute("insert into erasures(what) values(?)", (msgspec.json.encode(erasure).decode(),))
        return msgspec.structs.replace(erasure, id=self._db.last_insert_rowid())

    def erasures(self) -> list[Erasure]:
        """The erasures that are not finished, the first one first."""
        rows = self._db.execute("select id, what from erasures order by id").fetchall()
        return [
            msgspec.structs.replace(msgspec.json.decode(str(what), type=Erasure), id=int(str(id))) for id, what in rows
        ]

    def strike(self, erasure: Erasure) -> None:
        """Remove an erasure from those that are not finished."""
        self._db.execute("delete from erasures where id=?", (erasure.id,))

    def purge(self) -> None:
        """Rewrite the file, so that it holds nothing that was removed. Raises RecordInUse."""
        rewrite(self._db)
        empty_log(self._db)

    def forget(self, erasure: Erasure, name: str = "") -> Erasure:
        """Erase the person of an erasure, and store it, so that its other steps follow even after a crash: the passes,
        the name and the link between the ids are deleted. name: also erase this name in the draft of the programme,
        and the page from which it was imported if it stands there. Returns the erasure with its id."""
        of = (erasure.session, erasure.person)
        self._names.clear()
        clear_texts()
        with self._db:
            self._db.execute("insert or ignore into erased select hash from passes where session=? and person=?", of)
            self.attendees.forget_person(*of)
            self.addresses.forget(*of)
            self._db.execute("delete from passes where session=? and person=?", of)
            self._db.execute("delete from subjects where session=? and person=?", of)
            if name and (row := self.session(erasure.session)) is not None:
                page = "" if name in row.page or mentions_name(name)(row.page) else row.page
                change = (without_name(row.draft, name, ERASED), page, row.id)
                self._db.execute("update sessions set draft=?, page=? where id=?", change)
            noted = self.note(erasure)
        return noted

    def holders(self, hashes: Collection[bytes]) -> list[tuple[str, str]]:
        """Session and id of the people who have one of these passes."""
        rows = self._db.execute("select distinct session, person, hash from passes").fetchall()
        return sorted({(str(session), str(person)) for session, person, hash in rows if hash in hashes})

    def has_ended(self, secret: str) -> bool:
        """Whether a secret is that of a pass which was revoked, or whose person was erased."""
        query = "select 1 from passes where hash=? and revoked<>0"
        return bool(self._db.execute(query, (hashed(secret),)).fetchall()) or self.was_erased(secret)

    def was_erased(self, secret: str) -> bool:
        """Whether a secret is that of a pass whose person was erased."""
        return bool(self._db.execute("select 1 from erased where hash=?", (hashed(secret),)).fetchall())


def erased_hashes(path: Path) -> set[bytes]:
    """The hashes of the passes of people who were erased, in the roster of a file, which is only read. Raises
    apsw.Error."""
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return {bytes(hash) for (hash,) in db.execute("select hash from erased")}
    finally:
        db.close()


_SELECT = "select session,roles,person,voice,seat,name,attributes,issued,until,used from passes "


def _pass(row: Any) -> Pass:
    session, roles, person, voice, seat, name, attributes, issued, until, used = row
    return Pass(
        session=session,
        roles=frozenset(roles.split()),
        person=person,
        voice=voice,
        seat=seat,
        name=name,
        attributes=msgspec.json.decode(attributes, type=Attributes),
        issued=issued,
        until=until,
        used=used,
    )

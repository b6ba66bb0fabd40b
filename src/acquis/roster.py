"""People, passes and drafts: everything about persons that stays outside the log, and can be erased.

A *pass* is a random capability (256 bits), kept only as its SHA-256, that makes its holder somebody in one session, or
in all of them (an organizer's, session empty). The row of a pass is the only place where a person's name, the id used
on the floor and the id used for votes stand together; erasing it cuts that link for good.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import msgspec

from acquis.attributes import Attributes
from acquis.command import Actor

_APPLICATION = 0x41435150  # "ACQP": says what this file is
_FORMAT = 1
_TABLES = f"""
begin immediate;
create table sessions(id text primary key, code text unique not null, created integer not null,
    draft text not null, page text not null default '') strict;
create table passes(hash blob primary key, session text not null, roles text not null,
    person text not null, voice text not null, seat integer not null default 0, name text not null default '',
    issued integer not null, revoked integer not null default 0, attributes text not null default '{{}}') strict;
create index passes_by_person on passes(session, person);
pragma application_id = {_APPLICATION};
pragma user_version = {_FORMAT};
commit;
"""
_ATTRIBUTES_OF_FORMAT_0 = ("lane", "stakeholder", "region", "gender")


class Pass(msgspec.Struct, frozen=True, gc=False):
    """What a pass says of its holder. `session` empty: all sessions."""

    session: str
    roles: frozenset[str]
    person: str
    voice: str
    seat: int = 0
    name: str = ""
    attributes: Attributes = Attributes()
    issued: int = 0

    def actor(self) -> Actor:
        """The same as the floor knows it: without the name."""
        return Actor(self.person, self.voice, self.roles, self.attributes, self.seat)


_PRAGMAS = ("journal_mode = wal", "synchronous = full", "secure_delete = on", "foreign_keys = on")


class SessionRow(msgspec.Struct, frozen=True, gc=False):
    """A session as the roster knows it: its id, its join code, the draft of its programme (YAML) and the page it was
    made from."""

    id: str
    code: str
    created: int
    draft: str
    page: str = ""


def hashed(secret: str) -> bytes:
    """What is kept of a pass's secret."""
    return hashlib.sha256(secret.encode()).digest()


class Roster:
    """The roster's file (or ":memory:"). Small, local, written with full durability."""

    def __init__(self, path: str | Path) -> None:
        self._db = apsw.Connection(str(path))
        self._names: dict[str, dict[str, str]] = {}
        for pragma in _PRAGMAS:
            self._db.execute(f"pragma {pragma}").fetchall()
        _prepare(self._db)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # --- sessions ---

    def add_session(self, row: SessionRow) -> None:
        """Keep a new session; its id and its code must be new (apsw.ConstraintError)."""
        self._db.execute("insert into sessions values(?,?,?,?,?)", msgspec.structs.astuple(row))

    def session(self, id: str) -> SessionRow | None:
        """The session of an id."""
        return self._session("id", id)

    def session_of_code(self, code: str) -> SessionRow | None:
        """The session that a join code opens."""
        return self._session("code", code)

    def _session(self, column: str, value: str) -> SessionRow | None:
        query = {"id": "select * from sessions where id=?", "code": "select * from sessions where code=?"}[column]
        rows: list[Any] = self._db.execute(query, (value,)).fetchall()
        return SessionRow(*rows[0]) if rows else None

    def sessions(self) -> list[SessionRow]:
        """Every session, the newest first."""
        rows: list[Any] = self._db.execute("select * from sessions order by created desc, id").fetchall()
        return [SessionRow(*row) for row in rows]

    def ids(self) -> list[str]:
        """The ids of all sessions, the newest first."""
        return [str(id) for (id,) in self._db.execute("select id from sessions order by created desc, id")]

    def save_draft(self, id: str, draft: str) -> None:
        """Keep the draft of a session's programme."""
        self._db.execute("update sessions set draft=? where id=?", (draft, id))

    # --- passes ---

    def issue(self, secret: str, given: Pass) -> None:
        """Keep a new pass; the secret itself is not kept."""
        if given.name:
            self.names(given.session)[given.person] = given.name
        self._db.execute(
            "insert into passes(hash,session,roles,person,voice,seat,name,attributes,issued) values(?,?,?,?,?,?,?,?,?)",
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
            ),
        )

    def holder(self, secret: str) -> Pass | None:
        """Whose pass this is; None if there is none or it was revoked."""
        rows = self._db.execute(_SELECT + "where hash=? and revoked=0", (hashed(secret),)).fetchall()
        return _pass(rows[0]) if rows else None

    def has_organizer(self) -> bool:
        """Whether anybody holds an organizer's pass."""
        query = "select 1 from passes where session='' and revoked=0 limit 1"
        return bool(self._db.execute(query).fetchall())

    def passes(self, session: str) -> Iterator[Pass]:
        """The passes of a session that are good, in the order they were issued."""
        for row in self._db.execute(_SELECT + "where session=? and revoked=0 order by issued, person", (session,)):
            yield _pass(row)

    def authors(self, session: str) -> dict[str, frozenset[str]]:
        """Person -> roles, of everybody who ever held a pass of this session or of the house: who signed an entry."""
        rows = self._db.execute("select person, roles from passes where session in (?, '')", (session,))
        return {str(person): frozenset(str(roles).split()) for person, roles in rows}

    def revoke(self, session: str, person: str) -> int:
        """Make the passes of a person worthless; how many there were."""
        self._db.execute("update passes set revoked=1 where session=? and person=? and revoked=0", (session, person))
        return self._db.changes()

    def describe(self, secret: str, name: str, attributes: Attributes) -> None:
        """What the holder says of themselves."""
        self._names.clear()
        self._db.execute(
            "update passes set name=?, attributes=? where hash=?",
            (name, msgspec.json.encode(attributes).decode(), hashed(secret)),
        )

    def names(self, session: str) -> dict[str, str]:
        """Person -> name, of everybody who gave one. Read it, do not change it: it is kept between calls."""
        if session not in self._names:
            rows = self._db.execute("select person, name from passes where session=? and name<>''", (session,))
            self._names[session] = {str(person): str(name) for person, name in rows}
        return self._names[session]

    def forget(self, session: str, person: str) -> None:
        """Erase a person: the name and the link between the ids go, the passes are worthless."""
        self._names.clear()
        self._db.execute("delete from passes where session=? and person=?", (session, person))
        self._db.execute("pragma wal_checkpoint(truncate)").fetchall()


_SELECT = "select session,roles,person,voice,seat,name,attributes,issued from passes "


def _pass(row: Any) -> Pass:
    session, roles, person, voice, seat, name, attributes, issued = row
    return Pass(
        session=session,
        roles=frozenset(roles.split()),
        person=person,
        voice=voice,
        seat=seat,
        name=name,
        attributes=msgspec.json.decode(attributes, type=Attributes),
        issued=issued,
    )


def _prepare(db: apsw.Connection) -> None:
    """Lay out a new file or bring an older one up to date. Raises apsw.MismatchError on a newer one and on the file of
    another program."""
    application, version = db.pragma("application_id"), db.pragma("user_version")
    tables = {name for (name,) in db.execute("select name from sqlite_schema where type='table'")}
    if not tables and (application, version) == (0, 0):
        db.execute(_TABLES).fetchall()
    elif (application, version) == (0, 0) and {"sessions", "passes"} <= tables:
        _from_format_0(db)
    elif application != _APPLICATION:
        raise apsw.MismatchError("not a roster of this program")
    elif version != _FORMAT:
        raise apsw.MismatchError(f"the roster has format {version}; this program reads format {_FORMAT}")


def _from_format_0(db: apsw.Connection) -> None:
    """One column for all attributes, instead of a column for each. The first files had no column for the gender."""
    columns = {row[1] for row in db.execute("pragma table_info(passes)")}
    attributes = [name for name in _ATTRIBUTES_OF_FORMAT_0 if name in columns]
    with db:
        db.execute("alter table passes add column attributes text not null default '{}'").fetchall()
        pairs = ", ".join(f"'{name}', nullif({name}, '')" for name in attributes)
        # A patch leaves out what is null: what was not said.
        db.execute(f"update passes set attributes = json_patch('{{}}', json_object({pairs}))").fetchall()  # noqa: S608  # names of columns, from above
        for name in attributes:
            db.execute(f"alter table passes drop column {name}").fetchall()
        db.pragma("application_id", _APPLICATION)
        db.pragma("user_version", _FORMAT)

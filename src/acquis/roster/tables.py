"""The tables of the roster, and the way from those of earlier versions to the present ones."""

from __future__ import annotations

import apsw

_APPLICATION = 0x41435150  # "ACQP": identifies the file format
FORMAT = 9
MARKED = 4
"""The first format with marks of the logs."""
_ERASURES = """
create table erasures(id integer primary key, what text not null) strict;
create table erased(hash blob primary key) strict;
"""
_MARKS = "create table marks(log text primary key, seq integer not null, head blob not null) strict;"
_SUBJECTS = """
create table subjects(subject blob not null, session text not null, person text not null,
    primary key(subject, session)) strict;
"""
_ATTENDEES = """
create table attendees(session text not null, program text not null, name text not null, joined text not null,
    gone text not null, minutes integer not null) strict;
create index attendees_by_session on attendees(session);
"""
_ADDRESSES = """
create table addresses(session text not null, person text not null, address text not null, language text not null,
    left integer not null, primary key(session, person)) strict;
"""
_ACTIONS = """
create table actions(id text primary key, at integer not null, person text not null, paragraph text not null,
    act text not null, body text not null, document text not null, source text not null, date text not null) strict;
"""
_TABLES = f"""
begin immediate;
create table sessions(id text primary key, code text unique not null, created integer not null,
    draft text not null, page text not null default '') strict;
create table passes(hash blob primary key, session text not null, roles text not null,
    person text not null, voice text not null, seat integer not null default 0, name text not null default '',
    issued integer not null, revoked integer not null default 0, attributes text not null default '{{}}',
    until integer not null default 0, used integer not null default 0) strict;
create index passes_by_person on passes(session, person);
{_ERASURES}
{_MARKS}
{_SUBJECTS}
{_ATTENDEES}
{_ADDRESSES}
{_ACTIONS}
pragma application_id = {_APPLICATION};
pragma user_version = {FORMAT};
commit;
"""
_ATTRIBUTES_OF_FORMAT_0 = ("lane", "stakeholder", "region", "gender")


def prepare(db: apsw.Connection) -> int:
    """Create the tables of a new file, or migrate an older one. Returns the format that the file had. Raises
    apsw.MismatchError for a newer format and for the file of another program."""
    application, version = db.pragma("application_id"), db.pragma("user_version")
    tables = {name for (name,) in db.execute("select name from sqlite_schema where type='table'")}
    if not tables and (application, version) == (0, 0):
        db.execute(_TABLES).fetchall()
    elif (application, version) == (0, 0) and {"sessions", "passes"} <= tables:
        _from_format_0(db)
    elif (application, version) == (_APPLICATION, 1):
        _from_format_1(db)
    elif (application, version) == (_APPLICATION, 2):
        _from_format_2(db)
    elif (application, version) == (_APPLICATION, 3):
        _from_format_3(db)
    elif (application, version) == (_APPLICATION, 4):
        _from_format_4(db)
    elif (application, version) == (_APPLICATION, 5):
        _from_format_5(db)
    elif (application, version) == (_APPLICATION, 6):
        _from_format_6(db)
    elif (application, version) == (_APPLICATION, 7):
        _from_format_7(db)
    elif (application, version) == (_APPLICATION, 8):
        _from_format_8(db)
    elif application != _APPLICATION:
        raise apsw.MismatchError("not a roster of this program")
    elif version != FORMAT:
        raise apsw.MismatchError(f"the roster has format {version}; this program reads format {FORMAT}")
    return int(version) if tables else FORMAT


def _from_format_0(db: apsw.Connection) -> None:
    """Replace the columns of the attributes by one column. The first files had no column for the gender."""
    columns = {row[1] for row in db.execute("pragma table_info(passes)")}
    attributes = [name for name in _ATTRIBUTES_OF_FORMAT_0 if name in columns]
    with db:
        db.execute("alter table passes add column attributes text not null default '{}'").fetchall()
        pairs = ", ".join(f"'{name}', nullif({name}, '')" for name in attributes)
        # json_patch removes null values, which are attributes that were not stated.
        db.execute(f"update passes set attributes = json_patch('{{}}', json_object({pairs}))").fetchall()  # noqa: S608  # names of columns, from above
        for name in attributes:
            db.execute(f"alter table passes drop column {name}").fetchall()
        db.pragma("application_id", _APPLICATION)
        _from_format_1(db)


def _from_format_1(db: apsw.Connection) -> None:
    """Add the last day of a pass."""
    with db:
        db.execute("alter table passes add column until integer not null default 0").fetchall()
        _from_format_2(db)


def _from_format_2(db: apsw.Connection) -> None:
    """Add the erasures, and the passes of people who were erased."""
    with db:
        db.execute(_ERASURES).fetchall()
        _from_format_3(db)


def _from_format_3(db: apsw.Connection) -> None:
    """Add the marks of the logs, which the board sets when it has opened the record."""
    with db:
        db.execute(_MARKS).fetchall()
        _from_format_4(db)


def _from_format_4(db: apsw.Connection) -> None:
    """Add the time of the first use of a pass; when those in the file were used first is not known."""
    with db:
        db.execute("alter table passes add column used integer not null default 0").fetchall()
        db.execute("update passes set used=issued").fetchall()
        _from_format_5(db)


def _from_format_5(db: apsw.Connection) -> None:
    """Add the people who sign in by OpenID Connect."""
    with db:
        db.execute(_SUBJECTS).fetchall()
        _from_format_6(db)


def _from_format_6(db: apsw.Connection) -> None:
    """Add the people of attendance reports."""
    with db:
        db.execute(_ATTENDEES).fetchall()
        _from_format_7(db)


def _from_format_7(db: apsw.Connection) -> None:
    """Add the addresses for notes at publication."""
    with db:
        db.execute(_ADDRESSES).fetchall()
        _from_format_8(db)


def _from_format_8(db: apsw.Connection) -> None:
    """Add the rows of public action lists."""
    with db:
        db.execute(_ACTIONS).fetchall()
        db.pragma("user_version", FORMAT)

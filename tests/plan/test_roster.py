"""The roster's file, and one from each earlier version."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from acquis.attributes import NOT_SAID, Attributes
from acquis.roster import Pass, Roster, SessionRow, hashed

SECRET = "s" * 43
FORMAT_0 = """
create table if not exists sessions(id text primary key, code text unique not null, created integer not null,
    draft text not null, page text not null default '') strict;
create table if not exists passes(hash blob primary key, session text not null, roles text not null,
    person text not null, voice text not null, seat integer not null default 0, name text not null default '',
    lane text not null default '', stakeholder text not null default '', region text not null default '',
    issued integer not null, revoked integer not null default 0) strict;
create index if not exists passes_by_person on passes(session, person);
"""
"""The first files had no version, and a column for each attribute."""


def format_0(path: Path, gender: str | None) -> None:
    """A file of format 0 with a session, a pass that is good and one that was revoked."""
    db = apsw.Connection(str(path))
    db.execute(FORMAT_0).fetchall()
    db.execute("insert into sessions values('grid', '4711', 5, 'title: A grid', '')").fetchall()
    insert = "insert into passes values(?,'grid','participant speaker',?,?,2,'Ann','room','Government','',7,?)"
    db.execute(insert, (hashed(SECRET), "p-1", "v-1", 0)).fetchall()
    db.execute(insert, (hashed("r" * 43), "p-2", "v-2", 1)).fetchall()
    if gender is not None:
        db.execute("alter table passes add column gender text not null default ''").fetchall()
        db.execute("update passes set gender=?", (gender,)).fetchall()
    db.close()


@pytest.mark.parametrize("gender", [None, "", "woman"])
def test_a_roster_of_format_0_goes_on_with_all_its_data(tmp_path: Path, gender: str | None) -> None:
    path = tmp_path / "roster.db"
    format_0(path, gender)
    said = Attributes(lane="room", stakeholder="Government", gender="woman" if gender else "")

    for _ in range(2):  # brought up to date, and opened again
        roster = Roster(path)
        assert roster.holder(SECRET) == Pass(
            session="grid",
            roles=frozenset({"participant", "speaker"}),
            person="p-1",
            voice="v-1",
            seat=2,
            name="Ann",
            attributes=said,
            issued=7,
            used=7,
        )
        assert roster.holder("r" * 43) is None, "revoked"
        assert roster.sessions() == [SessionRow("grid", "4711", 5, "title: A grid")]
        assert roster.names("grid") == {"p-1": "Ann", "p-2": "Ann"}
        roster.close()


def test_what_people_say_of_themselves_is_kept_and_can_change(tmp_path: Path) -> None:
    path = tmp_path / "roster.db"
    roster = Roster(path)
    roster.issue(SECRET, Pass("grid", frozenset({"participant"}), "p-1", "v-1", name="Ann"))
    before = roster.holder(SECRET)
    assert before is not None
    assert before.attributes == NOT_SAID
    changed = Attributes(lane="online", stakeholder="Civil Society", region="Africa", gender="woman")
    roster.describe(SECRET, "Ann B.", changed)
    roster.close()

    roster = Roster(path)
    after = roster.holder(SECRET)
    assert after is not None
    assert (after.name, after.attributes, after.actor().attributes) == ("Ann B.", changed, changed)
    roster.close()


def test_a_roster_of_a_newer_version_with_an_attribute_more_is_read(tmp_path: Path) -> None:
    path = tmp_path / "roster.db"
    roster = Roster(path)
    roster.issue(SECRET, Pass("grid", frozenset({"participant"}), "p-1", "v-1"))
    roster.close()
    db = apsw.Connection(str(path))
    db.execute("""update passes set attributes = '{"lane":"room","shoe_size":"44"}'""").fetchall()
    db.close()

    roster = Roster(path)
    holder = roster.holder(SECRET)
    assert holder is not None
    assert holder.attributes == Attributes(lane="room")
    roster.close()


def test_a_newer_format_and_the_file_of_another_program_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "roster.db"
    Roster(path).close()
    db = apsw.Connection(str(path))
    db.pragma("user_version", 99)
    db.close()
    with pytest.raises(apsw.MismatchError, match="format 99"):
        Roster(path)

    other = tmp_path / "other.db"
    db = apsw.Connection(str(other))
    db.execute("create table shoes(size integer)").fetchall()
    db.close()
    with pytest.raises(apsw.MismatchError, match="not a roster"):
        Roster(other)


def test_a_roster_of_format_1_gets_last_days(tmp_path: Path) -> None:
    path = tmp_path / "roster.db"
    roster = Roster(path)
    roster.issue(SECRET, Pass("grid", frozenset({"speaker"}), "p-1", "v-1"))
    roster.close()
    db = apsw.Connection(str(path))
    for column in ("until", "used"):
        db.execute(f"alter table passes drop column {column}").fetchall()
    db.execute(
        "drop table erasures; drop table erased; drop table marks; drop table subjects; drop table attendees;"
        "drop table addresses; drop table actions"
    ).fetchall()
    db.pragma("user_version", 1)
    db.close()

    roster = Roster(path)
    roster.end("grid", "p-1", 99)
    held = roster.holder(SECRET)
    assert held is not None
    assert (held.is_valid(98), held.is_valid(99)) == (True, False)
    roster.close()


def test_the_passes_of_a_roster_of_format_4_count_as_used(tmp_path: Path) -> None:
    path = tmp_path / "roster.db"
    roster = Roster(path)
    roster.issue(SECRET, Pass("grid", frozenset({"speaker"}), "p-1", "v-1", issued=7))
    assert [roster.use(SECRET, at) for at in (8, 9)] == [True, False]
    roster.close()
    db = apsw.Connection(str(path))
    db.execute(
        "alter table passes drop column used; drop table subjects; drop table attendees; drop table addresses;"
        "drop table actions"
    ).fetchall()
    db.pragma("user_version", 4)
    db.close()

    roster = Roster(path)
    held = roster.holder(SECRET)
    assert held is not None
    assert (held.used, roster.use(SECRET, 9)) == (7, False)
    roster.close()

"""The roster's file, and one from an earlier version."""

from __future__ import annotations

from pathlib import Path

import apsw

from acquis.roster import Pass, Roster


def test_a_roster_of_an_earlier_version_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "roster.db"
    roster = Roster(path)
    roster.issue("s" * 43, Pass("grid", frozenset({"participant"}), "p-1", "v-1", name="Ann"))
    roster.close()
    db = apsw.Connection(str(path))
    db.execute("alter table passes drop column gender").fetchall()
    db.close()

    again = Roster(path)
    kept = again.holder("s" * 43)
    assert kept is not None
    assert (kept.name, kept.gender) == ("Ann", "")
    again.describe("s" * 43, "Ann", "room", "", "", "woman")
    found = again.holder("s" * 43)
    assert found is not None
    assert (found.lane, found.gender, found.actor().gender) == ("room", "woman", "woman")
    again.close()

"""Time for a schedule of three hundred sessions to come in from a pretalx export, again with ten changes, and out."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

from msgspec.structs import replace

from acquis.documents.schedules import ListedSession, frab_json, frab_xml
from acquis.plan.document import Person, Programme, to_yaml
from acquis.plan.importers import read_sessions
from acquis.plan.schedule import clashes, compare
from acquis.reference import profile
from acquis.roster import Roster
from acquis.web.http.new_sessions import add_draft, programme_in
from benchmarks.measure import Result, Timing

SESSIONS, CHANGED = 300, 10
AIM_S = 5
PANEL = profile("panel")
NAME = "Invented Days"


def results() -> list[Result]:
    """A result for each way: in, in again, out and back."""
    with tempfile.TemporaryDirectory() as name:
        roster = Roster(Path(name) / "roster.db")
        rows = [
            _row("a pretalx export comes in as drafts", _entered(roster, _export(0))),
            _row(f"it comes in again with {CHANGED} changes", _entered(roster, _export(CHANGED))),
            _row("it goes out as frab XML and reads back equal", _out(roster)),
        ]
        roster.close()
    return rows


def _row(what: str, timing: Timing) -> Result:
    cpu = timing.cpu * 1e6 / SESSIONS
    return Result(
        f"{what} ({SESSIONS} sessions)",
        SESSIONS / timing.wall,
        cpu,
        f"{AIM_S} s",
        timing.wall <= AIM_S,
        more=f"{timing.wall:.2f} s, CPU {timing.cpu:.2f} s",
    )


def _export(changed: int) -> bytes:
    sessions = []
    for number in range(SESSIONS):
        starts = datetime.datetime(2027, 6, 1 + number // 75, 8 + number % 75 // 10, tzinfo=datetime.UTC)
        programme = Programme(
            title=f"Session {number}{' (moved)' if number < changed else ''}",
            number=str(number + 1),
            gathering=NAME,
            starts=starts.isoformat(),
            ends=(starts + datetime.timedelta(minutes=50)).isoformat(),
            room=f"Room {number % 10}",
            description="What it is about. " * 100,
            speakers=tuple(Person(f"Speaker {letter}{'abcdefghij'[number % 10]}") for letter in "ABC"),
            source=f"frab:days:{number}",
        )
        sessions.append(ListedSession(str(number), programme))
    return frab_json(NAME, sessions)


def _entered(roster: Roster, export: bytes) -> Timing:
    timing = Timing()
    schedule = read_sessions(export, PANEL)
    comparison = compare([(row.id, programme_in(row.draft)) for row in roster.sessions()], schedule)
    clashes(schedule.sessions)
    with roster.written_soon():
        for programme in comparison.new:
            add_draft(roster, lambda id: False, 0, programme)
        for known in comparison.changed:
            roster.save_draft(known.session, to_yaml(known.programme))
    timing.stop()
    assert len(comparison.new) in (0, SESSIONS)
    return timing


def _out(roster: Roster) -> Timing:
    sessions = [ListedSession(row.id, programme_in(row.draft)) for row in roster.sessions()]
    timing = Timing()
    back = read_sessions(frab_xml(NAME, sessions), PANEL).sessions
    timing.stop()
    known = {programme.source: programme for programme in back}
    assert all(known[listed.programme.source] == replace(listed.programme, inferred=()) for listed in sessions)
    return timing

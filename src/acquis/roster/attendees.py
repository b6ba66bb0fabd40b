"""The people of the attendance reports of meeting programs. Their names stand in the roster only, where they can be
erased; the log has numbers."""

from __future__ import annotations

from collections.abc import Iterable

import apsw
import msgspec

from acquis.meetings import MeetingReport
from acquis.text.mention import mentions_name


class AttendeeRow(msgspec.Struct, frozen=True, gc=False):
    """A person who was in a meeting: the program, the name, the first and the last time as the program wrote them, and
    the minutes of all visits. `id` is the number of the row."""

    program: str
    name: str
    joined: str
    gone: str
    minutes: int
    id: int = 0


def rows_of_report(report: MeetingReport) -> list[AttendeeRow]:
    """The people of an attendance report."""
    return [
        AttendeeRow(report.origin, person.name, person.joined, person.left, person.minutes) for person in report.people
    ]


class AttendeeTable:
    """The table of attendees of a roster."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def keep(self, session: str, program: str, people: Iterable[AttendeeRow]) -> None:
        """Store the people of a report. They replace those of an earlier report of the program, which was of the same
        meeting."""
        rows = [(session, *msgspec.structs.astuple(person)[:-1]) for person in people]
        with self._db:
            self._db.execute("delete from attendees where session=? and program=?", (session, program))
            self._db.executemany("insert into attendees values(?,?,?,?,?,?)", rows)

    def of(self, session: str) -> list[AttendeeRow]:
        """The people of a session, in the order of the reports."""
        query = "select program, name, joined, gone, minutes, rowid from attendees where session=? order by rowid"
        return [
            AttendeeRow(str(program), str(name), str(joined), str(gone), int(str(minutes)), int(str(row)))
            for program, name, joined, gone, minutes, row in self._db.execute(query, (session,))
        ]

    def forget(self, session: str, id: int) -> None:
        """Delete one person; 0: all of the session."""
        self._db.execute("delete from attendees where session=? and ? in (0, rowid)", (session, id))

    def forget_person(self, session: str, person: str) -> None:
        """Delete those who have the name of a person of the session, however it is written."""
        query = "select name from passes where session=? and person=? and name<>''"
        for (name,) in self._db.execute(query, (session, person)).fetchall():
            is_mentioned = mentions_name(str(name))
            for row in self.of(session):
                if row.name == name or is_mentioned(row.name):
                    self.forget(session, row.id)

"""The rows of public action lists that organizers loaded: which, who and when. They belong to no session, so no log has
them."""

from __future__ import annotations

from collections.abc import Iterable

import apsw
import msgspec

from acquis.reference.action_lists import ListedAction


class LoadedAction(msgspec.Struct, frozen=True, gc=False):
    """A row of a public action list, when it was loaded (ms since 1970), and the id of the organizer who did it. All
    rows of one file have the same time."""

    action: ListedAction
    at: int
    person: str


class ActionTable:
    """The table of loaded actions of a roster."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db

    def keep(self, actions: Iterable[ListedAction], at: int, person: str) -> None:
        """Store the rows of a file in their order. A row that is there already stays as it is."""
        rows = [(action.id, at, person, *msgspec.structs.astuple(action)) for action in actions]
        with self._db:
            self._db.executemany("insert or ignore into actions values(?,?,?,?,?,?,?,?,?)", rows)

    def all(self) -> list[LoadedAction]:
        """All rows, the file that was loaded last first, each in the order of its file."""
        query = "select at, person, paragraph, act, body, document, source, date from actions order by at desc, rowid"
        return [
            LoadedAction(ListedAction(*map(str, action)), int(str(at)), str(person))
            for at, person, *action in self._db.execute(query)
        ]

    def remove(self, id: str) -> None:
        """Delete one row."""
        self._db.execute("delete from actions where id=?", (id,))

    def remove_list(self, at: int) -> None:
        """Delete the rows of the file that was loaded at this time."""
        self._db.execute("delete from actions where at=?", (at,))

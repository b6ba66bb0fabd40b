"""The application object: what lives as long as the process and every request shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from acquis.board import Board
from acquis.board.index import Index
from acquis.board.maps import Maps
from acquis.record.sqlite import SqliteRecord
from acquis.roster import Pass, Roster
from acquis.web.http.clock import Clock
from acquis.web.http.limits import RateLimit
from acquis.web.http.streams import Streams

JOININGS = 20_000


@dataclass
class Application:
    """The sessions, the clock, the limits, the open streams, and what is remembered between requests."""

    board: Board
    clock: Clock = field(default_factory=Clock)
    streams: Streams = field(default_factory=Streams)
    maps: Maps = field(default_factory=Maps)
    base_url: str = ""
    """The address that people see, without a slash at its end; empty until the server runs."""
    actions: RateLimit = field(default_factory=lambda: RateLimit(60, 10))
    nameless: RateLimit = field(default_factory=lambda: RateLimit(3, 0.05))
    claims: RateLimit = field(default_factory=lambda: RateLimit(30, 0.5))
    holders: dict[str, Pass | None] = field(default_factory=dict)
    """Secret -> pass, so that a vote needs no query; emptied whenever a pass changes."""
    at_desk: dict[str, dict[str, int]] = field(default_factory=dict)
    """Session -> person -> when their page of the desk last asked for news (ms)."""
    joined: dict[str, str] = field(default_factory=dict)
    """Key of a joining -> the secret it was given, so that a joining sent again is the same person."""
    partials: dict[str, str] = field(default_factory=dict)
    """Session -> what the captioner has so far of the line that is being said."""

    def remember_join(self, key: str, secret: str) -> None:
        """Keep what a joining was given, as long as somebody may still send it again."""
        self.joined[key] = secret
        if len(self.joined) > JOININGS:
            del self.joined[next(iter(self.joined))]

    @property
    def roster(self) -> Roster:
        """The names, passes and drafts."""
        return self.board.roster

    async def close(self) -> None:
        """Close the files. Raises RecordBroken where the record cannot be closed."""
        self.board.index.close()
        self.roster.close()
        await self.board.record.close()


def open_application(folder: Path) -> Application:
    """The application of a folder, made if it is not there: record.db, roster.db, and index.db, which can be made
    again.

    Raises RecordInUse, RecordBroken, OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Application(
        Board(SqliteRecord(folder / "record.db"), Roster(folder / "roster.db"), Index(folder / "index.db"))
    )

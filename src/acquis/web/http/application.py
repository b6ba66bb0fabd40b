"""What the pages stand on: the sessions, the roster, the clock, the limits, the live screens."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.requests import Request

from acquis.board import CODE_ALPHABET, CODE_LENGTH, Board
from acquis.board.index import Index
from acquis.record.sqlite import SqliteRecord
from acquis.roster import Pass, Roster
from acquis.web.http.clock import Clock
from acquis.web.http.limits import RateLimit

if TYPE_CHECKING:
    from acquis.web.live.streams import Streams

JOININGS = 20_000


@dataclass
class Application:
    """One running house."""

    board: Board
    clock: Clock
    streams: Streams
    actions: RateLimit = field(default_factory=lambda: RateLimit(60, 10))
    nameless: RateLimit = field(default_factory=lambda: RateLimit(3, 0.05))
    claims: RateLimit = field(default_factory=lambda: RateLimit(30, 0.5))
    holders: dict[str, Pass | None] = field(default_factory=dict)
    """Secret -> pass, so that a vote needs no query; emptied whenever a pass changes."""
    at_desk: dict[str, dict[str, int]] = field(default_factory=dict)
    """Session -> who writes at its desk, and when their page last asked for news (ms)."""
    joined: dict[str, str] = field(default_factory=dict)
    """Key of a joining -> the secret it was given, so that a joining sent again is the same person."""

    def remember_join(self, key: str, secret: str) -> None:
        """Keep what a joining was given, as long as somebody may still send it again."""
        self.joined[key] = secret
        if len(self.joined) > JOININGS:
            del self.joined[next(iter(self.joined))]

    @property
    def roster(self) -> Roster:
        """The names, passes and drafts."""
        return self.board.roster


def house_of(request: Request) -> Application:
    """The house that serves this request."""
    house: Application = request.app.state.house
    return house


def open_application(folder: Path) -> Application:
    """The house in a folder, made if it is not there: record.db, roster.db, and index.db, which can be made again.

    Raises RecordInUse, RecordBroken, OSError."""
    from acquis.web.live.streams import Streams  # noqa: PLC0415  # the streams know the house

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    board = Board(SqliteRecord(folder / "record.db"), Roster(folder / "roster.db"), Index(folder / "index.db"))
    clock = Clock()
    return Application(board, clock, Streams(board, clock))


def new_id(letter: str) -> str:
    """A random id of a person ("p") or a voice ("v"): 60 bits."""
    return letter + _random(12).lower()


def new_code() -> str:
    """A random join code. It locates, it does not protect: 40 bits."""
    return _random(CODE_LENGTH)


def new_secret() -> str:
    """The secret of a pass: 256 bits."""
    return secrets.token_urlsafe(32)


def new_key(now: int) -> str:
    """An idempotency key: the time first, so that the index of keys grows at one end, then 80 random bits."""
    return f"{now:011x}-{secrets.token_urlsafe(10)}"


def _random(length: int) -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))

"""The application object, which all requests of the process share."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import apsw

from acquis.board import Board
from acquis.board.checkpoints import Checkpoints
from acquis.board.erasing import Erasing
from acquis.board.folder import RECORD, open_folder
from acquis.board.maps import Maps
from acquis.board.public_logs import PublicLogs
from acquis.record import RecordBroken
from acquis.record.keys import open_keys
from acquis.roster import Pass, Roster
from acquis.web.http.clock import Clock
from acquis.web.http.documents import DocumentMaker, DocumentProcess
from acquis.web.http.ids import new_code
from acquis.web.http.incidents import Incidents
from acquis.web.http.joins import Joins, Sources, WaitingJoin
from acquis.web.http.limits import RateLimit
from acquis.web.http.metrics import Metrics
from acquis.web.http.moving import Moves
from acquis.web.http.names import ShownNames
from acquis.web.http.notices import warn
from acquis.web.http.openid import OpenId
from acquis.web.http.protocol import Connections
from acquis.web.http.readiness import Readiness
from acquis.web.http.security_log import COMMAND_LINE, SecurityLog
from acquis.web.http.streams import Streams


@dataclass
class Application:
    """The sessions, the clock, the rate limits, the open streams, and data kept between requests."""

    board: Board
    folder: Path
    """Where the files are."""
    metrics: Metrics
    clock: Clock = field(default_factory=Clock)
    streams: Streams = field(init=False)
    shown_names: ShownNames = field(init=False)
    security_log: SecurityLog = field(init=False)
    erasing: Erasing = field(init=False)
    readiness: Readiness = field(init=False)
    incidents: Incidents = field(default_factory=Incidents)
    connections: Connections | None = None
    """The connections of the server; None until it runs."""
    public_logs: PublicLogs = field(init=False)
    documents: DocumentMaker = field(init=False)
    maps: Maps = field(default_factory=Maps)
    base_url: str = ""
    """The address of the server without a trailing slash; empty until it runs."""
    public_url: str = ""
    """The public address, if the operator named one: it decides the scheme and host of links and cookies."""
    actions: RateLimit = field(default_factory=lambda: RateLimit(60, 10))
    nameless: RateLimit = field(default_factory=lambda: RateLimit(3, 0.05))
    claims: RateLimit = field(default_factory=lambda: RateLimit(30, 0.5))
    holders: dict[str, Pass | None] = field(default_factory=dict)
    """Secret -> pass, to save queries; emptied when a pass is revoked."""
    at_desk: dict[str, dict[str, int]] = field(default_factory=dict)
    """Session -> person -> time (ms since 1970) of the last request of their desk page for updates."""
    sources: Sources = field(default_factory=Sources)
    joins: Joins = field(default_factory=Joins)
    waiting: dict[str, WaitingJoin] = field(default_factory=dict)
    """The secret of a pass to come -> the joining that waits for its turn."""
    moving: RateLimit = field(default_factory=lambda: RateLimit(20, 0.2))
    moves: Moves = field(default_factory=Moves)
    partials: dict[str, str] = field(default_factory=dict)
    """Session -> the unfinished caption line."""
    openid: OpenId | None = None
    """The provider with which staff sign in; None if the settings name none."""
    sites: tuple[str, ...] = ()
    """The origins whose pages may show a session in a frame, as the settings name them."""
    sends_notes: bool = False
    """Whether the settings of mail let people leave an address for one note at publication."""
    checkpoints: Checkpoints | None = None
    """Signs the logs; None for an application without a key."""

    def __post_init__(self) -> None:
        self.shown_names = ShownNames(self.roster)
        self.security_log = SecurityLog(lambda: self.clock.now())
        self.readiness = Readiness(self.board)
        self.erasing = Erasing(self.board, self._forget_pages, self.security_log.erased)
        self.public_logs = PublicLogs(self.board.record)
        process = DocumentProcess(self.folder / RECORD)
        self.documents = DocumentMaker(process, process.end)
        self.streams = Streams(lambda: self.clock.now(), self.notice_revoked)

    def notice_revoked(self) -> None:
        """If another process changed the roster, as `acquis pass organizer` does, forgets the passes that are kept and
        ends the streams of those that were revoked."""
        if not self.roster.changed_elsewhere():
            return
        for secret, holder in list(self.holders.items()):
            if holder is not None and self.roster.holder(secret) is None:
                self.security_log.pass_event("pass_revoked", holder, COMMAND_LINE)
                self.streams.drop(holder.person)
                if not holder.session:  # others may use it beside a pass of a session
                    self.streams.drop_all()
        self.holders.clear()

    def pass_changed(self, session: str, person: str) -> None:
        """Forgets the passes that are kept, and ends the streams of a person whose pass of a session, or as organizer
        (session ""), changed."""
        self.holders.clear()
        self.streams.drop(person)
        if not session:  # others may use an organizer's pass beside one of a session
            self.streams.drop_all()

    def _forget_pages(self, session: str) -> None:
        """Forgets what is kept of the pages of a session, because a text was erased."""
        self.holders.clear()
        self.shown_names.forget(session)
        self.streams.forget(session)
        self.documents.end()

    @property
    def roster(self) -> Roster:
        """The roster of the board: names, passes and drafts."""
        return self.board.roster

    def origin(self, session: str) -> str:
        """The name under which the log of a session is signed: the host of the server and the path of the session."""
        return f"{urlsplit(self.base_url).netloc or 'localhost'}/s/{session}"

    async def close(self) -> None:
        """Closes the files, each of them even if another cannot be closed: that is told, and nothing is lost by it."""
        self.documents.end()
        self.board.mark()
        for close in (self.board.index.close, self.roster.close):
            try:
                close()
            except apsw.Error as error:
                warn(f"a file could not be closed in order: {error}")
        try:
            await self.board.record.close()
        except (apsw.Error, RecordBroken) as error:
            warn(f"the record could not be closed in order: {error}")


def open_application(folder: Path, keys: Path | None = None, accept_loss: bool = False) -> Application:
    """The application with the files of a folder, which are created if all are missing: record.db, roster.db, and
    index.db, which can be rebuilt. keys: the folder of the signing keys; without it nothing is signed. accept_loss: see
    `open_folder`. Raises DataProblem, RecordInUse, RecordBroken, KeyProblem, OSError."""
    os.umask(0o077)  # also for what is written later: SQLite and others take the mode of new files from the process
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make_private(folder)
    opened = open_keys(keys, folder) if keys is not None else None
    metrics = Metrics()
    files = open_folder(folder, accept_loss, metrics.commit)
    files.attach(new_code, Clock().now())
    application = Application(Board(files.record, files.roster, files.index, files.losses), folder, metrics)
    if opened is not None:
        application.checkpoints = Checkpoints(application.board, opened, application.origin, warn)
    return application


def _make_private(folder: Path) -> None:
    """Lets nobody but its owner read the folder and its files, whoever made them."""
    for path in (folder, *(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())):
        with suppress(OSError):  # of another owner, or on a read-only disk: opening says what is wrong
            path.chmod(0o700 if path is folder else 0o600)

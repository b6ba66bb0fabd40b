"""The files of a record over HTTP, made one at a time and kept until the log grows. Making them takes seconds and
hundreds of megabytes for a large session, so it is done in a process of its own (`documents/making.py`)."""

from __future__ import annotations

import asyncio
import functools
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeAlias

from acquis.command import Refused
from acquis.documents.earlier import EarlierSession
from acquis.documents.formats import BY_NAME
from acquis.documents.making import DocumentRequest, serve
from acquis.documents.signing import Signing
from acquis.record import Record
from acquis.text.caches import MB, TextCache
from acquis.web.http.notices import fail, warn

LONGEST_S, LONGEST_WAIT_S = 180, 1800
"""How much processor time a file may take, and how long on the clock, which also counts what other programs do. The
process is ended then."""
_LOOK_S = 5
"""How often the processor time is looked at, in seconds."""
PATIENCE_S, AGAIN_S = 20, 5
"""How long a request waits for its file, and after how many seconds its page is loaded again. It is made on meanwhile,
and who asks again receives it."""
MOST_WAITING = 30
"""The most files that wait to be made, of all sessions."""

Key: TypeAlias = tuple[str, str, int, str, str, int, EarlierSession | None]
"""Head of the log, name of the file, version, language, address of the session, number of its signatures, and the
earlier session with which it is compared."""
Make: TypeAlias = Callable[[DocumentRequest, Signing | None], bytes]


class DocumentProcess:
    """The process that makes documents, begun when it is needed. Called from one thread; `end` from any."""

    def __init__(self, record: Path) -> None:
        self._record = record
        self._running: tuple[BaseProcess, Connection] | None = None

    def __call__(self, request: DocumentRequest, signing: Signing | None) -> bytes:
        """The content of a file; empty if the session has none. A process that ended is begun again, once. Raises
        LookupError if there is no such version; Refused("document_failed")."""
        for attempt in (1, 2):
            process, pipe = self._running = self._begun()
            try:
                return self._asked(pipe, request, signing)
            except (EOFError, OSError):
                process.join(1)
                if self._running is not None:  # it was not this server that ended it
                    then = "that is given up" if attempt == 2 else "it is begun again"
                    ended = f"the process that makes documents ended (exit code {process.exitcode})"
                    warn(f"{ended} while it made {request.name} of {request.log}; {then}")
                self.end()
        raise Refused("document_failed")

    def end(self) -> None:
        """Ends the process, and with it what it keeps in memory."""
        running, self._running = self._running, None
        if running is not None:
            running[0].kill()  # whoever reads the pipe learns of it, and closes it

    def _begun(self) -> tuple[BaseProcess, Connection]:
        if self._running is not None and self._running[0].is_alive():
            return self._running
        context = get_context("spawn")  # a fork of a process with threads may wait for ever
        pipe, other = context.Pipe()
        process = context.Process(target=serve, args=(other, self._record), name="acquis documents", daemon=True)
        process.start()
        other.close()  # so that reading ends when the process does
        return process, pipe

    def _asked(self, pipe: Connection, request: DocumentRequest, signing: Signing | None) -> bytes:
        began, spent = time.monotonic(), self._spent()
        pipe.send(request)
        while True:
            while not pipe.poll(_LOOK_S):
                if self._spent() - spent < LONGEST_S and time.monotonic() - began < LONGEST_WAIT_S:
                    continue
                what = f"{LONGEST_S} s of processor time, or {LONGEST_WAIT_S} s on the clock"
                warn(f"{request.name} of {request.log} took longer than {what}; that is given up")
                self.end()
                raise Refused("document_failed")
            kind, value = pipe.recv()
            if kind == "made":
                content: bytes = value
                return content
            if kind == "missing":
                raise LookupError(request.name)
            if kind == "failed":
                fail(f"a defect while {request.name} of {request.log} was made: {value}")
                raise Refused("document_failed")
            pipe.send(signing.sign(value) if signing is not None else None)

    def _spent(self) -> float:
        """The processor time of the process so far, in seconds; on a system that does not tell it, the clock."""
        running = self._running
        try:
            stat = Path(f"/proc/{running[0].pid if running else 0}/stat").read_text()
        except OSError:
            return time.monotonic()
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class DocumentMaker:
    """The documents of all sessions, made one after the other by `make`."""

    def __init__(self, make: Make, end: Callable[[], None] = lambda: None) -> None:
        self._make, self.end = make, end
        """`end` ends what makes them, when a text was erased or the server stops: it may hold texts."""
        self._line = ThreadPoolExecutor(1, "documents")
        """One thread, in which requests stand in line."""
        self._made: TextCache[Key, bytes] = TextCache(1000, 32 * MB)
        self._making: dict[Key, asyncio.Future[Any]] = {}

    async def document(
        self,
        record: Record,
        log: str,
        name: str,
        version: int,
        language: str,
        people: tuple[str, ...] = (),
        address: str = "",
        signing: Signing | None = None,
        earlier: EarlierSession | None = None,
    ) -> bytes:
        """A file of the record of a log, as of its newest entry; see `DocumentRequest`. Raises LookupError where there
        is no such file or version; Refused: document_failed, documents_busy, being_made (after `PATIENCE_S`; it is
        made on)."""
        if name not in BY_NAME:
            raise LookupError(name)
        seq, link = record.head(log)
        checkpoints = signing.checkpoints if signing is not None else None
        request = DocumentRequest(
            log,
            seq,
            link.hex(),
            name,
            version=version,
            language=language,
            people=people,
            address=address,
            checkpoints=checkpoints,
            earlier=earlier,
        )
        key = (request.head, name, version, language, address, request.signatures, earlier)
        if (known := self._made.known(key)) is None:
            known = await self._waited(key, request, signing)
        if not known:
            raise LookupError(name)
        return known

    async def _waited(self, key: Key, request: DocumentRequest, signing: Signing | None) -> bytes:
        if key not in self._making:
            if len(self._making) >= MOST_WAITING:
                raise Refused("documents_busy")
            make = functools.partial(self._made.get, key, functools.partial(self._make, request, signing))
            making = asyncio.get_running_loop().run_in_executor(self._line, make)
            self._making[key] = making
            making.add_done_callback(lambda done: self._done(key, done))
        try:
            made: bytes = await asyncio.wait_for(asyncio.shield(self._making[key]), PATIENCE_S)
        except TimeoutError:
            raise Refused("being_made", seconds=AGAIN_S) from None
        return made

    def _done(self, key: Key, done: asyncio.Future[Any]) -> None:
        del self._making[key]
        if not done.cancelled():
            done.exception()  # whoever waits is told; if nobody does, nothing is missing

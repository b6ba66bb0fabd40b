"""Makes the files of a record in a process of its own: `serve` is what runs there.

A request comes through a pipe and its answer goes back. The private key stays with the server: the process asks it to
sign. It ends by itself when nothing was asked for a while, and gives its memory back."""

from __future__ import annotations

import itertools
import os
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from acquis.documents.earlier import EarlierSession
from acquis.documents.formats import BY_NAME
from acquis.documents.signing import Signing
from acquis.documents.source import DocumentSource, source_of
from acquis.publication.public import entries_of, unsealed
from acquis.record import Entry
from acquis.record.notes import SignedNote
from acquis.record.sqlite import SqliteRecord
from acquis.state import State, fold
from acquis.text.caches import TextCache

IDLE_S = 60
NICE = 10
"""How much the process stands back for the server, which answers people."""


class DocumentRequest(msgspec.Struct, frozen=True):
    """A file of the record of a log with `seq` entries, of which `head` is the link of the last; version 0 of the
    report is the newest. `people`: who gave a name, which a session under the Chatham House Rule does not tell;
    `address`: of the page of the session; `checkpoints`: for the archive of all files, None for any other; `earlier`:
    the earlier session with which it is compared."""

    log: str
    seq: int
    head: str
    name: str
    version: int
    language: str
    people: tuple[str, ...] = ()
    address: str = ""
    checkpoints: tuple[SignedNote, ...] | None = None
    earlier: EarlierSession | None = None

    @property
    def signatures(self) -> int:
        """The number of all signatures on the checkpoints."""
        return sum(len(note.signatures) for note in self.checkpoints or ())


Answer: TypeAlias = tuple[Literal["made"], bytes] | tuple[Literal["missing", "failed", "sign"], str]
"""What the process sends: the content of a file; that there is no such version; that a defect was in the way, with its
traceback; or a text to sign, upon which it receives the note, or None without a key."""

_SOURCE: TextCache[tuple[str, int, str, str, int, EarlierSession | None], DocumentSource] = TextCache(1, None)
"""The source of the last file, because a reader often requests several files."""


class StoredLog:
    """The first entries of a log, up to `upto`, in the file of a record, which is opened only while it is read."""

    def __init__(self, file: Path, log: str, upto: int) -> None:
        self._file, self._log, self._upto = file, log, upto

    def __iter__(self) -> Iterator[Entry]:
        with self._opened() as record:
            yield from record.read(self._log, 0, self._upto)

    def unsealed(self) -> Iterator[Entry]:
        with self._opened() as record:
            yield from entries_of(record, self._log, unsealed(record, self._log, 0, self._upto))

    def state(self) -> State:
        with self._opened() as record:
            return fold(itertools.takewhile(lambda row: row[0] <= self._upto, record.scan(self._log)))

    def head(self) -> str:
        with self._opened() as record:
            return "".join(link.hex() for link, _ in record.links(self._log, self._upto - 1, self._upto))

    @contextmanager
    def _opened(self) -> Iterator[SqliteRecord]:
        record = SqliteRecord(self._file, read_only=True)
        try:
            yield record
        finally:
            record.close_files()


def made(record: Path, request: DocumentRequest, signing: Signing | None) -> bytes:
    """The content of a file; empty if the session has none. Raises LookupError if there is no such version."""

    def read() -> DocumentSource:
        return source_of(
            StoredLog(record, request.log, request.seq),
            request.language,
            request.version,
            people=request.people,
            session=request.log,
            address=request.address,
            signing=signing,
        ).compared(request.earlier)

    signatures = request.signatures if signing else -1
    of = _SOURCE.get(
        (request.head, request.version, request.language, request.address, signatures, request.earlier), read
    )
    return BY_NAME[request.name].content(of)


def serve(pipe: Connection, record: Path) -> None:
    """Answers requests until the server is gone, or nothing was asked for `IDLE_S` seconds."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server that it belongs to is told, and ends it
    with suppress(OSError):
        os.nice(NICE)
    with suppress(EOFError, OSError):
        while pipe.poll(IDLE_S):
            request: DocumentRequest = pipe.recv()
            pipe.send(_answer(pipe, record, request))


def _answer(pipe: Connection, record: Path, request: DocumentRequest) -> Answer:
    def sign(text: str) -> SignedNote | None:
        pipe.send(("sign", text))
        note: SignedNote | None = pipe.recv()
        return note

    signing = Signing(request.checkpoints, sign) if request.checkpoints is not None else None
    try:
        return "made", made(record, request, signing)
    except LookupError:
        return "missing", ""
    except Exception:  # a defect of ours, of which the server tells
        return "failed", traceback.format_exc()

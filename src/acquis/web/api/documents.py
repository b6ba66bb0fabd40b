"""The files of a record over HTTP. They are computed in one separate thread and cached until the log grows."""

from __future__ import annotations

import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor
from typing import TypeAlias

from acquis.documents.formats import BY_NAME
from acquis.documents.signing import Signing
from acquis.documents.source import DocumentSource, source
from acquis.record import Record
from acquis.text.caches import MB, TextCache

_MAKER = ThreadPoolExecutor(1, "documents")
"""One thread for all documents, so that requests for many files do not slow down a session."""
Key: TypeAlias = tuple[str, str, int, str, str, int]
"""Head of the log, name of the file, version, language, address of the session, number of its signatures."""
_MADE: TextCache[Key, bytes] = TextCache(1000, 32 * MB)
_SOURCE: TextCache[tuple[str, int, str, str, int], DocumentSource] = TextCache(1, None)
"""The source of the last file, because a reader often requests several files."""


async def document(
    record: Record,
    log: str,
    name: str,
    version: int,
    language: str,
    people: tuple[str, ...] = (),
    address: str = "",
    signing: Signing | None = None,
) -> bytes:
    """A file of the record of a log, as of its newest entry; version 0 is the newest. `people`: who gave a name, which
    a session under the Chatham House Rule does not tell; `address`: of the page of the session; `signing`: for the
    archive of all files. Raises LookupError where there is no such file or version."""
    if name not in BY_NAME:
        raise LookupError(name)
    seq, link = record.head(log)
    key = (link.hex(), name, version, language, address, signing.signatures if signing is not None else 0)
    if (known := _MADE.known(key)) is not None:
        return known
    make = functools.partial(_made, record, log, seq, key, people=people, signing=signing)
    made = await asyncio.get_running_loop().run_in_executor(_MAKER, make)
    if not made:
        raise LookupError(name)
    return made


def _made(record: Record, log: str, seq: int, key: Key, people: tuple[str, ...], signing: Signing | None) -> bytes:
    """The content of a file from the cache, or computed: several requests may wait for the same file."""
    head, name, version, language, address, signatures = key

    def read() -> DocumentSource:
        entries = record.read(log, 0, seq)
        return source(entries, language, version, people=people, session=log, address=address, signing=signing)

    def make() -> bytes:
        of = _SOURCE.get((head, version, language, address, signatures), read)
        return BY_NAME[name].content(of)

    return _MADE.get(key, make)

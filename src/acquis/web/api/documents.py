"""The files of a record over HTTP: made beside the floor, one at a time, and kept as long as the log does not grow."""

from __future__ import annotations

import asyncio
import functools
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

from acquis.documents.formats import BY_NAME
from acquis.documents.source import DocumentSource, source
from acquis.record import Record

KEPT_BYTES = 32 * 1024 * 1024

_MAKER = ThreadPoolExecutor(1, "documents")
"""One thread for all documents: whoever asks for many waits, and the floor keeps its core."""
_MADE: OrderedDict[tuple[str, str, int, str], bytes] = OrderedDict()
"""Head of the log, name, version and language -> content; the oldest goes first. Only that thread changes it."""
_SOURCE: dict[tuple[str, int, str], DocumentSource] = {}
"""What the last file was made from: whoever takes one often takes the next."""


async def document(
    record: Record, log: str, name: str, version: int, language: str, people: tuple[str, ...] = ()
) -> bytes:
    """A file of the record of a log, as of its newest entry; version 0 is the newest. `people`: who gave a name, which
    a session under the Chatham House Rule does not tell. Raises LookupError where there is no such file or version."""
    if name not in BY_NAME:
        raise LookupError(name)
    seq, link = record.head(log)
    key = (link.hex(), name, version, language)
    if (known := _MADE.get(key)) is not None:
        return known
    make = functools.partial(_made, record, log, seq, key, people)
    made = await asyncio.get_running_loop().run_in_executor(_MAKER, make)
    if not made:
        raise LookupError(name)
    return made


def _made(record: Record, log: str, seq: int, key: tuple[str, str, int, str], people: tuple[str, ...]) -> bytes:
    """Several may have asked for the same before it was there."""
    head, name, version, language = key
    if key not in _MADE:
        if (head, version, language) not in _SOURCE:
            found = source(record.read(log, 0, seq), language, version, people=people, session=log)
            _SOURCE.clear()
            _SOURCE[head, version, language] = found
        of = _SOURCE[head, version, language]
        content = BY_NAME[name].content(of)
        while _MADE and sum(map(len, _MADE.values())) + len(content) > KEPT_BYTES:
            _MADE.popitem(last=False)
        if len(content) > KEPT_BYTES:
            return content
        _MADE[key] = content
    return _MADE[key]

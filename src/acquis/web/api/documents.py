"""The files of a record over HTTP: made beside the floor, one at a time, and kept as long as the log does not grow."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

from acquis.documents.bundle import WRITERS, Source, bundle, source
from acquis.record import Record

TYPES = {
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "ics": "text/calendar; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}
SAVED = frozenset({"html", "svg", "ics", "pdf", "docx", "zip"})
"""Endings of what a browser is told to save: what it would show has a style of its own, which the house's pages may
not have."""
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
"""Those a document can be set in; what is not translated stays English."""
BUNDLE = "bundle.zip"
KEPT_BYTES = 32 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)

_MAKER = ThreadPoolExecutor(1, "documents")
"""One thread for all documents: whoever asks for many waits, and the floor keeps its core."""
_MADE: OrderedDict[tuple[str, str, int, str], bytes] = OrderedDict()
"""Head of the log, name, version and language -> content; the oldest goes first. Only that thread changes it."""
_SOURCE: dict[tuple[str, int, str], Source] = {}
"""What the last file was made from: whoever takes one often takes the next."""


async def document(
    record: Record, log: str, name: str, version: int, language: str, people: tuple[str, ...] = ()
) -> bytes:
    """A file of the record of a log, as of its newest entry; version 0 is the newest. `people`: who gave a name, which
    a session under the Chatham House Rule does not tell. Raises LookupError where there is no such file or version."""
    if name not in WRITERS and name != BUNDLE:
        raise LookupError(name)
    seq, link = record.head(log)
    key = (link.hex(), name, version, language)
    if (known := _MADE.get(key)) is not None:
        return known
    made = await asyncio.get_running_loop().run_in_executor(_MAKER, _made, record, log, seq, key, people)
    if not made:
        raise LookupError(name)
    return made


def _made(record: Record, log: str, seq: int, key: tuple[str, str, int, str], people: tuple[str, ...]) -> bytes:
    """Several may have asked for the same before it was there."""
    head, name, version, language = key
    if key not in _MADE:
        if (head, version, language) not in _SOURCE:
            found = source(record.read(log, 0, seq), language, version, people=people)
            _SOURCE.clear()
            _SOURCE[head, version, language] = found
        of = _SOURCE[head, version, language]
        content = _zipped(of, log) if name == BUNDLE else WRITERS[name](of)
        while _MADE and sum(map(len, _MADE.values())) + len(content) > KEPT_BYTES:
            _MADE.popitem(last=False)
        if len(content) > KEPT_BYTES:
            return content
        _MADE[key] = content
    return _MADE[key]


def _zipped(of: Source, log: str) -> bytes:
    """The whole record as one archive, which `acquis verify` checks when it is unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, content in bundle(of).items():
            kept.writestr(zipfile.ZipInfo(f"{log}/{name}", _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()

"""The manifest, which lists every file of a record with its digest, and the archive of all files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256

import msgspec

from acquis import __version__
from acquis.documents.source import DocumentSource

MANIFEST = "manifest.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class File(msgspec.Struct, frozen=True, order=True):
    """A file of the record: its name, its size in bytes, and the SHA-256 of its content in hexadecimal."""

    name: str
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, tag_field="manifest", tag="acquis-record"):
    """The files of a record. `acquis`: the version of the program that wrote them; `entries`: the length of the log;
    `head`: the link of its newest entry, hexadecimal; `language`: that of the texts; `address`: of the page of the
    session, which is in the calendar, "" if it was not known; `left_out`: the files for which the session is too large,
    if there are any."""

    acquis: str
    entries: int
    files: tuple[File, ...]
    head: str
    language: str
    address: str = ""
    left_out: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET


def manifest(
    made: Mapping[str, bytes], of: DocumentSource, version: str = __version__, left_out: Iterable[str] = ()
) -> bytes:
    """The manifest of these files as JSON in one line, with files and keys in alphabetical order. `version`: of the
    program that made the files; `left_out`: the files for which the session is too large."""
    listed = sorted(File(name, len(content), sha256(content).hexdigest()) for name, content in made.items())
    named = Manifest(
        version, of.view.entries, tuple(listed), of.view.head, of.language,
        of.address, left_out=tuple(left_out) or msgspec.UNSET,
    )  # fmt: skip
    return msgspec.json.encode(named, order="sorted") + b"\n"


def archive(made: Mapping[str, bytes], folder: str) -> bytes:
    """The files as a ZIP archive with one folder, which `acquis verify` checks after unpacking. The same files give the
    same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, content in made.items():
            kept.writestr(zipfile.ZipInfo(f"{folder}/{name}", _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()

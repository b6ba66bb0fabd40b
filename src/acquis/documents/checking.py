"""Checks a whole record: its files against the manifest, and every file against the log that came with it.

A forger can write a new manifest, so it shows only accidental changes. The files are therefore computed again from the
log, whose chain `acquis.publication.verify` checks."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256

import msgspec

from acquis import __version__
from acquis.documents.bundle import MANIFEST, Manifest, manifest
from acquis.documents.declaration import Format
from acquis.documents.earlier import EarlierSession, is_possible
from acquis.documents.formats import BY_NAME, left_out
from acquis.documents.signing import NOTE
from acquis.documents.source import DocumentSource, source
from acquis.record import Entry
from acquis.state import State

UNPACKED_LIMIT = 256 * 1024 * 1024
"""The most bytes of an unpacked text document, because an unknown sender may have made it."""

_LOCAL = struct.Struct("<26xHH")
"""The header of a part: the lengths of its name and of what follows the name."""
_END = struct.Struct("<12xIIH")
"""The end of an archive: the size of its directory, where it begins, and the length of a comment."""
_SIZE_BEHIND = 1 << 3
"""The sizes of a part stand behind it, so that nobody knows from its header where it ends."""


class BundleCheck(msgspec.Struct, frozen=True):
    """The result, as names of files. `missing`, `changed` and `extra`: compared with the manifest. Compared with the
    log: `differing` (another content, or missing), `recomputed` (equal bytes), `in_part` (equal except for raster
    images, which depend on fonts and were not checked), `not_recomputed` (typeset with other fonts or another
    typesetter, or too large to be made again; not checked). `head`, `files`
    (their number), `language` and `address`: from the manifest; `made_by`: the version that wrote it, if it is another
    one. `earlier`: the votes of an earlier session that the report carries; what is computed from them was computed
    again, and they themselves cannot be checked."""

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    recomputed: tuple[str, ...] = ()
    in_part: tuple[str, ...] = ()
    not_recomputed: tuple[str, ...] = ()
    head: str = ""
    files: int = 0
    language: str = ""
    address: str = ""
    made_by: str = ""
    earlier: EarlierSession | None = None

    @property
    def ok(self) -> bool:
        """Whether no file is missing, changed, extra or differing."""
        return not (self.missing or self.changed or self.extra or self.differing)

    @property
    def complete(self) -> bool:
        """Whether every file is what the log gives, to the last byte."""
        return self.ok and not (self.in_part or self.not_recomputed or self.earlier)


def read_manifest(content: bytes) -> Manifest:
    """Reads a manifest. Raises ValueError for any other content."""
    return msgspec.json.decode(content, type=Manifest)


def check_files(files: Mapping[str, bytes]) -> BundleCheck:
    """Compares files with their manifest only. Raises ValueError for an invalid manifest, KeyError without one."""
    named = read_manifest(files[MANIFEST])
    listed = {file.name: file for file in named.files}
    present = files.keys() - {MANIFEST, NOTE}
    changed = (
        name
        for name in listed.keys() & present
        if (len(files[name]), sha256(files[name]).hexdigest()) != (listed[name].bytes, listed[name].sha256)
    )
    return BundleCheck(
        missing=tuple(sorted(listed.keys() - present)),
        changed=tuple(sorted(changed)),
        extra=tuple(sorted(present - listed.keys())),
        head=named.head,
        files=len(listed),
        language=named.language,
        address=named.address,
        made_by=named.acquis if named.acquis != __version__ else "",
    )


def check_bundle(contents: Mapping[str, bytes], entries: Iterable[Entry]) -> BundleCheck:
    """Compares files with their manifest and with the files computed from `entries`, the verified entries of
    `log.jsonl`. Raises as `check_files`."""
    files = check_files(contents)
    if not files.ok:  # what is wrong already need not be computed again
        return files
    of = source(entries, files.language, address=files.address)
    of = of.compared(_carried(contents, of.state))
    made: dict[str, list[str]] = {"recomputed": [], "differing": [], "in_part": [], "not_recomputed": []}
    for name, declared in BY_NAME.items():
        if not declared.bundled:
            continue
        if not declared.fits(of.state):
            made["not_recomputed"] += [name] if name in contents else []
        elif declared.depends_on_fonts:
            made[_typeset(declared, contents[name], of) if name in contents else "differing"].append(name)
        elif (content := declared.content(of)) or name in contents:
            made["recomputed" if contents.get(name) == content else "differing"].append(name)
    made["differing"] += [] if contents[MANIFEST] == _manifest(contents, of) else [MANIFEST]
    named = {field: tuple(names) for field, names in made.items()}
    return msgspec.structs.replace(files, earlier=of.view.earlier, **named)


class _CarriedVotes(msgspec.Struct):
    """The field of `report.json` that is not computed from the log."""

    earlier: EarlierSession | None = None


def _carried(contents: Mapping[str, bytes], state: State) -> EarlierSession | None:
    """The votes of an earlier session that a report carries; None without any, and for what cannot be votes on the
    statements of this log, so that the report differs from what the log gives."""
    try:
        read = msgspec.json.decode(contents.get("report.json", b"{}"), type=_CarriedVotes).earlier
    except msgspec.DecodeError:
        return None
    return read if read is not None and is_possible(read, state) else None


def _manifest(contents: Mapping[str, bytes], of: DocumentSource) -> bytes:
    """The manifest that these files and the log give; only the version of the program is taken from the one at hand."""
    files = {name: content for name, content in contents.items() if name not in (MANIFEST, NOTE)}
    missing = (name for name in left_out(of.state) if name not in files)
    return manifest(files, of, read_manifest(contents[MANIFEST]).acquis, missing)


def _typeset(declared: Format, kept: bytes, of: DocumentSource) -> str:
    """The field of `BundleCheck` to which a typeset file belongs."""
    made = declared.content(of)
    if made == kept:
        return "recomputed"
    if not declared.name.endswith(".docx"):
        return "not_recomputed"
    return "in_part" if _worded(made) == _worded(kept) else "differing"


def _worded(content: bytes) -> dict[str, bytes] | None:
    """The parts of a text document, of its raster images, which depend on fonts and accompany a vector image each, the
    names only. None for content that is no ZIP archive, is too large, or that programs could read in different ways:
    with two parts of one name, or bytes that belong to no part."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            parts = opened.infolist()
            names = {part.filename for part in parts}
            if sum(part.file_size for part in parts) > UNPACKED_LIMIT or len(names) != len(parts):
                return None
            if not _is_filled(content, parts, opened.start_dir):
                return None
            return {name: b"" if name.endswith(".png") else opened.read(name) for name in sorted(names)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error):
        return None


def _is_filled(content: bytes, parts: Iterable[zipfile.ZipInfo], directory: int) -> bool:
    """Whether an archive consists of its parts and its directory alone, so that a program which reads it from its
    beginning finds no other parts than one that reads the directory."""
    place = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        name, extra = _LOCAL.unpack_from(content, part.header_offset)
        if part.header_offset != place or part.flag_bits & _SIZE_BEHIND:
            return False
        place += _LOCAL.size + name + extra + part.compress_size
    size, begin, comment = _END.unpack_from(content, len(content) - _END.size)
    return place == directory == begin and begin + size == len(content) - _END.size and not comment

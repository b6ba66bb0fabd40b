"""Checking a whole record as it was handed over: the files against the manifest, and every form made again from the
log that came with it.

A manifest shows what was changed by accident or by somebody who forgot it; a forger makes a new one. So nothing is
taken from the manifest but what it says of itself: the forms are computed again from the log, whose chain is checked
apart (`acquis.publication.verify`)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from hashlib import sha256

import msgspec

from acquis import __version__
from acquis.documents.bundle import MANIFEST, Manifest
from acquis.documents.formats import BY_NAME, Format
from acquis.documents.source import DocumentSource, source
from acquis.record import Entry

UNPACKED_LIMIT = 256 * 1024 * 1024
"""Bytes that a text document may hold unpacked: it may come from anybody."""


class BundleCheck(msgspec.Struct, frozen=True):
    """What was found, by names of files. `missing`, `changed` and `extra` against the manifest; `differing`: not what
    the log gives, or not there though the log gives it; `recomputed`: what the log gives, to the byte;
    `in_part`: that but for the pictures as dots, which depend on fonts; `not_recomputed`: set with fonts or a
    typesetter that are not here. `head` and
    `language` are those that the manifest names; `made_by` is the version that made it, if it is not this one."""

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
    made_by: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.missing or self.changed or self.extra or self.differing)


def read_manifest(content: bytes) -> Manifest:
    """The manifest. Raises ValueError for what is none."""
    return msgspec.json.decode(content, type=Manifest)


def check_files(files: Mapping[str, bytes]) -> BundleCheck:
    """The files against their manifest alone. Raises ValueError for a manifest that is none, KeyError without one."""
    named = read_manifest(files[MANIFEST])
    listed = {file.name: file for file in named.files}
    there = files.keys() - {MANIFEST}
    changed = (
        name
        for name in listed.keys() & there
        if (len(files[name]), sha256(files[name]).hexdigest()) != (listed[name].bytes, listed[name].sha256)
    )
    return BundleCheck(
        missing=tuple(sorted(listed.keys() - there)),
        changed=tuple(sorted(changed)),
        extra=tuple(sorted(there - listed.keys())),
        head=named.head,
        files=len(listed),
        language=named.language,
        made_by=named.acquis if named.acquis != __version__ else "",
    )


def check_bundle(contents: Mapping[str, bytes], entries: Iterable[Entry]) -> BundleCheck:
    """The files against their manifest, and each against what `entries` give: those of `log.jsonl`, found whole. Raises
    as `check_files`."""
    files = check_files(contents)
    of = source(entries, files.language)
    made: dict[str, list[str]] = {"recomputed": [], "differing": [], "in_part": [], "not_recomputed": []}
    for name, declared in BY_NAME.items():
        if not declared.bundled:
            continue
        if declared.depends_on_fonts:
            if name in contents:
                made[_typeset(declared, contents[name], of)].append(name)
        elif (content := declared.content(of)) or name in contents:
            made["recomputed" if contents.get(name) == content else "differing"].append(name)
    made["differing"] += [MANIFEST] if files.head != of.view.head else []
    return msgspec.structs.replace(files, **{field: tuple(names) for field, names in made.items()})


def _typeset(declared: Format, kept: bytes, of: DocumentSource) -> str:
    """What can be said of a typeset form: a field of `BundleCheck`."""
    made = declared.content(of)
    if made == kept:
        return "recomputed"
    if not declared.name.endswith(".docx"):
        return "not_recomputed"
    return "in_part" if _worded(made) == _worded(kept) else "differing"


def _worded(content: bytes) -> dict[str, bytes] | None:
    """The parts of a text document that do not depend on fonts: all but the pictures as dots, which stand beside the
    same pictures as drawn. None for what is no such document."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            if sum(part.file_size for part in opened.infolist()) > UNPACKED_LIMIT:
                return None
            return {name: opened.read(name) for name in opened.namelist() if not name.endswith(".png")}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return None

"""Falsified bundles. Their documents are not those of their logs, so whoever makes the documents again refuses the
genuine ones too."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from hashlib import sha256

from .cases import IN_PART, NO_RECORD, NOT_VERIFIED, Case
from .generator import DOCUMENTS, Given, Link, Record, Signer, bundle, manifest_of, signed
from .stories import story

Files = dict[str, bytes]
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Forged true >>\nendobj\n%%EOF\n"
SIGNED = ("checkpoints.txt", "key.txt", "manifest.note")
ACCENTED = unicodedata.normalize("NFC", "résumé.md")


def of_files(edit: Callable[[Files], object], kind: str = "plain", key: str = "") -> Callable[[], Given]:
    def made() -> Given:
        files = bundle(story(kind))
        edit(files)
        return Given(files=files, key=key)

    return made


def _listed(files: Files) -> dict[str, bytes]:
    own = ("manifest.json", "manifest.note")
    return {name: content for name, content in files.items() if name not in own}


def _renewed(files: Files, signer: Signer, entries: int = 0, head: str = "") -> None:
    """Make the manifest anew, signed with some key."""
    record = story("plain")
    files |= signed(_listed(files), entries or len(record.entries), head or record.head, signer)


def _swapped(files: Files) -> None:
    files["report.pdf"] = PDF


def _swapped_with_manifest(files: Files) -> None:
    record = story("plain")
    files["report.pdf"] = PDF
    files["manifest.json"] = manifest_of(_listed(files), len(record.entries), record.head)


def _swapped_with_note(files: Files) -> None:
    _swapped_with_manifest(files)
    content, note = files["manifest.json"], files["manifest.note"]
    old = note.split(b"\n")[1]
    files["manifest.note"] = note.replace(old, sha256(content).hexdigest().encode())


def _swapped_and_signed(files: Files) -> None:
    files["report.pdf"] = PDF
    _renewed(files, Signer(story("plain").origin, 77))


def _swapped_with_key(files: Files) -> None:
    signer = Signer(story("plain").origin, 77)
    files["report.pdf"] = PDF
    files["key.txt"] = signer.verifier_key.encode() + b"\n"
    _renewed(files, signer)


def _own_key(edit: Callable[[Files], object]) -> Callable[[Files], object]:
    """A manifest that the server itself signed over changed files."""

    def made(files: Files) -> None:
        edit(files)
        _renewed(files, story("plain").signer)

    return made


def _checkpoints(edit: Callable[[Record], str]) -> Callable[[Files], object]:
    return _own_key(lambda files: files.update({"checkpoints.txt": edit(story("plain")).encode()}))


def _log(files: Files) -> None:
    files["log.jsonl"] = files["log.jsonl"].replace(b"Capacity", b"Velocity")


def _cut(files: Files) -> None:
    record = story("plain")
    del record.entries[-2:]
    files["log.jsonl"] = record.log()
    files |= signed(_listed(files), len(record.entries), record.head, record.signer)


def _anew(files: Files) -> None:
    """The log, made anew, with genuine checkpoints and a manifest of the server."""
    record = story("plain")
    record.change(4, text="Compliance comes before capacity-building.")
    files["log.jsonl"] = record.log()
    files |= signed(_listed(files), len(record.entries), record.head, record.signer)


def _twice(files: Files) -> None:
    content = files["manifest.json"]
    begin = content.index(b'"files":[') + 9
    end = content.index(b"}", begin) + 1
    files["manifest.json"] = content[:begin] + content[begin:end] + b"," + content[begin:]
    text = f"acquis manifest\n{sha256(bytes(files['manifest.json'])).hexdigest()}\n"
    files["manifest.note"] = story("plain").signer.note(text).encode()


def _spaced(files: Files) -> None:
    files["manifest.json"] = files["manifest.json"].replace(b",", b", ")
    text = f"acquis manifest\n{sha256(bytes(files['manifest.json'])).hexdigest()}\n"
    files["manifest.note"] = story("plain").signer.note(text).encode()


def _without(name: str) -> Callable[[Files], object]:
    return lambda files: files.pop(name)


def _with(name: str, content: bytes = b"") -> Callable[[Files], object]:
    return lambda files: files.update({name: content})


def _unsigned(files: Files) -> None:
    """Nothing of the bundle is signed, and the manifest lists none of the signed files."""
    record = story("plain")
    for name in SIGNED:
        files.pop(name)
    files["manifest.json"] = manifest_of(_listed(files), len(record.entries), record.head)


def _stripped(files: Files) -> None:
    """The signed files are removed, and the manifest still lists them."""
    for name in SIGNED:
        files.pop(name)


def _decomposed(files: Files) -> None:
    """A file whose name is listed composed and stands in the folder decomposed."""
    files[ACCENTED] = b"# R\n"
    _renewed(files, story("plain").signer)
    files[unicodedata.normalize("NFD", ACCENTED)] = files.pop(ACCENTED)


def _turned(record: Record) -> str:
    return record.checkpoints((40, 20))


FILES = [
    Case("genuine bundle", of_files(lambda files: None), IN_PART, ("report.pdf",), full=NOT_VERIFIED),
    Case(
        "genuine bundle under the rule",
        of_files(lambda files: None, "chatham"),
        IN_PART,
        ("report.pdf",),
        full=NOT_VERIFIED,
    ),
    Case(
        "genuine bundle with a second key",
        of_files(lambda files: None, "rotated"),
        IN_PART,
        ("report.pdf",),
        full=NOT_VERIFIED,
    ),
    Case(
        "genuine bundle and key",
        of_files(lambda _: None, key=story("plain").signer.verifier_key),
        IN_PART,
        full=NOT_VERIFIED,
    ),
    Case("genuine bundle without signatures", of_files(_unsigned), IN_PART, ("report.pdf",), full=NOT_VERIFIED),
    Case("signatures removed", of_files(_stripped), 1, ("checkpoints.txt",)),
    Case("bundle under another key", of_files(lambda _: None, key=Signer(story("plain").origin, 77).verifier_key), 1),
    Case("PDF swapped", of_files(_swapped), 1, ("report.pdf",)),
    Case("PDF longer", of_files(_with("report.pdf", DOCUMENTS["report.pdf"] + b"\n")), 1, ("report.pdf",)),
    Case("PDF swapped with the manifest", of_files(_swapped_with_manifest), 1, ("manifest.note",)),
    Case("PDF swapped with the manifest and its note", of_files(_swapped_with_note), 1, ("manifest.note",)),
    Case("PDF swapped and signed with another key", of_files(_swapped_and_signed), 1, ("manifest.note",)),
    Case("PDF swapped, key and manifest too", of_files(_swapped_with_key), 1),
    Case("PDF missing", of_files(_without("report.pdf")), 1, ("report.pdf",)),
    Case("PDF empty", of_files(_with("report.pdf")), 1, ("report.pdf",)),
    Case("further file", of_files(_with("notes.txt", b"!")), 1, ("notes.txt",)),
    Case("hidden file", of_files(_with(".notes", b"!")), 1, (".notes",)),
    Case("file in a folder", of_files(_with("more/notes.txt", b"!")), 1, ("more",)),
    Case("symbolic link instead of a file", of_files(_with("report.pdf", Link(b"report.md"))), 1, ("report.pdf",)),
    Case("symbolic link to the log", of_files(_with("log.jsonl", Link(b"report.md"))), 1, ("log.jsonl",)),
    Case("symbolic link to outside", of_files(_with("more", Link(b"/etc/hostname"))), 1, ("more",)),
    Case("name in another normal form", of_files(_decomposed), 1),
    Case("log changed", of_files(_log), 1, ("log.jsonl",)),
    Case("log changed with the manifest", of_files(_own_key(_log)), 1, ("4",)),
    Case("log cut with the manifest", of_files(_cut), 1, ("checkpoints.txt",)),
    Case("log made anew with the manifest", of_files(_anew), 1, ("checkpoints.txt",)),
    Case("log missing", of_files(_without("log.jsonl")), NO_RECORD),
    Case("manifest missing", of_files(_without("manifest.json")), 1, ("manifest.json",)),
    Case("note of the manifest missing", of_files(_without("manifest.note")), 1, ("manifest.note",)),
    Case("key missing", of_files(_without("key.txt")), 1, ("key.txt",)),
    Case("checkpoints missing", of_files(_without("checkpoints.txt")), 1, ("checkpoints.txt",)),
    Case("manifest no JSON", of_files(_with("manifest.json", b"{}")), 1, ("manifest.json",)),
    Case("manifest with white space", of_files(_spaced), 1, ("manifest.json",)),
    Case("file twice in the manifest", of_files(_twice), 1, ("manifest.json",)),
    Case(
        "manifest with another length",
        of_files(lambda files: _renewed(files, story("plain").signer, 3)),
        1,
        ("manifest.json",),
    ),
    Case(
        "manifest with another fingerprint",
        of_files(lambda files: _renewed(files, story("plain").signer, 0, "0" * 64)),
        1,
        ("manifest.json",),
    ),
    Case(
        "note of something else",
        of_files(_with("manifest.note", story("plain").checkpoint(5).encode())),
        1,
        ("manifest.note",),
    ),
    Case(
        "key of somebody else",
        of_files(_own_key(_with("key.txt", Signer("a.example", 7).verifier_key.encode() + b"\n"))),
        1,
    ),
    Case("key of a bundle that is none", of_files(_own_key(_with("key.txt", b"none\n"))), 1),
    Case(
        "checkpoints of somebody else",
        of_files(_checkpoints(lambda record: record.checkpoint(20, Signer(record.origin, 7)))),
        1,
        ("checkpoints.txt",),
    ),
    Case(
        "checkpoints of another log",
        of_files(_checkpoints(lambda record: story("rotated").checkpoint(20, record.signer))),
        1,
        ("checkpoints.txt",),
    ),
    Case("checkpoints out of order in a bundle", of_files(_checkpoints(_turned)), 1, ("checkpoints.txt",)),
    Case("checkpoints empty in a bundle", of_files(_checkpoints(lambda record: "")), 1, ("checkpoints.txt",)),
]

"""What was signed, on the command line: for an export, and in a verification."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from acquis.documents.signing import Signing
    from acquis.record import Entry


def signing_of(session: str, data: Path, keys: Path | None) -> Signing | None:
    """What the folder of the keys adds to an export of a session; None for a log.jsonl, and without such a folder.
    Raises KeyProblem."""
    from acquis.documents.signing import Signing
    from acquis.record.keys import folder_beside, public_bytes, read_keys
    from acquis.record.notes import SignedNote, VerifierKey, sign
    from acquis.record.signed import SignedLog

    folder = keys or folder_beside(data)
    path = folder / "checkpoints" / f"{session}.txt"
    if Path(session).is_file() or not path.is_file():
        return None
    kept, signed = read_keys(folder), SignedLog(path, read_only=True)
    if not signed.notes or not kept:
        return None
    name = signed.notes[-1].signatures[0].name

    def signs(text: str) -> SignedNote | None:
        for key in reversed(kept):
            if signed.notes[-1].signed_by(VerifierKey(name, public_bytes(key))) is not None:
                return sign(text, key, name)
        return None

    return Signing(tuple(signed.witnessed()), signs)


def signature_lines(folder: Path, entries: list[Entry]) -> Iterator[str]:
    """Lines about what is signed in the folder of a record. Raises ClickException if a signature contradicts the
    log."""
    from acquis.documents.bundle import MANIFEST
    from acquis.documents.signing import SIGNED_FILES, check_signatures
    from acquis.publication.signatures import SignatureError

    files = {name: (folder / name).read_bytes() for name in SIGNED_FILES if (folder / name).is_file()}
    try:
        signed = check_signatures(files, (folder / MANIFEST).read_bytes(), entries)
    except SignatureError as error:
        raise click.ClickException(f"Not verified: {error}.") from error
    if not signed.signed:
        yield "The record is not signed: no key of the server vouches for its files."
        return
    yield f"Keys of the server: {signed.keys}. Signed checkpoints: {signed.checkpoints}, up to entry {signed.size}."
    yield f"Witnesses: {', '.join(signed.witnesses) or 'none'}."
    yield "The manifest is signed."
    for entry in signed.lost:
        yield f"The key that entry {entry} announces was not signed by the former one, which the operator calls lost."


def checkpoint_lines(checkpoints: tuple[Path, ...], entries: list[Entry]) -> Iterator[str]:
    """A line for each file with checkpoints that somebody kept. Raises ClickException if one is not of this log."""
    from acquis.publication.signatures import LogOfLinks, SignatureError, keys_in
    from acquis.record.notes import NoteError, notes_in

    if not checkpoints:
        return
    log = LogOfLinks([entry.link for entry in entries])
    for path in checkpoints:
        try:
            keys, witnesses = keys_in(entries), set()
            for note in notes_in(path.read_text("utf-8")):
                checkpoint = log.check(note, keys)
                witnesses.update(keys.witnessed(note))
        except (SignatureError, NoteError, UnicodeDecodeError) as error:
            raise click.ClickException(f"Not verified: {path}: {error}.") from error
        names = f" Witnesses: {', '.join(sorted(witnesses))}." if witnesses else ""
        yield f"{path}: the first {checkpoint.size} entries are those that the server signed.{names}"

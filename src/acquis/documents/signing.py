"""The signed part of a record: checkpoints, the keys of the server, and the note with the digest of the manifest.

These files cannot be computed from the log: they show when it had which content, to whoever trusts the key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

import msgspec

from acquis.publication.signatures import LogOfLinks, SignatureError, SignedKeys, keys_in, manifest_text
from acquis.record import Entry
from acquis.record.notes import NoteError, SignedNote, VerifierKey, joined, notes_in
from acquis.state import State

CHECKPOINTS, KEYS, NOTE = "checkpoints.txt", "key.txt", "manifest.note"
SIGNED_FILES = frozenset({CHECKPOINTS, KEYS, NOTE})


class Signing(msgspec.Struct, frozen=True):
    """What a server adds to a record: all of the signed files or, if nothing was signed or the key that the log
    announced last is lost, none. checkpoints: the notes in ascending order; sign: signs a text with that key, or gives
    None if it is lost."""

    checkpoints: tuple[SignedNote, ...]
    sign: Callable[[str], SignedNote | None]

    @property
    def signatures(self) -> int:
        """The number of all signatures on the checkpoints."""
        return sum(len(note.signatures) for note in self.checkpoints)

    def files(self, state: State) -> dict[str, bytes]:
        """The files that the manifest lists: the checkpoints and the last key."""
        if not self.checkpoints or not state.keys:
            return {}
        tried = self.sign(manifest_text(""))
        if tried is None or tried.signed_by(VerifierKey.parse(state.keys[-1])) is None:
            return {}
        return {CHECKPOINTS: joined(self.checkpoints).encode(), KEYS: f"{state.keys[-1]}\n".encode()}

    def note(self, manifest: bytes) -> dict[str, bytes]:
        """The signed note for a manifest, as a file."""
        note = self.sign(manifest_text(sha256(manifest).hexdigest()))
        return {NOTE: str(note).encode()} if note is not None else {}


class SignatureCheck(msgspec.Struct, frozen=True):
    """What is signed in a record: the number of keys, the entries of keys that no former key signed, the number of
    checkpoints and the size of the last, the names of the witnesses, and whether the record has signed files."""

    keys: int = 0
    lost: tuple[int, ...] = ()
    checkpoints: int = 0
    size: int = 0
    witnesses: tuple[str, ...] = ()
    signed: bool = False


def check_signatures(files: Mapping[str, bytes], manifest: bytes, entries: Iterable[Entry]) -> SignatureCheck:
    """Checks the signed files of a record against its verified log. Raises SignatureError, which says what is wrong."""
    kept = list(entries)
    keys = keys_in(kept)
    present = SIGNED_FILES & files.keys()
    if present and present != SIGNED_FILES:
        raise SignatureError(f"{min(SIGNED_FILES - present)} is missing")
    if present and not keys.server:
        raise SignatureError(f"{min(present)} is signed, but the log announces no key")
    if KEYS in files and files[KEYS] != f"{keys.server[-1]}\n".encode():
        raise SignatureError(f"{KEYS} is not the key that the log announces last")
    log, sizes, witnesses = LogOfLinks([entry.link for entry in kept]), [0], set()
    if present and not files[CHECKPOINTS]:
        raise SignatureError(f"{CHECKPOINTS} is empty")
    for note in _notes(files.get(CHECKPOINTS, b"")):
        try:
            checkpoint = log.check(note, keys)
        except SignatureError as error:
            raise SignatureError(f"{CHECKPOINTS}: {error}") from error
        if checkpoint.size < sizes[-1]:
            raise SignatureError(f"{CHECKPOINTS} is not in ascending order at {checkpoint.size} entries")
        sizes.append(checkpoint.size)
        witnesses.update(keys.witnessed(note))
    if present and not _signs(files[NOTE], manifest, keys):
        raise SignatureError(f"{NOTE} is not signed by a key of this log for this manifest")
    return SignatureCheck(
        len(keys.server), keys.lost, len(sizes) - 1, sizes[-1], tuple(sorted(witnesses)), signed=bool(present)
    )


def _notes(written: bytes) -> list[SignedNote]:
    try:
        return notes_in(written.decode()) if written else []
    except (NoteError, UnicodeDecodeError) as error:
        raise SignatureError(f"{CHECKPOINTS} cannot be read") from error


def _signs(written: bytes, manifest: bytes, keys: SignedKeys) -> bool:
    try:
        note = SignedNote.parse(written.decode())
        return note.text == manifest_text(sha256(manifest).hexdigest()) and keys.signs_last(note)
    except (NoteError, SignatureError, UnicodeDecodeError):
        return False

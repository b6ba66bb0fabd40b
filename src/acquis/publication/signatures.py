"""Checks what the server and the witnesses of a session signed: keys and checkpoints against the log, and the
manifest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from acquis import events as ev
from acquis.record import Entry
from acquis.record.merkle import MerkleTree, leaf_hash
from acquis.record.notes import Checkpoint, NoteError, SignedNote, VerifierKey
from acquis.state import State

MANIFEST_TEXT = "acquis manifest"


class SignatureError(ValueError):
    """A key, a checkpoint or a signature contradicts the log. The text says which one and why."""


class SignedKeys(msgspec.Struct, frozen=True):
    """The keys that a log announces, in order. server: those of the server; witnesses: those that the organizer named;
    lost: the entries of keys that no former key signed, because it was lost."""

    server: tuple[VerifierKey, ...] = ()
    witnesses: tuple[VerifierKey, ...] = ()
    lost: tuple[int, ...] = ()

    def signs(self, note: SignedNote) -> bool:
        """Whether a key of the server signed the note. Raises SignatureError if such a signature is wrong."""
        try:
            return any(note.signed_by(key) is not None for key in self.server)
        except NoteError as error:
            raise SignatureError(str(error)) from error

    def signs_last(self, note: SignedNote) -> bool:
        """Whether the key that was announced last signed the note. Raises SignatureError as `signs`."""
        return SignedKeys(self.server[-1:]).signs(note)

    def witnessed(self, note: SignedNote) -> list[str]:
        """The names of the witnesses that signed the note. Raises SignatureError as `signs`."""
        try:
            return [key.name for key in self.witnesses if note.signed_by(key) is not None]
        except NoteError as error:
            raise SignatureError(str(error)) from error


def keys_in(entries: Iterable[Entry]) -> SignedKeys:
    """The keys that these entries announce. Raises SignatureError for a key that its former one did not sign."""
    server: list[VerifierKey] = []
    witnesses: list[VerifierKey] = []
    lost: list[int] = []
    for entry in entries:
        if b'"KeyAnnounced"' not in entry.body and b'"WitnessNamed"' not in entry.body:
            continue
        event = ev.from_body(entry.body)
        try:
            if isinstance(event, ev.WitnessNamed):
                witnesses.append(VerifierKey.parse(event.witness))
            elif isinstance(event, ev.KeyAnnounced):
                key = VerifierKey.parse(event.key)
                if server[:1] and server[0].name != key.name:
                    raise SignatureError(f"the key that entry {entry.seq} announces has another name than the first")
                if not server and event.signature:
                    raise SignatureError(f"the first key, in entry {entry.seq}, has a signature")
                if server and not event.signature:
                    lost.append(entry.seq)
                elif server and not server[-1].signed(event.key, event.signature):
                    raise SignatureError(f"the key that entry {entry.seq} announces was not signed by the former one")
                server.append(key)
        except NoteError as error:
            raise SignatureError(f"entry {entry.seq} announces what is not a key: {error}") from error
    return SignedKeys(tuple(server), tuple(witnesses), tuple(lost))


def key_lines(state: State) -> str:
    """The announced keys of the server, one a line, each with the signature of the former one behind a blank, if there
    is one: for those who follow the log while it grows."""
    lines = zip(state.keys, state.key_signatures, strict=True)
    return "".join(f"{key} {signature}".strip() + "\n" for key, signature in lines)


class LogOfLinks:
    """The tree over the links of a whole log, for checking many checkpoints."""

    def __init__(self, links: Sequence[bytes]) -> None:
        self._tree = MerkleTree(lambda after, until: links[after:until])
        self._tree.extend(map(leaf_hash, links))

    @property
    def size(self) -> int:
        """The number of entries."""
        return self._tree.size

    def root(self, size: int) -> bytes:
        """The root of the first entries, of which there are at least as many."""
        return self._tree.root(size)

    def check(self, note: SignedNote, keys: SignedKeys) -> Checkpoint:
        """The checkpoint in a note, which the server signed for this log. Without any key the signature is not checked.
        Raises SignatureError."""
        try:
            checkpoint = Checkpoint.parse(note.text)
        except NoteError as error:
            raise SignatureError(str(error)) from error
        if keys.server and not keys.signs(note):
            raise SignatureError(f"the checkpoint of {checkpoint.size} entries is not signed by a key of this log")
        if checkpoint.size > self._tree.size:
            raise SignatureError(
                f"the log has {self._tree.size} entries, but a checkpoint of {checkpoint.size} entries was signed"
            )
        if self._tree.root(checkpoint.size) != checkpoint.root:
            raise SignatureError(f"the first {checkpoint.size} entries are not those that were signed: another record")
        return checkpoint


def manifest_text(digest: str) -> str:
    """The text of the signed manifest. digest: SHA-256 of manifest.json, hexadecimal."""
    return f"{MANIFEST_TEXT}\n{digest}\n"

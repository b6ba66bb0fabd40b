"""The signed checkpoints of a log, in an append-only file beside the keys: outside of the record, so that a record that
was set back is not signed again."""

from __future__ import annotations

import os
import re
from pathlib import Path

from acquis.record.keys import sync_folder
from acquis.record.merkle import MerkleTree
from acquis.record.notes import Checkpoint, NoteSignature, SignedNote, notes_in

_END = re.compile("\n\u2014 [^\n]+\n\n".encode())
"""The end of a checkpoint: the line of a signature and an empty line."""
_WITNESSES = 100
"""More cosignatures than the newest checkpoint can have."""


class _NoteFile:
    """An append-only file of notes. What a power cut left of the last one, which nobody has seen, is removed."""

    def __init__(self, path: Path, read_only: bool) -> None:
        self._path = path
        self.notes: list[SignedNote] = []
        if path.exists():
            written = path.read_bytes()
            ends = [match.end() for match in _END.finditer(written)] or [0]
            if ends[-1] != len(written) and not read_only:
                os.truncate(path, ends[-1])
            self.notes = notes_in(written[: ends[-1] - 1].decode()) if ends[-1] else []

    def add(self, note: SignedNote) -> None:
        """Store a note. Returns when it is on stable storage."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, f"{note}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        if not self.notes:
            sync_folder(self._path.parent)
        self.notes.append(note)


class SignedLog:
    """The checkpoints of one log in the file `path`, and the cosignatures of its witnesses in a file beside it.
    read_only: the server may be writing to them meanwhile."""

    def __init__(self, path: Path, read_only: bool = False) -> None:
        self._signed = _NoteFile(path, read_only)
        self._witnessed = _NoteFile(path.with_suffix(".witnessed"), read_only)

    @property
    def notes(self) -> list[SignedNote]:
        """The checkpoints in ascending order of their sizes, each with the signature of the server."""
        return self._signed.notes

    @property
    def newest(self) -> Checkpoint | None:
        """The last checkpoint that was signed."""
        return Checkpoint.parse(self.notes[-1].text) if self.notes else None

    def contradiction(self, tree: MerkleTree) -> str:
        """Why a log with this tree is not the one that was signed before; empty if it is, or if nothing was signed."""
        newest = self.newest
        if newest is None:
            return ""
        if tree.size < newest.size:
            return f"the record has {tree.size} entries, but {newest.size} were signed"
        if tree.root(newest.size) != newest.root:
            return f"the first {newest.size} entries are not those that were signed"
        return ""

    def add(self, note: SignedNote) -> None:
        """Store a checkpoint. Returns when it is on stable storage."""
        self._signed.add(note)

    def witness(self, text: str, signature: NoteSignature) -> bool:
        """Store the cosignature of a witness on the text of a checkpoint. False if there is no such checkpoint, or if
        it has one by this witness. Returns when it is on stable storage."""
        if all(note.text != text for note in self.notes):
            return False
        given = (note.signatures[0] for note in self._witnessed.notes if note.text == text)
        if any((other.name, other.id) == (signature.name, signature.id) for other in given):
            return False
        self._witnessed.add(SignedNote(text, (signature,)))
        return True

    def witnessed(self) -> list[SignedNote]:
        """The checkpoints with the signatures of the server and of the witnesses."""
        given: dict[str, list[NoteSignature]] = {}
        for note in self._witnessed.notes:
            given.setdefault(note.text, []).extend(note.signatures)
        return [note.also(given.get(note.text, ())) for note in self.notes]

    def newest_note(self) -> SignedNote:
        """The last checkpoint with all signatures. Raises IndexError before the first."""
        note = self.notes[-1]
        given = (other.signatures for other in reversed(self._witnessed.notes[-_WITNESSES:]) if other.text == note.text)
        return note.also(signature for signatures in given for signature in signatures)

    def witnesses(self) -> list[str]:
        """The names of the witnesses that signed a checkpoint, in the order of the names."""
        return sorted({note.signatures[0].name for note in self._witnessed.notes})

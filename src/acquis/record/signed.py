"""The signed checkpoints of a log, in an append-only file beside the keys: outside of the record, so that a record that
was set back is not signed again."""

from __future__ import annotations

import os
import re
from pathlib import Path

from acquis.record.keys import sync_folder
from acquis.record.merkle import MerkleTree
from acquis.record.notes import Checkpoint, SignedNote, notes_in

_END = re.compile("\n\u2014 [^\n]+\n\n".encode())
"""The end of a checkpoint: the line of a signature and an empty line."""


class SignedLog:
    """The checkpoints of one log. newest: the last one, as text of a note and as values; None before the first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.notes: list[SignedNote] = []
        if path.exists():
            written = path.read_bytes()
            ends = [match.end() for match in _END.finditer(written)] or [0]
            if ends[-1] != len(written):
                os.truncate(path, ends[-1])  # a power cut left a part of the last one, which nobody has seen
            self.notes = notes_in(written[: ends[-1]].decode())

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

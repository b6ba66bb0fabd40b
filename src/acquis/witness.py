"""A witness of a session: compares each checkpoint of a server with the one that it saw before, and signs what is
consistent. What it saw is durable before it signs."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from acquis.record.keys import KeyProblem, private_text, write_durably
from acquis.record.merkle import ProofFailed, check_consistency
from acquis.record.notes import COSIGNATURE, Checkpoint, NoteError, SignedNote, VerifierKey, cosign, key_of

TIMEOUT_S = 20
ANSWER_LIMIT = 1024 * 1024


class Unreachable(Exception):
    """The server did not answer, or has signed nothing yet."""


class SplitView(Exception):
    """The server shows another history than before. The text contains both checkpoints."""


class WitnessKey(msgspec.Struct, frozen=True):
    """The key of a witness, and the name under which it signs."""

    private: Ed25519PrivateKey
    name: str

    @property
    def verifier(self) -> VerifierKey:
        """The public key, for the organizer."""
        return key_of(self.private, self.name, COSIGNATURE)

    @classmethod
    def open(cls, path: Path, name: str) -> WitnessKey:
        """The key in a file, which is made if it is missing; its name is in a file beside it. Raises KeyProblem."""
        name_file = path.with_suffix(".name")
        if not path.exists():
            if not name:
                raise KeyProblem(f"{path} does not exist. To make a key, add the name of the witness: --name")
            made = Ed25519PrivateKey.generate()
            key_of(made, name)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_durably(name_file, f"{name}\n".encode())
            write_durably(path, private_text(made))
        try:
            private = load_pem_private_key(path.read_bytes(), None)
            kept = name_file.read_text("utf-8").strip() if name_file.exists() else name
        except ValueError as error:
            raise KeyProblem(f"{path} is damaged. Restore it from a backup.") from error
        if not isinstance(private, Ed25519PrivateKey) or not kept or name not in ("", kept):
            raise KeyProblem(f"{path} is not the key of the witness {name or kept or 'named with --name'}.")
        return cls(private, kept)


class Seen(msgspec.Struct, frozen=True):
    """The last checkpoint that was consistent, as the server wrote it, and the key that signed it."""

    note: str
    key: str


class Follower:
    """Follows one log. url: the address of the session; kept: the file with what was seen."""

    def __init__(self, url: str, key: WitnessKey, kept: Path) -> None:
        self._url, self._key, self._kept = url.rstrip("/"), key, kept
        self._seen: dict[str, Seen] = {}
        if kept.exists():
            self._seen = msgspec.json.decode(kept.read_bytes(), type=dict[str, Seen])

    def look(self, now: int) -> str:
        """Fetch the newest checkpoint, compare it, and hand in a cosignature. Returns a line about it; empty if nothing
        has changed. now: seconds since 1970. Raises Unreachable, SplitView."""
        try:
            note = SignedNote.parse(self._fetch("checkpoint"))
            checkpoint = Checkpoint.parse(note.text)
            before = self._seen.get(self._url)
            if before is not None and SignedNote.parse(before.note).text == note.text:
                return ""
            key = self._signer(note, before)
        except NoteError as error:
            raise Unreachable(f"{self._url} shows no checkpoint that can be read: {error}.") from error
        self._compare(checkpoint, note, before)
        # Durable before the cosignature exists: after a crash the witness never signs a history beside this one.
        self._seen[self._url] = Seen(str(note), key)
        write_durably(self._kept, msgspec.json.encode(self._seen))
        signed = SignedNote(note.text, (cosign(note.text, self._key.private, self._key.name, now),))
        stored = msgspec.json.decode(self._send("cosignature", str(signed).encode()), type=dict[str, bool])
        outcome = "signed" if stored.get("stored") else "signed, but the organizer has not named this witness"
        return f"{checkpoint.origin}: {checkpoint.size} entries, {outcome}"

    def _signer(self, note: SignedNote, before: Seen | None) -> str:
        """The key that signed the note: the one that was seen before, or one that it leads to. Raises NoteError,
        SplitView."""
        chain = [line.partition(" ") for line in self._fetch("keys.txt").splitlines()]
        known = before.key if before is not None else chain[0][0] if chain else ""
        trusted = [known]
        for key, _, signature in chain:
            if key not in trusted and VerifierKey.parse(trusted[-1]).signed(key, signature):
                trusted.append(key)
        for key in reversed(trusted):
            if key and note.signed_by(VerifierKey.parse(key)):
                return key
        raise SplitView(f"The checkpoint is not signed by a key that follows from {known or 'any key'}:\n\n{note}")

    def _compare(self, checkpoint: Checkpoint, note: SignedNote, before: Seen | None) -> None:
        if before is None:
            return
        earlier = Checkpoint.parse(SignedNote.parse(before.note).text)
        small, large = sorted((earlier, checkpoint), key=lambda either: either.size)
        try:
            if earlier.origin != checkpoint.origin:
                raise ProofFailed("the log has another name")
            proof = self._proof(small.size, large.size)
            check_consistency(small.size, small.root, large.size, large.root, proof)
        except ProofFailed as error:
            raise SplitView(
                f"{self._url} shows another history than before ({error}). "
                f"Keep both checkpoints:\n\n{before.note}\n{note}"
            ) from error
        if checkpoint.size < earlier.size:
            raise Unreachable(f"{self._url} shows an older checkpoint than before.")

    def _proof(self, old: int, new: int) -> list[bytes]:
        try:
            answer = msgspec.json.decode(self._fetch(f"consistency?old={old}&new={new}"))
            return [bytes.fromhex(node) for node in answer["proof"]]
        except (msgspec.DecodeError, KeyError, TypeError, ValueError) as error:
            raise ProofFailed("the server gives no proof") from error
        except Unreachable as error:
            if isinstance(error.__cause__, urllib.error.HTTPError) and error.__cause__.code == 404:
                raise ProofFailed("the server has no such log any more") from error
            raise

    def _fetch(self, name: str) -> str:
        return self._send(name).decode()

    def _send(self, name: str, body: bytes | None = None) -> bytes:
        if not self._url.startswith(("http://", "https://")):
            raise Unreachable(f"{self._url} is not the address of a session: it begins with https://.")
        address = f"{self._url}/{name}"
        request = urllib.request.Request(address, body, {"content-type": "text/plain", "accept": "*/*"})  # noqa: S310  # checked above
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310  # as above
                content: bytes = answer.read(ANSWER_LIMIT)
                return content
        except (OSError, ValueError) as error:
            raise Unreachable(f"{address} cannot be read: {error}.") from error

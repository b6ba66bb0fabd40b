"""Signed notes, checkpoints and cosignatures as C2SP specifies them, with Ed25519. Pure functions that open no file.

The specifications are signed-note, tlog-checkpoint and tlog-cosignature of https://c2sp.org.

A note is a text, an empty line, and lines of signatures. A checkpoint is a note whose text has an origin, the number of
entries of a log and the root of its Merkle tree. A witness signs the same text after a line with the time.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from collections.abc import Iterable
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, COSIGNATURE = 1, 4
"""The algorithms of keys: Ed25519 over the text of a note, and over a text with the time of a witness."""
SIGNATURES = 64
"""The most signatures that are read from a note."""

_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_MARK = "\u2014 "
_ID_BYTES, _PUBLIC_BYTES, _TIME_BYTES, _SIGNATURE_BYTES = 4, 32, 8, 64


class NoteError(ValueError):
    """A note, a key or a signature is not in its form, or does not verify."""


class VerifierKey(msgspec.Struct, frozen=True):
    """A public key with the name under which it signs. public: the 32 bytes of Ed25519."""

    name: str
    public: bytes
    algorithm: int = ED25519

    @property
    def id(self) -> bytes:
        """The 4 bytes by which signatures name the key."""
        return sha256(self.name.encode() + b"\n" + self._typed).digest()[:_ID_BYTES]

    @property
    def _typed(self) -> bytes:
        return bytes([self.algorithm]) + self.public

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(self._typed).decode()}"

    def signed(self, text: str, signature: str) -> bool:
        """Whether a signature (base64, without the time of a witness) is that of this key over a text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(_base64(signature), text.encode())
        except (InvalidSignature, NoteError):
            return False
        return True

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """The key that is written as `<name>+<id>+<base64>`. Raises NoteError."""
        name, _, rest = text.strip().partition("+")
        written, _, encoded = rest.partition("+")
        typed = _base64(encoded)
        if not _NAME.fullmatch(name) or len(typed) != 1 + _PUBLIC_BYTES or typed[0] not in (ED25519, COSIGNATURE):
            raise NoteError("this is not a verifier key for Ed25519")
        key = cls(name, typed[1:], typed[0])
        if key.id.hex() != written:
            raise NoteError("the id of the verifier key does not belong to it")
        return key


class NoteSignature(msgspec.Struct, frozen=True):
    """A line of a note: the name of the signer, the id of the key, and the bytes of the signature."""

    name: str
    id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"{_MARK}{self.name} {b64encode(self.id + self.value).decode()}"

    @property
    def time(self) -> int:
        """When a witness signed, in seconds since 1970."""
        return int.from_bytes(self.value[:_TIME_BYTES])


class SignedNote(msgspec.Struct, frozen=True):
    """A text, which ends with a line feed, and its signatures."""

    text: str
    signatures: tuple[NoteSignature, ...] = ()

    def __str__(self) -> str:
        return "\n".join((self.text, *map(str, self.signatures), ""))

    @classmethod
    def parse(cls, written: str) -> "SignedNote":
        """The note that is written as text. Raises NoteError."""
        text, gap, lines = written.rpartition("\n\n")
        if not gap or not text or not lines.endswith("\n") or _CONTROL.search(written):
            raise NoteError("this is not a signed note")
        rows = lines[:-1].split("\n")
        if len(rows) > SIGNATURES:
            raise NoteError("the note has too many signatures")
        return cls(text + "\n", tuple(map(_signature, rows)))

    def signed_by(self, key: VerifierKey) -> NoteSignature | None:
        """The signature of this key; None if the note has none. Raises NoteError if it has one that is wrong."""
        for signature in self.signatures:
            if (signature.name, signature.id) == (key.name, key.id):
                _check(self.text, signature, key)
                return signature
        return None

    def also(self, signatures: Iterable[NoteSignature]) -> "SignedNote":
        """The note with further signatures, each once."""
        return SignedNote(self.text, tuple(dict.fromkeys((*self.signatures, *signatures))))


class Checkpoint(msgspec.Struct, frozen=True):
    """The state of a log: the number of its entries and the root of its tree. origin: the name of the log."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """The checkpoint in the text of a note, which has these three lines only. Raises NoteError."""
        origin, size, root, *rest = [*text.split("\n"), "", "", ""]
        hashed = _base64(root)
        lines = origin and re.fullmatch("[1-9][0-9]{0,18}", size) and len(hashed) == _PUBLIC_BYTES
        if not lines or any(rest) or text.count("\n") != 3:
            raise NoteError("this is not a checkpoint")
        return cls(origin, int(size), hashed)


def notes_in(written: str) -> list[SignedNote]:
    """The notes of a file such as `checkpoints.txt`, between which there are empty lines. No text has an empty line.
    Raises NoteError."""
    blocks = written.removesuffix("\n").split("\n\n")
    if len(blocks) % 2 or not written.endswith("\n"):
        raise NoteError("the last note is not complete")
    return [SignedNote.parse(f"{text}\n\n{lines}\n") for text, lines in zip(blocks[::2], blocks[1::2])]


def joined(notes: Iterable[SignedNote]) -> str:
    """Notes as a file, with an empty line between two of them."""
    return "\n".join(map(str, notes))


def key_of(private: Ed25519PrivateKey, name: str, algorithm: int = ED25519) -> VerifierKey:
    """The verifier key of a private key under a name. Raises NoteError for a name with white space or a plus sign."""
    if not _NAME.fullmatch(name):
        raise NoteError(f"{name!r} cannot be the name of a key: it is empty, or has white space or a plus sign")
    return VerifierKey(name, private.public_key().public_bytes_raw(), algorithm)


def sign(text: str, private: Ed25519PrivateKey, name: str) -> SignedNote:
    """A note with the signature of a key under a name. Raises NoteError for a text that cannot be a note."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise NoteError("the text of a note ends with a line feed and has no control characters")
    key = key_of(private, name)
    return SignedNote(text, (NoteSignature(name, key.id, private.sign(text.encode())),))


def cosign(text: str, private: Ed25519PrivateKey, name: str, time: int) -> NoteSignature:
    """The cosignature of a witness on the text of a checkpoint. time: seconds since 1970."""
    key = key_of(private, name, COSIGNATURE)
    value = time.to_bytes(_TIME_BYTES) + private.sign(_timed(text, time))
    return NoteSignature(name, key.id, value)


def _timed(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _check(text: str, signature: NoteSignature, key: VerifierKey) -> None:
    value, message = signature.value, text.encode()
    if key.algorithm == COSIGNATURE:
        value, message = value[_TIME_BYTES:], _timed(text, signature.time)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(value, message)
    except InvalidSignature:
        raise NoteError(f"the signature of {key.name} is wrong") from None


def _signature(line: str) -> NoteSignature:
    mark, name, encoded = (*line.split(" "), "", "")[:3]
    value = _base64(encoded)
    if mark != _MARK.strip() or line.count(" ") != 2 or not _NAME.fullmatch(name) or len(value) <= _ID_BYTES:
        raise NoteError("this is not a signature of a note")
    return NoteSignature(name, value[:_ID_BYTES], value[_ID_BYTES:])


def _base64(text: str) -> bytes:
    """The bytes of a text in base64 in its only form. Raises NoteError."""
    try:
        value = b64decode(text, validate=True)
    except (BadBase64, ValueError):
        raise NoteError("this is not base64") from None
    if b64encode(value).decode() != text:
        raise NoteError("this is not base64")
    return value

"""The chain of format 1, in which logs are kept that earlier versions began. It is read, verified and continued.

    digest = SHA-256(salt | body)                                 salt: 16 random bytes
    link   = SHA-256(before | seq | at | len(by) | by | digest)

    before   32 bytes   the link of the previous entry; 32 zero bytes for the first
    seq       8 bytes   big endian
    at        8 bytes   big endian, two's complement, milliseconds since 1970 (UTC)
    len(by)   2 bytes   big endian, the length of `by` in bytes
    by                  UTF-8
    digest   32 bytes

An entry has one part, the whole body, whose commitment is the digest. An export shows what is left of a body without
its salt, which nothing proves: format 2 has no such entries.
"""

from __future__ import annotations

import struct
from collections.abc import Collection
from hashlib import sha256
from typing import Any

import msgspec

from acquis.record import Entry, Part

GENESIS = bytes(32)

_numbers = struct.Struct(">QqH").pack


def link(before: bytes, seq: int, at: int, by: str, covered: bytes) -> bytes:
    """The link of an entry, 32 bytes. covered: the digest of its body. Raises ValueError if a part is out of range."""
    name = by.encode()
    try:
        return sha256(before + _numbers(seq, at, len(name)) + name + covered).digest()
    except struct.error as error:
        raise ValueError(f"number or name out of range: {error}") from None


def without(body: bytes, members: Collection[str]) -> bytes:
    """A body without some of its members."""
    kept: dict[str, Any] = msgspec.json.decode(body)
    return msgspec.json.encode({name: value for name, value in kept.items() if name not in members})


class _LineOfFormat1(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    seq: int
    at: int
    by: str
    body: msgspec.Raw
    salt: str | None
    digest: str
    link: str


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_LineOfFormat1).decode


def to_line(entry: Entry) -> bytes:
    """An entry as one line of JSON, without the line end: {"seq", "at", "by", "body", "salt", "digest", "link"}. The
    body is included byte for byte, or null if the entry is sealed. Raises ValueError for a body that is not compact
    JSON in one line, because it could not be read back unchanged."""
    line = _line(entry)
    if b"\n" in line or bytes(_decode(line).body) != (entry.body or b"null"):
        raise ValueError(f"the body of entry {entry.seq} is not compact JSON")
    return line


def from_line(line: bytes) -> Entry:
    """The entry of a line. Raises ValueError for any line that `to_line` would not have written."""
    raw = _decode(line)
    body = bytes(raw.body)
    salt = None if raw.salt is None else bytes.fromhex(raw.salt)
    sealed = body == b"null" and salt is None
    part = Part(bytes.fromhex(raw.digest), salt, None if salt is None else body)
    entry = Entry(
        raw.seq, raw.at, raw.by, "", body=b"" if sealed else body, parts=(part,), link=bytes.fromhex(raw.link), format=1
    )
    if _line(entry) != line or len(part.commitment) != 32 or len(entry.link) != 32:
        raise ValueError(f"entry {entry.seq} is not written in the form of an export")
    return entry


def _line(entry: Entry) -> bytes:
    (part,) = entry.parts
    salt = None if part.salt is None else part.salt.hex()
    return _encode(
        _LineOfFormat1(
            entry.seq,
            entry.at,
            by=entry.by,
            body=msgspec.Raw(entry.body or b"null"),
            salt=salt,
            digest=part.commitment.hex(),
            link=entry.link.hex(),
        )
    )

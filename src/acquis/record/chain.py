"""The hash chain of a log, and the JSON lines in which a log is exported. Pure functions that open no file.

    digest = SHA-256(salt | body)                                 salt: 16 random bytes
    link   = SHA-256(before | seq | at | len(by) | by | digest)

    before   32 bytes   the link of the previous entry; 32 zero bytes for the first
    seq       8 bytes   big endian
    at        8 bytes   big endian, two's complement, milliseconds since 1970 (UTC)
    len(by)   2 bytes   big endian, the length of `by` in bytes
    by                  UTF-8
    digest   32 bytes

All parts but one have a fixed length and the length of that one is included, so different entries never have the same
bytes. The link covers the digest and not the body: a body can be erased together with its salt while the chain remains
valid, and without the salt a short text cannot be found by guessing. The key of an entry is neither covered by the link
nor exported.
"""

import struct
from collections.abc import Iterable
from hashlib import sha256

import msgspec

from acquis.record import Entry, Verdict

GENESIS = bytes(32)
SALT_BYTES = 16

Row = tuple[int, int, str, bytes, bytes | None, bytes | None, bytes]
"""seq, at, by, body, salt, digest, link. The digest may be None if there is a salt, because it follows from salt and
body."""

_blank = sha256().copy  # copying a blank hash is a third faster than creating one
_numbers = struct.Struct(">QqH").pack


def digest(salt: bytes, body: bytes) -> bytes:
    """SHA-256 of salt followed by body, 32 bytes."""
    hashing = _blank()
    hashing.update(salt + body)
    return hashing.digest()


def link(before: bytes, seq: int, at: int, by: str, covered: bytes) -> bytes:
    """The link of an entry, 32 bytes. covered: the digest of the entry. Raises ValueError if a part is out of range."""
    name = by.encode()
    hashing = _blank()
    try:
        hashing.update(before + _numbers(seq, at, len(name)) + name + covered)
    except struct.error as error:
        raise ValueError(f"number or name out of range: {error}") from None
    return hashing.digest()


def verify(entries: Iterable[Entry], before: bytes = GENESIS) -> Verdict:
    """Check a whole log, or the entries of an export, against the rules above.

    The first entry must have number 1, unless `before` is given: then it may have any number.
    """
    return verify_rows(((e.seq, e.at, e.by, e.body, e.salt, e.digest, e.link) for e in entries), before)


def verify_rows(rows: Iterable[Row], before: bytes = GENESIS) -> Verdict:
    """The same as `verify`, for rows. A ValueError that `rows` raises marks the next entry as undecodable."""
    count = erased = 0
    expected = 1 if before == GENESIS else None
    try:
        for seq, at, by, body, salt, kept, linked in rows:
            if expected is None:
                expected = seq
            if seq != expected:
                return Verdict(count, erased, before, expected, f"number out of order: found {seq}")
            if salt is None:
                erased += 1
                covered = kept
            elif len(salt) != SALT_BYTES:
                return Verdict(
                    count,
                    erased,
                    before,
                    expected,
                    f"undecodable row: salt of {len(salt)} bytes",
                )
            else:
                covered = digest(salt, body)
                if kept is not None and kept != covered:
                    return Verdict(
                        count,
                        erased,
                        before,
                        expected,
                        "digest differs: the body or its salt was changed",
                    )
            if covered is None or link(before, seq, at, by, covered) != linked:
                return Verdict(count, erased, before, expected, "link differs")
            count, before, expected = count + 1, linked, expected + 1
    except (ValueError, TypeError) as error:
        return Verdict(count, erased, before, expected or 1, f"undecodable row: {error}")
    return Verdict(count, erased, before, None, "")


class _Line(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    seq: int
    at: int
    by: str
    body: msgspec.Raw
    salt: str | None
    digest: str
    link: str


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Line).decode


def to_line(entry: Entry) -> bytes:
    """An entry as one line of JSON, without the line end: {"seq", "at", "by", "body", "salt", "digest", "link"}.

    The body is included byte for byte; salt (null if erased), digest and link are in hexadecimal. Raises ValueError if
    the body is not compact JSON in one line, because it could not be read back unchanged.
    """
    line = _line(entry)
    if b"\n" in line or from_line(line).body != entry.body:
        raise ValueError(f"the body of entry {entry.seq} is not compact JSON")
    return line


def to_lines(entries: Iterable[Entry]) -> bytes:
    """Entries as JSON lines. Raises ValueError in the same cases as `to_line`."""
    return b"".join(to_line(entry) + b"\n" for entry in entries)


def from_line(line: bytes) -> Entry:
    """The entry of a line written by `to_line`, with or without the line end; its key is empty.

    Raises ValueError for any line that `to_line` would not have written, so that every changed byte is detected.
    """
    line = line.removesuffix(b"\n")
    try:
        raw = _decode(line)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from None
    salt = None if raw.salt is None else bytes.fromhex(raw.salt)
    entry = Entry(
        raw.seq,
        raw.at,
        by=raw.by,
        key="",
        body=bytes(raw.body),
        salt=salt,
        digest=bytes.fromhex(raw.digest),
        link=bytes.fromhex(raw.link),
    )
    if _line(entry) != line:
        raise ValueError(f"entry {raw.seq} is not written in the form of an export")
    return entry


def _line(entry: Entry) -> bytes:
    salt = None if entry.salt is None else entry.salt.hex()
    body = msgspec.Raw(entry.body)
    return _encode(
        _Line(
            entry.seq,
            entry.at,
            by=entry.by,
            body=body,
            salt=salt,
            digest=entry.digest.hex(),
            link=entry.link.hex(),
        )
    )

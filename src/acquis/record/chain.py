"""The hash chain of a log, and the form in which a log leaves the house. Pure: nothing here opens a file.

    digest = SHA-256(salt | body)                                 salt: 16 random bytes
    link   = SHA-256(before | seq | at | len(by) | by | digest)

    before   32 bytes   the link of the entry before; 32 zero bytes for the first
    seq       8 bytes   big endian
    at        8 bytes   big endian, two's complement, milliseconds since 1970 (UTC)
    len(by)   2 bytes   big endian, the length of `by` in bytes
    by                  UTF-8
    digest   32 bytes

Every part but one has a fixed length and the length of that one is given, so no two entries share their bytes. The link
covers the digest and not the body: a body can be erased with its salt and the chain still holds, and without the salt
nobody can find a short text by guessing. The key of an entry is between the asker and the keeper: it is neither covered
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
"""seq, at, by, body, salt, digest, link. The digest may be None where a salt is: it then follows from salt and body."""

_blank = sha256().copy  # a third faster than to begin anew each time
_numbers = struct.Struct(">QqH").pack


def digest(salt: bytes, body: bytes) -> bytes:
    """SHA-256 of salt and body, 32 bytes."""
    hashing = _blank()
    hashing.update(salt + body)
    return hashing.digest()


def link(before: bytes, seq: int, at: int, by: str, covered: bytes) -> bytes:
    """The link of an entry to the one before it, 32 bytes. Raises ValueError when a part does not fit its place."""
    name = by.encode()
    hashing = _blank()
    try:
        hashing.update(before + _numbers(seq, at, len(name)) + name + covered)
    except struct.error as error:
        raise ValueError(f"number or name out of range: {error}") from None
    return hashing.digest()


def verify(entries: Iterable[Entry], before: bytes = GENESIS) -> Verdict:
    """Check a whole log, or the entries of an export, against the rules above.

    The first entry must have number 1, unless `before` is given: then the first one given may have any number.
    """
    return verify_rows(((e.seq, e.at, e.by, e.body, e.salt, e.digest, e.link) for e in entries), before)


def verify_rows(rows: Iterable[Row], before: bytes = GENESIS) -> Verdict:
    """As `verify`, without the objects. A ValueError from `rows` itself marks the next entry as undecodable."""
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
    """An entry as one line of JSON, without the line's end: {"seq", "at", "by", "body", "salt", "digest", "link"}.

    The body stands in it as it is, byte for byte; salt (null when erased), digest and link in hexadecimal.
    Raises ValueError for a body that would not come back as it was (it is not compact JSON in one line).
    """
    line = _line(entry)
    if b"\n" in line or from_line(line).body != entry.body:
        raise ValueError(f"the body of entry {entry.seq} is not compact JSON")
    return line


def to_lines(entries: Iterable[Entry]) -> bytes:
    """Entries as lines of JSON, one entry a line. Raises ValueError as `to_line` does."""
    return b"".join(to_line(entry) + b"\n" for entry in entries)


def from_line(line: bytes) -> Entry:
    """The entry of a line made by `to_line`, with or without the line's end; its key is empty.

    Raises ValueError for anything `to_line` would not have written, so that each changed byte of a file is found.
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
        raw.by,
        "",
        bytes(raw.body),
        salt,
        bytes.fromhex(raw.digest),
        bytes.fromhex(raw.link),
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
            entry.by,
            body,
            salt,
            entry.digest.hex(),
            entry.link.hex(),
        )
    )

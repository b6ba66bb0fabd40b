"""Exported logs: one entry on each line, as canonical JSON. Pure functions; docs/record-format.md is the
specification.

    {"seq":17,"parts":[["<salt>","<value>"],"<commitment>"],"link":"<link>"}

A part that is shown is an array of its salt and its value, which is a string that contains JSON; a part that is not
shown is its commitment. Salts, commitments and links are in hexadecimal.
"""

from __future__ import annotations

from binascii import hexlify
from collections.abc import Iterable

import msgspec

from acquis.record import Entry, Part, format1
from acquis.record.chain import COMMITMENT_BYTES, MOST_PARTS, SALT_BYTES, commitment, shown


class _Line(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    seq: int
    parts: list[tuple[str, str] | str]
    link: str


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Line).decode
_DIGITS = 2 * COMMITMENT_BYTES


def to_line(entry: Entry) -> bytes:
    """An entry as one line, without the line end."""
    if entry.format == 1:
        return format1.to_line(entry)
    if len(entry.parts) == 1 and entry.parts[0].salt is None:  # nearly all entries of a public log are votes
        return b'{"seq":%d,"parts":["%b"],"link":"%b"}' % (
            entry.seq,
            hexlify(entry.parts[0].commitment),
            hexlify(entry.link),
        )
    written = [
        part.commitment.hex() if part.salt is None or part.value is None else (part.salt.hex(), part.value.decode())
        for part in entry.parts
    ]
    return _encode(_Line(entry.seq, written, entry.link.hex()))


def to_lines(entries: Iterable[Entry]) -> bytes:
    """Entries as lines, each with its line end."""
    return b"".join(to_line(entry) + b"\n" for entry in entries)


def from_line(line: bytes) -> Entry:
    """The entry of a line written by `to_line`, with or without the line end; its key is empty.

    Raises ValueError for any line that `to_line` would not have written, so that every changed byte is detected.
    """
    line = line.removesuffix(b"\n")
    try:
        return _read(line) if b'"parts":' in line[:40] else format1.from_line(line)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _read(line: bytes) -> Entry:
    raw = _decode(line)
    if 1 <= len(raw.parts) <= MOST_PARTS and len(raw.link) == _DIGITS:
        entry = shown(raw.seq, tuple(map(_part, raw.parts)), bytes.fromhex(raw.link))
        if to_line(entry) == line:
            return entry
    raise ValueError(f"entry {raw.seq} is not written in the form of an export")


def _part(written: tuple[str, str] | str) -> Part:
    if isinstance(written, str):
        if len(written) != _DIGITS:
            raise ValueError(f"a commitment has {_DIGITS} digits")
        return Part(bytes.fromhex(written))
    salt, value = bytes.fromhex(written[0]), written[1].encode()
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {2 * SALT_BYTES} digits")
    return Part(commitment(salt, value), salt, value)

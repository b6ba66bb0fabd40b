"""The hash chain of a log. Pure functions that open no file; docs/record-format.md is the specification.

    commitment = SHA-256(salt | value)                              salt: 16 random bytes
    link       = SHA-256(before | seq | commitment 1 | ... | commitment n)

    before        32 bytes   the link of the previous entry; GENESIS for the first
    seq            8 bytes   big endian
    commitments   32 bytes each, at least one

All parts of a link have a fixed length, so different entries never have the same bytes. The link covers commitments and
not values: a part can be left out together with its salt while the chain remains valid, and without the salt a short
text cannot be found by guessing. The value of the first part begins with the time and the person, so that an entry
whose first part is not shown says nothing about either. The key of an entry is neither covered nor exported.

The person can be a part of its own, behind the first: then the first has the time only, and the entry can be shown
without saying whose it is.

The salts of the parts of an entry are derived from one salt, which is stored. It is never shown, unless the entry has
one part only: then it is the salt of this part.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection, Iterable, Iterator
from hashlib import sha256
from typing import Any, TypeAlias

import msgspec

from acquis.record import Entry, Part, Verdict, format1
from acquis.record.bounds import is_bounded

FORMAT = 2
SALT_BYTES = 16
COMMITMENT_BYTES = 32
MOST_PARTS = 16
APART = 0
"""A first cut at this place divides the person from the first part, as a part of its own."""

GENESIS = sha256(b"acquis record 2").digest()
"""The value before the first link of a log of format 2."""
BEFORE_FIRST = {1: format1.GENESIS, FORMAT: GENESIS}
"""Format -> the value before the first link."""

_number = struct.Struct(">Q").pack
_encode = msgspec.json.Encoder().encode


def commitment(salt: bytes, value: bytes) -> bytes:
    """SHA-256 of salt followed by value, 32 bytes."""
    return sha256(salt + value).digest()


def link(before: bytes, seq: int, commitments: bytes) -> bytes:
    """The link of an entry, 32 bytes. commitments: those of its parts in order, 32 bytes each. Raises ValueError if a
    part is missing or the number is out of range."""
    if not commitments or len(commitments) % COMMITMENT_BYTES:
        raise ValueError("an entry has at least one commitment of 32 bytes")
    try:
        return sha256(before + _number(seq) + commitments).digest()
    except struct.error as error:
        raise ValueError(f"number out of range: {error}") from None


def part_salt(salt: bytes, place: int, of: int) -> bytes:
    """The salt of the part at `place` (from 0) of an entry that has `of` parts, from the salt of the entry."""
    return salt if of == 1 else sha256(salt + bytes([place])).digest()[:SALT_BYTES]


def opening(at: int, by: str | None) -> bytes:
    """The bytes with which the value of the first part begins: time and person. `by` is None if the person is a part of
    its own."""
    return b'{"at":%d,' % at if by is None else b'{"at":%d,"by":%b,' % (at, _encode(by))


def person_part(by: str) -> bytes:
    """The value of the part that contains the person."""
    return b'{"by":%b}' % _encode(by)


def require_body(body: bytes, cuts: Collection[int]) -> None:
    """Raises ValueError for a body that is not an object, or not divided at the commas between its members (`APART`
    before them)."""
    if body[:2] != b'{"' or body[-1:] != b"}":
        raise ValueError("a body is a JSON object with at least one member")
    before = 0
    for place, cut in enumerate(cuts):
        if cut == APART and place == 0 and not body.startswith(b'{"by":'):
            continue
        if cut <= before or body[cut : cut + 2] != b',"':
            raise ValueError("a body is divided at the commas between its members, in ascending order")
        before = cut
    if len(cuts) >= MOST_PARTS:
        raise ValueError(f"a body has at most {MOST_PARTS} parts")


def values(body: bytes, cuts: tuple[int, ...], at: int, by: str) -> list[bytes]:
    """The values of the parts of a body. Raises ValueError as `require_body`."""
    require_body(body, cuts)
    if not cuts:
        return [opening(at, by) + body[1:]]
    apart = cuts[0] == APART
    commas = cuts[1:] if apart else cuts
    starts, ends = [0, *commas], [*commas, len(body) - 1]
    first, *others = [b"{%b}" % body[start + 1 : end] for start, end in zip(starts, ends, strict=True)]
    if apart:
        return [opening(at, None) + first[1:], person_part(by), *others]
    return [opening(at, by) + first[1:], *others]


def parts(body: bytes, cuts: tuple[int, ...], at: int, by: str, salt: bytes) -> tuple[Part, ...]:
    """The parts of an entry of format 2 of which nothing was erased. Raises ValueError as `values`."""
    if not cuts and body[:2] == b'{"' and body[-1:] == b"}":  # nearly all entries are votes, which have one part
        whole = opening(at, by) + body[1:]
        return (Part(sha256(salt + whole).digest(), salt, whole),)
    divided = values(body, cuts, at, by)
    salts = [part_salt(salt, place, len(divided)) for place in range(len(divided))]
    return tuple(map(_proved, salts, divided))


def commitments(parts: tuple[Part, ...]) -> bytes:
    """The commitments of the parts of an entry, as `link` takes them."""
    return parts[0].commitment if len(parts) == 1 else b"".join([part.commitment for part in parts])


def merged(shown: Iterable[bytes]) -> tuple[bytes, tuple[int, ...]]:
    """One body from JSON objects that have at least one member each, and the positions of the commas between them."""
    body, cuts = b"{", []
    for value in shown:
        if len(body) > 1:
            cuts.append(len(body))
            body += b","
        body += value[1:-1]
    return (body + b"}", tuple(cuts)) if len(body) > 1 else (b"", ())


def hidden(entry: Entry, keeps: Callable[[int, Part], bool]) -> Entry:
    """The entry without its key and without the parts for which `keeps` (place from 0, part) is false. Without the
    first part it is sealed: no part is shown. (An entry of format 1 keeps its time and its person: its link covers
    them.)"""
    if entry.format == 1:
        (whole,) = entry.parts
        body, parts = (entry.body, entry.parts) if keeps(0, whole) else (b"", (Part(whole.commitment),))
        return Entry(entry.seq, entry.at, entry.by, "", body=body, parts=parts, link=entry.link, format=1)
    bare = tuple(
        part if part.salt is None or keeps(place, part) else Part(part.commitment)
        for place, part in enumerate(entry.parts)
    )
    if bare[0].salt is None:
        return sealed(entry)
    body = entry.body if bare == entry.parts else merged(_members(entry, bare))[0]
    by = "" if is_apart(entry) and bare[1].salt is None else entry.by
    return Entry(entry.seq, entry.at, by, "", body=body, parts=bare, link=entry.link)


def sealed(entry: Entry) -> Entry:
    """The entry without its key and without all of its parts."""
    bare = tuple([Part(part.commitment) for part in entry.parts])
    return Entry(entry.seq, 0, "", "", body=b"", parts=bare, link=entry.link)


def is_apart(entry: Entry) -> bool:
    """Whether the person of an entry that shows its first part is a part of its own, the second."""
    first = entry.parts[0].value
    return entry.format != 1 and first is not None and not first.startswith(b'{"at":%d,"by":' % entry.at)


def _members(entry: Entry, shown: tuple[Part, ...]) -> Iterator[bytes]:
    """The parts of the body among the parts of an entry that is shown."""
    apart = is_apart(entry)
    begins = len(opening(entry.at, None if apart else entry.by))
    for place, part in enumerate(shown):
        if part.value is not None and not (apart and place == 1):
            yield part.value if place else b"{" + part.value[begins:]


def members_of(part: Part) -> Collection[str]:
    """The names of the members of a part; none if it is not there."""
    return () if part.value is None else _decode_object(part.value).keys()


_decode_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def _no_float(written: str) -> float:
    raise ValueError(f"{written} is not an integer")


_decode_value = msgspec.json.Decoder(dict[str, Any], float_hook=_no_float).decode


def shown(seq: int, parts: tuple[Part, ...], linked: bytes) -> Entry:
    """An entry of format 2 from the parts that an export shows. Raises ValueError if a part is shown and the first is
    not, if a value is not an object in canonical JSON, if a member stands twice, or if the first part does not begin as
    `opening` says."""
    if parts[0].value is None:
        if any(part.value is not None for part in parts):
            raise ValueError(f"entry {seq} shows a part without the first")
        return Entry(seq, 0, "", "", body=b"", parts=parts, link=linked)
    members = _object(seq, parts[0].value)
    at, apart = members.get("at"), "by" not in members
    by = _person(seq, parts) if apart else members["by"]
    begins = opening(at, None if apart else by) if type(at) is int and at >= 0 and isinstance(by, str) else b""
    if not begins or not parts[0].value.startswith(begins + b'"'):
        raise ValueError(f"entry {seq} does not begin with its time and its person")
    body, count = b"{" + parts[0].value[len(begins) : -1], len(members)
    for part in parts[2 if apart else 1 :]:
        if part.value is not None:
            more = _object(seq, part.value)
            count += len(more)
            members.update(more)
            body += b"," + part.value[1:-1]
    if len(members) != count or (apart and "by" in members):
        raise ValueError(f"entry {seq} has a member in two parts")
    return Entry(seq, members["at"], by, "", body=body + b"}", parts=parts, link=linked)


def _person(seq: int, parts: tuple[Part, ...]) -> str:
    """The person in the second part; empty if it is not shown."""
    if len(parts) < 2:
        raise ValueError(f"entry {seq} lacks the part of its person")
    if parts[1].value is None:
        return ""
    by = _object(seq, parts[1].value).get("by")
    if not isinstance(by, str) or parts[1].value != person_part(by):
        raise ValueError(f"entry {seq} has another part in the place of its person")
    return by


def _object(seq: int, value: bytes) -> dict[str, Any]:
    members = _decode_value(value)
    if not members or _encode(members) != value or not is_bounded(members):
        raise ValueError(f"entry {seq} has a part that is not an object in canonical JSON")
    return members


def verify(entries: Iterable[Entry], before: bytes | None = None) -> Verdict:
    """Check a whole log, or the entries of an export, against the rules above, or against those of format 1.

    The first entry must have number 1, unless `before` is given: then it may have any number.
    """
    count = incomplete = 0
    expected = 1 if before is None else None
    head = GENESIS if before is None else before
    format = 0
    try:
        for entry in entries:
            if not format:
                format = entry.format
                head = BEFORE_FIRST[format] if before is None else head
            expected = entry.seq if expected is None else expected
            if reason := _wrong(entry, expected, head, format):
                return Verdict(count, incomplete, head, expected, reason)
            incomplete += entry.lacks > 0
            count, head, expected = count + 1, entry.link, expected + 1
    except (ValueError, TypeError, KeyError) as error:
        return Verdict(count, incomplete, head, expected or 1, f"undecodable entry: {error}")
    return Verdict(count, incomplete, head, None, "")


def _wrong(entry: Entry, expected: int, before: bytes, format: int) -> str:
    """What is wrong with an entry; empty if nothing is."""
    for part in entry.parts:
        if part.salt is None and part.value is not None:
            return "undecodable entry: a part is shown without its salt"
        if part.salt is not None and len(part.salt) != SALT_BYTES:
            return f"undecodable entry: salt of {len(part.salt)} bytes"
        if part.salt is not None and part.commitment != commitment(part.salt, part.value or b""):
            return "commitment differs: a part or its salt was changed"
    return _unlinked(entry, expected, before, format)


def _unlinked(entry: Entry, expected: int, before: bytes, format: int) -> str:
    """Why an entry does not follow the one with the link `before`; empty if it does."""
    if entry.seq != expected:
        return f"number out of order: found {entry.seq}"
    if entry.format != format:
        return "another format"
    if format == 1:
        linked = format1.link(before, entry.seq, entry.at, entry.by, entry.parts[0].commitment)
    else:
        linked = link(before, entry.seq, commitments(entry.parts))
    return "" if linked == entry.link else "link differs"


Row: TypeAlias = tuple[int, int, str, str, bytes, bytes | None, bytes | None, bytes | None, bytes]
"""An entry as it is stored: seq, at, by, key, body, salt, lost, cuts, link.

Format 2: if parts were erased, `lost` has for each of them its place (1 byte) and its commitment (32 bytes), and `salt`
has the salts of the parts that are left; otherwise `lost` is None and `salt` that of the entry. `cuts` are the
positions of the commas that divide the body, 4 bytes each; None if there are none. Format 1: `lost` is the digest of an
erased body."""

_LOST = 1 + COMMITMENT_BYTES


def stored(row: Row, format: int) -> Entry:
    """A stored row as an entry. Raises ValueError or TypeError if the row is damaged."""
    seq, at, by, key, body, salt, lost, cuts, linked = row
    if format == 1:
        covered = lost or b"" if salt is None else commitment(salt, body)
        whole = len(covered) == COMMITMENT_BYTES and len(salt or bytes(SALT_BYTES)) == SALT_BYTES
        if not whole or lost not in (None, covered) or cuts is not None:
            raise ValueError("digest differs: the body, its salt or its digest was changed")
        part = Part(covered, salt, None if salt is None else body)
        return Entry(seq, at, by, key, body=body, parts=(part,), link=linked, format=format)
    if salt is None or (lost is None and len(salt) != SALT_BYTES):
        raise ValueError("an entry has a salt of 16 bytes")
    if lost is None:
        there = parts(body, () if cuts is None else _unpacked(cuts), at, by, salt)
    else:
        there = _remaining(values(body, _unpacked(cuts), at, by), salt, lost)
    return Entry(seq, at, by, key, body=body, parts=there, link=linked)


def _remaining(divided: list[bytes], salts: bytes, lost: bytes) -> tuple[Part, ...]:
    """The parts of an entry of which some were erased. Raises ValueError if there are not as many salts as values, or
    if `lost` is not as `Row` says."""
    whole = [_proved(salt, value) for salt, value in zip(_chunks(salts, SALT_BYTES), divided, strict=True)]
    before = 0
    for gone in _chunks(lost, _LOST):
        if not before < gone[0] <= len(whole):
            raise ValueError("the places of erased parts are damaged")
        before = gone[0]
        whole.insert(before, Part(gone[1:]))
    return tuple(whole)


def _proved(salt: bytes, value: bytes) -> Part:
    return Part(commitment(salt, value), salt, value)


def _chunks(joined: bytes, size: int) -> list[bytes]:
    if not joined or len(joined) % size:
        raise ValueError(f"{len(joined)} bytes instead of a multiple of {size}")
    return [joined[start : start + size] for start in range(0, len(joined), size)]


def kept(entry: Entry, members: Collection[str]) -> tuple[bytes, bytes, bytes | None, bytes | None] | None:
    """What is stored of an entry without the parts that have one of the members: body, salt, lost, cuts; None if there
    is no such part. Raises ValueError if the first part has one: it cannot be erased."""
    names = frozenset(members)

    left = hidden(entry, lambda place, part: names.isdisjoint(members_of(part)))
    if left.is_sealed or (is_apart(left) and left.parts[1].salt is None):
        raise ValueError(f"the first part of entry {entry.seq}, or its person, cannot be erased")
    if left.parts == entry.parts:
        return None
    lost = b"".join(bytes([place]) + part.commitment for place, part in enumerate(left.parts) if part.value is None)
    body, cuts = merged(_members(left, left.parts))
    cuts = (APART, *cuts) if is_apart(left) else cuts
    return body, b"".join(part.salt for part in left.parts if part.salt is not None), lost, packed(cuts)


def verify_rows(rows: Iterable[Row], format: int) -> Verdict:
    """Check a whole log as it is stored. A ValueError that `rows` raises marks the next entry as undecodable."""
    head, count, incomplete = BEFORE_FIRST[format], 0, 0
    try:
        for row in rows:
            seq, at, by, _, body, salt, lost, cuts, linked = row
            if cuts is None and lost is None and salt is not None and seq == count + 1 and format == FORMAT:
                # Nearly all entries are votes, which have one part: their check without objects takes half the time.
                covered = sha256(b'%b{"at":%d,"by":%b,%b' % (salt, at, _encode(by), body[1:])).digest()
                whole = len(salt) == SALT_BYTES and body[:2] == b'{"'
                if whole and sha256(head + _number(seq) + covered).digest() == linked:
                    count, head = seq, linked
                    continue
            entry = stored(row, format)
            if reason := _unlinked(entry, count + 1, head, format):
                return Verdict(count, incomplete, head, count + 1, reason)
            count, head, incomplete = entry.seq, entry.link, incomplete + (entry.lacks > 0)
    except (ValueError, TypeError) as error:
        return Verdict(count, incomplete, head, count + 1, f"undecodable entry: {error}")
    return Verdict(count, incomplete, head, None, "")


def packed(cuts: Collection[int]) -> bytes | None:
    """The positions of the commas as they are stored."""
    return struct.pack(f">{len(cuts)}I", *cuts) if cuts else None


def _unpacked(cuts: bytes | None) -> tuple[int, ...]:
    if cuts is None:
        return ()
    if not cuts or len(cuts) % 4:
        raise ValueError("the division of a body is damaged")
    return struct.unpack(f">{len(cuts) // 4}I", cuts)

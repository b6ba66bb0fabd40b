"""Verify the chain of an exported log.jsonl of format 2, with the standard library only.

    python examples/verify_log.py log.jsonl [LINK]

LINK is the link of the newest entry as somebody noted it earlier, in hexadecimal. Without it a log that was made anew
from its first line to its last passes, since a chain proves only that its lines belong together. Exits 1 if something
is wrong.

Each line is {"seq", "parts", "link"}. A part that is shown is [salt, value]; one that is left out is its commitment.

    commitment = SHA-256(salt | value)
    link       = SHA-256(link before | seq | commitment 1 | ... | commitment n)

seq is 8 bytes, big endian; the link before the first is SHA-256("acquis record 2"). Nothing is shown that is not
covered: whether what is left out may be left out is a question for `acquis verify`.
"""

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

GENESIS = hashlib.sha256(b"acquis record 2").digest()


def decoded(text: str) -> dict[str, Any]:
    """A JSON object that is written as an export writes it. Raises ValueError for any other form."""
    value = json.loads(text, parse_float=int)  # there are no fractions and no exponents
    canonical = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if not isinstance(value, dict) or not value or canonical != text:
        raise ValueError("not an object in the form of an export")
    return value


def octets(text: str, count: int) -> bytes:
    """The bytes of lower-case hexadecimal digits."""
    if not re.fullmatch(f"[0-9a-f]{{{2 * count}}}", text):
        raise ValueError(f"{text[:80]!r} is not {count} bytes in hexadecimal")
    return bytes.fromhex(text)


def commitments(parts: list[Any]) -> bytes:
    """The commitments of the parts of an entry, one after the other."""
    shown = [name for part in parts if not isinstance(part, str) for name in decoded(part[1])]
    if not parts or (shown and not re.match(r'\{"at":\d+,"by":"([^"\\]|\\.)*",', parts[0][1])):
        raise ValueError("the first part, with time and person, is missing")
    if len(set(shown)) != len(shown):
        raise ValueError("a member is in two parts")
    result = b""
    for part in parts:
        if isinstance(part, str):
            result += octets(part, 32)
        else:
            salt, value = part
            result += hashlib.sha256(octets(salt, 16) + value.encode()).digest()
    return result


def verify(lines: list[str]) -> tuple[int, int, str]:
    """The number of entries, how many lack a part, and the newest link. Raises ValueError: the line and the reason."""
    link, incomplete = GENESIS, 0
    for number, line in enumerate(lines, 1):
        try:
            entry = decoded(line)
            if list(entry) != ["seq", "parts", "link"] or not line.startswith(f'{{"seq":{number},'):
                raise ValueError("another number, or not the members of an entry")
            incomplete += any(isinstance(part, str) for part in entry["parts"])
            link = hashlib.sha256(link + number.to_bytes(8, "big") + commitments(entry["parts"])).digest()
            if link != octets(entry["link"], 32):
                raise ValueError("the link does not follow from the entry and the one before it")
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ValueError(f"line {number}: {error}") from error
    return len(lines), incomplete, link.hex()


def main() -> None:
    """Verify the file that is named on the command line."""
    try:
        lines = Path(sys.argv[1]).read_bytes().decode().split("\n")
        if lines.pop():
            raise ValueError(f"line {len(lines) + 1}: it has no line end")
        entries, incomplete, link = verify(lines)
    except ValueError as error:
        sys.exit(f"NOT VERIFIED. {error}")
    if len(sys.argv) > 2 and sys.argv[2] != link:
        sys.exit(f"NOT VERIFIED. The newest link is {link}")
    print(f"The chain is whole: {entries} entries, {incomplete} of them not shown as a whole. Newest link: {link}")


if __name__ == "__main__":
    main()

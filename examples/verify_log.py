"""Verify the chain of an exported log.jsonl, with the standard library only.

    python examples/verify_log.py log.jsonl [LINK]

LINK is the link of the newest entry as somebody noted it earlier, in hexadecimal. Without it a log that was made anew
from its first line to its last passes, since a chain proves only that its lines belong together. Exits 1 if something
is wrong.

Each line is {"seq", "at", "by", "body", "salt", "digest", "link"}, and

    digest = SHA-256(salt | body)                                 body: the bytes as they stand in the line
    link   = SHA-256(link before | seq | at | len(by) | by | digest)

seq and at are 8 bytes and len(by) is 2 bytes, big endian. An entry whose text was erased or withheld has no salt: its
digest counts, its text cannot be checked.
"""

import hashlib
import json
import struct
import sys
from pathlib import Path
from typing import Any

GENESIS = bytes(32)


def body_of(line: str, entry: dict[str, Any]) -> bytes:
    """The body as it stands in its line. Raises ValueError if the line is not written as an export writes it."""
    salt, by = json.dumps(entry["salt"]), json.dumps(entry["by"], ensure_ascii=False)
    before = f'{{"seq":{entry["seq"]},"at":{entry["at"]},"by":{by},"body":'
    after = f',"salt":{salt},"digest":"{entry["digest"]}","link":"{entry["link"]}"}}'
    if not (line.startswith(before) and line.endswith(after)):
        raise ValueError("not written in the form of an export")
    return line[len(before) : -len(after)].encode()


def verify(lines: list[str]) -> tuple[int, int, str]:
    """The number of entries, how many have no salt, and the newest link. Raises ValueError: the line and the reason."""
    link, unsalted = GENESIS, 0
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            body, kept = body_of(line, entry), bytes.fromhex(entry["digest"])
            if entry["seq"] != number:
                raise ValueError(f"has the number {entry['seq']}")
            if entry["salt"] is None:
                unsalted += 1
            elif hashlib.sha256(bytes.fromhex(entry["salt"]) + body).digest() != kept:
                raise ValueError("the body or its salt was changed")
            by = entry["by"].encode()
            covered = struct.pack(">QqH", entry["seq"], entry["at"], len(by)) + by + kept
            link = hashlib.sha256(link + covered).digest()
            if link.hex() != entry["link"]:
                raise ValueError("the link does not follow from the entry and the one before it")
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise ValueError(f"line {number}: {error}") from error
    return len(lines), unsalted, link.hex()


def main() -> None:
    """Verify the file that is named on the command line."""
    text = Path(sys.argv[1]).read_text("utf-8")
    try:
        entries, unsalted, link = verify(text.splitlines())
    except ValueError as error:
        sys.exit(f"NOT VERIFIED. {error}")
    if len(sys.argv) > 2 and sys.argv[2] != link:
        sys.exit(f"NOT VERIFIED. The newest link is {link}")
    print(f"The chain is whole: {entries} entries, {unsalted} of them without their text's salt. Newest link: {link}")


if __name__ == "__main__":
    main()

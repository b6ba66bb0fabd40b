"""Writes records of format 2 as a server would, from the specification alone: entries, checkpoints, receipts, bundles.

Nothing here comes from Acquis, so that a verifier which agrees with these records agrees with the specification.
"""

from __future__ import annotations

import base64
import copy
import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEALED = ("ParticipantJoined", "VoteCast", "VoteWithdrawn", "QuestionSupported", "SupportWithdrawn")
GROUPS = ("lane", "stakeholder", "region")
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "AnswerWritten": ((), (), (), ("text",)),
    "HandEntered": (GROUPS, (), (), ("about",)),
    "HandRaised": (GROUPS, ("gender",), (), ("about",)),
    "ProgrammePublished": ((), (), ("title", "segments", "room", "seats", "document"), ()),
    "QuestionAsked": (GROUPS, ("gender",), ("to",), ("text",)),
    "ReportPublished": ((), (), ("takeaways", "calls_to_action", "consensus", "concern", "correction", "sections"), ()),
    "SentenceDrafted": ((), (), (), ("text",)),
    "SpeakerGivenFloor": ((), (), ("seat",), ()),
    "SpeechCaptioned": ((), (), ("speaker", "seat"), ("text",)),
    "StatementProposed": ((), (), (), ("text",)),
    "StatementSeeded": ((), (), (), ("text",)),
    "TextMasked": ((), (), (), ("shown",)),
    "FatesStated": ((), (), (), ("who", "to", "words")),
    "VotesStruck": ((), ("voice",), (), ()),
}
"""Event -> the members of the parts 2 to 5, of those events that the stories contain."""
PERSONS = {"HandEntered": ("person",), "ParticipantSilenced": ("person",)}
"""Event -> the members that are secret where the author is."""
FIRST = sha256(b"acquis record 2").digest()


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass
class Part:
    """A part of an entry. `shown`: the public log contains its salt and value."""

    salt: str
    value: str
    shown: bool = True

    @property
    def commitment(self) -> bytes:
        return sha256(bytes.fromhex(self.salt) + self.value.encode()).digest()

    def written(self) -> str | list[str]:
        return [self.salt, self.value] if self.shown else self.commitment.hex()


def leaf(link: bytes) -> bytes:
    return sha256(b"\0" + link).digest()


def root_of(links: list[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, section 2.1, as it is defined there."""
    if len(links) == 1:
        return leaf(links[0])
    split = 1 << (len(links) - 1).bit_length() - 1
    return sha256(b"\1" + root_of(links[:split]) + root_of(links[split:])).digest()


def proof_of(links: list[bytes], index: int) -> list[bytes]:
    """The inclusion proof of RFC 6962, section 2.1.1, as it is defined there."""
    if len(links) == 1:
        return []
    split = 1 << (len(links) - 1).bit_length() - 1
    if index < split:
        return [*proof_of(links[:split], index), root_of(links[split:])]
    return [*proof_of(links[split:], index - split), root_of(links[:split])]


class Signer:
    """A key of a server for a session."""

    def __init__(self, origin: str, seed: int) -> None:
        self.origin = origin
        self.private = Ed25519PrivateKey.from_private_bytes(sha256(b"%d" % seed).digest())
        self.public = self.private.public_key().public_bytes_raw()
        self.id = sha256(origin.encode() + b"\n\1" + self.public).digest()[:4]

    @property
    def verifier_key(self) -> str:
        return f"{self.origin}+{self.id.hex()}+{base64.b64encode(bytes([1]) + self.public).decode()}"

    def signature(self, text: str) -> str:
        return base64.b64encode(self.private.sign(text.encode())).decode()

    def note(self, text: str) -> str:
        signed = base64.b64encode(self.id + self.private.sign(text.encode())).decode()
        return f"{text}\n— {self.origin} {signed}\n"

    def checkpoint(self, links: list[bytes]) -> str:
        return self.note(f"{self.origin}\n{len(links)}\n{base64.b64encode(root_of(links)).decode()}\n")


class Record:
    """A record that is being written. Numbers of entries count from 1."""

    def __init__(self, seed: int = 1, origin: str = "dialogue.example.org/s/f0f1f2f3") -> None:
        self.chance = random.Random(seed)
        self.origin, self.signer = origin, Signer(origin, seed)
        self.entries: list[list[Part]] = []
        self.at = 1_795_944_236_341
        self.hides_authors = False
        """Whether the author of an entry is a part of its own, from now on."""

    def copy(self) -> Record:
        made = copy.copy(self)
        made.entries, made.chance = copy.deepcopy(self.entries), copy.deepcopy(self.chance)
        return made

    def part(self, members: Mapping[str, Any]) -> Part:
        return Part(self.chance.randbytes(16).hex(), canonical(members))

    def add(self, by: str, event: str, **members: Any) -> int:
        """Write an entry, whose members are put into the parts where they belong. Returns its number."""
        self.at += 4000
        apart = self.hides_authors and event not in SEALED
        groups, secret, identifying, texts = COLUMNS.get(event, ((), (), (), ()))
        columns = (groups, (*secret, *(PERSONS.get(event, ()) if apart else ())), identifying, texts)
        places: list[dict[str, Any]] = [{"at": self.at, "by": by, "event": event}, {}, {}, {}, {}]
        places[2] = dict.fromkeys(columns[1], "")
        for name, value in members.items():
            own = next((place for place, names in enumerate(columns, 1) if name in names), 0)
            places[own][name] = value
        author = [{"by": places[0].pop("by")}] if apart else []
        self.entries.append([self.part(members) for members in (places[0], *author, *places[1:]) if members])
        return len(self.entries)

    def members(self, seq: int) -> dict[str, Any]:
        """The members of an entry, whether they are shown or not."""
        return {name: value for part in self.entries[seq - 1] for name, value in json.loads(part.value).items()}

    def numbers(self, event: str) -> list[int]:
        """The entries of a kind of event, whether they are shown or not."""
        return [seq for seq in range(1, len(self.entries) + 1) if self.members(seq)["event"] == event]

    def holding(self, seq: int, member: str) -> Part:
        return next(part for part in self.entries[seq - 1] if member in json.loads(part.value))

    def hide(self, seq: int, *members: str) -> None:
        """Do not show the parts with these members; without members, no part."""
        for part in self.entries[seq - 1]:
            if not members or set(members) & set(json.loads(part.value)):
                part.shown = False

    def change(self, seq: int, **members: Any) -> None:
        """Give members of an entry another value, under the same salts; None removes one."""
        for name, value in members.items():
            part = self.holding(seq, name) if name in self.members(seq) else self.entries[seq - 1][0]
            old = json.loads(part.value) | {name: value}
            part.value = canonical({each: kept for each, kept in old.items() if kept is not None})

    def links(self) -> list[bytes]:
        links = [FIRST]
        for seq, parts in enumerate(self.entries, 1):
            covered = links[-1] + seq.to_bytes(8, "big") + b"".join(part.commitment for part in parts)
            links.append(sha256(covered).digest())
        return links[1:]

    def lines(self) -> list[str]:
        """The lines of the log, without line feeds."""
        written = [
            {"seq": seq, "parts": [part.written() for part in parts], "link": link.hex()}
            for seq, (parts, link) in enumerate(zip(self.entries, self.links()), 1)
        ]
        return [canonical(entry) for entry in written]

    def log(self) -> bytes:
        return "".join(line + "\n" for line in self.lines()).encode()

    @property
    def head(self) -> str:
        return self.links()[-1].hex()

    def checkpoint(self, size: int, signer: Signer | None = None) -> str:
        return (signer or self.signer).checkpoint(self.links()[:size])

    def checkpoints(self, sizes: Iterable[int]) -> str:
        return "\n".join(self.checkpoint(size) for size in sizes)

    def receipt(self, seq: int, size: int = 0, checkpoint: bool = True) -> dict[str, Any]:
        """The receipt of an entry, made when the log had `size` entries."""
        links = self.links()
        size = size or len(links)
        return {
            "acquis": "receipt",
            "origin": self.origin,
            "seq": seq,
            "before": (links[seq - 2] if seq > 1 else FIRST).hex(),
            "parts": [[part.salt, part.value] for part in self.entries[seq - 1]],
            "link": links[seq - 1].hex(),
            "size": size,
            "root": root_of(links[:size]).hex(),
            "proof": [node.hex() for node in proof_of(links[:size], seq - 1)],
            "checkpoint": self.checkpoint(size) if checkpoint else "",
        }

    def ballot_receipt(self, place: int) -> dict[str, Any]:
        """The receipt of a ballot, by its place among the ballots from 0."""
        published = self.members(self.numbers("BallotsPublished")[0])
        ballot = published["ballots"][place]
        chosen = [[n, choice] for n, choice in zip(published["statements"], ballot[32:]) if choice != "."]
        return {"acquis": "ballot", "origin": self.origin, "ballot": ballot[:32], "choices": chosen}


class Link(bytes):
    """What stands in a folder as a symbolic link to this path."""


DOCUMENTS = {
    "report.md": "# A dialogue on reporting incidents\n\nZażółć gęślą jaźń.\n".encode(),
    "report.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n",
}
"""Documents of a bundle. Only whoever can make them anew knows whether they are those of its log."""


def manifest_of(files: Mapping[str, bytes], entries: int, head: str) -> bytes:
    listed = [
        {"bytes": len(content), "name": name, "sha256": sha256(content).hexdigest()}
        for name, content in sorted(files.items())
    ]
    members = {"acquis": "0.1.0", "address": "", "entries": entries, "files": listed, "head": head, "language": "en"}
    return canonical(members | {"manifest": "acquis-record"}).encode() + b"\n"


def bundle(
    record: Record, documents: Mapping[str, bytes] = DOCUMENTS, signer: Signer | None = None
) -> dict[str, bytes]:
    """The files of the whole record."""
    signer = signer or record.signer
    length = len(record.entries)
    files = {
        **documents,
        "log.jsonl": record.log(),
        "checkpoints.txt": record.checkpoints(sorted({2, length // 2, length})).encode(),
        "key.txt": signer.verifier_key.encode() + b"\n",
    }
    return signed(files, length, record.head, signer)


def signed(files: Mapping[str, bytes], entries: int, head: str, signer: Signer) -> dict[str, bytes]:
    """These files with a manifest of them that this key signed."""
    manifest = manifest_of(files, entries, head)
    note = signer.note(f"acquis manifest\n{sha256(manifest).hexdigest()}\n")
    return {**files, "manifest.json": manifest, "manifest.note": note.encode()}


@dataclass
class Given:
    """What a verifier is given: a log, or the files of a bundle, and what somebody noted or received."""

    log: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    head: str = ""
    key: str = ""
    checkpoints: dict[str, bytes] = field(default_factory=dict)
    receipts: dict[str, bytes] = field(default_factory=dict)

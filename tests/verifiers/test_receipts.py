"""Thousands of receipts of one session: each is found in its record, and no forged one in any, by `acquis verify` and
by the verifier for Python. (The page has the same functions, which agree on every case of the sabotage list.)"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from tests.effort import times

from acquis.documents.verifiers import verify as offline
from acquis.publication.public import public_state
from acquis.publication.receipts import ReceiptProblem, VerifiedLog
from acquis.publication.signatures import LogOfLinks, SignedKeys
from acquis.record import Entry
from acquis.record.chain import BEFORE_FIRST
from acquis.record.lines import from_line
from acquis.record.merkle import MerkleTree, leaf_hash
from acquis.record.receipts import Receipt, ReceiptError, decode, encode, receipt_for
from acquis.record.words import bits_of, words_of

from .generator import Record
from .stories import PEOPLE, Play, opened, seal

ACTS = times(5_000)


class Kept:
    """A session in which people do much, its public log, and what each verifier reads of it."""

    def __init__(self, seed: int) -> None:
        record = Record(seed, f"dialogue.example.org/s/{seed:08x}")
        play = opened(record, chatham=False)
        self.acts = [self._act(play) for _ in range(ACTS)]
        self.entries = [from_line(line.encode()) for line in record.lines()]
        seal(record)
        self.origin, log = record.origin, record.log()
        self.tree = MerkleTree(lambda after, until: [entry.link for entry in self.entries[after:until]])
        self.tree.extend(leaf_hash(entry.link) for entry in self.entries)
        public: list[Entry] = [from_line(line) for line in log.splitlines()]
        links = LogOfLinks([entry.link for entry in public])
        self.log = VerifiedLog(links, public, public_state(public), SignedKeys())
        self.offline = offline.read_log(io.BytesIO(log))
        self.roots = offline.roots_of(self.offline.links, {len(public)})

    @staticmethod
    def _act(play: Play) -> int:
        person = play.chance.randrange(PEOPLE)
        if play.chance.random() < 0.8:
            return play.vote(person, play.chance.choice((3, 4, 5)), play.chance.choice(("agree", "disagree", "pass")))
        return play.record.add(
            play.persons[person], "QuestionAsked", text="Who reads the reports?", **play.groups[person]
        )

    def receipt(self, seq: int) -> Receipt:
        before = self.entries[seq - 2].link if seq > 1 else BEFORE_FIRST[2]
        return receipt_for(self.entries[seq - 1], before, self.tree, self.origin)

    def finds(self, file: bytes) -> tuple[str, str]:
        """What became of the entry of a receipt, according to both verifiers; empty if it is in no record."""
        try:
            receipt = decode(file)
            assert isinstance(receipt, Receipt)
            found: str = self.log.fate(receipt).kind
        except (ReceiptError, ReceiptProblem):
            found = ""
        try:
            result = offline.Observations()
            members: Any = offline.canonical(file[:-1])
            offline.EntryReceipt(members, "r").check(self.offline, self.roots, [], result)
            said = dict(result.seen)
        except (offline.NotVerified, ValueError):
            said = {}
        return found, next(iter(said), "")


@pytest.fixture(scope="module")
def kept() -> Kept:
    return Kept(1)


@pytest.fixture(scope="module")
def other() -> Kept:
    return Kept(2)


def test_every_receipt_is_found(kept: Kept) -> None:
    names = {"sealed": "receipt_sealed", "unchanged": "receipt_good"}
    found = [kept.finds(encode(kept.receipt(seq))) for seq in kept.acts]
    assert [pair for pair in found if pair not in names.items()] == []
    assert {kind for kind, _ in found} == set(names)


def _digit(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + chance.choice("0123456789abcdef".replace(text[place], "")) + text[place + 1 :]


Forgery = Callable[[Receipt, Receipt, random.Random], Receipt]
"""From a genuine receipt, one of another record, and chance."""
FORGED: dict[str, Forgery] = {
    "number": lambda own, other, chance: msgspec.structs.replace(own, seq=own.seq + chance.choice((-1, 1))),
    "digest": lambda own, other, chance: msgspec.structs.replace(own, link=_digit(own.link, chance)),
    "before": lambda own, other, chance: msgspec.structs.replace(own, before=_digit(own.before, chance)),
    "root": lambda own, other, chance: msgspec.structs.replace(own, root=_digit(own.root, chance)),
    "proof": lambda own, other, chance: msgspec.structs.replace(
        own, proof=(_digit(own.proof[0], chance), *own.proof[1:])
    ),
    "vote": lambda own, other, chance: msgspec.structs.replace(own, parts=other.parts),
    "another record": lambda own, other, chance: msgspec.structs.replace(other, origin=own.origin),
}


def test_no_forged_receipt_is_found(kept: Kept, other: Kept) -> None:
    chance, found = random.Random(2), []
    for n in range(times(1_000)):
        name = list(FORGED)[n % len(FORGED)]
        seq = chance.choice(kept.acts)
        file = encode(FORGED[name](kept.receipt(seq), other.receipt(seq), chance))
        if kept.finds(file) != ("", ""):
            found.append((name, seq))
    assert found == []


def test_the_words_of_another_record_are_in_none(kept: Kept, other: Kept) -> None:
    own = {bits_of(words_of(leaf_hash(entry.link))) for entry in kept.entries}
    assert not own & {bits_of(words_of(leaf_hash(other.entries[seq - 1].link))) for seq in other.acts}

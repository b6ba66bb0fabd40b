"""Receipts: what somebody keeps of an entry, so that nobody can leave it out of the record later. Pure functions.

A receipt contains the entry with the salts of all of its parts, the link before it, and the proof that the entry is in
the tree of a checkpoint. docs/record-format.md is the specification.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec

from acquis.record import Entry
from acquis.record.chain import merged
from acquis.record.merkle import MerkleTree, ProofFailed, check_inclusion, leaf_hash
from acquis.record.notes import Checkpoint, NoteError, SignedNote, VerifierKey
from acquis.record.words import words_of

LIMIT = 256 * 1024
"""The most bytes of a receipt."""
_DIGITS = frozenset("0123456789abcdef")
_BALLOT_DIGITS = 32


class ReceiptError(ValueError):
    """A text is not a receipt, or a receipt contradicts itself: it was changed."""


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="acquis", tag="receipt"):
    """A receipt, in the order of its members in the file. Links, hashes and salts are in hexadecimal; `checkpoint` is a
    signed note or empty."""

    origin: str
    seq: int
    before: str
    parts: tuple[tuple[str, str], ...]
    link: str
    size: int
    root: str
    proof: tuple[str, ...]
    checkpoint: str

    @property
    def body(self) -> bytes:
        """The entry as one JSON object with the members of all of its parts."""
        return merged(value.encode() for _, value in self.parts)[0]

    @property
    def words(self) -> str:
        """The four words of the entry."""
        return words_of(leaf_hash(bytes.fromhex(self.link)))

    @property
    def commitments(self) -> tuple[bytes, ...]:
        """The commitments of the parts, 32 bytes each."""
        return tuple(_commitment(salt, value) for salt, value in self.parts)

    def signed_by(self, key: VerifierKey) -> bool:
        """Whether the receipt has a checkpoint that this key signed. Raises ReceiptError if its signature is wrong."""
        try:
            return bool(self.checkpoint) and SignedNote.parse(self.checkpoint).signed_by(key) is not None
        except NoteError as error:
            raise ReceiptError(str(error)) from error


class BallotReceipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="acquis", tag="ballot"):
    """What a voter keeps of a ballot: its id, and each vote as the number of the entry of a statement and a character
    ("+", "-" or "0"), in ascending order."""

    origin: str
    ballot: str
    choices: tuple[tuple[int, str], ...]

    def is_listed(self, statements: Sequence[int], ballots: Iterable[str]) -> bool:
        """Whether published ballots on these statements contain this one, once, with these votes and no others."""
        cast = dict(self.choices)
        expected = self.ballot + "".join(cast.pop(statement, ".") for statement in statements)
        return not cast and [line for line in ballots if line.startswith(self.ballot)] == [expected]


def receipt_for(
    entry: Entry, before: bytes, tree: MerkleTree, origin: str, signed: SignedNote | None = None
) -> Receipt:
    """The receipt of an entry of a log with this tree. `before`: the link before it; `signed`: a checkpoint of entries
    among which it is; without one the tree is taken as it is. Raises ReceiptError if a part of the entry was erased, or
    if it has an earlier format."""
    if entry.format == 1:
        raise ReceiptError("an entry of an earlier format has no receipt")
    parts = []
    for part in entry.parts:
        if part.salt is None or part.value is None:
            raise ReceiptError("a part of the entry was erased")
        parts.append((part.salt.hex(), part.value.decode()))
    size = Checkpoint.parse(signed.text).size if signed is not None else tree.size
    proof = tuple(node.hex() for node in tree.inclusion(entry.seq, size))
    link, root, note = entry.link.hex(), tree.root(size).hex(), "" if signed is None else str(signed)
    return Receipt(
        origin,
        entry.seq,
        before.hex(),
        parts=tuple(parts),
        link=link,
        size=size,
        root=root,
        proof=proof,
        checkpoint=note,
    )


def encode(receipt: Receipt | BallotReceipt) -> bytes:
    """A receipt as a file."""
    return msgspec.json.encode(receipt) + b"\n"


def decode(text: bytes) -> Receipt | BallotReceipt:
    """The receipt in a file, with or without its line end, checked against itself: the link follows from the parts, the
    root from the proof, and the checkpoint is that of the root. Raises ReceiptError."""
    try:
        receipt = msgspec.json.decode(text, type=Receipt | BallotReceipt)
        if encode(receipt) != text.removesuffix(b"\n") + b"\n":
            raise ReceiptError("the receipt is not written as receipts are")
        _check_ballot(receipt) if isinstance(receipt, BallotReceipt) else _check(receipt)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise ReceiptError("this is not a receipt") from error
    except (ProofFailed, NoteError, OverflowError) as error:
        raise ReceiptError(f"the receipt was changed: {error}") from error
    return receipt


def _check_ballot(receipt: BallotReceipt) -> None:
    statements = [statement for statement, _ in receipt.choices]
    if len(receipt.ballot) != _BALLOT_DIGITS or not _DIGITS.issuperset(receipt.ballot) or not statements:
        raise ReceiptError("this is not a receipt")
    if statements != sorted(set(statements)) or any(choice not in {"+", "-", "0"} for _, choice in receipt.choices):
        raise ReceiptError("the votes of the receipt are not written as votes are")


def _check(receipt: Receipt) -> None:
    hashes = [receipt.before, receipt.link, receipt.root, *receipt.proof]
    if not all(map(_is_hash, hashes)) or not receipt.parts or len(receipt.proof) > 64:
        raise ReceiptError("this is not a receipt")
    if link_of(bytes.fromhex(receipt.before), receipt.seq, receipt.commitments).hex() != receipt.link:
        raise ReceiptError("the receipt was changed: the fingerprint of its entry is another one")
    leaf, proof = leaf_hash(bytes.fromhex(receipt.link)), [bytes.fromhex(node) for node in receipt.proof]
    check_inclusion(leaf, receipt.seq, receipt.size, proof, bytes.fromhex(receipt.root))
    if receipt.checkpoint:
        signed = Checkpoint.parse(SignedNote.parse(receipt.checkpoint).text)
        if signed != Checkpoint(receipt.origin, receipt.size, bytes.fromhex(receipt.root)):
            raise ReceiptError("the receipt was changed: its checkpoint is that of another log")


def link_of(before: bytes, seq: int, commitments: Sequence[bytes]) -> bytes:
    """The link of an entry, 32 bytes, from the link before it and the commitments of its parts."""
    return sha256(before + seq.to_bytes(8) + b"".join(commitments)).digest()


def _commitment(salt: str, value: str) -> bytes:
    try:
        return sha256(bytes.fromhex(salt) + value.encode()).digest()
    except ValueError as error:
        raise ReceiptError("this is not a receipt") from error


def _is_hash(text: str) -> bool:
    return len(text) == 64 and _DIGITS.issuperset(text)

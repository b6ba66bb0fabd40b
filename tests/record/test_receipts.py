"""Receipts contradict themselves after any change, and four words name one of many entries."""

from __future__ import annotations

import random
from hashlib import sha256

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.record.merkle import MerkleTree, leaf_hash
from acquis.record.notes import Checkpoint, key_of, sign
from acquis.record.receipts import Receipt, ReceiptError, decode, encode, link_of
from acquis.record.words import bits_of, words_of

ORIGIN = "dialogue.example.org/s/f0f1f2f3"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def receipts(count: int) -> list[Receipt]:
    """Receipts of all entries of a log of two parts each, with a checkpoint."""
    parts = [(("00" * 15 + f"{n % 256:02x}", f'{{"at":{n}}}'), ("11" * 16, f'{{"text":"{n}"}}')) for n in range(count)]
    links = [bytes(32)]
    for seq, entry in enumerate(parts, 1):
        commitments = [sha256(bytes.fromhex(salt) + value.encode()).digest() for salt, value in entry]
        links.append(link_of(links[-1], seq, commitments))
    tree = MerkleTree(lambda after, until: links[1:][after:until])
    tree.extend(map(leaf_hash, links[1:]))
    checkpoint = str(sign(Checkpoint(ORIGIN, count, tree.root()).text, PRIVATE, ORIGIN))
    return [
        Receipt(
            ORIGIN,
            seq,
            links[seq - 1].hex(),
            parts=parts[seq - 1],
            link=links[seq].hex(),
            size=count,
            root=tree.root().hex(),
            proof=tuple(node.hex() for node in tree.inclusion(seq, count)),
            checkpoint=checkpoint,
        )
        for seq in range(1, count + 1)
    ]


@pytest.mark.parametrize("count", [1, 2, 77])
def test_a_receipt_is_read_as_it_was_written(count: int) -> None:
    for receipt in receipts(count):
        assert decode(encode(receipt)) == receipt
        assert receipt.signed_by(key_of(PRIVATE, ORIGIN))
        assert not receipt.signed_by(key_of(PRIVATE, "another.example"))


@given(st.integers(0, 2**32))
@settings(max_examples=times(500))
def test_a_receipt_with_one_changed_byte_is_refused_or_says_the_same(seed: int) -> None:
    chance = random.Random(seed)
    receipt = chance.choice(receipts(5))
    written = bytearray(encode(receipt))
    written[chance.randrange(len(written))] ^= 1 << chance.randrange(8)
    try:
        changed = decode(bytes(written))
        assert isinstance(changed, Receipt)
        signed = changed.signed_by(key_of(PRIVATE, ORIGIN))
    except ReceiptError:
        return
    same = msgspec.structs.replace(changed, checkpoint=receipt.checkpoint, origin=receipt.origin)
    assert same == receipt, "only the name of the log and the signature are not covered by a digest"
    assert not signed or changed == receipt


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{}", b'{"acquis":"receipt"}', b'{"acquis":"ballot"}', b"\xff", b"[" * 100_000, b"null"]
)
def test_what_is_no_receipt_is_refused(text: bytes) -> None:
    with pytest.raises(ReceiptError, match="not a receipt"):
        decode(text)


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": -1}, {"seq": 2**64}, {"seq": 0}, {"parts": ()}, {"before": "0" * 63}, {"link": "G" * 64}, {"size": 2},
        {"proof": ("0" * 64,) * 65}, {"proof": ()}, {"root": "0" * 64}, {"origin": "other"}, {"checkpoint": "x"},
        {"parts": (("zz", "{}"),)},
    ],
)  # fmt: skip
def test_a_receipt_that_contradicts_itself_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ReceiptError):
        decode(encode(msgspec.structs.replace(receipts(5)[2], **changes)))


def test_four_words_are_the_beginning_of_the_hash() -> None:
    assert words_of(bytes(32)) == "abandon abandon abandon abandon"
    assert words_of(b"\xff" * 32) == "zoo zoo zoo zoo"
    for n in range(200):
        leaf = sha256(n.to_bytes(4)).digest()
        assert bits_of(words_of(leaf)) == int.from_bytes(leaf) >> 212


def test_four_words_are_read_as_people_write_them() -> None:
    words = words_of(sha256(b"a").digest())
    assert bits_of(words.upper()) == bits_of(f" {words.replace(' ', ' – ')}. ") == bits_of(words)
    assert bits_of(" ".join(word[:4] for word in words.split())) == bits_of(words)
    for typed in ("", "abandon", "abandon abandon abandon", "abandon abandon abandon xyzzy", f"{words} zoo"):
        assert bits_of(typed) is None

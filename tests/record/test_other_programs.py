"""Two independent programs agree with ours about 200 random logs: pymerkle makes the same roots and proofs, and
tlog-scales verifies ours and writes the same checkpoints."""

from __future__ import annotations

import random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pymerkle import InmemoryTree
from tests.effort import times
from tlog_scales.signing import PlainEd25519Signer, Vkey
from tlog_scales.tlog import Checkpoint as OtherCheckpoint
from tlog_scales.tlog import ConsistencyProof, InclusionProof

from acquis.record.merkle import MerkleTree, leaf_hash
from acquis.record.notes import COSIGNATURE, Checkpoint, SignedNote, cosign, key_of, sign

LOGS = times(200)


def random_log(chance: random.Random) -> list[bytes]:
    return [chance.randbytes(32) for _ in range(chance.choice((1, 2, 63, 64, 65, chance.randint(1, 700))))]


def tree_of(links: list[bytes]) -> MerkleTree:
    tree = MerkleTree(lambda after, until: links[after:until])
    tree.extend(map(leaf_hash, links))
    return tree


def test_pymerkle_makes_the_same_roots_and_proofs() -> None:
    chance = random.Random(6962)
    for _ in range(LOGS):
        links = random_log(chance)
        tree, other = tree_of(links), InmemoryTree()
        other.append_entries(links)
        size, seq, old = len(links), chance.randint(1, len(links)), chance.randint(1, len(links))
        assert tree.root() == other.get_root()
        assert tree.root(old) == other.get_root(old)
        assert [leaf_hash(links[seq - 1]), *tree.inclusion(seq, size)] == other.prove_inclusion(seq, size).path
        other.prove_consistency(old, size).verify(tree.root(old), tree.root())


def test_tlog_scales_verifies_our_proofs_and_writes_the_same_checkpoints() -> None:
    chance = random.Random(9162)
    for number in range(LOGS):
        links, origin = random_log(chance), f"dialogue.example.org/s/{number:08x}"
        tree = tree_of(links)
        size, seq, old = len(links), chance.randint(1, len(links)), chance.randint(1, len(links))
        InclusionProof(seq - 1, size, tree.inclusion(seq, size)).check(leaf_hash(links[seq - 1]), tree.root())
        ConsistencyProof(old, size, tree.consistency(old, size)).check(tree.root(old), tree.root())

        private = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        ours = sign(Checkpoint(origin, size, tree.root()).text, private, origin)
        theirs = OtherCheckpoint.make_signed(origin, size, tree.root(), [PlainEd25519Signer(origin, private)])
        assert str(ours) == theirs.serialize()
        assert str(key_of(private, origin)) == PlainEd25519Signer(origin, private).vkey.serialize()  # type: ignore[no-untyped-call]  # it has no types
        assert SignedNote.parse(theirs.serialize()).signed_by(key_of(private, origin))

        witnessed = ours.also([cosign(ours.text, private, "witness.example", 1_700_000_000 + number)])
        read = OtherCheckpoint.from_text(str(witnessed))
        for key in (key_of(private, origin), key_of(private, "witness.example", COSIGNATURE)):
            read.verify(Vkey.from_string(str(key)))

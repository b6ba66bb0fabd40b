"""The file of the signed checkpoints: kept through a power cut, and against a record that was set back."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from acquis.record.merkle import MerkleTree, leaf_hash
from acquis.record.notes import Checkpoint, SignedNote, sign
from acquis.record.signed import SignedLog

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def tree_of(count: int, salt: str = "") -> MerkleTree:
    links = [sha256(f"{salt}{n}".encode()).digest() for n in range(count)]
    tree = MerkleTree(lambda after, until: links[after:until])
    tree.extend(map(leaf_hash, links))
    return tree


def signed(tree: MerkleTree, size: int) -> SignedNote:
    return sign(Checkpoint("a.example/s/b", size, tree.root(size)).text, PRIVATE, "a.example/s/b")


def test_what_was_signed_is_read_again(tmp_path: Path) -> None:
    path, tree = tmp_path / "checkpoints" / "b.txt", tree_of(300)
    log = SignedLog(path)
    assert log.newest is None
    for size in (3, 140, 300):
        log.add(signed(tree, size))
    again = SignedLog(path)
    assert again.notes == log.notes
    assert again.newest == Checkpoint("a.example/s/b", 300, tree.root())
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_power_cut_at_any_byte_leaves_whole_checkpoints(tmp_path: Path) -> None:
    tree, path = tree_of(10), tmp_path / "b.txt"
    first, second = signed(tree, 3), signed(tree, 10)
    whole, rest = f"{first}\n".encode(), f"{second}\n".encode()
    for cut in range(len(rest)):
        path.write_bytes(whole + rest[:cut])
        log = SignedLog(path)
        assert log.notes == [first]
        log.add(second)
        assert SignedLog(path).notes == [first, second]


def test_a_record_that_was_set_back_or_replaced_contradicts(tmp_path: Path) -> None:
    log = SignedLog(tmp_path / "b.txt")
    assert log.contradiction(tree_of(0)) == ""
    log.add(signed(tree_of(200), 200))
    assert log.contradiction(tree_of(200)) == ""
    assert log.contradiction(tree_of(201)) == ""
    assert "199 entries, but 200" in log.contradiction(tree_of(199))
    assert "are not those" in log.contradiction(tree_of(300, "other"))

"""The Merkle tree against the text of RFC 6962, its published example, and every proof of small trees."""

from __future__ import annotations

import random
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import times

from acquis.record.merkle import (
    EMPTY_ROOT,
    TILE,
    MerkleTree,
    ProofFailed,
    check_consistency,
    check_inclusion,
    leaf_hash,
)

VECTORS = [bytes.fromhex(leaf) for leaf in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
"""The eight leaves of the example that the authors of RFC 6962 published with their program, and its roots."""
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def tree_of(leaves: list[bytes]) -> MerkleTree:
    tree = MerkleTree(lambda after, until: leaves[after:until])
    tree.extend(map(leaf_hash, leaves))
    return tree


def links(count: int) -> list[bytes]:
    return [sha256(n.to_bytes(4)).digest() for n in range(count)]


def rfc_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + rfc_root(leaves[:k]) + rfc_root(leaves[k:])).digest()


def test_the_published_example_has_its_published_roots() -> None:
    assert [tree_of(VECTORS).root(size).hex() for size in range(1, 9)] == list(ROOTS)
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert tree_of([]).root() == EMPTY_ROOT


def test_the_published_example_has_its_published_proofs() -> None:
    tree = tree_of(VECTORS)
    assert [node.hex() for node in tree.inclusion(6, 8)] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [node.hex() for node in tree.consistency(6, 8)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_every_root_is_that_of_the_definition() -> None:
    leaves = links(3 * TILE + 5)
    tree = tree_of(leaves)
    assert all(tree.root(size) == rfc_root(leaves[:size]) for size in range(len(leaves) + 1))


def test_every_entry_is_proved_in_every_tree() -> None:
    leaves = links(max(140, times(600)))
    tree = tree_of(leaves)
    for size in [*range(1, 140), len(leaves)]:
        root = tree.root(size)
        for seq in range(1, size + 1):
            check_inclusion(leaf_hash(leaves[seq - 1]), seq, size, tree.inclusion(seq, size), root)


def test_every_tree_begins_with_every_earlier_one() -> None:
    tree = tree_of(links(times(390)))
    roots = [tree.root(size) for size in range(tree.size + 1)]
    for new in range(tree.size + 1):
        for old in range(new + 1):
            check_consistency(old, roots[old], new, roots[new], tree.consistency(old, new))


@given(st.lists(st.integers(1, 150), max_size=6), st.data())
@settings(max_examples=times(100))
def test_a_tree_that_grows_in_pieces_is_that_of_all_leaves(pieces: list[int], data: st.DataObject) -> None:
    leaves = links(sum(pieces))
    tree = MerkleTree(lambda after, until: leaves[after:until])
    grown = 0
    for piece in pieces:
        tree.extend(map(leaf_hash, leaves[grown : grown + piece]))
        grown += piece
        assert (tree.size, tree.root()) == (grown, rfc_root(leaves[:grown]))
    if grown:
        old = data.draw(st.integers(0, grown))
        assert tree.root(old) == rfc_root(leaves[:old])


@given(st.integers(1, 300), st.integers(0, 2**32))
@settings(max_examples=times(300))
def test_a_changed_proof_of_an_entry_fails(size: int, seed: int) -> None:
    chance = random.Random(seed)
    leaves = links(size)
    tree, seq = tree_of(leaves), chance.randint(1, size)
    leaf, proof, root = leaf_hash(leaves[seq - 1]), tree.inclusion(seq, size), tree.root()
    other = chance.choice([n for n in range(size + 3) if n != seq])
    wrong = [(leaf, other, size, proof, root), (flipped(leaf, chance), seq, size, proof, root)]
    wrong += [(leaf, seq, size, proof, flipped(root, chance)), (leaf, seq, size, [*proof, leaf], root)]
    if proof:
        place = chance.randrange(len(proof))
        wrong.append((leaf, seq, size, [*proof[:place], flipped(proof[place], chance), *proof[place + 1 :]], root))
        wrong.append((leaf, seq, size, proof[:-1], root))
        wrong.append((leaf, seq, size, proof[1:], root))
    for case in wrong:
        with pytest.raises(ProofFailed):
            check_inclusion(*case)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 2**32))
@settings(max_examples=times(300))
def test_a_changed_proof_of_two_trees_fails(one_size: int, other_size: int, seed: int) -> None:
    chance = random.Random(seed)
    old, new = sorted((one_size, other_size))
    tree = tree_of(links(new))
    old_root, new_root, proof = tree.root(old), tree.root(new), tree.consistency(old, new)
    wrong = [(old, flipped(old_root, chance), new, new_root, proof), (old, old_root, new, new_root, [*proof, new_root])]
    if old:
        wrong.append((old, old_root, new, flipped(new_root, chance), proof))
    if old != new:
        wrong.append((new, new_root, old, old_root, proof))
    if proof:
        place = chance.randrange(len(proof))
        changed = [*proof[:place], flipped(proof[place], chance), *proof[place + 1 :]]
        wrong += [(old, old_root, new, new_root, path) for path in (changed, proof[:-1], proof[1:])]
    for case in wrong:
        with pytest.raises(ProofFailed):
            check_consistency(*case)


def flipped(value: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(value))
    return value[:place] + bytes([value[place] ^ (1 << chance.randrange(8))]) + value[place + 1 :]


def test_another_history_has_no_proof() -> None:
    leaves = links(500)
    tree, other = tree_of(leaves), tree_of([*leaves[:200], leaves[7], *leaves[201:]])
    check_consistency(200, tree.root(200), 500, other.root(), other.consistency(200, 500))
    with pytest.raises(ProofFailed):
        check_consistency(201, tree.root(201), 500, other.root(), other.consistency(201, 500))


@pytest.mark.parametrize("ask", ["root(11)", "inclusion(0, 5)", "inclusion(6, 5)", "consistency(3, 11)"])
def test_sizes_that_the_tree_never_had_are_refused(ask: str) -> None:
    with pytest.raises(ValueError, match="never had"):
        eval(ask, {}, {name: getattr(tree_of(links(10)), name) for name in ("root", "inclusion", "consistency")})

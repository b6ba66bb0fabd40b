"""The Merkle tree over the entries of a log (RFC 6962, section 2.1): roots, and proofs that an entry is in a tree, and
that a tree begins with an earlier one. Pure functions and one class that open no file.

    leaf n = SHA-256(0x00 | link of entry n)
    node   = SHA-256(0x01 | left | right)

A tree keeps the hashes of complete subtrees of `TILE` leaves and more: 1 MB for a million entries. The nodes below are
computed from the links when a proof needs them.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from itertools import islice

HASH_BYTES = 32
TILE_BITS = 6
TILE = 1 << TILE_BITS
EMPTY_ROOT = sha256().digest()

Tail = tuple[int, list[bytes]]
"""The number of leaves in complete subtrees of TILE leaves, and the hashes of the leaves after them."""
ReadLinks = Callable[[int, int], Sequence[bytes]]
"""(after, until) -> the links of the entries with after < seq <= until, in order."""


class ProofFailed(ValueError):
    """A proof does not show what it should show."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf, 32 bytes. data: the link of an entry."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node above two hashes, 32 bytes."""
    return sha256(b"\x01" + left + right).digest()


class MerkleTree:
    """A tree that grows at its end. `size`: the number of its leaves.

    read: gives the links of earlier leaves. Roots and proofs are for the present size or any earlier one. They may be
    asked in one thread while another one extends the tree, for a size that `size` had before."""

    def __init__(self, read: ReadLinks) -> None:
        self.size = 0
        self._read = read
        self._levels: list[bytearray] = [bytearray()]
        """Level n: the hashes of the complete subtrees of TILE * 2^n leaves, side by side."""
        self._tail: Tail = (0, [])

    def extend(self, hashes: Iterable[bytes]) -> None:
        """Add leaves, given by their hashes (`leaf_hash`). With the hashes, a million take about two seconds."""
        rest = iter(hashes)
        begin, waiting = self._tail
        while leaves := list(islice(rest, TILE - len(waiting))):
            waiting = waiting + leaves
            if len(waiting) == TILE:
                self._carry(_top(waiting))
                begin, waiting = begin + TILE, []
            self._tail = (begin, waiting)
            self.size += len(leaves)

    def _carry(self, above: bytes) -> None:
        """Store the hash of a complete subtree, and those of the larger ones that it completes."""
        for level in range(len(self._levels) + 1):
            if level == len(self._levels):
                self._levels.append(bytearray())
            row = self._levels[level]
            row += above
            if len(row) // HASH_BYTES % 2:
                return
            above = sha256(b"\x01" + row[-2 * HASH_BYTES :]).digest()

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` leaves, or of all. Raises ValueError for a size that the tree never had."""
        size = self.size if size is None else size
        self._require(0 <= size <= self.size)
        return _Nodes(self._levels, self._tail, self._read).hash(0, size) if size else EMPTY_ROOT

    def inclusion(self, seq: int, size: int) -> list[bytes]:
        """The proof that entry `seq` (from 1) is in the tree of the first `size` entries. Raises ValueError."""
        self._require(1 <= seq <= size <= self.size)
        nodes, start, end, index, path = _Nodes(self._levels, self._tail, self._read), 0, size, seq - 1, []
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(nodes.hash(middle, end))
                end = middle
            else:
                path.append(nodes.hash(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The proof that the tree of `new` entries begins with that of `old`; empty if both are equal or `old` is 0.
        Raises ValueError."""
        self._require(0 <= old <= new <= self.size)
        if old in (0, new):
            return []
        nodes, start, end, path = _Nodes(self._levels, self._tail, self._read), 0, new, []
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                path.append(nodes.hash(middle, end))
                end = middle
            else:
                path.append(nodes.hash(start, middle))
                start = middle
        return ([nodes.hash(start, end)] if start else []) + path[::-1]

    def _require(self, possible: bool) -> None:
        if not possible:
            raise ValueError("the tree never had this size or entry")


class _Nodes:
    """The hashes of subtrees, for one root or proof. Links that were read are kept until it is complete."""

    def __init__(self, levels: list[bytearray], tail: Tail, read: ReadLinks) -> None:
        self._levels, self._read = levels, read
        self._tiles: dict[int, list[bytes]] = dict([tail])

    def hash(self, start: int, end: int) -> bytes:
        """The hash of the subtree of the leaves from `start` up to, without, `end`. Complete subtrees begin at a
        multiple of their size."""
        width = end - start
        if width > TILE and width & (width - 1):
            middle = start + _split(width)
            return node_hash(self.hash(start, middle), self.hash(middle, end))
        if width >= TILE:
            level = width.bit_length() - 1 - TILE_BITS
            place = start // width * HASH_BYTES
            return bytes(self._levels[level][place : place + HASH_BYTES])
        begin = start & -TILE
        if len(self._tiles.get(begin, ())) < end - begin:
            # All links of these TILE leaves, so that the other hashes of a proof find them.
            self._tiles[begin] = [leaf_hash(link) for link in self._read(begin, begin + TILE)]
        return _top(self._tiles[begin][start - begin : end - begin])


def _split(width: int) -> int:
    """The largest power of two below a width of two or more."""
    return 1 << ((width - 1).bit_length() - 1)


def _top(hashes: list[bytes]) -> bytes:
    """The hash above at least one hash, by levels: a node without a right neighbour moves up as it is."""
    while len(hashes) > 1:
        odd = hashes[len(hashes) & ~1 :]
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in zip(hashes[::2], hashes[1::2])] + odd
    return hashes[0]


def check_inclusion(leaf: bytes, seq: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Checks that the leaf with this hash is entry `seq` of the tree (RFC 9162, section 2.1.3.2). Raises
    ProofFailed."""
    if not 1 <= seq <= size:
        raise ProofFailed("the tree has no such entry")
    index, last, computed = seq - 1, size - 1, leaf
    for sibling in proof:
        if not last:
            raise ProofFailed("the proof is too long")
        if index & 1 or index == last:
            computed = node_hash(sibling, computed)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        index, last = index >> 1, last >> 1
    if last:
        raise ProofFailed("the proof is too short")
    if computed != root:
        raise ProofFailed("the proof leads to another root")


def check_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Checks that the tree of `new` entries begins with that of `old` (RFC 9162, section 2.1.4.2). Raises
    ProofFailed."""
    if not 0 <= old <= new:
        raise ProofFailed("the later tree is smaller")
    if old in (0, new):
        if proof:
            raise ProofFailed("the proof is too long")
        if old_root != (new_root if old else EMPTY_ROOT):
            raise ProofFailed("trees of the same size have other roots")
        return
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        raise ProofFailed("the proof is too short")
    index, last = old - 1, new - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if not last:
            raise ProofFailed("the proof is too long")
        if index & 1 or index == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        index, last = index >> 1, last >> 1
    if last:
        raise ProofFailed("the proof is too short")
    if before != old_root or after != new_root:
        raise ProofFailed("the proof leads to another root")

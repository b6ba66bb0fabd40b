"""The Merkle tree of each log, which grows with it, and the entry that a fingerprint or four words name."""

from __future__ import annotations

import threading

import numpy as np

from acquis.record import LINKS, Record
from acquis.record.merkle import MerkleTree, leaf_hash

SHORTEST_FINGERPRINT = 8
"""The fewest hexadecimal digits by which an entry is looked for."""
_PREFIX = 8  # bytes of each link and leaf that are kept in memory


class LogTree:
    """The tree of one log. All methods are thread-safe; `grow` of a million new entries takes a few seconds, so it
    should be called in a thread. Memory: 17 MB for a million entries."""

    def __init__(self, record: Record, log: str) -> None:
        self._record, self._log = record, log
        self._lock = threading.Lock()
        self._links, self._leaves = bytearray(), bytearray()
        self.tree = MerkleTree(lambda after, until: record.links(log, after, until))

    def grow(self) -> int:
        """Read the entries that the log has received meanwhile. Returns the number of entries. Raises RecordBroken."""
        while True:
            with self._lock:
                links = self._record.links(self._log, self.tree.size)
                leaves = [leaf_hash(link) for link in links]
                self.tree.extend(leaves)
                self._links += b"".join(link[:_PREFIX] for link in links)
                self._leaves += b"".join(leaf[:_PREFIX] for leaf in leaves)
                if len(links) < LINKS:
                    return self.tree.size

    def with_link(self, digits: str) -> list[int]:
        """The numbers of the entries whose link begins with these hexadecimal digits (8 to 64)."""
        with self._lock:
            near = _beginning_with(self._links, digits[: 2 * _PREFIX])
        return [seq for seq in near if self._record.links(self._log, seq - 1, seq)[0].hex().startswith(digits)]

    def with_leaf(self, bits: int, width: int) -> list[int]:
        """The numbers of the entries whose leaf hash begins with these bits (`width` of them, at most 64)."""
        with self._lock:
            return _matching(self._leaves, bits, width)


def _beginning_with(prefixes: bytearray, digits: str) -> list[int]:
    return _matching(prefixes, int(digits, 16), 4 * len(digits))


def _matching(prefixes: bytearray, bits: int, width: int) -> list[int]:
    kept = np.frombuffer(prefixes, ">u8")
    return [int(place) + 1 for place in np.flatnonzero(kept >> np.uint64(64 - width) == np.uint64(bits))]

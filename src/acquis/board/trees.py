"""The Merkle tree of each log, which grows with it, and the entries with a fingerprint, four words or an author."""

from __future__ import annotations

import threading
import zlib

import numpy as np
import numpy.typing as npt

from acquis.record import LINKS, Record
from acquis.record.merkle import MerkleTree, leaf_hash

SHORTEST_FINGERPRINT = 8
"""The fewest hexadecimal digits by which an entry is looked for."""
_PREFIX, _AUTHOR = 8, 4  # bytes of each link, of each leaf, and of the checksum of each author that are kept in memory


class LogTree:
    """The tree of one log. All methods are thread-safe; `grow` of a million new entries takes a few seconds, so it
    should be called in a thread. Memory: 21 MB for a million entries."""

    def __init__(self, record: Record, log: str) -> None:
        self._record, self._log = record, log
        self._lock = threading.Lock()
        self._links, self._leaves, self._authors = bytearray(), bytearray(), bytearray()
        self.tree = MerkleTree(lambda after, until: [link for link, _ in record.links(log, after, until)])

    def grow(self) -> int:
        """Read the entries that the log has received meanwhile. Returns the number of entries. Raises RecordBroken."""
        while True:
            with self._lock:
                rows = self._record.links(self._log, self.tree.size)
                leaves = [leaf_hash(link) for link, _ in rows]
                self.tree.extend(leaves)
                self._links += b"".join([link[:_PREFIX] for link, _ in rows])
                self._leaves += b"".join([leaf[:_PREFIX] for leaf in leaves])
                self._authors += b"".join([zlib.crc32(by.encode()).to_bytes(_AUTHOR) for _, by in rows])
                if len(rows) < LINKS:
                    return self.tree.size

    def with_link(self, digits: str) -> list[int]:
        """The numbers of the entries whose link begins with these hexadecimal digits (8 to 64)."""
        near = self._matching(self._links, int(digits[: 2 * _PREFIX], 16), 4 * min(len(digits), 2 * _PREFIX))
        return [seq for seq in near if self._row(seq)[0].hex().startswith(digits)]

    def with_leaf(self, bits: int, width: int) -> list[int]:
        """The numbers of the entries whose leaf hash begins with these bits (`width` of them, at most 64)."""
        return self._matching(self._leaves, bits, width)

    def by(self, *authors: str) -> list[int]:
        """The numbers of the entries of these authors, in ascending order; nobody ("") is none."""
        near: set[int] = set()
        for author in filter(None, authors):
            near.update(self._equal(zlib.crc32(author.encode())))
        return [seq for seq in sorted(near) if self._row(seq)[1] in authors]

    def _row(self, seq: int) -> tuple[bytes, str]:
        return self._record.links(self._log, seq - 1, seq)[0]

    # A view of a bytearray must be gone before it can grow: none outlives the lock.

    def _equal(self, checksum: int) -> list[int]:
        with self._lock:
            return _numbers(np.frombuffer(self._authors, ">u4") == np.uint32(checksum))

    def _matching(self, prefixes: bytearray, bits: int, width: int) -> list[int]:
        with self._lock:
            return _numbers(np.frombuffer(prefixes, ">u8") >> np.uint64(64 - width) == np.uint64(bits))


def _numbers(are_meant: npt.NDArray[np.bool_]) -> list[int]:
    return [int(place) + 1 for place in np.flatnonzero(are_meant)]

"""How many people join a session: let in as fast as a hall needs, and counted by the network they come from.

Nothing here is stored, and no address is kept: a network is counted by a keyed hash, whose key lives in memory only."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter, deque
from typing import NamedTuple

from acquis.web.http.network import network_of

AT_ONCE, EACH_MS = 2000, 50
"""How many people can join a session at once, and how long each one after them waits: 1,200 in a minute. A hall of
2,000 does not wait, and one of 10,000 is in after seven minutes."""
LONGEST_MS = 10 * 60_000
"""The longest wait in the queue; then nobody is put into it."""
COUNTED_MS, MINUTE_MS = 10 * 60_000, 60_000
MOST = 20_000
"""The most joinings of a session that are counted."""


class Sources:
    """Networks by a hash that nobody can compute after the process has ended."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def of(self, host: str) -> str:
        """The name of the network of an address: the same for the same network, 64 bits in hexadecimal."""
        return hashlib.blake2b(network_of(host).encode(), digest_size=8, key=self._key).hexdigest()


class JoinRate(NamedTuple):
    """The people who joined in the last minute, in the last ten minutes, how many of these came from the one network
    from which most came, and how many wait in the queue."""

    minute: int = 0
    ten_minutes: int = 0
    one_network: int = 0
    waiting: int = 0


class WaitingJoin(NamedTuple):
    """A joining that waits: the time of its turn (ms), and the fields of its form."""

    turn: int
    fields: dict[str, str]


class Joins:
    """The joinings of each session: whose turn is when, and how many came from where."""

    def __init__(self) -> None:
        self._full: dict[str, int] = {}
        """Session -> the time at which it would take nobody else if all came at their turns."""
        self._counted: dict[str, deque[tuple[int, str]]] = {}

    def turn(self, session: str, now: int) -> int:
        """Takes the next turn to join a session and returns its time (ms), which is `now` if there is no queue; 0 if
        the queue is too long. (The generic cell rate algorithm of ITU-T I.371, in its form with virtual times.)"""
        full = max(self._full.get(session, 0), now)
        turn = max(now, full - (AT_ONCE - 1) * EACH_MS)
        if turn - now > LONGEST_MS:
            return 0
        self._full[session] = full + EACH_MS
        return turn

    def count(self, session: str, source: str, now: int) -> None:
        """Counts somebody who joined from a network."""
        counted = self._counted.setdefault(session, deque(maxlen=MOST))
        counted.append((now, source))

    def rate(self, session: str, now: int) -> JoinRate:
        """The rate at which people join a session."""
        counted = self._counted.get(session, deque())
        while counted and counted[0][0] < now - COUNTED_MS:
            counted.popleft()
        most = Counter(source for _, source in counted).most_common(1)
        full = self._full.get(session, 0) - (AT_ONCE - 1) * EACH_MS
        return JoinRate(
            minute=sum(at >= now - MINUTE_MS for at, _ in counted),
            ten_minutes=len(counted),
            one_network=most[0][1] if most else 0,
            waiting=max(0, (full - now) // EACH_MS - 1),
        )

"""Rate limits by pass, because all people in a hall may share one network address."""

from __future__ import annotations

from collections import OrderedDict

KEPT = 50_000


class RateLimit:
    """A token bucket for each key: `burst` tokens at most, refilled by `per_second`. Of more than `KEPT` keys the least
    recently used is removed."""

    def __init__(self, burst: float, per_second: float) -> None:
        self.burst, self.per_second = burst, per_second
        self._buckets: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def wait(self, who: str, now: int) -> int:
        """Takes one token of the key `who` at `now` (ms): 0 if there was one, else the whole seconds until the next."""
        tokens, since = self._buckets.pop(who, (self.burst, now))
        tokens = min(self.burst, tokens + max(0, now - since) / 1000 * self.per_second)
        allowed = tokens >= 1
        self._buckets[who] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > KEPT:
            self._buckets.popitem(last=False)
        return 0 if allowed else int((1 - tokens) / self.per_second) + 1

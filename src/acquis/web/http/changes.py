"""What changed on a screen since a frame that it has. Pure.

Each frame of a channel has a number, one more than the frame before it. The first number is random, so that a number of
another channel, or from before a restart of the server, is not taken for one of this channel.
"""

from __future__ import annotations

from collections.abc import Iterable


class Changes:
    """The number of the newest frame of a channel, and for each region the number of the frame that changed it last."""

    def __init__(self, first: int) -> None:
        self._first = self.number = first
        self._changed: dict[str, int] = {}

    def note(self, regions: Iterable[str]) -> None:
        """A new frame has changed these regions, or none of them."""
        self.number += 1
        self._changed.update((region, self.number) for region in regions)

    def since(self, number: int) -> list[str] | None:
        """The regions that changed after the frame with this number; None, for all regions, if no frame had it."""
        if not self._first < number <= self.number:
            return None
        return [region for region, changed in self._changed.items() if changed > number]

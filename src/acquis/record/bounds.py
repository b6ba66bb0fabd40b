"""The bounds of the values in a log, within which every program reads and writes them alike."""

from __future__ import annotations

from typing import Any

GREATEST = 2**53 - 1
"""The greatest number in a value that is shown: the greatest whole number up to which a double has all of them."""
DEEPEST = 32
"""How deep objects and lists may be nested in a value that is shown."""


def is_bounded(value: Any, depth: int = DEEPEST) -> bool:
    """Whether every program reads and writes a value alike: no number is negative or above `GREATEST`, no name of a
    member is one, and nothing is nested more than `depth` deep."""
    if depth < 0 or (isinstance(value, int) and not 0 <= value <= GREATEST):
        return False
    if isinstance(value, dict):
        if any(name.isascii() and name.isdigit() for name in value):
            return False
        value = list(value.values())
    return not isinstance(value, list) or all(is_bounded(inner, depth - 1) for inner in value)

"""Moves the times in a state, after the clock of the server was corrected.

Times are the fields `at`, `since` and those that end with `_at` or `_times`, in milliseconds since 1970; 0 and None are
none. Events and durations are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from acquis import events as ev


def time_of(corrections: Mapping[int, ev.ClockCorrected], seq: int, stamp: int) -> int:
    """The time of an entry, from its stamp and the corrections of the clock in the state."""
    for place, correction in corrections.items():
        if place < seq or stamp >= correction.since:
            stamp += correction.amount
    return stamp


def move_times(value: Any, move: Callable[[int], int]) -> Any:
    """The value with its times moved. What can be changed is changed in place, and returned."""
    if isinstance(value, ev.Event):
        return value
    if isinstance(value, msgspec.Struct):
        return _struct(value, move)
    if isinstance(value, dict):
        value.update({key: moved for key, of in value.items() if (moved := move_times(of, move)) is not of})
    elif isinstance(value, list):
        value[:] = [move_times(of, move) for of in value]
    elif isinstance(value, tuple) and any(isinstance(of, msgspec.Struct) for of in value):
        return tuple(move_times(of, move) for of in value)
    return value


def _struct(value: msgspec.Struct, move: Callable[[int], int]) -> msgspec.Struct:
    changes = {}
    for name in value.__struct_fields__:
        before = getattr(value, name)
        if name.endswith("_times"):
            before[:] = map(move, before)
            continue
        is_time = name in ("at", "since") or name.endswith("_at")
        after = (move(before) if before else before) if is_time else move_times(before, move)
        if after is not before:
            changes[name] = after
    if value.__struct_config__.frozen:
        return msgspec.structs.replace(value, **changes) if changes else value
    for name, after in changes.items():
        setattr(value, name, after)
    return value

"""Moves the times in a state, after the clock of the server was corrected.

Times are the fields `at`, `since` and those that end with `_at` or `_times`, in milliseconds since 1970; 0 and None are
none. Events and durations are left alone.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_origin

import msgspec
from msgspec.structs import fields as fields_of

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


@functools.cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, bool], ...]:
    """The fields of a class that are a time or may contain one, each with whether it is a time."""
    times = {field.name: field.name in ("at", "since") or field.name.endswith("_at") for field in fields_of(kind)}
    return tuple(
        (field.name, times[field.name]) for field in fields_of(kind) if times[field.name] or not _timeless(field.type)
    )


def _timeless(kind: Any) -> bool:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return not _fields(kind)
    return kind in _PLAIN or get_origin(kind) is Literal


_PLAIN = frozenset({int, str, bool, bytes, bytearray, float})
"""The types of values that contain no other ones."""


def _struct(value: msgspec.Struct, move: Callable[[int], int]) -> msgspec.Struct:
    changes = {}
    for name, is_time in _fields(type(value)):
        before = getattr(value, name)
        if before is None or type(before) in _PLAIN:
            after = move(before) if is_time and before else before
        elif name.endswith("_times"):
            before[:] = map(move, before)
            continue
        else:
            after = move_times(before, move)
        if after is not before:
            changes[name] = after
    if value.__struct_config__.frozen:
        return msgspec.structs.replace(value, **changes) if changes else value
    for name, after in changes.items():
        setattr(value, name, after)
    return value

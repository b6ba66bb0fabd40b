"""Moves the times in a state, after the clock of the server was corrected.

Times are the fields `at`, `since` and those that end with `_at` or `_times`, in milliseconds since 1970; 0 and None are
none. Events and durations are left alone. Which fields contain times follows from their types, so that a table of many
rows is read once for each time that a row has.
"""

from __future__ import annotations

import functools
import operator
from collections import deque
from collections.abc import Callable, Mapping
from itertools import repeat
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

import msgspec
from msgspec.structs import fields as fields_of
from msgspec.structs import replace

from acquis import events as ev
from acquis.state.rows import SharedRows

Mover: TypeAlias = Callable[[Any, int, int], Any]
"""(value, amount, since) -> the value with `amount` added to its times from `since` on: a new one, or itself if nothing
is moved. A table is changed in place."""


def time_of(corrections: Mapping[int, ev.ClockCorrected], seq: int, stamp: int) -> int:
    """The time of an entry, from its stamp and the corrections of the clock in the state."""
    for place, correction in corrections.items():
        if place < seq or stamp >= correction.since:
            stamp += correction.amount
    return stamp


def move_times(state: msgspec.Struct, amount: int, since: int) -> None:
    """Adds `amount` to all times of a state that are not before `since`, in milliseconds, in place."""
    for name, mover in _movers(type(state)).items():
        setattr(state, name, mover(getattr(state, name), amount, since))


@functools.cache
def _movers(of: type[msgspec.Struct]) -> Mapping[str, Mover]:
    """The fields of a class that are a time or may contain one."""
    movers: dict[str, Mover] = {}
    for field in fields_of(of):
        if field.name in ("at", "since") or field.name.endswith("_at"):
            movers[field.name] = _time
        elif field.name.endswith("_times"):
            movers[field.name] = _times
        elif (mover := _mover_of(field.type)) is not None:
            movers[field.name] = mover
    return movers


def _mover_of(declared: Any) -> Mover | None:
    """What moves the times in a value of a type; None if there are none."""
    origin, arguments = get_origin(declared) or declared, get_args(declared)
    if origin in (Union, UnionType):
        movers = [mover for member in arguments if (mover := _mover_of(member)) is not None]
        if len(movers) > 1:
            raise TypeError(f"there is no rule to move the times in {declared}")
        return (lambda value, *by: None if value is None else movers[0](value, *by)) if movers else None
    if isinstance(origin, type) and issubclass(origin, msgspec.Struct):
        return _struct if not issubclass(origin, ev.Event) and _movers(origin) else None
    if origin is SharedRows:
        return functools.partial(_rows, _movers(arguments[1])) if _mover_of(arguments[1]) else None
    if origin in (list, tuple, dict) and (inner := _mover_of(arguments[1 if origin is dict else 0])) is not None:
        return functools.partial(_dict if origin is dict else _sequence, inner)
    return None


def _time(time: int | None, amount: int, since: int) -> int | None:
    return time + amount if time and time >= since else time


def _times(times: list[int], amount: int, since: int) -> list[int]:
    return [time + amount if time >= since else time for time in times]


def _struct(value: msgspec.Struct, amount: int, since: int) -> msgspec.Struct:
    changes = {}
    for name, mover in _movers(type(value)).items():
        before = getattr(value, name)
        if (after := mover(before, amount, since)) is not before:
            changes[name] = after
    return replace(value, **changes) if changes else value


def _sequence(inner: Mover, value: Any, amount: int, since: int) -> Any:
    moved = [inner(of, amount, since) for of in value]
    return value if all(map(operator.is_, moved, value)) else type(value)(moved)


def _dict(inner: Mover, value: dict[Any, Any], amount: int, since: int) -> dict[Any, Any]:
    return {key: inner(of, amount, since) for key, of in value.items()}


def _rows(movers: Mapping[str, Mover], rows: SharedRows[Any, Any], amount: int, since: int) -> SharedRows[Any, Any]:
    for name, mover in movers.items():
        column = zip(rows, map(operator.attrgetter(name), rows.values()), strict=True)
        if mover is _time:  # a call for each row would take long
            moved = {key: time + amount for key, time in column if time and time >= since}
        else:
            moved = {key: after for key, value in column if (after := mover(value, amount, since)) is not value}
        # without a step of Python for each row, because there may be very many
        deque(map(setattr, rows.edit_all(moved), repeat(name), moved.values()), maxlen=0)
    return rows

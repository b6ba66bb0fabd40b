"""A copy of a state that later entries do not change, to be read in a thread while the session goes on.

What is copied follows from the types of the fields: collections, and objects that are not frozen. A new field is copied
without being named here, and a type for which there is no rule is an error. Rows that may be very many are shared, and
copied when they change (`rows.py`)."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Set
from copy import copy
from types import UnionType
from typing import Any, Literal, TypeAlias, TypeVar, Union, get_args, get_origin

import msgspec

Changing = TypeVar("Changing", bound=msgspec.Struct)
Row = TypeVar("Row", bound=msgspec.Struct)
Copier: TypeAlias = Callable[[Any], Any]
_EMPTY: frozenset[Any] = frozenset()
"""In place of every empty set of a copy: tens of thousands of new sets would take most of the time."""
_VALUES = frozenset({str, int, float, bool, bytes, type(None)})


def snapshot(state: Changing) -> Changing:
    """The copy of a state. Only what changes in place is copied."""
    copier = copier_of(type(state))
    assert copier is not None
    copied: Changing = copier(state)
    return copied


@functools.cache
def copier_of(declared: Any) -> Copier | None:
    """What copies a value of a type with all in it that changes in place; None if nothing does. A frozen struct is a
    value, whatever it contains. Raises TypeError for a type that has no rule."""
    origin, arguments = get_origin(declared) or declared, get_args(declared)
    if origin is Literal or declared in _VALUES:
        return None
    if origin in (Union, UnionType):
        return _copier_of_one([member for member in arguments if member is not type(None)], declared)
    if origin is tuple and not any(copier_of(member) for member in arguments if member is not Ellipsis):
        return None
    if origin is dict:
        if isinstance(arguments[1], type) and issubclass(arguments[1], msgspec.Struct) and copier_of(arguments[1]):
            raise TypeError(f"rows that change are kept in SharedRows, not in {declared}")
        return _copier_of_dict(copier_of(arguments[1]))
    if origin is list:
        return _copier_of_list(copier_of(arguments[0]))
    if origin in (set, Set):
        return _copy_of_set
    if origin is bytearray:
        return bytearray.copy
    if isinstance(origin, type) and issubclass(origin, msgspec.Struct):
        return None if origin.__struct_config__.frozen else _copier_of_struct(origin)
    if hasattr(origin, "__copy__"):
        return copy
    raise TypeError(f"there is no rule to copy {declared}")


def _copier_of_one(members: list[Any], declared: Any) -> Copier | None:
    """Of an object that may be None, or of one of several values."""
    copiers = [copier for member in members if (copier := copier_of(member))]
    if not copiers:
        return None
    if len(members) > 1:
        raise TypeError(f"there is no rule to copy {declared}")
    return lambda value: None if value is None else copiers[0](value)


def _copy_of_set(value: set[Any]) -> set[Any] | frozenset[Any]:
    return value.copy() if value else _EMPTY


def _copier_of_dict(inner: Copier | None) -> Copier:
    if inner is None:
        return dict.copy
    return lambda value: {key: inner(of) for key, of in value.items()}


def _copier_of_list(inner: Copier | None) -> Copier:
    if inner is None:
        return list.copy
    return lambda value: [inner(of) for of in value]


def copies(rows: list[Row]) -> list[Row]:
    """Copies of objects of one class, made field by field, because there may be very many."""
    if not rows:
        return []
    made: list[Row] = [*map(type(rows[0]).__copy__, rows)]  # type: ignore[attr-defined]  # every struct has it
    for name, copier in _changing(type(rows[0])):
        for row, value in zip(made, map(operator.attrgetter(name), rows), strict=True):
            if type(value) is not frozenset:  # most have no supporters, and a call for each would take long
                setattr(row, name, copier(value))
    return made


def _changing(of: type[msgspec.Struct]) -> list[tuple[str, Copier]]:
    """The fields of a class whose values change in place."""
    fields = [(field.name, copier_of(field.type)) for field in msgspec.structs.fields(of)]
    return [(name, copier) for name, copier in fields if copier is not None]


def _copier_of_struct(of: type[msgspec.Struct]) -> Copier:
    changing = _changing(of)
    flat: Copier = of.__copy__  # type: ignore[attr-defined]  # every struct has it
    if not changing:
        return flat

    def copied(value: Any) -> Any:
        made = flat(value)
        for name, copier in changing:
            setattr(made, name, copier(getattr(value, name)))
        return made

    return copied

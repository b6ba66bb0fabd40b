"""A snapshot shares nothing with its state that later entries change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest

from acquis.state import State
from acquis.state.question_order import QuestionOrder
from acquis.state.snapshots import snapshot

PLAIN = {str: "x", int: 1, bool: True, bytes: b"x"}


class StateWithMore(State):
    """A state to which a field was added."""

    more: dict[int, list[set[int]]] = msgspec.field(default_factory=dict)


class StateWithObject(State):
    """A state with a field of which nobody knows how it is copied."""

    more: object = None


def filled(declared: Any) -> Any:
    """A value of a type, with something in each collection. Frozen structs are stood in for."""
    origin, arguments = get_origin(declared) or declared, get_args(declared)
    if origin is Literal:
        return arguments[0]
    if origin is dict:
        return {filled(arguments[0]): filled(arguments[1])}
    if origin in (list, set):
        return origin([filled(arguments[0])])
    if origin is tuple:
        return tuple(filled(member) for member in arguments if member is not Ellipsis)
    if isinstance(origin, type) and issubclass(origin, msgspec.Struct):
        return object() if origin.__struct_config__.frozen else whole(origin)
    if origin is QuestionOrder:
        return QuestionOrder()
    if origin is bytearray:
        return bytearray(b"x")
    return PLAIN[origin] if origin in PLAIN else filled(arguments[0])


def whole(of: type[msgspec.Struct]) -> Any:
    """A struct of which no field is empty."""
    return of(**{field.name: filled(field.type) for field in msgspec.structs.fields(of)})


def shared(copied: Any, original: Any, path: str = "state") -> Iterator[str]:
    """Where a copy has an object that changes in common with the original."""
    parts: dict[Any, tuple[Any, Any]] = {}
    if isinstance(original, dict):
        parts = {key: (copied[key], original[key]) for key in original}
    elif isinstance(original, list):
        parts = dict(enumerate(zip(copied, original, strict=True)))
    elif isinstance(original, QuestionOrder):
        parts = {key: (vars(copied)[key], value) for key, value in vars(original).items() if key != "identity"}
    elif isinstance(original, msgspec.Struct) and not original.__struct_config__.frozen:
        parts = {name: (getattr(copied, name), getattr(original, name)) for name in original.__struct_fields__}
    elif not isinstance(original, set | bytearray):
        return
    if copied is original:
        yield path
    for name, (its, of) in parts.items():
        yield from shared(its, of, f"{path}.{name}")


@pytest.mark.parametrize("of", [State, StateWithMore])
def test_nothing_that_changes_is_shared(of: type[State]) -> None:
    state = whole(of)
    copied = snapshot(state)
    assert copied == state
    assert list(shared(copied, state)) == []


def test_what_is_shared_would_be_noticed() -> None:
    state = whole(State)
    copied = snapshot(state)
    copied.inputs.sources = state.inputs.sources
    copied.contributions = {**state.contributions}
    assert list(shared(copied, state)) == ["state.contributions.1", "state.inputs.sources"]


def test_empty_collections_are_copied_too() -> None:
    state = State()
    assert list(shared(snapshot(state), state)) == []


def test_a_type_without_a_rule_is_an_error() -> None:
    with pytest.raises(TypeError, match="no rule to copy"):
        snapshot(StateWithObject())

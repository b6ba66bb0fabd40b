"""The class of all commands."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from acquis import events
from acquis.command.actors import Actor
from acquis.command.fields import Declaration
from acquis.command.phases import ANY_TIME, Phases

if TYPE_CHECKING:
    from acquis.state import State


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Field(NamedTuple):
    """A field of a command: its name, its type without the declaration, and the declaration if it has one."""

    name: str
    type: Any
    declaration: Declaration | None
    required: bool
    default: Any


class Command(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, tag_field="do", tag=_snake):
    """Something that somebody asks for. Subclasses are one level deep; the class docstring is its documentation."""

    roles: ClassVar[frozenset[str]]
    phases: ClassVar[Phases] = ANY_TIME
    refusals: ClassVar[tuple[str, ...]] = ()
    """Every code that `rule` refuses with, beside those of the phases and of the fields."""
    rule: ClassVar[Callable[..., events.Event | None]]
    """What follows, given (state, by, at) and the object of each field whose declaration resolves to one. The fields
    hold checked values. Raises Refused."""

    def decide(self, state: State, by: Actor, at: int) -> events.Event | None:
        """The event that follows, or None if nothing changes. `at` is in milliseconds since 1970, UTC.

        Raises Refused."""
        kind = type(self)
        if kind.phases is not ANY_TIME:
            kind.phases.check(state.phase)
        asked = self
        objects: list[Any] = []
        for name, take, resolves in _checks(kind):
            given = getattr(self, name)
            taken = take(given, state)
            if resolves:
                objects.append(taken)
            elif taken is not given:
                asked = msgspec.structs.replace(asked, **{name: taken})
        return asked.rule(state, by, at, *objects)

    def signed(self, by: Actor) -> str:
        """The id that goes into the entry."""
        return by.person

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        """Every code that `decide` refuses with."""
        declared = [code for field in fields_of(cls) if field.declaration for code in field.declaration.codes]
        return tuple(dict.fromkeys((*cls.phases.codes, *declared, *cls.refusals)))


@functools.cache
def fields_of(command: type[Command]) -> tuple[Field, ...]:
    """The fields of a command in their order."""
    hints = get_type_hints(command, include_extras=True)
    return tuple(_field(info, hints[info.name]) for info in msgspec.structs.fields(command))


def _field(info: msgspec.structs.FieldInfo, hint: Any) -> Field:
    declaration = None
    if get_origin(hint) is Annotated:
        hint, declared, *_ = get_args(hint)
        declaration = declared() if isinstance(declared, type) else declared
    return Field(info.name, hint, declaration, info.required, info.default)


@functools.cache
def _checks(command: type[Command]) -> tuple[tuple[str, Callable[[Any, State], Any], bool], ...]:
    declared = ((field.name, field.declaration) for field in fields_of(command) if field.declaration)
    return tuple((name, declaration.take, declaration.resolves) for name, declaration in declared)

"""The base class of all commands."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, Self, get_args, get_origin, get_type_hints

import msgspec

from acquis import events
from acquis.command.actors import MODERATORS, Actor, KnownPerson, Successor
from acquis.command.fields import Declaration
from acquis.command.phases import ANY_TIME, Phases
from acquis.command.refused import Refused

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
    """The base class of commands. Subclasses are one level deep; their docstrings are the documentation for users."""

    roles: ClassVar[frozenset[str]]
    phases: ClassVar[Phases] = ANY_TIME
    takes_part: ClassVar[bool] = False
    """Whether a person takes part with it: refused to those who were silenced, and while the session is paused."""
    conducts: ClassVar[bool] = False
    """Whether it moves the session on: refused while the session is paused."""
    refusals: ClassVar[tuple[str, ...]] = ()
    """The codes with which `rule` refuses, in addition to those of the phases and the fields."""
    not_repeated: ClassVar[frozenset[str]] = frozenset()
    """Fields that the event does not contain, or may contain with another value."""
    rule: ClassVar[Callable[..., events.Event | None]]
    """Computes the event from (state, by, at) and the object of each field whose declaration resolves to one. The
    fields contain checked values. Raises Refused."""

    def decide(self, state: State, by: Actor, at: int) -> events.Event | None:
        """The event that follows, or None if nothing changes. `at` is in milliseconds since 1970, UTC.

        Raises Refused."""
        kind = type(self)
        if kind.phases is not ANY_TIME:
            kind.phases.check(state.phase)
        if (kind.takes_part or kind.conducts) and state.is_paused:
            raise Refused("session_paused")
        if kind.takes_part and by.person in state.measures.silenced and not by.roles & MODERATORS:
            raise Refused("silenced")
        asked = self
        objects: list[Any] = []
        for name, take, resolves in _checks(kind):
            given = getattr(self, name)
            try:
                taken = take(given, state)
            except Refused as refused:
                refused.at(name)
                raise
            if resolves:
                objects.append(taken)
            elif taken is not given:
                asked = msgspec.structs.replace(asked, **{name: taken})
        return asked.rule(state, by, at, *objects)

    def signed(self, by: Actor) -> str:
        """The id to store as the author (`by`) of the entry: that of the person, or of the voice if the act is
        anonymous. Empty for a question without a name."""
        return by.person

    def keyed(self, key: str) -> Self:
        """The command with values that are derived from the idempotency key of the request."""
        return self

    def prepare(self, state: State, names: Callable[[], Iterable[str]]) -> Callable[[], object] | None:
        """Work before the command is decided, because it needs the names of the roster, or because it is slow. Slow
        work is returned as a function to run in a thread; `decide` finds its result in a cache.

        Raises Refused."""
        return None

    def meant(self, people: Callable[[], Iterable[KnownPerson]]) -> Self:
        """The command with the person whom a name in it means, among those who have been in the session.

        Raises Refused if it may mean one of them and the command does not say so."""
        return self

    def follows(self, state: State) -> tuple[Command, ...]:
        """What the server has to do before the command is decided, as commands of its own."""
        return ()

    def newcomer(self) -> KnownPerson | None:
        """The person without a device whom the command adds; the name is stored in the roster."""
        return None

    def signs_out(self) -> str:
        """The person whose devices are signed out after the command has been recorded; empty: nobody."""
        return ""

    def hands_over(self) -> Successor | None:
        """Who takes over the role of whom: the new person gets a pass, and those of the former one are revoked."""
        return None

    def revokes(self) -> str:
        """The person whose passes are revoked after the command has been recorded; empty: nobody."""
        return ""

    def concerns(self) -> str:
        """The person whom a moderator acts on with it, who has to be in the roster or on the list; empty: nobody."""
        return ""

    def with_voice(self, voice: str) -> Self:
        """The command with the voice of the person whom it `concerns`, which only the roster knows; empty: none."""
        return self

    def renames(self) -> tuple[str, str] | None:
        """The person whose name changes in the roster, and the new name; empty if it is removed."""
        return None

    def erases(self) -> int:
        """The entry whose texts are erased after the command has been recorded; 0: none."""
        return 0

    def undoes(self) -> int:
        """The entry of the act that the command takes back; 0: none. The state is then computed again from the log."""
        return 0

    def with_rest(self, digest: str) -> Self:
        """The command that erases texts, with the SHA-256 of the remaining body of the entry (empty: it has no
        text)."""
        return self

    def matches(self, event: events.Event, state: State) -> bool:
        """Whether an event may be the result of this command; a repeated key with another command is refused. Texts
        that were erased meanwhile are not compared."""
        return all(
            _same(field, getattr(self, field.name), getattr(event, field.name, None), state)
            for field in fields_of(type(self))
            if field.name not in self.not_repeated
        )

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        """Every code with which `decide` may refuse the command, without repetitions: for the OpenAPI document."""
        declared = [code for field in fields_of(cls) if field.declaration for code in field.declaration.codes]
        paused = ("session_paused",) if cls.takes_part or cls.conducts else ()
        silenced = ("silenced",) if cls.takes_part else ()
        return tuple(dict.fromkeys((*cls.phases.codes, *paused, *silenced, *declared, *cls.refusals)))


@functools.cache
def fields_of(command: type[Command]) -> tuple[Field, ...]:
    """The fields of a command with their types and declarations, in the order in which they are declared."""
    hints = get_type_hints(command, include_extras=True)
    return tuple(_field(info, hints[info.name]) for info in msgspec.structs.fields(command))


def _field(info: msgspec.structs.FieldInfo, hint: Any) -> Field:
    declaration = None
    if get_origin(hint) is Annotated:
        hint, declared, *_ = get_args(hint)
        declaration = declared() if isinstance(declared, type) else declared
    return Field(info.name, hint, declaration, info.required, info.default)


def _same(field: Field, asked: Any, kept: Any, state: State) -> bool:
    if isinstance(asked, str):
        if asked and field.declaration:
            asked = field.declaration.take(asked, state)
        return kept is not None and (not kept or kept == asked)
    return not isinstance(asked, int) or kept is None or kept == asked


@functools.cache
def _checks(command: type[Command]) -> tuple[tuple[str, Callable[[Any, State], Any], bool], ...]:
    declared = ((field.name, field.declaration) for field in fields_of(command) if field.declaration)
    return tuple((name, declaration.take, declaration.resolves) for name, declaration in declared)

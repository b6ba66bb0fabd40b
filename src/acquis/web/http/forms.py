"""Forms made from commands: a form is rendered if its command would be accepted from this reader now.

`decide` is asked, with a value that a person could fill in for each field that the form leaves open. What a field may
hold (`maxlength`, `required`) comes from the declaration of the command.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, get_args, get_origin

from markupsafe import Markup, escape

from acquis.command import PEOPLE, Actor, Command, Refused
from acquis.command.base import Field, fields_of
from acquis.commands import BY_NAME
from acquis.state import State

ANY_PARTICIPANT = Actor("", roles=PEOPLE)
"""Stands for everybody who takes part: what only some of them can do, because they have joined or have not done it yet,
counts as accepted."""

_PASSING = frozenset({"called_just_now"})
"""Codes of refusals that no longer hold a moment later, without a new entry and thus without a new frame."""

_TRIES, _SAMPLES = 300, 100
_KEY = "a-form-that-is-not-sent-yet"


class Forms:
    """The forms of one page or frame, for one reader. `key` makes the key of a form; a frame has none, because the
    script makes one for each sending. With `home` all forms return to that page, whatever the template says.
    `embedded`: for a frame of another site, from which links lead to a tab of their own, and forms do not."""

    def __init__(
        self,
        state: State,
        actor: Actor,
        at: int,
        session: str,
        key: Callable[[], str] = str,
        home: str = "",
        embedded: bool = False,
    ) -> None:
        self.state, self.actor, self.at, self.session, self.key, self.home = state, actor, at, session, key, home
        address = f'/s/{escape(session)}/embed/do" target="_self' if embedded else f"/s/{escape(session)}/do"
        self._opening = f'<form method="post" action="{address}"'
        self._candidates: dict[tuple[str, str], list[Any]] = {}

    def holds(self, do: str) -> bool:
        """Whether the reader has a role that may give the command."""
        return bool(self.actor.roles & BY_NAME[do].roles)

    def allows(self, do: str, *open_fields: str, **fields: Any) -> bool:
        """Whether the command would change something now, with one of the values that the open fields can have.
        Required fields that are not given are open."""
        command = BY_NAME[do]
        if not self.actor.roles & command.roles:
            return False
        filled = [f for f in fields_of(command) if f.name in fields or f.required or f.name in open_fields]
        values = ([fields[f.name]] if f.name in fields else self._candidates_of(do, f) for f in filled)
        names = [field.name for field in filled]
        for value in itertools.islice(itertools.product(*values), _TRIES):
            facts = self._refused(command(**dict(zip(names, value))))
            if facts is None:
                return True
            if any(name in fields and fields[name] == fact for name, fact in facts.items()):
                return False  # the fixed field itself is refused, whatever the open ones hold
        return False

    def _candidates_of(self, do: str, field: Field) -> list[Any]:
        known = self._candidates.get((do, field.name))
        if known is None:
            known = self._candidates[do, field.name] = list(candidates(field, self.state))
        return known

    def _refused(self, command: Command) -> Mapping[str, Any] | None:
        """The facts of the refusal of a command, none if it would change nothing; None if it would be accepted."""
        stands_for_all = self.actor is ANY_PARTICIPANT
        try:
            event = command.keyed(_KEY).decide(self.state, self.actor, self.at)
        except Refused as refused:
            passes = refused.code in _PASSING or (stands_for_all and refused.code == "not_joined")
            return None if passes else refused.facts
        return None if event is not None or stands_for_all else {}

    def form(
        self,
        do: str,
        page: str,
        *open_fields: str,
        caller: Callable[..., str],
        html: Mapping[str, str | bool] | None = None,
        **fields: Any,
    ) -> Markup:
        """The form of a command, with `fields` fixed and around what the caller renders; nothing if it would be
        refused. A caller that takes an argument gets a function from the name of a field to the attributes of its
        input. `html` are attributes of the form."""
        if not self.allows(do, *open_fields, **fields):
            return Markup("")
        return self.unchecked(do, page, caller=caller, html=html, **fields)

    def unchecked(
        self,
        do: str,
        page: str,
        *,
        caller: Callable[..., str],
        html: Mapping[str, str | bool] | None = None,
        **fields: Any,
    ) -> Markup:
        """The form of a command whether or not it would be accepted: for sections that a script hides and shows."""
        hidden = {"do": do, "page": self.home or page, "key": self.key(), **fields}
        # Many forms are rendered for each frame; an f-string is ten times as fast as Markup.format.
        inputs = "".join(f'<input type="hidden" name="{n}" value="{escape(_text(v))}">' for n, v in hidden.items())
        opening = f"{self._opening}{attributes(html or {})}>"
        inner = caller(lambda name: self.field(do, name)) if getattr(caller, "arguments", ()) else caller()
        return Markup(f"{opening}{inputs}{inner}</form>")  # noqa: S704  # values are escaped, and Jinja renders `inner`

    def field(self, do: str, name: str) -> Markup:
        """The attributes of an input for a field: its name, its limits, whether it is required."""
        return _input(BY_NAME[do], name)


@functools.cache
def _input(command: type[Command], name: str) -> Markup:
    """The attributes of an input from the declaration of its field."""
    field = next(field for field in fields_of(command) if field.name == name)
    schema = field.declaration.schema() if field.declaration else {}
    limits: dict[str, str | bool] = {"name": name}
    if "maxLength" in schema:
        limits |= {"maxlength": str(schema["maxLength"]), "required": "minLength" in schema}
    if "minimum" in schema:  # A text box: the arrows of a number input are of no use for the number of an entry.
        limits |= {"inputmode": "numeric", "pattern": " *#?[0-9]+ *", "required": field.required}
    return attributes(limits)


def candidates(field: Field, state: State) -> Iterable[Any]:
    """Values that a person could fill in for a field."""
    if field.declaration:
        return list(itertools.islice(field.declaration.samples(state), _SAMPLES))
    parts = (field.type, *get_args(field.type))
    choices = [value for part in parts if get_origin(part) is Literal for value in get_args(part)]
    if choices:
        return choices
    return {bool: (True, False), int: (0,), str: ("",)}.get(field.type, ((),))


def attributes(given: Mapping[str, str | bool]) -> Markup:
    """Attributes of an element, each with a blank before it; one that is True has no value, one that is False is left
    out."""
    named = ((name, value) for name, value in given.items() if value is not False)
    parts = (f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in named)
    return Markup("".join(parts))  # noqa: S704  # names are literals, values are escaped


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

"""The command that states what became of inputs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar

from acquis import events as ev
from acquis.command import ONCE_OPENED, WRITERS, Actor, Command, Refused, Text, Word
from acquis.contributions.ledger import input_entries
from acquis.contributions.reasons import reasons
from acquis.state import State

WORDS_LIMIT = 600
NAME_LIMIT = 200


class StateFates(Command, frozen=True, gc=False):
    """State what became of inputs, all of them the same: `merged` into others (`into` has one for each), `answered` in
    the session or `answered_in_writing` (by `who`), `deferred` (`to` a session or a body), or `not_used` (`reason`, a
    code of the public list). A later statement leaves the earlier one on the record."""

    roles: ClassVar = WRITERS
    phases: ClassVar = ONCE_OPENED
    refusals: ClassVar = ("no_inputs", "no_such_input", "fate_incomplete", "merged_in_circle")
    inputs: tuple[int, ...]
    fate: ev.StatedKind
    into: tuple[int, ...] = ()
    reason: Annotated[str, Word("[a-z_]+", 40, "no_such_reason", empty=True)] = ""
    who: Annotated[str, Text(NAME_LIMIT, empty=True)] = ""
    to: Annotated[str, Text(NAME_LIMIT, empty=True)] = ""
    words: Annotated[str, Text(WORDS_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if not self.inputs or len(set(self.inputs)) < len(self.inputs):
            raise Refused("no_inputs").at("inputs")
        known = input_entries(state)
        for entry in (*self.inputs, *self.into):
            if entry not in known:
                raise Refused("no_such_input", entry=entry).at("inputs")
        self._check_parts()
        if self.into:
            _check_circles(state, dict(zip(self.inputs, self.into, strict=True)))
        event = ev.FatesStated(
            self.inputs, self.fate, self.into, reason=self.reason, who=self.who, to=self.to, words=self.words
        )
        return None if self._is_stated(state, event) else event

    def _check_parts(self) -> None:
        """Raises Refused if the statement has not exactly what its kind needs."""
        needed = {"merged": "into", "answered": "who", "answered_in_writing": "who", "deferred": "to"}
        field = needed.get(self.fate, "reason")
        if any(bool(getattr(self, name)) != (name == field) for name in ("into", "who", "to", "reason")):
            raise Refused("fate_incomplete").at(field)
        if self.into and len(self.into) != len(self.inputs):
            raise Refused("fate_incomplete").at("into")
        if self.reason:
            if self.reason not in reasons():
                raise Refused("no_such_reason").at("reason")
            if reasons()[self.reason].words and not self.words:
                raise Refused("fate_incomplete").at("words")

    def _is_stated(self, state: State, event: ev.FatesStated) -> bool:
        """Whether the latest statement of every input says the same."""
        for place, entry in enumerate(self.inputs):
            seq, into = state.inputs.stated[entry][-1] if entry in state.inputs.stated else (0, 0)
            if not seq or into != (self.into[place] if self.into else 0):
                return False
            before = state.inputs.statements[seq]
            if any(getattr(before, name) != getattr(event, name) for name in ("fate", "reason", "who", "to", "words")):
                return False
        return True


def _check_circles(state: State, merged: dict[int, int]) -> None:
    """Raises Refused("merged_in_circle") if an input would be part of itself."""
    for entry in merged:
        if entry in _ways(state, merged, entry):
            raise Refused("merged_in_circle", entry=entry).at("into")


def _ways(state: State, merged: dict[int, int], entry: int) -> Iterable[int]:
    """The inputs of which an input is part: the one into which it is merged, and so on."""
    seen: list[int] = []
    while True:
        stated = state.inputs.stated.get(entry)
        into = merged.get(entry) or (stated[-1][1] if stated else 0)
        if not into or into in seen:
            return seen
        seen.append(into)
        entry = into


COMMANDS = (StateFates,)

"""The command that confirms the references of a question, a statement or a written contribution."""

from __future__ import annotations

from typing import Annotated, ClassVar

from acquis import events as ev
from acquis.command import HOSTS, RAPPORTEUR, Actor, Command, References, Refused
from acquis.state import State


class ConfirmReferences(Command, frozen=True, gc=False):
    """Confirm which items of the reference a question, a statement or a written contribution (`entry`) is about:
    `items` are ids with blanks between ("norm-j cbm-8"); an empty text takes them away. Also after the session has
    ended."""

    roles: ClassVar = HOSTS | {RAPPORTEUR}
    refusals: ClassVar = ("no_such_evidence",)
    entry: int
    items: Annotated[str, References] = ""

    def rule(self, state: State, by: Actor, at: int, items: tuple[str, ...]) -> ev.Event | None:
        if not any(self.entry in known for known in (state.questions, state.statements, state.contributions)):
            raise Refused("no_such_evidence", entry=self.entry)
        return None if state.about.get(self.entry, ()) == items else ev.ReferencesConfirmed(self.entry, items)


COMMANDS = (ConfirmReferences,)

"""The command that erases personal text; the erasure is recorded, and the chain remains valid."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

import msgspec

from acquis import events as ev
from acquis.command import HOSTS, Actor, Command, Refused, Text
from acquis.state import State

REASON_LIMIT = 200


class EraseText(Command, frozen=True, gc=False):
    """Erase the texts of an entry (a question, a statement, an answer, a note), on somebody's request. What was asked,
    when, and what became of it stays. `rest` is filled in by the session: the digest of what is left of the entry."""

    roles: ClassVar = HOSTS
    refusals: ClassVar = ("no_such_entry", "nothing_to_erase")
    entry: int
    reason: Annotated[str, Text(REASON_LIMIT)]
    rest: str = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if not 1 <= self.entry <= state.seq:
            raise Refused("no_such_entry", entry=self.entry).at("entry")
        if self.entry in state.erased:
            return None
        if not self.rest:
            raise Refused("nothing_to_erase", entry=self.entry).at("entry")
        return ev.TextErased(self.entry, self.rest, self.reason)

    def erases(self) -> int:
        return self.entry

    def with_rest(self, digest: str) -> Self:
        return msgspec.structs.replace(self, rest=digest)


COMMANDS = (EraseText,)

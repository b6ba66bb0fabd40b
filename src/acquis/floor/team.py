"""Commands about the people who hold links: somebody is replaced in a role, or can no longer use a link."""

from __future__ import annotations

import hashlib
from typing import Annotated, ClassVar, Self

from msgspec.structs import replace

from acquis import events as ev
from acquis.command import ONCE_PUBLISHED, ORGANIZER, Actor, Command, Refused, Successor, Text, Word
from acquis.floor.amending import REASON_LIMIT
from acquis.floor.moderation import PERSON
from acquis.floor.queue import NAME_LIMIT
from acquis.state import State
from acquis.state.reading import team_names
from acquis.text.visible import cleaned

FORMER_LIMIT = 300
"""The most characters of a name of the programme."""
PERSON_OR_NONE = Word(".+", 40, "no_such_person", empty=True)


class ReplaceTeamMember(Command, frozen=True, gc=False):
    """Let somebody else take over the role of a person who runs the session: the links of the person stop working at
    once. A person of the programme who has no link is given by the name (`former`). `name` goes into the roster, and
    into the log only if the programme names the former person; `successor` is the id of the new person, which the
    server makes from the key of the request."""

    roles: ClassVar = frozenset({ORGANIZER})
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = ("replaced_already",)
    not_repeated: ClassVar = frozenset({"name", "former"})
    role: ev.TeamRole
    person: Annotated[str, PERSON_OR_NONE]
    name: Annotated[str, Text(NAME_LIMIT)]
    reason: Annotated[str, Text(REASON_LIMIT, empty=True)] = ""
    former: Annotated[str, Text(FORMER_LIMIT, empty=True)] = ""
    successor: Annotated[str, Word(".+", 40, "bad_person", empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if self.person in state.measures.replaced or self._is_named_as_replaced(state):
            raise Refused("replaced_already")
        listed = self.former in team_names(state, self.role)
        if not (self.person or listed):
            raise Refused("no_such_person")
        names = {"former": self.former, "name": self.name} if listed else {}
        return ev.TeamMemberReplaced(self.role, self.person, self.successor, self.reason, **names)

    def _is_named_as_replaced(self, state: State) -> bool:
        """Whether a person without a link was replaced before."""
        changes = [change.event for change in state.measures.amendments]
        replaced = [change for change in changes if isinstance(change, ev.TeamMemberReplaced)]
        return not self.person and (self.role, self.former) in {(change.role, change.former) for change in replaced}

    def keyed(self, key: str) -> Self:
        # A repeated request refers to the same person.
        return replace(self, successor="p" + hashlib.sha256(key.encode()).hexdigest()[:12])

    def hands_over(self) -> Successor:
        return Successor(self.role, self.person, self.successor, cleaned(self.name))


class RevokeAccess(Command, frozen=True, gc=False):
    """Revoke the links of a person, who can do nothing more in the session. What the person said and voted before
    stays; waiting hands are taken down."""

    roles: ClassVar = frozenset({ORGANIZER})
    phases: ClassVar = ONCE_PUBLISHED
    person: Annotated[str, PERSON]
    reason: Annotated[str, Text(REASON_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return ev.AccessRevoked(self.person, self.reason)

    def concerns(self) -> str:
        return self.person

    def revokes(self) -> str:
        return self.person


COMMANDS = (ReplaceTeamMember, RevokeAccess)

"""Events of the people who run a session: somebody is replaced, or can no longer use a link."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import TEAM, Event, Refreshes, TeamRole


class TeamMemberReplaced(Event, frozen=True, gc=False, omit_defaults=True):
    """Somebody took over the role of another person. `person` and `successor` are ids; `person` is empty if the former
    one had no link. The names are in the roster, and in the log only if the programme names the former person."""

    refreshes: ClassVar[Refreshes] = TEAM
    texts: ClassVar[tuple[str, ...]] = ("reason", "former", "name")
    persons: ClassVar[tuple[str, ...]] = ("person", "successor")
    role: TeamRole
    person: str = ""
    successor: str = ""
    reason: str = ""
    former: str = ""
    """The name of the former person as the programme has it."""
    name: str = ""
    """The name of the new person."""


class AccessRevoked(Event, frozen=True, gc=False, omit_defaults=True):
    """The links of a person were revoked. The hands of the person are taken down."""

    texts: ClassVar[tuple[str, ...]] = ("reason",)
    persons: ClassVar[tuple[str, ...]] = ("person",)
    person: str = ""
    reason: str = ""

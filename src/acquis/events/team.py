"""Events of the people who run a session: somebody is replaced, or can no longer use a link."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import TEAM, Event, Refreshes, TeamRole


class TeamMemberReplaced(Event, frozen=True, gc=False, omit_defaults=True):
    """Somebody took over the role of another person. Both are ids; their names are in the roster and not in the log."""

    refreshes: ClassVar[Refreshes] = TEAM
    texts: ClassVar[tuple[str, ...]] = ("reason",)
    role: TeamRole
    person: str
    successor: str
    reason: str = ""


class AccessRevoked(Event, frozen=True, gc=False, omit_defaults=True):
    """The links of a person were revoked. The hands of the person are taken down."""

    texts: ClassVar[tuple[str, ...]] = ("reason",)
    person: str
    reason: str = ""

"""The rows of the roster: passes, erasures that are under way, and sessions."""

from __future__ import annotations

import msgspec

from acquis.attributes import Attributes
from acquis.command import Actor


class Pass(msgspec.Struct, frozen=True, gc=False):
    """The data of a pass. `session` is empty for a pass to all sessions. `until`: the time from which it is no longer
    valid (ms since 1970); 0 for no end."""

    session: str
    roles: frozenset[str]
    person: str
    voice: str
    seat: int = 0
    name: str = ""
    attributes: Attributes = Attributes()
    issued: int = 0
    until: int = 0
    used: int = 0
    """When the pass was used first (ms since 1970); 0 for never."""

    def is_valid(self, now: int) -> bool:
        """Whether the last day of the pass has not passed at a time (ms since 1970)."""
        return not self.until or now < self.until

    def actor(self, ballot: str = "") -> Actor:
        """The actor of the pass, without the name. `ballot`: a random id for the ballot of a person who joins."""
        return Actor(self.person, self.voice, self.roles, self.attributes, self.seat, ballot)


class Erasure(msgspec.Struct, frozen=True, gc=False):
    """An erasure that is under way: it is noted before anything is erased, so that it is completed after a crash.
    `texts`: the entries whose texts are erased; `person`: the person whose data are erased, if it is one; `by`: who
    asked for it, empty for nobody known."""

    session: str
    texts: tuple[int, ...] = ()
    person: str = ""
    reason: str = ""
    by: str = ""
    id: int = 0


class SessionRow(msgspec.Struct, frozen=True, gc=False):
    """A session in the roster: its id, its session code, the draft of its programme (YAML) and the page from which it
    was imported."""

    id: str
    code: str
    created: int
    draft: str
    page: str = ""

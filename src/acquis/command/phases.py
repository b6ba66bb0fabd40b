"""The phases of a session in which a command is allowed."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from acquis.command.refused import Refused

Phase: TypeAlias = Literal["draft", "published", "open", "closed"]
_ORDER: dict[Phase, int] = {"draft": 0, "published": 1, "open": 2, "closed": 3}
_TOO_EARLY: dict[Phase, str] = {"published": "not_published", "open": "not_open", "closed": "not_closed"}
_TOO_LATE: dict[Phase, str] = {"published": "already_open", "open": "session_closed"}


class Phases(NamedTuple):
    """The first and the last phase in which a command is allowed."""

    first: Phase
    last: Phase

    def check(self, phase: Phase) -> None:
        """Raises Refused (not_published, not_open, not_closed, already_open, session_closed) outside these phases."""
        if _ORDER[phase] < _ORDER[self.first]:
            raise Refused(_TOO_EARLY[self.first])
        if _ORDER[phase] > _ORDER[self.last]:
            raise Refused(_TOO_LATE[self.last])

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes with which `check` refuses: too early, too late, both or none."""
        early, late = _TOO_EARLY.get(self.first), _TOO_LATE.get(self.last)
        return tuple(code for code in (early, late) if code)


ANY_TIME = Phases("draft", "closed")
UNTIL_OPENED = Phases("draft", "published")
ONCE_PUBLISHED = Phases("published", "closed")
NOT_ENDED = Phases("published", "open")
RUNNING = Phases("open", "open")
ONCE_OPENED = Phases("open", "closed")
ENDED = Phases("closed", "closed")

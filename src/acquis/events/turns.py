"""Events of texts about a turn: the note of the rapporteur and the comment of the speaker."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import TEAM, UNLESS_HELD_BACK, Event, Refreshes, SeenBy


class TurnNoted(Event, frozen=True, gc=False, omit_defaults=True):
    """The rapporteur noted what was said in a turn."""

    refreshes: ClassVar[Refreshes] = TEAM
    seen_by: ClassVar[SeenBy] = UNLESS_HELD_BACK
    texts: ClassVar[tuple[str, ...]] = ("text",)
    turn: int
    text: str = ""


class TurnCommented(Event, frozen=True, gc=False, omit_defaults=True):
    """The speaker commented on the rapporteur's note of his or her turn; a later comment replaces an earlier one."""

    refreshes: ClassVar[Refreshes] = TEAM
    seen_by: ClassVar[SeenBy] = UNLESS_HELD_BACK
    texts: ClassVar[tuple[str, ...]] = ("text",)
    turn: int
    text: str = ""

"""What is written about a turn: the note of the rapporteur, the comment of whoever spoke."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import Event


class TurnNoted(Event, frozen=True, gc=False, omit_defaults=True):
    """The rapporteur's note of what was said in a turn, in the rapporteur's words."""

    texts: ClassVar[tuple[str, ...]] = ("text",)
    turn: int
    text: str


class TurnCommented(Event, frozen=True, gc=False, omit_defaults=True):
    """Whoever had a turn says something to the rapporteur's note of it; a later comment replaces the one before."""

    texts: ClassVar[tuple[str, ...]] = ("text",)
    turn: int
    text: str

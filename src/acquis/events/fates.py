"""The event that states what became of inputs: interventions, questions, statements and written contributions. What a
report takes up is stated by the report itself, whose sentences cite it."""

from __future__ import annotations

from typing import ClassVar, Literal

from acquis.events.base import TEAM, Event, Refreshes

StatedKind = Literal["merged", "answered", "answered_in_writing", "deferred", "not_used"]


class FatesStated(Event, frozen=True, gc=False, omit_defaults=True):
    """The same became of several inputs: merged into others, answered in the session or in writing, deferred, or not
    used. A later statement of an input leaves this one on the record."""

    refreshes: ClassVar[Refreshes] = TEAM
    texts: ClassVar[tuple[str, ...]] = ("who", "to", "words")
    inputs: tuple[int, ...]
    """The entries of the inputs."""
    fate: StatedKind
    into: tuple[int, ...] = ()
    """For each input the one into which it was merged."""
    reason: str = ""
    """Why they were not used: a code of the public list (`contributions/reasons.yaml`)."""
    who: str = ""
    """Who answered."""
    to: str = ""
    """The session or the body to which they were deferred."""
    words: str = ""

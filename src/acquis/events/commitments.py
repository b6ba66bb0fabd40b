"""Events of commitments and their progress."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import CommitmentStatus, Event


class CommitmentMade(Event, frozen=True, gc=False, omit_defaults=True):
    """A commitment was made from a call to action: who does what by when, and its source."""

    texts: ClassVar[tuple[str, ...]] = ("what", "who")
    what: str = ""
    who: str = ""
    """A named body; empty if only a kind of actor is given."""
    actor: str = ""
    """The kind of actor ("state", "private-sector"); empty for all."""
    due: str = ""
    """A date ("2026-12-31") or a rule relative to a meeting of the reference ("end(gm-dtg-2026-12)")."""
    due_words: str = ""
    """The deadline in words if there is no date: "before the next session"."""
    process: str = ""
    items: tuple[str, ...] = ()
    report: int = 0
    """The entry of the report that contains the call, and the number of the call in it, counted from 1."""
    call: int = 0


class CommitmentAmended(Event, frozen=True, gc=False, omit_defaults=True):
    """The content of a commitment was changed, with the reason; the earlier content stays in the log."""

    texts: ClassVar[tuple[str, ...]] = ("what", "who", "why")
    commitment: int
    why: str = ""
    what: str = ""
    who: str = ""
    actor: str = ""
    due: str = ""
    due_words: str = ""
    process: str = ""
    items: tuple[str, ...] = ()


class CommitmentProgressed(Event, frozen=True, gc=False, omit_defaults=True):
    """Progress of a commitment was noted: its new status, a note, and the evidence (a document symbol and paragraph, a
    link, a day)."""

    texts: ClassVar[tuple[str, ...]] = ("note",)
    commitment: int
    status: CommitmentStatus
    note: str = ""
    symbol: str = ""
    url: str = ""
    on: str = ""

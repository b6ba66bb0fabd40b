"""Commitments and what came of them."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import CommitmentStatus, Event


class CommitmentMade(Event, frozen=True, gc=False, omit_defaults=True):
    """A call to action became something that can be followed up: who does what by when, and where it was called for."""

    texts: ClassVar[tuple[str, ...]] = ("what", "who")
    what: str
    who: str = ""
    """A named body; empty where it is only a kind of actor."""
    actor: str = ""
    """The kind of actor ("state", "private-sector"), empty for everybody."""
    due: str = ""
    """A date ("2026-12-31") or a rule that counts from a meeting of the reference ("end(gm-dtg-2026-12)")."""
    due_words: str = ""
    """By when, where there is no date: "before the next session"."""
    process: str = ""
    items: tuple[str, ...] = ()
    report: int = 0
    """The entry of the report whose call it comes from, and the number of the call in it, from 1."""
    call: int = 0


class CommitmentAmended(Event, frozen=True, gc=False, omit_defaults=True):
    """What a commitment says was changed, and why; what it said before stays in the log."""

    texts: ClassVar[tuple[str, ...]] = ("what", "who", "why")
    commitment: int
    why: str
    what: str
    who: str = ""
    actor: str = ""
    due: str = ""
    due_words: str = ""
    process: str = ""
    items: tuple[str, ...] = ()


class CommitmentProgressed(Event, frozen=True, gc=False, omit_defaults=True):
    """Something came of a commitment, or nothing will: its status from now on, in words, with the evidence: a document
    symbol and paragraph, a link, the day it happened."""

    texts: ClassVar[tuple[str, ...]] = ("note",)
    commitment: int
    status: CommitmentStatus
    note: str
    symbol: str = ""
    url: str = ""
    on: str = ""

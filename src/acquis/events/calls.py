"""Events of calls: a body is asked, it answers, and the same call of several sessions is joined."""

from __future__ import annotations

from typing import ClassVar

from acquis.events.base import BodyAnswer, Event


class BodyAsked(Event, frozen=True, gc=False, omit_defaults=True):
    """The body that a call names was sent a link with which to answer. A later one takes its place."""

    persons: ClassVar[tuple[str, ...]] = ("addressee",)
    commitment: int
    addressee: str = ""
    """The id of the holder of the link."""


class CallAnswered(Event, frozen=True, gc=False, omit_defaults=True):
    """The body that a call names answered it: it accepted the call, accepted it in its own words, declined it, or
    replied without doing either. A later answer takes its place, and both stay in the log."""

    texts: ClassVar[tuple[str, ...]] = ("what", "note", "office")
    persons: ClassVar[tuple[str, ...]] = ("signer",)
    commitment: int
    answer: BodyAnswer
    what: str = ""
    """What the body will do in its own words, if it amended the call."""
    due: str = ""
    """By when, if it amended the call: a date or a rule, as in `CommitmentMade`."""
    note: str = ""
    office: str = ""
    """The function of whoever signed. The name stands in the roster, under the id `signer`."""
    signer: str = ""


class CallsJoined(Event, frozen=True, gc=False, omit_defaults=True):
    """A call was found to be the same as one of a session of this server (this one or another)."""

    commitment: int
    session: str
    other: int
    """The entry of the other call in the log of its session."""


class CallsParted(Event, frozen=True, gc=False, omit_defaults=True):
    """Two calls that had been joined are no longer held to be the same."""

    commitment: int
    session: str
    other: int

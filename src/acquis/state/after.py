"""The classes of the state for what is made of a session: the draft, the confirmed summary, reports, commitments."""

from __future__ import annotations

import msgspec

from acquis import events as ev


class Drafted(msgspec.Struct, gc=False):
    """A sentence of the draft. `id` is the entry that added it ("812"), or, for a sentence from a published report, the
    entry of the report and the number of the sentence ("900-2"). `entry` and `by` are those of its latest wording."""

    id: str
    part: str
    text: str
    cites: tuple[int, ...] = ()
    about: tuple[str, ...] = ()
    entry: int = 0
    by: str = ""
    origin: ev.Origin = ""

    def sentence(self) -> ev.Sentence:
        """The sentence in the form of a published report."""
        return ev.Sentence(self.text, self.cites, self.about, origin=self.origin)


class Confirmed(msgspec.Struct, gc=False):
    """The closing summary that the Chair confirmed, and the entry of the confirmation."""

    seq: int
    at: int
    consensus: tuple[str, ...]
    concern: tuple[str, ...]


class Report(msgspec.Struct, gc=False):
    """A published version of the report, numbered from 1, and its entry."""

    seq: int
    at: int
    version: int
    body: ev.ReportPublished


class Step(msgspec.Struct, gc=False):
    """One change of a commitment: the entry, when, by whom, and what it says."""

    seq: int
    at: int
    by: str
    body: (
        ev.CommitmentMade
        | ev.CommitmentAmended
        | ev.CommitmentProgressed
        | ev.BodyAsked
        | ev.CallAnswered
        | ev.CallsJoined
        | ev.CallsParted
    )


class Commitment(msgspec.Struct, gc=False):
    """A commitment: its present content, its status, and its history."""

    seq: int
    at: int
    what: str
    who: str
    actor: str
    due: str
    due_words: str
    process: str
    items: tuple[str, ...]
    report: int
    call: int
    source: str = ""
    """The sentence of the report from which it was made."""
    status: ev.CommitmentStatus = "open"
    steps: list[Step] = msgspec.field(default_factory=list)
    addressee: str = ""
    """The id of the holder of the latest link with which the body can answer; empty: it was not asked, or a public log
    does not show it."""
    same: tuple[tuple[str, int], ...] = ()
    """The calls that are held to be the same: session and entry of each."""

    @property
    def is_accepted(self) -> bool:
        """Whether the body that it names is recorded to have accepted it, and has not declined it since. Until then it
        is a call to that body."""
        accepted = False
        for step in self.steps:
            said = _said(step.body)
            accepted = said in ("accepted", "amended") or (accepted and said != "declined")
        return accepted

    @property
    def is_asked(self) -> bool:
        """Whether the body that it names was sent a link with which to answer."""
        return any(isinstance(step.body, ev.BodyAsked) for step in self.steps)

    @property
    def answer(self) -> ev.CallAnswered | None:
        """The latest answer of the body; None if there is none."""
        return next((step.body for step in reversed(self.steps) if isinstance(step.body, ev.CallAnswered)), None)


def _said(body: ev.Event) -> str:
    """What a step says of the body: that it accepted, amended, declined, or something else."""
    if isinstance(body, ev.CallAnswered):
        return body.answer
    return body.status if isinstance(body, ev.CommitmentProgressed) else ""

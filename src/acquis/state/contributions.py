"""Effects of written contributions: until when they are accepted, and their status."""

from __future__ import annotations

from acquis import events as ev
from acquis.attributes import attributes_of
from acquis.state.inputs import WrittenContribution
from acquis.state.model import State, effect


@effect(ev.ContributionsInvited)
def _(s: State, e: ev.ContributionsInvited, seq: int, at: int, by: str) -> None:
    s.inputs.until = e.until


@effect(ev.ContributionWritten)
def _(s: State, e: ev.ContributionWritten, seq: int, at: int, by: str) -> None:
    if e.source:
        s.inputs.sources.add(e.source)
    s.contributions[seq] = WrittenContribution(
        seq,
        at,
        person="" if e.source else by,
        text=e.text,
        on_behalf_of=e.on_behalf_of,
        language=e.language,
        attributes=attributes_of(e),
        source=e.source,
        fate="waiting" if s.settings.moderated and not e.source else "approved",
    )


@effect(ev.ContributionApproved)
def _(s: State, e: ev.ContributionApproved, seq: int, at: int, by: str) -> None:
    contribution = s.contributions.edit(e.contribution)
    contribution.fate, contribution.reason = "approved", ""


@effect(ev.ContributionHeldBack)
def _(s: State, e: ev.ContributionHeldBack, seq: int, at: int, by: str) -> None:
    contribution = s.contributions.edit(e.contribution)
    contribution.fate, contribution.reason = "held_back", e.reason


@effect(ev.ContributionWithdrawn)
def _(s: State, e: ev.ContributionWithdrawn, seq: int, at: int, by: str) -> None:
    s.contributions.edit(e.contribution).fate = "withdrawn"

"""Commands for written contributions, which are moderated like questions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

from msgspec.structs import asdict

from acquis import events as ev
from acquis.attributes import Attributes, Lane, PublicAttributes, attributes_of
from acquis.command import (
    HOSTS,
    MODERATORS,
    ONCE_PUBLISHED,
    PEOPLE,
    WRITERS,
    Actor,
    Command,
    Of,
    Refused,
    Text,
    Word,
    Written,
)
from acquis.floor.people import check_groups
from acquis.floor.speech import LANGUAGE
from acquis.state import State, WrittenContribution
from acquis.state.people import kept_attributes

TEXT_LIMIT = 10_000
BODY_LIMIT = 200
"""The most characters of the organization for which a contribution speaks."""


def _moment(written: str) -> str:
    """A date and time of day as a date field writes it ("2026-12-11T18:00"). Raises Refused("bad_moment")."""
    if not written.strip():
        return ""
    try:
        return datetime.fromisoformat(written.strip()).replace(tzinfo=None).isoformat(timespec="minutes")
    except ValueError as error:
        raise Refused("bad_moment", written=written[:40]) from error


class InviteContributions(Command, frozen=True, gc=False):
    """Accept written contributions until a moment, in the time zone of the session; empty: accept no more."""

    roles: ClassVar = HOSTS
    phases: ClassVar = ONCE_PUBLISHED
    not_repeated: ClassVar = frozenset({"until"})  # the event has the moment in milliseconds
    until: Annotated[str, Written(_moment, ("bad_moment",), "a date and time of day, as 2026-12-11T18:00")] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        zone = ZoneInfo(state.programme.zone)
        until = int(datetime.fromisoformat(self.until).replace(tzinfo=zone).timestamp() * 1000) if self.until else 0
        return None if until == state.inputs.until else ev.ContributionsInvited(until)


class WriteContribution(Command, frozen=True, gc=False):
    """Contribute in writing, before the session, during it, or after it until the deadline. The groups are those with
    which the person joined."""

    roles: ClassVar = PEOPLE
    takes_part: ClassVar = True
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = ("contributions_closed", "contributed_before", "too_many_contributions")
    text: Annotated[str, Text(TEXT_LIMIT)]
    on_behalf_of: Annotated[str, Text(BODY_LIMIT, empty=True)] = ""
    language: Annotated[str, Word(LANGUAGE, 35, "bad_language", "language", empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if at > state.inputs.until:
            raise Refused("contributions_closed")
        mine = [c for c in state.contributions.values() if c.person == by.person and c.fate != "withdrawn"]
        if any(contribution.text == self.text for contribution in mine):
            raise Refused("contributed_before").at("text")
        if len(mine) >= state.settings.open_questions_each:
            raise Refused("too_many_contributions", limit=state.settings.open_questions_each)
        kept = asdict(kept_attributes(state, by.attributes))
        return ev.ContributionWritten(self.text, self.on_behalf_of, self.language, **kept)


class EnterContribution(Command, PublicAttributes, frozen=True, gc=False, kw_only=True):
    """Enter a contribution that came in another way: its text, for whom it speaks, its groups and its language. It is
    public at once. `source` names the file and the row in it; the same one is entered once, also after an erasure."""

    roles: ClassVar = WRITERS
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = ("no_such_group",)
    text: Annotated[str, Text(TEXT_LIMIT)]
    source: Annotated[str, Word(r"[0-9a-f]{16}-[0-9]{1,6}", 24, "bad_source")]
    on_behalf_of: Annotated[str, Text(BODY_LIMIT, empty=True)] = ""
    language: Annotated[str, Word(LANGUAGE, 35, "bad_language", "language", empty=True)] = ""
    lane: Lane = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        check_groups(state, self)
        if self.source in state.inputs.sources:
            return None
        kept: Attributes = kept_attributes(state, attributes_of(self))
        return ev.ContributionWritten(self.text, self.on_behalf_of, self.language, self.source, **asdict(kept))


class WithdrawContribution(Command, frozen=True, gc=False):
    """Withdraw the contribution that one wrote, as long as no report is published."""

    roles: ClassVar = PEOPLE
    refusals: ClassVar = ("not_yours", "published_already")
    contribution: Annotated[int, Of("contributions")]

    def rule(self, state: State, by: Actor, at: int, contribution: WrittenContribution) -> ev.Event | None:
        if not contribution.person or contribution.person != by.person:
            raise Refused("not_yours")
        if contribution.fate == "withdrawn":
            return None
        if state.reports:
            raise Refused("published_already")
        return ev.ContributionWithdrawn(self.contribution)


class ApproveContribution(Command, frozen=True, gc=False):
    """Let a written contribution through to everybody, also one that was held back."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("contribution_withdrawn",)
    contribution: Annotated[int, Of("contributions")]

    def rule(self, state: State, by: Actor, at: int, contribution: WrittenContribution) -> ev.Event | None:
        if contribution.fate == "withdrawn":
            raise Refused("contribution_withdrawn", contribution=self.contribution)
        return None if contribution.is_public else ev.ContributionApproved(self.contribution)


class HoldBackContribution(Command, frozen=True, gc=False):
    """Hold a written contribution back, with a class of reasons that everybody can see."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("contribution_withdrawn",)
    contribution: Annotated[int, Of("contributions")]
    reason: ev.HeldBackReason

    def rule(self, state: State, by: Actor, at: int, contribution: WrittenContribution) -> ev.Event | None:
        if contribution.fate == "withdrawn":
            raise Refused("contribution_withdrawn", contribution=self.contribution)
        same = contribution.fate == "held_back" and contribution.reason == self.reason
        return None if same else ev.ContributionHeldBack(self.contribution, self.reason)


COMMANDS = (
    InviteContributions,
    WriteContribution,
    EnterContribution,
    WithdrawContribution,
    ApproveContribution,
    HoldBackContribution,
)

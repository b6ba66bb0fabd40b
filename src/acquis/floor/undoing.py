"""The command that takes an act back, and the state of a session without the act."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from acquis import events as ev
from acquis.attributes import Attributes, attributes_of
from acquis.command import ENDED, HOSTS, NOT_ENDED, ONCE_OPENED, ROLES, UNTIL_OPENED, Actor, Command, Phases, Refused
from acquis.floor.contributions import EnterContribution, WithdrawContribution, WriteContribution
from acquis.floor.meetings import EnterQuestion
from acquis.floor.messages import SupportAmendment, WithdrawAmendmentSupport
from acquis.floor.questions import AnswerInWriting, AskQuestion, SupportQuestion, WithdrawQuestion, WithdrawSupport
from acquis.floor.queue import DeferHand, LowerHand, RaiseHand, RestoreHand
from acquis.floor.statements import CastVote, ProposeStatement, WithdrawStatement, WithdrawVote
from acquis.state import State
from acquis.state.counting import votes_published
from acquis.state.undoing import effective, undo_until


class TakeBack(Command, frozen=True, gc=False):
    """Take back the latest act that conducted the session, for ten seconds (the opening: for sixty): the state becomes
    what it would be without it. The log keeps both. An act on which something depends that people did since then, such
    as a vote on a statement, can no longer be taken back."""

    roles: ClassVar = HOSTS
    refusals: ClassVar = ("not_an_act", "act_overtaken", "undo_too_late", "act_used")
    entry: int

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if self.entry in state.taken_back:
            return None
        act = state.act
        if act is None or act.seq < self.entry:
            raise Refused("not_an_act")
        if act.seq != self.entry:
            raise Refused("act_overtaken")
        if at > undo_until(act):
            raise Refused("undo_too_late", seconds=act.event.undo_s)
        raised = any(hand.segment < 0 for hand in state.hands.values())
        if isinstance(act.event, ev.SessionOpened) and (state.questions or raised or state.turns):
            raise Refused("act_used")
        if isinstance(act.event, ev.VotesStruck | ev.VotesRestored) and votes_published(state):
            raise Refused("act_used")
        return ev.ActTakenBack(self.entry)

    def undoes(self) -> int:
        return self.entry


def state_without(rows: Iterable[tuple[int, int, str, bytes]], entry: int) -> State:
    """The state of a log (seq, at, by, body) whose last entry takes back the act of `entry`. Raises
    Refused("act_used") if something was done after the act that could not have been done without it."""
    state = State()
    for seq, at, by, event in effective((seq, at, by, ev.from_body(body)) for seq, at, by, body in rows):
        try:
            if seq > entry and isinstance(event, ev.Event):
                _require_same(state, at - state.ahead, by, event)
            state.apply(seq, at, by, event)
        except (LookupError, ValueError, AttributeError, Refused) as error:
            raise Refused("act_used") from error
    return state


def _require_same(state: State, at: int, by: str, event: ev.Event) -> None:
    """Raises Refused or ValueError if an event would not have been decided in the same way in this state."""
    kind = type(event)
    if kind in _PHASES:
        _PHASES[kind].check(state.phase)
    if kind in _COMMANDS:
        attributes = attributes_of(event) if isinstance(event, _WITH_GROUPS) else Attributes()
        decided = _COMMANDS[kind](event, by).decide(state, Actor(by, by, frozenset(ROLES), attributes), at)
        if decided != event:
            raise ValueError(f"{kind.__name__} would have been another event")


_WITH_GROUPS = (ev.HandRaised, ev.QuestionAsked, ev.ContributionWritten)
_COMMANDS: dict[type[ev.Event], Callable[[Any, str], Command]] = {
    ev.HandRaised: lambda e, by: RaiseHand(e.kind, e.about),
    ev.HandLowered: lambda e, by: LowerHand(e.hand),
    ev.HandRestored: lambda e, by: RestoreHand(e.hand),
    ev.HandDeferred: lambda e, by: DeferHand(e.hand),
    ev.QuestionAsked: lambda e, by: (
        EnterQuestion(e.origin, e.text, e.votes, e.answered)
        if e.origin
        else AskQuestion(e.text, e.to, anonymous=not by)
    ),
    ev.QuestionWithdrawn: lambda e, by: WithdrawQuestion(e.question),
    ev.QuestionSupported: lambda e, by: SupportAmendment(e.amendment) if e.amendment else SupportQuestion(e.question),
    ev.SupportWithdrawn: lambda e, by: (
        WithdrawAmendmentSupport(e.amendment) if e.amendment else WithdrawSupport(e.question)
    ),
    ev.AnswerWritten: lambda e, by: AnswerInWriting(e.question, e.text),
    ev.ContributionWritten: lambda e, by: (
        EnterContribution(
            text=e.text,
            source=e.source,
            on_behalf_of=e.on_behalf_of,
            language=e.language,
            lane=e.lane,
            stakeholder=e.stakeholder,
            region=e.region,
        )
        if e.source
        else WriteContribution(e.text, e.on_behalf_of, e.language)
    ),
    ev.ContributionWithdrawn: lambda e, by: WithdrawContribution(e.contribution),
    ev.StatementProposed: lambda e, by: ProposeStatement(e.text, e.replaces),
    ev.StatementWithdrawn: lambda e, by: WithdrawStatement(e.statement),
    ev.VoteCast: lambda e, by: CastVote(e.statement, e.choice),
    ev.VoteWithdrawn: lambda e, by: WithdrawVote(e.statement),
}
"""Event of a person -> its command, which must still give that event."""

_PHASES: dict[type[ev.Event], Phases] = {
    ev.ProgrammePublished: UNTIL_OPENED,
    ev.SessionCancelled: UNTIL_OPENED,
    ev.SpeakerRegistered: UNTIL_OPENED,
    ev.RegistrationWithdrawn: UNTIL_OPENED,
    ev.SpeakersListPublished: UNTIL_OPENED,
    ev.ParticipantJoined: NOT_ENDED,
    ev.ResultsShown: NOT_ENDED,
    ev.SpeechCaptioned: ONCE_OPENED,
    ev.TranscriptImported: ONCE_OPENED,
    ev.PollResultEntered: ONCE_OPENED,
    ev.MeetingReportImported: ONCE_OPENED,
    ev.BallotsPublished: ENDED,
    ev.TotalsPublished: ENDED,
    ev.FatesStated: ONCE_OPENED,
    ev.ReportPublished: ENDED,
}
"""Event that does not depend on an act but needs a phase -> the phases."""


COMMANDS = (TakeBack,)

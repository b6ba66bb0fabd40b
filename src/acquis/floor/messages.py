"""Commands for agreeing on messages. What the procedure of the session does not allow at a moment is refused."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec.structs import asdict

from acquis import events as ev
from acquis.command import (
    HOSTS,
    MODERATORS,
    NOT_ENDED,
    ONCE_PUBLISHED,
    PEOPLE,
    RUNNING,
    WRITERS,
    Actor,
    Command,
    Of,
    Refused,
    Text,
)
from acquis.floor.message_rules import RULED, allowed, must_have_joined, not_silent
from acquis.floor.people import voice_number
from acquis.messages.procedure import ProcedureError, read, shipped_text
from acquis.messages.standing import amendments_to, objections_to
from acquis.state import Message, ProposedAmendment, State
from acquis.state.people import kept_attributes

MESSAGE_LIMIT, WHY_LIMIT, PARTIES_LIMIT = 2000, 400, 4000
AMENDMENTS_EACH = 3
"""The most amendments to one message by one person."""


class ChooseProcedure(Command, frozen=True, gc=False):
    """Choose the procedure by which messages are agreed: one that comes with the program, or an own file (`own`, with
    its YAML in `text`). `shared`: as the procedure of the whole gathering, for which its page gives it in each
    session."""

    roles: ClassVar = HOSTS
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = ("bad_procedure",)
    not_repeated: ClassVar = frozenset({"text"})
    procedure: Literal["igf", "eurodig", "aprigf", "silence", "own"]
    text: str = ""
    shared: bool = False

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        text = self.text.strip() if self.procedure == "own" else shipped_text(self.procedure)
        try:
            read(text)
        except ProcedureError as error:
            raise Refused("bad_procedure", reason=str(error)[:2000]).at("text") from error
        chosen = ev.ProcedureChosen(self.procedure, text, self.shared)
        return None if state.procedure == chosen else chosen


class ProposeMessage(Command, frozen=True, gc=False):
    """Propose a message: a key takeaway or a call to action."""

    roles: ClassVar = WRITERS
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = RULED
    part: ev.MessagePart
    text: Annotated[str, Text(MESSAGE_LIMIT)]

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        allowed(state, by, at, "propose")
        if any(message.text == self.text for message in state.messages.values()):
            return None
        return ev.MessageProposed(self.part, self.text)


class PutMessage(Command, frozen=True, gc=False):
    """Put a message before the room, on the stage and on the phones, with one amendment to it or without; 0: none is
    before the room any more."""

    roles: ClassVar = HOSTS
    phases: ClassVar = NOT_ENDED
    refusals: ClassVar = ("amendment_settled",)
    message: Annotated[int, Of("messages", optional=True)] = 0
    amendment: Annotated[int, Of("amendments", optional=True)] = 0

    def rule(
        self, state: State, by: Actor, at: int, message: Message | None, amendment: ProposedAmendment | None
    ) -> ev.Event | None:
        if amendment is not None:
            if amendment.message != self.message:
                raise Refused("no_such_amendment", amendment=self.amendment)
            if not amendment.is_proposed:
                raise Refused("amendment_settled")
        same = state.before_room == (self.message, self.amendment)
        return None if same else ev.MessagePut(self.message, self.amendment)


class RewordMessage(Command, frozen=True, gc=False):
    """Change the wording of a message. After its outcome was stated it is an erratum, which is public and numbered; all
    earlier wordings stay."""

    roles: ClassVar = WRITERS
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = (*RULED, "under_silence", "why_needed")
    message: Annotated[int, Of("messages")]
    text: Annotated[str, Text(MESSAGE_LIMIT)]
    why: Annotated[str, Text(WHY_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int, message: Message) -> ev.Event | None:
        allowed(state, by, at, "reword")
        not_silent(state, message, at)
        if message.text == self.text:
            return None
        if message.outcomes and not self.why:
            raise Refused("why_needed").at("why")
        return ev.MessageReworded(self.message, self.text, self.why)


class ProposeAmendment(Command, frozen=True, gc=False):
    """Propose another wording of a message. It gets a number, and is shown as a difference from the present wording."""

    roles: ClassVar = PEOPLE | WRITERS
    takes_part: ClassVar = True
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = (*RULED, "not_joined", "under_silence", "nothing_amended", "too_many_amendments")
    message: Annotated[int, Of("messages")]
    text: Annotated[str, Text(MESSAGE_LIMIT)]

    def rule(self, state: State, by: Actor, at: int, message: Message) -> ev.Event | None:
        allowed(state, by, at, "amend")
        must_have_joined(state, by)
        not_silent(state, message, at)
        if self.text == message.text:
            raise Refused("nothing_amended").at("text")
        open_ones = (amendment for amendment in amendments_to(state, self.message) if amendment.is_proposed)
        mine = [amendment for amendment in open_ones if amendment.person == by.person]
        if any(amendment.text == self.text for amendment in mine):
            return None
        if len(mine) >= AMENDMENTS_EACH:
            raise Refused("too_many_amendments", limit=AMENDMENTS_EACH)
        kept = asdict(kept_attributes(state, by.attributes))
        return ev.AmendmentProposed(self.message, self.text, unread=state.settings.moderated, **kept)


class WithdrawAmendment(Command, frozen=True, gc=False):
    """Withdraw the amendment that one proposed, as long as it is not settled."""

    roles: ClassVar = PEOPLE | WRITERS
    refusals: ClassVar = ("not_yours", "amendment_settled")
    amendment: Annotated[int, Of("amendments")]

    def rule(self, state: State, by: Actor, at: int, amendment: ProposedAmendment) -> ev.Event | None:
        if not amendment.person or amendment.person != by.person:
            raise Refused("not_yours")
        if amendment.fate == "withdrawn":
            return None
        _still_proposed(amendment)
        return ev.AmendmentWithdrawn(self.amendment)


def _still_proposed(amendment: ProposedAmendment) -> None:
    """Raises Refused("amendment_settled") if something has become of an amendment."""
    if not amendment.is_proposed:
        raise Refused("amendment_settled")


class SupportAmendment(Command, frozen=True, gc=False):
    """Support an amendment. Only the number of supporters is public."""

    roles: ClassVar = PEOPLE
    takes_part: ClassVar = True
    refusals: ClassVar = ("amendment_settled", "not_joined", "votes_counted")
    amendment: Annotated[int, Of("amendments")]

    def rule(self, state: State, by: Actor, at: int, amendment: ProposedAmendment) -> ev.Event | None:
        number = voice_number(state, by)
        if number in amendment.supporters:
            return None
        _can_be_supported(state, amendment)
        return ev.QuestionSupported(amendment=self.amendment)

    def signed(self, by: Actor) -> str:
        return by.voice


class WithdrawAmendmentSupport(Command, frozen=True, gc=False):
    """Withdraw one's support of an amendment."""

    roles: ClassVar = PEOPLE
    refusals: ClassVar = ("amendment_settled", "not_joined", "votes_counted")
    amendment: Annotated[int, Of("amendments")]

    def rule(self, state: State, by: Actor, at: int, amendment: ProposedAmendment) -> ev.Event | None:
        if voice_number(state, by) not in amendment.supporters:
            return None
        _can_be_supported(state, amendment)
        return ev.SupportWithdrawn(amendment=self.amendment)

    def signed(self, by: Actor) -> str:
        return by.voice


def _can_be_supported(state: State, amendment: ProposedAmendment) -> None:
    """Raises Refused if an amendment is settled, or if the votes and the support of the session are counted."""
    _still_proposed(amendment)
    if state.is_over:
        raise Refused("votes_counted")


class SettleAmendment(Command, frozen=True, gc=False):
    """Accept an amendment, so that its text is the wording of the message, or not. After the outcome was stated, what
    is accepted is an erratum."""

    roles: ClassVar = WRITERS
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = (*RULED, "under_silence", "amendment_settled")
    amendment: Annotated[int, Of("amendments")]
    accepted: bool
    why: Annotated[str, Text(WHY_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int, amendment: ProposedAmendment) -> ev.Event | None:
        if amendment.fate == ("incorporated" if self.accepted else "not_incorporated"):
            return None
        _still_proposed(amendment)
        allowed(state, by, at, "settle")
        not_silent(state, state.messages[amendment.message], at)
        return ev.AmendmentSettled(self.amendment, self.accepted, self.why)


class OpenMessageVote(Command, frozen=True, gc=False):
    """Put a message to the vote in its present wording: a statement on which everybody votes, counted as all others, so
    that small groups are not shown."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = RUNNING
    refusals: ClassVar = RULED
    message: Annotated[int, Of("messages")]

    def rule(self, state: State, by: Actor, at: int, message: Message) -> ev.Event | None:
        allowed(state, by, at, "test")
        tests = (state.statements[seq] for seq in message.tests)
        if any(test.text == message.text and test.is_open for test in tests):
            return None
        return ev.StatementSeeded(message.text, message=self.message)


class StateOutcome(Command, frozen=True, gc=False):
    """State what became of a message: adopted, adopted with reservations, or fallen, which needs a reason. It cannot be
    adopted without reservations while an objection or a reservation stands. Where a silence procedure decides, nobody
    states it."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = (*RULED, "under_silence", "reservations_stand", "why_needed")
    message: Annotated[int, Of("messages")]
    outcome: ev.MessageOutcome
    why: Annotated[str, Text(WHY_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int, message: Message) -> ev.Event | None:
        allowed(state, by, at, "state")
        not_silent(state, message, at)
        if self.outcome == "adopted" and objections_to(state, self.message):
            raise Refused("reservations_stand").at("outcome")
        if self.outcome == "fallen" and not self.why:
            raise Refused("why_needed").at("why")
        stated = message.outcome
        if stated is not None and (stated.outcome, stated.why) == (self.outcome, self.why):
            return None
        return ev.OutcomeStated(self.message, self.outcome, self.why)


class BeginSilence(Command, frozen=True, gc=False):
    """Circulate a message under a silence procedure: it is adopted at the deadline unless one of the parties (one a
    line) objects before it."""

    roles: ClassVar = HOSTS
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = (*RULED, "under_silence", "chatham_names")
    message: Annotated[int, Of("messages")]
    parties: Annotated[str, Text(PARTIES_LIMIT)]

    def rule(self, state: State, by: Actor, at: int, message: Message) -> ev.Event | None:
        procedure = allowed(state, by, at, "circulate")
        if state.settings.chatham:
            raise Refused("chatham_names").at("parties")
        not_silent(state, message, at)
        return ev.SilenceBegun(self.message, procedure.silence_hours, self.parties)


COMMANDS = (
    ChooseProcedure,
    ProposeMessage,
    PutMessage,
    RewordMessage,
    ProposeAmendment,
    WithdrawAmendment,
    SupportAmendment,
    WithdrawAmendmentSupport,
    SettleAmendment,
    OpenMessageVote,
    StateOutcome,
    BeginSilence,
)

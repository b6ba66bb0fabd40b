"""Commands of moderation that can follow at any time, in whatever state a thing is."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

import msgspec

from acquis import events as ev
from acquis.command import HOSTS, MODERATORS, NOT_ENDED, ONCE_PUBLISHED, RUNNING, Actor, Command, Refused, Text, Word
from acquis.floor.queue import NAME_LIMIT
from acquis.state import State
from acquis.state.counting import strike_of, votes_published
from acquis.state.reading import other_text
from acquis.text.visible import cleaned


class HoldBackText(Command, frozen=True, gc=False):
    """Hold back a text that is neither a question nor a statement: what a hand is about, the note of a turn or the
    comment on it, a written answer. `entry` is the entry that contains it."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("no_such_text",)
    entry: int
    reason: ev.HeldBackReason

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        _must_be_there(state, self.entry)
        same = state.measures.withheld.get(self.entry) == self.reason
        return None if same else ev.TextHeldBack(self.entry, self.reason)


class LetTextThrough(Command, frozen=True, gc=False):
    """Let such a text through to everybody, which waits to be read or was held back."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("no_such_text",)
    entry: int

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        _must_be_there(state, self.entry)
        return ev.TextLetThrough(self.entry) if self.entry in state.measures.withheld else None


def _must_be_there(state: State, entry: int) -> None:
    """Raises Refused("no_such_text", entry) if the entry contains no such text."""
    if not other_text(state, entry):
        raise Refused("no_such_text", entry=entry)


class CloseIntake(Command, frozen=True, gc=False):
    """Accept nothing new of a kind: no questions, no proposed statements, or nobody who has not joined before."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = NOT_ENDED
    intake: ev.Intake

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return None if self.intake in state.measures.closed else ev.IntakeClosed(self.intake)


class OpenIntake(Command, frozen=True, gc=False):
    """Accept what is new of a kind again, after `close_intake`."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = NOT_ENDED
    intake: ev.Intake

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return ev.IntakeOpened(self.intake) if self.intake in state.measures.closed else None


class PauseSession(Command, frozen=True, gc=False):
    """Pause the session: nobody can take part, and the clocks of the turn and of the segment stop. Moderators can still
    hold texts back, lower hands, end the turn and act on people."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = RUNNING

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return None if state.is_paused else ev.SessionPaused()


class ResumeSession(Command, frozen=True, gc=False):
    """End the pause of the session. The clocks of the turn and of the segment go on."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = RUNNING

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return ev.SessionResumed() if state.is_paused else None


PERSON = Word(".+", 40, "no_such_person")


class SilencePerson(Command, frozen=True, gc=False):
    """Let a person read only: no hands, questions, statements, support or votes. What the person said and voted before
    stays; waiting hands are taken down, a turn ends, and nobody can put the person on the list or give the person the
    floor. A seat on the panel is not a person: a speaker of the programme is taken off it."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = ONCE_PUBLISHED
    person: Annotated[str, PERSON]
    reason: ev.PersonReason

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        same = state.measures.silenced.get(self.person) == self.reason
        turns = (state.turns[seq] for seq in (state.turn, state.interrupted) if seq)
        turn = next((turn.seq for turn in turns if turn.person == self.person), 0)
        return None if same else ev.ParticipantSilenced(person=self.person, reason=self.reason, turn=turn)

    def concerns(self) -> str:
        return self.person


class UnsilencePerson(Command, frozen=True, gc=False):
    """Let a person who was silenced take part again."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = ONCE_PUBLISHED
    person: Annotated[str, PERSON]

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return ev.ParticipantUnsilenced(self.person) if self.person in state.measures.silenced else None

    def concerns(self) -> str:
        return self.person


class StrikeVotes(Command, frozen=True, gc=False):
    """Leave the votes of a person out of the ballots and totals that are published after the close: of somebody who
    votes more than once, for example. Until then no tally changes, so nobody sees how the person voted. The person can
    no longer vote, and still speak, ask and support. `voice` is filled in by the server; the public log does not show
    it."""

    roles: ClassVar = HOSTS
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = ("votes_out", "not_a_voter", "votes_are_struck")
    not_repeated: ClassVar = frozenset({"person"})
    person: Annotated[str, PERSON]
    reason: ev.PersonReason
    voice: str = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        strike = _strike(state, self.voice)
        if strike and state.measures.struck[strike].reason != self.reason:
            raise Refused("votes_are_struck")
        return None if strike else ev.VotesStruck(self.reason, self.voice)

    def concerns(self) -> str:
        return self.person

    def with_voice(self, voice: str) -> Self:
        return msgspec.structs.replace(self, voice=voice)


class RestoreVotes(Command, frozen=True, gc=False):
    """Count the votes of a person again that were left out. `voice` is filled in by the server."""

    roles: ClassVar = HOSTS
    phases: ClassVar = ONCE_PUBLISHED
    refusals: ClassVar = ("votes_out", "not_a_voter")
    not_repeated: ClassVar = frozenset({"person", "voice"})
    person: Annotated[str, PERSON]
    voice: str = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        strike = _strike(state, self.voice)
        return ev.VotesRestored(strike) if strike else None

    def concerns(self) -> str:
        return self.person

    def with_voice(self, voice: str) -> Self:
        return msgspec.structs.replace(self, voice=voice)


def votes_open(state: State, voice: str) -> bool:
    """Whether the votes of a voice are not published yet. In logs of earlier versions they were from the beginning."""
    number = state.voice_numbers.get(voice)
    return number is not None and bool(state.voices[number].ballot) and not votes_published(state)


def _strike(state: State, voice: str) -> int:
    """The entry that left the votes of a voice out, 0 if they count. Raises Refused: not_a_voter if the voice never
    joined, votes_out if its votes are published."""
    if voice not in state.voice_numbers:
        raise Refused("not_a_voter")
    if not votes_open(state, voice):
        raise Refused("votes_out")
    return strike_of(state, voice)


class RenamePerson(Command, frozen=True, gc=False):
    """Change the name of a person, or remove it with an empty `name`. The name goes into the roster and never into the
    log; the person cannot change it any more."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = ONCE_PUBLISHED
    not_repeated: ClassVar = frozenset({"name"})
    person: Annotated[str, PERSON]
    reason: ev.PersonReason
    name: Annotated[str, Text(NAME_LIMIT, empty=True)] = ""

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        return ev.ParticipantRenamed(person=self.person, reason=self.reason, removed=not self.name)

    def concerns(self) -> str:
        return self.person

    def renames(self) -> tuple[str, str] | None:
        return self.person, cleaned(self.name)


COMMANDS = (
    HoldBackText,
    LetTextThrough,
    CloseIntake,
    OpenIntake,
    PauseSession,
    ResumeSession,
    SilencePerson,
    UnsilencePerson,
    StrikeVotes,
    RestoreVotes,
    RenamePerson,
)

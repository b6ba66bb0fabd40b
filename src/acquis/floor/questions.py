"""Commands for written questions. Every question has a public status."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec.structs import asdict

from acquis import events as ev
from acquis.command import (
    MODERATORS,
    PEOPLE,
    RUNNING,
    SPEAKER,
    WRITERS,
    Actor,
    Command,
    Of,
    Refused,
    SeatNumber,
    Text,
)
from acquis.floor.people import voice_number
from acquis.state import OPEN_FATES, Question, State
from acquis.state.people import kept_attributes
from acquis.state.reading import public_question

TEXT_LIMIT = 400
ANSWER_LIMIT = 4000
_PUBLIC_AND_OPEN = ("approved", "on_floor")


def _still_open(question: Question) -> None:
    if question.fate not in OPEN_FATES:
        raise Refused("question_is_over", question=question.seq, fate=question.fate)


class AskQuestion(Command, frozen=True, gc=False):
    """Ask in writing, the whole panel or one speaker (`to`, numbered from 1). Asked with `anonymous`, the question
    carries nobody's id, lane or group, and nobody, moderators included, can see who asked."""

    roles: ClassVar = PEOPLE
    takes_part: ClassVar = True
    phases: ClassVar = RUNNING
    refusals: ClassVar = ("questions_closed", "anonymous_off", "too_many_questions", "asked_before")
    text: Annotated[str, Text(TEXT_LIMIT)]
    to: Annotated[int, SeatNumber(optional=True, present=True)] = 0
    anonymous: bool = False

    def rule(self, state: State, by: Actor, at: int) -> ev.Event | None:
        if "questions" in state.measures.closed:
            raise Refused("questions_closed")
        if self.anonymous:
            if not state.settings.anonymous:
                raise Refused("anonymous_off").at("anonymous")
            return ev.QuestionAsked(self.text, self.to)
        asked = [state.questions[seq] for seq in state.asked_by.get(by.person, ())]
        mine = [question for question in asked if question.fate in OPEN_FATES]
        if any(question.text == self.text for question in mine):
            raise Refused("asked_before").at("text")
        if len(mine) >= state.settings.open_questions_each:
            raise Refused("too_many_questions", limit=state.settings.open_questions_each)
        return ev.QuestionAsked(self.text, self.to, **asdict(kept_attributes(state, by.attributes)))

    def signed(self, by: Actor) -> str:
        return "" if self.anonymous else by.person


class WithdrawQuestion(Command, frozen=True, gc=False):
    """Withdraw the question that one asked, as long as it is open."""

    roles: ClassVar = PEOPLE
    refusals: ClassVar = ("not_yours", "question_is_over")
    question: Annotated[int, Of("questions")]

    def rule(self, state: State, by: Actor, at: int, question: Question) -> ev.Event | None:
        if not question.person or question.person != by.person:
            raise Refused("not_yours")
        if question.fate == "withdrawn":
            return None
        _still_open(question)
        return ev.QuestionWithdrawn(self.question)


class SupportQuestion(Command, frozen=True, gc=False):
    """'I want to know this too.' Support for a merged question is counted for the question it was merged into."""

    roles: ClassVar = PEOPLE
    takes_part: ClassVar = True
    refusals: ClassVar = ("question_is_over", "not_joined")
    not_repeated: ClassVar = frozenset({"question"})  # it may have been merged into another one
    question: Annotated[int, Of("questions")]

    def rule(self, state: State, by: Actor, at: int, question: Question) -> ev.Event | None:
        question = _living(state, question)
        if question.fate not in _PUBLIC_AND_OPEN:
            raise Refused("question_is_over", question=question.seq, fate=question.fate)
        number = voice_number(state, by)
        return None if number in question.supporters else ev.QuestionSupported(question.seq)

    def signed(self, by: Actor) -> str:
        return by.voice


class WithdrawSupport(Command, frozen=True, gc=False):
    """Withdraw one's support of a question, or of the question into which it was merged."""

    roles: ClassVar = PEOPLE
    refusals: ClassVar = ("question_is_over", "not_joined")
    not_repeated: ClassVar = frozenset({"question"})  # it may have been merged into another one
    question: Annotated[int, Of("questions")]

    def rule(self, state: State, by: Actor, at: int, question: Question) -> ev.Event | None:
        question = _living(state, question)
        number = voice_number(state, by)
        if number not in question.supporters:
            return None
        _still_open(question)
        return ev.SupportWithdrawn(question.seq)

    def signed(self, by: Actor) -> str:
        return by.voice


def _living(state: State, question: Question) -> Question:
    return state.questions[question.into] if question.into else question


class ApproveQuestion(Command, frozen=True, gc=False):
    """Let a question through to everybody. One that was held back is again what it was before, at any time."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("question_is_over",)
    question: Annotated[int, Of("questions")]

    def rule(self, state: State, by: Actor, at: int, question: Question) -> ev.Event | None:
        if question.fate == "approved":
            return None
        if question.fate not in ("waiting", "held_back"):
            raise Refused("question_is_over", question=self.question, fate=question.fate)
        return ev.QuestionApproved(self.question)


class HoldBackQuestion(Command, frozen=True, gc=False):
    """Hold a question back, whatever has become of it, with a class of reasons that everybody can see."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("question_is_over",)
    question: Annotated[int, Of("questions")]
    reason: ev.HeldBackReason

    def rule(self, state: State, by: Actor, at: int, question: Question) -> ev.Event | None:
        if question.fate == "held_back" and question.reason == self.reason:
            return None
        if question.fate == "withdrawn":
            raise Refused("question_is_over", question=self.question, fate=question.fate)
        return ev.QuestionHeldBack(self.question, self.reason)


class MergeQuestions(Command, frozen=True, gc=False):
    """Two questions ask the same: `question` goes into `into`, with its supporters."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("question_is_over", "merge_with_itself")
    question: Annotated[int, Of("questions")]
    into: Annotated[int, Of("questions", fates=_PUBLIC_AND_OPEN)]

    def rule(self, state: State, by: Actor, at: int, gone: Question, kept: Question) -> ev.Event | None:
        if gone.seq == kept.seq:
            raise Refused("merge_with_itself").at("into")
        if gone.fate == "merged" and gone.into == kept.seq:
            return None
        _still_open(gone)
        if kept.fate not in _PUBLIC_AND_OPEN:
            raise Refused("question_is_over", question=kept.seq, fate=kept.fate).at("into")
        return ev.QuestionMerged(self.question, self.into)


class SplitQuestion(Command, frozen=True, gc=False):
    """Undo a merge at any time: the question is one of its own again, with the supporters that it had."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = RUNNING
    refusals: ClassVar = ("question_is_over",)
    question: Annotated[int, Of("questions")]

    def rule(self, state: State, by: Actor, at: int, question: Question) -> ev.Event | None:
        if question.fate in OPEN_FATES:
            return None
        if question.fate != "merged":
            raise Refused("question_is_over", question=self.question, fate=question.fate)
        return ev.QuestionSplit(self.question)


class AssignQuestion(Command, frozen=True, gc=False):
    """Give a question to a speaker (numbered from 1; 0 is the whole panel)."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("question_is_over",)
    question: Annotated[int, Of("questions")]
    seat: Annotated[int, SeatNumber(optional=True, present=True)]

    def rule(self, state: State, by: Actor, at: int, question: Question) -> ev.Event | None:
        _still_open(question)
        return None if question.to == self.seat else ev.QuestionAssigned(self.question, self.seat)


class PutQuestion(Command, frozen=True, gc=False):
    """Read the question out: it is on the floor. Only one question can be there at a time."""

    roles: ClassVar = MODERATORS
    conducts: ClassVar = True
    phases: ClassVar = RUNNING
    refusals: ClassVar = ("question_is_over", "question_on_floor")
    question: Annotated[int, Of("questions")]

    def rule(self, state: State, by: Actor, at: int, question: Question) -> ev.Event | None:
        if question.fate == "on_floor":
            return None
        if question.fate != "approved":
            raise Refused("question_is_over", question=self.question, fate=question.fate)
        require_free(state, question)
        return ev.QuestionPut(self.question)


def require_free(state: State, question: Question) -> None:
    """Raises Refused("question_on_floor", question) if another question is being answered."""
    for other in state.questions.values():
        if other.fate == "on_floor" and other.seq != question.seq:
            raise Refused("question_on_floor", question=other.seq)


class ReopenQuestion(Command, frozen=True, gc=False):
    """Put a question that is on the floor back among those that wait, or one that was marked as answered."""

    roles: ClassVar = MODERATORS
    phases: ClassVar = RUNNING
    refusals: ClassVar = ("question_is_over",)
    question: Annotated[int, Of("questions")]

    def rule(self, state: State, by: Actor, at: int, question: Question) -> ev.Event | None:
        if question.fate in ("waiting", "approved"):
            return None
        if question.fate not in ("on_floor", "answered_live", "answered_in_writing"):
            raise Refused("question_is_over", question=self.question, fate=question.fate)
        return ev.QuestionReopened(self.question)


class MarkAnswered(Command, frozen=True, gc=False):
    """Record that the panel answered a question in the session."""

    roles: ClassVar = MODERATORS
    refusals: ClassVar = ("question_is_over",)
    question: Annotated[int, Of("questions")]

    def rule(self, state: State, by: Actor, at: int, question: Question) -> ev.Event | None:
        if question.fate == "answered_live":
            return None
        if question.fate not in ("approved", "on_floor", "answered_in_writing", "not_reached"):
            raise Refused("question_is_over", question=self.question, fate=question.fate)
        return ev.QuestionAnswered(self.question)


class AnswerInWriting(Command, frozen=True, gc=False):
    """Answer a question in writing, also after the session. A speaker answers what was asked of the panel or of
    them, until the report is published; those who write the record enter an answer for a speaker."""

    roles: ClassVar = WRITERS | {SPEAKER}
    takes_part: ClassVar = True
    refusals: ClassVar = ("question_is_over", "not_yours", "published_already")
    question: Annotated[int, Of("questions")]
    text: Annotated[str, Text(ANSWER_LIMIT)]

    def rule(self, state: State, by: Actor, at: int, question: Question) -> ev.Event | None:
        if not public_question(question) or question.fate == "merged":
            raise Refused("question_is_over", question=self.question, fate=question.fate)
        only_speaker = not by.roles & WRITERS
        if only_speaker and question.to not in (0, by.seat):
            raise Refused("not_yours")
        if only_speaker and state.reports:
            raise Refused("published_already")
        return None if question.answer == self.text else ev.AnswerWritten(self.question, self.text)


COMMANDS = (
    AskQuestion,
    WithdrawQuestion,
    SupportQuestion,
    WithdrawSupport,
    ApproveQuestion,
    HoldBackQuestion,
    MergeQuestions,
    SplitQuestion,
    AssignQuestion,
    PutQuestion,
    MarkAnswered,
    ReopenQuestion,
    AnswerInWriting,
)

"""Effects of questions: their status, support and answers."""

from __future__ import annotations

from acquis import events as ev
from acquis.attributes import attributes_of
from acquis.state.asked import OPEN_FATES, Question, QuestionFate
from acquis.state.model import State, effect


@effect(ev.QuestionAsked)
def _(s: State, e: ev.QuestionAsked, seq: int, at: int, by: str) -> None:
    if e.origin:
        late: QuestionFate = "not_reached" if s.closed_at else "approved"
        there: QuestionFate = "answered_live" if e.answered else late
        s.questions[seq] = Question(
            seq, at, "", e.text, e.to, attributes_of(e), fate=there, public=True, origin=e.origin, votes=e.votes
        )
        s.order.note(seq)
        return
    public = not s.settings.moderated
    fate: QuestionFate = "approved" if public else "waiting"
    s.questions[seq] = Question(seq, at, by, e.text, e.to, attributes_of(e), fate=fate, public=public)
    s.order.note(seq)
    if by:
        s.asked_by[by] = (*s.asked_by.get(by, ()), seq)


@effect(ev.QuestionApproved)
def _(s: State, e: ev.QuestionApproved, seq: int, at: int, by: str) -> None:
    question = s.questions.edit(e.question)
    question.fate, question.reason, question.public = _fate_when_approved(s, question), "", True
    s.order.note(question.seq)


def _fate_when_approved(s: State, question: Question) -> QuestionFate:
    """Approved, or what had become of a question before it was held back."""
    before = s.measures.fates.pop(question.seq, "waiting")
    if before in OPEN_FATES and s.closed_at:
        return "not_reached"
    return "approved" if before in OPEN_FATES else before  # type: ignore[return-value]  # a fate of a question


@effect(ev.QuestionHeldBack)
def _(s: State, e: ev.QuestionHeldBack, seq: int, at: int, by: str) -> None:
    question = s.questions.edit(e.question)
    s.measures.fates.setdefault(question.seq, question.fate)
    question.fate, question.reason, question.public = "held_back", e.reason, False
    s.order.note(question.seq)


@effect(ev.QuestionWithdrawn)
def _(s: State, e: ev.QuestionWithdrawn, seq: int, at: int, by: str) -> None:
    question = s.questions.edit(e.question)
    question.fate, question.public = "withdrawn", False
    s.order.note(e.question)


def _supporters(s: State, question: int, amendment: int) -> set[int]:
    """The supporters of a question or of an amendment, to be changed."""
    if not amendment:
        s.order.note(question)
    supported = s.amendments.edit(amendment) if amendment else s.questions.edit(question)
    if not isinstance(supported.supporters, set):
        supported.supporters = set(supported.supporters)
    return supported.supporters


@effect(ev.QuestionSupported)
def _(s: State, e: ev.QuestionSupported, seq: int, at: int, by: str) -> None:
    _supporters(s, e.question, e.amendment).add(s.voice_numbers[by])
    s.sealed += 1


@effect(ev.SupportWithdrawn)
def _(s: State, e: ev.SupportWithdrawn, seq: int, at: int, by: str) -> None:
    number = s.voice_numbers[by]
    s.sealed += 1
    _supporters(s, e.question, e.amendment).discard(number)
    for question in s.questions.values():
        if question.into == e.question and number in question.brought:
            s.questions.edit(question.seq).brought = question.brought - {number}
            s.order.note(question.seq)


@effect(ev.QuestionMerged)
def _(s: State, e: ev.QuestionMerged, seq: int, at: int, by: str) -> None:
    gone, kept = s.questions.edit(e.question), s.questions.edit(e.into)
    gone.fate, gone.into, gone.joined = "merged", e.into, e.into
    gone.brought = gone.supporters - kept.supporters
    kept.supporters = kept.supporters | gone.supporters
    s.order.note(gone.seq, kept.seq)
    kept.put_at = min(filter(None, (kept.put_at, gone.put_at)), default=0)
    for question in s.questions.values():
        if question.into == gone.seq:
            s.questions.edit(question.seq).into = kept.seq
            s.order.note(question.seq)


@effect(ev.QuestionSplit)
def _(s: State, e: ev.QuestionSplit, seq: int, at: int, by: str) -> None:
    gone = s.questions.edit(e.question)
    still = s.questions[gone.into].supporters  # some may have withdrawn their support
    gone.supporters = gone.supporters & still
    voices, above = gone.brought, gone.joined
    while voices and above:
        question = s.questions.edit(above)
        question.supporters = question.supporters - voices
        s.order.note(above)
        voices = voices & question.brought
        question.brought = question.brought - voices
        above = question.joined
    gone.brought, gone.joined, gone.into = frozenset(), 0, 0
    gone.fate = "approved" if gone.public else "waiting"
    s.order.note(gone.seq)
    for question in s.questions.values():
        if question.into and question.into != (root := _root(s, question)):
            s.questions.edit(question.seq).into = root
            s.order.note(question.seq)


def _root(s: State, question: Question) -> int:
    """The question that a merged question is part of in the end; 0 if it is not merged."""
    into = 0
    while question.joined:
        into = question.joined
        question = s.questions[into]
    return into


@effect(ev.QuestionAssigned)
def _(s: State, e: ev.QuestionAssigned, seq: int, at: int, by: str) -> None:
    s.questions.edit(e.question).to = e.seat
    s.order.note(e.question)


@effect(ev.QuestionPut)
def _(s: State, e: ev.QuestionPut, seq: int, at: int, by: str) -> None:
    question = s.questions.edit(e.question)
    question.fate, question.put_at = "on_floor", question.put_at or at
    s.order.note(question.seq)


@effect(ev.QuestionAnswered)
def _(s: State, e: ev.QuestionAnswered, seq: int, at: int, by: str) -> None:
    s.questions.edit(e.question).fate = "answered_live"
    s.order.note(e.question)


@effect(ev.QuestionReopened)
def _(s: State, e: ev.QuestionReopened, seq: int, at: int, by: str) -> None:
    question = s.questions.edit(e.question)
    if question.fate == "on_floor":
        question.put_at = 0
    question.fate = "approved"
    s.order.note(question.seq)


@effect(ev.AnswerWritten)
def _(s: State, e: ev.AnswerWritten, seq: int, at: int, by: str) -> None:
    question = s.questions.edit(e.question)
    question.answer, question.answer_entry = e.text, seq
    if question.fate != "answered_live":
        question.fate = "answered_in_writing"
    s.order.note(question.seq)

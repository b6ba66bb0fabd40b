"""Effects of statements and votes."""

from __future__ import annotations

from acquis import events as ev
from acquis.state.amending import show
from acquis.state.model import CODES, NONE, STEP, State, Statement, effect
from acquis.state.voters import FirstMoment


@effect(ev.StatementProposed)
def _(s: State, e: ev.StatementProposed, seq: int, at: int, by: str) -> None:
    _add(s, Statement(seq, at, by, e.text, False, "proposed" if s.settings.moderated else "open"), e.replaces)


@effect(ev.StatementSeeded)
def _(s: State, e: ev.StatementSeeded, seq: int, at: int, by: str) -> None:
    _add(s, Statement(seq, at, by, e.text, True, "open"), e.replaces)
    if e.message:
        s.messages.edit(e.message).tests.append(seq)
    _put_to_vote(s, seq, seq)


def _put_to_vote(s: State, statement: int, seq: int) -> None:
    """Show the stage what moderators opened for voting, unless the panel is answering a question that it shows."""
    s.put_to_vote = statement
    if s.is_open and not any(question.fate == "on_floor" for question in s.questions.values()):
        show(s, "vote", seq)


def _vote_ended(s: State, seq: int) -> None:
    """Show the stage the results when nothing is left to vote on."""
    if s.scene == "vote" and not any(statement.is_open for statement in s.statements.values()):
        show(s, "results", seq)


def _add(s: State, statement: Statement, replaces: int) -> None:
    if replaces:
        s.statements.edit(replaces).fate = "withdrawn"
    s.statements[statement.seq] = statement
    s.votes[statement.seq], s.changed[statement.seq] = bytearray(len(s.voices)), []


@effect(ev.StatementOpened)
def _(s: State, e: ev.StatementOpened, seq: int, at: int, by: str) -> None:
    statement = s.statements.edit(e.statement)
    stays_closed = s.measures.fates.pop(e.statement, "") == "closed" or s.closed_at
    statement.fate, statement.reason = "closed" if stays_closed else "open", ""
    if statement.is_open:
        _put_to_vote(s, e.statement, seq)


@effect(ev.StatementHeldBack)
def _(s: State, e: ev.StatementHeldBack, seq: int, at: int, by: str) -> None:
    statement = s.statements.edit(e.statement)
    s.measures.fates.setdefault(e.statement, statement.fate)
    statement.fate, statement.reason = "held_back", e.reason
    _vote_ended(s, seq)


@effect(ev.StatementClosed)
def _(s: State, e: ev.StatementClosed, seq: int, at: int, by: str) -> None:
    s.statements.edit(e.statement).fate = "closed"
    keep_moment(s, e.statement, seq)
    _vote_ended(s, seq)


def keep_moment(s: State, statement: int, seq: int) -> None:
    """Keep the votes on a statement as they are at entry `seq`, unless that was done before or too few have voted."""
    votes = s.votes[statement]
    if statement not in s.moments and len(votes) - votes.count(NONE) >= STEP:
        s.moments[statement] = FirstMoment(seq, bytes(votes))


@effect(ev.StatementWithdrawn)
def _(s: State, e: ev.StatementWithdrawn, seq: int, at: int, by: str) -> None:
    s.statements.edit(e.statement).fate = "withdrawn"
    _vote_ended(s, seq)


@effect(ev.VoteWithdrawn)
def _(s: State, e: ev.VoteWithdrawn, seq: int, at: int, by: str) -> None:
    _set(s, e.statement, s.voice_numbers[by], NONE)


@effect(ev.VoteCast)
def _(s: State, e: ev.VoteCast, seq: int, at: int, by: str) -> None:
    # As `_set`, which is not called: most entries of a long log are votes.
    statement, number = e.statement, s.voice_numbers[by]
    s.votes[statement][number] = CODES[e.choice]
    s.sealed += 1
    changed = s.changed[statement]
    changed.append(number)
    if len(changed) >= STEP:
        _show(s, statement, changed)


def _set(s: State, statement: int, number: int, choice: int) -> None:
    """Set the vote of a voice on a statement."""
    s.votes[statement][number] = choice
    s.sealed += 1
    s.changed[statement].append(number)
    _show(s, statement, s.changed[statement])


def _show(s: State, statement: int, changed: list[int]) -> None:
    """If enough voices have changed, everybody sees the votes on the statement as they are now."""
    voices = set(changed)
    if len(voices) >= STEP:
        s.shown[statement] = bytes(s.votes[statement])
        changed.clear()
    else:
        changed[:] = voices

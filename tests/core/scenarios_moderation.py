"""What every command does, case by case: moderation at any time."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.moderation import (
    CloseIntake,
    HoldBackText,
    LetTextThrough,
    OpenIntake,
    PauseSession,
    RenamePerson,
    RestoreVotes,
    ResumeSession,
    SilencePerson,
    StrikeVotes,
    UnsilencePerson,
)
from acquis.floor.people import Join
from acquis.floor.questions import AskQuestion
from acquis.floor.queue import EnterHand, RaiseHand, RestoreHand
from acquis.floor.registration import RegisterSpeaker
from acquis.floor.statements import CastVote, ProposeStatement, WithdrawVote
from acquis.floor.undoing import TakeBack

from .scenarios import APPROVED, DRAFT, PUBLISHED, RUNNING, Cases, no
from .story import ANN, BEN, OPEN, PROGRAMME, Happened, joined

case = Cases()

# --- texts that are neither a question nor a statement ----------------------------------------------------------

ABOUT: tuple[Happened, ...] = (*OPEN, (ANN.person, ev.HandRaised("turn", "Money")))
UNREAD: tuple[Happened, ...] = (*OPEN, (ANN.person, ev.HandRaised("turn", "Money", unread=True)))
NOTED: tuple[Happened, ...] = (*RUNNING, ev.TurnNoted(5, "She is against it."))
"""Entry 5 is a turn of Ann's, entry 6 the note of it."""
COMMENTED: tuple[Happened, ...] = (*NOTED, (ANN.person, ev.TurnCommented(5, "I am for it.")))
ANSWERED: tuple[Happened, ...] = (*APPROVED, ev.AnswerWritten(4, "Because."))
for entry, happened in ((4, ABOUT), (6, NOTED), (7, COMMENTED), (len(ANSWERED), ANSWERED)):
    case(happened, HoldBackText(entry, "abusive"), ev.TextHeldBack(entry, "abusive"))
    case((*happened, ev.TextHeldBack(entry, "abusive")), HoldBackText(entry, "abusive"), None)
    case((*happened, ev.TextHeldBack(entry, "abusive")), HoldBackText(entry, "other"), ev.TextHeldBack(entry, "other"))
    case((*happened, ev.TextHeldBack(entry, "abusive")), LetTextThrough(entry), ev.TextLetThrough(entry))
case(UNREAD, LetTextThrough(4), ev.TextLetThrough(4))
case(NOTED, LetTextThrough(6), None)
case(APPROVED, HoldBackText(4, "abusive"), no("no_such_text", entry=4))
case(APPROVED, LetTextThrough(4), no("no_such_text", entry=4))

# --- what is closed, and the pause ------------------------------------------------------------------------------

SHUT = ev.IntakeClosed("questions")
case(PUBLISHED, CloseIntake("questions"), SHUT)
case((*OPEN, SHUT), CloseIntake("questions"), None)
case.only_published(CloseIntake("questions"))
case((*OPEN, SHUT), OpenIntake("questions"), ev.IntakeOpened("questions"))
case(OPEN, OpenIntake("questions"), None)
case.only_published(OpenIntake("questions"))
case((*OPEN, SHUT), AskQuestion("Why?"), no("questions_closed"), ANN)
case((*OPEN, ev.IntakeClosed("statements")), ProposeStatement("Norms suffice."), no("statements_closed"), ANN)
LOCKED: tuple[Happened, ...] = (*OPEN, joined(ANN), ev.IntakeClosed("joining"))
case(LOCKED, Join(lane="room"), no("joining_closed"), BEN)
case(LOCKED, Join(lane="online"), ev.ParticipantJoined(lane="online"), ANN)

PAUSED: tuple[Happened, ...] = (*OPEN, ev.SessionPaused())
case(OPEN, PauseSession(), ev.SessionPaused())
case(PAUSED, PauseSession(), None)
case.only_open(PauseSession())
case(PAUSED, ResumeSession(), ev.SessionResumed())
case(OPEN, ResumeSession(), None)
case.only_open(ResumeSession())

# --- people -----------------------------------------------------------------------------------------------------

QUIET: tuple[Happened, ...] = (*OPEN, ev.ParticipantSilenced(person="p-ann", reason="flooding"))
case(OPEN, SilencePerson("p-ann", "flooding"), ev.ParticipantSilenced(person="p-ann", reason="flooding"))
case(QUIET, SilencePerson("p-ann", "abusive"), ev.ParticipantSilenced(person="p-ann", reason="abusive"))
case(QUIET, SilencePerson("p-ann", "flooding"), None)
case(QUIET, UnsilencePerson("p-ann"), ev.ParticipantUnsilenced("p-ann"))
case(OPEN, UnsilencePerson("p-ann"), None)
case((*QUIET, ev.ParticipantUnsilenced("p-ann")), RaiseHand(), ev.HandRaised(lane="room"), ANN)
case(QUIET, EnterHand(person="p-ann"), no("person_silenced"))
case(
    (*OPEN, (ANN.person, ev.HandRaised()), ev.ParticipantSilenced(person="p-ann", reason="abusive")),
    RestoreHand(4),
    no("person_silenced"),
)
case((PROGRAMME, ev.ParticipantSilenced(person="p-ann", reason="other")), RegisterSpeaker(0), no("silenced"), ANN)
case(OPEN, RenamePerson("p-ann", "abusive"), ev.ParticipantRenamed(person="p-ann", reason="abusive", removed=True))
case(
    OPEN, RenamePerson("p-ann", "impersonation", " Ann "), ev.ParticipantRenamed(person="p-ann", reason="impersonation")
)
case(OPEN, RenamePerson("p-ann", "other", "x" * 81), no("text_too_long", limit=80, length=81))

# --- votes that are left out --------------------------------------------------------------------------------------

STRIKE, RESTORE = StrikeVotes("p-ann", "voted_twice", "v-ann"), RestoreVotes("p-ann", "v-ann")
VOTER: tuple[Happened, ...] = (
    *OPEN,
    ("v-ann", ev.ParticipantJoined(lane="room", ballot="a" * 32)),
    ev.StatementSeeded("Norms bind."),
    ("v-ann", ev.VoteCast(5, "agree")),
)
"""Ann votes on statement 5."""
STRUCK: tuple[Happened, ...] = (*VOTER, ev.VotesStruck("voted_twice", "v-ann"))
"""Entry 7 leaves her votes out."""
case(VOTER, STRIKE, ev.VotesStruck("voted_twice", "v-ann"))
case((*VOTER, ev.SessionClosed()), STRIKE, ev.VotesStruck("voted_twice", "v-ann"))
case(STRUCK, STRIKE, None)
case(STRUCK, StrikeVotes("p-ann", "flooding", "v-ann"), no("votes_are_struck"))
case(STRUCK, RESTORE, ev.VotesRestored(7))
case((*STRUCK, ev.VotesRestored(7)), STRIKE, ev.VotesStruck("voted_twice", "v-ann"))
case(VOTER, RESTORE, None)
case(STRUCK, CastVote(5, "disagree"), no("votes_left_out"), ANN)
case(STRUCK, WithdrawVote(5), no("votes_left_out"), ANN)
case((*STRUCK, ev.VotesRestored(7)), CastVote(5, "disagree"), ev.VoteCast(5, "disagree"), ANN)
case(STRUCK, RaiseHand(), ev.HandRaised(lane="room"), ANN)
case(STRUCK, TakeBack(7), ev.ActTakenBack(7))
case((*STRUCK, ("", ev.BallotsPublished())), TakeBack(7), no("act_used"))
for strike in (STRIKE, RESTORE):
    case((*STRUCK, ev.SessionClosed(), ("", ev.BallotsPublished())), strike, no("votes_out"))
    case((*VOTER, ("", ev.TotalsPublished())), strike, no("votes_out"))
    case((*OPEN, joined(ANN)), strike, no("votes_out"))
    case(OPEN, strike, no("not_a_voter"))
    case(DRAFT, strike, no("not_published"))
for strike in (StrikeVotes("", "other"), RestoreVotes("")):
    case(OPEN, strike, no("no_such_person"))

for act in (SilencePerson("", "other"), UnsilencePerson(""), RenamePerson("", "other")):
    case(OPEN, act, no("no_such_person"))
for act in (SilencePerson("p-ann", "other"), UnsilencePerson("p-ann"), RenamePerson("p-ann", "other")):
    case(DRAFT, act, no("not_published"))

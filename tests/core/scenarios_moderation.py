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
    ResumeSession,
    SilencePerson,
    UnsilencePerson,
)
from acquis.floor.people import Join
from acquis.floor.questions import AskQuestion
from acquis.floor.queue import EnterHand, RaiseHand, RestoreHand
from acquis.floor.registration import RegisterSpeaker
from acquis.floor.statements import ProposeStatement

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

QUIET: tuple[Happened, ...] = (*OPEN, ev.ParticipantSilenced("p-ann", "flooding"))
case(OPEN, SilencePerson("p-ann", "flooding"), ev.ParticipantSilenced("p-ann", "flooding"))
case(QUIET, SilencePerson("p-ann", "abusive"), ev.ParticipantSilenced("p-ann", "abusive"))
case(QUIET, SilencePerson("p-ann", "flooding"), None)
case(QUIET, UnsilencePerson("p-ann"), ev.ParticipantUnsilenced("p-ann"))
case(OPEN, UnsilencePerson("p-ann"), None)
case((*QUIET, ev.ParticipantUnsilenced("p-ann")), RaiseHand(), ev.HandRaised(lane="room"), ANN)
case(QUIET, EnterHand(person="p-ann"), no("person_silenced"))
case(
    (*OPEN, (ANN.person, ev.HandRaised()), ev.ParticipantSilenced("p-ann", "abusive")),
    RestoreHand(4),
    no("person_silenced"),
)
case((PROGRAMME, ev.ParticipantSilenced("p-ann", "other")), RegisterSpeaker(0), no("silenced"), ANN)
case(OPEN, RenamePerson("p-ann", "abusive"), ev.ParticipantRenamed("p-ann", "abusive", removed=True))
case(OPEN, RenamePerson("p-ann", "impersonation", " Ann "), ev.ParticipantRenamed("p-ann", "impersonation"))
case(OPEN, RenamePerson("p-ann", "other", "x" * 81), no("text_too_long", limit=80, length=81))
for act in (SilencePerson("", "other"), UnsilencePerson(""), RenamePerson("", "other")):
    case(OPEN, act, no("no_such_person"))
for act in (SilencePerson("p-ann", "other"), UnsilencePerson("p-ann"), RenamePerson("p-ann", "other")):
    case(DRAFT, act, no("not_published"))

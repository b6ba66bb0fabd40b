"""What every command does, case by case: moderation at any time."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.moderation import HoldBackText, LetTextThrough

from .scenarios import APPROVED, RUNNING, Cases, no
from .story import ANN, OPEN, Happened

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

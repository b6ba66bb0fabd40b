"""What every command does, case by case: what speakers say of their own turns, the chair confirming the summary."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.people import EndDevice
from acquis.floor.questions import AnswerInWriting
from acquis.floor.turns import COMMENT_LIMIT, CommentTurn
from acquis.report.confirming import EACH_LIMIT, SUMMARY_LIMIT, ConfirmSummary

from .scenarios import APPROVED, CLOSED, DRAFT, PUBLISHED, RUNNING, Cases, no
from .story import ANN, BEN, OPEN, PANELLIST, Happened, actor

case = Cases()

REPORT = ev.ReportPublished((ev.Sentence("Norms."),), upto=6)

# --- the note of one's own turn ---------------------------------------------------------------------------------

NOTED: tuple[Happened, ...] = (*RUNNING, ev.TurnNoted(5, "She is against it."))
"""Entry 5 is a turn of Ann's, entry 6 the note of it."""
FOR = ev.TurnCommented(5, "I was for it.")
case(NOTED, CommentTurn(5, " I was for it. "), FOR, ANN)
case((*NOTED, (ANN.person, FOR)), CommentTurn(5, "I was for it."), None, ANN)
case((*NOTED, (ANN.person, FOR), ev.TurnNoted(5, "Hm.")), CommentTurn(5, "I was for it."), FOR, ANN)
case(NOTED, CommentTurn(5, "I was for it."), no("not_yours"), BEN)
case(NOTED, CommentTurn(5, "I was for it."), no("not_yours"), PANELLIST)
case(NOTED, CommentTurn(4, "I was for it."), no("no_such_turn", turn=4), ANN)
case(RUNNING, CommentTurn(5, "I was for it."), no("no_note_yet"), ANN)
case(NOTED, CommentTurn(5, " "), no("text_empty"), ANN)
case(NOTED, CommentTurn(5, "x" * 601), no("text_too_long", limit=COMMENT_LIMIT, length=601), ANN)
case((*NOTED, ev.SessionClosed()), CommentTurn(5, "I was for it."), FOR, ANN)
case((*NOTED, ev.SessionClosed(), REPORT), CommentTurn(5, "I was for it."), no("published_already"), ANN)
SEATED: tuple[Happened, ...] = (*OPEN, ev.SpeakerGivenFloor(1), ev.TurnNoted(4, "Costs."))
case(SEATED, CommentTurn(4, "Benefits."), ev.TurnCommented(4, "Benefits."), PANELLIST)
case(SEATED, CommentTurn(4, "Benefits."), no("not_yours"), actor("other", seat=2))

# --- a device that is lost --------------------------------------------------------------------------------------

case(OPEN, EndDevice(ANN.person), ev.DeviceEnded(ANN.person))
case(OPEN, EndDevice(""), no("bad_person"))

# --- answering in writing ---------------------------------------------------------------------------------------

OUT: tuple[Happened, ...] = (*APPROVED, ev.SessionClosed(), REPORT)
case(OUT, AnswerInWriting(4, "Because."), no("published_already"), PANELLIST)
case(OUT, AnswerInWriting(4, "Because."), ev.AnswerWritten(4, "Because."))

# --- the closing summary ----------------------------------------------------------------------------------------

READ_OUT = ConfirmSummary(" Norms  need a keeper. \r\n\r\nAnd money.", "Nobody pays.")
CONFIRMED = ev.SummaryConfirmed(("Norms need a keeper.", "And money."), ("Nobody pays.",))
case(OPEN, READ_OUT, CONFIRMED)
case(CLOSED, READ_OUT, CONFIRMED)
case((*OPEN, CONFIRMED), READ_OUT, None)
case((*OPEN, CONFIRMED), ConfirmSummary("", "Nobody pays."), ev.SummaryConfirmed((), ("Nobody pays.",)))
case((*CLOSED, REPORT), READ_OUT, no("published_already"))
case(PUBLISHED, READ_OUT, no("not_open"))
case(DRAFT, READ_OUT, no("not_open"))
case(OPEN, ConfirmSummary(" \n ", ""), no("summary_empty"))
case(OPEN, ConfirmSummary("x\n" * 21), no("too_many_sentences", limit=EACH_LIMIT))
case(OPEN, ConfirmSummary("x" * 5001), no("text_too_long", limit=SUMMARY_LIMIT, length=5001))

"""What every command does, case by case: acts that are taken back, commands that undo others at any time, and the
pause between two calls."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.questions import PutQuestion, ReopenQuestion, SplitQuestion
from acquis.floor.queue import GiveFloor, GiveFloorToSpeaker, RestoreHand
from acquis.floor.segments import StartSegment
from acquis.floor.undoing import TakeBack

from .scenarios import CLOSED, FREE, PUBLISHED, Cases, no
from .story import ANN, BEN, OPEN, SECOND, Happened, asked, hand

case = Cases()

CALLED: tuple[Happened, ...] = (*OPEN, hand(ANN), ev.FloorGiven(4))
"""Entry 5 gave the floor, after the segment began with entry 3."""

case(CALLED, TakeBack(5), ev.ActTakenBack(5))
case((*CALLED, 11 * SECOND, asked(ANN)), TakeBack(5), ev.ActTakenBack(5))  # what people do since then is no act
case((*CALLED, 12 * SECOND, asked(ANN)), TakeBack(5), no("undo_too_late", seconds=10))
case((*CALLED, ev.ActTakenBack(5)), TakeBack(5), None)
case((*CALLED, ev.ActTakenBack(5)), TakeBack(3), ev.ActTakenBack(3))
case((*CALLED, ev.TurnEnded(5)), TakeBack(5), no("act_overtaken"))
case(CALLED, TakeBack(4), no("act_overtaken"))
case(CALLED, TakeBack(6), no("not_an_act"))
case(PUBLISHED, TakeBack(1), no("not_an_act"))
case((*CALLED, ev.TurnEnded(5), hand(ANN), (ANN.person, ev.HandLowered(7))), TakeBack(6), ev.ActTakenBack(6))
case((*PUBLISHED, ev.SessionOpened()), TakeBack(2), ev.ActTakenBack(2))
case((*PUBLISHED, ev.SessionOpened(), 50 * SECOND, asked(ANN)), TakeBack(2), no("act_used"))

# --- a lowered hand is put back (B F5) -----------------------------------------------------------------------------

LOWERED: tuple[Happened, ...] = (*OPEN, hand(ANN), ev.HandLowered(4))
OWN: tuple[Happened, ...] = (*OPEN, hand(ANN), (ANN.person, ev.HandLowered(4)))

case(LOWERED, RestoreHand(4), ev.HandRestored(4))
case((*LOWERED, 3600 * SECOND, asked(ANN)), RestoreHand(4), ev.HandRestored(4))
case((*LOWERED, ev.HandRestored(4)), RestoreHand(4), None)
case(LOWERED, RestoreHand(4), no("not_yours"), by=ANN)
case(OWN, RestoreHand(4), ev.HandRestored(4), by=ANN)
case(OWN, RestoreHand(4), no("not_yours"), by=BEN)
case((*OWN, 12 * SECOND, asked(ANN)), RestoreHand(4), no("undo_too_late", seconds=10), by=ANN)
case(CALLED, RestoreHand(4), no("not_lowered", hand=4, fate="called"))
case((*LOWERED, hand(ANN)), RestoreHand(4), no("already_waiting", position=1))
case((*LOWERED, hand(ANN), ev.FloorGiven(6)), RestoreHand(4), no("has_floor"))
case(OPEN, RestoreHand(4), no("no_such_hand", hand=4))
case((*LOWERED, ev.SessionClosed()), RestoreHand(4), no("session_closed"))
case(PUBLISHED, RestoreHand(4), no("not_open"))

# --- questions: a merge, a status (B F5, B 27 to 29) ---------------------------------------------------------------

TWO: tuple[Happened, ...] = (*FREE, asked(ANN), asked(BEN, "How?"))
MERGED: tuple[Happened, ...] = (*TWO, ev.QuestionMerged(5, 4))

case(MERGED, SplitQuestion(5), ev.QuestionSplit(5))
case(TWO, SplitQuestion(5), None)
case((*MERGED, ev.QuestionSplit(5)), SplitQuestion(5), None)
case((*TWO, ev.QuestionAnswered(5)), SplitQuestion(5), no("question_is_over", question=5, fate="answered_live"))
case(TWO, SplitQuestion(6), no("no_such_question", question=6))
case(PUBLISHED, SplitQuestion(4), no("not_open"))
case(CLOSED, SplitQuestion(4), no("session_closed"))

case((*TWO, ev.QuestionPut(4)), ReopenQuestion(4), ev.QuestionReopened(4))
case((*TWO, ev.QuestionAnswered(4)), ReopenQuestion(4), ev.QuestionReopened(4))
case((*TWO, ev.AnswerWritten(4, "So.")), ReopenQuestion(4), ev.QuestionReopened(4))
case(TWO, ReopenQuestion(4), None)
case(MERGED, ReopenQuestion(5), no("question_is_over", question=5, fate="merged"))
case(TWO, ReopenQuestion(6), no("no_such_question", question=6))
case(PUBLISHED, ReopenQuestion(4), no("not_open"))
case(CLOSED, ReopenQuestion(4), no("session_closed"))

case((*TWO, ev.QuestionPut(4)), PutQuestion(5), no("question_on_floor", question=4))
case((*TWO, ev.QuestionPut(4)), GiveFloorToSpeaker(1, 5), no("question_on_floor", question=4))
case((*TWO, ev.QuestionPut(4)), GiveFloorToSpeaker(1, 4), ev.SpeakerGivenFloor(1, 4))
case((*TWO, ev.QuestionPut(4), ev.QuestionReopened(4)), PutQuestion(5), ev.QuestionPut(5))

# --- two calls within a moment (B F3) ------------------------------------------------------------------------------

WAITING: tuple[Happened, ...] = (*OPEN, hand(ANN), hand(BEN, "point_of_order"), hand(BEN), ev.FloorGiven(4))
"""Entry 7 gave the floor."""

case(WAITING, GiveFloor(6), no("called_just_now"), after=1499)
case(WAITING, GiveFloorToSpeaker(1), no("called_just_now"), after=1499)
case(WAITING, StartSegment(2), no("called_just_now"), after=1499)
case(WAITING, GiveFloor(5), ev.FloorGiven(5), after=0)  # a point of order does not wait
case(WAITING, GiveFloor(6, "accessibility"), ev.FloorGiven(6), after=1500)
case(WAITING, GiveFloor(6), ev.FloorGiven(6), after=1500)
case((*WAITING, ev.ActTakenBack(7)), GiveFloor(4), ev.FloorGiven(4), after=0)

INDEPENDENT = {
    ev.DeviceEnded,
    ev.ParticipantRenamed,
    ev.TeamMemberReplaced,
    ev.AccessRevoked,
    ev.ActTakenBack,
    ev.TextErased,
    ev.TextMasked,
    ev.EntriesLost,
    ev.ClockCorrected,
    ev.SceneChosen,
    ev.KeyAnnounced,
    ev.WitnessNamed,
    ev.TurnNoted,
    ev.TurnCommented,
    ev.SpeechCorrected,
    ev.SpeakerMatched,
    ev.SpeechPlaced,
    ev.ReferencesConfirmed,
    ev.SentenceDrafted,
    ev.SentenceMoved,
    ev.SentenceDropped,
    ev.ContributionsInvited,
    ev.ContributionApproved,
    ev.ContributionHeldBack,
    ev.CommitmentMade,
    ev.CommitmentAmended,
    ev.CommitmentProgressed,
    ev.BodyAsked,
    ev.CallAnswered,
    ev.CallsJoined,
    ev.CallsParted,
    ev.ProcedureChosen,
    ev.ObjectionMade,
    ev.ObjectionWithdrawn,
    ev.AmendmentProposed,
    ev.AmendmentWithdrawn,
}
"""Events that need nothing but what their effect looks up, which fails if it is not there."""

"""What every command does, case by case: amendments of the programme, and the scene (W M14, m10; B row 42)."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.amending import (
    AddSpeaker,
    ChangeSegmentTime,
    ChangeTurnTime,
    ChooseScene,
    CorrectSegmentTitle,
    CorrectSpeaker,
    CorrectTitle,
    ShowResults,
    WithdrawSpeaker,
)
from acquis.floor.questions import AskQuestion, AssignQuestion
from acquis.floor.queue import GiveFloorToSpeaker

from .scenarios import PUBLISHED, Cases, no
from .story import ANN, OPEN, Happened, asked, hand

case = Cases()

CALLED: tuple[Happened, ...] = (*OPEN, hand(ANN), ev.FloorGiven(4))
ADDED = ev.SpeakerAdded("A substitute", "An institute", "Ill.", stakeholder="Civil Society")
GONE: tuple[Happened, ...] = (*OPEN, ev.SpeakerWithdrawn(2))
OFF = no("speaker_withdrawn", name="Another speaker")

case(OPEN, AddSpeaker("A substitute", "An institute", "Civil Society", "Ill."), ADDED)
case((*OPEN, ADDED), AddSpeaker("A substitute"), None)
case((*OPEN, ADDED), GiveFloorToSpeaker(3), ev.SpeakerGivenFloor(3))
case(OPEN, AddSpeaker(" "), no("text_empty"))
case(OPEN, AddSpeaker("x" * 121), no("text_too_long", limit=120, length=121))
case(PUBLISHED, AddSpeaker("A substitute"), no("not_open"))
case((*OPEN, ev.SessionClosed()), AddSpeaker("A substitute"), no("session_closed"))

case(OPEN, WithdrawSpeaker(2, "Ill."), ev.SpeakerWithdrawn(2, "Ill."))
case(GONE, WithdrawSpeaker(2), None)
case(OPEN, WithdrawSpeaker(3), no("no_such_seat", seat=3))
case(OPEN, WithdrawSpeaker(2, "x" * 201), no("text_too_long", limit=200, length=201))
case((*OPEN, ev.SpeakerGivenFloor(2)), WithdrawSpeaker(2), no("has_the_floor"))
case(PUBLISHED, WithdrawSpeaker(2), no("not_open"))
case((*OPEN, ev.SessionClosed()), WithdrawSpeaker(2), no("session_closed"))
case(GONE, GiveFloorToSpeaker(2), OFF)
case(GONE, AskQuestion("Who pays?", to=2), OFF, ANN)
case((*GONE, asked(ANN)), AssignQuestion(5, 2), OFF)

case(OPEN, CorrectSpeaker(1, "A. Speaker", "A ministry"), ev.SpeakerCorrected(1, "A. Speaker", "A ministry"))
case((*OPEN, ev.SpeakerCorrected(1, "A. Speaker")), CorrectSpeaker(1, "A. Speaker"), None)
case(OPEN, CorrectSpeaker(3, "A. Speaker"), no("no_such_seat", seat=3))
case(OPEN, CorrectSpeaker(1, ""), no("text_empty"))
case(OPEN, CorrectSpeaker(1, "x" * 121), no("text_too_long", limit=120, length=121))
case(PUBLISHED, CorrectSpeaker(1, "A. Speaker"), no("not_open"))
case((*OPEN, ev.SessionClosed()), CorrectSpeaker(1, "A. Speaker"), no("session_closed"))

case(OPEN, CorrectTitle("A dialog", "A slip."), ev.TitleCorrected("A dialog", "A slip."))
case((*OPEN, ev.TitleCorrected("A dialog")), CorrectTitle("A dialog"), None)
case((*OPEN, ev.SessionClosed()), CorrectTitle("A dialog"), ev.TitleCorrected("A dialog"))
case(OPEN, CorrectTitle(" "), no("text_empty"))
case(OPEN, CorrectTitle("x" * 301), no("text_too_long", limit=300, length=301))
case(PUBLISHED, CorrectTitle("A dialog"), no("not_open"))

case(OPEN, CorrectSegmentTitle(1, "Answers", "A slip."), ev.SegmentTitleCorrected(1, "Answers", "A slip."))
case((*OPEN, ev.SegmentTitleCorrected(1, "Answers")), CorrectSegmentTitle(1, "Answers"), None)
case(OPEN, CorrectSegmentTitle(9, "Answers"), no("no_such_segment", segment=9))
case(OPEN, CorrectSegmentTitle(1, ""), no("text_empty"))
case(OPEN, CorrectSegmentTitle(1, "x" * 301), no("text_too_long", limit=300, length=301))
case(PUBLISHED, CorrectSegmentTitle(1, "Answers"), no("not_open"))

case(OPEN, ChangeSegmentTime(1), ev.SegmentTimeChanged(1, 31))
case((*OPEN, ev.SegmentTimeChanged(1, 31)), ChangeSegmentTime(-1), ev.SegmentTimeChanged(1, 30))
case(OPEN, ChangeSegmentTime(-99, "No hands."), ev.SegmentTimeChanged(1, 1, "No hands."))
case(OPEN, ChangeSegmentTime(0), None)
case((*PUBLISHED, ev.SessionOpened()), ChangeSegmentTime(1), no("no_segment_runs"))
case(OPEN, ChangeSegmentTime(1, "x" * 201), no("text_too_long", limit=200, length=201))
case(PUBLISHED, ChangeSegmentTime(1), no("not_open"))
case((*OPEN, ev.SessionClosed()), ChangeSegmentTime(1), no("session_closed"))

case(CALLED, ChangeTurnTime(5, 60), ev.TurnTimeChanged(5, 240))
case((*CALLED, ev.TurnTimeChanged(5, 240)), ChangeTurnTime(5, -60), ev.TurnTimeChanged(5, 180))
case(CALLED, ChangeTurnTime(5, 0), None)
case((*CALLED, ev.TurnEnded(5)), ChangeTurnTime(5, 60), no("not_running", turn=5))
case(CALLED, ChangeTurnTime(9, 60), no("no_such_turn", turn=9))
case(CALLED, ChangeTurnTime(5, 60, "x" * 201), no("text_too_long", limit=200, length=201))
case(PUBLISHED, ChangeTurnTime(5, 60), no("not_open"))
case((*CALLED, ev.SessionClosed()), ChangeTurnTime(5, 60), no("session_closed"))

case(PUBLISHED, ChooseScene("results"), ev.SceneChosen("results"))
case((*OPEN, ev.SceneChosen("clock")), ChooseScene("questions"), ev.SceneChosen("questions"))
case(OPEN, ChooseScene("questions"), None)
case((*OPEN, ev.SessionClosed()), ChooseScene("results"), ev.SceneChosen("results"))
case((*OPEN, ev.SessionClosed()), ChooseScene("after"), None)
case((*OPEN, ev.SessionClosed()), ChooseScene("questions"), no("scene_not_shown"))
case(OPEN, ChooseScene("summary"), no("scene_not_shown"))
case(
    (*OPEN, ev.SummaryConfirmed(("Yes.",)), ev.SceneChosen("clock")), ChooseScene("summary"), ev.SceneChosen("summary")
)
case(PUBLISHED, ShowResults(shown=True), ev.ResultsShown(True))
case(OPEN, ShowResults(shown=False), None)
case((*OPEN, ev.ResultsShown(True)), ShowResults(shown=False), ev.ResultsShown(False))
case((*OPEN, ev.SessionClosed()), ShowResults(shown=True), no("session_closed"))
case((), ShowResults(shown=True), no("not_published"))
case((), ChooseScene("results"), no("not_published"))

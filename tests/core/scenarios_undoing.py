"""What every command does, case by case: acts that are taken back."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.undoing import TakeBack

from .scenarios import PUBLISHED, Cases, no
from .story import ANN, OPEN, SECOND, Happened, asked, hand

case = Cases()

CALLED: tuple[Happened, ...] = (*OPEN, hand(ANN), ev.FloorGiven(4))
"""Entry 5 gave the floor, after the segment began with entry 3."""

case(CALLED, TakeBack(5), ev.ActTakenBack(5))
case((*CALLED, 11 * SECOND, asked(ANN)), TakeBack(5), ev.ActTakenBack(5))  # what people do since then is no act
case((*CALLED, 13 * SECOND, asked(ANN)), TakeBack(5), ev.ActTakenBack(5))
case((*CALLED, 14 * SECOND, asked(ANN)), TakeBack(5), no("undo_too_late", seconds=10))
case((*CALLED, ev.ActTakenBack(5)), TakeBack(5), None)
case((*CALLED, ev.ActTakenBack(5)), TakeBack(3), ev.ActTakenBack(3))
case((*CALLED, ev.TurnEnded(5)), TakeBack(5), no("act_overtaken"))
case(CALLED, TakeBack(4), no("act_overtaken"))
case(CALLED, TakeBack(6), no("not_an_act"))
case(PUBLISHED, TakeBack(1), no("not_an_act"))
case((*CALLED, ev.TurnEnded(5), hand(ANN), (ANN.person, ev.HandLowered(7))), TakeBack(6), ev.ActTakenBack(6))
case((*PUBLISHED, ev.SessionOpened()), TakeBack(2), ev.ActTakenBack(2))
case((*PUBLISHED, ev.SessionOpened(), 50 * SECOND, asked(ANN)), TakeBack(2), no("act_used"))

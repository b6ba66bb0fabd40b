"""What every command does, case by case: a body is asked and answers a call, and the same calls are joined."""

from __future__ import annotations

from msgspec.structs import replace

from acquis import events as ev
from acquis.command import BODY, Actor
from acquis.followup.calls import (
    ANSWERS_LIMIT,
    SAME_LIMIT,
    SIGNER_LIMIT,
    AnswerCall,
    AskBody,
    JoinCalls,
    PartCalls,
)
from acquis.followup.commitments import DUE_LIMIT, NOTE_LIMIT, WHAT_LIMIT

from .scenarios import Cases, no
from .scenarios_after import CALLED, PROMISED
from .scenarios_words import SEEDED
from .story import Happened

case = Cases()

MINISTRY = Actor("p-body", "v-body", frozenset({BODY}))
OTHERS = Actor("p-other", "v-other", frozenset({BODY}))
ASKED: tuple[Happened, ...] = (*PROMISED, ev.BodyAsked(7, "p-body"))
"""Entry 7 is a call to the working party, which holds a link as p-body."""

case(PROMISED, AskBody(7, "p-body"), ev.BodyAsked(7, "p-body"))
case(ASKED, AskBody(7, "p-body"), None)
case(ASKED, AskBody(7, "p-new"), ev.BodyAsked(7, "p-new"))
case(PROMISED, AskBody(6, "p-body"), no("no_such_commitment", commitment=6))
case(PROMISED, AskBody(7, "p" * 41), no("bad_person"))
case(SEEDED, AskBody(7, "p-body"), no("not_closed"))

DECLINE = AnswerCall(7, "declined", " Ama Example ", " Head of unit ", note=" Not ours. ", signer="p-ama")
DECLINED = ev.CallAnswered(7, "declined", note="Not ours.", office="Head of unit", signer="p-ama")
OWN = AnswerCall(7, "amended", "Ama", "Head", what="Write twice.", due="31 July 2027", signer="p-ama")
AMENDED = ev.CallAnswered(7, "amended", "Write twice.", "2027-07-31", office="Head", signer="p-ama")
case(ASKED, DECLINE, DECLINED, MINISTRY)
case((*ASKED, DECLINED), replace(DECLINE, signer="p-again"), None, MINISTRY)
case((*ASKED, DECLINED), OWN, AMENDED, MINISTRY)
case(
    ASKED,
    replace(OWN, answer="accepted"),
    ev.CallAnswered(7, "accepted", office="Head", signer="p-ama"),
    MINISTRY,
)
case(
    ASKED,
    AnswerCall(7, "replied", "Ama", "Head", note="We will see.", signer="p-ama"),
    ev.CallAnswered(7, "replied", note="We will see.", office="Head", signer="p-ama"),
    MINISTRY,
)
case(ASKED, DECLINE, no("not_asked"), OTHERS)
case((*ASKED, ev.BodyAsked(7, "p-new")), DECLINE, no("not_asked"), MINISTRY)
case(PROMISED, DECLINE, no("not_asked"), Actor("", "", frozenset({BODY})))
case(SEEDED, DECLINE, no("not_closed"), MINISTRY)
case(ASKED, replace(DECLINE, commitment=6), no("no_such_commitment", commitment=6), MINISTRY)
case(ASKED, replace(OWN, what=" "), no("own_words_missing"), MINISTRY)
case(ASKED, replace(OWN, due="soon"), no("bad_due", due="soon"), MINISTRY)
case(ASKED, replace(OWN, due="x" * 201), no("text_too_long", limit=DUE_LIMIT, length=DUE_LIMIT + 1), MINISTRY)
case(ASKED, AnswerCall(7, "replied", "Ama", "Head"), no("reply_missing"), MINISTRY)
case(ASKED, replace(DECLINE, name=" "), no("text_empty"), MINISTRY)
case(ASKED, replace(DECLINE, signer="p" * 41), no("bad_person"), MINISTRY)
for field, limit in (("office", SIGNER_LIMIT), ("what", WHAT_LIMIT), ("note", NOTE_LIMIT)):
    LONG = replace(DECLINE, **{field: "x" * (limit + 1)})
    case(ASKED, LONG, no("text_too_long", limit=limit, length=limit + 1), MINISTRY)
MANY = tuple(replace(DECLINED, note=f"No {n}.") for n in range(ANSWERS_LIMIT))
case((*ASKED, *MANY), DECLINE, no("too_many_answers", limit=ANSWERS_LIMIT), MINISTRY)

JOINED = ev.CallsJoined(7, "last-year", 12)
case(PROMISED, JoinCalls(7, "last-year", 12), JOINED)
case((*PROMISED, JOINED), JoinCalls(7, "last-year", 12), None)
case(CALLED, JoinCalls(7, "last-year", 12), no("no_such_commitment", commitment=7))
case(PROMISED, JoinCalls(7, "last year", 12), no("no_such_session"))
case(SEEDED, JoinCalls(7, "last-year", 12), no("not_closed"))
FULL = tuple(ev.CallsJoined(7, "last-year", n) for n in range(SAME_LIMIT))
case((*PROMISED, *FULL), JoinCalls(7, "other", 1), no("too_many_same_calls", limit=SAME_LIMIT))
case((*PROMISED, JOINED), PartCalls(7, "last-year", 12), ev.CallsParted(7, "last-year", 12))
case((*PROMISED, JOINED, ev.CallsParted(7, "last-year", 12)), PartCalls(7, "last-year", 12), None)
case(PROMISED, PartCalls(7, "last-year", 12), None)
case(PROMISED, PartCalls(6, "last-year", 12), no("no_such_commitment", commitment=6))
case(PROMISED, PartCalls(7, "last year", 12), no("no_such_session"))
case(SEEDED, PartCalls(7, "last-year", 12), no("not_closed"))

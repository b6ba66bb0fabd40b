"""What the commands of agreeing on messages do, case by case."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.amending import ChooseScene
from acquis.floor.messages import (
    AMENDMENTS_EACH,
    BeginSilence,
    ChooseProcedure,
    OpenMessageVote,
    ProposeAmendment,
    ProposeMessage,
    PutMessage,
    RewordMessage,
    SettleAmendment,
    StateOutcome,
    SupportAmendment,
    WithdrawAmendment,
    WithdrawAmendmentSupport,
)
from acquis.floor.objections import MakeObjection, WithdrawObjection
from acquis.messages.procedure import shipped_text

from .scenarios import CLOSED, DRAFT, PUBLISHED, Cases, no
from .story import ANN, BEN, OPEN, PANELLIST, Happened, joined, opened

case = Cases()

LONG = "x" * 2001
IGF = ev.ProcedureChosen("igf", shipped_text("igf"))
SILENCE = ev.ProcedureChosen("silence", shipped_text("silence"))
OWN = shipped_text("aprigf").replace("APrIGF", "Ours")
TEXT, OTHER = "Norms need a keeper.", "Norms need two keepers."
STEP = "In the session"

# --- the procedure ----------------------------------------------------------------------------------------------

case(OPEN, ChooseProcedure("igf"), IGF)
case((*OPEN, IGF), ChooseProcedure("igf", "is not read"), None)
case((*OPEN, IGF), ChooseProcedure("own", f"\n{OWN}\n"), ev.ProcedureChosen("own", OWN.strip()))
case(
    OPEN,
    ChooseProcedure("own", "- a"),
    no("bad_procedure", reason="Line 1: The file has no fields such as “title” and “steps”."),
)
case(DRAFT, ChooseProcedure("igf"), no("not_published"))

# --- proposing and rewording ------------------------------------------------------------------------------------

RULED: tuple[Happened, ...] = (*OPEN, IGF, joined(ANN))
"""Entry 4 is the procedure, 5 that Ann joined."""
case(RULED, ProposeMessage("takeaways", f" {TEXT} "), ev.MessageProposed("takeaways", TEXT))
PROPOSED: tuple[Happened, ...] = (*RULED, ev.MessageProposed("takeaways", TEXT))
"""Entry 6 is the message."""
case(PROPOSED, ProposeMessage("takeaways", TEXT), None)
case(PROPOSED, ProposeMessage("takeaways", " "), no("text_empty"))
case(PROPOSED, ProposeMessage("takeaways", LONG), no("text_too_long", limit=2000, length=2001))
case(OPEN, ProposeMessage("takeaways", TEXT), no("no_procedure"))
HOURS_LATER = 3 * 3_600_000
LATE: tuple[Happened, ...] = (*PROPOSED, ev.SessionClosed())
case(LATE, ProposeMessage("calls_to_action", OTHER), no("not_in_step", step=["Corrections"]), after=HOURS_LATER)
case(DRAFT, ProposeMessage("takeaways", TEXT), no("not_published"))
UNREADABLE: tuple[Happened, ...] = (*OPEN, ev.ProcedureChosen("own", "- a"))
case(UNREADABLE, ProposeMessage("takeaways", TEXT), no("no_procedure"))

case(PROPOSED, RewordMessage(6, OTHER), ev.MessageReworded(6, OTHER))
case(PROPOSED, RewordMessage(6, TEXT), None)
case(PROPOSED, RewordMessage(5, TEXT), no("no_such_message", message=5))
case(PROPOSED, RewordMessage(6, ""), no("text_empty"))
case(PROPOSED, RewordMessage(6, LONG), no("text_too_long", limit=2000, length=2001))
ADOPTED: tuple[Happened, ...] = (*PROPOSED, ev.OutcomeStated(6, "adopted"))
case(ADOPTED, RewordMessage(6, OTHER), no("why_needed"))
case(ADOPTED, RewordMessage(6, OTHER, "A slip."), ev.MessageReworded(6, OTHER, "A slip."))
case((*PROPOSED, UNREADABLE[-1]), RewordMessage(6, OTHER), no("no_procedure"))
MONTH_LATER = 30 * 24 * 3_600_000
case(
    LATE,
    RewordMessage(6, OTHER),
    no("not_in_step", step=["IGF: key takeaways and call to action"]),
    after=MONTH_LATER,
)
case(DRAFT, RewordMessage(6, OTHER), no("not_published"))

# --- before the room --------------------------------------------------------------------------------------------

AMENDED: tuple[Happened, ...] = (*PROPOSED, (ANN.person, ev.AmendmentProposed(6, OTHER, unread=True)))
"""Entry 7 is an amendment of Ann's."""
REJECTED: tuple[Happened, ...] = (*AMENDED, ev.AmendmentSettled(7, False, "It costs too much."))
case(PROPOSED, PutMessage(6), ev.MessagePut(6))
case((*PROPOSED, ev.MessagePut(6)), PutMessage(6), None)
case((*PROPOSED, ev.MessagePut(6)), PutMessage(), ev.MessagePut())
PUT: tuple[Happened, ...] = (*PROPOSED, ev.MessagePut(6))
case(PUT, ChooseScene("message", 2), ev.SceneChosen("message", 2))
case((*PUT, ev.SceneChosen("message", 2)), ChooseScene("message", 2), None)
case((*PUT, ev.SceneChosen("message", 2)), ChooseScene("message", 1), ev.SceneChosen("message", 1))
case((*PUT, ev.SceneChosen("message", 2), ev.MessagePut(), ev.MessagePut(6)), ChooseScene("message"), None)
case(PROPOSED, PutMessage(), None)
case(AMENDED, PutMessage(6, 7), ev.MessagePut(6, 7))
case(AMENDED, PutMessage(0, 7), no("no_such_amendment", amendment=7))
case(REJECTED, PutMessage(6, 7), no("amendment_settled"))
case(PROPOSED, PutMessage(5), no("no_such_message", message=5))
case(DRAFT, PutMessage(), no("not_published"))
case(LATE, PutMessage(6), no("session_closed"))

case(OPEN, ChooseProcedure("own", OWN, shared=True), ev.ProcedureChosen("own", OWN.strip(), shared=True))
case((*OPEN, IGF), ChooseProcedure("igf", shared=True), ev.ProcedureChosen("igf", IGF.text, shared=True))

# --- objections and reservations --------------------------------------------------------------------------------

OBJECTION = ev.ObjectionMade(6, text="Who pays?", unread=True, voice="v-ann")
case(PROPOSED, MakeObjection(6), ev.ObjectionMade(6, voice="v-ann"), ANN)
case(PROPOSED, MakeObjection(6, text=" Who pays? "), OBJECTION, ANN)
OBJECTED: tuple[Happened, ...] = (*PROPOSED, ("", OBJECTION))
case(OBJECTED, MakeObjection(6, text="Who pays?"), None, ANN)
case(
    OBJECTED,
    MakeObjection(6, reservation=True),
    ev.ObjectionMade(6, reservation=True, replaces=7, voice="v-ann"),
    ANN,
)
case(OBJECTED, MakeObjection(6, name="Ann"), no("objected_without_name"), ANN)
NAMED: tuple[Happened, ...] = (*PROPOSED, (ANN.person, ev.ObjectionMade(6, name="Ann")))
case(NAMED, MakeObjection(6, True, name="Ann"), ev.ObjectionMade(6, reservation=True, replaces=7, name="Ann"), ANN)
case(NAMED, MakeObjection(6), no("objected_by_name"), ANN)
case((*NAMED, ("", ev.ObjectionWithdrawn(7))), MakeObjection(6), ev.ObjectionMade(6, voice="v-ann"), ANN)
case(PROPOSED, MakeObjection(6), no("not_joined"), BEN)
case(PROPOSED, MakeObjection(6, text="x" * 401), no("text_too_long", limit=400, length=401), ANN)
case(PROPOSED, MakeObjection(5), no("no_such_message", message=5), ANN)
case((*PROPOSED, UNREADABLE[-1]), MakeObjection(6), no("no_procedure"), ANN)
case(PROPOSED, MakeObjection(6), no("not_in_step", step=[STEP]))
case(DRAFT, MakeObjection(6), no("not_published"), ANN)
RULE = ev.ProgrammePublished("A dialogue", settings=ev.Settings(chatham=True))
SECRET: tuple[Happened, ...] = (RULE, ev.SessionOpened(), IGF, joined(ANN), ev.MessageProposed("takeaways", TEXT))
case(SECRET, MakeObjection(5, name="Ann"), no("chatham_names"), ANN)
case(SECRET, MakeObjection(5, text="No."), ev.ObjectionMade(5, text="No.", unread=True, voice="v-ann"), ANN)

case(OBJECTED, WithdrawObjection(7), ev.ObjectionWithdrawn(7), ANN)
case((*OBJECTED, ("", ev.ObjectionWithdrawn(7))), WithdrawObjection(7), None, ANN)
case(OBJECTED, WithdrawObjection(7), no("not_yours"), BEN)
case(OBJECTED, WithdrawObjection(6), no("no_such_objection", objection=6), ANN)

# --- amendments -------------------------------------------------------------------------------------------------

case(PROPOSED, ProposeAmendment(6, f"{OTHER} "), ev.AmendmentProposed(6, OTHER, unread=True, lane="room"), ANN)
case(AMENDED, ProposeAmendment(6, OTHER), None, ANN)
case(PROPOSED, ProposeAmendment(6, TEXT), no("nothing_amended"), ANN)
case(PROPOSED, ProposeAmendment(6, " "), no("text_empty"), ANN)
case(PROPOSED, ProposeAmendment(6, LONG), no("text_too_long", limit=2000, length=2001), ANN)
case(PROPOSED, ProposeAmendment(5, OTHER), no("no_such_message", message=5), ANN)
case(PROPOSED, ProposeAmendment(6, OTHER), no("not_joined"), BEN)
case(PROPOSED, ProposeAmendment(6, OTHER), no("not_in_step", step=[STEP]))
case((*PROPOSED, UNREADABLE[-1]), ProposeAmendment(6, OTHER), no("no_procedure"), ANN)
case(DRAFT, ProposeAmendment(6, OTHER), no("not_published"), ANN)
MANY: tuple[Happened, ...] = (
    *PROPOSED,
    *((ANN.person, ev.AmendmentProposed(6, f"{n} keepers.", unread=True)) for n in range(AMENDMENTS_EACH)),
)
case(MANY, ProposeAmendment(6, OTHER), no("too_many_amendments", limit=AMENDMENTS_EACH), ANN)

case(AMENDED, WithdrawAmendment(7), ev.AmendmentWithdrawn(7), ANN)
case((*AMENDED, (ANN.person, ev.AmendmentWithdrawn(7))), WithdrawAmendment(7), None, ANN)
case(AMENDED, WithdrawAmendment(7), no("not_yours"), BEN)
case(REJECTED, WithdrawAmendment(7), no("amendment_settled"), ANN)
case(AMENDED, WithdrawAmendment(6), no("no_such_amendment", amendment=6), ANN)

case(AMENDED, SupportAmendment(7), ev.QuestionSupported(amendment=7), ANN)
SUPPORTED: tuple[Happened, ...] = (*AMENDED, (ANN.voice, ev.QuestionSupported(amendment=7)))
case(SUPPORTED, SupportAmendment(7), None, ANN)
case(AMENDED, SupportAmendment(7), no("not_joined"), BEN)
case(REJECTED, SupportAmendment(7), no("amendment_settled"), ANN)
case(AMENDED, SupportAmendment(6), no("no_such_amendment", amendment=6), ANN)
case((*AMENDED, ev.SessionClosed()), SupportAmendment(7), no("votes_counted"), ANN)
case(SUPPORTED, WithdrawAmendmentSupport(7), ev.SupportWithdrawn(amendment=7), ANN)
case(AMENDED, WithdrawAmendmentSupport(7), None, ANN)
case(SUPPORTED, WithdrawAmendmentSupport(7), no("not_joined"), BEN)
case(SUPPORTED, WithdrawAmendmentSupport(6), no("no_such_amendment", amendment=6), ANN)
case((*SUPPORTED, ev.AmendmentSettled(7, True)), WithdrawAmendmentSupport(7), no("amendment_settled"), ANN)
case((*SUPPORTED, ev.SessionClosed()), WithdrawAmendmentSupport(7), no("votes_counted"), ANN)

case(AMENDED, SettleAmendment(7, True), ev.AmendmentSettled(7, True))
case(AMENDED, SettleAmendment(7, False, "It costs too much."), ev.AmendmentSettled(7, False, "It costs too much."))
case(REJECTED, SettleAmendment(7, False), None)
case(REJECTED, SettleAmendment(7, True), no("amendment_settled"))
case(AMENDED, SettleAmendment(6, True), no("no_such_amendment", amendment=6))
case(AMENDED, SettleAmendment(7, True, "x" * 401), no("text_too_long", limit=400, length=401))
case((*AMENDED, UNREADABLE[-1]), SettleAmendment(7, True), no("no_procedure"))
case(
    (*AMENDED, ev.SessionClosed()),
    SettleAmendment(7, True),
    no("not_in_step", step=["IGF: key takeaways and call to action"]),
    after=MONTH_LATER,
)
case(DRAFT, SettleAmendment(7, True), no("not_published"))

# --- the vote and the outcome -----------------------------------------------------------------------------------

case(PROPOSED, OpenMessageVote(6), ev.StatementSeeded(TEXT, message=6))
VOTED: tuple[Happened, ...] = (*PROPOSED, ev.StatementSeeded(TEXT, message=6))
case(VOTED, OpenMessageVote(6), None)
case((*VOTED, ev.MessageReworded(6, OTHER)), OpenMessageVote(6), ev.StatementSeeded(OTHER, message=6))
case(PROPOSED, OpenMessageVote(5), no("no_such_message", message=5))
case((*PROPOSED, UNREADABLE[-1]), OpenMessageVote(6), no("no_procedure"))
case((*PROPOSED, SILENCE), OpenMessageVote(6), no("not_in_step", step=["Consultation"]))
case.only_open(OpenMessageVote(6))

case(PROPOSED, StateOutcome(6, "adopted"), ev.OutcomeStated(6, "adopted"))
case(ADOPTED, StateOutcome(6, "adopted"), None)
case(ADOPTED, StateOutcome(6, "fallen", "No time."), ev.OutcomeStated(6, "fallen", "No time."))
case(OBJECTED, StateOutcome(6, "adopted"), no("reservations_stand"))
case(OBJECTED, StateOutcome(6, "adopted_with_reservations"), ev.OutcomeStated(6, "adopted_with_reservations"))
case(PROPOSED, StateOutcome(6, "fallen"), no("why_needed"))
case(PROPOSED, StateOutcome(6, "fallen", "x" * 401), no("text_too_long", limit=400, length=401))
case(PROPOSED, StateOutcome(5, "adopted"), no("no_such_message", message=5))
case((*PROPOSED, UNREADABLE[-1]), StateOutcome(6, "adopted"), no("no_procedure"))
case(LATE, StateOutcome(6, "adopted"), no("not_in_step", step=["Corrections"]), after=HOURS_LATER)
case(DRAFT, StateOutcome(6, "adopted"), no("not_published"))

# --- the silence procedure --------------------------------------------------------------------------------------

CONSULTED: tuple[Happened, ...] = (*OPEN, SILENCE, joined(ANN), ev.MessageProposed("takeaways", TEXT))
PARTIES = "A speaker\nA State"
case(CONSULTED, BeginSilence(6, PARTIES), ev.SilenceBegun(6, 72, PARTIES))
QUIET: tuple[Happened, ...] = (*CONSULTED, ev.SilenceBegun(6, 72, PARTIES))
case(QUIET, BeginSilence(6, PARTIES), no("under_silence"))
case(CONSULTED, BeginSilence(6, " "), no("text_empty"))
case(CONSULTED, BeginSilence(6, "x" * 4001), no("text_too_long", limit=4000, length=4001))
case(CONSULTED, BeginSilence(5, PARTIES), no("no_such_message", message=5))
case(PROPOSED, BeginSilence(6, PARTIES), no("not_in_step", step=[STEP]))
case((*PROPOSED, UNREADABLE[-1]), BeginSilence(6, PARTIES), no("no_procedure"))
case((*SECRET, SILENCE), BeginSilence(5, PARTIES), no("chatham_names"))
case(DRAFT, BeginSilence(6, PARTIES), no("not_published"))
BROKEN = ev.ObjectionMade(6, breaks=True, unread=True, text="Not so.", party="A speaker")
case(QUIET, MakeObjection(6, text="Not so.", party="A speaker"), BROKEN, PANELLIST)
case(QUIET, MakeObjection(6, party="A State"), ev.ObjectionMade(6, breaks=True, party="A State"))
case(QUIET, MakeObjection(6, party="A State"), no("not_a_party"), PANELLIST)
case(QUIET, MakeObjection(6, party="Nobody"), no("not_a_party"))
case(QUIET, MakeObjection(6), no("not_a_party"), ANN)
case(QUIET, RewordMessage(6, OTHER), no("under_silence"))
case(QUIET, ProposeAmendment(6, OTHER), no("under_silence"), ANN)
case(
    (*CONSULTED, (ANN.person, ev.AmendmentProposed(6, OTHER, unread=True)), QUIET[-1]),
    SettleAmendment(7, True),
    no("under_silence"),
)
case((*QUIET, IGF), StateOutcome(6, "adopted"), no("under_silence"))
case((*QUIET, (PANELLIST.person, BROKEN)), RewordMessage(6, OTHER), ev.MessageReworded(6, OTHER))
case((*QUIET, (PANELLIST.person, BROKEN)), BeginSilence(6, PARTIES), ev.SilenceBegun(6, 72, PARTIES))
FREE = opened(moderated=False)
case(
    (*FREE, *PROPOSED[3:]),
    MakeObjection(6, text="Who pays?"),
    ev.ObjectionMade(6, text="Who pays?", voice="v-ann"),
    ANN,
)
NAMED = (*PROPOSED, (ANN.person, ev.ObjectionMade(6, name="Ann")))
case(NAMED, WithdrawObjection(7), ev.ObjectionWithdrawn(7), ANN)
case(NAMED, WithdrawObjection(7), no("not_yours"), BEN)
case(PUBLISHED, ChooseProcedure("eurodig"), ev.ProcedureChosen("eurodig", shipped_text("eurodig")))
case((*CLOSED, IGF), ProposeMessage("takeaways", TEXT), ev.MessageProposed("takeaways", TEXT))

"""What the commands of written contributions do, case by case."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.contributions import (
    BODY_LIMIT,
    TEXT_LIMIT,
    ApproveContribution,
    EnterContribution,
    HoldBackContribution,
    InviteContributions,
    WithdrawContribution,
    WriteContribution,
)
from acquis.floor.references import ConfirmReferences

from .scenarios import CLOSED, DRAFT, PUBLISHED, Cases, no
from .story import ANN, BEN, EVE, GROUPS, T0, Happened

case = Cases()

LATER = T0 + 3_600_000
INVITED: tuple[Happened, ...] = (*PUBLISHED, ev.ContributionsInvited(LATER))
SOURCE = f"{'0' * 16}-1"
TEXT = "Keep the norm."

# --- the deadline -----------------------------------------------------------------------------------------------

case(PUBLISHED, InviteContributions("2023-11-14T23:13"), ev.ContributionsInvited(1_700_003_580_000))
case(INVITED, InviteContributions(""), ev.ContributionsInvited(0))
case(PUBLISHED, InviteContributions(), None)
case(PUBLISHED, InviteContributions("tomorrow"), no("bad_moment", written="tomorrow"))
case(DRAFT, InviteContributions(""), no("not_published"))

# --- to write ---------------------------------------------------------------------------------------------------

WRITTEN = ev.ContributionWritten(TEXT, "Grid Institute", "en", lane="online", stakeholder="Government")
case(INVITED, WriteContribution(f" {TEXT} ", "Grid Institute", "en"), WRITTEN, EVE)
case((*CLOSED, ev.ContributionsInvited(LATER)), WriteContribution(TEXT), ev.ContributionWritten(TEXT, lane="room"), ANN)
case(DRAFT, WriteContribution(TEXT), no("not_published"), ANN)
case(PUBLISHED, WriteContribution(TEXT), no("contributions_closed"), ANN)
case(INVITED, WriteContribution(TEXT), no("contributions_closed"), ANN, after=2 * 3_600_000)
OWN: tuple[Happened, ...] = (*INVITED, (ANN.person, ev.ContributionWritten(TEXT, lane="room")))
case(OWN, WriteContribution(TEXT), no("contributed_before"), ANN)
case(OWN, WriteContribution(TEXT), ev.ContributionWritten(TEXT, lane="online"), BEN)
TIED = ev.ReferencesConfirmed(3, ("norm-j",))
case(OWN, ConfirmReferences(3, "norm-j"), TIED)
case((*OWN, TIED), ConfirmReferences(3, "norm-j"), None)
THREE = tuple((ANN.person, ev.ContributionWritten(text)) for text in ("One.", "Two.", "Three."))
case((*INVITED, *THREE), WriteContribution("Four."), no("too_many_contributions", limit=3), ANN)
case(INVITED, WriteContribution(" "), no("text_empty"), ANN)
case(INVITED, WriteContribution("x" * 10_001), no("text_too_long", limit=TEXT_LIMIT, length=10_001), ANN)
case(INVITED, WriteContribution("x", "y" * 201), no("text_too_long", limit=BODY_LIMIT, length=201), ANN)
case(INVITED, WriteContribution("x", language="?"), no("bad_language", language="?"), ANN)

case(OWN, WithdrawContribution(3), ev.ContributionWithdrawn(3), ANN)
case((*OWN, ev.ContributionWithdrawn(3)), WithdrawContribution(3), None, ANN)
case(OWN, WithdrawContribution(3), no("not_yours"), BEN)
case(OWN, WithdrawContribution(9), no("no_such_contribution", contribution=9), ANN)
REPORTED = (*OWN, ev.SessionOpened(), ev.SessionClosed(), ev.ReportPublished((ev.Sentence("It ended."),)))
case(REPORTED, WithdrawContribution(3), no("published_already"), ANN)

# --- what came in another way -----------------------------------------------------------------------------------

ENTER = EnterContribution(text=TEXT, source=SOURCE, on_behalf_of="Grid Institute", stakeholder="Government")
ENTERED = ev.ContributionWritten(TEXT, "Grid Institute", source=SOURCE, stakeholder="Government")
case(PUBLISHED, ENTER, ENTERED)
case((*CLOSED, ENTERED), ENTER, None)
case(DRAFT, ENTER, no("not_published"))
case(
    PUBLISHED,
    EnterContribution(text=TEXT, source=SOURCE, stakeholder="Mars"),
    no("no_such_group", group="Mars", groups=list(GROUPS)),
)
case(PUBLISHED, EnterContribution(text="", source=SOURCE), no("text_empty"))
case(PUBLISHED, EnterContribution(text="x" * 10_001, source=SOURCE), no("text_too_long", limit=10_000, length=10_001))
case(PUBLISHED, EnterContribution(text=TEXT, source=SOURCE, language="?"), no("bad_language", language="?"))
case(PUBLISHED, EnterContribution(text=TEXT, source="a file"), no("bad_source"))

# --- moderation -------------------------------------------------------------------------------------------------

case(OWN, ApproveContribution(3), ev.ContributionApproved(3))
case((*OWN, ev.ContributionApproved(3)), ApproveContribution(3), None)
case((*OWN, ev.ContributionHeldBack(3, "off_topic")), ApproveContribution(3), ev.ContributionApproved(3))
GONE = (*OWN, (ANN.person, ev.ContributionWithdrawn(3)))
case(GONE, ApproveContribution(3), no("contribution_withdrawn", contribution=3))
case(OWN, ApproveContribution(9), no("no_such_contribution", contribution=9))
case((*OWN, ev.ContributionApproved(3)), HoldBackContribution(3, "abusive"), ev.ContributionHeldBack(3, "abusive"))
case((*OWN, ev.ContributionHeldBack(3, "abusive")), HoldBackContribution(3, "abusive"), None)
case(GONE, HoldBackContribution(3, "abusive"), no("contribution_withdrawn", contribution=3))
case(OWN, HoldBackContribution(9, "abusive"), no("no_such_contribution", contribution=9))

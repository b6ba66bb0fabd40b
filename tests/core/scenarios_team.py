"""What every command does, case by case: people who hold links are replaced, or can no longer use one (W M14)."""

from __future__ import annotations

from acquis import events as ev
from acquis.floor.queue import RestoreHand
from acquis.floor.team import ReplaceTeamMember, RevokeAccess

from .scenarios import DRAFT, PUBLISHED, Cases, no
from .story import ANN, OPEN, PROGRAMME, hand

case = Cases()

REPLACED = ev.TeamMemberReplaced("onsite_moderator", "p-ill", "p-new", "Ill.")
REPLACE = ReplaceTeamMember("onsite_moderator", "p-ill", "Ben Example", "Ill.", successor="p-new")
NAMED = ev.ProgrammePublished("A dialogue", PROGRAMME.segments, document={"rapporteurs": [{"name": "Ann Ill"}]})
BEN_BY_CY = ev.TeamMemberReplaced("rapporteur", "p-new", "p-cy", "", "Ben Example", "Cy")
FOR_ANN = ReplaceTeamMember("rapporteur", "", "Ben Example", "Ill.", "Ann Ill", "p-new")
BY_BEN = ev.TeamMemberReplaced("rapporteur", "", "p-new", "Ill.", "Ann Ill", "Ben Example")

case(PUBLISHED, REPLACE, REPLACED)
case((NAMED,), FOR_ANN, BY_BEN)
case((NAMED, BY_BEN), FOR_ANN, no("replaced_already"))
case((NAMED, BY_BEN), ReplaceTeamMember("rapporteur", "p-new", "Cy", former="Ben Example", successor="p-cy"), BEN_BY_CY)
case((NAMED,), ReplaceTeamMember("onsite_moderator", "", "Ben", former="Ann Ill"), no("no_such_person"))
case((*OPEN, ev.SessionClosed()), REPLACE, REPLACED)
case((*OPEN, REPLACED), REPLACE, no("replaced_already"))
case(DRAFT, REPLACE, no("not_published"))
case(OPEN, ReplaceTeamMember("rapporteur", "", "Ben"), no("no_such_person"))
case(OPEN, ReplaceTeamMember("rapporteur", "p-ill", " "), no("text_empty"))
case(OPEN, ReplaceTeamMember("rapporteur", "p-ill", "x" * 81), no("text_too_long", limit=80, length=81))
case(OPEN, ReplaceTeamMember("rapporteur", "p-ill", "Ben", successor="p" * 41), no("bad_person"))

case((*OPEN, hand(ANN)), RevokeAccess(ANN.person, "Asked for it."), ev.AccessRevoked(ANN.person, "Asked for it."))
case((*OPEN, ev.SessionClosed()), RevokeAccess("p-x"), ev.AccessRevoked("p-x"))
case((*OPEN, hand(ANN), ev.AccessRevoked(ANN.person)), RestoreHand(4), ev.HandRestored(4))
case(DRAFT, RevokeAccess("p-x"), no("not_published"))
case(OPEN, RevokeAccess(""), no("no_such_person"))
case(OPEN, RevokeAccess("p-x", "x" * 201), no("text_too_long", limit=200, length=201))

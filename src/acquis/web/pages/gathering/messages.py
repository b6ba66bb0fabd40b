"""The messages of all sessions of a gathering, and the procedure by which they are agreed: which each session
took into its own log."""

from __future__ import annotations

from starlette.responses import Response

from acquis.board.gatherings import shared_procedure, takes_procedure
from acquis.command import ORGANIZER
from acquis.documents.messages import FATES, PARTS
from acquis.i18n import N_
from acquis.messages.procedure import (
    Moment,
    Procedure,
    ProcedureError,
    ProcedureStep,
    procedure_text,
    read,
)
from acquis.plan.dates import moment
from acquis.web.http.assets import AGE, DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.pages.gathering.page import gathering_of
from acquis.web.words import phrases

_EVENTS = {
    "publication": N_("when the programme of the session is published"),
    "opening": N_("when the session opens"),
    "closing": N_("when the session closes"),
}
_AFTER = {
    "publication": N_("{span} after the programme of the session is published"),
    "opening": N_("{span} after the session opens"),
    "closing": N_("{span} after the session closes"),
}


@page("/gatherings/{gathering:slug}/messages", roles=PUBLIC, name="gathering_messages", styles=(DOCUMENT,), scripts=AGE)
async def messages(context: RequestContext) -> Response:
    """The messages of the sessions as they stand, with the steps of the procedure that they share."""
    wanted = await gathering_of(context)
    chosen = shared_procedure(wanted.cards)
    return context.render(
        "pages/gathering/messages.html",
        gathering=wanted,
        here=f"/gatherings/{wanted.id}",
        drafts=[(card, [paragraph.at(context.now) for paragraph in card.draft]) for card in wanted.cards],
        chosen=chosen.chosen if chosen else None,
        procedure=_read(chosen.chosen.text) if chosen else None,
        texts=lambda name, text: procedure_text(name, text, context.language),
        times=lambda step: _times(context, step),
        fates=context.words(FATES),
        part_words=context.words(PARTS),
        organizer=ORGANIZER in context.actor.roles,
        own=[card for card in wanted.cards if card.procedure is not None and not card.procedure.chosen.shared],
        without=[card for card in wanted.cards if takes_procedure(card) and card.procedure is None],
        done=context.query("done") and not context.wrong,
    )


def _read(text: str) -> Procedure | None:
    try:
        return read(text)
    except ProcedureError:  # of another version of the program
        return None


def _times(context: RequestContext, step: ProcedureStep) -> tuple[str, str]:
    """When a step begins and ends, in words; empty if it does not end."""
    return _when(context, step.begins), _when(context, step.ends) if step.ends else ""


def _when(context: RequestContext, at: Moment) -> str:
    if at.at:
        return moment(at.at, "UTC", context.language)
    if not at.minutes:
        return context.say(_EVENTS[at.after])
    return context.say(_AFTER[at.after], span=phrases.length(context.language, at.minutes * 60_000))

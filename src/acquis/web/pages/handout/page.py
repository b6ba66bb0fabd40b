"""The handout: the programme, the way in and the rules of the floor on one sheet of paper."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import Response

from acquis.documents.amendments import changes_of_people
from acquis.documents.view import people_of
from acquis.i18n import N_
from acquis.plan import dates
from acquis.plan.document import PlannedSegment, Programme
from acquis.state import State
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import page
from acquis.web.words.phrases import VOTES_PUBLISHED, VOTES_TOTALLED

BALANCED = {
    "lane": N_(
        "The next speaker is in the room or online, whichever has had less speaking time. Points of order come first."
    ),
    "stakeholder": N_(
        "The next speaker is from the stakeholder group with the least speaking time. Points of order come first."
    ),
    "region": N_(
        "The next speaker is from the regional group with the least speaking time. Points of order come first."
    ),
}


@page(
    "/s/{session:slug}/handout",
    roles=PUBLIC,
    scripts=("shared/dom.js", "pages/plan/page.js"),
    styles=(DOCUMENT,),
)
async def handout(context: RequestContext) -> Response:
    """The handout of a published session, laid out for one sheet of A4."""
    state, programme = context.state, context.state.programme
    parts = tuple(PlannedSegment(part.title, part.kind, part.minutes) for part in state.segments)
    plan = Programme(programme.title, starts=programme.starts, zone=programme.zone, segments=parts)
    people = people_of(programme)
    return context.render(
        "pages/handout/page.html",
        state=state,
        programme=programme,
        slot=dates.slot(programme.starts, programme.ends, programme.zone, context.language),
        schedule=dates.schedule(plan),
        team=[*people["onsite_moderators"], *people["online_moderators"]],
        changes=changes_of_people(state, context.language),
        rules=[context.say(rule, **facts) for rule, facts in _rules(state)],
        code=context.code,
        address=f"{context.base_url}s/{context.id}",
    )


def _rules(state: State) -> Iterator[tuple[str, dict[str, str]]]:
    """The rules of the floor, as the settings of the session make them: a message and its facts."""
    settings = state.settings
    yield N_("Ask for the floor on your phone or computer. There is one list of speakers for the room and online."), {}
    yield BALANCED[settings.balance], {}
    limits = sorted({part.turn_limit_s for part in state.segments if part.open_floor and part.turn_limit_s})
    if limits:
        minutes = N_("Time limit for each speaker: {minutes} min."), {"minutes": _minutes(limits[0])}
        several = (
            N_("Time limit for each speaker: {least} to {most} min, as shown on the room screen."),
            {
                "least": _minutes(limits[0]),
                "most": _minutes(limits[-1]),
            },
        )
        yield several if len(limits) > 1 else minutes
    yield N_("If a speaker has referred to you, you can ask for a right of reply."), {}
    if settings.anonymous:
        yield N_("Ask questions in writing at any time, with or without your name, and support those of others."), {}
    else:
        yield N_("Ask questions in writing at any time, and support those of others."), {}
    if settings.moderated:
        yield N_("Moderators review questions and statements before they are published."), {}
    yield N_("Vote on short statements. Votes are recorded under a random number, never under your name."), {}
    yield VOTES_PUBLISHED if settings.publish_ballots else VOTES_TOTALLED, {}
    if settings.chatham:
        yield N_("Chatham House Rule: you may use what you hear, but you may not reveal who said it."), {}
    yield N_("The record is public. Anyone can read and verify it after the session."), {}


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}" if seconds % 60 else str(seconds // 60)

"""What a session takes over from earlier sessions of its series: the organizer picks it before the session opens, and
the moderators open the statements for votes."""

from __future__ import annotations

from msgspec.structs import replace
from starlette.responses import Response

from acquis.board.gatherings import gathering_id
from acquis.board.series import Series, offered, series_of
from acquis.command import HOSTS, ORGANIZER, Refused
from acquis.plan.document import CarriedOver, PolicyQuestion, Programme, ProgrammeError, from_data, from_yaml, to_yaml
from acquis.record import LogUnreadable
from acquis.text.folding import caseless
from acquis.web.api.schemas import form
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext, visible
from acquis.web.http.endpoint import endpoint, page
from acquis.web.pages.plan.page import mark, row_of


@page("/s/{session:slug}/carried", roles=HOSTS, drafts=True, styles=(DOCUMENT,))
async def carried(context: RequestContext) -> Response:
    """What earlier sessions of the series left open, to tick, and what this session took over."""
    programme, series = _programme(context), await _series(context)
    calls_and_statements = offered(series.cards, context.id) if series else []
    taken = {(item.kind, caseless(item.text)) for item in programme.carried}
    known = {caseless(question.text) for question in programme.policy_questions}
    topics = await _topics(context, series)
    return context.render(
        "pages/carried/page.html",
        state=context.state,
        programme=programme,
        series=series,
        topics=[(n, text) for n, text in enumerate(topics) if caseless(text) not in known],
        offers=[item for item in calls_and_statements if (item.kind, caseless(item.text)) not in taken],
        titles={card.id: card.title for card in series.cards} if series else {},
        base=mark(row_of(context).draft),
        picks=ORGANIZER in context.actor.roles and context.state.before_opening,
        done="" if context.wrong else context.query("done"),
    )


@endpoint(
    "POST",
    "/s/{session:slug}/carried",
    name="carry_over",
    roles=frozenset({ORGANIZER}),
    reads=True,
    drafts=True,
    page="carried",
    accepts=form({"base": {"type": "string"}}, ["base"]),
)
async def carry_over(context: RequestContext) -> Response:
    """Take what was ticked over into the draft of the programme, which is then published again. Raises Refused."""
    fields, row = await context.form(), row_of(context)
    if not context.state.before_opening:
        raise Refused("already_open")
    if fields.get("base") != mark(row.draft):
        raise Refused("draft_changed")
    series = await _series(context)
    topics = [text for n, text in enumerate(await _topics(context, series)) if f"topic.{n}" in fields]
    offers = offered(series.cards, context.id) if series else []
    picked = [item for item in offers if f"{item.session}.{item.entry}" in fields]
    try:
        draft = from_yaml(row.draft)
        context.application.roster.save_draft(row.id, to_yaml(_with(draft, topics, picked)))
    except ProgrammeError as error:
        raise Refused(error.code, **error.facts) from error
    return context.redirect(f"/s/{row.id}/carried?done=saved")


def _with(programme: Programme, topics: list[str], picked: list[CarriedOver]) -> Programme:
    """The programme with these topics and these calls and statements, each once."""
    asked = {caseless(question.text) for question in programme.policy_questions}
    present = {(item.kind, caseless(item.text)) for item in programme.carried}
    questions = [PolicyQuestion(text) for text in topics if caseless(text) not in asked]
    items = [item for item in picked if (item.kind, caseless(item.text)) not in present]
    return replace(
        programme,
        policy_questions=(*programme.policy_questions, *questions),
        carried=(*programme.carried, *items),
    )


def _programme(context: RequestContext) -> Programme:
    """The draft, as long as it can be changed, and then the published programme. Raises Refused."""
    try:
        if context.state.before_opening:
            return from_yaml(row_of(context).draft)
        return from_data(context.session.state.programme.document)
    except ProgrammeError as error:
        raise Refused(error.code, **error.facts) from error


async def _series(context: RequestContext) -> Series | None:
    """The published sessions of the series of this session; None if it belongs to none or is the first."""
    name = _programme(context).series
    cards = await context.application.board.listing(context.now)
    return series_of(cards, gathering_id(name)) if name else None


async def _topics(context: RequestContext, series: Series | None) -> list[str]:
    """The policy questions of the latest other session of the series."""
    earlier = [card for card in series.cards if card.id != context.id and card.is_over] if series else []
    if not earlier:
        return []
    board = context.application.board
    try:
        session = await board.session(earlier[-1].id)
    except LogUnreadable:
        return []
    if session is None:
        return []
    public, _ = await visible(
        context.application, session, await session.settled(), live=False, names=False, language=context.language
    )
    listed = public.programme.document.get("policy_questions") or ()
    return [str(question["text"]) for question in listed if isinstance(question, dict) and question.get("text")]

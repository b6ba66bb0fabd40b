"""Erasing a text, with all its wordings, and erasing the data of a person: each with a question before it."""

from __future__ import annotations

from starlette.responses import Response

from acquis.command import HOSTS, ORGANIZER, PEOPLE, Refused
from acquis.erasure import REASON_LIMIT, EraseText
from acquis.roster import Erasure
from acquis.state import State
from acquis.state.reading import person_name
from acquis.text.folding import folded
from acquis.web.api.actions import carry_out
from acquis.web.api.schemas import KEY, form
from acquis.web.http.assets import DOCUMENT
from acquis.web.http.context import RequestContext
from acquis.web.http.endpoint import endpoint, page

OWN_REQUEST = "at the request of the author"
"""The reason that the record gives when a person erases the own data."""


@page("/s/{session:slug}/erase", roles=HOSTS, names=HOSTS, styles=(DOCUMENT,))
async def erase(context: RequestContext) -> Response:
    """The question before a text is erased: `?entry=12` names it by an entry."""
    number, erasing = context.number("entry"), context.application.erasing
    return context.render(
        "pages/erase/page.html",
        state=context.state,
        number=number,
        texts=await erasing.wordings(context.session, number) if number else [],
        erased=number in context.state.erased,
        under_way=erasing.is_under_way(context.id),
        reason_limit=REASON_LIMIT,
    )


@endpoint(
    "POST",
    "/s/{session:slug}/erase",
    roles=HOSTS,
    names=HOSTS,
    reads=True,
    page="erase",
    accepts=form({"entry": {"type": "integer"}, "reason": {"type": "string"}, "key": KEY}, ["entry", "reason", "key"]),
)
async def erase_text(context: RequestContext) -> Response:
    """Erase the texts of an entry and its other wordings. Raises Refused."""
    fields = await context.form()
    entry, key, reason = context.number("entry"), fields.get("key", ""), fields.get("reason", "")
    context.back = f"entry={entry}"
    others = [text.entry for text in await context.application.erasing.wordings(context.session, entry)]
    for number in (entry, *(other for other in others if other != entry)):
        await carry_out(context, EraseText(number, reason), f"{key}-{number}")
    return context.redirect(f"/s/{context.id}/erase?entry={entry}")


@page("/s/{session:slug}/forget", roles=PEOPLE | {ORGANIZER}, names=PEOPLE | {ORGANIZER}, styles=(DOCUMENT,))
async def forget(context: RequestContext) -> Response:
    """The question before the data of a person are erased: those of the reader or, for the organizer, those of the
    person whom `?person=` names."""
    state, person = context.session.state, _person(context, context.query("person"))
    name = context.application.roster.names(context.id).get(person, "")
    return context.render(
        "pages/erase/person.html",
        state=context.state,
        person=person,
        own=person == context.actor.person,
        name=person_name(person, {person: name} if name else {}, context.language),
        traces=await context.application.erasing.traces(context.session, person),
        listed=bool(name) and folded(name) in _listed(state),
        ruled=state.settings.chatham,
        published=bool(state.reports),
    )


@endpoint(
    "POST",
    "/s/{session:slug}/forget",
    roles=PEOPLE | {ORGANIZER},
    names=PEOPLE | {ORGANIZER},
    reads=True,
    page="forget",
    accepts=form({"person": {"type": "string"}, "mentions": {"type": "string"}, "key": KEY}, ["key"]),
)
async def forget_person(context: RequestContext) -> Response:
    """Erase the data of a person, and on request of the organizer the texts of others that mention the name. A person
    can do so until the report is published. Raises Refused."""
    application, session = context.application, context.session
    fields = await context.form()
    person = _person(context, fields.get("person", ""))
    context.back = f"person={person}"
    own = person == context.actor.person
    if own and session.state.reports:
        raise Refused("published_already")
    listed = await application.erasing.traces(session, person)
    wide = not own and ("mentions" in fields or session.state.settings.chatham)
    texts = (*listed.own, *(listed.mentions if wide else ()))
    erasure = Erasure(
        context.id,
        texts=tuple(text.entry for text in texts),
        person=person,
        reason=OWN_REQUEST if own else "personal data",
        by="" if own else context.actor.person,
    )
    name = application.roster.names(context.id).get(person, "") if wide else ""
    await application.erasing.person(erasure, name, context.now)
    application.streams.drop(person)
    return context.redirect(f"/s/{context.id}/device" if own else f"/s/{context.id}/people")


def _person(context: RequestContext, asked: str) -> str:
    """The person whose data are meant. Raises Refused if it is somebody else, for all but the organizer, or nobody."""
    person = asked or context.actor.person
    if person != context.actor.person and ORGANIZER not in context.actor.roles:
        raise Refused("not_allowed", roles=[ORGANIZER])
    if not person or not context.application.roster.knows(context.id, person):
        raise Refused("no_such_person")
    return person


def _listed(state: State) -> set[str]:
    """The names of the panel in the programme."""
    return {folded(seat.name) for seat in state.seats}

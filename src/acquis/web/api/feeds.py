"""A list of entries as a calendar or as an Atom feed."""

from __future__ import annotations

from starlette.responses import Response

from acquis.command import Refused
from acquis.plan import dates
from acquis.reference.feeds import FeedEntry, atom, calendar
from acquis.web.http.context import RequestContext


def feed_of(context: RequestContext, entries: list[FeedEntry], title: str, page: str, tag: str) -> Response:
    """The entries in the form that the address names: `ics` or `atom`. page: where people read the same; tag: what the
    feed is known by.

    Raises Refused for another form."""
    if context.part("form") == "ics":
        return data_file(calendar(entries, title, dates.instant(context.now)), "text/calendar; charset=utf-8")
    if context.part("form") != "atom":
        raise Refused("no_such_page")
    request = context.request
    newest = max((entry.updated for entry in entries), default=dates.instant(0))
    address, own = context.base_url.rstrip("/") + page, str(request.url)
    name = f"tag:{request.url.hostname},2026:{tag}"
    text = atom(entries, title, name, address, newest, own=own, language=context.language)
    return data_file(text, "application/atom+xml; charset=utf-8")


def data_file(content: bytes, media_type: str) -> Response:
    """The response with a file in the language of the reader, which caches must revalidate."""
    return Response(content, 200, {"cache-control": "no-store", "vary": "accept-language, cookie"}, media_type)

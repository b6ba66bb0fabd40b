"""A list of entries as a calendar, as an Atom feed or as a JSON Feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from acquis.command import Refused
from acquis.plan import dates
from acquis.reference.feeds import FeedEntry, atom, calendar, json_feed
from acquis.web.http.context import RequestContext


def feed_of(context: RequestContext, entries: list[FeedEntry], title: str, page: str, tag: str) -> Response:
    """The entries in the form that the address names: `ics`, `atom` or `json` (JSON Feed). page: where people read the
    same; tag: what the feed is known by.

    Raises Refused for another form."""
    if context.part("form") == "ics":
        return data_file(calendar(entries, title, dates.instant(context.now)), "text/calendar; charset=utf-8")
    return news_feed(context, entries, title, page, tag)


def news_feed(
    context: RequestContext,
    entries: list[FeedEntry],
    title: str,
    page: str,
    tag: str,
    data: Mapping[str, Any] | None = None,
) -> Response:
    """The entries as `atom` or `json`. data: what a JSON Feed says for programs beside its items. Raises Refused for
    another form."""
    request = context.request
    address, own = context.base_url.rstrip("/") + page, str(request.url)
    name = f"tag:{request.url.hostname},2026:{tag}"
    if context.part("form") == "json":
        written = json_feed(entries, title, name, address, own=own, language=context.language, data=data)
        return data_file(written, "application/feed+json; charset=utf-8")
    if context.part("form") != "atom":
        raise Refused("no_such_page")
    newest = max((entry.updated for entry in entries), default=dates.instant(0))
    text = atom(entries, title, name, address, newest, own=own, language=context.language)
    return data_file(text, "application/atom+xml; charset=utf-8")


def data_file(content: bytes, media_type: str) -> Response:
    """The response with a file in the language of the reader, which caches must revalidate."""
    return Response(content, 200, {"cache-control": "no-store", "vary": "accept-language, cookie"}, media_type)

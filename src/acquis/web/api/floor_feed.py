"""The floor as a feed, for other tools: who has it, the segments, the questions and the statements."""

from __future__ import annotations

from starlette.responses import Response

from acquis.i18n import N_
from acquis.plan import dates
from acquis.reference.feeds import FeedEntry
from acquis.web.api.feeds import news_feed
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import JOINED, PUBLIC
from acquis.web.http.endpoint import endpoint
from acquis.web.http.floor_news import floor_view, item_data, now_data
from acquis.web.words.floor_news import FloorItem

MOST = 100


@endpoint(
    "GET",
    "/s/{session:slug}/floor.{form:slug}",
    roles=PUBLIC,
    access=JOINED,
    reads=True,
    bearer=True,
    name="floor_feed",
)
async def floor_feed(context: RequestContext) -> Response:
    """`/s/{session}/floor.atom` and `floor.json` (JSON Feed): the latest 100 items, the newest first. The JSON Feed
    says in `_acquis` who has the floor now and who is next. Raises Refused."""
    view = await floor_view(context.application, context.session, context.language)
    entries = [_entry(context, item) for item in reversed(view.items(MOST))]
    title = context.say(N_("The floor: {title}"), title=view.state.programme.title)
    now = now_data(view.now(context.now))
    return news_feed(context, entries, title, f"/s/{context.id}", f"{context.id}/floor", now)


def _entry(context: RequestContext, item: FloorItem) -> FeedEntry:
    return FeedEntry(
        id=f"{context.id}/{item.entry}",
        title=item.sentence,
        text=item.text or item.sentence,
        updated=dates.instant(item.at),
        url=f"{context.base_url.rstrip('/')}/s/{context.id}/entries/{item.entry}",
        categories=(item.type,),
        data=item_data(item),
    )

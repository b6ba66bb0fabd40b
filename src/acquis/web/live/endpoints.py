"""The streams of live screens: server-sent events, or long polls with `?poll=`."""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from acquis.command import HOSTS, RAPPORTEUR
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import EMBEDDED, JOINED, PUBLIC, Kind, StreamKind
from acquis.web.http.endpoint import endpoint
from acquis.web.http.streams import Channel, Reader, Streams
from acquis.web.live.audiences import audience_of
from acquis.web.live.frames import channel_of, page_channel


@endpoint("GET", "/s/{session:slug}/live/participants", roles=PUBLIC, access=JOINED, reads=True, live="participants")
async def live_participants(context: RequestContext) -> Response:
    """The stream of the screens of participants."""
    return await _stream(context, "participants")


@endpoint("GET", "/s/{session:slug}/live/moderators", roles=HOSTS | {RAPPORTEUR}, reads=True, live="moderators")
async def live_moderators(context: RequestContext) -> Response:
    """The stream of the screens of moderators."""
    return await _stream(context, "moderators")


@endpoint("GET", "/s/{session:slug}/live/stage", roles=PUBLIC, access=JOINED, reads=True, live="stage")
async def live_stage(context: RequestContext) -> Response:
    """Server-sent events with the regions of the stage (the screen in the room)."""
    return await _stream(context, "stage")


@endpoint("GET", "/s/{session:slug}/live/captions", roles=PUBLIC, access=JOINED, reads=True, live="captions")
async def live_captions(context: RequestContext) -> Response:
    """Server-sent events with the regions of the page of captions."""
    return await _stream(context, "captions")


@endpoint("GET", "/s/{session:slug}/live/desk", roles=HOSTS | {RAPPORTEUR}, reads=True)
async def live_desk(context: RequestContext) -> Response:
    """The stream of the desk: every entry means that the page is fetched again."""
    return await _answer(context, page_channel(context.application, context.session, "desk"))


@endpoint("GET", "/s/{session:slug}/live/pages", roles=PUBLIC, reads=True, drafts=True)
async def live_pages(context: RequestContext) -> Response:
    """The stream of the pages that are no live screens. To those who have not joined a session under the Chatham House
    Rule it tells nothing of the floor."""
    kind: StreamKind = "participants" if context.has_to_join else "pages"
    return await _answer(context, page_channel(context.application, context.session, kind))


@endpoint(
    "GET", f"{EMBEDDED}/live/participants", roles=PUBLIC, access=JOINED, reads=True, live="participants", embedded=True
)
async def embedded_live_participants(context: RequestContext) -> Response:
    """The stream of the screens of participants in a frame of another site."""
    return await _stream(context, "participants")


@endpoint("GET", f"{EMBEDDED}/live/captions", roles=PUBLIC, access=JOINED, reads=True, live="captions", embedded=True)
async def embedded_live_captions(context: RequestContext) -> Response:
    """The stream of the captions in a frame of another site."""
    return await _stream(context, "captions")


@endpoint("GET", f"{EMBEDDED}/live/pages", roles=PUBLIC, reads=True, drafts=True, embedded=True)
async def embedded_live_pages(context: RequestContext) -> Response:
    """The stream of the form of joining in a frame of another site."""
    return await live_pages.handler(context)


async def _stream(context: RequestContext, kind: Kind) -> Response:
    audience = audience_of(kind, context.state, context.actor.actor(), context.embedded)
    return await _answer(context, channel_of(context.application, context.session, audience, context.language))


async def _answer(context: RequestContext, channel: Channel) -> Response:
    """A stream, or the answer to a long poll; both begin after the frame whose number the page sends. A browser that
    opens a stream again by itself sends it in a header, with the address as it was."""
    polled = context.query("poll", "none")
    if polled == "none":
        number = _number(context.request.headers.get("last-event-id") or context.query("after"))
        reader = Reader(context.actor.person, context.actor.until, number)
        return _Stream(context.application.streams, channel, reader)
    body = await channel.after(_number(polled))
    now = await context.on(context.declaration)  # refuses if the pass was revoked in the meantime
    headers = {"cache-control": "no-store", "acquis-reader": now.actor.person or "-"}
    return Response(body, 200, headers, "application/json")


def _number(text: str) -> int:
    """The number of a frame; -1 for none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else -1


class _Stream(Response):
    """A response that is a stream of a channel."""

    def __init__(self, streams: Streams, channel: Channel, reader: Reader) -> None:
        super().__init__()
        self.streams, self.channel, self.reader = streams, channel, reader

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.streams.serve(self.channel, self.reader, scope, receive, send)

"""Serves scripts, style sheets and icons, which browsers cache for a year."""

from __future__ import annotations

from starlette.responses import Response

from acquis.web.http.assets import compressed, file_of
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint


@endpoint("GET", "/static/{digest}/{name:path}", roles=PUBLIC)
async def static(context: RequestContext) -> Response:
    """A file below `acquis/web`, compressed for whoever reads that. Its address has a digest, which changes with any
    file."""
    known = file_of(context.part("name"))
    if known is None:
        return Response("", 404)
    content, media_type = known
    headers = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}
    if "gzip" in context.request.headers.get("accept-encoding", ""):
        return Response(compressed(context.part("name")), 200, {**headers, "content-encoding": "gzip"}, media_type)
    return Response(content, 200, headers, media_type)

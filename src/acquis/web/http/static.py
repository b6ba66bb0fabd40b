"""Serves scripts, style sheets and icons, which browsers cache for a year."""

from __future__ import annotations

from starlette.responses import Response

from acquis.web.http.assets import file_of
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint


@endpoint("GET", "/static/{digest}/{name:path}", roles=PUBLIC)
async def static(context: RequestContext) -> Response:
    """A file below `acquis/web`. Its address has a digest, which changes with any file."""
    known = file_of(context.part("name"))
    if known is None:
        return Response("", 404)
    content, media_type = known
    return Response(content, 200, {"cache-control": "public, max-age=31536000, immutable"}, media_type)

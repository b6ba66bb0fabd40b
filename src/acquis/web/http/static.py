"""Serving scripts, style sheets and marks, which are cached for ever."""

from __future__ import annotations

from starlette.responses import Response

from acquis.web.http.assets import file_of
from acquis.web.http.context import RequestContext
from acquis.web.http.declaration import PUBLIC
from acquis.web.http.endpoint import endpoint


@endpoint("GET", "/static/{digest}/{name:path}", roles=PUBLIC)
async def static(context: RequestContext) -> Response:
    """A file below `acquis/web`. The digest makes its address new whenever a file changes."""
    known = file_of(context.part("name"))
    if known is None:
        return Response("", 404)
    content, media_type = known
    return Response(content, 200, {"cache-control": "public, max-age=31536000, immutable"}, media_type)

"""Scripts, style and marks: named with the digest of their content, so that they are cached for ever."""

from __future__ import annotations

import functools
import hashlib
from importlib import resources

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


@functools.cache
def _files() -> dict[str, tuple[bytes, str]]:
    """Name -> (content, digest) of everything in the folder."""
    folder = resources.files("acquis.web").joinpath("static")
    contents = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    return {name: (content, hashlib.sha256(content).hexdigest()[:12]) for name, content in contents.items()}


def static(name: str) -> str:
    """The address of a file."""
    return f"/static/{_all_digest()}/{name}"


@functools.cache
def _all_digest() -> str:
    """One digest for the folder: modules import each other by name, so they change address together."""
    return hashlib.sha256("".join(digest for _, digest in sorted(_files().values())).encode()).hexdigest()[:12]


async def serve(request: Request) -> Response:
    """`/static/{digest}/{name}`"""
    found = _files().get(request.path_params["name"])
    if found is None:
        return Response("", 404)
    kind = _TYPES[request.path_params["name"].rpartition(".")[2]]
    return Response(found[0], 200, {"cache-control": "public, max-age=31536000, immutable"}, kind)


ROUTES = [Route("/static/{digest}/{name}", serve, name="static")]

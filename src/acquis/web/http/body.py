"""Reads the body of a request up to a limit."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from acquis.command import bad_fields

BODY_LIMIT = 64 * 1024
"""The default limit of a body in bytes."""


class TooLarge(Exception):
    """A body is larger than its limit (in bytes)."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


async def read_body(request: Request, limit: int = BODY_LIMIT) -> bytes:
    """The body of at most `limit` bytes. Raises TooLarge as soon as more are received."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise TooLarge(limit)
    return body


async def read_form(request: Request, limit: int = BODY_LIMIT, fields: int = 200) -> dict[str, str]:
    """The fields of an urlencoded HTML form, at most `fields` of them. Raises TooLarge, Refused("bad_fields")."""
    body = await read_body(request, limit)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=fields))
    except ValueError as error:
        raise bad_fields(error) from error

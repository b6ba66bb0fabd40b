"""Responses with a part of a file, and without the file if the reader has it already (RFC 9110, sections 13 and 14)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

_SENT = 1 << 18  # bytes read and sent at once
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Content(Protocol):
    """Bytes that do not change: `size` of them, with a `digest` that no other bytes have."""

    size: int
    digest: str

    def read(self, start: int, end: int) -> bytes:
        """The bytes from `start` up to, without, `end`."""
        ...


def takes_gzip(request: Request) -> bool:
    """Whether the client reads what is compressed with gzip."""
    for coding in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = coding.partition(";")
        if name.strip() == "gzip":
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return False


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """Start and end (without) of the range that a header `Range` asks of `size` bytes; both are equal if it is not
    there. None for no header, for several ranges, which may be answered with everything, and for what is no range."""
    asked = _RANGE.fullmatch(header.strip())
    if asked is None or not any(asked.groups()):
        return None
    first, last = asked.groups()
    if not first:
        return max(0, size - int(last)), size
    end = min(size, int(last) + 1) if last else size
    if last and int(last) < int(first):
        return None
    return (int(first), end) if int(first) < end else (size, size)


def ranged(request: Request, content: Content, headers: dict[str, str]) -> Response:
    """The response to a GET or HEAD of `content`: 304 if the reader has it, 206 with the range that is asked for, 416
    for one that is not there, otherwise all of it. headers: those of the response, in lower case."""
    tag = f'"{content.digest[:32]}"'
    headers = {**headers, "etag": tag, "accept-ranges": "bytes"}
    known = request.headers.get("if-none-match", "")
    if known == "*" or tag in (etag.strip().removeprefix("W/") for etag in known.split(",")):
        return Response(status_code=304, headers={name: headers[name] for name in headers if name[:8] != "content-"})
    unchanged = request.headers.get("if-range", tag) == tag
    part = asked_range(request.headers.get("range", ""), content.size) if unchanged else None
    status, (start, end) = (206, part) if part else (200, (0, content.size))
    if part:
        shown = f"{start}-{end - 1}" if start < end else "*"
        headers["content-range"] = f"bytes {shown}/{content.size}"
    if part and start == end:
        return Response(status_code=416, headers=headers)
    headers["content-length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return StreamingResponse(_sent(content, start, end), status, headers)


async def _sent(content: Content, start: int, end: int) -> AsyncIterator[bytes]:
    for begin in range(start, end, _SENT):
        yield content.read(begin, min(begin + _SENT, end))

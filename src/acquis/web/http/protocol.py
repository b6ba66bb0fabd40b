"""The protocol of a connection: uvicorn's, with limits on what a client may send, hold open and leave unfinished.

uvicorn does not limit the size of a request's head or the time in which a slow request arrives. Its documentation says
that `http` takes a protocol class, but not which attributes that class has. Its version is therefore locked, and
`tests/web` checks what is used here."""

from __future__ import annotations

import asyncio
import math
import resource
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from acquis.web.http.notices import warn
from acquis.web.http.streams import TAKE_OVER

SPARE = 128
"""File descriptors that are reserved for files and for answers to clients that are turned away."""
MANY = 1 << 16
"""The most open files that are asked for, because each connection may hold memory."""
TOLD_S = 60


@dataclass(frozen=True)
class Bounds:
    """The limits of a connection: sizes in bytes, times in seconds."""

    head: int = 64 * 1024
    """The request line and the headers together."""
    headers: int = 100
    head_s: float = 15
    """From the connection, or the first byte of a request, to the end of its headers."""
    body_s: float = 20
    body_rate: int = 8 * 1024
    """A body may take `body_s` and one second more for each `body_rate` bytes that have arrived."""
    unread_s: float = 60
    """The longest time in which the buffer of a connection may be full because the client does not read."""


def raise_descriptor_limit() -> int:
    """Raises the soft limit of open files of this process as far as the system allows. Returns the number of
    connections that may then be open at the same time."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MANY if hard == resource.RLIM_INFINITY else min(hard, MANY)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return allowed_connections()


def allowed_connections() -> int:
    """How many connections the system allows a server to have open at the same time."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max((MANY if hard == resource.RLIM_INFINITY else min(hard, MANY)) - SPARE, 16)


class Connections:
    """Counts the open connections of the server and limits them. `streams`: returns the number of streams, which have
    connections of their own."""

    def __init__(self, most: int, streams: Callable[[], int], bounds: Bounds | None = None) -> None:
        self.most, self.bounds = most, bounds or Bounds()
        self._streams = streams
        self._requests = 0
        self._told = -math.inf
        self.refused = 0
        """The number of connections that were refused because there was no room."""

    def protocol(self, **given: Any) -> BoundedProtocol:
        """The protocol of a new connection, with the arguments that uvicorn gives."""
        return BoundedProtocol(self, **given)

    @property
    def open(self) -> int:
        """How many connections are open."""
        return self._requests + self._streams()

    def begin(self) -> bool:
        """Counts a new connection. Returns False if there is no room for it; this is reported on stderr, at most once a
        minute."""
        self._requests += 1
        if self.open <= self.most:
            return True
        self.refused += 1
        now = asyncio.get_running_loop().time()
        if now >= self._told + TOLD_S:
            self._told = now
            warn(
                f"{self.most} connections are open, which is all that this process may have; more are refused "
                "with status 503. Raise the limit of open files (LimitNOFILE=, ulimit -Hn)."
            )
        return False

    def end(self) -> None:
        """Counts a connection that was closed or has become a stream."""
        self._requests -= 1


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol within `Bounds`, from which the application can take over a connection during a response."""

    def __init__(self, all: Connections, **given: Any) -> None:
        super().__init__(**given)
        self._all, self._bounds = all, all.bounds
        self._room = self._ended = self._refused = False
        self._head = self._count = self._size = 0
        """Bytes received since the last part of a request was complete, and the headers of the request: how many, and
        their bytes."""
        self._due = self._unread_until = math.inf
        """The time by which the client must have sent the rest of its request, and the time by which it must have read;
        infinite for none."""
        self._timer: asyncio.TimerHandle | None = None

    # --- the connection ---

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._room = self._all.begin()
        if self._all.open > self._all.most + SPARE // 2:
            transport.abort()  # not even an answer has room
        self._owe(self._bounds.head_s)
        self._timer = self.loop.call_at(self._due, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._ended:
            self._ended = True
            self._all.end()
            if self._timer is not None:
                self._timer.cancel()
        super().connection_lost(exc)
        # The scope refers to this protocol by `take_over`, and has up to 64 KB of headers. Without this circle all of
        # it goes at once, and not when the collector of cycles comes by.
        self.scope = None  # type: ignore[assignment]  # as before the first request

    def take_over(self, protocol: asyncio.Protocol) -> asyncio.Transport:
        """Continues the connection with another protocol. uvicorn treats the client as disconnected and frees its
        data."""
        self.connection_lost(ConnectionResetError("taken over"))
        self.transport.set_protocol(protocol)
        return self.transport

    # --- what is received ---

    def data_received(self, data: bytes) -> None:
        if not self._room:
            self._refuse(503, "Too many people are connected at the moment. Try again in a minute.")
            return
        if self._due == math.inf and (self.cycle is None or self.cycle.response_complete):
            self._owe(self._bounds.head_s)  # of blank lines between two requests
        self._head += len(data)
        super().data_received(data)
        if self._head > self._bounds.head:
            self._refuse(431, "The headers of this request are too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        extensions: dict[str, Any] = {TAKE_OVER: self.take_over}
        self.scope["extensions"] = extensions
        self._count = self._size = 0
        if self._due == math.inf:
            self._owe(self._bounds.head_s)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count += 1
        self._size += len(name) + len(value)
        if self._count <= self._bounds.headers:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self._refused:
            return
        if self._count > self._bounds.headers or len(self.url) + self._size > self._bounds.head:
            self._refuse(431, "This request has too many headers, or they are too large.")
            return
        self._head = 0
        self._owe(self._bounds.body_s)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self._refused:
            self._head = 0
            self._due += len(body) / self._bounds.body_rate
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._refused:
            self._head = 0
            self._due = math.inf
            super().on_message_complete()

    def _refuse(self, status: int, sentence: str) -> None:
        """Answers with one sentence and closes the connection."""
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        body = sentence.encode()
        head = b"content-type: text/plain; charset=utf-8\r\nconnection: close\r\nretry-after: 60\r\ncontent-length: %d"
        self.transport.write(STATUS_LINE[status] + head % len(body) + b"\r\n\r\n" + body)
        self.transport.close()

    # --- time ---

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread_until = self.loop.time() + self._bounds.unread_s

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unread_until = math.inf

    def _owe(self, seconds: float) -> None:
        self._due = self.loop.time() + seconds

    def _look(self) -> None:
        """Closes the connection of a client that is late. One timer serves the whole connection, because most timers of
        single requests would be cancelled before they run."""
        now = self.loop.time()
        if self.flow.read_paused:  # the application is late, and not the client
            self._due = max(self._due, now + self._bounds.body_s)
        if min(self._due, self._unread_until) <= now:
            self.transport.abort()
            return
        soonest = min(self._due, self._unread_until, now + self._bounds.head_s)
        self._timer = self.loop.call_at(soonest, self._look)

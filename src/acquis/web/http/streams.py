"""Server-sent events: a frame is encoded once, and all listeners of a channel receive the same bytes.

A frame is a set of regions (id -> HTML) without personal data. The first frame of a connection has all regions, later
frames the changed ones. `id` and `number` are the number of the frame; a client that comes back with it receives what
changed since (`changes.py`). `seq` is the number of the newest entry. `at` is the time of sending: a screen sets its
clock by it. `page` is the number of the entry after which a page of this channel has to be fetched again if it was
rendered before.

A frame is written directly to the sockets if the server exposes them (`serving.py`), else through ASGI. A listener with
more than 64 KB of unsent data is disconnected; it reconnects and receives the newest frame.
"""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple, Protocol

import msgspec
from starlette.types import Receive, Scope, Send

from acquis.web.http.changes import Changes
from acquis.web.http.network import network_of
from acquis.web.http.notices import fail

TICK_S = 0.5
HEARTBEAT_S = 25
BEHIND = 64 * 1024
PER_PASS = 6
PER_NETWORK = 2_000
"""The most streams of people without a pass in one network: a hall may be behind one address."""
POLL_S = 25
TAKE_OVER = "acquis.take_over"

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
]

Key = tuple[str, str, str]
"""The key of a channel: session, audience, language."""


class Frames(Protocol):
    """The content of a channel, HTML by region, as all its streams send it."""

    seq: int
    """The number of the newest entry in the content; -1 before the first rendering."""
    page: int
    """The number of the last entry after which the page has to be fetched again."""
    html: dict[str, str]
    """Region -> HTML."""

    async def render(self) -> dict[str, str]:
        """Updates the content and gives the changed regions; {"": ""} if only `seq` changed."""

    def outdated(self) -> bool:
        """Whether the present content must not be sent any more."""


class Listener(asyncio.Protocol):
    """An open stream. There may be ten thousand, so with direct writing it is itself the protocol of its connection,
    and the server keeps no other objects for it."""

    __slots__ = ("_dropped", "_gone", "_queue", "_transport", "owner", "person", "until")

    def __init__(self, person: str, owner: str, until: int, gone: Callable[[Listener], None]) -> None:
        """`owner`: the person, or the network of a stranger. `until`: the time at which the access link ends, in
        milliseconds since 1970; 0 for never."""
        self.person, self.owner = person, owner
        self.until = until
        self._gone = gone
        self._dropped = False
        self._transport: asyncio.Transport | None = None
        self._queue: asyncio.Queue[bytes | None] | None = None

    def write(self, event: bytes, framed: bytes) -> None:
        """Sends `event` through ASGI, or `framed` (the event as an HTTP chunk) directly to the socket."""
        if self._transport is not None:
            if self._transport.is_closing():  # it was closed during the take-over
                self._gone(self)
            elif self._transport.get_write_buffer_size() > BEHIND:
                self.drop()
            else:
                self._transport.write(framed)
        elif self._queue is not None:
            if self._queue.full():
                self.drop()
            else:
                self._queue.put_nowait(event)

    def drop(self) -> None:
        """Ends this stream; the client reconnects."""
        self._dropped = True  # also if it receives its first frame just now
        if self._transport is not None:
            self._transport.abort()
        elif self._queue is not None:
            while not self._queue.empty():
                self._queue.get_nowait()
            self._queue.put_nowait(None)

    def take(self, take_over: Callable[[asyncio.Protocol], asyncio.Transport]) -> None:
        """Takes over the connection for direct writing."""
        self._transport = take_over(self)
        if self._dropped:
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._gone(self)

    def queue(self) -> None:
        """Uses ASGI: `write` puts events into a queue for `pump`."""
        self._queue = asyncio.Queue(64)
        if self._dropped:
            self._queue.put_nowait(None)

    async def pump(self, receive: Receive, send: Send) -> None:
        """Sends the queued events through ASGI until the client disconnects or the stream is dropped."""
        assert self._queue is not None
        queue = self._queue
        leaving = asyncio.create_task(_disconnected(receive))
        leaving.add_done_callback(lambda _: self.drop())
        try:
            with suppress(OSError):
                while (event := await queue.get()) is not None:
                    await send({"type": "http.response.body", "body": event, "more_body": True})
        finally:
            leaving.cancel()
            self._gone(self)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class Channel:
    """The frames of a key and their listeners."""

    def __init__(self, frames: Frames, streams: Streams) -> None:
        self.frames, self.streams = frames, streams
        self.listeners: set[Listener] = set()
        self._ends = 0
        """The time at which the first access link of a listener ends (ms since 1970); 0 for never."""
        self._polled = 0.0
        self.changes = Changes(secrets.randbelow(1 << 52))
        self._sent = self.changes.number
        """The number of the frame that the listeners have."""
        self._regions: bytes = b""
        self._ticker: asyncio.Task[None] | None = None
        self._next: asyncio.Future[None] | None = None
        self._rendering = asyncio.Lock()

    async def since(self, number: int) -> bytes:
        """What changed since the frame with this number, as one event; all regions if it is no number of this
        channel."""
        if self.is_idle or self.frames.outdated():
            await self._render()
        return self._event(number)

    async def after(self, number: int) -> bytes:
        """The same as JSON for a long poll, once there is a newer frame, or after `POLL_S` seconds."""
        self._polled = asyncio.get_running_loop().time()
        was_idle = self.is_idle
        self._start()
        if was_idle or self.frames.seq < 0 or self.frames.outdated():
            await self._render()
        if self.changes.number == number and not self.streams.stopped:
            if self._next is None or self._next.done():
                self._next = asyncio.get_running_loop().create_future()
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._next), POLL_S)
        return self._data(number)

    def _event(self, number: int) -> bytes:
        return b"id: %d\nevent: frame\ndata: %b\n\n" % (self.changes.number, self._data(number))

    def _data(self, number: int) -> bytes:
        return b'{"seq":%d,"number":%d,"at":%d,"page":%d,"html":%b}' % (
            self.frames.seq,
            self.changes.number,
            self.streams.now(),
            self.frames.page,
            self._html(number),
        )

    def _html(self, number: int) -> bytes:
        """The regions that changed since the frame with this number. All of them are encoded once, because many people
        may connect at the same time."""
        html, changed = self.frames.html, self.changes.since(number)
        if changed is not None:
            return msgspec.json.encode({name: html[name] for name in changed if name in html})
        if not self._regions:
            self._regions = msgspec.json.encode({name: text for name, text in html.items() if name})
        return self._regions

    @property
    def is_idle(self) -> bool:
        """Whether nobody receives its frames."""
        return self._ticker is None

    def add(self, listener: Listener) -> None:
        self.listeners.add(listener)
        self.streams.open += 1
        if self.streams.stopped:
            listener.drop()
        if listener.until:
            self._ends = min(self._ends or listener.until, listener.until)
        self._start()

    def remove(self, listener: Listener) -> None:
        if listener in self.listeners:
            self.listeners.remove(listener)
            self.streams.open -= 1
        self.streams.let_go(listener)

    def _start(self) -> None:
        if self.is_idle and not self.streams.stopped:
            self._sent = self.changes.number
            self._ticker = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        idle, loop = 0.0, asyncio.get_running_loop()
        try:
            while self.listeners or loop.time() < self._polled + 2 * POLL_S:
                due = loop.time() + TICK_S  # the time of sending is part of the tick
                self._drop_ended()
                await self._render()
                if self._sent != self.changes.number or (idle >= HEARTBEAT_S and self.listeners):
                    event, self._sent = self._event(self._sent), self.changes.number
                    await self._send(event)
                    idle = 0.0
                await asyncio.sleep(max(due - loop.time(), TICK_S / 5))
                idle += TICK_S
        except Exception as error:  # an internal error; frozen screens would hide it
            fail("the live screens of a session were ended by a defect", error)
            self.drop_all()
        finally:
            self._ticker = None

    def _drop_ended(self) -> None:
        """Ends the streams whose access link has been revoked or is over."""
        self.streams.notice_revoked()
        now = self.streams.now()
        if not 0 < self._ends <= now:
            return
        for listener in tuple(self.listeners):
            if 0 < listener.until <= now:
                listener.drop()
        self._ends = min((listener.until for listener in self.listeners if listener.until > now), default=0)

    async def _render(self) -> None:
        """Updates the frames, and answers the long polls if something changed."""
        async with self._rendering:
            changed = await self.frames.render()
        if changed:
            self._regions = b""
            self.changes.note(filter(None, changed))
            self._answer_polls()

    def drop_all(self) -> None:
        """Ends all streams and long polls of this channel; the clients connect again."""
        for listener in tuple(self.listeners):
            listener.drop()
        self._answer_polls()

    def stop(self) -> None:
        """Ends all streams and long polls of this channel, and sends no more frames: the files are closed next."""
        self.drop_all()
        if self._ticker is not None:
            self._ticker.cancel()

    def _answer_polls(self) -> None:
        if self._next is not None and not self._next.done():
            self._next.set_result(None)

    async def _send(self, event: bytes) -> None:
        framed = b"%x\r\n%b\r\n" % (len(event), event)
        for number, listener in enumerate(tuple(self.listeners), 1):
            listener.write(event, framed)
            if number % 100 == 0:
                await asyncio.sleep(0)  # lets other requests run


class Reader(NamedTuple):
    """Who opens a stream. `until`: the time at which the access link ends, in milliseconds since 1970; 0 for never.
    `number`: that of the last frame that the page has; -1 for none."""

    person: str
    until: int
    number: int


class Streams:
    """The channels of the application, and the open streams of each person. `now` gives the time (ms since 1970).
    `notice_revoked` ends the streams of links that another process has revoked; it is called at every tick."""

    def __init__(self, now: Callable[[], int], notice_revoked: Callable[[], None]) -> None:
        self.now, self.notice_revoked = now, notice_revoked
        self._channels: dict[Key, Channel] = {}
        self.open = 0
        """The number of open streams."""
        self._open: dict[str, list[Listener]] = {}
        """Person, or the network of a stranger -> their open streams, the oldest first. It is in memory only."""
        self.stopped = False
        """Whether the server stops: no stream stays open, and no poll waits."""

    def channel(self, key: Key, frames: Callable[[], Frames]) -> Channel:
        """The channel of a key; `frames` creates its content at the first use."""
        if key not in self._channels:
            self._channels[key] = Channel(frames(), self)
        return self._channels[key]

    def forget(self, session: str) -> None:
        """Forget the frames of a session that nobody receives, because a text was erased. The others are rendered anew
        for the entry that says so."""
        unused = (key for key, channel in self._channels.items() if key[0] == session and channel.is_idle)
        for key in tuple(unused):
            del self._channels[key]

    def count(self, session: str, kind: str) -> int:
        """The number of open streams of an audience of a session, in all languages."""
        return sum(len(channel.listeners) for key, channel in self._channels.items() if key[:2] == (session, kind))

    def drop(self, person: str) -> None:
        """Ends all streams of a person: their pass was revoked, its last day was changed, or their audience was."""
        for listener in tuple(self._open.get(person, ())):
            listener.drop()

    def hold(self, listener: Listener) -> bool:
        """Registers a stream for its person; if there are more than `PER_PASS`, the oldest is ended. Returns False for
        one stream too many of a network whose strangers have `PER_NETWORK`: most of them are honest."""
        streams = self._open.setdefault(listener.owner, [])
        if not listener.person and len(streams) >= PER_NETWORK:
            return False
        streams.append(listener)
        if listener.person and len(streams) > PER_PASS:
            streams.pop(0).drop()
        return True

    def let_go(self, listener: Listener) -> None:
        """Removes a closed stream from those of its person."""
        streams = self._open.get(listener.owner, [])
        if listener in streams:
            streams.remove(listener)
            if not streams:
                del self._open[listener.owner]

    async def serve(self, channel: Channel, reader: Reader, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request with a stream of the channel."""
        if scope["method"] == "HEAD":
            await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
            await send({"type": "http.response.body"})
            return
        owner = reader.person or f"network {network_of((scope.get('client') or ('', 0))[0])}"
        listener = Listener(reader.person, owner, reader.until, channel.remove)
        if not self.hold(listener):  # before the first frame, so that a revocation in the meantime ends the stream
            await send({"type": "http.response.start", "status": 503, "headers": [(b"retry-after", b"60")]})
            await send({"type": "http.response.body", "body": b"Too many pages are open in your network.\n"})
            return
        try:
            await _greet(channel, listener, reader.number, scope, send)
        except BaseException:
            channel.remove(listener)
            raise
        if TAKE_OVER not in scope.get("extensions", {}):
            await listener.pump(receive, send)

    def drop_all(self) -> None:
        """Ends all streams; unless the server stops, the clients connect again."""
        for channel in self._channels.values():
            channel.drop_all()

    def stop(self) -> None:
        """Ends all streams and long polls, and those that come yet, because the server stops."""
        self.stopped = True
        for channel in self._channels.values():
            channel.stop()


async def _greet(channel: Channel, listener: Listener, number: int, scope: Scope, send: Send) -> None:
    """Sends whose stream it is and the first frame, with what changed since the frame that the reader has, and adds the
    listener to the channel."""
    reader = b"event: reader\ndata: %b\n\n" % (listener.person.encode() or b"-")
    first = b"retry: %d\n\n" % random.randint(1000, 4000) + reader + await channel.since(number)
    shown = channel.changes.number
    await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
    await send({"type": "http.response.body", "body": first, "more_body": True})
    if (take_over := scope.get("extensions", {}).get(TAKE_OVER)) is not None:
        listener.take(take_over)
    else:
        listener.queue()
    channel.add(listener)
    if channel.changes.number != shown:  # a frame was sent in the meantime
        missed = await channel.since(shown)
        listener.write(missed, b"%x\r\n%b\r\n" % (len(missed), missed))

"""Server-sent events: one frame, encoded once, the same bytes for everybody who listens to the same channel.

A frame is a set of regions (id -> HTML). The first frame of a connection holds all of them, the next ones what changed.
Nothing in it is personal. `id` is the number of the newest entry, so that a phone resumes where it was; since a frame
is state and not history, resuming is being sent the whole of it once.

A frame is written straight to the sockets where the server exposes them (`serving.py`), else through ASGI. A reader
that falls 64 KB behind is dropped: it comes back by itself and gets the newest frame.
"""

from __future__ import annotations

import asyncio
import random
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import msgspec
from starlette.types import Receive, Scope, Send

TICK_S = 0.5
HEARTBEAT_S = 25
BEHIND = 64 * 1024
PER_PASS = 6
POLL_S = 25
TAKE_OVER = "acquis.take_over"

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
]

Key = tuple[str, str, str]
"""What a channel is known by: session, kind of screen, language."""


class Frames(Protocol):
    """The content of a channel."""

    seq: int
    """The number of the entry up to which the content is; -1 before the first rendering."""
    at: int
    """When it was rendered (ms)."""
    html: dict[str, str]
    """Region -> HTML."""

    async def render(self) -> dict[str, str]:
        """Bring the content up to date; the regions that changed. {"": ""} says that only `seq` moved."""

    def outdated(self) -> bool:
        """Whether the content at hand may not be sent any more."""


class Listener(asyncio.Protocol):
    """One open stream. Ten thousand of these stand open, so on the fast way it *is* the protocol of its connection:
    the server has let go of it, and nothing but this object and the socket is left."""

    __slots__ = ("_dropped", "_gone", "_queue", "_transport", "person")

    def __init__(self, person: str, gone: Callable[[Listener], None]) -> None:
        self.person = person
        self._gone = gone
        self._dropped = False
        self._transport: asyncio.Transport | None = None
        self._queue: asyncio.Queue[bytes | None] | None = None

    def write(self, event: bytes, framed: bytes) -> None:
        """Put `event` on its way through ASGI, or `framed` (the same as an HTTP chunk) straight to the socket."""
        if self._transport is not None:
            if self._transport.is_closing():  # it closed while it was being taken over
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
        """End this stream; the phone connects again."""
        self._dropped = True  # also where it is only being greeted
        if self._transport is not None:
            self._transport.abort()
        elif self._queue is not None:
            while not self._queue.empty():
                self._queue.get_nowait()
            self._queue.put_nowait(None)

    def take(self, take_over: Callable[[asyncio.Protocol], asyncio.Transport]) -> None:
        """The fast way: the connection is ours from here on."""
        self._transport = take_over(self)
        if self._dropped:
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._gone(self)

    def queue(self) -> None:
        """The ASGI way: what is written waits for `pump`."""
        self._queue = asyncio.Queue(64)
        if self._dropped:
            self._queue.put_nowait(None)

    async def pump(self, receive: Receive, send: Send) -> None:
        """The ASGI way, until the reader goes away or is dropped."""
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
    """Everybody who listens to the same frames."""

    def __init__(self, frames: Frames, streams: Streams) -> None:
        self.frames, self.streams = frames, streams
        self.listeners: set[Listener] = set()
        self._polled = 0.0
        self._data: bytes = b""
        self._ticker: asyncio.Task[None] | None = None
        self._next: asyncio.Future[None] | None = None

    async def whole(self) -> bytes:
        """The newest frame with all its regions, as one event."""
        if self._ticker is None or self.frames.outdated():
            await self._render()
        return _event(self.frames.seq, self._whole_data())

    def _whole_data(self) -> bytes:
        """Encoded once for all who come between two changes: after a break a whole hall comes at once."""
        if not self._data:
            self._data = _data(self.frames, self.frames.html)
        return self._data

    async def after(self, seq: int) -> bytes:
        """The newest frame once it is newer than `seq`, or after 25 s: for long polls. JSON."""
        self._polled = asyncio.get_running_loop().time()
        self._start()
        if self._ticker is None or self.frames.seq < 0 or self.frames.outdated():
            await self._render()
        if self.frames.seq <= seq:
            if self._next is None or self._next.done():
                self._next = asyncio.get_running_loop().create_future()
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._next), POLL_S)
        return self._whole_data()

    def add(self, listener: Listener) -> None:
        self.listeners.add(listener)
        self._start()

    def remove(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        self.streams.let_go(listener)

    def _start(self) -> None:
        if self._ticker is None:
            self._ticker = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        idle, loop = 0.0, asyncio.get_running_loop()
        try:
            while self.listeners or loop.time() < self._polled + 2 * POLL_S:
                due = loop.time() + TICK_S  # telling thousands takes part of the tick, and must not be added to it
                changed = await self._render()
                if changed:
                    await self._tell(_event(self.frames.seq, _data(self.frames, changed)))
                    idle = 0.0
                elif idle >= HEARTBEAT_S and self.listeners:
                    await self._tell(b": still here\n\n")
                    idle = 0.0
                await asyncio.sleep(max(due - loop.time(), TICK_S / 5))
                idle += TICK_S
        except Exception as error:  # a defect of ours; screens that stand still without a word would hide it
            traceback.print_exception(error)
            self.drop_all()
        finally:
            self._ticker = None

    async def _render(self) -> dict[str, str]:
        """Bring the frames up to date; the regions that changed."""
        before = self.frames.seq
        changed = await self.frames.render()
        if changed or self.frames.seq != before:
            self._data = b""
        if self.frames.seq != before and self._next is not None and not self._next.done():
            self._next.set_result(None)
        return changed

    def drop_all(self) -> None:
        """End every stream of this kind."""
        for listener in tuple(self.listeners):
            listener.drop()

    async def _tell(self, event: bytes) -> None:
        framed = b"%x\r\n%b\r\n" % (len(event), event)
        for number, listener in enumerate(tuple(self.listeners), 1):
            listener.write(event, framed)
            if number % 100 == 0:
                await asyncio.sleep(0)  # votes are answered meanwhile


def _data(frames: Frames, html: dict[str, str]) -> bytes:
    regions = {name: text for name, text in html.items() if name}
    return msgspec.json.encode({"seq": frames.seq, "at": frames.at, "html": regions})


def _event(seq: int, data: bytes) -> bytes:
    return b"id: %d\nevent: frame\ndata: %b\n\n" % (seq, data)


class Streams:
    """The channels of the application, and the streams that each person holds open."""

    def __init__(self) -> None:
        self._channels: dict[Key, Channel] = {}
        self._held: dict[str, list[Listener]] = {}
        """Person -> their streams, the oldest first."""

    def channel(self, key: Key, frames: Callable[[], Frames]) -> Channel:
        """The channel of a key, made with `frames` when it is first asked for."""
        if key not in self._channels:
            self._channels[key] = Channel(frames(), self)
        return self._channels[key]

    def count(self, session: str, kind: str) -> int:
        """How many listen to a kind of screen of a session, in all languages."""
        return sum(len(channel.listeners) for key, channel in self._channels.items() if key[:2] == (session, kind))

    def drop(self, person: str) -> None:
        """End every stream of a person: their pass is worthless."""
        for listener in tuple(self._held.get(person, ())):
            listener.drop()

    def hold(self, listener: Listener) -> None:
        """Count a stream to its person's; of too many the oldest gives way."""
        if not listener.person:
            return
        mine = self._held.setdefault(listener.person, [])
        mine.append(listener)
        if len(mine) > PER_PASS:
            mine.pop(0).drop()

    def let_go(self, listener: Listener) -> None:
        """Count a stream no more."""
        mine = self._held.get(listener.person, [])
        if listener in mine:
            mine.remove(listener)
            if not mine:
                del self._held[listener.person]

    async def serve(self, channel: Channel, person: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold one stream open."""
        if scope["method"] == "HEAD":
            await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
            await send({"type": "http.response.body"})
            return
        listener = Listener(person, channel.remove)
        self.hold(listener)  # before the first frame, so that whoever loses their pass meanwhile is found
        try:
            await _greet(channel, listener, scope, send)
        except BaseException:
            channel.remove(listener)
            raise
        if TAKE_OVER not in scope.get("extensions", {}):
            await listener.pump(receive, send)

    def close(self) -> None:
        """End every stream: the server stops."""
        for channel in self._channels.values():
            channel.drop_all()


async def _greet(channel: Channel, listener: Listener, scope: Scope, send: Send) -> None:
    """The whole frame, and from then on every frame."""
    first = b"retry: %d\n\n" % random.randint(1000, 4000) + await channel.whole()
    shown = channel.frames.seq
    await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
    await send({"type": "http.response.body", "body": first, "more_body": True})
    if (take_over := scope.get("extensions", {}).get(TAKE_OVER)) is not None:
        listener.take(take_over)
    else:
        listener.queue()
    channel.add(listener)
    if channel.frames.seq != shown:  # a frame went out between the first one and now
        whole = await channel.whole()
        listener.write(whole, b"%x\r\n%b\r\n" % (len(whole), whole))

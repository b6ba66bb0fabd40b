"""Live screens: one frame, rendered and encoded once, the same bytes for everybody who looks at the same kind of page.

A frame is a set of regions (id -> HTML). The first frame of a connection holds all of them, the next ones what changed.
Nothing in it is personal. `id` is the number of the newest entry, so that a phone resumes where it was; since a frame
is state and not history, resuming is being sent the whole of it once.

A frame is written straight to the sockets where the server exposes them (`serve.py`), else through ASGI. A reader that
falls 64 KB behind is dropped: it comes back by itself and gets the newest frame.
"""

from __future__ import annotations

import asyncio
import random
import traceback
from collections.abc import Callable
from contextlib import suppress

import msgspec
from starlette.types import Receive, Scope, Send

from acquis.board import Board
from acquis.session import Session
from acquis.web.http.clock import Clock
from acquis.web.live.maps import Maps, ShownMap
from acquis.web.live.regions import Kind, View, next_hand, regions

TICK_S = 0.5
HEARTBEAT_S = 25
BEHIND = 64 * 1024
PER_PASS = 6
POLL_S = 25
PRESENCE_MS = 2000
TAKE_OVER = "acquis.take_over"

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
]


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
    """Everybody who looks at one kind of page of one session."""

    def __init__(self, session: Session, kind: Kind, streams: Streams) -> None:
        self.session, self.kind, self.streams = session, kind, streams
        self.listeners: set[Listener] = set()
        self.html: dict[str, str] = {}
        self.seq = -1
        self.at = 0
        self.presence = 0
        self.picked = 0
        self.shown: ShownMap | None = None
        self.partial = ""
        self._counted = -PRESENCE_MS
        self._polled = 0.0
        self._data: bytes = b""
        self._ticker: asyncio.Task[None] | None = None
        self._next: asyncio.Future[None] | None = None

    async def whole(self) -> bytes:
        """The newest frame with all its regions, as one event."""
        if self._ticker is None or self._ended():
            await self._render()
        return _event(self.seq, self._whole_data())

    def _ended(self) -> bool:
        """Whether the frame at hand is from before the end of a session that names nobody afterwards."""
        state = self.session.state
        return state.settings.chatham and bool(state.closed_at) and self.at < state.closed_at

    def _whole_data(self) -> bytes:
        """Encoded once for all who come between two changes: after a break a whole hall comes at once."""
        if not self._data:
            self._data = _data(self.seq, self.at, self.html)
        return self._data

    async def after(self, seq: int) -> bytes:
        """The newest frame once it is newer than `seq`, or after 25 s: for long polls. JSON."""
        self._polled = asyncio.get_running_loop().time()
        self._start()
        if self._ticker is None or self.seq < 0 or self._ended():
            await self._render()
        if self.seq <= seq:
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
                    await self._tell(_event(self.seq, _data(self.seq, self.at, changed)))
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
        """Bring the frame up to date; the regions that changed."""
        presence = self._count()
        picked = next_hand(self.session.state, self.streams.clock.now())
        shown = self.streams.maps.latest(self.session) if self.kind in ("moderators", "stage") else None
        partial = self.streams.partials.get(self.session.log, "") if self.kind in ("captions", "stage") else ""
        here = (self.session.state.seq, presence, picked, shown, partial)
        if here == (self.seq, self.presence, self.picked, self.shown, self.partial):
            return {}
        state = await self.session.settled()
        view = msgspec.structs.replace(
            self.streams.view(self.session, presence, shown, self.kind == "moderators"), partial=partial
        )
        self.shown, self.partial = shown, partial
        html = {name: str(text) for name, text in regions(self.kind, view).items()}  # plain, as JSON wants them
        changed = {name: text for name, text in html.items() if self.html.get(name) != text}
        moved = state.seq != self.seq
        self.html, self.seq, self.at, self.presence, self._data = html, state.seq, view.at, presence, b""
        self.picked = next_hand(state, view.at)
        if moved and self._next is not None and not self._next.done():
            self._next.set_result(None)
        # A frame without a change still tells how far it is: an entry may change nothing that this page shows.
        return changed if changed or not moved else {"": ""}

    def _count(self) -> int:
        """How many listen. They come and go all the time, so the figure moves every 2 s at most."""
        now = self.streams.clock.now()
        if now < self._counted + PRESENCE_MS:
            return self.presence
        self._counted = now
        return self.streams.count(self.session.log)

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


def _data(seq: int, at: int, html: dict[str, str]) -> bytes:
    return msgspec.json.encode({"seq": seq, "at": at, "html": {name: text for name, text in html.items() if name}})


def _event(seq: int, data: bytes) -> bytes:
    return b"id: %d\nevent: frame\ndata: %b\n\n" % (seq, data)


class Streams:
    """The channels of the house."""

    def __init__(self, board: Board, clock: Clock) -> None:
        self.board, self.clock = board, clock
        self.base_url = ""
        self.maps = Maps()
        self.partials: dict[str, str] = {}
        """Session -> what the captioner has so far of the line that is being said."""
        self._channels: dict[tuple[str, Kind], Channel] = {}
        self._held: dict[str, list[Listener]] = {}
        """Person -> their streams, the oldest first."""

    def channel(self, session: Session, kind: Kind) -> Channel:
        """The channel of a kind of page."""
        key = (session.log, kind)
        if key not in self._channels:
            self._channels[key] = Channel(session, kind, self)
        return self._channels[key]

    def count(self, session: str) -> int:
        """How many participants' screens are open, as shown: small numbers exactly, large ones to the ten."""
        channel = self._channels.get((session, "participants"))
        listening = len(channel.listeners) if channel else 0
        return listening if listening < 20 else listening // 10 * 10

    def view(self, session: Session, presence: int, shown: ShownMap | None = None, inside: bool = False) -> View:
        """What a frame is rendered from, now; `inside` for those who run the session."""
        row = self.board.roster.session(session.log)
        code = row.code if row else ""
        head = self.board.record.head(session.log)[1].hex()
        state, names = session.state, self.board.roster.names(session.log)
        if state.settings.chatham and state.closed_at and not inside:  # while it runs, those in it know each other
            state, names = self.board.public(session.log, state), {}
        return View(
            state,
            names,
            self.clock.now(),
            head,
            session.log,
            code,
            self.base_url,
            presence,
            shown=shown,
        )

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
        """End every stream: the house closes."""
        for channel in self._channels.values():
            channel.drop_all()


async def _greet(channel: Channel, listener: Listener, scope: Scope, send: Send) -> None:
    """The whole frame, and from then on every frame."""
    first = b"retry: %d\n\n" % random.randint(1000, 4000) + await channel.whole()
    shown = channel.seq
    await send({"type": "http.response.start", "status": 200, "headers": list(_HEADERS)})
    await send({"type": "http.response.body", "body": first, "more_body": True})
    if (take_over := scope.get("extensions", {}).get(TAKE_OVER)) is not None:
        listener.take(take_over)
    else:
        listener.queue()
    channel.add(listener)
    if channel.seq != shown:  # a frame went out between the first one and now
        whole = await channel.whole()
        listener.write(whole, b"%x\r\n%b\r\n" % (len(whole), whole))

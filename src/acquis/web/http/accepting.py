"""Accepts new connections, several in each turn of the event loop, and skips those that the client has already closed.

libuv accepts one connection in each turn and does not look whether it is closed. A client that opens and closes
connections without end then fills the queue of the system with closed ones, and others wait until the server has made
and ended a connection for each of them. Here closed ones are dropped at once, many in one turn. There is no limit by
address or by second: a hall, or a proxy, is one address, and a whole hall reconnects at once."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from contextlib import suppress

PER_TURN, LOOKING_S = 8, 0.005
"""The most connections that a turn of the loop accepts, and the longest time in which it looks for open ones. If the
queue filled with closed ones, the system would drop new clients, which try again only after a second."""
BACKLOG = 4096
"""The most connections in the queue of the system, if the system allows so many."""
NO_ROOM_S = 0.5
"""The pause before the next attempt if the process may open no more files."""
ESTABLISHED = 1
"""The state of a TCP connection that neither side has closed, in the first octet of `tcp_info` of Linux."""


class Acceptor:
    """Takes the connections of a bound socket for a protocol, from `start` to `stop`. clock: gives the seconds."""

    def __init__(
        self,
        bound: socket.socket,
        protocol: Callable[[], asyncio.BaseProtocol],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._bound, self._protocol, self._clock = bound, protocol, clock
        self._loop = asyncio.get_running_loop()
        self._again: asyncio.TimerHandle | None = None
        self._opening: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begins to listen."""
        self._bound.setblocking(False)
        self._bound.listen(BACKLOG)
        self._listen()

    def stop(self) -> None:
        """Stops accepting connections and closes the socket."""
        self._loop.remove_reader(self._bound)
        if self._again is not None:
            self._again.cancel()
        self._bound.close()

    def _listen(self) -> None:
        self._loop.add_reader(self._bound, self._accept)

    def _accept(self) -> None:
        """A turn of the loop with waiting connections. The loop calls it again while any are left."""
        taken, until = 0, self._clock() + LOOKING_S
        while taken < PER_TURN and self._clock() < until:
            try:
                connection, _ = self._bound.accept()
            except (BlockingIOError, InterruptedError):
                return
            except ConnectionAbortedError:
                continue
            except OSError:  # no more files: nothing can be taken, and the loop would come back at once
                self._loop.remove_reader(self._bound)
                self._again = self._loop.call_later(NO_ROOM_S, self._listen)
                return
            if is_closed(connection):
                connection.close()
                continue
            self._open(connection)
            taken += 1

    def _open(self, connection: socket.socket) -> None:
        opening = self._loop.create_task(self._opened(connection))
        self._opening.add(opening)  # the loop alone would not keep it
        opening.add_done_callback(self._opening.discard)

    async def _opened(self, connection: socket.socket) -> None:
        with suppress(OSError):  # closed meanwhile
            await self._loop.connect_accepted_socket(self._protocol, connection)


def is_closed(connection: socket.socket) -> bool:
    """Whether the client of an accepted connection has closed it, even if only for sending, because the server ends
    such a connection anyway. False on systems without `TCP_INFO`."""
    if not hasattr(socket, "TCP_INFO"):
        return False
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] != ESTABLISHED

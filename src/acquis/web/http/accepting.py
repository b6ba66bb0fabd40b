"""Takes new connections, a few in each turn of the event loop, and passes over those whose clients have closed them.

libuv takes one connection in each turn, whatever became of it. Whoever opens and closes connections without end then
fills the queue of the system with closed ones, and whoever opens an honest one waits until each of them was made into a
connection of the server and ended. Here they are closed at once, and many in one turn.

There is no limit by address or in a second: a hall, or a proxy, is one address, and a hall comes back all at once."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from contextlib import suppress

PER_TURN, LOOKING_S = 8, 0.005
"""How many connections a turn of the loop takes, and for how long it looks for one that is open. The queue must not
fill with closed ones: the system then drops whoever comes, and lets them try again after a second."""
BACKLOG = 4096
"""How many connections may wait in the queue of the system, if that allows so many."""
NO_ROOM_S = 0.5
"""After how long it is tried again if the process may open no more files."""
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
        """Takes no more connections, and closes the socket."""
        self._loop.remove_reader(self._bound)
        if self._again is not None:
            self._again.cancel()
        self._bound.close()

    def _listen(self) -> None:
        self._loop.add_reader(self._bound, self._accept)

    def _accept(self) -> None:
        """A turn of the loop in which somebody waits; the loop comes back while somebody does."""
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
    """Whether the client of an accepted connection has closed it, be it for sending only: the server ends such a
    connection in any case. False where the system does not tell it as Linux does."""
    if not hasattr(socket, "TCP_INFO"):
        return False
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] != ESTABLISHED

"""New connections are taken a few at a time, and those that their clients have closed are passed over."""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from typing import Any

import pytest

from acquis.web.http import accepting
from acquis.web.http.accepting import LOOKING_S, PER_TURN, Acceptor

LINUX = pytest.mark.skipif(not hasattr(socket, "TCP_INFO"), reason="only Linux tells the state of a connection")
FIN_WAIT_1 = 4
"""The state of a client whose closing the system of the server has not received yet."""


class FullSocket(socket.socket):
    """A listening socket of a process that may open no more files, at first."""

    full = True

    def accept(self) -> tuple[socket.socket, Any]:
        if self.full:
            self.full = False
            raise OSError(errno.EMFILE, "Too many open files")
        return super().accept()


class Door:
    """An acceptor on a port, the clients that connect to it, and the turns of the loop in which protocols were made."""

    def __init__(self, kind: type[socket.socket] = socket.socket) -> None:
        self.bound = kind(socket.AF_INET, socket.SOCK_STREAM)
        self.bound.bind(("127.0.0.1", 0))
        self.address = self.bound.getsockname()
        self.turn, self.made = 0, list[int]()
        self.seconds = 0.0
        self.acceptor = Acceptor(self.bound, self._protocol, self._clock)
        self.acceptor.start()
        self.clients = ExitStack()
        self._count()

    def _clock(self) -> float:
        self.seconds += LOOKING_S / 100  # for each connection that is looked at
        return self.seconds

    def _protocol(self) -> asyncio.Protocol:
        self.made.append(self.turn)
        return asyncio.Protocol()

    def _count(self) -> None:
        self.turn += 1
        self._counting = asyncio.get_running_loop().call_soon(self._count)

    def connect(self) -> socket.socket:
        """Connects within the system; the loop does not run meanwhile."""
        return self.clients.enter_context(socket.create_connection(self.address, timeout=10))

    async def until(self, made: int) -> None:
        """Waits until so many protocols were made, and a few turns longer."""
        while len(self.made) < made:
            await asyncio.sleep(0)
        for _ in range(20):
            await asyncio.sleep(0)

    async def close(self) -> None:
        if self.bound.fileno() >= 0:
            self.acceptor.stop()
        self.clients.close()
        self._counting.cancel()
        await asyncio.sleep(0)


def with_door(test: Callable[[Door], Coroutine[Any, Any, None]], kind: type[socket.socket] = socket.socket) -> None:
    async def run() -> None:
        door = Door(kind)
        try:
            await test(door)
        finally:
            await door.close()

    asyncio.run(run())


def test_a_turn_takes_a_few_and_all_are_taken_in_the_end() -> None:
    async def crowd(door: Door) -> None:
        for _ in range(3 * PER_TURN + 1):
            door.connect()
        await door.until(3 * PER_TURN + 1)
        assert len(door.made) == 3 * PER_TURN + 1
        assert max(Counter(door.made).values()) <= PER_TURN

    with_door(crowd)


@LINUX
@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"])
def test_whoever_waits_behind_closed_connections_is_the_first_for_the_server(sent: bytes) -> None:
    async def flood(door: Door) -> None:
        for _ in range(2 * PER_TURN):
            client = door.connect()
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            while client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] == FIN_WAIT_1:
                time.sleep(0.001)
            client.close()
        door.connect()
        await door.until(1)
        assert len(door.made) == 1

    with_door(flood)


@LINUX
def test_a_turn_of_the_loop_does_not_look_for_ever() -> None:
    async def flood(door: Door) -> None:
        for _ in range(150):
            socket.create_connection(door.address, timeout=10).close()
        door.connect()
        began = door.turn
        await door.until(1)
        assert door.made[0] > began + 1, "not in the first turn, which looked at a hundred"
        assert len(door.made) == 1

    with_door(flood)


def test_a_process_that_may_open_no_more_files_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "NO_ROOM_S", 0.01)

    async def full(door: Door) -> None:
        door.connect()
        await door.until(1)
        assert len(door.made) == 1

    with_door(full, FullSocket)


def test_after_the_end_nobody_is_taken() -> None:
    async def ended(door: Door) -> None:
        door.acceptor.stop()
        with pytest.raises(ConnectionRefusedError):
            door.connect()

    with_door(ended)

"""Phones that follow a stream as `follow.js` does, in a separate process.

`python -m benchmarks.herd_phone HOST COUNT FIRST` prints twice a second, as JSON, how many of them are on a stream, how
many polls they sent and how many bytes they received, until it is ended.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
from typing import Any

import msgspec
import uvloop

from benchmarks.voters import SESSION

SILENT_S, HELD_S, QUIET_S = 5, 15, 60
"""As in `follow.js`."""
RETRY_S = (1, 4)
"""After how long a browser opens a stream again by itself, as the server tells it."""
PER_ADDRESS = 1_000
"""Strangers of one network may have 2,000 streams: each of so many phones has another loopback address."""
_NUMBER = re.compile(rb'"number":(\d+)')


class Counts(msgspec.Struct):
    on: int = 0
    polls: int = 0
    octets: int = 0


def around(seconds: float) -> float:
    return seconds * (0.5 + random.random())


def pause_after(failures: int) -> float:
    return around(min(0.5 * 2**failures, 10))


class Connection(asyncio.Protocol):
    """A stream or a poll of a phone."""

    def __init__(self, phone: Phone, request: bytes, is_poll: bool) -> None:
        self.phone, self.request, self.is_poll = phone, request, is_poll
        self.transport: Any = None
        self.tail = b""
        self.length = -1

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.phone.counts.octets += len(data)
        text = self.tail + data
        for number in _NUMBER.findall(text):
            self.phone.number = int(number)
            self.phone.framed(self)
        if self.is_poll:
            if self.length < 0 and (at := text.find(b"\r\n\r\n")) >= 0:
                self.length = int(text.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]) + at + 4
                self.length -= len(text) - len(data)
            self.length -= len(data) if self.length >= 0 else 0
            if not self.length:
                self.transport.abort()
        self.tail = text if self.is_poll and self.length < 0 else text[-60:]

    def connection_lost(self, exc: Exception | None) -> None:
        self.phone.lost(self)


class Phone:
    """A page: its stream, and the polls that stand in for it while it is silent."""

    def __init__(self, host: str, number: int, counts: Counts) -> None:
        self.host, self.counts, self.number = host, counts, -1
        self.address = f"127.0.0.{2 + number // PER_ADDRESS}"
        self.source: Connection | None = None
        self.polls: asyncio.Task[None] | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.on, self.failures = False, 0
        self.answered = asyncio.Event()
        self.connect()

    def wait(self, seconds: float, then: Any) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_later(seconds, then)

    def connect(self) -> None:
        self.wait(SILENT_S, self.stand_in)
        self.opening = asyncio.ensure_future(self.open(f"after={self.number}", False))

    async def open(self, query: str, is_poll: bool) -> Connection | None:
        request = f"GET /s/{SESSION}/live/participants?{query} HTTP/1.1\r\nHost: {self.host}\r\n\r\n".encode()
        made = Connection(self, request, is_poll)
        if not is_poll:
            self.source = made
        name, port = self.host.split(":")
        try:
            await asyncio.get_running_loop().create_connection(
                lambda: made, name, int(port), local_addr=(self.address, 0)
            )
        except OSError:
            if not is_poll:
                self.lost(made)
            return None
        return made

    def framed(self, connection: Connection) -> None:
        if connection is not self.source:
            return
        self.counts.on += not self.on
        self.on, self.failures = True, 0
        if self.polls is not None:
            self.polls.cancel()
            self.polls = None
        self.wait(QUIET_S, self.stand_in)

    def lost(self, connection: Connection) -> None:
        if connection.is_poll:
            self.answered.set()
        elif connection is self.source:
            self.counts.on -= self.on
            self.on = False
            self.wait(random.uniform(*RETRY_S), self.connect)

    def stand_in(self) -> None:
        if self.polls is None:
            self.polls = asyncio.ensure_future(self.poll())
        self.wait(HELD_S, self.reopen)

    def reopen(self) -> None:
        gone, self.source = self.source, None
        if gone is not None and gone.transport is not None:
            gone.transport.abort()
        self.failures += 1
        self.wait(pause_after(self.failures), self.connect)

    async def poll(self) -> None:
        failed = 0
        while True:
            self.answered.clear()
            self.counts.polls += 1
            made = await self.open(f"poll={self.number}", True)
            try:
                if made is not None:
                    await self.answered.wait()
            finally:
                if made is not None:
                    made.transport.abort()
            failed = 0 if made is not None and not made.length else failed + 1
            await asyncio.sleep(pause_after(failed) if failed else around(0.5))


async def main(host: str, count: int, first: int) -> None:
    counts = Counts()
    phones = []
    for number in range(first, first + count):
        phones.append(Phone(host, number, counts))
        if number % 50 == 0:
            await asyncio.sleep(0.05)
    while True:
        await asyncio.sleep(0.5)
        sys.stdout.buffer.write(msgspec.json.encode(counts) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))

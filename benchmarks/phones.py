"""Simulated phones with minimal overhead: raw protocols on one uvloop in a separate process.

A `Listener` holds one live stream and records when each entry was on its screen; a `Voter` posts votes one after
another on a kept-alive connection."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Any

HEAD_END = b"\r\n\r\n"


class Screens:
    """The frames that all listeners received: for each frame its new entries and its time."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, float]] = []
        self.frames = 0
        self.octets = 0
        self.gaps = 0
        self.measuring = False

    def saw(self, before: int, seq: int, now: float) -> None:
        self.frames += 1
        if seq < before:
            self.gaps += 1
        if self.measuring:
            self.seen.append((before + 1, now))

    def delays(self, acknowledged: dict[int, float]) -> list[float]:
        """For each frame the time since its oldest new entry was acknowledged, in seconds."""
        return [now - acknowledged[first] for first, now in self.seen if first in acknowledged]


class Listener(asyncio.Protocol):
    """A phone that reads the live stream."""

    def __init__(self, request: bytes, screens: Screens) -> None:
        self.request, self.screens, self.seq, self.lost = request, screens, -1, False
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.screens.octets += len(data)
        at = data.rfind(b'data: {"seq":')
        end = data.find(b",", at)
        if at < 0 or end < 0:
            return
        seq = int(data[at + 13 : end])
        self.screens.saw(self.seq, seq, time.perf_counter())
        self.seq = seq

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True


class Voter(asyncio.Protocol):
    """A phone that posts requests; the answers arrive in the order of the requests."""

    def __init__(self) -> None:
        self.waiting: deque[asyncio.Future[tuple[int, bytes]]] = deque()
        self.buffer = b""
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def post(self, request: bytes) -> asyncio.Future[tuple[int, bytes]]:
        answer: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()
        self.waiting.append(answer)
        self.transport.write(request)
        return answer

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (head_end := self.buffer.find(HEAD_END)) >= 0:
            head = self.buffer[:head_end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            stop = head_end + 4 + length
            if len(self.buffer) < stop:
                return
            status, body = int(head[9:12]), self.buffer[head_end + 4 : stop]
            self.buffer = self.buffer[stop:]
            answer = self.waiting.popleft()
            if not answer.done():
                answer.set_result((status, body))

    def connection_lost(self, exc: Exception | None) -> None:
        for answer in self.waiting:
            if not answer.done():
                answer.set_exception(ConnectionResetError())


def listen_request(host: str, path: str, cookie: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nAccept: text/event-stream\r\n\r\n".encode()


def vote_request(host: str, session: str, cookie: str, key: str, statement: int, choice: str) -> bytes:
    body = f'{{"do":"cast_vote","statement":{statement},"choice":"{choice}"}}'
    return (
        f"POST /s/{session}/do HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n"
        f"Content-Type: application/json\r\nIdempotency-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def quantile(values: list[float], q: float) -> float:
    """The q-quantile (0 <= q <= 1) of the values; 0 if there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))] if ordered else 0.0

"""A hostile client in a separate process.

`python -m benchmarks.attack HOST SECONDS` reads the secret of a pass of a participant from standard input, does all
that it can for so long, and prints as JSON how each attempt was answered.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlencode

import msgspec
import uvloop

from acquis.web.http.ids import new_secret
from acquis.web.http.newcomers import JOINING
from acquis.web.http.passes import cookie_name
from benchmarks.voters import SESSION

CODE = "BENCH000"
"""The session code of `benchmarks.web.prepare`."""
AT_ONCE = {"headers": 4, "half requests": 200, "half bodies": 200, "connections": 20, "deep JSON": 4, "newlines": 4,
           "joins": 8, "joins without the code": 4, "streams": 8}  # fmt: skip
"""Kind of attack -> how many clients do it, one attempt after another."""


class Target:
    """The server, and the pass of a participant with whom nobody would be suspicious."""

    def __init__(self, host: str, secret: str) -> None:
        self.host, self.cookie = host, f"pass_{SESSION}={secret}"
        self.name, port = host.split(":")
        self.port = int(port)
        self.count = 0

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection(self.name, self.port)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()

    async def answer(self, parts: Iterable[bytes]) -> str:
        """The status of the answer to what is sent; "closed" if there is none."""
        async with self.connection() as (reader, writer):
            for part in parts:
                writer.write(part)
                await writer.drain()
            line = await reader.readline()
            return line.split(b" ")[1].decode() if line else "closed"

    def post(self, path: str, kind: str, body: bytes, cookie: str, length: int = 0) -> bytes:
        self.count += 1
        return (
            f"POST /s/{SESSION}{path} HTTP/1.1\r\nHost: {self.host}\r\nOrigin: http://{self.host}\r\n"
            f"Cookie: {cookie}\r\nContent-Type: {kind}\r\nConnection: close\r\n"
            f"Idempotency-Key: {int(time.time() * 1000):011x}-hostile-{self.count}\r\n"
            f"Content-Length: {length or len(body)}\r\n\r\n"
        ).encode() + body

    def command(self, body: bytes, length: int = 0) -> bytes:
        return self.post("/do", "application/json", body, self.cookie, length)

    @property
    def get(self) -> bytes:
        return f"GET /s/{SESSION} HTTP/1.1\r\nHost: {self.host}\r\n".encode()


async def headers(target: Target) -> str:
    """A head of 10 MB."""
    return await target.answer([target.get, *[b"a: " + b"b" * 65_000 + b"\r\n"] * 150])


async def half_request(target: Target) -> str:
    return await target.answer([target.get + b"a: b"])


async def half_body(target: Target) -> str:
    return await target.answer([target.command(b'{"do":', 60_000)])


async def connection(target: Target) -> str:
    """Opened, and closed without a word."""
    async with target.connection():
        return "opened"


async def deep_json(target: Target) -> str:
    """As deep as the limit of a body allows."""
    body = b'{"do":"ask_question","text":' + b'{"a":' * 9_000 + b"1" + b"}" * 9_001
    return await target.answer([target.command(body)])


async def newlines(target: Target) -> str:
    body = msgspec.json.encode({"do": "ask_question", "text": "\n" * 30_000 + "x"})
    return await target.answer([target.command(body)])


async def join(target: Target, code: str = CODE) -> str:
    fields = {"name": " \u200b" * 300 + "Amara", "lane": "online", "code": code, "key": f"hostile-{time.time_ns()}"}
    cookie = f"{cookie_name(SESSION, kind=JOINING)}={new_secret()}"
    form = urlencode(fields).encode()
    return await target.answer([target.post("/join", "application/x-www-form-urlencoded", form, cookie)])


async def join_without(target: Target) -> str:
    return await join(target, "")


async def stream(target: Target) -> str:
    """Opened, and left after the first bytes."""
    path = f"GET /s/{SESSION}/live/participants HTTP/1.1\r\nHost: {target.host}\r\n\r\n"
    return await target.answer([path.encode()])


ATTACKS: dict[str, Callable[[Target], Awaitable[str]]] = {
    "headers": headers,
    "half requests": half_request,
    "half bodies": half_body,
    "connections": connection,
    "deep JSON": deep_json,
    "newlines": newlines,
    "joins": join,
    "joins without the code": join_without,
    "streams": stream,
}


async def attack(target: Target, seconds: float) -> dict[str, dict[str, int]]:
    """Kind of attack -> answer -> how often; "waiting" for what was not answered in the end."""
    answers = {kind: Counter[str]() for kind in AT_ONCE}

    async def go_on(kind: str) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    try:
                        answers[kind][await ATTACKS[kind](target)] += 1
                    except OSError:
                        answers[kind]["closed"] += 1
        answers[kind]["waiting"] += 1

    await asyncio.gather(*(go_on(kind) for kind, clients in AT_ONCE.items() for _ in range(clients)))
    return {kind: dict(counted) for kind, counted in answers.items()}


if __name__ == "__main__":
    result = uvloop.run(attack(Target(sys.argv[1], sys.stdin.read().strip()), float(sys.argv[2])))
    sys.stdout.buffer.write(msgspec.json.encode(result))

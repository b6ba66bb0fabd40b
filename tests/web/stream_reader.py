"""Streams that are read by hand, so that nothing between the test and the socket is clever."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any

from tests.browser.live_server import LiveServer

from acquis.web.http.streams import Channel
from acquis.web.live.audiences import Audience
from acquis.web.live.frames import channel_of


class Stream:
    """An open stream, or a long poll, of a served application."""

    def __init__(self, live: LiveServer, path: str, cookie: str = "", last: str = "", receive: int = 0) -> None:
        host, port = live.url.removeprefix("http://").split(":")
        self.socket = socket.socket()
        if receive:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        self.socket.connect((host, int(port)))
        self.socket.settimeout(10)
        lines = [f"GET {path} HTTP/1.1", f"Host: {host}:{port}", "Accept: text/event-stream"]
        lines += [f"Cookie: {cookie}"] if cookie else []
        lines += [f"Last-Event-ID: {last}"] if last else []
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self.buffer = b""
        self.head = self._until(b"\r\n\r\n").decode()

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.buffer:
            more = self.socket.recv(65536)
            if not more:
                raise EOFError
            self.buffer += more
        found, _, self.buffer = self.buffer.partition(mark)
        return found

    def frame(self) -> tuple[int, dict[str, Any]]:
        """The next frame: the number of its newest entry, and its data."""
        while True:
            length = int(self._until(b"\r\n"), 16)
            while len(self.buffer) < length + 2:
                self.buffer += self.socket.recv(65536)
            event, self.buffer = self.buffer[:length].decode(), self.buffer[length + 2 :]
            fields = dict(line.split(": ", 1) for line in event.splitlines() if line and line[0] != ":")
            if "data" in fields:
                data = json.loads(fields["data"])
                assert int(fields["id"]) == data["number"]
                return data["seq"], data


Listen = Callable[..., Stream]


def channel_there(live: LiveServer, session: str, audience: Audience) -> Channel:
    """The channel of an audience of a session."""

    async def work() -> Channel:
        return channel_of(live.house, await live.session(session), audience, "en")

    return live.wait(work)

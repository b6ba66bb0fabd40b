"""How a test client carries a request to the application: in one call of its event loop."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote

from httpx2 import BaseTransport, ByteStream, Request, Response
from starlette.testclient import TestClient

PORTS = {"http": 80, "https": 443}


class OneCall(BaseTransport):
    """The transport of Starlette goes to the thread of the event loop eight times for a request, which is a quarter of
    the work of a small page. The answer is whole before it is read; an error of the application is raised."""

    def __init__(self, client: TestClient) -> None:
        self._of, self.client = client, ("testclient", 50_000)

    def handle_request(self, request: Request) -> Response:
        assert self._of.portal is not None, "the client is used in a `with` statement"
        return self._of.portal.call(self._answer, request, request.read())

    async def _answer(self, request: Request, body: bytes) -> Response:
        waiting: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]
        sent: list[dict[str, Any]] = []
        finished = asyncio.Event()

        async def receive() -> dict[str, Any]:
            if not waiting:
                await finished.wait()
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                finished.set()

        await self._of.app(self._scope(request), receive, send)
        start, *pieces = sent
        assert (start["type"], {piece["type"] for piece in pieces}) == ("http.response.start", {"http.response.body"})
        assert [piece.get("more_body", False) for piece in pieces] == [True] * (len(pieces) - 1) + [False]
        content = b"" if request.method == "HEAD" else b"".join(piece.get("body", b"") for piece in pieces)
        return Response(start["status"], headers=start["headers"], stream=ByteStream(content), request=request)

    def _scope(self, request: Request) -> dict[str, Any]:
        url = request.url
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "path": unquote(url.path),
            "raw_path": url.raw_path.partition(b"?")[0],
            "root_path": "",
            "scheme": url.scheme,
            "query_string": url.query,
            "headers": [(key.lower(), value) for key, value in request.headers.raw],
            "client": self.client,
            "server": [url.raw_host.decode("ascii"), url.port or PORTS[url.scheme]],
            "extensions": {},
            "state": self._of.app_state.copy(),
        }

"""Hostile clients on real sockets: what they send, hold and leave undone is bounded, and honest ones are answered."""

from __future__ import annotations

import asyncio
import gc
import resource
import socket
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from tests.browser.live_server import LiveServer, served
from tests.web.stream_reader import Stream

from acquis.web.http import streams
from acquis.web.http.protocol import SPARE, Bounds, Connections

pytestmark = pytest.mark.server

SOON = Bounds(head_s=1, body_s=1, unread_s=1)
WAIT_S = 30
"""How long a test waits for what has to happen after a second."""
PAGE = b"GET /s/hall HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with served(tmp_path_factory.mktemp("connections"), most=40, bounds=SOON) as live:
        live.add("hall")
        yield live


@pytest.fixture(autouse=True)
def empty(live: LiveServer) -> Iterator[None]:
    yield
    wait_for(live, 0)  # what a client leaves undone is not kept


def wait_for(live: LiveServer, count: int) -> None:
    """Waits until so many connections are open."""
    until = time.monotonic() + WAIT_S
    while live.connections.open != count and time.monotonic() < until:
        time.sleep(0.02)
    assert live.connections.open == count


def connected(live: LiveServer) -> socket.socket:
    host, port = live.url.removeprefix("http://").split(":")
    client = socket.create_connection((host, int(port)))
    client.settimeout(WAIT_S)
    return client


def all_of(client: socket.socket) -> bytes:
    """What the server sends until it closes the connection; nothing after a reset."""
    answer = b""
    try:
        while more := client.recv(65536):
            answer += more
    except ConnectionError:
        pass
    client.close()
    return answer


def status(live: LiveServer, sent: bytes = PAGE + b"Connection: close\r\n\r\n") -> bytes:
    client = connected(live)
    client.sendall(sent)
    return all_of(client).partition(b"\r\n")[0]


def test_a_client_with_300_mb_of_headers_is_turned_away_at_once(live: LiveServer) -> None:
    client, sent, part = connected(live), 0, b"a: " + b"b" * 65_500 + b"\r\n"
    client.sendall(PAGE)
    with suppress(ConnectionError):
        while sent < 300_000_000:
            client.sendall(part)
            sent += len(part)
    client.close()
    assert sent < 30_000_000  # what the buffers of the system hold
    assert status(live) == b"HTTP/1.1 200 OK"


@pytest.mark.parametrize(
    "headers",
    [b"a: b\r\n" * 101, b"a: " + b"b" * 66_000 + b"\r\n", b"a: " + b"b" * 30_000 + b"\r\nc: " + b"d" * 40_000],
)
def test_a_head_beyond_the_limits_is_refused(live: LiveServer, headers: bytes) -> None:
    assert status(live, PAGE + headers + b"\r\n\r\n") in (b"HTTP/1.1 431 Request Header Fields Too Large", b"")


def test_a_head_within_the_limits_is_read(live: LiveServer) -> None:
    fields = b"".join(b"a%d: %b\r\n" % (n, b"b" * 500) for n in range(98))
    assert status(live, PAGE + fields + b"Connection: close\r\n\r\n") == b"HTTP/1.1 200 OK"


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /s/hall HT",
        PAGE,
        PAGE + b"a: b",
        b"\r\n",
        b"POST /s/hall/do HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
        b"POST /s/hall/do HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        PAGE + b"\r\n" + PAGE,
        PAGE + b"\r\n\r\n",
    ],
)
def test_who_does_not_go_on_is_disconnected_and_others_are_answered(live: LiveServer, begun: bytes) -> None:
    client = connected(live)
    client.sendall(begun)
    assert status(live) == b"HTTP/1.1 200 OK"
    all_of(client)  # ends, because the server closes the connection


def test_a_body_that_goes_on_is_waited_for(live: LiveServer) -> None:
    """It takes longer than the time for a body that does not arrive."""
    client, body = connected(live), b"x" * 60_000
    client.sendall(
        b"POST /s/hall/do HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body)
    )
    for part in (body[:30_000], body[30_000:59_999]):
        client.sendall(part)
        time.sleep(1)
    client.sendall(body[59_999:])
    assert all_of(client).startswith(b"HTTP/1.1 4")  # it was judged


def test_who_does_not_read_is_disconnected(live: LiveServer) -> None:
    client = connected(live)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 100)
    wait_for(live, 1)
    wait_for(live, 0)
    client.close()


def test_more_connections_than_allowed_get_an_answer_and_a_line_in_the_log(
    live: LiveServer, capfd: pytest.CaptureFixture[str]
) -> None:
    open_ones = [Stream(live, "/s/hall/live/participants") for _ in range(40)]
    assert live.connections.open == 40
    assert status(live) == b"HTTP/1.1 503 Service Unavailable"
    assert status(live) == b"HTTP/1.1 503 Service Unavailable"
    assert capfd.readouterr().err.count("40 connections are open, which is all that this process may have") == 1
    for stream in open_ones:
        stream.socket.close()
    wait_for(live, 0)
    assert status(live) == b"HTTP/1.1 200 OK"


def test_strangers_of_one_network_have_a_limit_and_people_with_a_pass_do_not_feel_it(
    live: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "PER_NETWORK", 3)
    of_strangers = [Stream(live, "/s/hall/live/participants") for _ in range(3)]
    assert (
        status(live, b"GET /s/hall/live/participants HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").split()[
            1
        ]
        == b"503"
    )
    link, _ = live.pass_for("hall", "participant")
    joined = Stream(live, "/s/hall/live/participants", f"pass_hall={link.rpartition('/')[2]}")
    assert "200 OK" in joined.head
    for stream in (*of_strangers, joined):
        stream.socket.close()


def test_the_server_raises_its_limit_and_says_what_it_allows(tmp_path: Path) -> None:
    code = (
        "import resource\n"
        "from acquis.web.http.protocol import raise_descriptor_limit\n"
        "from acquis.web.http.inspections import capacity\n"
        'print(capacity("en", raise_descriptor_limit()).sentence)\n'
        "print(*resource.getrlimit(resource.RLIMIT_NOFILE))\n"
    )

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, 1024))

    ran = subprocess.run([sys.executable, "-c", code], preexec_fn=limited, capture_output=True, text=True, check=True)
    said, limits = ran.stdout.splitlines()
    assert said.startswith(f"Phones that can be connected at the same time: only {1024 - SPARE}.")
    assert "LimitNOFILE" in said
    assert limits == "1024 1024"


def test_a_refused_connection_leaves_nothing_for_the_collector_of_cycles() -> None:
    """Each had a head of 64 KB: a client that sends thousands of them made the server 66 MB larger."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("a head that is too large reached the application")

    async def run() -> bool:
        server = uvicorn.Server(uvicorn.Config(application, log_config=None, lifespan="off"))
        server.config.load()
        connections = Connections(10, lambda: 0)
        ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        loop = asyncio.get_running_loop()
        _, protocol = await loop.connect_accepted_socket(
            lambda: connections.protocol(config=server.config, server_state=server.server_state, app_state={}), ours
        )
        remains = weakref.ref(protocol)
        del protocol
        await loop.sock_sendall(theirs, b"GET / HTTP/1.1\r\n" + b"a: " + b"b" * Bounds().head + b"\r\n")
        while await loop.sock_recv(theirs, 65536):
            pass
        theirs.close()
        await asyncio.sleep(0)
        return remains() is None

    gc.disable()
    try:
        assert asyncio.run(run())
    finally:
        gc.enable()

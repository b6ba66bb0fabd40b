"""Serving: one process, one uvicorn, and the few lines that let a live frame go straight to every socket.

uvicorn documents that `http` takes a protocol class; the attributes of that class are its own affair, so its version is
locked and `tests/web` checks that streams still take the fast way. Elsewhere they go through ASGI, three times dearer.
"""

from __future__ import annotations

import asyncio
import gc
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import uvicorn
import uvloop
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from acquis.command import ORGANIZER
from acquis.web.http import passes
from acquis.web.http.application import Application
from acquis.web.http.streams import BEHIND, TAKE_OVER

Prepare = Callable[[str], Awaitable[None]]
PORTS = 50
DISK_BROKEN = 74
COLLECT = (20_000, 20, 20)
"""When Python looks for garbage that refers to itself. A request leaves hardly any, and with the usual figures looking
for it was a twentieth of a vote."""


class Yielding(HttpToolsProtocol):
    """uvicorn's protocol; the application may take a connection over in the middle of a response."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        extensions: dict[str, Any] = {TAKE_OVER: self.take_over}
        self.scope["extensions"] = extensions

    def take_over(self, protocol: asyncio.Protocol) -> asyncio.Transport:
        """Go on with another protocol: for uvicorn the client has gone, and it lets go of everything it kept for it."""
        self.connection_lost(ConnectionResetError("taken over"))
        self.transport.set_protocol(protocol)
        return self.transport


def free_port(host: str, port: int) -> socket.socket:
    """A socket bound to the port, or to the next free one. Raises OSError where there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in range(port, port + PORTS) if port else (0,):
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Accepted sockets inherit it: a reader that stalls pins at most this much memory in the kernel.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BEHIND)
        try:
            bound.bind((host, number))
        except OSError as error:
            bound.close()
            if number == port + PORTS - 1 or not port:
                raise OSError(error.errno, f"{error.strerror} (ports {port} to {number})", host) from error
            continue
        return bound
    raise OSError(f"no free port from {port} on {host}")


def run(
    app: ASGIApp,
    application: Application,
    bound: socket.socket,
    url: str,
    tell: Callable[[str], None],
    prepare: Prepare | None = None,
) -> None:
    """Serve the ASGI application of an application object on a bound socket until interrupted. `url` is the address
    that people see; `prepare` runs beside the server, with that address."""
    with suppress(KeyboardInterrupt):
        uvloop.run(_serve(app, application, bound, url, tell, prepare))
    if application.board.record.broken.is_set():
        print(
            "acquis: the disk does not keep what is written; nothing more is accepted. Check it, then start again.",
            file=sys.stderr,
        )
        sys.exit(DISK_BROKEN)


def _server(app: ASGIApp, proxied: bool) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=Yielding,
            ws="none",
            lifespan="off",
            access_log=False,
            log_level="warning",
            server_header=False,
            backlog=4096,
            timeout_graceful_shutdown=2,
            proxy_headers=proxied,
            forwarded_allow_ips="127.0.0.1",
        )
    )


async def _serve(
    app: ASGIApp,
    application: Application,
    bound: socket.socket,
    url: str,
    tell: Callable[[str], None],
    prepare: Prepare | None,
) -> None:
    address, number = bound.getsockname()[:2]
    shown = "127.0.0.1" if address in ("0.0.0.0", "::") else address  # noqa: S104  # compared, not bound
    base = url.rstrip("/") or f"http://{f'[{shown}]' if ':' in shown else shown}:{number}"
    application.base_url = base
    server = _server(app, proxied=bool(url))
    serving = asyncio.create_task(server.serve([bound]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    tell(f"Acquis is at {base}")
    if not application.roster.has_organizer():
        secret, _ = passes.issue(application, "", ORGANIZER)
        tell(f"The organizer's link (keep it, it is shown once): {base}/p/{secret}")
    # The thread that commits needs the interpreter for microseconds at a time; while a frame goes out to thousands it
    # would wait the usual 5 ms for it, several times a commit, and every vote with it.
    sys.setswitchinterval(0.0005)
    gc.collect()
    gc.freeze()  # what was replayed lives as long as the process: no collection need look at it again
    gc.set_threshold(*COLLECT)
    broken = asyncio.ensure_future(application.board.record.broken.wait())
    beside = asyncio.ensure_future(prepare(base)) if prepare is not None else None
    await asyncio.wait([serving, broken], return_when=asyncio.FIRST_COMPLETED)
    application.streams.close()
    server.should_exit = True
    await serving
    for task in (broken, beside):
        if task is not None:
            task.cancel()
    with suppress(Exception):
        await application.close()

"""Runs the server: one process with uvicorn, and a protocol that writes live frames directly to the sockets
(`protocol.py`). On other servers streams use ASGI, which takes three times the CPU.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

import uvicorn
import uvloop
from starlette.types import ASGIApp

from acquis.command import ORGANIZER
from acquis.record import LogUnreadable, RecordBroken, RecordFull
from acquis.web.http import inspections, passes
from acquis.web.http.accepting import Acceptor
from acquis.web.http.application import Application
from acquis.web.http.floor_hooks import FloorHooks
from acquis.web.http.log_stream import log_beside
from acquis.web.http.loop import measure_steps, spare_collector
from acquis.web.http.metrics import watch_loop
from acquis.web.http.notices import SparingFilter, fail, warn
from acquis.web.http.openid import OpenId
from acquis.web.http.outcome_notes import OutcomeNotes
from acquis.web.http.preparing import prepare_pages
from acquis.web.http.protocol import BoundedProtocol, Connections, raise_descriptor_limit
from acquis.web.http.reminding import Reminding
from acquis.web.http.settings import ServerSettings
from acquis.web.http.streams import BEHIND
from acquis.web.http.timekeeping import keep_time

Prepare = Callable[[str], Awaitable[None]]
Sending = tuple[Reminding, FloorHooks, OutcomeNotes]
PORTS = 50
NO_SETTINGS = ServerSettings()
DISK_BROKEN = 74
FINISH_S = 8
"""How long a request that is under way may take after the server was told to stop."""


class SilentServer(uvicorn.Server):
    """uvicorn's server, which leaves the signals to `run`: it would raise them again before the files are closed."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class PortProblem(Exception):
    """A port cannot be listened on; the message is a sentence for the operator."""


def listening(host: str, port: int) -> socket.socket:
    """A socket bound to this port, or to any if it is 0. Raises PortProblem."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Accepted sockets inherit it: a stalled reader occupies at most this much kernel memory.
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BEHIND)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            sentence = f"Port {port} of {host} is in use. Stop the program that uses it, or choose another with --port."
        else:
            sentence = f"Port {port} of {host} cannot be used: {error.strerror}."
        raise PortProblem(sentence) from error
    return bound


def free_port(host: str, port: int) -> socket.socket:
    """A socket bound to the port or, for what is only tried out, one of the next `PORTS` - 1. Raises PortProblem."""
    for number in range(port, port + PORTS - 1) if port else ():
        with suppress(PortProblem):
            return listening(host, number)
    return listening(host, port + PORTS - 1 if port else 0)


def run(
    app: ASGIApp,
    application: Application,
    bound: socket.socket,
    url: str,
    tell: Callable[[str], None],
    prepare: Prepare | None = None,
    proxies: Sequence[str] = (),
    settings: ServerSettings = NO_SETTINGS,
) -> None:
    """Serves the ASGI application of an application object on a bound socket until SIGINT or SIGTERM. Then it takes no
    more requests, answers those that are under way, and closes the files. `url`: the public address; `prepare`: runs
    concurrently with the server and receives that address; `tell`: prints a line; `proxies`: the addresses and networks
    whose word on the address of a client is taken; `settings`: of reminders, sign-in and frames. Raises DataProblem."""
    sending = (
        Reminding(application, settings),
        FloorHooks(application, settings),
        OutcomeNotes(application, settings),
    )
    if settings.openid is not None:
        application.openid = OpenId(settings.openid, application.clock.now)
    if settings.embedding is not None:
        application.sites = tuple(settings.embedding.sites)
    with log_beside():
        logging.getLogger("uvicorn.error").addFilter(SparingFilter())
        with suppress(KeyboardInterrupt):
            uvloop.run(
                _serve(app, application, bound, url, tell=tell, prepare=prepare, proxies=proxies, sending=sending)
            )
        if application.board.record.broken.is_set():
            fail(f"nothing more is accepted: {application.board.record.why_ended}")
    if application.board.record.broken.is_set():
        sys.exit(DISK_BROKEN)


def _server(app: ASGIApp, connections: Connections, proxies: Sequence[str]) -> uvicorn.Server:
    return SilentServer(
        uvicorn.Config(
            app,
            http=connections.protocol,  # type: ignore[arg-type]  # uvicorn calls it, whether it is a class or not
            ws="none",
            lifespan="off",
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=FINISH_S,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=list(proxies),
        )
    )


def _protocol(connections: Connections, server: uvicorn.Server) -> Callable[[], BoundedProtocol]:
    """Makes the protocol of a connection as the server itself would."""
    return partial(connections.protocol, config=server.config, server_state=server.server_state, app_state={})


async def _publish(application: Application) -> None:
    """Publishes the votes of sessions that end, and of those that ended while no server ran; and the masked forms of
    texts under the Chatham House Rule. Completes erasures that were interrupted or asked for from outside."""
    board, clock = application.board, application.clock
    with suppress(RecordBroken):  # the server ends by itself
        await board.open_unpublished(clock.now())
        while True:
            board.record.require_place()
            board.mark()
            await application.erasing.finish(clock.now())
            with suppress(RecordFull):  # tried again
                await board.publish_votes(clock.now())
                await board.publish_masks(clock.now())
            await asyncio.sleep(1)


async def _check(application: Application) -> None:
    """Verifies the chain of every session once, one after the other and beside all else, and tells what is damaged."""
    board = application.board
    for id in board.roster.ids():
        try:
            await board.check(id)
        except LogUnreadable as error:
            warn(f"{error}. Nothing of this session is shown; restore it from a backup.")
        except RecordBroken:  # the server ends by itself
            return


def _stopping() -> asyncio.Task[bool]:
    """Done when the process is told to stop."""
    stop = asyncio.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return asyncio.create_task(stop.wait())


def _background(application: Application, sending: Sending) -> list[asyncio.Task[None]]:
    """Begins what the server does beside answering requests."""
    work = (
        _publish(application),
        keep_time(application),
        _check(application),
        prepare_pages(),
        *(each.run() for each in sending),
        watch_loop(application.metrics),
    )
    return [asyncio.create_task(task) for task in work]


async def _serve(
    app: ASGIApp,
    application: Application,
    bound: socket.socket,
    url: str,
    tell: Callable[[str], None],
    prepare: Prepare | None,
    proxies: Sequence[str],
    sending: Sending,
) -> None:
    measure_steps(application.metrics.step)
    address, number = bound.getsockname()[:2]
    shown = "127.0.0.1" if address in ("0.0.0.0", "::") else address  # noqa: S104  # compared, not bound
    base = url.rstrip("/") or f"http://{f'[{shown}]' if ':' in shown else shown}:{number}"
    application.base_url, application.public_url = base, url.rstrip("/")
    await application.board.record_losses(application.clock.now())
    connections = Connections(raise_descriptor_limit(), lambda: application.streams.open)
    application.connections = connections
    stopping, server = _stopping(), _server(app, connections, proxies)
    serving = asyncio.create_task(server.serve([]))  # it listens to nothing itself
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    acceptor = Acceptor(bound, _protocol(connections, server))
    acceptor.start()
    tell(f"Acquis is at {base}")
    if not application.roster.has_organizer():
        secret, _ = passes.issue(application, "", ORGANIZER)
        tell(f"The organizer's link (keep it, it is shown once): {base}/p/{secret}")
    else:
        tell("If the organizer's link is lost, `acquis pass organizer` with the same --data makes a new one.")
    tell(inspections.capacity("en", connections.most).sentence)
    # The thread that commits needs the interpreter for microseconds at a time. With the default interval of 5 ms it
    # would wait several times per commit while a frame is sent to thousands, and so would every vote.
    sys.setswitchinterval(0.0005)
    spare_collector()
    broken = asyncio.ensure_future(application.board.record.broken.wait())
    checkpoints = application.checkpoints
    signing = asyncio.ensure_future(checkpoints.run()) if checkpoints is not None else None
    others = _background(application, sending)
    preparing = asyncio.ensure_future(prepare(base)) if prepare is not None else None
    await asyncio.wait([serving, broken, stopping], return_when=asyncio.FIRST_COMPLETED)
    application.streams.stop()
    acceptor.stop()
    server.should_exit = True
    await serving
    tasks = [task for task in (broken, stopping, *others, preparing, signing) if task is not None]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await application.close()

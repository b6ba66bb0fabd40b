"""A server, or other work, in a process of its own, which a test may kill. It is forked from a process that has
imported the application once, because importing is most of the work of a start; `tests/cli` starts servers as a person
does."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from acquis.cli import main

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["acquis.cli", "acquis.web.app", "acquis.web.http.serving", "acquis.board.backup"])


def status_of(work: Callable[..., None], *arguments: object) -> int | None:
    """The status with which a process ends that does some work; the negative number of a signal that killed it, and
    None if it takes longer than a minute."""
    process = FORKS.Process(target=work, args=arguments, daemon=True)
    process.start()
    process.join(60)
    return process.exitcode


def _serve(arguments: list[str], out: Connection, errors: Connection | None) -> None:
    os.dup2(out.fileno(), 1)
    if errors is not None:
        os.dup2(errors.fileno(), 2)
        errors.close()
    out.close()
    # The process is ended with the test, as a daemon is; but the server may start the process that makes documents.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # there is no other way
    main(["serve", *arguments])


class ServerProcess:
    """`acquis serve` on the data of a folder, on any free port. `url`: its address, once it is told; empty if it ended
    before. It speaks as `subprocess.Popen` does."""

    def __init__(self, folder: Path, *arguments: str, reads_errors: bool = False) -> None:
        given = ["--data", str(folder), *(arguments if "--port" in arguments else (*arguments, "--port", "0"))]
        told, out = FORKS.Pipe(duplex=False)
        said, errors = FORKS.Pipe(duplex=False) if reads_errors else (None, None)
        self._process = FORKS.Process(target=_serve, args=(given, out, errors), daemon=True)
        self._process.start()
        out.close()
        self.stdout = os.fdopen(os.dup(told.fileno()), encoding="utf-8")
        told.close()
        self.stderr = None
        if said is not None and errors is not None:
            errors.close()
            self.stderr = os.fdopen(os.dup(said.fileno()), encoding="utf-8")
            said.close()
        self.first_line = self.stdout.readline()
        self.url = self.first_line.rpartition(" ")[2].strip()

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        pid = self._process.pid
        assert pid is not None
        if self._process.is_alive():
            os.kill(pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def wait(self, timeout: float = 60) -> int:
        """Wait until it has ended. Returns its status. Raises TimeoutExpired."""
        self._process.join(timeout)
        if (status := self._process.exitcode) is None:
            raise subprocess.TimeoutExpired("acquis serve", timeout)
        return status

    def communicate(self, timeout: float = 60) -> tuple[str, str]:
        """What it still said, and its errors, once it has ended. Raises TimeoutExpired."""
        self.wait(timeout)
        said = [pipe.read() if pipe else "" for pipe in (self.stdout, self.stderr)]
        for pipe in (self.stdout, self.stderr):
            if pipe:
                pipe.close()
        return said[0], said[1]

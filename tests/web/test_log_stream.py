"""The log is written beside the server: who does not read it holds up nobody."""

from __future__ import annotations

import fcntl
import http.client
import io
import logging
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from acquis.web.http.log_stream import LogStream, log_beside
from acquis.web.http.notices import SparingFilter, warn

PAGE = 4096


def read_all(descriptor: int) -> str:
    with os.fdopen(descriptor, encoding="utf-8") as file:
        return file.read()


def test_lines_are_written_in_the_order_in_which_they_came() -> None:
    reader, writer = os.pipe()
    stream = LogStream(writer)
    for number in range(1_000):
        print(number, file=stream, flush=True)
    print("\ud800 is no letter", file=stream)
    stream.finish()
    os.close(writer)
    assert read_all(reader).splitlines() == [*map(str, range(1_000)), "\\ud800 is no letter"]


def test_what_is_left_out_is_counted_and_who_writes_never_waits() -> None:
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, PAGE)
    stream = LogStream(writer, most=10)
    stream.write("x" * 3 * PAGE + "\n")
    text = os.read(reader, 1).decode()  # now the thread is held up in the middle of it
    for _ in range(100):
        stream.write("y\n")
    stream.finish(0.01)  # it gives up
    while not text.endswith("y\n" * 10):
        text += os.read(reader, PAGE).decode()
    stream.write("the next\n")
    while "the next\n" not in text:
        text += os.read(reader, PAGE).decode()
    assert text.endswith("90 pieces of the log were left out: nobody read it.\nthe next\n")
    assert text.count("y\n") == 10
    stream.finish()
    os.close(writer)
    os.close(reader)


def test_standard_error_is_given_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "log").open("w+", encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stderr", file)
        with log_beside():
            assert sys.stderr is not file
            print("a line", file=sys.stderr)
        assert sys.stderr is file
    assert (tmp_path / "log").read_text() == "a line\n"


@pytest.mark.server
def test_a_server_whose_log_nobody_reads_answers_and_stops(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, PAGE)
    os.write(writer, b"x" * PAGE)  # not a line more finds room
    program = "from acquis.cli import main; main()"
    command = [sys.executable, "-c", program, "serve", "--data", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=writer, text=True) as process:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().rsplit(" ", 1)[1].strip()).netloc
        with closing(http.client.HTTPConnection(address, timeout=60)) as client:
            for _ in range(3):  # each is a line of the security log
                client.request("GET", "/p/no-such-secret-no-such-secret")
                with closing(client.getresponse()) as answer:
                    answer.read()
                    assert answer.status == 404
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    os.close(writer)
    assert read_all(reader) == "x" * PAGE


def test_a_stranger_cannot_fill_the_log_with_what_is_no_request() -> None:
    """The library of the web server warns of each; errors are written always."""
    logger, written = logging.Logger("server"), io.StringIO()
    logger.addHandler(logging.StreamHandler(written))
    logger.addFilter(SparingFilter())
    for _ in range(1_000):
        logger.warning("Invalid HTTP request received.")
    logger.error("A defect.")
    lines = written.getvalue().splitlines()
    assert 60 <= len(lines) < 200
    assert lines[-1] == "A defect."


def test_a_line_for_the_operator_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    warn("refused POST /s/\x1b[2J\r\nERROR acquis: \x9b1A/do with status 507")
    assert capsys.readouterr().err.endswith(
        " WARNING acquis: refused POST /s/\ufffd[2J ERROR acquis: \ufffd1A/do with status 507\n"
    )

"""Captions that a program sends while they are written, to a server that runs: once, in order, with clear errors."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.browser.live_server import LiveServer, served

from acquis.captions.stream import StreamedLine
from acquis.cli import follow, main
from acquis.command import CAPTIONER
from acquis.floor.queue import GiveFloorToSpeaker
from acquis.floor.segments import OpenSession
from acquis.web.http import passes
from acquis.web.http.serving import free_port


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with served(tmp_path_factory.mktemp("follow")) as live:
        yield live


@pytest.fixture
def link(live: LiveServer) -> str:
    """The link of a captioner of a session of its own, which is open."""
    name = f"s{len(live.sessions)}"
    live.add(name, code=f"FOLW{len(live.sessions):04}")
    live.do(name, OpenSession())
    return live.pass_for(name, CAPTIONER)[0]


def run(link: str, file: Path | str, *options: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["captions", "follow", link, str(file), *options], input=stdin)


def said(live: LiveServer) -> list[tuple[str, str, bool]]:
    """The lines of the newest session."""
    return [(line.speaker, line.text, line.live) for line in live.state(live.sessions[-1]).speech.values()]


def test_lines_of_standard_input_are_live_captions(live: LiveServer, link: str) -> None:
    result = run(link, "-", "--language", "en", stdin=">> ONE: Norms need a keeper.\nAnd a mandate.\n")
    assert result.exit_code == 0, result.output
    assert "2 lines are on the record." in result.stderr
    assert said(live) == [("ONE", "Norms need a keeper.", True), ("ONE", "And a mandate.", True)]
    assert {line.language for line in live.state(live.sessions[-1]).speech.values()} == {"en"}


def test_what_is_in_a_file_is_a_transcript_and_is_added_once(live: LiveServer, link: str, tmp_path: Path) -> None:
    live.do(live.sessions[-1], GiveFloorToSpeaker(1))
    live.clock.forward(60_000)
    file = tmp_path / "captions.srt"
    file.write_text("1\n00:00:01,000 --> 00:00:02,000\nYes.\n\n2\n00:00:02,000 --> 00:00:03,000\nYes.\n\n", "utf-8")
    assert run(link, file, "--once").exit_code == 0
    file.write_text(file.read_text("utf-8") + "3\n00:00:03,000 --> 00:00:04,000\nNo.\n", "utf-8")
    assert run(link, file, "--once").exit_code == 0
    assert said(live) == [("", "Yes.", False), ("", "Yes.", False), ("", "No.", False)]
    assert not any(line.turn or line.likely for line in live.state(live.sessions[-1]).speech.values())


def test_a_file_is_followed_while_it_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "captions.txt"
    file.write_bytes(b"Before.\nHalf")
    pieces = iter((b" a line.\n", b"", b"Another.\n"))

    def grow(seconds: float) -> None:
        with file.open("ab") as more:
            more.write(next(pieces))

    monkeypatch.setattr("acquis.cli.follow.sleep", grow)
    lines = list(islice(follow.grown(file, once=False), 3))
    assert lines == [(b"Before.\n", False), (b"Half a line.\n", True), (b"Another.\n", True)]


@contextmanager
def losing(live: LiveServer) -> Iterator[str]:
    """A way to the server on which the answer to the first request with captions is lost. Gives its address."""
    lost: list[int] = []

    class Way(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(303)
            self.send_header("location", f"/s/{live.sessions[-1]}/device")
            self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept = {name: self.headers[name] for name in ("authorization", "content-type", "accept")}
            with urllib.request.urlopen(urllib.request.Request(f"{live.url}{self.path}", body, kept)) as answer:
                read = answer.read()
            if not lost:
                lost.append(1)
                self.close_connection = True
                return
            self.send_response(200)
            self.send_header("content-length", str(len(read)))
            self.end_headers()
            self.wfile.write(read)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is written."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Way) as way:
        thread = threading.Thread(target=way.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{way.server_port}"
        way.shutdown()
        thread.join()


def test_a_line_whose_answer_was_lost_is_on_the_record_once(
    live: LiveServer, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("acquis.cli.follow.sleep", lambda seconds: None)
    with losing(live) as address:
        result = run(link.replace(live.url, address), "-", stdin="Yes.\nYes.\n")
    assert result.exit_code == 0, result.output
    assert "Trying again" in result.stderr
    assert [text for _, text, _ in said(live)] == ["Yes.", "Yes."]


def test_a_line_that_is_refused_is_named_and_the_others_are_kept(live: LiveServer, link: str) -> None:
    result = run(link, "-", "--language", "not a language", stdin="Norms.\n")
    assert result.exit_code == 1
    assert "Not on the record: “Norms.”." in result.stderr
    assert result.stderr.splitlines()[-1] == "Error: 1 line was refused."


def test_a_link_that_was_withdrawn_ends_it_with_what_to_do(live: LiveServer, link: str) -> None:
    name, secret = live.sessions[-1], link.rpartition("/")[2]
    channel = follow.CaptionChannel.open(link, "")
    holder = passes.holder_of(live.house, secret)
    assert holder is not None
    line = follow.ReadLine(StreamedLine("", "Norms."), "follow-0001", 0)
    assert channel.send([line]) == []

    async def revoke() -> None:
        passes.revoke(live.house, name, holder.person)

    live.wait(revoke)
    with pytest.raises(follow.NoChannel, match="wrong or was withdrawn"):
        channel.send([line])
    assert "The access link is wrong or was withdrawn." in run(link, "-", stdin="Norms.\n").stderr


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("dialogue.example.org", "This is no access link."),
        ("file:///p/secret", "This is no access link."),
        ("https://dialogue.example.org/s/x/captions", "This is no access link."),
    ],
)
def test_what_is_no_link_is_one_clear_line(link: str, problem: str) -> None:
    result = run(link, "-", stdin="Norms.\n")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {problem}")


@contextmanager
def serving_http() -> Iterator[int]:
    """The port of a server that speaks HTTP only."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()


def test_an_address_without_a_server_is_named() -> None:
    with free_port("127.0.0.1", 0) as bound:
        address = f"http://127.0.0.1:{bound.getsockname()[1]}"
    result = run(f"{address}/p/secret", "-", stdin="Norms.\n")
    assert result.exit_code == 1
    assert f"No server answers at {address} (connection refused). Check the address" in result.stderr


def test_a_server_without_tls_is_told_in_words() -> None:
    with serving_http() as port:
        result = run(f"https://127.0.0.1:{port}/p/secret", "-", stdin="Norms.\n")
    assert result.exit_code == 1
    assert f"No server answers at https://127.0.0.1:{port} (no secure connection)." in result.stderr


def test_text_in_another_encoding_is_refused(live: LiveServer, link: str, tmp_path: Path) -> None:
    file = tmp_path / "captions.txt"
    file.write_bytes("Привет.\n".encode("cp1251"))
    result = run(link, file, "--once")
    assert result.exit_code == 1
    assert "not in UTF-8" in result.stderr
    assert said(live) == []

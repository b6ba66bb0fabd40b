"""`acquis captions follow`: sends the lines of a caption stream to a server while they are written."""

from __future__ import annotations

import hashlib
import queue
import secrets
import ssl
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from time import sleep, time_ns
from typing import IO, Any, NamedTuple
from urllib.parse import urlsplit

import click
import msgspec

from acquis.captions.stream import CaptionStream, StreamedLine
from acquis.cli.parts import example
from acquis.cli.printing import echo
from acquis.i18n import say_many

LINES_AT_ONCE = 100
TIMEOUT_S, LONGEST_PAUSE_S = 20.0, 30.0
LOOK_S = 0.3
"""Seconds between two looks at a file that does not grow."""
FRESH_MS = 2000
"""A line that was sent within this time after it was read states no time, because the clocks may differ."""


@click.group(name="captions")
@example("acquis captions follow https://dialogue.example.org/p/SECRET captions.txt")
def captions() -> None:
    """Send live captions to a session."""


@captions.command()
@example("captioner | acquis captions follow https://dialogue.example.org/p/SECRET -")
@click.argument("link")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True, exists=True, dir_okay=False))
@click.option("--language", default="", help="Language of the lines, such as en or zh-Hans.")
@click.option("--once", is_flag=True, help="Send what is in the file, then end.")
def follow(link: str, file: Path, language: str, once: bool) -> None:
    """Follow a file that grows, or standard input (-), and send each line as a caption.

    LINK is the access link of a captioner. The stream is lines of text, or cues of WebVTT or SRT, in UTF-8. What is in
    a file already is added as a transcript; later lines are live captions. A line is sent until the server has it, and
    is on the record once, also if the same file is followed again."""
    channel = CaptionChannel.open(link, language)
    lines: queue.Queue[ReadLine | BaseException | None] = queue.Queue()
    threading.Thread(target=_read_into, args=(lines, file, once), daemon=True).start()
    sent = refused = 0
    for batch in _batches(lines):
        problems = channel.send(batch)
        sent, refused = sent + len(batch) - len(problems), refused + len(problems)
        for problem in problems:
            echo(problem, err=True)
    echo(say_many("en", "{n} line is on the record.", "{n} lines are on the record.", sent), err=True)
    if refused:
        raise click.ClickException(say_many("en", "{n} line was refused.", "{n} lines were refused.", refused))


class ReadLine(NamedTuple):
    """A caption with its key, and when it was read, in ms since 1970; 0: it was in the file before."""

    caption: StreamedLine
    key: str
    read_at: int


class NoChannel(click.ClickException):
    """The server does not take the captions, and trying again would not help. The message is a sentence or two."""


class CaptionChannel:
    """The way to the captions of a session, with the secret of a captioner's link."""

    def __init__(self, address: str, secret: str, language: str) -> None:
        self._address, self._secret, self._language = address, secret, language

    @classmethod
    def open(cls, link: str, language: str) -> CaptionChannel:
        """The channel of an access link. Raises NoChannel, if no server answers or the link opens no captions."""
        parts = urlsplit(link.strip())
        secret = parts.path.rstrip("/").rpartition("/p/")[2]
        if parts.scheme not in ("http", "https") or not parts.netloc or "/p/" not in parts.path or not secret:
            raise NoChannel("This is no access link. It looks like https://dialogue.example.org/p/SECRET.")
        site = f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/p/')[0]}"
        opener = urllib.request.build_opener(_Stay)
        try:
            with opener.open(f"{site}/p/{secret}", timeout=TIMEOUT_S) as answer:
                place = urlsplit(answer.headers.get("location", "")).path
        except urllib.error.HTTPError as error:
            raise _no_channel(error, _answer(error)) from error
        except (OSError, HTTPException) as error:
            raise NoChannel(f"No server answers at {site}{_cause(error)}. Check the address of the link.") from error
        session = place.partition("/s/")[2].partition("/")[0]
        if not session:
            raise NoChannel("This link is not that of a captioner. Ask the organizer for one.")
        return cls(f"{site}/s/{session}/captions", secret, language)

    def send(self, lines: list[ReadLine]) -> list[str]:
        """Send lines until the server has them. Gives a sentence for each line that it refused. Raises NoChannel."""
        pause = 1.0
        while True:
            try:
                return self._sent(lines)
            except _Later as error:
                echo(f"{error} Trying again in {pause:.0f} s.", err=True)
                sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_S)

    def _sent(self, lines: list[ReadLine]) -> list[str]:
        body = msgspec.json.encode({"lines": [self._line(line) for line in lines]})
        headers = {
            "authorization": f"Bearer {self._secret}",
            "content-type": "application/json",
            "accept": "application/json",
        }
        request = urllib.request.Request(self._address, body, headers)  # noqa: S310  # the scheme was checked in open
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=TIMEOUT_S) as answer:
                answer.read()
            return []
        except urllib.error.HTTPError as error:
            if error.code >= 500 or error.code == 429:
                raise _Later(f"The server cannot take the captions at the moment (status {error.code}).") from error
            answered = _answer(error)
            results = answered.get("lines")
            if error.code in (401, 403, 404) or not isinstance(results, list):
                raise _no_channel(error, answered) from error
        except (OSError, HTTPException) as error:
            raise _Later(f"The server does not answer{_cause(error)}.") from error
        return [
            f"Not on the record: “{line.caption.text}”. {result.get('sentence', '')}"
            for line, result in zip(lines, results, strict=False)
            if "refused" in result
        ]

    def _line(self, line: ReadLine) -> dict[str, Any]:
        late = line.read_at and time_ns() // 1_000_000 - line.read_at > FRESH_MS
        return {
            "text": line.caption.text,
            "speaker": line.caption.speaker[:120],
            "language": self._language,
            "captioned_at": line.read_at if late else 0,
            "transcript": not line.read_at,
            "key": line.key,
        }


class _Later(Exception):
    """The lines may be taken later. The message is a sentence."""


class _Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow a redirect, because the link of a pass leads to a page with a cookie."""

    def http_error_302(self, req: Any, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage) -> Any:
        response: Any = fp
        response.status = response.code = code
        return response

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _answer(error: urllib.error.HTTPError) -> dict[str, Any]:
    """The JSON object that was answered; empty if it is none."""
    try:
        return msgspec.json.decode(error.read(), type=dict[str, Any])
    except (msgspec.DecodeError, OSError, HTTPException):
        return {}


def _cause(error: OSError | HTTPException) -> str:
    """What the system says of an error, in brackets and without its number; empty if it says nothing in words."""
    reason = getattr(error, "reason", error)
    words = getattr(reason, "strerror", None)
    if isinstance(reason, ssl.SSLError):  # its own words name a line of the library
        words = getattr(reason, "verify_message", "") or "no secure connection"
    return f" ({words.lower()})" if words else ""


def _no_channel(error: urllib.error.HTTPError, answered: dict[str, Any]) -> NoChannel:
    if error.code in (401, 403, 404):
        return NoChannel("The access link is wrong or was withdrawn. Ask the organizer for the link of a captioner.")
    return NoChannel(str(answered.get("sentence") or f"The server refused the captions (status {error.code})."))


def _read_into(lines: queue.Queue[ReadLine | BaseException | None], file: Path, once: bool) -> None:
    """Read a stream to its end, in a thread: a server that does not answer must not delay the time of a line."""
    stream, run = CaptionStream(), "" if str(file) != "-" else secrets.token_hex(8)
    name = run or str(file.resolve())
    number = 0

    def put(captions: list[StreamedLine], read_at: int) -> None:
        nonlocal number
        for caption in captions:
            number += 1
            digest = hashlib.sha256(f"{name}\n{number}\n{caption.text}".encode()).hexdigest()
            lines.put(ReadLine(caption, f"follow-{digest[:40]}", read_at))

    try:
        source = ((line, True) for line in sys.stdin.buffer) if run else grown(file, once)
        for line, fresh in source:
            put(stream.take(line.decode("utf-8").rstrip("\r\n")), time_ns() // 1_000_000 if fresh else 0)
        put(stream.end(), 0 if once and not run else time_ns() // 1_000_000)
    except UnicodeDecodeError:
        lines.put(
            click.ClickException("The captions are not in UTF-8. Choose this encoding in the captioning program.")
        )
    except Exception as error:  # whatever it is, the command ends with it and does not wait for ever
        lines.put(error)
    lines.put(None)


def grown(file: Path, once: bool) -> Iterator[tuple[bytes, bool]]:
    """The complete lines of a file while it grows, each with whether it was added after the first look."""
    with file.open("rb") as source:
        fresh, rest = False, b""
        while True:
            if not (read := source.readline()):
                if once:
                    break
                fresh = True
                sleep(LOOK_S)
            elif not (rest := rest + read).endswith(b"\n"):
                continue
            else:
                yield rest, fresh
                rest = b""
        if rest:
            yield rest, fresh


def _batches(lines: queue.Queue[ReadLine | BaseException | None]) -> Iterator[list[ReadLine]]:
    """What was read, in lists of at most `LINES_AT_ONCE` lines, until the end. Raises what the reader met."""
    batch: list[ReadLine] = []
    while True:
        item = lines.get()
        if isinstance(item, ReadLine):
            batch.append(item)
        if batch and (not isinstance(item, ReadLine) or len(batch) == LINES_AT_ONCE or lines.empty()):
            yield batch
            batch = []
        if isinstance(item, BaseException):
            raise item
        if item is None:
            return

"""What captioning programs send over HTTP, in the forms that they know: one declaration for each form.

A program numbers what it sends, and sends it again with the same number if it received no answer. The key of a line
follows from the number and the whole request, so that what is sent again is one line, and what a program says after it
was started anew, with numbers from the beginning, is another one as long as its words are.

Nobody here says who speaks. A line is of the turn in which it was said, as far as its own time or that of its arrival
shows it (`floor/attribution.py`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

LINES_AT_ONCE = 200
LONGEST = 1000
"""The most code points of a line; a longer caption becomes several lines."""
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)[:.](\d\d)(?:\.(\d{1,3}))?Z?(?: +region:\S+)?", re.ASCII)
_BREAK = re.compile(r"<br */?>|\r\n?|\n", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,15}", re.ASCII)


class PushProblem(Exception):
    """A request is not in its form; the message is a sentence."""


class PushedCaption(NamedTuple):
    """What was sent: its number, the texts in order, the language, empty if it is not stated, and for each text when
    it was said, in ms since 1970, 0 if it is not stated."""

    number: str
    texts: list[str]
    language: str = ""
    times: list[int] = []


class PushedLine(NamedTuple):
    """A line of a request: its text, language and idempotency key, and when it was said, as above."""

    text: str
    language: str
    key: str
    said_at: int = 0


class PushForm(NamedTuple):
    """A form: its name in the address, whose it is, an example, and its reader of the body and the parameters."""

    name: str
    title: str
    example: str
    read: Callable[[str, Mapping[str, str]], PushedCaption]
    source: str


def read_push(form: PushForm, body: bytes, query: Mapping[str, str]) -> list[PushedLine]:
    """The lines of a request. Raises PushProblem."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PushProblem("The text is not in UTF-8.") from error
    pushed = form.read(text, query)
    if not _NUMBER.fullmatch(pushed.number):
        raise PushProblem("The sequence number is missing.")
    times = pushed.times or [0] * len(pushed.texts)
    lines = [
        (part, time)
        for said, time in zip(pushed.texts, times, strict=True)
        for part in parts_of(" ".join(_BREAK.sub(" ", said).split()))
    ]
    if len(lines) > LINES_AT_ONCE:
        raise PushProblem(f"There are more than {LINES_AT_ONCE} lines at once.")
    digest = hashlib.sha256(f"{form.name} {pushed.number} {pushed.language}\n{text}".encode()).hexdigest()[:24]
    return [
        PushedLine(line, pushed.language, f"{form.name}-{digest}-{n}", time) for n, (line, time) in enumerate(lines)
    ]


def parts_of(said: str) -> list[str]:
    """A text in parts of at most `LONGEST` code points, divided at blanks if there are any."""
    parts = []
    while len(said) > LONGEST:
        place = said.rfind(" ", 1, LONGEST + 1)
        place = place if place > 0 else LONGEST
        parts.append(said[:place])
        said = said[place:].lstrip()
    return [*parts, said] if said else parts


def _zoom(text: str, query: Mapping[str, str]) -> PushedCaption:
    return PushedCaption(query.get("seq", ""), [text], query.get("lang", ""))


def _youtube(text: str, query: Mapping[str, str]) -> PushedCaption:
    said: list[str] = []
    times: list[int] = []
    for line in text.splitlines():
        if stamp := _TIME.fullmatch(line.strip()):
            said.append("")
            times.append(_moment(*stamp.groups("0")))
        elif said:
            said[-1] += f" {line}"
        elif line.strip():
            raise PushProblem("The first line is not a time such as 2026-12-07T09:02:11.000.")
    return PushedCaption(query.get("seq", ""), said, query.get("lang", ""), times)


def _moment(day: str, hours: str, minutes: str, seconds: str, fraction: str) -> int:
    """A time in UTC in ms since 1970; 0 if there is no such time."""
    try:
        whole = datetime.fromisoformat(f"{day}T{hours}:{minutes}:{seconds}+00:00")
    except ValueError:
        return 0
    return int(whole.timestamp()) * 1000 + int(fraction.ljust(3, "0"))


class _CaptionSent(msgspec.Struct):
    transcript: str
    sequence: int


def _webcaptioner(text: str, query: Mapping[str, str]) -> PushedCaption:
    try:
        sent = msgspec.json.decode(text, type=_CaptionSent)
    except (msgspec.DecodeError, RecursionError) as error:  # the latter: nested too deeply
        raise PushProblem("The body is not JSON with “transcript” and “sequence”.") from error
    return PushedCaption(str(sent.sequence), [sent.transcript], query.get("lang", ""))


PUSH_FORMS = (
    PushForm(
        "zoom",
        "Closed captions of Zoom",
        "POST …/captions/push/zoom?pass=SECRET&seq=12&lang=en-US, with the text as text/plain",
        _zoom,
        "https://support.zoom.us/hc/en-us/articles/115002212983",
    ),
    PushForm(
        "youtube",
        "Closed captions of YouTube Live",
        "POST …/captions/push/youtube?pass=SECRET&seq=12, with lines of a time, then the text",
        _youtube,
        "https://support.google.com/youtube/answer/6077032",
    ),
    PushForm(
        "webcaptioner",
        "Webhook of Web Captioner",
        'POST …/captions/push/webcaptioner?pass=SECRET, with {"transcript": "Hello", "sequence": 12}',
        _webcaptioner,
        "https://webcaptioner.com/captioner/settings/webhooks",
    ),
)
"""All forms, by which the page of captions, the address and the documentation go."""
BY_NAME = {form.name: form for form in PUSH_FORMS}

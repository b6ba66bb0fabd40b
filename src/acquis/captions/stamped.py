"""Reads transcripts in which a line with a time begins each piece of speech: Otter (`Name  0:03`), the transcripts of
Teams, the saved captions of Zoom (`[Name] 16:57:02`), copies from YouTube (`0:04`), and lines that begin with a time
(`00:00:12 text`, also with a name between tabs, as in a saved chat)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Spoken, Transcript, spoken, transcript
from acquis.i18n import N_
from acquis.text.speaker_names import head

_CLOCK = r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)"
_LINES = (
    re.compile(rf"\[(?P<name>[^\[\]]{{1,80}})\][ \t]+{_CLOCK}[ \t]*"),
    re.compile(rf"(?P<name>[^\s\d:][^:\t]{{0,79}}?)(?:[ \u00a0]{{2,}}|\t[ \t]*){_CLOCK}[ \t]*"),
    re.compile(rf"(?P<name>[^\s\d:][^:\t]{{0,79}}?)[ \t]*[(\[]{_CLOCK}[)\]]:?[ \t]*"),
    re.compile(rf"[(\[]?{_CLOCK}[)\]]?[ \t]*"),
    re.compile(
        rf"{_CLOCK}[ ]*\t?[ ]*(?P<from>From )(?P<name>[^:\t]{{1,80}}?)(?P<to> [Tt]o [^:\t]{{1,80}})?[ ]*:[ \t]*"
        r"(?P<text>.*)"
    ),
    re.compile(rf"{_CLOCK}[ ]*\t[ ]*(?P<name>[^:\t]{{1,80}}?)[ ]*:[ \t]*(?P<text>.*)"),
    re.compile(rf"[(\[]?{_CLOCK}[)\]]?[ \t]+(?P<text>\S.*)"),
)
"""A line with a time: a name and a time, a time alone, or a time and what is said."""
_SHARE, _FEWEST = 5, 2
"""A text has this form if at least one in five of its lines, and two, begin with a time."""
_OTTER = re.compile(r"(?i)transcribed by https?://otter\.ai\S*")


class _Stamp(NamedTuple):
    """A line with a time in milliseconds: the speaker and the text on the same line, empty if there is none; aside: to
    whom a line of a chat was sent."""

    at: int
    name: str
    text: str
    aside: str = ""


def _stamp(line: str) -> _Stamp | None:
    for pattern in _LINES:
        if match := pattern.fullmatch(line.strip(" \ufeff")):
            parts = match.groupdict(default="")
            name, text = parts.get("name", ""), parts.get("text", "")
            if not name and text and (named := head(text, marked=False, mixed=True)):
                name, text = named
            return _Stamp(_ms(parts["time"]), name, text, (parts.get("from", "") + parts.get("to", "")).strip())
    return None


def _ms(clock: str) -> int:
    *whole, seconds = clock.replace(",", ".").split(":")
    hours, minutes = (0, *map(int, whole))[-2:]
    return (60 * hours + minutes) * 60_000 + round(float(seconds) * 1000)


def recognises(begin: str) -> bool:
    """Whether at least a fifth of the lines, and two, begin with a time; captions with `>>` have times between them."""
    lines = [line for line in begin.split("\n") if line.strip()]
    stamps = [stamp for line in lines if (stamp := _stamp(line))]
    return ">>" not in begin and len(stamps) >= _FEWEST and _SHARE * len(stamps) >= len(lines)


def read_stamped(lines: list[str]) -> Transcript:
    """The turns of such a transcript. A turn lasts until the next time; times of day count from the first one."""
    left: list[Left] = []
    pieces = list(_pieces(lines, left))
    first = pieces[0].starts_ms or 0 if pieces and (pieces[0].starts_ms or 0) >= _DAY_MS else 0
    turns = [
        Spoken(
            piece.speaker,
            piece.text,
            piece.first_line,
            piece.last_line,
            starts_ms=_after(piece.starts_ms, first),
            ends_ms=_after(after.starts_ms, first) if after else None,
            sounds=piece.sounds,
        )
        for piece, after in zip(pieces, [*pieces[1:], None])
    ]
    return transcript("stamped", lines, turns, left, "not_understood")


_DAY_MS = 5 * 3_600_000
"""A first time of five hours or more is a time of day: no recording begins in its sixth hour."""


def _after(at: int | None, first: int) -> int | None:
    return None if at is None or at < first else at - first


def _pieces(lines: list[str], left: list[Left]) -> Iterator[Spoken]:
    now: _Stamp | None = None
    parts: list[str] = []
    began = last = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        stamp = _stamp(line)
        if stamp:
            if now:
                yield spoken(now.name, " ".join(parts), began, last, now.at)
            now, parts, began, last = stamp, [stamp.text], number, number
            if stamp.aside:
                left.append(Left(number, stamp.aside, "header"))
        elif _OTTER.fullmatch(line.strip()):
            left.append(Left(number, line, "notice"))
        elif now:
            parts.append(line)
            last = number
        else:
            left.append(Left(number, line, "preamble"))
    if now:
        yield spoken(now.name, " ".join(parts), began, last, now.at)


STAMPED = TranscriptReader("stamped", N_("text with times"), recognises, lambda text, lines: read_stamped(lines))

"""Reads transcripts in which a line with a time begins each piece of speech: Otter (`Name  0:03`), the transcripts of
Teams, the saved captions of Zoom (`[Name] 16:57:02`), copies from YouTube (`0:04`), and lines that begin with a time
(`00:00:12 text`, also with a name between tabs, as in a saved chat)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from acquis.captions.line_names import is_notice, line_begin, repeated_names
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
_TIME = re.compile(r"\d:\d\d")
"""What every line with a time has: most lines have none, and are passed over quickly."""
_SHARE, _FEWEST = 5, 2
"""A text has this form if at least one in five of its lines, and two, begin with a time."""


class _Stamp(NamedTuple):
    """A line with a time in milliseconds: the speaker and the text on the same line, empty if there is none; aside: to
    whom a line of a chat was sent; offered: a likely speaker; stamped: whether the speaker stands beside the time, so
    that the lines below are his or hers."""

    at: int
    name: str
    text: str
    aside: str = ""
    offered: str = ""
    stamped: bool = True


def _stamp(line: str) -> _Stamp | None:
    if _TIME.search(line) is None:
        return None
    bare = line.strip(" \ufeff")
    for pattern in _LINES:
        if match := pattern.fullmatch(bare):
            parts = match.groupdict(default="")
            name, text = parts.get("name", ""), parts.get("text", "")
            stamped = bool(name)
            if not name and text and (named := head(text, marked=False, mixed=True)):
                name, text = named
            return _Stamp(
                _ms(parts["time"]), name, text, (parts.get("from", "") + parts.get("to", "")).strip(), stamped=stamped
            )
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
    structure: set[int] = set()
    pieces = list(_pieces(lines, left, structure))
    first = pieces[0].starts_ms or 0 if pieces and (pieces[0].starts_ms or 0) >= _DAY_MS else 0
    turns = [
        msgspec.structs.replace(
            piece,
            starts_ms=_after(piece.starts_ms, first),
            ends_ms=_after(after.starts_ms, first) if after else None,
        )
        for piece, after in zip(pieces, [*pieces[1:], None])
    ]
    return transcript("stamped", lines, turns, left, "not_understood", structure=structure)


_DAY_MS = 5 * 3_600_000
"""A first time of five hours or more is a time of day: no recording begins in its sixth hour."""


def _after(at: int | None, first: int) -> int | None:
    return None if at is None or at < first else at - first


def _pieces(lines: list[str], left: list[Left], structure: set[int]) -> Iterator[Spoken]:
    """The pieces of speech; other lines are added to `left`, and the numbers of lines with only a time to
    `structure`."""
    now: _Stamp | None = None
    parts: list[str] = []
    began = last = 0
    stamps = [_stamp(line) for line in lines]
    repeated = repeated_names([line for line, stamp in zip(lines, stamps) if stamp is None])
    for number, (line, begins) in enumerate(zip(lines, stamps), 1):
        if not line.strip():
            continue
        if begins is None and is_notice(line):
            left.append(Left(number, line, "notice"))
            continue
        if begins is None and now and not now.stamped:
            begins = _named(line, now.at, repeated)
        if begins:
            if now and (now.name or any(parts)):
                yield _piece(now, parts, began, last)
            now, parts, began, last = begins, [begins.text], number, number
            if not begins.name and not begins.text:
                structure.add(number)
            if begins.aside:
                left.append(Left(number, begins.aside, "header"))
        elif now:
            parts.append(line)
            last = number
        else:
            left.append(Left(number, line, "preamble"))
    if now and (now.name or any(parts)):
        yield _piece(now, parts, began, last)


def _named(line: str, at: int, repeated: frozenset[str]) -> _Stamp | None:
    """A line below a time without a name, if it begins with a name (Google Meet)."""
    begin = line_begin(line, repeated)
    return _Stamp(at, begin.name, begin.text, offered=begin.offered, stamped=False) if begin else None


def _piece(now: _Stamp, parts: list[str], first: int, last: int) -> Spoken:
    text = " ".join(parts)
    return spoken(now.name, text, first, last, now.at, offered=now.offered, doubt="one_word")


STAMPED = TranscriptReader(
    form="stamped",
    accepts=N_("text with times"),
    sign=N_("At least one in five lines begins or ends with a time."),
    example="Ama Example  0:03\nHello.\n\nBao Sample  0:09\nThanks.",
    kept="names and times of Otter, Teams, Zoom, Google Meet, YouTube and chats; times of day count from the first",
    doubtful="a time without a name is of somebody unknown; a single word before a colon is offered; what stands "
    "before the first time, and notices of the program, are listed",
    recognises=recognises,
    read=lambda text, lines: read_stamped(lines),
)

"""Reads transcripts in which a line with a time begins each piece of speech: Otter (`Name  0:03`), the transcripts of
Teams, the saved captions of Zoom (`[Name] 16:57:02`), copies from YouTube (`0:04`), and lines that begin with a time
(`00:00:12 text`, also with a name between tabs, as in a saved chat)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from acquis.captions.line_names import is_known, is_notice, line_begin, repeated_names
from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Spoken, Transcript, Why, spoken, transcript
from acquis.i18n import N_
from acquis.text.folding import folded
from acquis.text.speaker_names import head

_TO = r"(?:[ ]*(?:-->|[-–—]|to)[ ]*\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)?"
_CLOCK = rf"(?P<time>\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:[.,]\d{{1,3}})?){_TO}"
_WORDS = (
    r"(?P<in_words>(?:(?P<hours>\d{1,2}) (?:hours?|heures?|horas?|Stunden?),? )?"
    r"(?:(?P<minutes>\d{1,2}) (?:minutes?|minutos?|Minuten?),? )?"
    r"(?P<seconds>\d{1,2}) (?:seconds?|secondes?|segundos?|Sekunden?))"
)
_LINES = (
    re.compile(rf"\[(?P<name>[^\[\]]{{1,80}})\][ \t]+{_CLOCK}[ \t]*"),
    re.compile(rf"(?P<name>[^\s\d:][^:\t]{{0,79}}?)(?:[ \u00a0]{{2,}}|\t[ \t]*){_CLOCK}[ \t]*"),
    re.compile(rf"(?P<name>[^\s\d:][^:\t]{{0,79}}?)[ \t]*[(\[]{_CLOCK}[)\]]:?[ \t]*"),
    re.compile(rf"(?P<name>[^\s\d:][^:\t]{{0,79}}?):?[ \t]*\[{_CLOCK}\]:?[ \t]*(?P<text>.*)"),
    re.compile(rf"(?P<name>[^\s\d:][^:\t]{{0,79}}?)[ ]{_CLOCK}"),
    re.compile(rf"[(\[]?{_CLOCK}[)\]]?[ \t]*"),
    re.compile(rf"(?:(?P<name>[^\s\d:][^:\t]{{0,79}}?)[ \u00a0]+)?{_WORDS}"),
    re.compile(
        rf"{_CLOCK}[ ]*\t?[ ]*(?P<from>From )(?P<name>[^:\t]{{1,80}}?)(?P<to> [Tt]o [^:\t]{{1,80}})?[ ]*:[ \t]*"
        r"(?P<text>.*)"
    ),
    re.compile(rf"{_CLOCK}[ ]*\t[ ]*(?P<name>[^:\t]{{1,80}}?)[ ]*:[ \t]*(?P<text>.*)"),
    re.compile(rf"[(\[]?{_CLOCK}[)\]]?(?:[ \t]*[-–—|])?[ \t]+(?P<text>\S.*)"),
    re.compile(rf"\[{_CLOCK}\](?P<text>\S.*)"),
)
"""A line with a time: a name and a time, a time alone, or a time and what is said."""
_BESIDE = _LINES[2:5]
"""Those in which words before a time may be no name ("We meet again (10:30)")."""
_TIME = re.compile(r"\d:\d\d|\d [sS]e[ckg][a-z]+\s*$")
"""What every line with a time has: most lines have none, and are passed over quickly."""
_QUOTED = re.compile(r"\s*(?:Replying to|Reacted to|Removed an? \S{1,20} reaction (?:from|to)) [\"“].*")
"""What a chat repeats of the words of somebody else."""
_PRIVATE = re.compile(
    rf"{_CLOCK}[ \t]+(?P<text>[^:]{{0,160}}\([^():]{{0,40}}(?i:dire[ck]?t|privat)[^():]{{0,40}}\)[ \u00a0]*:.*)"
)
"""A line of a chat to one person, in the languages that write "direct" or "private" between brackets."""
_EVERYBODY = ("everyone", "all panelists")
_SHARE, _FEWEST = 5, 2
"""A text has this form if at least one in five of its lines, and two, begin with a time."""


class _Stamp(NamedTuple):
    """A line with a time in milliseconds: the speaker and the text on the same line, empty if there is none; aside: to
    whom a line of a chat was sent; offered: a likely speaker; stamped: whether the speaker stands beside the time, so
    that the lines below are his or hers; private: a line of a chat that was not sent to everybody."""

    at: int
    name: str
    text: str
    aside: str = ""
    offered: str = ""
    stamped: bool = True
    private: bool = False


def _stamp(line: str) -> _Stamp | None:
    if _TIME.search(line) is None:
        return None
    bare = line.strip(" \ufeff")
    if match := _PRIVATE.fullmatch(bare):
        return _Stamp(_ms(match["time"]), "", match["text"], private=True)
    for pattern in _LINES:
        if match := pattern.fullmatch(bare):
            parts = match.groupdict(default="")
            name, text = parts.get("name", ""), parts.get("text", "")
            if pattern in _BESIDE and head(f"{name}: x", marked=pattern is not _BESIDE[2], mixed=True) is None:
                return None
            stamped = bool(name)
            if text.startswith("**"):
                text = text.replace("**", "", 2)
            if not name and text and (named := head(text, marked=False, mixed=True)):
                name, text = named
            aside = (parts.get("from", "") + parts.get("to", "")).strip()
            to = folded(parts.get("to", ""))
            private = bool(to) and not any(word in to for word in _EVERYBODY)
            return _Stamp(_at(parts), name, text, aside, stamped=stamped, private=private)
    return None


def _at(parts: dict[str, str]) -> int:
    if parts.get("in_words"):
        hours, minutes, seconds = (int(parts[unit] or 0) for unit in ("hours", "minutes", "seconds"))
        return 1000 * (3600 * hours + 60 * minutes + seconds)
    return _ms(parts["time"])


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
    stamps = _with_names([_stamp(line) for line in lines], lines)
    repeated = repeated_names([line if stamp is None else stamp.text for line, stamp in zip(lines, stamps)])
    for number, (line, stamp) in enumerate(zip(lines, stamps), 1):
        begins = stamp
        if not line.strip():
            continue
        if begins is None and (why := _aside(line, number, stamps, now)):
            left.append(Left(number, line, why))
            continue
        if begins and begins.private:
            if now and (now.name or any(parts)):
                yield _piece(now, parts, began, last)
            left.append(Left(number, line.strip(), "private"))
            now, parts = begins._replace(name="", stamped=True), []
            continue
        if begins is None and now and not now.stamped:
            begins = _named(line, now.at, repeated)
        elif begins and not begins.name and begins.text:
            begins = _named(begins.text, begins.at, repeated) or begins
        if begins:
            if now and (now.name or any(parts)):
                yield _piece(now, parts, began, last)
            if begins.aside and _QUOTED.match(begins.text):
                left.append(Left(number, f"{begins.name}: {begins.text}", "repeated"))
                begins = begins._replace(name="", text="")
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


def _aside(line: str, number: int, stamps: list[_Stamp | None], now: _Stamp | None) -> Why | None:
    """The reason why a line without a time is nobody's words: a notice, what a chat repeats, or the name that stands
    beside one of the next times again (Teams)."""
    if now and now.private:
        return "private"
    if is_notice(line):
        return "notice"
    if now and now.aside and _QUOTED.match(line):
        return "repeated"
    bare = line.strip()
    named = any(stamp and stamp.name == bare and stamp.stamped for stamp in stamps[number : number + 3])
    return "repeated" if named else None


def _with_names(stamps: list[_Stamp | None], lines: list[str]) -> list[_Stamp | None]:
    """The times, with the words beside them as names if nearly all of them are names above what is said."""
    after = [*lines[1:], ""]
    alone = [
        stamp is not None and stamp.text != "" and not stamp.name and stamps[n + 1 : n + 2] == [None] and after[n] != ""
        for n, stamp in enumerate(stamps)
    ]
    named = [above and stamp is not None and _is_name(stamp.text) for above, stamp in zip(alone, stamps)]
    texts = sum(stamp is not None and stamp.text != "" for stamp in stamps)
    if sum(named) < _FEWEST or 5 * sum(named) < 4 * texts:
        return stamps
    return [
        stamp._replace(name=stamp.text, text="", stamped=True) if stamp and speaks else stamp
        for stamp, speaks in zip(stamps, named)
    ]


def _is_name(text: str) -> bool:
    plain = text.rstrip("0123456789").rstrip()
    numbered = plain != text and len(plain.split()) == 1 and plain.istitle()  # "Intervenant 3"
    return numbered or is_known(text) or head(f"{text}: x", marked=False, mixed=True) is not None


def _named(line: str, at: int, repeated: frozenset[str]) -> _Stamp | None:
    """A text below or beside a time without a name, if it begins with a name (Google Meet)."""
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
    "before the first time, notices of the program, and what a chat repeats are listed; private messages of a chat are "
    "listed and never entered",
    recognises=recognises,
    read=lambda text, lines: read_stamped(lines),
)

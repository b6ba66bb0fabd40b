"""Reads logs of IRC and other chats, as the W3C takes its minutes: `<ama> text`, also with a time. A scribe writes what
others say (`<scribe> Ben: text`, `<scribe> ... and more`); in all other lines the author speaks."""

from __future__ import annotations

import re
from typing import NamedTuple

from acquis.captions.labels import is_bot, is_matter, is_people
from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Spoken, Transcript, Why, spoken, transcript
from acquis.i18n import N_
from acquis.text.folding import folded
from acquis.text.speaker_names import could_be_name

_CLOCK = r"(?:[\[(]?(?:\d{4}-\d\d-\d\d[T ])?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?Z?[\])]?[ \t]+)?"
_SAID = re.compile(rf"[ \t]*{_CLOCK}<[@+%~& ]?(?P<name>[^<>\s][^<>\n]{{0,40}})>[ \t]?(?P<text>.*)")
_EVENT = re.compile(
    rf"[ \t]*{_CLOCK}(?:\*{{1,3}}[ \t]|-!-|-->|<--|[^\s<>]{{1,40}} (?:\([^()]*\) )?has (?:joined|left|quit|changed)\b)"
)
_SCRIBE = re.compile(r"(?i)scribe(?:nick)?(?:[ \t]*[:=]|[ \t]*\+)[ \t]*(?P<names>\S.*)?|(?:i(?:'m| am) )?scribing\b")
_COMMAND = re.compile(
    r"(?i)(?:rrsagent|zakim|trackbot|agendabot|ghurlbot|github-bot|gb|tidoust|meetbot)\b\s*[,:]|"
    r"(?:present|regrets|q|queue|agenda|chair|scribe|scribenick|(?:previous |next )?meeting|date|topic|subtopic|issue|"
    r"action|repo)\s*[+\-=?:]|(?:ack|s|i)\s*[/|]|q\s*$|-?->\s|(?:ack|vote|draft minutes|make minutes)\b"
)
_NAMED = re.compile(r"(?P<name>[^\s:<>][^:<>\n]{0,50}?)[ \t]*:(?!//)[ \t]+(?P<text>.*)")
_GOES_ON = re.compile(r"(?:\.{2,}|…)[ \t]*")
_MOST_WORDS = 4


class _LogLine(NamedTuple):
    """The author of the words in a line: the speaker, the words, and whether the line continues what the scribe
    wrote."""

    name: str
    text: str
    goes_on: bool = False


def recognises(begin: str) -> bool:
    """Whether at least half of the lines have an author in angle brackets, and two have."""
    lines = [line for line in begin.split("\n") if line.strip()]
    said = sum(_SAID.fullmatch(line) is not None for line in lines)
    known = said + sum(_EVENT.match(line) is not None for line in lines)
    return said > 1 and 2 * known >= len(lines)


class _LogReading:
    def __init__(self, lines: list[str]) -> None:
        self.authors = {folded(match["name"]) for line in lines if (match := _SAID.fullmatch(line))}
        self.scribes = {"scribe"} if "scribe" in self.authors else set[str]()
        self.scribed = ""
        self.any_scribe = bool(self.scribes) or any(
            (match := _SAID.fullmatch(line)) and _SCRIBE.match(match["text"].strip()) for line in lines
        )

    def command(self, author: str, text: str) -> bool:
        """Whether a line is a command or a note of the minutes. Such a line may also name the scribe."""
        if scribe := _SCRIBE.match(text):
            names = [folded(name.strip()) for name in re.split(r"[,;]", scribe["names"] or "")]
            self.scribes |= {name for name in names if name} or {folded(author)}
        named = _NAMED.match(text)
        if _COMMAND.match(text) or scribe or (named and (is_matter(named["name"]) or is_people(*named.groups()))):
            self.scribed = ""
            return True
        return False

    def said(self, author: str, text: str) -> _LogLine:
        """The speaker of the words in a line."""
        if folded(author) in self.scribes:
            return self._written(text)
        named = _NAMED.match(text)
        if named and not self.any_scribe and _is_name(named["name"]):
            return _LogLine("", f"{author}: {text}")
        return _LogLine(author, text)

    def _written(self, text: str) -> _LogLine:
        """Reads a line of the scribe, who writes down what others say."""
        if goes_on := _GOES_ON.match(text):
            rest = text[goes_on.end() :]
            return _LogLine(self.scribed, rest if self.scribed else text, goes_on=bool(self.scribed))
        named = _NAMED.match(text)
        if named and _is_name(named["name"]):
            self.scribed = named["name"].strip()
            return _LogLine(self.scribed, named["text"])
        self.scribed = ""
        return _LogLine("", text)


def _is_name(name: str) -> bool:
    return could_be_name(name) and len(name.split()) <= _MOST_WORDS and name[-1].isalnum()


def read_irc(lines: list[str]) -> Transcript:
    """The turns of a log; a turn of a scribed speaker lasts until somebody else speaks."""
    reading = _LogReading(lines)
    turns: list[Spoken] = []
    left: list[Left] = []
    first: int | None = None
    for number, line in enumerate(lines, 1):
        match = _SAID.fullmatch(line)
        if match is None:
            if line.strip():
                left.append(Left(number, line, "procedure" if _EVENT.match(line) else "not_understood"))
            continue
        author, text = match["name"].strip(), match["text"].strip()
        why: Why | None = "notice" if is_bot(author) else None
        if why or not text or reading.command(author, text):
            left.append(Left(number, line, why or "procedure"))
            continue
        said = reading.said(author, text)
        at = _ms(match["time"])
        first = at if first is None else first
        starts = at - first if at is not None and first is not None and at >= first else None
        if folded(author) in reading.scribes:  # on each line, so that every letter of the file is somewhere
            left.append(Left(number, author, "identifier"))
        if said.goes_on and turns and turns[-1].speaker == said.name and turns[-1].last_line == number - 1:
            before = turns.pop()
            turns.append(spoken(said.name, f"{before.text} {said.text}", before.first_line, number, before.starts_ms))
        else:
            turns.append(spoken(said.name, said.text, number, number, starts))
    return transcript("irc", lines, turns, left, "not_understood")


def _ms(clock: str | None) -> int | None:
    if not clock:
        return None
    hours, minutes, seconds = (int(part) for part in f"{clock}:0:0".split(":")[:3])
    return ((hours * 60 + minutes) * 60 + seconds) * 1000


IRC = TranscriptReader(
    form="irc",
    accepts=N_("IRC logs"),
    sign=N_("Lines begin with an author in angle brackets."),
    example="14:02:11 <scribe> Ama: Hello.\n14:02:20 <bao> Thanks.",
    kept="the author of a line, or the speaker whom a scribe names; times since the first line",
    doubtful="a line of the scribe without a name, and a line with another name before a colon where no scribe is "
    "named, are of somebody unknown; commands, bots, topics and decisions are listed",
    recognises=recognises,
    read=lambda text, lines: read_irc(lines),
)

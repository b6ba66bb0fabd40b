"""The lines of a chat that a meeting program saved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from acquis.meetings.report import LONGEST_QUESTION, ChatLine, MeetingProgram
from acquis.text.folding import folded
from acquis.text.visible import cleaned

_ZOOM = re.compile(
    r"(?P<at>\d{1,2}:\d\d:\d\d)(?:\s+From\s+(?P<name>.+?)\s+to\s+(?P<to>[^:]+?)\s*:|[ ]*\t\s*(?P<plain>[^:\t]+):)"
    r"(?P<text>.*)",
    re.IGNORECASE,
)
"""The present form ("10:20:11 From Ama Example to Everyone:", the text below or behind) and the one with tabs. No
other: in a chat of another language, a message to one person would be taken for one to everybody."""
_QUOTED = re.compile(r"(?:Replying to|Reacted to|Removed an? \S{1,20} reaction (?:from|to)) [\"“].*")
"""What a chat repeats of the words of somebody else."""
_MEET_TIME = re.compile(r"(\d\d:\d\d:\d\d)\.\d{3},\d\d:\d\d:\d\d\.\d{3}")
_ASKS_FLOOR = re.compile(
    r"[\u270b\u270a\U0001f64b]|^\W*(?:q\+|hand(?: up| raised)?$|raises? (?:my )?hand\b|"
    r"(?:may|can|could) i (?:speak|come in|have the floor)\b)",
    re.IGNORECASE,
)
_QUESTION_MARKS = ("?", "\u061f", "\uff1f", "\u037e")


def zoom_chat(text: str) -> Iterator[ChatLine]:
    """The public lines of a saved chat of Zoom; direct messages are left out, and a reaction to another line too."""
    at, name, begin = "", "", 0
    parts: list[str] = []
    for number, line in enumerate([*text.split("\n"), "00:00:00\tEnd:"], 1):
        head = _ZOOM.match(line.strip())
        if head is None:
            parts.append(_own(line))
            continue
        if begin and (said := " ".join(" ".join(parts).split())):
            yield chat_line(begin, at, name, said)
        to = folded(head["to"] or "everyone")
        public = "everyone" in to or "all panelists" in to
        begin, at, parts = number if public and "(direct" not in to else 0, head["at"], [_own(head["text"])]
        name = " ".join((head["name"] or head["plain"] or "").split())


def _own(line: str) -> str:
    """A line of a message without the line of somebody else that it repeats."""
    bare = line.strip()
    return "" if _QUOTED.fullmatch(bare) else bare


def meet_chat(text: str) -> Iterator[ChatLine]:
    """The lines of a chat of Google Meet, which has the form of subtitles."""
    at, name, begin = "", "", 0
    parts: list[str] = []
    for number, line in enumerate([*text.split("\n"), "00:00:00.000,00:00:00.000"], 1):
        moment = _MEET_TIME.fullmatch(line.strip())
        if moment is None and begin:
            parts.append(line.strip())
        elif moment is None and at and ": " in line:
            name, _, said = line.partition(": ")
            begin, parts = number, [said.strip()]
        elif moment:
            if begin:
                yield chat_line(begin, at, name.strip(), " ".join(filter(None, parts)))
            at, begin = moment[1], 0


def chat_line(row: int, at: str, name: str, text: str) -> ChatLine:
    """A line of a chat, with what it reads like."""
    asks_floor = bool(_ASKS_FLOOR.search(text))
    text = cleaned(text)[:LONGEST_QUESTION]
    return ChatLine(row, at, name, text, asks_floor, not asks_floor and text.rstrip().endswith(_QUESTION_MARKS))


def chat_of(text: str) -> tuple[MeetingProgram | None, tuple[ChatLine, ...]]:
    """The program of a chat and its lines; none if it is no chat."""
    begin = text[:4000]
    if _MEET_TIME.search(begin):
        return "Meet", tuple(meet_chat(text))
    if any(_ZOOM.match(line.strip()) for line in begin.split("\n")):
        return "Zoom", tuple(zoom_chat(text))
    return None, ()

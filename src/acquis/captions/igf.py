"""Captions of the IGF and their like: one turn begins with `>>`, a name, or both; what follows belongs to it.

Copies come flat (all of it in one line), with the mark as the only border; with and without marks; with notices, time
stamps and page furniture between. Where `>>` stands without a name nobody is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from acquis.captions.names import MARK, head
from acquis.captions.turns import Left, Spoken, Transcript, Why, spoken, transcript

_NOTICE = re.compile(
    r"(?i)\*{3,}\s*$|(?:the following|this text|this is the output|output of).*caption|raw file|not be treated as|"
    r"may be incomplete or inaccurate|legacy site|you are here|skip to main content|"
    r"\(?end of (?:session|captions?)\)?\.?$"
)
_TIME = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?\s*(?:[ap]m|utc|gmt|cet)?[\])]?\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"(?=>>|»)")


class _Open:
    """The turn that is being read."""

    def __init__(self, name: str, text: str, line: int) -> None:
        self.name, self.parts, self.first, self.last = name, [text], line, line

    def closed(self) -> Spoken:
        return spoken(self.name, " ".join(self.parts), self.first, self.last)


def read(lines: list[str]) -> Transcript:
    """The turns of caption lines."""
    marked = any(">>" in line for line in lines)
    turns: list[Spoken] = []
    left: list[Left] = []
    now: _Open | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if (why := _aside(line)) is not None:
            left.append(Left(number, line, why))
            continue
        for begins, name, text in _pieces(line, mixed=not marked):
            if begins:
                if now is not None:
                    turns.append(now.closed())
                now = _Open(name, text, number)
            elif now is not None:
                now.parts.append(text)
                now.last = number
            else:
                left.append(Left(number, line, "preamble"))
    if now is not None:
        turns.append(now.closed())
    covered = {n for turn in turns for n in range(turn.first_line, turn.last_line + 1)}
    return transcript("igf", lines, turns, [one for one in left if one.line not in covered], "not_understood")


def _aside(line: str) -> Why | None:
    """A line that is nobody's: a notice, a time."""
    bare = line.strip()
    if len(bare) < 400 and ">>" not in bare and _NOTICE.match(bare):
        return "notice"
    return "time" if _TIME.match(bare) else None


def _pieces(line: str, mixed: bool) -> Iterator[tuple[bool, str, str]]:
    """A line cut at its marks: whether a piece begins a turn, whose, and its text."""
    for piece in _BEGINS.split(line):
        if not piece.strip():
            continue
        mark = MARK.match(piece)
        rest = piece[mark.end() :] if mark else piece
        found = head(rest, marked=mark is not None, mixed=mixed)
        if found is not None:
            yield True, *found
        elif mark is not None:
            yield True, "", rest
        else:
            yield False, "", piece

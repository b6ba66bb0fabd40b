"""Reads captions of the IGF and similar ones: a turn begins with `>>`, a name, or both.

Copies may have lost their line breaks, may have marks or none, and may contain notices, time stamps and parts of the
web page. If `>>` is not followed by a name, the speaker is left empty and not guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from acquis.captions.labels import is_matter, is_people
from acquis.captions.line_names import (
    LineBegin,
    asked,
    asks_and_answers,
    is_dense,
    is_notice,
    line_begin,
    repeated_names,
)
from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Spoken, Transcript, Why, spoken, transcript
from acquis.captions.verbatim import is_procedure, opens_tally
from acquis.i18n import N_
from acquis.text.speaker_names import MARK, could_be_name, head, is_role

_NOTICE = re.compile(
    r"(?i)\*{3,}\s*$|(?:the following|this text|this is the output|output of).*caption|raw file|not be treated as|"
    r"may be incomplete or inaccurate|legacy site|you are here|skip to main content|"
    r"\(?end of (?:session|captions?)\)?\.?$"
)
_TIME = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?\s*(?:[ap]m|utc|gmt|cet)?[\])]?\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"(?=>>|»)")
_ENDED = r"(?<=[.!?…)\]\"”’*\u2011\u2013-])\s+"
_NAMED = re.compile(rf"(?:^|{_ENDED})([^\s:.!?>»][^:.!?>»\n]{{0,79}}):(?=\s)")
_TITLE = r"(?i:H\.\s?E|mr|mrs|ms|dr|prof|amb|hon|st)\."
_TITLES = re.compile(rf"(?:{MARK.pattern})?\s*{_TITLE}(?:\s+{_TITLE}){{0,4}}\s*")
_FLAT = 1500
"""Average length of a line, in characters, from which a copy is considered to have lost its line breaks."""
_MOST_NAMES = 300


class _Open:
    """The turn that is currently being read."""

    def __init__(self, begin: LineBegin, line: int) -> None:
        self.name, self.parts, self.language = begin.name, [begin.text], begin.language
        self.offered = begin.offered
        self.first = self.last = line

    def closed(self) -> Spoken:
        return spoken(
            self.name,
            " ".join(self.parts),
            self.first,
            self.last,
            language=self.language,
            offered=self.offered,
            doubt="one_word",
        )


def read_igf(lines: list[str]) -> Transcript:
    """The turns of a transcript in the form of the captions of the IGF."""
    marked = any(">>" in line for line in lines)
    borders = _borders(lines, mixed=not marked)
    spaced = [f"{line} " if line.endswith((":", "：")) else line for line in lines]
    repeated = None if marked or borders else repeated_names(spaced)
    dense = repeated is not None and is_dense(lines)
    hearing = repeated is not None and asks_and_answers(lines)
    tally = False
    turns: list[Spoken] = []
    left: list[Left] = []
    current: _Open | None = None
    for number, line in enumerate(spaced, 1):
        if not line.strip():
            continue
        if (why := _aside(line)) is not None:
            left.append(Left(number, line, why))
            continue
        why = _of_the_minutes(line) if repeated is not None else None
        if tally and repeated is not None and why is None and line_begin(line, repeated) is None:
            why = "procedure"  # delegations that voted in one way
        else:
            tally = opens_tally(line)
        if why is not None:
            left.append(Left(number, line, why))
            if current is not None and why != "procedure":
                turns.append(current.closed())
                current = None
            continue
        side = asked(line) if hearing else None
        for begin, text in [(side, "")] if side else _pieces(line, not marked, borders, repeated, dense):
            if begin is not None:
                if current is not None:
                    turns.append(current.closed())
                current = _Open(begin, number)
                if begin.note:
                    left.append(Left(number, begin.note, "procedure"))
            elif current is not None:
                current.parts.append(text)
                current.last = number
            else:
                left.append(Left(number, text.strip(), "unattributed" if turns else "preamble"))
    if current is not None:
        turns.append(current.closed())
    return transcript("igf", lines, turns, left, "not_understood")


def _borders(lines: list[str], mixed: bool) -> re.Pattern[str] | None:
    """The expression at which to split the lines of a copy without line breaks: after the end of a sentence and before
    a name with a colon. A single word counts as a name only if it occurs in this way twice. None if the line breaks are
    intact."""
    filled = [line for line in lines if line.strip()]
    if sum(map(len, filled)) < _FLAT * len(filled) and len(filled) > 1:
        return None
    counts = Counter(name.strip() for line in filled for name in _NAMED.findall(line))
    known = [
        name
        for name, times in counts.most_common()
        if (times > 1 or " " in name or is_role(name)) and head(f"{name}: x", marked=False, mixed=mixed)
    ]
    names = "|".join(map(re.escape, known[:_MOST_NAMES]))
    return re.compile(rf"{_ENDED}(?=(?:{_TITLE}\s+){{0,5}}(?:{names}):\s)") if known else None


def _cut(part: str, borders: re.Pattern[str]) -> Iterator[str]:
    """A part of a line split at the borders; a title stays with its name."""
    title = ""
    for piece in borders.split(part):
        if _TITLES.fullmatch(piece):
            title += piece + " "
        else:
            yield title + piece
            title = ""
    if title:
        yield title


def _aside(line: str) -> Why | None:
    """The reason why a line is not speech: a notice or a time; None if it is speech."""
    bare = line.strip()
    if len(bare) < 400 and ">>" not in bare and (_NOTICE.match(bare) or is_notice(bare)):
        return "notice"
    return "time" if _TIME.match(bare) else None


def _of_the_minutes(line: str) -> Why | None:
    """The reason why a line of a record without marks is nobody's words; None if it may be speech."""
    if is_procedure(line):
        return "procedure"
    name, colon, text = line.strip().partition(":")
    if colon and text[:1].isspace() and is_people(name, text):
        return "header"
    ends = colon and (not text or text[0].isspace())
    return "label" if ends and is_matter(name) and could_be_name(name) else None


def _pieces(
    line: str, mixed: bool, borders: re.Pattern[str] | None, repeated: frozenset[str] | None, dense: bool
) -> Iterator[tuple[LineBegin | None, str]]:
    """The pieces of a line between marks and borders: with whom the piece begins, if it does, and its text. repeated:
    the names that begin several lines, of a copy without marks that still has its line breaks;
    dense: nearly all of its lines begin with one."""
    if repeated is not None:
        yield line_begin(line, repeated, dense), line
        return
    marks = _BEGINS.split(line)
    for piece in (piece for part in marks for piece in _cut(part, borders)) if borders else marks:
        if not piece.strip():
            continue
        mark = MARK.match(piece)
        rest = piece[mark.end() :] if mark else piece
        named = head(rest, marked=mark is not None, mixed=mixed)
        if named is not None:
            yield LineBegin(*named), rest
        elif mark is not None:
            yield LineBegin("", rest), rest
        else:
            yield None, piece


IGF = TranscriptReader(
    form="igf",
    accepts=N_("IGF captions"),
    sign=N_("No other form was recognized, so lines begin with >> or with a name and a colon."),
    example=">> AMA EXAMPLE: Hello.\n>> Thanks.",
    kept="States, offices and names that come back also without a mark; the language of a turn that is noted; copies "
    "without line breaks",
    doubtful="a mark without a name is somebody unknown; a single word before a colon is offered; notices, times and "
    "what the record says of the meeting and of votes, in the six languages of the United Nations, are listed",
    recognises=lambda begin: True,
    read=lambda text, lines: read_igf(lines),
)

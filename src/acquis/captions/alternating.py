"""Reads transcripts in which the speaker stands on a line of its own and the words below it, as in the transcripts of
the open-ended working groups of the United Nations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from acquis.captions.line_names import is_known, is_notice
from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Transcript, Why, spoken, transcript
from acquis.captions.verbatim import is_procedure
from acquis.i18n import N_
from acquis.text.speaker_names import head

_NAME = re.compile(r"[^\W\d_][^:.!?\d]{1,59}(?:\([^()]{1,40}\))?")
"""A line that may be a name: letters, without a colon, digits or the end of a sentence, but for titles below."""
_TITLE = re.compile(r"(?i)\b(?:h\.e|mr|mrs|ms|dr|prof|amb)\.")
_DATED = re.compile(r"[^.!?:]*\b(?:19|20)\d\d\b[^.!?:]{0,12}")
_MOST_WORDS, _LONGEST = 8, 200


class _Paragraph(NamedTuple):
    """Lines between empty ones, with the number of the first."""

    first: int
    lines: list[str]


_NOTHING = _Paragraph(0, [""])


class _NamedBlock:
    """A turn that is being read: the name above it, the lines, the numbers of the first and the last one, and who is
    offered where a line is not surely a name."""

    def __init__(self, name: str, parts: list[str], first: int, offered: str = "") -> None:
        self.name, self.parts, self.offered = name, parts, offered
        self.first = self.last = first


def _paragraphs(lines: list[str]) -> list[_Paragraph]:
    """The blocks of lines between empty lines; if there are no empty lines, every line is a block. Where most blocks of
    several lines begin with a line that may be a name, these lines are blocks of their own."""
    filled = [number for number, line in enumerate(lines, 1) if line.strip()]
    if filled and len(filled) == filled[-1] - filled[0] + 1:
        return [_Paragraph(number, [lines[number - 1]]) for number in filled]
    blocks: list[_Paragraph] = []
    last = 0
    for number in filled:
        if blocks and number == last + 1:
            blocks[-1].lines.append(lines[number - 1])
        else:
            blocks.append(_Paragraph(number, [lines[number - 1]]))
        last = number
    several = [block for block in blocks if len(block.lines) > 1]
    names = {block.lines[0].strip() for block in blocks if _may_be_a_name(_Paragraph(0, block.lines[:1]))}
    if not several or 2 * sum(block.lines[0].strip() in names for block in several) < len(several):
        return blocks
    return [part for block in blocks for part in _divided(block, names)]


def _divided(block: _Paragraph, names: set[str]) -> Iterator[_Paragraph]:
    """The block, with a block of its own for every line that is one of the names."""
    part: list[str] = []
    for number, line in enumerate([*block.lines, ""], block.first):
        if part and (not line or line.strip() in names or part[-1].strip() in names):
            yield _Paragraph(number - len(part), part)
            part = []
        part.append(line)


def _may_be_a_name(block: _Paragraph) -> bool:
    line = block.lines[0].strip()
    if len(block.lines) > 1 or len(line) > _LONGEST or line.count(" ") > _MOST_WORDS:
        return False
    line = _TITLE.sub(" ", line) if "." in line else line
    words = line.split()
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    high = [word for word in words if not word[0].islower()]
    named = _NAME.fullmatch(line.strip()) is not None
    many = 2 * len(high) > len(words)
    return (named and (many or head(f"{line}: x", marked=False, mixed=True) is not None)) or is_known(line.strip())


def _is_dated(block: _Paragraph) -> bool:
    """Whether a block is a day with its year, which stands below a title and is nobody's words."""
    line = block.lines[0].strip()
    return len(block.lines) == 1 and len(line.split()) <= _MOST_WORDS and _DATED.fullmatch(line) is not None


def _is_doubtful(block: _Paragraph) -> bool:
    """Whether a block that is no name is so short, without the end of a sentence, that it may be one all the same."""
    line = block.lines[0].strip()
    short = len(block.lines) == 1 and len(line.split()) <= _MOST_WORDS
    return short and not line[0].islower() and line[-1].isalnum()


def _names(blocks: list[_Paragraph]) -> tuple[set[int], set[int]]:
    """The numbers of the blocks that are names, and of those that are headings. Names may be names, have words below
    them, and the same name or at least three others like it stand above words. Of several blocks in a row that may be
    names, those are names that are known as such, and never two in a row: the others are answers of a word ("Yes"), or
    headings."""
    may = [_may_be_a_name(block) and not _is_dated(after) for block, after in zip(blocks, [*blocks[1:], _NOTHING])]
    counts = Counter(block.lines[0].strip() for block, named in zip(blocks, may) if named)
    above = {block.lines[0].strip() for block, named, words in zip(blocks, may, may[1:]) if named and not words}
    sure = [
        named and ((counts[line] > 1 and line in above) or is_known(line))
        for named, line in zip(may, (block.lines[0].strip() for block in blocks))
    ]
    names: set[int] = set()
    headings: set[int] = set()
    first = 0
    while first < len(blocks):
        last = first
        while last < len(blocks) and may[last]:
            last += 1
        names |= _chosen(sure, first, last if last < len(blocks) else last - 1)
        title = last - first == 2 and last < len(blocks) and not sure[first]
        if title and len(blocks[first].lines[0].split()) > 1:
            headings.add(first)
        first = max(last, first + 1)
    counts = Counter(blocks[n].lines[0].strip() for n in names)
    return (names, headings) if max(counts.values(), default=0) > 1 or len(names) > 3 else (set(), set())


def _chosen(sure: list[bool], first: int, last: int) -> set[int]:
    """Which of the blocks from `first` to before `last`, which may all be names, are names: the last one, above words,
    and of the others as many sure ones as can be, then as many as can be, no two in a row."""
    before, now = 0, 0
    takes: list[bool] = []
    for n in range(first, last):
        worth = before + (4 if sure[n] else 1)
        takes.append(n == last - 1 or worth >= now)
        before, now = now, worth if takes[-1] else now
    chosen: set[int] = set()
    n = last - 1
    while n >= first:
        if takes[n - first]:
            chosen.add(n)
            n -= 1
        n -= 1
    return chosen


def recognises(begin: str) -> bool:
    """Whether at least a third of the blocks are names on a line of their own above words."""
    blocks = _paragraphs(begin.split("\n"))
    return ">>" not in begin and 3 * len(_names(blocks)[0]) >= max(len(blocks), 1) and len(blocks) > 3


def read_alternating(lines: list[str]) -> Transcript:
    """The turns of such a transcript; a turn lasts until the next name."""
    blocks = _paragraphs(lines)
    names, headings = _names(blocks)
    spaced = len(blocks) < len(lines) - 1
    turns: list[_NamedBlock] = []
    left: list[Left] = []
    for number, block in enumerate(blocks):
        line = block.lines[0]
        last = block.first + len(block.lines) - 1
        if number in names:
            turns.append(_NamedBlock(line, [], block.first))
        elif number in headings or (len(block.lines) == 1 and (is_procedure(line) or is_notice(line))):
            why: Why = "heading" if number in headings else "procedure" if is_procedure(line) else "notice"
            left.append(Left(block.first, line, why))
        elif turns and spaced and 0 < number < len(blocks) - 1 and number - 1 not in names and _is_doubtful(block):
            turns.append(_NamedBlock("", [line], block.first, line.strip()))
        elif turns:
            turns[-1].parts += block.lines
            turns[-1].last = last
        else:
            left += [Left(block.first + n, line, "preamble") for n, line in enumerate(block.lines)]
    said = [
        spoken(turn.name, " ".join(turn.parts), turn.first, turn.last, offered=turn.offered, doubt="one_word")
        for turn in turns
    ]
    return transcript("alternating", lines, said, left, "not_understood")


ALTERNATING = TranscriptReader(
    form="alternating",
    accepts=N_("names on lines of their own"),
    sign=N_("At least one in three paragraphs is a name on a line of its own."),
    example="Ama Example\n\nHello.\n\nBao Sample\n\nThanks.\n\nAma Example\n\nBye.",
    kept="names, States and offices as written",
    doubtful="a line between paragraphs that is no name goes on with the turn",
    recognises=recognises,
    read=lambda text, lines: read_alternating(lines),
)

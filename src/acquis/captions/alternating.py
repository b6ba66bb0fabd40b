"""Reads transcripts in which the speaker stands on a line of its own and the words below it, as in the transcripts of
the open-ended working groups of the United Nations."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from acquis.captions.line_names import is_notice, is_procedure
from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Transcript, spoken, transcript
from acquis.i18n import N_
from acquis.text.speaker_names import head

_NAME = re.compile(r"[^\W\d_][^:.!?\d]{1,59}(?:\([^()]{1,40}\))?")
"""A line that may be a name: letters, without a colon, digits or the end of a sentence, but for titles below."""
_TITLE = re.compile(r"(?i)\b(?:h\.e|mr|mrs|ms|dr|prof|amb)\.")
_MOST_WORDS = 8


class _Paragraph(NamedTuple):
    """Lines between empty ones, with the number of the first."""

    first: int
    lines: list[str]


def _paragraphs(lines: list[str]) -> list[_Paragraph]:
    """The blocks of lines between empty lines; if there are no empty lines, every line is a block."""
    if all(line.strip() for line in lines if line != lines[-1]):
        return [_Paragraph(number, [line]) for number, line in enumerate(lines, 1) if line.strip()]
    blocks: list[_Paragraph] = []
    open_ = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            open_ = False
        elif open_:
            blocks[-1].lines.append(line)
        else:
            blocks.append(_Paragraph(number, [line]))
            open_ = True
    return blocks


def _may_be_a_name(block: _Paragraph) -> bool:
    line = block.lines[0].strip()
    line = _TITLE.sub(" ", line) if "." in line else line
    words = line.split()
    if len(block.lines) > 1 or not 0 < len(words) <= _MOST_WORDS:
        return False
    high = [word for word in words if not word[0].islower()]
    return _NAME.fullmatch(line.strip()) is not None and (
        2 * len(high) > len(words) or head(f"{line}: x", marked=False, mixed=True) is not None
    )


def _names(blocks: list[_Paragraph]) -> tuple[set[int], set[int]]:
    """The numbers of the blocks that are names, and of those that are headings. Names may be names, have words below
    them, and the same name or at least three others like it stand above words. Of several blocks in a row that may be
    names, every second is one, counted from the words below: the others are answers of a word ("Yes"), or headings."""
    may = [_may_be_a_name(block) for block in blocks]
    names: set[int] = set()
    headings: set[int] = set()
    first = 0
    while first < len(blocks):
        last = first
        while last < len(blocks) and may[last]:
            last += 1
        top = last - 1 if last < len(blocks) else last - 2
        names |= set(range(top, first - 1, -2))
        if last - first == 2 and last < len(blocks) and len(blocks[first].lines[0].split()) > 1:
            headings.add(first)
        first = max(last, first + 1)
    counts = Counter(blocks[n].lines[0].strip() for n in names)
    return (names, headings) if max(counts.values(), default=0) > 1 or len(names) > 3 else (set(), set())


def recognises(begin: str) -> bool:
    """Whether at least a third of the blocks are names on a line of their own above words."""
    blocks = _paragraphs(begin.split("\n"))
    return ">>" not in begin and 3 * len(_names(blocks)[0]) >= max(len(blocks), 1) and len(blocks) > 3


def read_alternating(lines: list[str]) -> Transcript:
    """The turns of such a transcript; a turn lasts until the next name."""
    blocks = _paragraphs(lines)
    names, headings = _names(blocks)
    turns: list[tuple[str, list[str], int, int]] = []
    left: list[Left] = []
    for number, block in enumerate(blocks):
        if number in names:
            turns.append((block.lines[0], [], block.first, block.first))
        elif number in headings or (len(block.lines) == 1 and (is_procedure(block.lines[0]))):
            left.append(Left(block.first, block.lines[0], "heading" if number in headings else "procedure"))
        elif len(block.lines) == 1 and is_notice(block.lines[0]):
            left.append(Left(block.first, block.lines[0], "notice"))
        elif turns:
            who, parts, first, _ = turns[-1]
            turns[-1] = (who, [*parts, *block.lines], first, block.first + len(block.lines) - 1)
        else:
            left += [Left(block.first + n, line, "preamble") for n, line in enumerate(block.lines)]
    said = [spoken(who, " ".join(parts), first, last) for who, parts, first, last in turns]
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

"""Reads transcripts in which the speaker stands on a line of its own and the words below it, as in the transcripts of
the open-ended working groups of the United Nations."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from acquis.captions.reader import TranscriptReader
from acquis.captions.turns import Left, Transcript, spoken, transcript
from acquis.i18n import N_

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
    line = _TITLE.sub(" ", block.lines[0].strip())
    words = line.split()
    high = [word for word in words if not word[0].islower()]
    return (
        len(block.lines) == 1
        and 0 < len(words) <= _MOST_WORDS
        and _NAME.fullmatch(line.strip()) is not None
        and 2 * len(high) > len(words)
    )


def _names(blocks: list[_Paragraph]) -> set[int]:
    """The numbers of the blocks that are names: they may be, words follow, and the same name or at least three others
    like it stand above words."""
    above = {n for n, (block, after) in enumerate(pairwise(blocks)) if _may_be_a_name(block)}
    above = {n for n in above if n + 1 not in above}
    counts = Counter(blocks[n].lines[0].strip() for n in above)
    return above if max(counts.values(), default=0) > 1 or len(above) > 3 else set()


def recognises(begin: str) -> bool:
    """Whether at least a third of the blocks are names on a line of their own above words."""
    blocks = _paragraphs(begin.split("\n"))
    return ">>" not in begin and 3 * len(_names(blocks)) >= max(len(blocks), 1) and len(blocks) > 3


def read_alternating(lines: list[str]) -> Transcript:
    """The turns of such a transcript; a turn lasts until the next name."""
    blocks = _paragraphs(lines)
    names = _names(blocks)
    turns: list[tuple[str, list[str], int, int]] = []
    left: list[Left] = []
    for number, block in enumerate(blocks):
        if number in names:
            turns.append((block.lines[0], [], block.first, block.first))
        elif turns:
            who, parts, first, _ = turns[-1]
            turns[-1] = (who, [*parts, *block.lines], first, block.first + len(block.lines) - 1)
        else:
            left += [Left(block.first + n, line, "preamble") for n, line in enumerate(block.lines)]
    said = [spoken(who, " ".join(parts), first, last) for who, parts, first, last in turns]
    return transcript("alternating", lines, said, left, "not_understood")


ALTERNATING = TranscriptReader(
    "alternating", N_("names on lines of their own"), recognises, lambda text, lines: read_alternating(lines)
)

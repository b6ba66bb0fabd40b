"""Cuts a text into its sentences."""

from __future__ import annotations

from collections.abc import Iterator

import regex

_SHORT = r"(?:Mr|Ms|Mrs|Dr|Prof|No|[Pp]aras?|vs|e\.g|i\.e|St|\p{Lu})"
"""Words with a period that ends no sentence; the last is an initial."""
_END = regex.compile(rf"(?<=[.!?][”\"»)]?)(?<!\b{_SHORT}\.)\s+(?=[\p{{Lu}}“\"«\d(])")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, in order. A new line begins a sentence."""
    for line in text.splitlines():
        yield from filter(None, (part.strip() for part in _END.split(line)))


_BREAK = regex.compile(rf"{_END.pattern}|(?<=[.!?؟।]\s)(?=\p{{Lo}})|(?<=[。\uFF01\uFF1F])(?=.)|(?<=\n)(?=.)")


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end, as offsets in order, the last at the end of the text; the blanks after a
    sentence belong to it. Also in scripts without capital letters."""
    return [*(match.end() for match in _BREAK.finditer(text)), len(text)]

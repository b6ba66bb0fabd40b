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

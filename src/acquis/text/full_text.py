"""Full-text search in any script: preparing texts and queries for SQLite FTS5, and marking the matches in a text."""

from __future__ import annotations

import functools

import regex

from acquis.text.caches import text_cache
from acquis.text.folding import folded
from acquis.text.scripts import HANGUL, UNSPACED

_APART = regex.compile(rf"([{UNSPACED}{HANGUL}])")
"""Letters of scripts without blanks between words, and Korean; each is indexed as a word."""
_WORD = regex.compile(r"\w+")


def spaced(text: str) -> str:
    """The text with blanks around each letter that is indexed as a word."""
    return _APART.sub(r" \1 ", text)


def query(words: str) -> str:
    """The FTS5 query for the first 200 characters of what a person typed: all words must match, those of three or more
    letters as prefixes. A word with punctuation inside is a phrase; quotation marks and operators have no meaning."""
    return " ".join(_phrase(word) for word in folded(words[:200]).split() if _WORD.search(word))


def _phrase(word: str) -> str:
    parts = _WORD.findall(spaced(word))
    begins = "*" if len(parts[-1]) > 2 else ""
    return f'"{" ".join(parts)}"{begins}'


def marked(text: str, words: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it matches one of the words; empty if a word does not match."""
    plain, origin = mapped(text)
    spans: list[tuple[int, int]] = []
    for word in folded(words[:200]).split():
        parts = _WORD.findall(spaced(word))
        if not parts:
            continue
        matches = [match.span() for match in _pattern(tuple(parts)).finditer(plain)]
        if not matches:
            return []
        spans += matches
    return _pieces(text, sorted((origin[a], origin[b - 1] + 1) for a, b in spans)) if spans else []


def mapped(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index in the text."""
    letters, origin = [], []
    for at, letter in enumerate(text):
        for plain in _letter(letter):
            letters.append(plain)
            origin.append(at)
    return "".join(letters), origin


@functools.lru_cache(maxsize=20_000)
def _letter(letter: str) -> str:
    return folded(letter)


@text_cache(256)
def _pattern(parts: tuple[str, ...]) -> regex.Pattern[str]:
    begin = "" if _APART.match(parts[0]) else r"(?<!\w)"
    end = "" if len(parts[-1]) > 2 or _APART.match(parts[-1]) else r"(?!\w)"
    return regex.compile(begin + r"[\W_]*".join(map(regex.escape, parts)) + end)


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces, at = [], 0
    for begin, end in spans:
        if begin < at:
            begin = min(at, end)
        if begin > at:
            pieces.append((text[at:begin], False))
        if end > begin:
            pieces.append((text[begin:end], True))
        at = max(at, end)
    return [*pieces, (text[at:], False)] if at < len(text) else pieces

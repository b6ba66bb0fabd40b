"""Full text: how words are indexed and asked for, in any script, and where they stand in a text."""

from __future__ import annotations

import functools

import regex

from acquis.text.caches import text_cache
from acquis.text.folding import folded
from acquis.text.scripts import HANGUL, UNSPACED

_APART = regex.compile(rf"([{UNSPACED}{HANGUL}])")
"""Letters of scripts that are written without blanks between words; each is searched as a word of its own."""
_WORD = regex.compile(r"\w+")


def spaced(text: str) -> str:
    """`text` with blanks around the letters of scripts that have none between words."""
    return _APART.sub(r" \1 ", text)


def query(words: str) -> str:
    """What a person typed, for the full text: every word must be there, long ones as beginnings; signs within a word
    make a phrase of it; quotation marks and operators mean nothing."""
    return " ".join(_phrase(word) for word in folded(words[:200]).split() if _WORD.search(word))


def _phrase(word: str) -> str:
    parts = _WORD.findall(spaced(word))
    begins = "*" if len(parts[-1]) > 2 else ""
    return f'"{" ".join(parts)}"{begins}'


def marked(text: str, words: str) -> list[tuple[str, bool]]:
    """`text` in pieces, those that fit the words marked; empty where one of the words is not in it."""
    plain, origin = _mapped(text)
    spans: list[tuple[int, int]] = []
    for word in folded(words[:200]).split():
        parts = _WORD.findall(spaced(word))
        if not parts:
            continue
        found = [match.span() for match in _pattern(tuple(parts)).finditer(plain)]
        if not found:
            return []
        spans += found
    return _pieces(text, sorted((origin[a], origin[b - 1] + 1) for a, b in spans)) if spans else []


def _mapped(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each letter of it the place it came from."""
    letters, origin = [], []
    for at, letter in enumerate(text):
        for one in _letter(letter):
            letters.append(one)
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

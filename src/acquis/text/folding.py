"""Words as they are searched: without case and accents, without the many forms one letter has, in any script."""

from __future__ import annotations

import functools
import re
import unicodedata

UNSPACED = re.compile(r"([\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])")
"""Letters of scripts that are written without blanks between words; each is searched as a word of its own."""
_ALIKE = str.maketrans(
    {
        "\u0649": "\u064a",  # alef maksura, written for yeh
        "\u0629": "\u0647",  # teh marbuta, written as heh
        "\u0640": "",  # tatweel only stretches a word
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "\u0131": "i",  # the Turkish i without a dot
        "æ": "ae",
    }
)


def folded(text: str) -> str:
    """`text` in the form in which words are compared."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_ALIKE)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def spaced(text: str) -> str:
    """`text` with blanks around the letters of scripts that have none between words."""
    return UNSPACED.sub(r" \1 ", text)


def query(words: str) -> str:
    """What a person typed, for the full text: every word must be there, long ones as beginnings; signs within a word
    make a phrase of it; quotation marks and operators mean nothing."""
    return " ".join(_phrase(word) for word in folded(words[:200]).split() if re.search(r"\w", word))


def _phrase(word: str) -> str:
    parts = re.findall(r"\w+", spaced(word))
    begins = "*" if len(parts[-1]) > 2 else ""
    return f'"{" ".join(parts)}"{begins}'


def marked(text: str, words: str) -> list[tuple[str, bool]]:
    """`text` in pieces, those that fit the words marked; empty where one of the words is not in it."""
    plain, origin = _mapped(text)
    spans: list[tuple[int, int]] = []
    for word in folded(words[:200]).split():
        parts = re.findall(r"\w+", spaced(word))
        if not parts:
            continue
        found = [match.span() for match in re.finditer(_pattern(tuple(parts)), plain)]
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


@functools.lru_cache(maxsize=256)
def _pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    begin = "" if UNSPACED.match(parts[0]) else r"(?<!\w)"
    end = "" if len(parts[-1]) > 2 or UNSPACED.match(parts[-1]) else r"(?!\w)"
    return re.compile(begin + r"[\W_]*".join(map(re.escape, parts)) + end)


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

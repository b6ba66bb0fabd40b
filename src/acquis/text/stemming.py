"""Stems: what the forms of a word have in common ("attributed", "attribution"), by the stemmers of Snowball."""

from __future__ import annotations

import functools
from typing import Protocol

import regex
import snowballstemmer

from acquis.text.caches import LONGEST_WORD, word_cache
from acquis.text.scripts import language_of

_ALGORITHMS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
_LETTERS = regex.compile(r"[^\W\d_]+")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  # named so in the library


@functools.cache
def _stemmer(language: str) -> _Stemmer:
    found: _Stemmer = snowballstemmer.stemmer(_ALGORITHMS[language])
    return found


def stem(word: str, language: str = "en") -> str:
    """The stem of a folded word (see `acquis.text.folding`). Words in Cyrillic and in Arabic letters go to the stemmers
    of Russian and Arabic, others to that of the language, or of English where there is none. What holds anything but
    letters is its own stem, and so is what is too long for a word.

    Source: Porter, "Snowball: a language for stemming algorithms" (2001)."""
    return _stem(word, language) if len(word) <= LONGEST_WORD else word


@word_cache(20_000)
def _stem(word: str, language: str) -> str:
    if not _LETTERS.fullmatch(word):
        return word
    if not word.isascii():
        language = language_of(word, language)
        if language == "ar" and word.endswith("\u0647"):
            word = word[:-1] + "\u0629"  # folding wrote the ending of the feminine, which the stemmer knows, as heh
    return _stemmer(language if language in _ALGORITHMS else "en").stemWord(word)

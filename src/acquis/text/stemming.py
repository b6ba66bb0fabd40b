"""Stems of words ("attributed", "attribution"), by the Snowball stemmers."""

from __future__ import annotations

from typing import Protocol

import regex
import snowballstemmer

from acquis.text.caches import LONGEST_WORD, word_cache
from acquis.text.scripts import language_of

_ALGORITHMS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
_LETTERS = regex.compile(r"[^\W\d_]+")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  # named so in the library


def _stemmer(language: str) -> _Stemmer:
    """A stemmer for one word. It keeps the word that it reads in its own fields: threads would change each other's
    words, and a stemmer that is kept would hold a text that was erased since."""
    stemmer: _Stemmer = snowballstemmer.stemmer(_ALGORITHMS[language])
    return stemmer


def stem(word: str, language: str = "en") -> str:
    """The stem of a folded word (see `acquis.text.folding`). Cyrillic and Arabic words use the Russian and Arabic
    stemmers, others that of `language`, or the English one if there is none. A word with other characters than letters
    or with more than `LONGEST_WORD` of them is its own stem.

    Source: Porter, "Snowball: a language for stemming algorithms" (2001)."""
    return _stem(word, language) if len(word) <= LONGEST_WORD else word


@word_cache(20_000)
def _stem(word: str, language: str) -> str:
    if not _LETTERS.fullmatch(word):
        return word
    if not word.isascii():
        language = language_of(word, language)
        if language == "ar" and word.endswith("\u0647"):
            word = word[:-1] + "\u0629"  # the stemmer expects teh marbuta, which folding replaces by heh
    return _stemmer(language if language in _ALGORITHMS else "en").stemWord(word)

"""Which language a text is tagged with, judged by its script alone, and what a document can hold of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from acquis.charts.bars import NO_XML
from acquis.i18n import N_, say

_SCRIPTS = {
    "ar": re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "ru": re.compile("[\u0400-\u052f]"),
    "zh": re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\u1100-\u11ff\uac00-\ud7af]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "el": re.compile("[\u0370-\u03ff]"),
}
_SHARED = {"ar": {"fa", "ur", "ps", "ckb"}, "ru": {"uk", "bg", "sr", "mk", "be", "kk", "mn"}, "hi": {"ne", "mr"}}
"""Other languages of the same script: a document in one of them keeps its own tag."""
_FROM_THE_RIGHT = {"ar", "he", "fa", "ur", "ps", "ckb"}
_NAMES = {
    "ARABIC": N_("Arabic"),
    "CJK": N_("Chinese characters"),
    "CYRILLIC": N_("Cyrillic"),
    "DEVANAGARI": N_("Devanagari"),
    "FULLWIDTH": N_("Chinese characters"),
    "GREEK": N_("Greek"),
    "HANGUL": N_("Korean"),
    "HEBREW": N_("Hebrew"),
    "HIRAGANA": N_("Japanese"),
    "IDEOGRAPHIC": N_("Chinese characters"),
    "KATAKANA": N_("Japanese"),
    "LATIN": N_("Latin"),
    "THAI": N_("Thai"),
}
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows, also beyond the text they stand in."""


def language_of(text: str, language: str) -> str:
    """The tag of a text in a document of some language: by the script of most of its letters. Languages of one script
    are not told apart: such a text has the tag of the document. A text without letters has it too."""
    plain = language.partition("-")[0]
    letters = sum(map(str.isalpha, text))
    if not letters:
        return plain
    found = {tag: len(script.findall(text)) for tag, script in _SCRIPTS.items()} if not text.isascii() else {}
    # Japanese is written with Chinese characters, too, but Chinese never with kana.
    if found.get("ja"):
        found["ja"] += found.pop("zh")
    tag = max(found, key=lambda script: found[script]) if found else ""
    if tag and 2 * found[tag] >= letters:
        return plain if plain in _SHARED.get(tag, ()) else tag
    return "en" if plain in _SCRIPTS or any(plain in group for group in _SHARED.values()) else plain


def from_the_right(language: str) -> bool:
    """Whether a language is written from right to left."""
    return language.partition("-")[0] in _FROM_THE_RIGHT


def one_line(text: str) -> str:
    """A text in one line, without the characters that no XML can carry, and without marks that would turn the writing
    around it (those of single letters stay)."""
    return " ".join(_TURNING.sub("", NO_XML.sub("", text)).split())


def scripts_of(glyphs: Iterable[str], language: str) -> tuple[str, ...]:
    """The names of the scripts of these characters, each once; what has no name here is "other signs"."""
    first = {unicodedata.name(one, "").partition(" ")[0] for text in glyphs for one in text}
    return tuple(sorted({say(language, _NAMES.get(name, N_("other signs"))) for name in first}))

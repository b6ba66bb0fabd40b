"""Scripts: what is written in which, from which side, and how wide it is."""

from __future__ import annotations

import functools

import regex
from babel import Locale, UnknownLocaleError

CJK = r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc"
"""Chinese and Japanese, whose signs are words or parts of words of their own. For a character class."""
UNSPACED = CJK + r"\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Khmer}"
"""Scripts that have no blanks between words."""
HANGUL = r"\p{Script=Hangul}"
"""Korean: blanks stand between words, but particles stand behind a word without one."""
EAST_ASIAN_SIGNS = r"\p{Block=CJK_Symbols_And_Punctuation}\p{Block=Halfwidth_And_Fullwidth_Forms}"
"""Punctuation of East Asia and the wide forms of Latin letters."""

_LANGUAGES = {
    "ar": r"\p{Script=Arabic}",
    "he": r"\p{Script=Hebrew}",
    "ru": r"\p{Script=Cyrillic}",
    "zh": r"\p{Script=Han}",
    "ja": r"[\p{Script=Hiragana}\p{Script=Katakana}\u30fc]",
    "ko": r"\p{Script=Hangul}",
    "hi": r"\p{Script=Devanagari}",
    "th": r"\p{Script=Thai}",
    "el": r"\p{Script=Greek}",
}
_SCRIPTS = {tag: regex.compile(letters) for tag, letters in _LANGUAGES.items()}
_SHARED = {"ar": {"fa", "ur", "ps", "ckb"}, "ru": {"uk", "bg", "sr", "mk", "be", "kk", "mn"}, "hi": {"ne", "mr"}}
"""Other languages of the same script: a document in one of them keeps its own tag."""
_NAMED = ("Arabic", "Cyrillic", "Devanagari", "Greek", "Hangul", "Hebrew", "Hiragana", "Katakana", "Latin", "Thai")
_NAMES = {
    **{name: regex.compile(rf"\p{{Script={name}}}") for name in _NAMED},
    "Han": regex.compile(rf"[\p{{Script=Han}}{EAST_ASIAN_SIGNS}]"),
}
_EUROPEAN = r"\x00-\u052f\u1e00-\u21ff"
OTHER_SIGNS = regex.compile(rf"\p{{Block=Arrows}}+|[^{_EUROPEAN}]+(?: +[^{_EUROPEAN}]+)*")
"""Signs that a face for European texts may not have: arrows, and scripts beyond Latin, Greek and Cyrillic."""
_WIDE = regex.compile(r"[\p{East_Asian_Width=Wide}\p{East_Asian_Width=Fullwidth}]")
_NO_WIDTH = regex.compile(r"[\p{Mn}\p{Cf}]")


def language_of(text: str, language: str) -> str:
    """The tag of a text in a document of some language: by the script of most of its letters. Languages of one script
    are not told apart: such a text has the tag of the document. A text without letters has it too."""
    plain = language.partition("-")[0]
    letters = sum(map(str.isalpha, text))
    if not letters:
        return plain
    counts = {tag: len(script.findall(text)) for tag, script in _SCRIPTS.items()} if not text.isascii() else {}
    # Japanese is written with Chinese characters, too, but Chinese never with kana.
    if counts.get("ja"):
        counts["ja"] += counts.pop("zh")
    tag = max(counts, key=lambda tag: counts[tag]) if counts else ""
    if tag and 2 * counts[tag] >= letters:
        return plain if plain in _SHARED.get(tag, ()) else tag
    return "en" if plain in _SCRIPTS or any(plain in group for group in _SHARED.values()) else plain


@functools.lru_cache(maxsize=256)
def right_to_left(language: str) -> bool:
    """Whether a language ("ar", "fa-IR") is written from right to left. One that CLDR does not know is not."""
    try:
        return Locale(language.partition("-")[0].lower()).text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False


def script_of(sign: str) -> str:
    """The Unicode name of the script of a character, of those that documents name ("Arabic"); "Han" also for the
    punctuation of East Asia, empty for any other."""
    return next((name for name, script in _NAMES.items() if script.match(sign)), "")


def ems(text: str, letter: float) -> float:
    """About how wide a text is, in ems: 1 for a wide sign of East Asia, 0 for a mark or an unseen sign, `letter` for
    any other."""
    if text.isascii():
        return letter * len(text)
    unseen, wide = len(_NO_WIDTH.findall(text)), len(_WIDE.findall(text))
    return wide + letter * (len(text) - unseen - wide)

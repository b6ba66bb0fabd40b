"""Scripts: their characters, their direction, and the width of text."""

from __future__ import annotations

import functools

import regex

CJK = r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc"
"""Chinese and Japanese characters, for a character class."""
UNSPACED = CJK + r"\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Khmer}"
"""Scripts without blanks between words."""
HANGUL = r"\p{Script=Hangul}"
"""Korean, which has blanks between words but not before particles."""
EAST_ASIAN_SIGNS = r"\p{Block=CJK_Symbols_And_Punctuation}\p{Block=Halfwidth_And_Fullwidth_Forms}"
"""East Asian punctuation and full-width forms of Latin letters."""

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
"""Language -> other languages of the same script. A document in one of them keeps its tag."""
_NAMED = ("Arabic", "Cyrillic", "Devanagari", "Greek", "Hangul", "Hebrew", "Hiragana", "Katakana", "Latin", "Thai")
_NAMES = {
    **{name: regex.compile(rf"\p{{Script={name}}}") for name in _NAMED},
    "Han": regex.compile(rf"[\p{{Script=Han}}{EAST_ASIAN_SIGNS}]"),
}
_EUROPEAN = r"\x00-\u052f\u1e00-\u21ff"
OTHER_SIGNS = regex.compile(rf"\p{{Block=Arrows}}+|[^{_EUROPEAN}]+(?: +[^{_EUROPEAN}]+)*")
"""Characters that a European font may not have: arrows, and scripts other than Latin, Greek and Cyrillic."""
_WIDE = regex.compile(r"[\p{East_Asian_Width=Wide}\p{East_Asian_Width=Fullwidth}]")
_TALL = regex.compile(
    "|".join(
        rf"\p{{Script={name}}}"
        for name in ("Arabic", "Bengali", "Devanagari", "Khmer", "Myanmar", "Tamil", "Telugu", "Thai", "Tibetan")
    )
)
_NO_WIDTH = regex.compile(r"[\p{Mn}\p{Cf}]")


def has_tall_letters(text: str) -> bool:
    """Whether a text has letters of a script whose letters are much higher or deeper than those of Latin."""
    return bool(_TALL.search(text))


def language_of(text: str, language: str) -> str:
    """The language tag of a text in a document in `language`, by the script of most of its letters. If the script fits
    the language of the document, or if there are no letters, it is the tag of the document."""
    plain = language.partition("-")[0]
    letters = sum(map(str.isalpha, text))
    if not letters:
        return plain
    counts = {tag: len(script.findall(text)) for tag, script in _SCRIPTS.items()} if not text.isascii() else {}
    # Japanese uses Chinese characters too, but Chinese never uses kana.
    if counts.get("ja"):
        counts["ja"] += counts.pop("zh")
    tag = max(counts, key=lambda tag: counts[tag]) if counts else ""
    if tag and 2 * counts[tag] >= letters:
        return plain if plain in _SHARED.get(tag, ()) else tag
    return "en" if plain in _SCRIPTS or any(plain in group for group in _SHARED.values()) else plain


@functools.lru_cache(maxsize=256)
def right_to_left(language: str) -> bool:
    """Whether a language ("ar", "fa-IR") is written from right to left; False if CLDR does not have it."""
    plain = language.partition("-")[0].lower()
    if plain == "en":
        return False

    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # slow to load, and most texts do not need it

    try:
        return Locale(plain).text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False


def script_of(sign: str) -> str:
    """The Unicode name of the script of a character ("Arabic"), if documents name that script; "Han" also for East
    Asian punctuation; otherwise empty."""
    return next((name for name, script in _NAMES.items() if script.match(sign)), "")


def ems(text: str, letter: float) -> float:
    """The approximate width of a text in ems: 1 for a wide East Asian character, 0 for a combining or invisible one,
    `letter` for any other."""
    if text.isascii():
        return letter * len(text)
    unseen, wide = len(_NO_WIDTH.findall(text)), len(_WIDE.findall(text))
    return wide + letter * (len(text) - unseen - wide)

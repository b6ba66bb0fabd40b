"""Finds and masks names in running text.

A name is found in upper or lower case, with or without accents, with given and family name in either order, with an
initial, with a case ending, joined as in a hashtag, and between any punctuation. A name that is also an ordinary word
("Will", "Hope") is found if it is capitalized. Invisible characters and spelling variants of German and Nordic letters
("ue", "aa") are ignored. A word that was taken apart or disguised is read as one (`respelling.py`). In doubt a word is
masked.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator

import msgspec
import regex

from acquis.text.caches import MB, TextCache
from acquis.text.folding import decomposed
from acquis.text.name_lexicon import COMMON, COMPOUND, GENERIC, HONORIFICS, TITLES
from acquis.text.respelling import readings
from acquis.text.scripts import CJK, EAST_ASIAN_SIGNS, HANGUL, UNSPACED

KNOWN = 100_000
"""The most cached texts and the most cached words."""
MASK = "[…]"
"""The replacement of a name."""

_BLANKLESS = UNSPACED + HANGUL + EAST_ASIAN_SIGNS
_LOCAL = rf"[^\W{_BLANKLESS}]|[.%+\-]"
_ADDRESS = regex.compile(rf"(?<!{_LOCAL})(?:{_LOCAL})*+[@\uff20](?=\w)[^\s<>{_BLANKLESS}]+")
"""The search begins at the beginning of a word only: a word without an end is read once."""
_NEAR = regex.compile(r"[\s\-\u2010\u2011'’.,·/&]{0,3}")
"""What may separate the words of a name."""
_HAN = regex.compile(f"[{CJK}{HANGUL}]")
"""Scripts in which a name may be next to other words without a blank."""
_SPACELESS = regex.compile(f"[{UNSPACED}]")
_RUN = regex.compile(r"[\p{Lu}\p{Ll}\p{Lt}]+|[^ \p{Lu}\p{Ll}\p{Lt}]+")
"""A run of letters of scripts with case, or of scripts without; words of both may be adjacent without a blank."""
_NO_LETTER = regex.compile(r"[^\p{L}\p{M}\p{Cf}]|\p{Block=Spacing_Modifier_Letters}")
_VOWEL_SIGN = regex.compile(r"\p{Mc}|(?=[\u0900-\u1cff])\p{Mn}")
"""Vowel signs of Indic and South-East Asian scripts, which are letters of a word; a virama, with a combining class, is
not."""
_UNSEEN = regex.compile(r"\p{Cf}")
_BEFORE = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ف", "ب", "ل", "ك", "\u05d5", "ה", "ב", "ל", "מ", "ש", "כ")
"""Arabic and Hebrew prefixes that are written together with the next word."""


def _sound(word: str) -> str:
    """The word with spelling variants unified: "mueller" and "muller", "aasen" and "asen"."""
    return _WIDE.sub(r"\1", word) if "e" in word or "aa" in word else word


_WIDE = re.compile(r"([aou])e|(?<=a)a")
_COMMON, _GENERIC, _TITLES = (frozenset(map(_sound, words)) for words in (COMMON, GENERIC, TITLES))


class _Word(msgspec.Struct, frozen=True):
    """A folded word of a text, from index `at` to `end` (exclusive). `high`: it begins with a capital, or its script
    has no case (`cased`)."""

    text: str
    at: int
    end: int
    high: bool
    cased: bool
    first: bool
    """Whether it begins a sentence."""


class Names:
    """Finds and masks the names of people and organizations in texts. `never`: phrases that are not names, such as the
    groups of participants."""

    def __init__(self, people: Iterable[str], organizations: Iterable[str] = (), never: Iterable[str] = ()) -> None:
        people = sorted({name for name in people if name.strip()})
        bodies = sorted({name for name in organizations if name.strip()})
        nobody = {_phrase(phrase) for phrase in never}
        self.parts: set[str] = set()
        """Parts of names in scripts with case."""
        self.uncased: set[str] = set()
        """Parts of names in scripts without case."""
        self.bodies: set[str] = set()
        """Distinctive words of organizations, and their abbreviations."""
        phrases: set[tuple[str, ...]] = set()
        joined: set[str] = set()
        inside: set[str] = set()
        """Names in scripts without blanks, which are found inside a run of characters."""
        for name in people:
            self._person(name, phrases, joined, inside)
        for body in bodies:
            self._body(body, nobody, phrases, inside)
        self.phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            self.phrases.setdefault(phrase[0], []).append(phrase)
        self._joined = _any_of(joined)
        self._in_body = _any_of({body for body in self.bodies if len(body) > 6 and body not in _COMMON})
        capitals = "|".join(sorted({name for name in map(str.strip, bodies) if re.fullmatch(r"[A-Z]{2}", name)}))
        self._capitals = re.compile(rf"\b(?:{capitals})\b") if capitals else None
        """Organizations of two letters, which are recognized only in capitals."""
        self._inside = _any_of(inside)
        self._stems = _stems(self.parts | self.bodies)
        self._known: TextCache[str, str] = TextCache(KNOWN, 32 * MB)
        """Text -> masked text, because a growing log is masked repeatedly."""
        self._judged: TextCache[tuple[str, bool, bool], bool] = TextCache(KNOWN, 16 * MB)

    def __bool__(self) -> bool:
        return bool(self.parts or self.uncased or self.bodies or self.phrases or self._inside or self._capitals)

    def held_by(self, text: str) -> bool:
        """Whether a text contains one of the names, or an e-mail address or handle."""
        return self.masked(text) != text

    def masked(self, text: str) -> str:
        """The text with `MASK` in place of each name and address; adjacent names share one mask."""
        return self._known.get(text, lambda: self._masked(text))

    def _masked(self, text: str) -> str:
        spans = sorted(self._spans(text)) if text else []
        if not spans:
            return text
        whole = [spans[0]]
        for at, end in spans[1:]:
            before = whole[-1]
            if at <= before[1] or _NEAR.fullmatch(text, before[1], at):
                whole[-1] = (before[0], max(end, before[1]))
            else:
                whole.append((at, end))
        kept = itertools.pairwise([0, *itertools.chain(*whole), len(text)])
        return MASK.join(text[at:end] for at, end in itertools.islice(kept, 0, None, 2))

    # --- preparing the names ---

    def _person(self, name: str, phrases: set[tuple[str, ...]], joined: set[str], inside: set[str]) -> None:
        words = [word for word in _words(name) if word.text not in _TITLES]
        parts = [word.text for word in words if len(word.text) > 1]
        if len(words) > 1 and parts:
            phrases.update((tuple(word.text for word in words), tuple(word.text for word in reversed(words))))
        self.parts |= {word.text for word in words if word.cased and len(word.text) > 1}
        capitalized = ["".join(word.text for word in _words(part)) for part in name.split() if part[0].isupper()]
        self.parts |= {part for part in capitalized if len(part) > 3} - _TITLES  # "ONeil" is O'Neil
        joined |= {"".join(pair) for pair in itertools.permutations(parts, 2) if len("".join(pair)) > 6}
        joined |= {word.text for word in words if word.cased and len(word.text) > 6 and word.text not in _COMMON}
        for word in words:
            if not word.cased:
                self._uncased(name[word.at : word.end], word.text, len(words), inside)

    def _uncased(self, written: str, part: str, of: int, inside: set[str]) -> None:
        if _HAN.search(written):
            inside |= set(_han(unicodedata.normalize("NFC", written), of))
        elif _SPACELESS.search(written):
            inside |= {part} if len(part) > 2 else set()
        elif len(part) > 1:
            self.uncased |= {part} | ({part[2:]} if part.startswith("ال") and len(part) > 5 else set())

    def _body(self, body: str, nobody: set[tuple[str, ...]], phrases: set[tuple[str, ...]], inside: set[str]) -> None:
        for piece in re.split(r"[(),;/|]|\s[-–—]\s", body):
            words = _words(piece)
            phrase = tuple(word.text for word in words)
            phrase = phrase[1:] if phrase[:1] == ("the",) else phrase
            if not phrase or phrase in nobody:
                continue
            if _HAN.search(piece) or _SPACELESS.search(piece):
                inside |= {"".join(phrase)} if len(unicodedata.normalize("NFC", piece.strip())) > 2 else set()
                continue
            self.bodies |= {w.text for w in words if w.cased and len(w.text) > 3 and w.text not in _GENERIC}
            if len(phrase) > 1:
                phrases.add(phrase)
            elif phrase[0] not in _GENERIC and len(phrase[0]) > 2:
                (self.bodies if phrase[0] in _COMMON or len(phrase[0]) < 4 else self.parts).add(phrase[0])
            self.bodies |= _initials(piece, words)

    # --- finding the names ---

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        yield from (address.span() for address in _ADDRESS.finditer(text))
        if not self:
            return
        if self._capitals is not None:
            yield from (match.span() for match in self._capitals.finditer(text))
        # Invisible characters may be inside a word or between two words.
        for hidden in (True, False) if _hides(text) else (True,):
            folded, places = _folded(text, hidden)
            words = list(_split(text, folded, places))
            yield from self._in_words(text, words)
            if self._inside is not None:
                for match in self._inside.finditer(folded):
                    yield places[match.start()], _end(text, places[match.end() - 1])
        for reading, at in readings(text):
            for begin, end in self._in_words(reading, _words(reading)):
                yield at[begin], at[end - 1] + 1

    def _in_words(self, text: str, words: list[_Word]) -> Iterator[tuple[int, int]]:
        for place, word in enumerate(words):
            if self._names(word):
                yield (_with_initials(text, words, place), word.end)
            for phrase in self._begun(word):
                rest = words[place : place + len(phrase)]
                if tuple(part.text for part in rest[1:]) == phrase[1:] and _one_name(text, rest):
                    yield word.at, rest[-1].end

    def _begun(self, word: _Word) -> list[tuple[str, ...]]:
        phrases = self.phrases.get(word.text, [])
        if not word.cased and not phrases:
            bare = next((word.text[len(prefix) :] for prefix in _BEFORE if word.text.startswith(prefix)), "")
            return self.phrases.get(bare, [])
        return phrases

    def _names(self, word: _Word) -> bool:
        def judge() -> bool:
            return self._names_cased(word) if word.cased else self._names_uncased(word.text)

        return self._judged.get((word.text, word.high, word.first), judge)

    def _names_cased(self, word: _Word) -> bool:
        text = word.text
        if text in self.parts:
            if len(text) < 3:
                return word.high and not (word.first and text in _COMMON)
            return word.high or text not in _COMMON
        if word.high and text in self.bodies:
            return True
        if len(text) > 6 and self._joined is not None and self._joined.search(text):
            return True
        if word.high and self._in_body is not None and self._in_body.search(text):
            return True
        longest = 5 if not text.isascii() else 3
        return word.high and any(
            text[:length] in self._stems and len(text) - length <= longest - (0 if text.isascii() else 1)
            for length in range(max(len(text) - longest, 4), len(text))
        )

    def _names_uncased(self, text: str) -> bool:
        if text in self.uncased:
            return True
        for part in self.uncased:
            if len(part) > 3:
                if part in text and len(text) - len(part) <= 4:
                    return True
            elif any(text == prefix + part for prefix in _BEFORE):
                return True
        return False


def _one_name(text: str, words: list[_Word]) -> bool:
    """Whether the words are adjacent, and at least one is capitalized or no ordinary word."""
    adjacent = all(_NEAR.fullmatch(text, a.end, b.at) for a, b in itertools.pairwise(words))
    return adjacent and any(word.high or word.text not in _COMMON for word in words)


def _any_of(names: set[str]) -> re.Pattern[str] | None:
    listed = sorted(names - {""}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, listed))) if listed else None


def _stems(parts: set[str]) -> frozenset[str]:
    """The stems that a case ending may follow; for names in Cyrillic and Greek also without their last vowel."""
    whole = {part for part in parts if len(part) > 3 and part not in _COMMON}
    bent = {part[:-1] for part in whole if not part.isascii() and len(part) > 4 and part[-1] in "аеёиоуыэюяьйαεηιουωςσ"}
    return frozenset(whole | bent)


def _han(written: str, of: int) -> Iterator[str]:
    """The folded forms of a name in Han, Kana or Hangul: the full name, the given name, the family name with a title.
    `of`: the number of words of the name."""
    if len(written) > 1:
        yield _fold(written)
    compound = next((name for name in COMPOUND if written.startswith(name)), "")
    family = compound or written[:1]
    given = written[len(family) :] if of == 1 and len(written) < 5 else ""
    if len(given) > 1:
        yield _fold(given)
    for title in HONORIFICS if of == 1 or len(written) == 1 else ():
        yield _fold(family + title)
    if of == 1 and not compound:
        yield from (_fold(prefix + family) for prefix in ("小", "老", "阿"))


def _initials(piece: str, words: list[_Word]) -> set[str]:
    """The acronyms of a name: "International Grid Institute" -> "igi"; with lower-case words "mofa" and "mfa"."""
    if not all(word.cased for word in words):
        return set()
    capitals = "".join(word.text[0] for word in words if word.high)
    letters = "".join(word.text[0] for word in words)
    return {short for short in (capitals, letters) if len(short) > 2 and len(capitals) > 2} - _COMMON


def _with_initials(text: str, words: list[_Word], place: int) -> int:
    """The index where a name begins, including the initials before it ("Z. Muster", "O'Muster")."""
    begin = words[place].at
    for word in (words[n] for n in range(place - 1, -1, -1)):
        if not (word.cased and word.high and len(word.text) == 1 and _NEAR.fullmatch(text, word.end, begin)):
            break
        if text[word.end : begin].strip(" ") not in (".", "", "-", "'", "’"):
            break
        if word.text in ("i", "a") and "." not in text[word.end : begin]:
            break
        begin = word.at
    return begin


# --- letters ----------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=65536)
def _letter(sign: str) -> str:
    """The folded letters of a character; "" for a modifier or an invisible character, a blank for any other."""
    letters = ""
    for letter in decomposed(sign):
        if _NO_LETTER.match(letter):
            letters += " "
        elif letter.isalpha() or (_VOWEL_SIGN.match(letter) and not unicodedata.combining(letter)):
            letters += letter
    return letters


def _hides(text: str) -> bool:
    return not text.isascii() and _UNSEEN.search(text) is not None


def _folded(text: str, hidden: bool = True) -> tuple[str, list[int]]:
    """The folded letters of a text, with blanks for other characters, and for each its index in the text. Invisible
    characters are removed (`hidden`) or become blanks."""
    if text.isascii():
        return "".join(sign if sign.isalpha() else " " for sign in text.lower()), list(range(len(text)))
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        plain = _letter(sign)
        if not plain and not hidden and _UNSEEN.match(sign):
            plain = " "
        letters.extend(plain)
        places.extend([place] * len(plain))
    return "".join(letters), places


def _fold(text: str) -> str:
    return _folded(text)[0].replace(" ", "")


def _words(text: str) -> list[_Word]:
    return list(_split(text, *_folded(text)))


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in _words(text))


def _split(text: str, folded: str, places: list[int]) -> Iterator[_Word]:
    for match in _RUN.finditer(folded):
        at, last = places[match.start()], places[match.end() - 1]
        sign = text[at]
        cased = match[0][0].upper() != match[0][0]
        before = text[max(at - 4, 0) : at].rstrip()[-1:]
        high = not cased or sign.isupper() or sign.istitle()
        yield _Word(
            _sound(match[0]) if cased else match[0],
            at,
            _end(text, last),
            high,
            cased,
            before in ("", ".", "!", "?", ":", "\n", "“", '"'),
        )


def _end(text: str, last: int) -> int:
    """The index after a letter and the accents and invisible characters that follow it."""
    end = last + 1
    while end < len(text) and not _letter(text[end]):
        end += 1
    return end

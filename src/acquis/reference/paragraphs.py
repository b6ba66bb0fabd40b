"""Parses paragraph references ("para. 13 (j)", "paras 24-33", "paragraphs 71(a) to 71(g)", "§ 13") and writes them in a
uniform way.

A range is stored as its first and last place; a list is a tuple of ranges. `plain_signs` normalizes text without
changing its length, so that offsets in the result are valid in the original text.
"""

from __future__ import annotations

import bisect
import itertools
import re

import msgspec

from acquis.text.plain_text import plain_signs


class Place(msgspec.Struct, frozen=True, order=True):
    """A paragraph or a part of it: 13 (j) is number 13, letters ("j",); 5 (a) (ii) is number 5, letters ("a", "ii")."""

    number: int
    letters: tuple[str, ...] = ()


class Range(msgspec.Struct, frozen=True, order=True):
    """From a place to a place, both included; for a single place both are the same."""

    first: Place
    last: Place


class Cited(msgspec.Struct, frozen=True):
    """A paragraph reference in running text, from offset `start` to before `end`."""

    start: int
    end: int
    ranges: tuple[Range, ...]


_LETTERS = r"(?:\s?\(\s?(?-i:[a-z]{1,5})\s?\)){1,3}"  # lower case only: "para 77 (M)" is a note and not a part
_NUMBER = (
    r"\d{1,3}(?![\d/]|\s/)"
    rf"(?:{_LETTERS}|[a-z](?![a-z\d])|\s[b-hj-z](?![\w'])|\s[a-z](?=\s?-\s?[a-z](?![a-z\d])))?"
)  # a letter after a blank may be a word: "para 13 a state may ..."
_ITEM = rf"(?:{_NUMBER}|{_LETTERS}|(?<=-)\s?[a-z](?![a-z\d]))"
_TO = r"\s{0,2}(?:-|\bto\b|\bthrough\b)\s{0,2}"
_AND = r"\s{0,2}(?:,\s{0,2}and\b|,|\band\b|\bor\b|&)\s{0,2}"
_MANY = rf"{_NUMBER}(?:(?:{_TO}|{_AND}){_ITEM}){{0,40}}"
_ONE = (
    rf"{_NUMBER}(?:{_TO}{_ITEM}|{_AND}{_LETTERS}){{0,20}}"  # after a singular, "para 13, 14 states" cites one paragraph
)
_FLAGS = re.IGNORECASE | re.ASCII
_CITED = re.compile(
    r"(?<!\w)(?<!preambular\s)(?:(?:operative|op\.?)\s{1,2})?"
    rf"(?:(?:paragraphs|paras\.?|¶¶|§§|OPs)\s{{0,2}}(?P<many>{_MANY})"
    rf"|(?:paragraph|para\.?|¶|§|OP)\s{{0,2}}(?P<one>{_ONE}))",
    _FLAGS,
)
_BARE = re.compile(_MANY, _FLAGS)
_SPLIT = re.compile(rf"({_TO}|{_AND})", _FLAGS)
_SUB = re.compile(r"[a-z]+", _FLAGS)
_ROMAN = re.compile(r"[ivx]+")


def find_paras(text: str) -> list[Cited]:
    """All paragraph references in running text that begin with "para", "paragraph", "§", "¶" or "OP", in order.

    Preambular paragraphs are left out, because they are numbered separately."""
    hits = _CITED.finditer(plain_signs(text))
    return [Cited(hit.start(), hit.end(), _ranges(hit["many"] or hit["one"])) for hit in hits]


def parse_paras(text: str) -> tuple[Range, ...]:
    """The reference that makes up the whole text, with or without "para."; empty if it is none ("annex I")."""
    line = plain_signs(text).strip()
    cited, bare = (
        _CITED.match(line),
        _BARE.match(line),
    )  # not fullmatch, which would backtrack over all ways to match blanks
    if cited and cited.end() == len(line):
        return _ranges(cited["many"] or cited["one"])
    return _ranges(line) if bare and bare.end() == len(line) else ()


def paras_text(ranges: tuple[Range, ...]) -> str:
    """Ranges in the form in which they are cited: "13(j)", "24-33", "71(a)-(g)", "7, 8"."""
    return ", ".join(map(_range_text, ranges))


def _range_text(cited: Range) -> str:
    first, last = cited.first, cited.last
    if first == last:
        return _place_text(first)
    same = first.number == last.number and first.letters and last.letters
    return f"{_place_text(first)}-{_place_text(last).removeprefix(str(last.number)) if same else _place_text(last)}"


def _place_text(place: Place) -> str:
    return str(place.number) + "".join(f"({letter})" for letter in place.letters)


def _ranges(refs: str) -> tuple[Range, ...]:
    items = _SPLIT.split(refs)
    ranges: list[Range] = []
    number = 0
    for between, item in zip(["", *items[1::2]], items[::2]):
        digits = re.match(r"\s?(\d*)", item)
        number = int(digits[1]) if digits and digits[1] else number
        new = _places(number, [letters.lower() for letters in _SUB.findall(item)])
        if re.search(r"-|to|through", between, _FLAGS) and ranges:
            new[0] = Range(ranges.pop().first, new[0].last)
        ranges += new
    return tuple(ranges)


def _places(number: int, letters: list[str]) -> list[Range]:
    """The places of a number with letters: (a) (ii) is a part of a part, (e) (f) is a range, (b) (d) are two parts."""
    if len(letters) < 2 or (all(map(_ROMAN.fullmatch, letters[1:])) and not _follow(letters)):
        place = Place(number, tuple(letters))
        return [Range(place, place)]
    places = [Place(number, (letter,)) for letter in letters]
    return [Range(places[0], places[-1])] if _follow(letters) else [Range(place, place) for place in places]


def _follow(letters: list[str]) -> bool:
    return all(len(a + b) == 2 and ord(b) == ord(a) + 1 for a, b in itertools.pairwise(letters))


# The paragraphs and the year that are given next to a symbol in running text.

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATED = re.compile(
    rf"\s{{0,2}}(?:\((?:(?:\d{{1,2}}\s)?{_MONTH}\s)?(?P<a>(?:19|20)\d\d)\)"
    rf"|(?:of|dated|adopted\son|adopted\sin)\s(?:(?:\d{{1,2}}\s)?{_MONTH}\s)?(?P<b>(?:19|20)\d\d)\b(?![/-])"
    rf"|,\s(?:\d{{1,2}}\s)?{_MONTH}\s(?P<c>(?:19|20)\d\d)\b)",
    _FLAGS,
)
_BEFORE_PARAS = re.compile(r"[\s,;:(\[]{0,3}(?:(?:at|see|in(?:\sits)?)\s)?", _FLAGS)
_AFTER_PARAS = re.compile(
    r"\s(?:of|in|to|from)\s(?:(?:the|its|UN|GGE|OEWG|United Nations|General Assembly|\d{4}|final|consensus"
    r"|report|document|doc\.?|resolution|decision)\s){0,6}\(?",
    _FLAGS,
)
_LINK = 90  # maximum number of characters between paragraphs and the symbol that follows


def year_beside(line: str, end: int) -> tuple[int, int]:
    """The year given directly after offset `end` of a text from `plain_signs` ("of 10 March 2016", "(2015)"), and the
    offset where it ends; 0 and `end` if there is none. A year in another context ("was used in 2016") does not
    count."""
    hit = _DATED.match(line, end)
    return (int(hit["a"] or hit["b"] or hit["c"]), hit.end()) if hit else (0, end)


def paras_beside(line: str, spans: list[tuple[int, int]]) -> dict[int, Cited]:
    """Index in `spans` -> the paragraphs given directly after the span, or else directly before it ("para 13(j) of
    ..."). spans: (start, end) offsets in a text from `plain_signs`, in order and without overlap."""
    cited = find_paras(line)
    starts = [mention.start for mention in cited]
    adjacent: dict[int, Cited] = {}
    for at, (start, end) in enumerate(spans):
        place = bisect.bisect_left(starts, end)
        gap = _BEFORE_PARAS.match(line, year_beside(line, end)[1])
        if place < len(cited) and gap and cited[place].start == gap.end():
            adjacent[at] = cited[place]
        elif place and _joins(line, cited[place - 1].end, start):
            adjacent[at] = cited[place - 1]
    return adjacent


def _joins(line: str, end: int, start: int) -> bool:
    return 0 <= start - end <= _LINK and _AFTER_PARAS.fullmatch(line, end, start) is not None

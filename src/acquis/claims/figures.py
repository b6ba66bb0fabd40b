"""The rules for figures in what a speaker said: swapped digits, a bound that does not fit, and a share of another
whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from acquis.claims.altered import is_of_rest, is_told
from acquis.claims.facts import Facts, Token, tokens
from acquis.claims.lexicon import Lexicon, fraction_of, value_of
from acquis.claims.reading import ReadSentence, plain
from acquis.claims.verdicts import ClaimVerdict
from acquis.text.sentences import sentences

NEAR_BASE = 3
"""The whole of a share is among so many words after it."""
FEWEST_TELLING = 10
"""A number of this size or more identifies what a sentence is about. A smaller one is too common."""
_AT_LEAST, _AT_MOST = ("above", "least"), ("below", "most")


def figure_verdicts(read: ReadSentence, _facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the figures in a sentence that retells what a speaker said."""
    spoken = [piece for piece in read.cited if piece.kind in ("turn", "line")]
    if not spoken or len(spoken) < len(read.cited):
        return
    parts = {part: piece.entry for piece in spoken for text in piece.texts for part in sentences(text)}
    stems = {token.stem for token in tokens(read.text) if token.is_content}
    yield from _permuted(parts, read, words)
    for text, entry in parts.items():
        if is_of_rest(text, read, words):
            continue
        wrong = _beyond(text, read, words) or _other_base(text, read, words) if is_told(text, stems, words) else ""
        if wrong := wrong or _replaced(text, read, words):
            rule = "share" if wrong in words.fractions or words.percent.search(wrong) else "count"
            yield ClaimVerdict(rule, "fails", wrong, "words", {"text": text}, (entry,))


def _permuted(parts: dict[str, int], read: ReadSentence, words: Lexicon) -> Iterator[ClaimVerdict]:
    """A figure that nobody said and whose digits are those of a figure that the sentence lacks; empty if there is
    none."""
    said = {text: _values(text, words) for text in parts}
    everything = set().union(*said.values())
    here = _values(read.text, words)
    for value, written in here.items():
        for text, known in said.items() if value not in everything else ():
            others = (other for other in known if other not in here and other != value)
            if any(_digits(other) == _digits(value) for other in others):
                yield ClaimVerdict("count", "fails", written, "words", {"text": text}, (parts[text],))
                return


def _values(text: str, words: Lexicon) -> dict[float, str]:
    listed = words.number.finditer(plain(text))
    return {value_of(words, match[0]): text[match.start() : match.end()] for match in listed}


def _digits(value: float) -> list[str]:
    """The digits of a number of two or more digits, sorted. A number that ends in 0 may have lost the zero."""
    return sorted(f"{value:g}".replace(".", "")) if value >= 10 or value % 1 else [f"{value:g}"]


def _replaced(text: str, read: ReadSentence, words: Lexicon) -> str:
    """The figure of a sentence in the place of which the text has another, if a second figure is common to both; or
    empty."""
    known, here = _values(text, words), _values(read.text, words)
    if not any(value >= FEWEST_TELLING for value in known.keys() & here.keys()):
        return ""
    there = {(counted.stem, value_of(words, match[0])) for match, counted in _counted(text, words)}
    for match, token in _counted(read.text, words):
        before = read.low[: match.start()].rstrip()
        if any(hit.end() == len(before) for limit in words.bounds.values() for hit in limit.finditer(before)):
            continue
        others = {value for counted, value in there if counted == token.stem}
        if others and value_of(words, match[0]) not in (1, *known):
            return match[0]
    parts = {whole: part for part, whole in _parts_of(text, words)}
    pairs = _parts_of(read.text, words)
    return next((f"{part:g}" for part, whole in pairs if parts.get(whole, part) != part), "")


def _parts_of(text: str, words: Lexicon) -> list[tuple[float, float]]:
    """The numbers of a text that give a part of a whole ("14 of 52")."""
    low = plain(text)
    pairs = pairwise(words.number.finditer(low))
    return [
        (value_of(words, first[0]), value_of(words, second[0]))
        for first, second in pairs
        if words.out_of.fullmatch(low[first.end() : second.start()].strip())
    ]


def _beyond(text: str, read: ReadSentence, words: Lexicon) -> str:
    """The figure of a sentence that is a bound on the same things and does not hold for the figure of the text; or
    empty."""
    for match, token in _counted(read.text, words):
        known = [value_of(words, other[0]) for other, counted in _counted(text, words) if counted.stem == token.stem]
        bound, before = value_of(words, match[0]), read.low[: match.start()].rstrip()
        ends = {
            side: any(hit.end() == len(before) for name in side for hit in words.bounds[name].finditer(before))
            for side in (_AT_LEAST, _AT_MOST)
        }
        low, high = ends[_AT_LEAST] and known and max(known) < bound, ends[_AT_MOST] and known and min(known) > bound
        if low or high:
            return read.text[match.start() : match.end()]
    return ""


def _counted(text: str, words: Lexicon) -> Iterator[tuple[regex.Match[str], Token]]:
    """The numbers of a text, each with the word directly after it."""
    listed = tokens(text)
    for match in words.number.finditer(plain(text)):
        token = next((token for token in listed if token.at >= match.end()), None)
        if token and token.is_content and token.at <= match.end() + 1:
            yield match, token


def _other_base(text: str, read: ReadSentence, words: Lexicon) -> str:
    """The share of a sentence that in the text is a share of something else, which the sentence also names; or
    empty."""
    there = {share: base for share, _, base in _shares(text, words) if base}
    stems = {token.stem for token in tokens(text)}
    here = {token.stem for token in tokens(read.text)}
    for share, written, base in _shares(read.text, words):
        of = there.get(share, [])
        if of and base and of[0] in here and of[0] not in base and base[0] in stems and base[0] not in of:
            return written
    return ""


def _shares(text: str, words: Lexicon) -> Iterator[tuple[float, str, list[str]]]:
    """The shares in a text, each with the stems of the first words after it."""
    low, listed = plain(text), tokens(text)
    shares = [(100 * (fraction_of(words, match[0]) or 0), match.span()) for match in words.fraction.finditer(low)]
    shares += [
        (value_of(words, match[0]), (match.start(), sign.end()))
        for match in words.number.finditer(low)
        if (sign := words.percent.match(low, match.end()))
    ]
    for share, (at, end) in shares:
        behind = [token.stem for token in listed if token.at >= end and token.is_content]
        of = words.of_all.search(f"{low[end : end + 4].strip()} ") or words.number.search(low[at:end].split()[-1])
        of_them = words.people.match(low[end:].lstrip())  # "92 per cent of them"
        yield round(share, 1), text[at:end], behind[:NEAR_BASE] if of and not of_them else []
    for first, second in pairwise(words.number.finditer(low)):  # "one voter in five"
        between = [token for token in listed if first.end() <= token.at < second.start()]
        if 1 < len(between) <= NEAR_BASE and between[-1].word == "in" and value_of(words, second[0]):
            share = 100 * value_of(words, first[0]) / value_of(words, second[0])
            yield round(share, 1), text[first.start() : second.end()], [token.stem for token in between[-2::-1]]

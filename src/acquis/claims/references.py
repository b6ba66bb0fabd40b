"""The rules for laws, standards and other documents without a symbol of the United Nations, and for their parts."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from acquis.claims.facts import Facts
from acquis.claims.lexicon import Lexicon, value_of
from acquis.claims.reading import ReadSentence
from acquis.claims.verdicts import ClaimVerdict, decided

_CODE = regex.compile(r"(?<![\w/])[A-Z]{2,}(?:[/-][A-Z]{2,})*(?:[ /-]?\(?\d[\w.()-]*\w|/[\w()/.-]*\d)")
"""The designation of a document: capitals, then digits ("ISO/IEC 29147", "OECD/LEGAL/0449")."""
_LETTERS = regex.compile(r"[A-Z]+(?:/[A-Z]+)*")
_ACT = regex.compile(r"(?:(?:[A-Z][\w'’-]+)\s)+of\s(?:19|20)\d\d")
"""A law with its year ("Schools Act of 2019")."""


def reference_verdicts(read: ReadSentence, facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """The verdicts on the documents in a sentence and on their parts, compared with its evidence."""
    pieces = {piece.entry: piece for piece in (*read.cited, *(mention.piece for mention in read.mentions))}
    said = [piece for piece in pieces.values() if piece.kind in ("turn", "line", "commitment")]
    texts = {piece.entry: " ".join(piece.texts) for piece in said}
    if not texts:
        return
    yield from _of_codes(read, texts)
    yield from _of_acts(read, texts)
    there = {part for text in texts.values() for part in _parts(text, words)}
    units = {unit for unit, _ in there}
    for unit, number in _parts(read.text, words):
        if unit in units:
            listed = ", ".join(f"{unit} {n}" for unit, n in sorted(there))
            outcome = decided((unit, number) in there)
            yield ClaimVerdict("paragraph", outcome, f"{unit} {number}", "symbols", {"symbols": listed}, tuple(texts))


def _of_codes(read: ReadSentence, texts: dict[int, str]) -> Iterator[ClaimVerdict]:
    known = {regex.sub(r"\s", "", code): code for text in texts.values() for code in _CODE.findall(text)}
    for code in _CODE.findall(read.text):
        letters = _LETTERS.match(code)
        like = [other for other in known.values() if letters and other.startswith(letters[0])]
        if regex.sub(r"\s", "", code) in known:
            yield ClaimVerdict("symbol", "holds", code, entries=tuple(texts))
        elif like:
            yield ClaimVerdict("symbol", "fails", code, "symbols", {"symbols": ", ".join(like)}, tuple(texts))


def _of_acts(read: ReadSentence, texts: dict[int, str]) -> Iterator[ClaimVerdict]:
    known = [act for text in texts.values() for act in _ACT.findall(text)]
    for act in _ACT.findall(read.text) if known else ():
        title = act.removeprefix("The ")
        right = any(other.endswith(title) for other in known)
        outcome = decided(right)
        yield ClaimVerdict("symbol", outcome, act, "symbols", {"symbols": ", ".join(known)}, tuple(texts))


def _parts(text: str, words: Lexicon) -> Iterator[tuple[str, str]]:
    """The parts of documents that a text names, each with its number."""
    low = text.lower()
    for match in words.units.finditer(low):
        after = regex.match(r"\.?\s(?:no\.?\s)?(\d+(?:\.\d+)*)(?!\d)", low[match.end() :])
        spelled = words.number.match(low, match.end() + 1)
        if after:
            yield match[0].rstrip("s."), after[1]
        elif spelled and spelled["words"]:
            yield match[0].rstrip("s."), str(int(value_of(words, spelled[0])))
        elif place := _place(low[: match.start()].split()[-2:], words):
            yield match[0].rstrip("s."), str(place)


def _place(before: list[str], words: Lexicon) -> int:
    """The ordinal number in the last two words before a unit ("twenty-first", "fifth operative"); 0 if there is
    none."""
    for said in before[::-1]:
        tens, _, last = said.rpartition("-")
        if last in words.ordinals:
            return words.numbers.get(tens, 0) + words.ordinals[last]
        if last in words.numbers:
            return 0
    return 0

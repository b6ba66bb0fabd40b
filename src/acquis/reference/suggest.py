"""Which items of the framework a short text may be about. A person decides; this suggests, or says nothing.

Points come from two places. First BM25F (see `search`) over titles, terms and gists, where words of the whole field
(`FIELD_WORDS`: "norm", "security", "state") earn nothing by themselves. Then each term that the text holds in full, its
words in any order and close together, earns its rarity again. Below `ENOUGH` points, and below a share of the best,
nothing is shown. The numbers were chosen on one half of a labelled set and measured on the other.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from acquis.reference.records import Item
from acquis.reference.search import Index, gains, index, spoken
from acquis.text.tokens import fold, stem

SUGGESTED_KINDS = ("norm", "law", "cbm", "capacity", "threat", "dialogue")
"""The kinds that are suggested. An instrument is a tool for one of these and is reached from there."""

ENOUGH = 6.5
NEAR_BEST = 0.5
WHOLE_TERM = 1.25
SLACK = 3
NAMED = 100.0

_FIELD = """
    action agree agreement building business capacity company conference countries country cyber cyberspace
    delegation development digital discussion firm framework global government group help ict important
    information international internet issue law laws local long mechanism measure meeting nation national
    nations need network new norm norms online organisation people principle private process public question
    region regional report response right rights room rule sector security service session share stakeholder
    state states support system team technology term threat training un united use used voluntary work world
"""
FIELD_WORDS = frozenset(stem(word) for word in re.findall(r"\w+", _FIELD))
"""Words that everybody in the field uses about everything: they decide nothing by themselves, only within a term."""


class Suggestion(msgspec.Struct, frozen=True):
    """An item, its points (6 up), and the words of the text that decided, as they stand there without case and accents,
    the weightiest first."""

    id: str
    score: float
    because: tuple[str, ...]


class _Known(msgspec.Struct, frozen=True):
    """The index; the terms by each of their words (number of the item, all words); and the names of items."""

    index: Index
    terms: dict[str, tuple[tuple[int, frozenset[str]], ...]]
    names: dict[str, int]
    pattern: re.Pattern[str]


_CODE = re.compile(r"\S+[ -]\w{1,2}|\S*\d\S*")


def _names(item: Item) -> tuple[str, ...]:
    """The codes of an item ("norm k", "13(k)"). Names made of words are left to the terms."""
    names = dict.fromkeys(fold(name).replace("-", " ") for name in (item.id, *item.aliases) if _CODE.fullmatch(name))
    return tuple(names)


def _terms(item: Item) -> set[frozenset[str]]:
    """The words of each term; one of several words of which one is left ("off limits") is none."""
    listed = ((term, [word for word, _ in spoken(term)]) for term in item.terms)
    return {frozenset(words) for term, words in listed if len(words) > 1 or " " not in term}


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """The names in a folded text. After "norm a" and "norm i" no noun may follow: "the norm a state broke"."""
    longest_first = (re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    either = "|".join(name.replace(r"\ ", "[ -]").replace(r"\(", r" ?\(") for name in longest_first)
    return re.compile(rf"(?<!\w)({either})(?!\w)(?!(?<=[ -][ai])\s+(?!and\b|or\b|is\b|says\b)\w)")


@functools.lru_cache(maxsize=4)
def _known(items: tuple[Item, ...]) -> _Known:
    ordered = sorted((item for item in items if item.kind in SUGGESTED_KINDS), key=lambda item: item.id)
    terms: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
    for number, item in enumerate(ordered):
        for stems in sorted(_terms(item), key=sorted):
            for word in sorted(stems):
                terms[word].append((number, stems))
    plain = [msgspec.structs.replace(item, layers=(), partners=(), related=(), refs=(), note="") for item in ordered]
    names = {name: number for number, item in enumerate(ordered) for name in _names(item)}
    return _Known(index(plain), {word: tuple(listed) for word, listed in terms.items()}, names, _pattern(names))


def suggest(items: Iterable[Item], text: str, most: int = 3) -> list[Suggestion]:
    """The items that a text is likely to be about, the best first, at most `most`; often none. The order of the items
    does not matter; ties go by id. `text` is short: a question, a statement, a takeaway. Source: BM25F (Robertson,
    Zaragoza, Taylor 2004); the rest is ours (docs/suggestions.md)."""
    known = _known(tuple(items))
    heard = list(spoken(text))
    points = gains(known.index, (word for word, _ in heard if len(word) > 1 and word not in FIELD_WORDS))
    for number, words in _whole_terms(known, [word for word, _ in heard]).items():
        for word in sorted(words):
            points[number][word] = points[number].get(word, 0.0) + WHOLE_TERM * known.index.rarity[word]
    for match in known.pattern.finditer(fold(text)):
        points[known.names[match[0].replace("-", " ").replace(" (", "(")]][match[0]] = NAMED
    totals = {number: sum(by.values()) for number, by in points.items()}
    least = max(ENOUGH, NEAR_BEST * max(totals.values(), default=0.0))
    best = sorted(number for number, total in totals.items() if total >= least)  # the numbers go by id
    best.sort(key=lambda number: -totals[number])
    written = dict(reversed(heard))
    return [Suggestion(known.index.ids[n], totals[n], _because(points[n], written)) for n in best[: max(0, most)]]


def _whole_terms(known: _Known, words: list[str]) -> dict[int, set[str]]:
    """The words of the terms that the text holds in full, by the number of the item."""
    at: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        at[word].append(place)
    found: dict[int, set[str]] = defaultdict(set)
    for word, places in at.items():
        for number, stems in known.terms.get(word, ()):
            if stems <= at.keys() and (len(stems) == 1 or _near(words, places, stems)):
                found[number] |= stems
    return found


def _near(words: list[str], places: list[int], stems: frozenset[str]) -> bool:
    """Whether all the stems stand within a stretch of the text that begins at one of the places."""
    return any(stems <= set(words[place : place + len(stems) + SLACK]) for place in places)


def _because(points: dict[str, float], written: dict[str, str]) -> tuple[str, ...]:
    """The words that gave the points, the weightiest first, without those that gave next to nothing."""
    most = max(points.values())
    ordered = sorted(points, key=lambda word: (-points[word], word))
    return tuple(dict.fromkeys(written.get(word, word) for word in ordered if points[word] >= most / 5))[:5]

"""Suggests items of the framework that a short text may be about. A person decides.

The points come from two sources: first BM25F (see `search`) over titles, terms and gists, in which words common to the
whole field (`FIELD_WORDS`: "norm", "security", "state") get no points by themselves; second, the rarity of each term
whose words all occur in the text, in any order and close together. An item with fewer points than `ENOUGH`, or than a
share of the best, is not suggested. The constants were chosen on one half of a labelled set and measured on the other.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from acquis.reference.records import Item
from acquis.reference.search import WordIndex, gains, index, spoken
from acquis.text.folding import folded
from acquis.text.stemming import stem

SUGGESTED_KINDS = ("norm", "law", "cbm", "capacity", "threat", "dialogue")
"""The kinds of items that are suggested. Instruments are linked from these items."""

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
"""Words that are used for everything in this field: they count only as part of a term."""


class Suggestion(msgspec.Struct, frozen=True):
    """An item, its points (6 or more), and the decisive words of the text, folded, the most important first."""

    id: str
    score: float
    because: tuple[str, ...]


class _Known(msgspec.Struct, frozen=True):
    """The search index; word -> the terms that contain it (number of the item, all words); the names of the items."""

    index: WordIndex
    terms: dict[str, tuple[tuple[int, frozenset[str]], ...]]
    names: dict[str, int]
    pattern: re.Pattern[str]


_CODE = re.compile(r"\S+[ -]\w{1,2}|\S*\d\S*")


def _names(item: Item) -> tuple[str, ...]:
    """The codes of an item ("norm k", "13(k)"). Names that consist of words are handled as terms."""
    names = dict.fromkeys(folded(name).replace("-", " ") for name in (item.id, *item.aliases) if _CODE.fullmatch(name))
    return tuple(names)


def _terms(item: Item) -> set[frozenset[str]]:
    """The words of each term. A term of several words that is reduced to a single one ("off limits") is left out."""
    listed = ((term, [word for word, _ in spoken(term)]) for term in item.terms)
    return {frozenset(words) for term, words in listed if len(words) > 1 or " " not in term}


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Matches the names in a folded text. "norm a" and "norm i" must not be followed by a noun ("the norm a state
    broke")."""
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
    """The items that a text is probably about, the best first, at most `most` and often none. The order of the items
    does not matter; ties are ordered by id. text: a short text, such as a question, a statement or a takeaway. Source:
    BM25F (Robertson, Zaragoza and Taylor 2004); the rest is described in docs/suggestions.md."""
    known = _known(tuple(items))
    heard = list(spoken(text))
    points = gains(known.index, (word for word, _ in heard if len(word) > 1 and word not in FIELD_WORDS))
    for number, words in _whole_terms(known, [word for word, _ in heard]).items():
        for word in sorted(words):
            points[number][word] = points[number].get(word, 0.0) + WHOLE_TERM * known.index.rarity[word]
    for match in known.pattern.finditer(folded(text)):
        points[known.names[match[0].replace("-", " ").replace(" (", "(")]][match[0]] = NAMED
    totals = {number: sum(by.values()) for number, by in points.items()}
    least = max(ENOUGH, NEAR_BEST * max(totals.values(), default=0.0))
    best = sorted(number for number, total in totals.items() if total >= least)  # numbers are in the order of ids
    best.sort(key=lambda number: -totals[number])
    written = dict(reversed(heard))
    return [Suggestion(known.index.ids[n], totals[n], _because(points[n], written)) for n in best[: max(0, most)]]


def _whole_terms(known: _Known, words: list[str]) -> dict[int, set[str]]:
    """Number of an item -> the words of its terms that occur completely in the text."""
    at: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        at[word].append(place)
    complete: dict[int, set[str]] = defaultdict(set)
    for word, places in at.items():
        for number, stems in known.terms.get(word, ()):
            if stems <= at.keys() and (len(stems) == 1 or _near(words, places, stems)):
                complete[number] |= stems
    return complete


def _near(words: list[str], places: list[int], stems: frozenset[str]) -> bool:
    """Whether all stems occur within a short window of the text that begins at one of the places."""
    return any(stems <= set(words[place : place + len(stems) + SLACK]) for place in places)


def _because(points: dict[str, float], written: dict[str, str]) -> tuple[str, ...]:
    """The words that gave the points, the most important first, without those that gave very few."""
    most = max(points.values())
    ordered = sorted(points, key=lambda word: (-points[word], word))
    return tuple(dict.fromkeys(written.get(word, word) for word in ordered if points[word] >= most / 5))[:5]

"""Full-text search in records: BM25F over weighted fields.

A word counts more the rarer it is among the records and the higher the weight of its field. Two words that are adjacent
in the query count again if they are adjacent in a record. Source: Robertson, Zaragoza and Taylor, "Simple BM25
extension to multiple weighted fields" (2004); the idf is that of Lucene, which is never negative."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from acquis.reference.library import Library
from acquis.reference.records import ReferenceRecord
from acquis.text.folding import folded
from acquis.text.stemming import stem
from acquis.text.tokens import FUNCTION_WORDS

WEIGHTS = {"name": 8.0, "title": 4.0, "terms": 3.0, "text": 1.5, "note": 0.5}
"""Weight of a word by field; `name` is the id, the aliases and the symbol."""

K1 = 1.2  # saturation: the lower, the less a repeated word adds
B = 0.5  # length normalization: how much less a word counts in a long field
PAIR = 0.5  # weight of an adjacent pair, as a share of that of a word of the same rarity
EXACT = 1000.0  # points for a query that is a name, so that the record comes first

_FIELDS = {
    "id": "name",
    "aliases": "name",
    "symbol": "name",
    "title": "title",
    "short": "title",
    "terms": "terms",
    "who": "terms",
    "process": "terms",
    "note": "note",
}
_QUIET = {"status", "as_of", "url", "source", "certainty", "zone", "last_paragraph", "related", "successor"}

_TOKEN = re.compile(r"\w+(?:/[\w.]+)*/[\w.]*\w|\d+\(\w\)|\w+")


class Hit(msgspec.Struct, frozen=True):
    """A result: a record, its score (comparable only within one search), and the fields that matched."""

    id: str
    score: float
    why: tuple[str, ...]


class WordIndex(msgspec.Struct, frozen=True):
    """Word -> numbers of its records with weighted counts (>= 0), word -> rarity, and the words of the fields by
    record."""

    ids: tuple[str, ...]
    counts: dict[str, dict[int, float]]
    rarity: dict[str, float]
    fields: dict[str, dict[int, frozenset[str]]]


def spoken(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text without function words, as (stem, folded word). A symbol with numbers is given as a whole and
    without its first parts ("a/70/174", "70/174"), so that both can be found."""
    for token in _TOKEN.findall(folded(text)):
        if "/" not in token:
            if token not in FUNCTION_WORDS:
                yield stem(token), token
            continue
        parts = token.split("/")
        if any(sign.isdigit() for sign in token):
            yield from (("/".join(parts[at:]), token) for at in range(len(parts) - 1))
            continue
        yield from ((stem(part), part) for part in parts if part and part not in FUNCTION_WORDS)


def _strings(value: object, field: str) -> Iterator[tuple[str, str]]:
    """Every text in plain data, with the field as which it counts."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner, field)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "refs":
                yield from (("note", f"{ref.get('symbol', '')} {ref.get('paras', '')}") for ref in inner)
            elif key not in _QUIET:
                yield from _strings(inner, _FIELDS.get(key, "text") if field == "top" else field)


def index(records: Iterable[ReferenceRecord]) -> WordIndex:
    """The search index of some records; their order does not matter."""
    ordered = sorted(records, key=lambda record: record.id)
    words: list[dict[str, Counter[str]]] = []
    for record in ordered:
        by_field: dict[str, Counter[str]] = defaultdict(Counter)
        for field, text in _strings(msgspec.to_builtins(record), "top"):
            stems = [word for word, _ in spoken(text)]
            by_field[field].update(stems)
            by_field[field].update(f"{first} {second}" for first, second in itertools.pairwise(stems))
        words.append(by_field)
    sizes = {field: [sum(by_field[field].values()) for by_field in words if by_field[field]] for field in WEIGHTS}
    usual = {field: sum(listed) / max(1, len(listed)) for field, listed in sizes.items()}
    counts: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    fields: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for number, by_field in enumerate(words):
        for field, listed in by_field.items():
            factor = WEIGHTS[field] / (1 - B + B * sum(listed.values()) / (usual[field] or 1))
            for word, times in listed.items():
                counts[word][number] += factor * times
                fields[word][number].add(field)
    rarity = {w: math.log(1 + (len(words) - len(c) + 0.5) / (len(c) + 0.5)) for w, c in counts.items()}
    frozen = {word: {number: frozenset(names) for number, names in of.items()} for word, of in fields.items()}
    return WordIndex(tuple(record.id for record in ordered), {w: dict(c) for w, c in counts.items()}, rarity, frozen)


def gains(index: WordIndex, words: Iterable[str]) -> dict[int, dict[str, float]]:
    """Number of a record -> word (or pair "first second") -> the points that it adds."""
    points: dict[int, dict[str, float]] = defaultdict(dict)
    for word in dict.fromkeys(words):
        share = index.rarity.get(word, 0.0) * (PAIR if " " in word else 1.0)
        for number, count in index.counts.get(word, {}).items():
            points[number][word] = share * count / (K1 + count)
    return points


class _Same(msgspec.Struct, frozen=True, eq=False):
    library: Library

    def __hash__(self) -> int:
        return id(self.library)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.library is self.library


@functools.lru_cache(maxsize=4)
def _index_of(same: _Same) -> WordIndex:
    return index(same.library.records.values())


def search(library: Library, words: str, most: int = 20) -> list[Hit]:
    """The best records for the words, at most `most`, ties by id; an empty list for empty words."""
    asked = [word for word, _ in spoken(words)]
    known = _index_of(_Same(library))
    named = library.find(" ".join(words.split()))
    got = gains(known, _and_pairs(asked))
    points = {number: sum(by.values()) for number, by in got.items()}
    if named is not None and named.id in known.ids:
        at = known.ids.index(named.id)
        points[at] = points.get(at, 0.0) + EXACT
    best = sorted(points, key=lambda number: (-points[number], known.ids[number]))[: max(0, most)]
    return [Hit(known.ids[number], points[number], _fields(known, number, got.get(number, {}))) for number in best]


def _and_pairs(words: list[str]) -> list[str]:
    return [*words, *(f"{first} {second}" for first, second in itertools.pairwise(words))]


def _fields(index: WordIndex, number: int, words: Iterable[str]) -> tuple[str, ...]:
    matched = {field for word in words for field in index.fields[word][number]}
    return tuple(field for field in WEIGHTS if field in matched) or ("name",)

"""Finds pairs of questions that may ask the same, with their common words. A moderator decides whether to merge them.

Candidates are found by the mean of two cosines. *Words*: stems (see `acquis.text.stemming`) weighted by rarity as in
BM25; text in a script without blanks is split into pairs of characters. *Signs*: trigrams of letters inside words,
which tolerate typing mistakes and work in every script. Interrogatives (who, when, why ...), negation and numbers are
compared separately, because questions that differ in them have different answers. The constants below were chosen on
one half of a labelled set and evaluated on the other (docs/likeness.md).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

import msgspec
import numpy as np
import regex

from acquis.text.caches import LONGEST_WORD, MB, text_cache, word_cache
from acquis.text.folding import folded
from acquis.text.scripts import UNSPACED
from acquis.text.stemming import stem
from acquis.text.tokens import FUNCTION_WORDS, language_of_words

ENOUGH = 0.62
"""The least score of a pair."""
WORDS_SHARE = 0.85
"""The weight of the overlap of words in the score; the rest is the weight of the mean of both cosines."""
WORTH_A_LOOK, LOOKED_AT = 0.3, 2_000
"""The least mean of the cosines of a candidate, and the most candidates, unless more pairs are asked for."""
RAREST, NEAREST, FOR_EACH = 8, 32, 16
"""Of each question its rarest words are looked up, of each word the nearest earlier questions that have it, and of
these questions those that share most are compared: so the work grows with the number of questions and not with its
square."""
PAIRS_AT_ONCE = 4_096
"""The number of pairs whose terms are in memory together."""
LESSER, LARGER = 0.9, 0.25
"""The weights of the words that only one question has: of the question with less, and of that with more of them."""
LIGHT = 0.4
"""The weight of words that occur in any question."""
PRIOR = 60
"""The number of questions added to the count for the rarity, which is unreliable for few questions."""
OTHER_ASKED, OTHER_NOT, OTHER_NUMBER = 0.6, 0.55, 0.5
"""Factors of the score if the interrogatives differ, if only one question is negated, and if the numbers differ."""
CLOSE_WORD = 0.75
"""The least similarity (share of common characters in order) of a mistyped word and the correct one."""

Numbers: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Shares: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]

_WORD = regex.compile(r"[^\W_]+(?:'[^\W_]+)*")
_WITHOUT_SPACES = regex.compile(f"[{UNSPACED}]")
_WITHOUT_WEIGHT = re.compile(
    "的|了|吗|呢|啊|可不可以|可以|能不能|能否|能够|是否|是不是|会不会|请问|ですか|ますか|でしょうか|です|ます"
)
_NOT = frozenset("not never no without nobody nothing cannot pas sin nunca не нет нельзя без".split())  # noqa: SIM905  # it reads as words
_SORTS = {
    "who": "who whom whose qui quien кто 谁",
    "when": "when quand cuando когда 何时",
    "where": "where donde где 哪里",
    "why": "why pourquoi почему 为什么",
    "count": "many much combien cuanto cuantos сколько 多少",
    "long": "long",
    "often": "often",
}
"""What is asked for -> interrogatives, some only after "how". "What" and "how" can ask for anything."""
_ASKED = {folded(word): sort for sort, words in _SORTS.items() for word in words.split()}
_AFTER_HOW = frozenset(["many", "much", "long", "often"])
_ASKED_IN_SIGNS = re.compile("|".join(word for word in _ASKED if _WITHOUT_SPACES.search(word)))
_RUSSIAN = (
    "а без бы был была были было быть в во вы где для до его ее если есть же за и из или их к как какая какие какой "  # noqa: RUF001  # Russian is meant
    "когда кто ли мы на не нет но о об от по под почему при с сколько со так то у уже чем что чтобы это эта эти этой "  # noqa: RUF001  # Russian is meant
    "этот будет будут мочь может могут можно нас нам вам вас ваш свою свой наш"
)
_MORE = "don t s isn doesn ll re whats going gets getting"
_EMPTY = FUNCTION_WORDS | frozenset(folded(_RUSSIAN).split()) | frozenset(_MORE.split())
_SAME = {
    "child": "kid kids children",
    "artificial intelligence": "ai",
    "picture": "photo photos pictures",
    "law": "legislation laws",
    "small business": "sme smes",
    "smart phone": "smartphone smartphones",
    "identity": "id ids",
    "country": "countries state states",
    "delete": "removed remove deleted",
}
"""Synonyms. The list is short because it applies to all questions."""
_STEMS = {word: stem(term) for term, words in _SAME.items() for word in words.split()}
_TWO = {tuple(map(stem, term.split())): term for term in _SAME if " " in term}
_EVERYWHERE = (
    "answer ask case country day decide exist go happen help issue need new number offer panel people question role "
    "rule speak state still support talk time use way work world year cyber digital internet online security "
    "participant national international"
)
_LIGHT = frozenset(stem(word) for word in _EVERYWHERE.split())


class Pair(msgspec.Struct, frozen=True):
    """Two questions that may ask the same, by their entries (`first` is the earlier one); the score (0 to 1, three
    decimals); and the common words as folded in the first, the rarest first."""

    first: int
    second: int
    score: float
    because: tuple[str, ...]


class _ReadQuestion(msgspec.Struct, frozen=True):
    """The features of a question: stem -> folded word; trigrams; and the features that must agree."""

    words: dict[str, str]
    signs: tuple[str, ...]
    asked: str
    negated: bool
    numbers: frozenset[str]


def alike(questions: Sequence[tuple[int, str]], most: int = 20) -> list[Pair]:
    """At most `most` pairs of the questions (entry, text) that may ask the same, by descending score, then by entry.
    The order of the questions does not matter. Sources: rarity of BM25 (Robertson and Zaragoza 2009); cosine of Salton
    and McGill (1983); n-grams after Damashek (1995); the combination is our own."""
    ordered = sorted(questions)
    if len(ordered) < 2 or most < 1:
        return []
    read = [_read(text) for _, text in ordered]
    by_words = _TermIndex([question.words for question in read])
    by_signs = _TermIndex([question.signs for question in read])
    weight = {term: rare * _weight(term) for term, rare in by_words.rarity.items()}
    pairs = []
    for i, j, cosine in _candidates(by_words, by_signs, max(most, LOOKED_AT)):
        overlap, because = _overlap(read[i], read[j], weight)
        score = (WORDS_SHARE * overlap + (1 - WORDS_SHARE) * cosine) * _agreement(read[i], read[j])
        if because and score >= ENOUGH:
            pairs.append(Pair(ordered[i][0], ordered[j][0], min(round(score, 3), 1.0), because))
    return sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second))[:most]


def _candidates(by_words: _TermIndex, by_signs: _TermIndex, most: int) -> list[tuple[int, int, float]]:
    """The at most `most` pairs of indices with the highest mean of the cosines of words and of signs, from
    `WORTH_A_LOOK`, with that mean."""
    first, second = by_words.neighbours()
    rounded = np.round((by_words.cosines(first, second) + by_signs.cosines(first, second)) / 2, 4)
    best = np.lexsort((second, first, -rounded))[:most]
    best = best[rounded[best] >= WORTH_A_LOOK]
    return list(zip(first[best].tolist(), second[best].tolist(), rounded[best].tolist()))


@text_cache(4_000, 32 * MB)
def _read(text: str) -> _ReadQuestion:
    plain = folded(text)
    tokens = _WORD.findall(plain)
    language = language_of_words(tokens)
    words: dict[str, str] = {}
    stems = [_stem(token[:LONGEST_WORD], language) for token in tokens]
    for token, following, pair in zip(tokens, [*tokens[1:], ""], zip(stems, [*stems[1:], ""])):
        if both := _TWO.get(pair):
            written = f"{token} {following}"
            words.setdefault(both, written if written in plain else token)
        elif token not in _EMPTY:
            for term, written in _terms(token, language):
                words.setdefault(term, written)
    for parts in [parts for parts, both in _TWO.items() if both in words]:
        words.pop(parts[1], None)
    return _ReadQuestion(
        words,
        tuple(sorted(frozenset().union(*map(_threes, words.values())))),
        _asked(tokens),
        any(token in _NOT or token.endswith("n't") for token in tokens),
        frozenset(token for token in tokens if any(map(str.isdigit, token))),
    )


def _asked(tokens: Sequence[str]) -> str:
    """What is asked for, by the first interrogative; empty if there is none in `_ASKED`."""
    for before, token in zip(["", *tokens], tokens):
        if token in _ASKED and (token not in _AFTER_HOW or before == "how"):
            return _ASKED[token]
        if not token.isascii() and (match := _ASKED_IN_SIGNS.search(token)):
            return _ASKED[match[0]]
    return ""


def _terms(token: str, language: str) -> Iterable[tuple[str, str]]:
    """The pairs of term and folded word of a token; in a script without blanks, each pair of adjacent characters."""
    if not token.isascii() and _WITHOUT_SPACES.search(token):
        runs = [run for run in _WITHOUT_WEIGHT.split(token) if run]
        return [(run[at : at + 2], run[at : at + 2]) for run in runs for at in range(max(len(run) - 1, 1))]
    bare = token.split("'")[0][:LONGEST_WORD]
    return [] if bare in _EMPTY else [(_stem(bare, language), bare)]


@word_cache(20_000)
def _stem(word: str, language: str) -> str:
    """The stem of a word or, if it has one, of its synonym in `_SAME`."""
    return _STEMS.get(word) or stem(word, language)


@word_cache(20_000)
def _threes(word: str) -> frozenset[str]:
    """The trigrams of a word, with a blank for its beginning and its end."""
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(max(len(padded) - 2, 1)))


class _TermIndex:
    """The terms of n collections of distinct terms. `rarity`: term -> idf of BM25 (>= 0). A collection is a vector with
    the rarity of each of its terms, divided by its length."""

    def __init__(self, listed: Sequence[Collection[str]]) -> None:
        number: dict[str, int] = {}
        term = np.array([number.setdefault(term, len(number)) for terms in listed for term in terms], np.int64)
        row = np.repeat(np.arange(len(listed)), [len(terms) for terms in listed])
        frequency = np.bincount(term, minlength=len(number))
        rarity = np.log1p((len(listed) + PRIOR - frequency + 0.5) / (frequency + 0.5))
        length = np.sqrt(np.bincount(row, rarity[term] ** 2, len(listed)))
        by_row = np.lexsort((term, row))
        self.rarity: dict[str, float] = dict(zip(number, rarity.tolist()))
        self._row, self._term = row[by_row], term[by_row]
        self._share: Shares = rarity[self._term] / length[self._row]
        self._terms = max(len(number), 1)
        self._place: Numbers = self._row * self._terms + self._term  # ascending
        self._begin = np.searchsorted(self._row, np.arange(len(listed) + 1))

    def neighbours(self) -> tuple[Numbers, Numbers]:
        """The pairs of indices (the smaller first) of collections that share one of their `RAREST` terms with another
        one near them, at most `FOR_EACH` earlier ones for each."""
        rarest_first = np.lexsort((self._term, -self._share, self._row))
        among = np.arange(len(self._row)) - self._begin[self._row]
        listed = rarest_first[among < RAREST]
        listed = listed[np.lexsort((self._row[listed], self._term[listed]))]
        term, row, share = self._term[listed], self._row[listed], self._share[listed]
        rows = len(self._begin) - 1
        places: list[Numbers] = []
        shared: list[Shares] = []
        for back in range(1, min(NEAREST, len(listed) - 1) + 1):
            same = np.flatnonzero(term[back:] == term[:-back])
            places.append(row[same + back] * rows + row[same])
            shared.append(share[same + back] * share[same])
        pairs, of = np.unique(np.concatenate(places or [row[:0]]), return_inverse=True)
        most = np.bincount(of, np.concatenate(shared or [share[:0]]), len(pairs))
        second, first = np.divmod(pairs, max(rows, 1))
        best = np.lexsort((first, -most, second))
        among = np.arange(len(best)) - np.searchsorted(second, second[best])
        best = best[among < FOR_EACH]
        return first[best], second[best]

    def cosines(self, first: Numbers, second: Numbers) -> Shares:
        """The cosines of the pairs of collections with these indices."""
        parts = [
            self._products(first[at : at + PAIRS_AT_ONCE], second[at : at + PAIRS_AT_ONCE])
            for at in range(0, len(first), PAIRS_AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _products(self, first: Numbers, second: Numbers) -> Shares:
        many = self._begin[first + 1] - self._begin[first]
        pair = np.repeat(np.arange(len(first)), many)
        own = np.arange(len(pair)) + np.repeat(self._begin[first] - (np.cumsum(many) - many), many)
        sought = second[pair] * self._terms + self._term[own]
        other = np.minimum(np.searchsorted(self._place, sought), max(len(self._place) - 1, 0))
        both = np.flatnonzero(self._place[other] == sought)
        product = self._share[own[both]] * self._share[other[both]]
        return np.bincount(pair[both], product, len(first)).astype(np.float64)


def _agreement(a: _ReadQuestion, b: _ReadQuestion) -> float:
    """The factor (0 to 1) of the score by interrogatives, negation and numbers."""
    left = OTHER_ASKED if a.asked and b.asked and a.asked != b.asked else 1.0
    left *= OTHER_NOT if a.negated != b.negated else 1.0
    return left * (OTHER_NUMBER if a.numbers != b.numbers else 1.0)


def _overlap(a: _ReadQuestion, b: _ReadQuestion, weight: dict[str, float]) -> tuple[float, tuple[str, ...]]:
    """The overlap of the words of two questions (0 to 1), and the common words as folded in the first.

    Words that only one of them has cost little if the other has none of its own: the shorter question may be the same
    with less detail. If both have their own words, they ask about different things. This is the symmetric form of
    Tversky's index (Jimenez, Becerra and Gelbukh 2013)."""
    common = sorted(a.words.keys() & b.words.keys(), key=lambda term: (-weight[term], term))
    if not common:
        return 0.0, ()
    mine, yours = sorted(a.words.keys() - b.words.keys()), sorted(b.words.keys() - a.words.keys())
    shared, near = sum(weight[term] for term in common), []
    for term in list(mine):
        close, other = max(((_close(a.words[term], b.words[other]), other) for other in yours), default=(0.0, ""))
        if close >= CLOSE_WORD:
            shared += close * weight[term]
            near.append(term)
            mine.remove(term)
            yours.remove(other)
    own = sorted(sum(weight[term] for term in rest) for rest in (mine, yours))
    because = tuple(dict.fromkeys(a.words[term] for term in [*common, *near]))[:6]
    return shared / (shared + LESSER * own[0] + LARGER * own[1]), because


def _weight(term: str) -> float:
    """The weight (0 to 1) of a term: less for words of any question and for short words, many of which are mistyped
    function words."""
    spaced = not _WITHOUT_SPACES.search(term)
    return (LIGHT if term in _LIGHT else 1.0) * (min(1.0, len(term) / 5) if spaced else 1.0)


def _close(word: str, other: str) -> float:
    """The similarity (0 to 1) of two words; 0 for short words and for different first letters ("untrusted")."""
    if word[0] != other[0] or min(len(word), len(other)) < 4:
        return 0.0
    return _ratio(*sorted((word, other)))


@word_cache(50_000)
def _ratio(word: str, other: str) -> float:
    ratio: float = SequenceMatcher(None, word, other, autojunk=False).ratio()
    return ratio

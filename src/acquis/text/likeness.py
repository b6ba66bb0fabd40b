"""Questions that may ask the same: pairs for the moderator to merge, with the words that they share. A person decides.

Two measures, each a cosine between 0 and 1, are weighed together. *Words*: stems (see `acquis.text.stemming`),
weighted by rarity as in BM25; runs of a script without spaces are cut into pairs of signs. *Signs*: groups of three
letters inside words, which survive typing mistakes and work in every script. What is asked (who, when, why ...), a
"not" and numbers are looked at apart: questions that differ in them share words but not an answer. The numbers below
were chosen on one half of a labelled set and measured on the other (docs/likeness.md).
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
"""The score from which a pair is shown."""
WORDS_SHARE = 0.85
"""How much the overlap of words counts in the score; the rest is the mean of both cosines."""
WORTH_A_LOOK, LOOKED_AT = 0.3, 2_000
"""From which mean of the cosines a pair is looked at more closely, and how many at most."""
LESSER, LARGER = 0.9, 0.25
"""What words that only one of two questions has count against them: the lesser and the larger heap."""
LIGHT = 0.4
"""What a word counts that goes with every question."""
PRIOR = 60
"""Questions that are imagined beside those of the room: with few questions, rarity says little."""
OTHER_ASKED, OTHER_NOT, OTHER_NUMBER = 0.6, 0.55, 0.5
"""What a score is multiplied with where the two ask for something else, only one says "not", or numbers differ."""
CLOSE_WORD = 0.75
"""How near two words must be to count as one word, mistyped (share of signs in common, in order)."""

Matrix: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float32]]

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
"""Words of asking, by what is asked for; some only after "how". "What" and "how" ask for anything."""
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
"""Words for the same thing. The list is short on purpose: what it joins is joined everywhere."""
_STEMS = {word: stem(one) for one, words in _SAME.items() for word in words.split()}
_TWO = {tuple(map(stem, one.split())): one for one in _SAME if " " in one}
_EVERYWHERE = (
    "answer ask case country day decide exist go happen help issue need new number offer panel people question role "
    "rule speak state still support talk time use way work world year cyber digital internet online security "
    "participant national international"
)
_LIGHT = frozenset(stem(word) for word in _EVERYWHERE.split())


class Pair(msgspec.Struct, frozen=True):
    """Two questions that may ask the same, by their entries (`first` is the earlier one), the score (0..1, three
    decimals), and the words in common as they stand in the first without case and accents, the rarest first."""

    first: int
    second: int
    score: float
    because: tuple[str, ...]


class _ReadQuestion(msgspec.Struct, frozen=True):
    """A question as the measures see it: stem -> the word as written; groups of three letters; and what must agree."""

    words: dict[str, str]
    signs: tuple[str, ...]
    asked: str
    negated: bool
    numbers: frozenset[str]


def alike(questions: Sequence[tuple[int, str]], most: int = 20) -> list[Pair]:
    """At most `most` pairs of the questions (entry, text) that may ask the same, the likeliest first, ties by entry.
    The order of the questions does not matter. Sources: the rarity of BM25 (Robertson and Zaragoza 2009) with the
    cosine of Salton and McGill (1983); likeness by groups of letters after Damashek (1995); the rest is ours."""
    ordered = sorted(questions)
    if len(ordered) < 2 or most < 1:
        return []
    read = [_read(text) for _, text in ordered]
    by_words, rarity = _cosine([one.words for one in read])
    by_signs, _ = _cosine([one.signs for one in read])
    weight = {term: rare * _weight(term) for term, rare in rarity.items()}
    cosines: Matrix = (by_words + by_signs) * np.float32(0.5)
    found = []
    for i, j, cosine in _candidates(cosines):
        overlap, because = _overlap(read[i], read[j], weight)
        score = (WORDS_SHARE * overlap + (1 - WORDS_SHARE) * cosine) * _agreement(read[i], read[j])
        if because and score >= ENOUGH:
            found.append(Pair(ordered[i][0], ordered[j][0], min(round(score, 3), 1.0), because))
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))[:most]


def _candidates(cosines: Matrix) -> list[tuple[int, int, float]]:
    """The pairs that are worth a closer look, with their cosine: the likeliest `LOOKED_AT`."""
    rows, columns = np.nonzero(np.triu(cosines >= WORTH_A_LOOK, 1))
    found = np.round(cosines[rows, columns], 4)
    best = np.argsort(-found, kind="stable")[:LOOKED_AT]
    return list(zip(rows[best].tolist(), columns[best].tolist(), found[best].tolist()))


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
    """What is asked for, by the word of asking that comes first; empty where there is none that tells."""
    for before, token in zip(["", *tokens], tokens):
        if token in _ASKED and (token not in _AFTER_HOW or before == "how"):
            return _ASKED[token]
        if not token.isascii() and (found := _ASKED_IN_SIGNS.search(token)):
            return _ASKED[found[0]]
    return ""


def _terms(token: str, language: str) -> Iterable[tuple[str, str]]:
    """(term, as written) of a word; of a run of a script without spaces, every two signs that stand together."""
    if not token.isascii() and _WITHOUT_SPACES.search(token):
        runs = [run for run in _WITHOUT_WEIGHT.split(token) if run]
        return [(run[at : at + 2], run[at : at + 2]) for run in runs for at in range(max(len(run) - 1, 1))]
    bare = token.split("'")[0][:LONGEST_WORD]
    return [] if bare in _EMPTY else [(_stem(bare, language), bare)]


@word_cache(20_000)
def _stem(word: str, language: str) -> str:
    """The stem, or that of the word for the same thing."""
    return _STEMS.get(word) or stem(word, language)


@word_cache(20_000)
def _threes(word: str) -> frozenset[str]:
    """The groups of three signs of a word, with its beginning and its end."""
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(max(len(padded) - 2, 1)))


def _cosine(listed: Sequence[Collection[str]]) -> tuple[Matrix, dict[str, float]]:
    """(n, n): the cosine of each two lists of different terms; and term -> its rarity (the idf of BM25, 0 up)."""
    number: dict[str, int] = {}
    flat = np.array([number.setdefault(term, len(number)) for terms in listed for term in terms], np.int64)
    row = np.repeat(np.arange(len(listed)), [len(terms) for terms in listed])
    held = np.bincount(flat, minlength=len(number))
    whole = len(listed) + PRIOR
    rarity = np.log1p((whole - held + 0.5) / (held + 0.5))
    length = np.sqrt(np.bincount(row, rarity[flat] ** 2, len(listed)))
    # A term that only one list holds counts in the length of that list, and has no column.
    column = np.cumsum(held > 1) - 1
    shared = held[flat] > 1
    row, flat = row[shared], flat[shared]
    table = np.zeros((len(listed), int((held > 1).sum())), np.float32)
    table[row, column[flat]] = rarity[flat] / length[row]
    product: Matrix = table @ table.T
    return product, dict(zip(number, rarity.tolist()))


def _agreement(a: _ReadQuestion, b: _ReadQuestion) -> float:
    """What is left of the score (0..1) after what was asked, "not" and numbers were compared."""
    left = OTHER_ASKED if a.asked and b.asked and a.asked != b.asked else 1.0
    left *= OTHER_NOT if a.negated != b.negated else 1.0
    return left * (OTHER_NUMBER if a.numbers != b.numbers else 1.0)


def _overlap(a: _ReadQuestion, b: _ReadQuestion, weight: dict[str, float]) -> tuple[float, tuple[str, ...]]:
    """How far the words of the two are the same (0..1), and those that are, as the first writes them.

    A word that only one of them has costs little where the other has nothing in its place: the shorter question may be
    the same with less detail. Where both have words of their own, they ask about two things. It is the symmetric form
    of Tversky's index (Jimenez, Becerra and Gelbukh 2013)."""
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
    """0..1: less for words that go with every question, and for short ones: many are mistyped words of no weight."""
    spaced = not _WITHOUT_SPACES.search(term)
    return (LIGHT if term in _LIGHT else 1.0) * (min(1.0, len(term) / 5) if spaced else 1.0)


def _close(word: str, other: str) -> float:
    """How near a mistyped word is to the right one (0..1); words that begin otherwise ("untrusted") are not near."""
    if word[0] != other[0] or min(len(word), len(other)) < 4:
        return 0.0
    return _ratio(*sorted((word, other)))


@word_cache(50_000)
def _ratio(word: str, other: str) -> float:
    ratio: float = SequenceMatcher(None, word, other, autojunk=False).ratio()
    return ratio

"""Offers likely evidence for a sentence: entries that share its rare words, or that are by the person whom it names.
Only a person adds it to the sentence."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from acquis.claims.facts import Facts, tokens
from acquis.claims.lexicon import LANGUAGES, lexicon
from acquis.claims.reading import MOST_ENTRIES, read_sentence

MOST_OFFERED = 3
LEAST = 0.25
"""The least score of an entry that is offered: the cosine of the vectors of rare words of sentence and entry, plus
`NAMED`."""
NAMED = 0.25
"""Added to the score if the sentence names the speaker of the entry."""
FEWEST = 2
"""The least number of common words, unless the sentence names who said it."""
MOST_SCORED = 40
"""The number of entries that are scored: those that share most rare words."""
_CITED = ("statement", "question", "turn", "line")


class LikelyEvidence(msgspec.Struct, frozen=True):
    """An entry that may be evidence for a sentence, with the score (0 to 1.25) and the words that both have."""

    entry: int
    score: float
    words: tuple[str, ...]


def likely_evidence(text: str, facts: Facts, most: int = MOST_OFFERED) -> list[LikelyEvidence]:
    """The entries that are most likely evidence for a sentence, best first."""
    terms = {token.stem: token.word for token in tokens(text) if token.is_content}
    weights = {term: _weight(term, facts) for term in terms}
    if not (whole := math.hypot(*weights.values())):
        return []
    named = {span.name for span in read_sentence(text, (), facts, lexicon(LANGUAGES[0])).names}
    common = defaultdict[int, float](float)
    for term, weight in weights.items():
        for entry in facts.index.get(term, ()) if weight else ():
            common[entry] += weight**2
    scored = []
    for entry, shared in heapq.nlargest(MOST_SCORED, common.items(), key=lambda pair: (pair[1], -pair[0])):
        piece = facts.pieces[entry]
        if piece.kind not in _CITED:
            continue
        score = min(1.0, shared / (whole * min(_lengths(entry, facts))))
        own = {token.stem for words in facts.words[entry] for token in words}
        both = tuple(word for term, word in terms.items() if term in own)
        is_named = bool(piece.who) and piece.who in named
        score += NAMED if is_named else 0
        if score >= LEAST and (is_named or len(both) >= FEWEST):
            scored.append(LikelyEvidence(entry, score, both))
    scored.sort(key=lambda likely: (-likely.score, likely.entry))
    return scored[:most]


def _weight(term: str, facts: Facts) -> float:
    """The weight of a word: the rarer in the record, the higher. 0 if it is not in the record or is too common."""
    entries = len(facts.index.get(term, ()))
    return math.log(1 + len(facts.pieces) / entries) if 0 < entries <= MOST_ENTRIES else 0.0


def _lengths(entry: int, facts: Facts) -> Iterator[float]:
    """The length of each text of an entry as a vector of its words."""
    for words in facts.words[entry]:
        terms = {token.stem for token in words if token.is_content}
        yield math.hypot(*(_weight(term, facts) for term in terms)) or math.inf

"""The likely evidence of a sentence: the entries of the record that have its rare words, or that are of the person whom
it names. It is offered, and a person adopts it."""

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
"""The least score of an entry that is offered: the cosine of the rare words of sentence and entry, with what a name
adds."""
NAMED = 0.25
"""What the name of the speaker of an entry adds."""
FEWEST = 2
"""The least number of common words, unless the sentence names who said it."""
MOST_SCORED = 40
"""The entries with the most rare words in common are scored."""
_CITED = ("statement", "question", "turn", "line")


class LikelyEvidence(msgspec.Struct, frozen=True):
    """An entry that may be evidence for a sentence, with the score (0 to 1.25) and the words that both have."""

    entry: int
    score: float
    words: tuple[str, ...]


def likely_evidence(text: str, facts: Facts, most: int = MOST_OFFERED) -> list[LikelyEvidence]:
    """The entries that are most likely evidence for a sentence, the likeliest first."""
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
    """How rare a word is in the record; 0 if it is not in it, or says nothing."""
    entries = len(facts.index.get(term, ()))
    return math.log(1 + len(facts.pieces) / entries) if 0 < entries <= MOST_ENTRIES else 0.0


def _lengths(entry: int, facts: Facts) -> Iterator[float]:
    """The length of each text of an entry as a vector of its words."""
    for words in facts.words[entry]:
        terms = {token.stem for token in words if token.is_content}
        yield math.hypot(*(_weight(term, facts) for term in terms)) or math.inf

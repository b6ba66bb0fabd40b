"""The rule for retelling a speaker with the opposite meaning: "protects" as "does not protect", or "rose" as "fell"."""

from __future__ import annotations

from collections.abc import Iterator

from acquis.claims.altered import is_of_rest, is_told
from acquis.claims.facts import Facts, tokens
from acquis.claims.lexicon import Lexicon
from acquis.claims.reading import ReadSentence, plain
from acquis.claims.verdicts import ClaimVerdict
from acquis.text.sentences import sentences


def polarity_verdicts(read: ReadSentence, _facts: Facts, words: Lexicon) -> Iterator[ClaimVerdict]:
    """A verdict on a sentence that retells one sentence of a speaker with the opposite meaning."""
    if read.quotes or read.about("statement", "question", "commitment"):
        return
    stems = {token.stem for token in tokens(read.text) if token.is_content}
    pieces = dict.fromkeys([*read.cited, *(mention.piece for mention in read.mentions)])
    for piece in pieces:
        parts = [part for text in piece.texts for part in sentences(text)] if piece.kind in ("turn", "line") else []
        retellings = [part for part in parts if is_told(part, stems, words) and not is_of_rest(part, read, words)]
        if len(retellings) == 1 and (said := _turned(retellings[0], read, words)):
            yield ClaimVerdict("direction", "fails", said, "words", {"text": retellings[0]}, (piece.entry,))


def _turned(text: str, read: ReadSentence, words: Lexicon) -> str:
    """The word that reverses the meaning; empty if there is none, or if two cancel each other."""
    low = plain(text)
    hits: list[str] = []
    for first, second in words.opposed:
        for word, opposite in ((first, second), (second, first)):
            match = opposite.search(read.low)
            if word.search(low) and not opposite.search(low) and match and not word.search(read.low):
                hits.append(match[0])
    if words.unread.search(read.low):  # "not all children"
        return ""
    if not words.denying.search(low):
        hits += _negated(read.text, text, words)
    elif not words.denying.search(read.low):
        hits += _negated(text, read.text, words)
    return hits[0] if len(hits) == 1 else ""


def _negated(text: str, other: str, words: Lexicon) -> list[str]:
    """The words directly after a "not" in a text that are also in another text."""
    listed, known = tokens(text), {token.stem for token in tokens(other)}
    behind = (
        next((token for token in listed if token.at >= match.end() and token.is_content), None)
        for match in words.turning.finditer(plain(text))
    )
    return [token.word for token in behind if token and token.stem in known and not token.word.isdecimal()]

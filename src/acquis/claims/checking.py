"""Checks the sentences of a text against the facts of a record."""

from __future__ import annotations

from collections.abc import Iterable

from acquis import events as ev
from acquis.claims.facts import Facts
from acquis.claims.lexicon import LANGUAGES, lexicon
from acquis.claims.outcomes import outcome_verdicts
from acquis.claims.reading import read_sentence
from acquis.claims.speech import speech_verdicts
from acquis.claims.verdicts import ClaimVerdict
from acquis.claims.votes import vote_verdicts
from acquis.text.sentences import sentences

LONGEST, MOST_SENTENCES = 1_000, 60
"""Longer sentences, and more of them in one text, are not read."""


def check(text: str, cites: tuple[int, ...], facts: Facts, language: str = LANGUAGES[0]) -> tuple[ClaimVerdict, ...]:
    """The verdicts on the claims of a text that cites these entries: on each of its sentences in order."""
    words = lexicon(language if language in LANGUAGES else LANGUAGES[0])
    verdicts: list[ClaimVerdict] = []
    for sentence in list(sentences(text))[:MOST_SENTENCES]:
        if len(sentence) > LONGEST:
            continue
        read = read_sentence(sentence, cites, facts, words)
        for rules in (vote_verdicts, speech_verdicts, outcome_verdicts):
            verdicts += (verdict for verdict in rules(read, facts, words) if verdict not in verdicts)
    return tuple(verdicts)


def check_all(listed: Iterable[ev.Sentence], facts: Facts) -> list[tuple[ClaimVerdict, ...]]:
    """The verdicts on each sentence of a report."""
    return [check(sentence.text, sentence.cites, facts) for sentence in listed]

"""Checks the sentences of a text against the facts of a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from acquis import events as ev
from acquis.claims.altered import altered_verdicts
from acquis.claims.attendance import attendance_verdicts
from acquis.claims.bodies import body_verdicts
from acquis.claims.commitments import commitment_verdicts
from acquis.claims.dates import date_verdicts
from acquis.claims.facts import Facts, facts
from acquis.claims.figures import figure_verdicts
from acquis.claims.lexicon import LANGUAGES, lexicon
from acquis.claims.outcomes import outcome_verdicts
from acquis.claims.polarity import polarity_verdicts
from acquis.claims.reading import ReadSentence, read_sentence
from acquis.claims.references import reference_verdicts
from acquis.claims.speech import speech_verdicts
from acquis.claims.verdicts import ClaimVerdict
from acquis.claims.votes import vote_verdicts
from acquis.state import State
from acquis.text.sentences import sentences as cut

RULES_OF_CLAIMS = (
    vote_verdicts,
    speech_verdicts,
    body_verdicts,
    outcome_verdicts,
    attendance_verdicts,
    commitment_verdicts,
    date_verdicts,
    reference_verdicts,
    altered_verdicts,
    figure_verdicts,
    polarity_verdicts,
)
LONGEST, MOST_SENTENCES = 1_000, 60
"""Longer sentences, and sentences after so many, are not read."""


def readable(text: str) -> list[str]:
    """The sentences of a text that are not too long, up to the limit."""
    return [sentence for sentence in list(cut(text))[:MOST_SENTENCES] if len(sentence) <= LONGEST]


def check(text: str, cites: tuple[int, ...], known: Facts, language: str = LANGUAGES[0]) -> tuple[ClaimVerdict, ...]:
    """The verdicts on the claims in each sentence of a text, in order. `cites`: the entries that the text cites."""
    words = lexicon(language if language in LANGUAGES else LANGUAGES[0])
    verdicts: list[ClaimVerdict] = []
    for sentence in readable(text):
        read = read_sentence(sentence, cites, known, words)
        for rules in RULES_OF_CLAIMS:
            verdicts += (_as_written(verdict, read) for verdict in rules(read, known, words))
    return tuple(verdict for place, verdict in enumerate(verdicts) if verdict not in verdicts[:place])


def _as_written(verdict: ClaimVerdict, read: ReadSentence) -> ClaimVerdict:
    """The verdict with its words in the spelling of the sentence. The rules read them in lower case."""
    at = read.low.find(verdict.words)
    return msgspec.structs.replace(verdict, words=read.text[at : at + len(verdict.words)]) if at >= 0 else verdict


Checked: TypeAlias = dict[str, tuple[tuple[ClaimVerdict, ...], ...]]
"""Part of a report, as in the draft -> the verdicts on each of its sentences."""


def check_report(parts: Iterable[tuple[str, Iterable[ev.Sentence]]], state: State) -> Checked:
    """The verdicts on the parts of a report that have sentences, by the present figures of the record."""
    written = {part: tuple(sentences) for part, sentences in parts}
    return check_parts(written.items(), facts(state)) if any(written.values()) else {}


def check_parts(parts: Iterable[tuple[str, tuple[ev.Sentence, ...]]], known: Facts) -> Checked:
    """The verdicts on the parts of a report that have sentences, by these facts."""
    return {
        part: tuple(check(sentence.text, sentence.cites, known) for sentence in sentences)
        for part, sentences in parts
        if sentences
    }

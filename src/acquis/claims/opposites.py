"""Reads a claim as one about the opposite of a statement, and withdraws verdicts that the rules cannot support."""

from __future__ import annotations

import msgspec
import regex

from acquis.claims.facts import Facts, Passage
from acquis.claims.lexicon import Lexicon
from acquis.claims.reading import ReadSentence, plain
from acquis.claims.verdicts import ClaimVerdict

_CONTRAST = regex.compile(r"(?<!\w)(?:and|but)\s$")


def turned(about: list[Passage], facts: Facts) -> Facts:
    """The facts with agreement and disagreement exchanged for these statements."""
    figures = {
        piece.entry: {
            group: msgspec.structs.replace(row, agree=row.disagree, disagree=row.agree)
            for group, row in facts.figures[piece.entry].items()
        }
        for piece in about
    }
    return msgspec.structs.replace(facts, figures=facts.figures | figures)


def undecided(verdict: ClaimVerdict) -> ClaimVerdict:
    """The verdict as one that cannot be decided, because the sentence has words that no rule reads."""
    return msgspec.structs.replace(verdict, outcome="open", value="nothing", facts={})


def may_be_turned(read: ReadSentence, about: list[Passage], words: Lexicon) -> bool:
    """Whether a sentence may report the opposite of its statement: the statement has a negation and the sentence has
    none ("nobody wants the data to be sold")."""
    said = plain(about[0].texts[0]) if len(about) == 1 else ""
    # "Before a crisis and not during one" has no negation of its own.
    negated = (match for match in words.turning.finditer(said) if not _CONTRAST.search(said[: match.start()]))
    if next(negated, None) is None:
        return False
    return not words.turning.search(read.low) and not words.negation.search(read.low)


def turned_back(verdict: ClaimVerdict) -> ClaimVerdict:
    """A verdict on the opposite of a statement, with the votes on the statement itself."""
    if "agree" not in verdict.facts:
        return verdict
    swapped = {"agree": verdict.facts["disagree"], "disagree": verdict.facts["agree"]}
    return msgspec.structs.replace(verdict, facts=verdict.facts | swapped)

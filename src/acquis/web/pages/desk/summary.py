"""What the record says of the sentences of the closing summary, for the form with which the chair confirms it."""

from __future__ import annotations

import msgspec

from acquis.claims.checking import check_parts
from acquis.claims.facts import facts
from acquis.claims.wording import SaidVerdict, said_verdicts
from acquis.events import Figure
from acquis.report.confirming import summary_shown
from acquis.state import State


class CheckedSentence(msgspec.Struct, frozen=True):
    """A sentence of the closing summary with the verdicts on it."""

    text: str
    verdicts: list[SaidVerdict]


def checked_summary(state: State, language: str, listed: tuple[Figure, ...] | None = None) -> list[CheckedSentence]:
    """The sentences of the closing summary, as confirmed or as in the draft, of which the record decides something.
    `listed`: the figures."""
    written = summary_shown(state)
    if not any(written.values()):
        return []
    return [
        CheckedSentence(sentence.text, said_verdicts(language, verdicts))
        for part, rows in check_parts(written.items(), facts(state, listed)).items()
        for sentence, verdicts in zip(written[part], rows, strict=True)
        if verdicts
    ]
